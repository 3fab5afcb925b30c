package relay_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/api"
	"kassa/backend/client"
	"kassa/backend/manual"
	"kassa/backend/relay"
	"kassa/pos/exchange"
	"kassa/pos/hidden"
	pay "kassa/pos/manual"
	"kassa/pos/postest"
)

var boss = manual.From{Till: "office", By: pay.Person{ID: "owner"}, Rights: pay.AllRights()}

// heard is how a wait ended.
type heard struct {
	waited bool
	err    error
}

// awaits begins to wait for a till.
func awaits(ctx context.Context, b *backend.Backend, till, cursor string) chan heard {
	ends := make(chan heard, 1)
	go func() {
		waited, err := b.Await(ctx, till, cursor, time.Hour)
		ends <- heard{waited, err}
	}()
	return ends
}

// Whoever waits hears of a change, whichever program over the same database made it.
func TestAwait_HearsOfAChange(t *testing.T) {
	engines(t, func(t *testing.T, b *behind) {
		copy := backend.New(backend.Params{Store: b.store, Clock: b.clock, IDs: postest.IDsAfter(1 << 41)})
		defer b.backend.EndWaiting()
		cursor := ""
		for i, from := range []*backend.Backend{b.backend, copy, b.backend} {
			ends := awaits(t.Context(), b.backend, "a", cursor)
			_, err := from.PutMerchant(t.Context(), boss, pay.Merchant{ID: string(rune('a' + i)), Name: "Карта", Account: "RUB"})
			require.NoError(t, err)
			require.Equal(t, heard{waited: true}, <-ends)
			page, err := b.backend.Changes(t.Context(), cursor, 0)
			require.NoError(t, err)
			require.Len(t, page.Changes, 1)
			cursor = page.Next
		}
		require.Equal(t, heard{waited: true}, <-awaits(t.Context(), b.backend, "a", ""), "there is something already")
		require.Equal(t, heard{waited: true}, <-awaits(t.Context(), b.backend, "a", "7.of another past"))
		waited, err := b.backend.Await(t.Context(), "a", cursor, time.Nanosecond)
		require.NoError(t, err)
		require.True(t, waited, "nothing changed in time")
	})
}

// One waits for a till at a time; who gave up, and whom a program that ends keeps
// waiting, is sent away.
func TestAwait_Ends(t *testing.T) {
	engines(t, func(t *testing.T, b *behind) {
		first, second := awaits(t.Context(), b.backend, "a", ""), awaits(t.Context(), b.backend, "a", "")
		select {
		case end := <-first:
			require.Equal(t, heard{}, end)
			first = second
		case end := <-second:
			require.Equal(t, heard{}, end)
		}
		ctx, giveUp := context.WithCancel(t.Context())
		gone := awaits(ctx, b.backend, "b", "")
		giveUp()
		require.ErrorIs(t, (<-gone).err, context.Canceled)
		b.backend.EndWaiting()
		require.Equal(t, heard{}, <-first)
		require.Equal(t, heard{}, <-awaits(t.Context(), b.backend, "a", ""), "nobody waits at a program that ends")
		b.backend.EndWaiting()
	})
}

// A till's client waits over a network, and is answered by what changes.
func TestAwait_OverANetwork(t *testing.T) {
	engines(t, func(t *testing.T, b *behind) {
		s := httptest.NewServer(api.New(api.Params{Backend: b.backend}))
		defer s.Close()
		code, err := b.backend.AddTill(t.Context(), "Касса")
		require.NoError(t, err)
		token := hidden.New("0123456789abcdef0123456789abcdef0123456789abcdef")
		c := client.New(client.Params{Base: s.URL, Till: "t1", Token: token})
		defer c.Close()
		_, err = c.Join(t.Context(), code.Text, token)
		require.NoError(t, err)
		done := make(chan [2]bool)
		go func() {
			changed, heardOut, err := c.Await(t.Context(), "")
			assert.NoError(t, err)
			done <- [2]bool{changed, heardOut}
		}()
		_, err = b.backend.PutMerchant(t.Context(), boss, pay.Merchant{ID: "m1", Name: "Карта", Account: "RUB"})
		require.NoError(t, err)
		require.Equal(t, [2]bool{true, true}, <-done)
		page, err := c.Changes(t.Context(), "")
		require.NoError(t, err)
		b.backend.EndWaiting()
		changed, heardOut, err := c.Await(t.Context(), page.Next)
		require.NoError(t, err)
		require.Equal(t, [2]bool{false, false}, [2]bool{changed, heardOut}, "a program that ends keeps nobody")
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "/v1/sync/changes?wait=26", nil)
		r.Header.Set("Authorization", "Bearer "+token.Reveal())
		b.handler.ServeHTTP(w, r)
		require.Equal(t, http.StatusUnprocessableEntity, w.Code, "longer than a connection is kept")
	})
}

// lettingWait is a server at which a test lets tills wait.
type lettingWait struct {
	answering
	asked chan string // the cursor of whoever begins to wait
	ends  chan wait
}

type wait struct {
	changed, heardOut bool
	err               error
}

func (l *lettingWait) Await(ctx context.Context, cursor string) (bool, bool, error) {
	select {
	case l.asked <- cursor:
	case <-ctx.Done():
		return false, false, ctx.Err()
	}
	select {
	case e := <-l.ends:
		return e.changed, e.heardOut, e.err
	case <-ctx.Done():
		return false, false, ctx.Err()
	}
}

// A till at rest waits at its server, reads what changed as soon as it hears of it, and
// asks a server that lets nobody wait no more than before.
func TestRelay_WaitsAtAServer(t *testing.T) {
	clock := postest.NewClock()
	m := &memory{name: "t", epoch: 1, soon: true}
	var reads atomic.Int64
	came := make(chan struct{}, 100)
	l := &lettingWait{asked: make(chan string), ends: make(chan wait)}
	l.changes = func() (exchange.Changes, error) {
		reads.Add(1)
		came <- struct{}{}
		return exchange.Changes{Next: "1"}, nil
	}
	r := relay.New(relay.Params{Till: m, Backend: to(l), Now: clock.Now, Jitter: func() float64 { return 0.5 }, Poll: time.Hour})
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); r.Run(ctx) }()

	<-came
	require.Equal(t, m.cursor, <-l.asked)
	l.ends <- wait{heardOut: true}
	<-l.asked // nothing changed, and it waits again
	require.EqualValues(t, 1, reads.Load(), "without asking for anything")
	l.ends <- wait{changed: true, heardOut: true}
	<-came
	<-l.asked
	l.ends <- wait{err: errors.New("cut")}
	<-came // it looks at once what is wrong
	r.Wake()
	<-came // and does not wait where that came to nothing, before it looked again
	<-l.asked
	l.ends <- wait{}
	for again := false; !again; {
		r.Wake()
		select {
		case <-came:
		case <-l.asked:
			again = true
		}
	}
	end()
	<-ended
}
