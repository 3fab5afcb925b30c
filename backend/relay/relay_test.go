package relay_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/api"
	"kassa/backend/client"
	"kassa/backend/relay"
	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/hidden"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
	"kassa/storage/central"
	"kassa/storage/central/centraltest"
	"kassa/storage/postgres/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// engines runs a test over a backend on each engine.
func engines(t *testing.T, test func(t *testing.T, b *behind)) {
	centraltest.Engines(t, func(t *testing.T, s *central.Store) {
		b := &behind{T: t, clock: postest.NewClock(), store: s}
		b.backend = backend.New(backend.Params{Store: s, Clock: b.clock, IDs: postest.IDsAfter(1 << 40)})
		b.handler = api.New(api.Params{Backend: b.backend, Version: "test"})
		test(t, b)
	})
}

// behind is a backend that tills reach without a network.
type behind struct {
	*testing.T
	clock   *postest.Clock
	store   store.Store
	backend *backend.Backend
	handler http.Handler
	// broken stands between tills and the backend; nil for nothing.
	broken func(next http.RoundTripper, r *http.Request) (*http.Response, error)
}

// RoundTrip implements http.RoundTripper.
func (b *behind) RoundTrip(r *http.Request) (*http.Response, error) {
	next := direct{b}
	if b.broken != nil {
		return b.broken(next, r)
	}
	return next.RoundTrip(r)
}

// direct asks the backend's handler.
type direct struct{ b *behind }

func (d direct) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	d.b.handler.ServeHTTP(w, r)
	return w.Result(), nil
}

// joined lets a shop's till join and returns what carries its queue.
func (b *behind) joined(s *tilltest.Shop) *relay.Relay {
	b.Helper()
	return relay.New(relay.Params{Till: s.Till, Backend: to(b.client(s)), Now: b.clock.Now, Jitter: func() float64 { return 0.5 }})
}

// client lets a shop's till join and asks for it.
func (b *behind) client(s *tilltest.Shop) *client.Client {
	b.Helper()
	head, err := s.Till.ExchangeHead(s.Context())
	require.NoError(b, err)
	code, err := b.backend.AddTill(b.Context(), "Касса "+head.Till[:6])
	require.NoError(b, err)
	token := hidden.New(strings.Repeat("t", 40) + head.Till[:8])
	c := client.New(client.Params{Base: "http://127.0.0.1", Till: head.Till, Token: token, Lang: "ru", Transport: b})
	_, err = c.Join(b.Context(), code.Text, token)
	require.NoError(b, err)
	return c
}

func to(b relay.Backend) func(string) (relay.Backend, error) {
	return func(string) (relay.Backend, error) { return b, nil }
}

// settle steps until the relay waits, and tells how long.
func settle(t *testing.T, r *relay.Relay) time.Duration {
	t.Helper()
	for range 1000 {
		if wait := r.Step(t.Context()); wait != 0 {
			if e := r.Status().Trouble; e != nil {
				t.Logf("%v", e)
			}
			return wait
		}
	}
	t.Fatal("the relay does not come to rest")
	return 0
}

func counts(t *testing.T, s *tilltest.Shop) pos.OutboxCounts {
	t.Helper()
	v, err := s.Till.Queue(s.Context(), s.Owner, 0, 100)
	require.NoError(t, err)
	return v.Counts
}

func (b *behind) till(s *tilltest.Shop) *backend.Till {
	b.Helper()
	head, err := s.Till.ExchangeHead(s.Context())
	require.NoError(b, err)
	all, err := b.backend.ListTills(b.Context())
	require.NoError(b, err)
	for i := range all {
		if all[i].ID == head.Till {
			return &all[i]
		}
	}
	b.Fatal("the till is not joined")
	return nil
}

