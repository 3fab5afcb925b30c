package kills_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend/api"
	"kassa/backend/client"
	"kassa/pos/exchange"
	"kassa/pos/hidden"
	"kassa/pos/manual"
	"kassa/storage/postgres/pgtest"
)

// TestKill_TermUnderLoad ends the backend by SIGTERM while eight tills ask and one is in
// the midst of a long question: that one is answered, nobody new is let in, the program
// ends well, and what it answered is there, once, with nothing left claimed.
func TestKill_TermUnderLoad(t *testing.T) {
	for name, base := range map[string]func(t *testing.T, dir string) string{
		"SQLite":     func(_ *testing.T, dir string) string { return "sqlite:" + filepath.Join(dir, "server.db") },
		"PostgreSQL": func(t *testing.T, _ string) string { return pgtest.URL(t) },
	} {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, built())
			t.Parallel()
			w := &world{T: t, dir: t.TempDir(), addr: freeAddress(t)}
			w.base = base(t, w.dir)
			w.serve(-1)
			l := newLoad(w)
			slow := l.slowly()
			l.until(l.done.Load() + 60) // by then the slow one is heard
			require.NoError(t, w.serving.cmd.Process.Signal(syscall.SIGTERM))
			l.group.Wait() // nobody is told to stop: they are not let in any more
			for _, err := range l.ends {
				trouble, ok := errors.AsType[*exchange.Trouble](err)
				require.True(t, ok, err)
				require.NotEqual(t, exchange.Refused, trouble.Reason, "they may ask again: %v", err)
			}
			require.Eventually(t, func() bool {
				c, err := net.Dial("tcp", w.addr)
				if err == nil {
					_ = c.Close()
				}
				return err != nil
			}, patience, time.Millisecond, "nobody new is let in")
			require.False(t, w.serving.over(), "somebody is still being answered")
			require.NoError(t, slow(), "who was in the midst is answered")
			require.Zero(t, w.end(w.serving).Code, w.serving.said.String())
			l.nothingClaimed()
			w.serve(-1)
			l.sendAgain()
			require.Zero(t, w.leave().Code)
			l.allOnce()
		})
	}
}

func freeAddress(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	return l.Addr().String()
}

// load is tills that note payments as fast as they are answered.
type load struct {
	w     *world
	asker api.Asker
	one   *client.Client
	stop  context.CancelFunc
	group sync.WaitGroup
	done  atomic.Int64

	mu              sync.Mutex
	answered, asked []string // ids
	ends            []error  // of each till
}

const tills = 8

func newLoad(w *world) *load {
	l := &load{w: w, asker: api.Asker{By: manual.Person{ID: "owner", Name: "Ольга"}, Rights: manual.AllRights()}}
	l.one = l.join("slow", nil)
	_, err := l.one.PutMerchant(w.Context(), l.asker, manual.Merchant{ID: "m", Name: "Курьер", Account: "RUB"})
	require.NoError(w, err)
	ctx, stop := context.WithCancel(w.Context())
	l.stop = stop
	w.Cleanup(l.wait)
	for i := range tills {
		c := l.join(fmt.Sprint("till-", i), nil)
		l.group.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				id := fmt.Sprintf("%d-%d", i, n)
				l.note(&l.asked, id)
				if _, err := c.NewOrder(ctx, l.asker, order(id)); err != nil {
					l.mu.Lock()
					defer l.mu.Unlock()
					l.ends = append(l.ends, err)
					return
				}
				l.note(&l.answered, id)
				l.done.Add(1)
			}
		})
	}
	return l
}

func order(id string) manual.Ask {
	return manual.Ask{ID: id, Where: manual.AtTill, Text: "Починка", Price: 300_00, Merchant: "m"}
}

func (l *load) note(list *[]string, id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	*list = append(*list, id)
}

// join is a till that joined; through may stand between it and the server.
func (l *load) join(name string, through http.RoundTripper) *client.Client {
	token := hidden.New(strings.Repeat("0", 32) + name)
	c := client.New(client.Params{Base: "http://" + l.w.addr, Till: name, Token: token, Transport: through})
	l.w.Cleanup(c.Close)
	if through == nil {
		_, err := c.Join(l.w.Context(), hidden.New(l.w.office("till", "add", name)), token)
		require.NoError(l.w, err)
	}
	return c
}

// until waits until so many were answered.
func (l *load) until(n int64) {
	require.Eventually(l.w, func() bool { return l.done.Load() >= n }, patience, time.Millisecond)
}

// wait ends the load.
func (l *load) wait() {
	l.stop()
	l.group.Wait()
}

// slowly asks a question of which the server gets the end only when it is waited for.
func (l *load) slowly() func() error {
	g := gate{reached: make(chan struct{}), open: make(chan struct{})}
	c := l.join("slow", g)
	answer := make(chan error, 1)
	go func() {
		_, err := c.NewOrder(l.w.Context(), l.asker, order("slow"))
		answer <- err
	}()
	<-g.reached
	l.note(&l.asked, "slow")
	return func() error {
		close(g.open)
		err := <-answer
		if err == nil {
			l.note(&l.answered, "slow")
		}
		return err
	}
}

// gate lets the last byte of a question through once it is opened.
type gate struct{ reached, open chan struct{} }