// Everything a busy day tells arrives, in order, once, and byte for byte.
func TestRelay_CarriesADay(t *testing.T) {
	engines(t, func(t *testing.T, b *behind) {
		s := tilltest.EventfulDay(t)
		told := s.Told()
		require.Greater(t, len(told), 20)
		r := b.joined(s)
		require.Equal(t, relay.Never, settle(t, r))
		require.Equal(t, relay.Resting, r.Status().State)
		require.Zero(t, counts(t, s))
		require.Equal(t, exchange.Held{Count: int64(len(told)), Epoch: 1, Seq: told[len(told)-1].Seq}, b.till(s).Held)
		require.NoError(t, b.store.Look(t.Context(), func(x store.Tx) error {
			for i := range told {
				m, err := x.MessageByID(told[i].ID)
				if err != nil {
					return err
				}
				require.NotNil(t, m)
				require.Equal(t, strings.TrimSpace(string(told[i].Payload)), string(m.Body))
				require.Equal(t, told[i].Object, m.Object)
			}
			return nil
		}))
		cases, err := b.backend.ListCases(t.Context())
		require.NoError(t, err)
		require.Empty(t, cases)
		s.Sound()
	})
}

// An answer that is lost costs nothing: what was taken is told again and known.
func TestRelay_LostAnswer(t *testing.T) {
	engines(t, func(t *testing.T, b *behind) {
		s := tilltest.EventfulDay(t)
		r := b.joined(s)
		lost := 0
		b.broken = func(next http.RoundTripper, q *http.Request) (*http.Response, error) {
			resp, err := next.RoundTrip(q)
			if strings.HasSuffix(q.URL.Path, "/commands") && lost < 3 {
				lost++
				return nil, errors.New("connection reset")
			}
			return resp, err
		}
		for i := range 3 {
			require.Equal(t, time.Second<<i, settle(t, r), "the wait doubles")
			require.Equal(t, relay.Waiting, r.Status().State)
			require.Equal(t, "exchange.offline", r.Status().Trouble.ID)
		}
		require.Equal(t, relay.Never, settle(t, r))
		require.EqualValues(t, len(s.Told()), b.till(s).Held.Count)
	})
}

// A sale does not knock at a server that asked for time; somebody who wants a try
// does.
func TestRelay_WaitsWhatItWasAsked(t *testing.T) {
	s := tilltest.EventfulDay(t)
	tries := 0
	b := &behind{T: t, clock: postest.NewClock(), broken: func(http.RoundTripper, *http.Request) (*http.Response, error) {
		tries++
		return nil, errors.New("no route")
	}}
	waits := make(chan relay.Status, 100)
	r := relay.New(relay.Params{Till: s.Till, Now: b.clock.Now, Jitter: func() float64 { return 1 },
		Backend: to(client.New(client.Params{Base: "http://127.0.0.1", Transport: b})),
		Changed: func(now relay.Status) {
			if now.State == relay.Waiting {
				waits <- now
			}
		}})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { r.Run(ctx); close(ended) }()
	first := <-waits
	r.Tell()
	r.Wake()
	second := <-waits
	stop()
	<-ended
	require.Equal(t, 1, first.Tries)
	require.Equal(t, 2, second.Tries, "one try for the two of them")
	require.Equal(t, 2, tries)
}

// What a backend restored from an old copy lost is told again.
func TestRelay_BackendRestored(t *testing.T) {
	dir := t.TempDir()
	clock := postest.NewClock()
	b := &behind{T: t, clock: clock}
	open := func(name string) {
		var err error
		b.store, err = central.OpenFile(t.Context(), filepath.Join(dir, name, central.FileName), false, nil)
		require.NoError(t, err)
		b.backend = backend.New(backend.Params{Store: b.store, Clock: clock, IDs: postest.IDsAfter(1 << 40)})
		b.handler = api.New(api.Params{Backend: b.backend})
	}
	require.NoError(t, os.Mkdir(filepath.Join(dir, "one"), 0o700))
	open("one")
	s := tilltest.EventfulDay(t)
	r := b.joined(s)
	require.NoError(t, b.store.Close())
	require.NoError(t, os.CopyFS(filepath.Join(dir, "two"), os.DirFS(filepath.Join(dir, "one"))))
	open("one")
	require.Equal(t, relay.Never, settle(t, r))
	require.NoError(t, b.store.Close())

	require.NoError(t, os.Chmod(filepath.Join(dir, "two", central.FileName), 0o600))
	open("two") // the copy of before anything was told
	defer func() { require.NoError(t, b.store.Close()) }()
	require.Zero(t, b.till(s).Held.Count)
	s.StartShift(0)
	s.Sell(0, 1, func() { s.Cash(1_000_00) })
	require.Equal(t, relay.Never, settle(t, r))
	require.EqualValues(t, len(s.Told()), b.till(s).Held.Count)
	require.Equal(t, 1, s.Happened(pos.EventQueueLost))
}

// The same id or place with other content is kept apart and shown, and stops
// nothing else.
func TestRelay_OtherContent(t *testing.T) {
	engines(t, func(t *testing.T, b *behind) {
		s := tilltest.EventfulDay(t)
		r := b.joined(s)
		first := exchange.Of(&s.Told()[0])
		first.Body = json.RawMessage(`{"v":1,"forged":true}`)
		head, err := s.Till.ExchangeHead(t.Context())
		require.NoError(t, err)
		_, err = b.backend.Take(t.Context(), head.Till, exchange.Batch{Head: head, Commands: []exchange.Command{first}}, 0)
		require.NoError(t, err)
		require.Equal(t, relay.Never, settle(t, r))
		aside := counts(t, s)
		require.EqualValues(t, 1, aside.Aside)
		v, err := s.Till.Queue(t.Context(), s.Owner, 0, 100)
		require.NoError(t, err)
		require.Equal(t, "backend.command-taken", v.Rows[0].Trouble.ID)
		cases, err := b.backend.ListCases(t.Context())
		require.NoError(t, err)
		kinds := map[store.CaseKind]int{}
		for _, c := range cases {
			kinds[c.Kind]++
		}
		require.Equal(t, 1, kinds[store.CaseConflict])
	})
}

// Who is forgotten at the till is forgotten behind it too, and a message that went
// out before and comes again without the name is known for the same.
func TestRelay_Forgotten(t *testing.T) {
	engines(t, func(t *testing.T, b *behind) {
		s := tilltest.Small(t)
		r := b.joined(s)
		c, err := s.Till.AddCustomer(s.Context(), s.Owner, till.NewCustomer{Name: "Имя Забытое", Phone: "+79000000777"})
		require.NoError(t, err)
		added := s.Told()[len(s.Told())-1].ID
		require.Equal(t, relay.Never, settle(t, r))
		before := b.body(added)
		require.Contains(t, before, "Имя Забытое")
		told := exchange.Command{}
		for _, m := range s.Told() {
			if m.ID == added {
				told = exchange.Of(&m)
			}
		}
		require.NoError(t, s.Till.EraseCustomer(s.Context(), s.Owner, c.ID, true))
		require.Equal(t, relay.Never, settle(t, r))
		require.NotContains(t, b.body(added), "Забытое")

		// Both forms once more: the old one, as from a copy, and the new one.
		head, err := s.Till.ExchangeHead(t.Context())
		require.NoError(t, err)
		again := exchange.Command{}
		for _, m := range s.Told() {
			if m.ID == added {
				again = exchange.Of(&m)
			}
		}
		for _, c := range []exchange.Command{told, again} {
			reply, err := b.backend.Take(t.Context(), head.Till, exchange.Batch{Head: head, Commands: []exchange.Command{c}}, 0)
			require.NoError(t, err)
			require.Equal(t, exchange.Duplicate, reply.Answers[0].Verdict)
			require.NotContains(t, b.body(added), "Забытое")
		}
	})
}

func (b *behind) body(id string) (text string) {
	b.Helper()
	require.NoError(b, b.store.Look(b.Context(), func(x store.Tx) error {
		m, err := x.MessageByID(id)
		if err == nil {
			text = string(m.Body)
		}
		return err
	}))
	return text
}

// A till whose data went backwards is told so, and nothing of it is taken.
func TestRelay_HeadWentBack(t *testing.T) {
	engines(t, func(t *testing.T, b *behind) {
		s := tilltest.EventfulDay(t)
		r := b.joined(s)
		settle(t, r)
		head, err := s.Till.ExchangeHead(t.Context())
		require.NoError(t, err)
		for drift, change := range map[exchange.Drift]func(h *exchange.Head){
			exchange.Backward: func(h *exchange.Head) { h.Events-- },
			exchange.Forked:   func(h *exchange.Head) { h.Journal = "another" },
		} {
			h := head
			change(&h)
			_, err := b.backend.Take(t.Context(), h.Till, exchange.Batch{Head: h}, 0)
			require.Equal(t, pos.CodeConflict, pos.CodeOf(err))
			require.Contains(t, err.Error(), "backend.drift."+string(drift))
		}
		cases, err := b.backend.ListCases(t.Context())
		require.NoError(t, err)
		require.Len(t, cases, 2)
		require.EqualValues(t, head.Events, b.till(s).Head.Events, "the head stays the highest")
	})
}