// ahead is more than a connection holds back before it sends.
const ahead = 64 << 10

// RoundTrip implements http.RoundTripper.
func (g gate) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	body = append(bytes.Repeat([]byte(" "), ahead), body...)
	last := len(body) - 1
	held := r.Clone(r.Context())
	held.ContentLength = int64(len(body))
	held.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body[:last]), &waiting{g, sync.OnceFunc(func() { close(g.reached) }), bytes.NewReader(body[last:])}))
	return (&http.Transport{}).RoundTrip(held)
}

type waiting struct {
	gate
	reach func()
	io.Reader
}

func (w *waiting) Read(b []byte) (int, error) {
	w.reach()
	<-w.open
	return w.Reader.Read(b)
}

// nothingClaimed requires that a server that ended left nothing behind that holds others
// up: no session and no prepared work at PostgreSQL, no lock and no log beside a file.
func (l *load) nothingClaimed() {
	if path, isFile := strings.CutPrefix(l.w.base, "sqlite:"); isFile {
		_, err := os.Stat(path + "-wal")
		require.ErrorIs(l.w, err, os.ErrNotExist, "the log was brought home")
		require.Empty(l.w, l.w.faults(l.w.base), "and the file is free")
		return
	}
	db, err := sql.Open("pgx", l.w.base)
	require.NoError(l.w, err)
	defer db.Close()
	const held = `SELECT (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid())
		+ (SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database())`
	require.Eventually(l.w, func() bool { return slices.Equal(l.w.rows(db, held), []string{"0"}) }, patience, 10*time.Millisecond)
}

// sendAgain asks again for all that was not answered, as tills do.
func (l *load) sendAgain() {
	for _, id := range l.asked {
		if slices.Contains(l.answered, id) {
			continue
		}
		who := "slow"
		if i, _, ok := strings.Cut(id, "-"); ok {
			who = "till-" + i
		}
		c := client.New(client.Params{Base: "http://" + l.w.addr, Till: who, Token: hidden.New(strings.Repeat("0", 32) + who)})
		_, err := c.NewOrder(l.w.Context(), l.asker, order(id))
		assert.NoError(l.w, err, id)
		c.Close()
	}
}

// allOnce requires that all that was asked for is there, once.
func (l *load) allOnce() {
	b := l.w.booksOf(l.w.base)
	var there []string
	for _, line := range b.Events {
		id, rest, _ := cut(line)
		require.Equal(l.w, "1 | created", rest)
		there = append(there, id)
	}
	require.ElementsMatch(l.w, l.asked, there)
	require.Len(l.w, b.Orders, len(there))
	l.w.Logf("%d orders, %d of them answered before the end", len(there), len(l.answered))
}

// TestKill_PostgresItself breaks PostgreSQL off while the backend works, and starts it
// again: the backend lives, tells whoever asks that it cannot answer now, and goes on by
// itself.
func TestKill_PostgresItself(t *testing.T) {
	require.NoError(t, built())
	t.Parallel()
	p, err := pgtest.Start()
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, p.Stop()) })
	w := joined(t, p.URL())
	w.serve(-1)
	k, err := w.work(-1)
	require.NoError(t, err)
	lines := orders(w.by)
	k.must(lines[0][0].(string), lines[0][1:]...)
	l := &load{w: w, asker: api.Asker{By: manual.Person{ID: "owner"}, Rights: manual.AllRights()}}
	other := l.join("other", nil)

	// In the midst of what another till asks, again and again.
	ctx, stop := context.WithCancel(t.Context())
	refused := make(chan error, 1)
	go func() {
		for n := 0; ; n++ {
			ask := order(fmt.Sprint("other-", n))
			ask.Merchant = w.by
			l.note(&l.asked, ask.ID)
			if _, err := other.NewOrder(ctx, l.asker, ask); err != nil {
				refused <- err
				return
			}
			l.done.Add(1)
		}
	}()
	l.until(20)
	require.NoError(t, p.Break())
	trouble, ok := errors.AsType[*exchange.Trouble](<-refused)
	stop()
	require.True(t, ok)
	require.NotEqual(t, exchange.Refused, trouble.Reason, "it may be asked again: %v", trouble)
	r, err := k.ask(lines[1][0].(string), lines[1][1:]...)
	require.NoError(t, err)
	require.False(t, r.OK)
	require.Equal(t, "unavailable", r.Error.Code, r.Error.Message)
	require.False(t, w.ready())
	require.Error(t, w.try("queue", "send"))

	require.NoError(t, p.Begin())
	require.Eventually(t, w.ready, patience, 10*time.Millisecond)
	require.False(t, w.serving.over(), "it is the same process")
	for _, line := range lines[1:] {
		k.must(line[0].(string), line[1:]...)
	}
	require.Zero(t, k.close().Code)
	for _, id := range l.asked[len(l.asked)-1:] { // what was not answered is asked again
		ask := order(id)
		ask.Merchant = w.by
		_, err := other.NewOrder(t.Context(), l.asker, ask)
		require.NoError(t, err)
	}
	w.must("queue", "send")
	require.Zero(t, w.leave().Code)
	b := w.booksOf(w.base)
	w.whole(b)
	require.Len(t, b.Orders, 4+len(l.asked))
	require.Equal(t, sales, w.sold())
	require.Len(t, b.Journal, 5)
}