// A revoked till is refused and loses nothing.
func TestRelay_Revoked(t *testing.T) {
	engines(t, func(t *testing.T, b *behind) {
		s := tilltest.EventfulDay(t)
		r := b.joined(s)
		_, err := b.backend.Revoke(t.Context(), b.till(s).Name)
		require.NoError(t, err)
		before := counts(t, s)
		require.Positive(t, settle(t, r))
		require.Equal(t, "backend.till-revoked", r.Status().Trouble.ID)
		require.Equal(t, before, counts(t, s))
	})
}

// The faults of a network, each told as what it is.
func TestRelay_NetworkFaults(t *testing.T) {
	body := func(status int, kind, text string, more ...string) func(http.RoundTripper, *http.Request) (*http.Response, error) {
		return func(http.RoundTripper, *http.Request) (*http.Response, error) {
			w := httptest.NewRecorder()
			w.Header().Set("Content-Type", kind)
			for i := 0; i+1 < len(more); i += 2 {
				w.Header().Set(more[i], more[i+1])
			}
			w.WriteHeader(status)
			w.Body.WriteString(text)
			return w.Result(), nil
		}
	}
	for name, c := range map[string]struct {
		fault func(http.RoundTripper, *http.Request) (*http.Response, error)
		id    string
		least time.Duration
	}{
		"refused":        {func(http.RoundTripper, *http.Request) (*http.Response, error) { return nil, errors.New("refused") }, "exchange.offline", 0},
		"captive portal": {body(200, "text/html", "<html>login</html>"), "exchange.portal", 0},
		"redirect":       {body(302, "text/html", "", "Location", "http://elsewhere"), "exchange.portal", 0},
		"proxy's 404":    {body(404, "text/html", "nothing here"), "exchange.portal", 0},
		"empty":          {body(200, "application/json", ""), "exchange.bad-answer", 0},
		"null":           {body(200, "application/json", "null"), "exchange.foreign", 0},
		"cut":            {body(200, "application/json", `{"till":"x","answ`), "exchange.bad-answer", 0},
		"other types":    {body(200, "application/json", `{"till":7}`), "exchange.bad-answer", 0},
		"too large":      {body(200, "application/json", `"`+strings.Repeat("x", exchange.MostAnswer)+`"`), "exchange.bad-answer", 0},
		"another till":   {body(200, "application/json", `{"till":"somebody","name":"x","held":{}}`), "exchange.foreign", 0},
		"500":            {body(500, "text/plain", "oops"), "exchange.broken", 0},
		"503 with time":  {body(503, "text/plain", "later", "Retry-After", "120"), "exchange.busy", 120 * time.Second},
		"429":            {body(429, "application/problem+json", `{"code":"wait","id":"backend.code-wait","status":429,"detail":"later"}`, "Retry-After", "77"), "backend.code-wait", 77 * time.Second},
		"unknown words":  {body(403, "application/problem+json", `{"code":"forbidden","status":403,"detail":"Не велено."}`), "exchange.said", 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := tilltest.EventfulDay(t)
			b := &behind{T: t, clock: postest.NewClock(), broken: c.fault}
			head, err := s.Till.ExchangeHead(t.Context())
			require.NoError(t, err)
			r := relay.New(relay.Params{Till: s.Till, Now: b.clock.Now, Jitter: func() float64 { return 0.5 },
				Backend: to(client.New(client.Params{Base: "http://127.0.0.1", Till: head.Till, Token: hidden.New("x"), Transport: b}))})
			before := counts(t, s)
			wait := settle(t, r)
			require.GreaterOrEqual(t, wait, max(time.Second, c.least))
			require.Equal(t, c.id, r.Status().Trouble.ID)
			require.Equal(t, before, counts(t, s))
			for range 20 {
				wait = settle(t, r)
			}
			assert.LessOrEqual(t, wait, 300*time.Second)
		})
	}
}

var _ relay.Till = (*till.Till)(nil)
