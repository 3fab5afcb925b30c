package relay_test

// A fleet of tills over a bad network, with a backend that is restored from an old
// copy: in the end both sides have the same, each thing once.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/api"
	"kassa/backend/client"
	"kassa/backend/manual"
	"kassa/backend/relay"
	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/hidden"
	pay "kassa/pos/manual"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/pos/wire"
	"kassa/storage/central"
	"kassa/storage/postgres"
	"kassa/storage/postgres/pgtest"
)

// row is a message of a till that exists in memory.
type row struct {
	exchange.Command
	state pos.OutboxState
	tries int
}

// memory is a till as far as the exchange sees it.
type memory struct {
	name   string
	rows   []row
	epoch  int64
	seq    int64
	events int64
	salt   string // differs between a till and its clone: what it tells is not the same
	serial int

	soon   bool
	cursor string
	mirror map[string]exchange.Change // by kind and id
	anew   map[string]bool            // what came since the feed was read from its beginning
}

// copied is the till's data as a copy of it would be.
func (m *memory) copied() *memory {
	c := *m
	c.rows = slices.Clone(m.rows)
	c.mirror, c.anew = maps.Clone(m.mirror), maps.Clone(m.anew)
	return &c
}

func (m *memory) head() exchange.Head {
	return exchange.Head{Till: m.name, Epoch: m.epoch, Events: m.events, Trail: fmt.Sprint(m.epoch, m.events, m.salt), Entries: m.events, Journal: m.salt}
}

// tell stores something that happened.
func (m *memory) tell() {
	m.seq++
	m.events++
	m.serial++
	id := fmt.Sprintf("%s-%d-%d%s", m.name, m.epoch, m.seq, m.salt)
	m.rows = append(m.rows, row{state: pos.OutboxWaiting, Command: exchange.Command{ID: id, Epoch: m.epoch, Seq: m.seq, Kind: "shift.opened",
		Subject: id, Object: "o" + strconv.Itoa(m.serial%3), At: time.UnixMilli(1_790_000_000_000 + m.seq),
		Body: json.RawMessage(fmt.Sprintf(`{"v":1,"n":%d,"of":%q}`, m.seq, m.salt))}})
}

// NextBatch implements relay.Till.
func (m *memory) NextBatch(context.Context) (till.Outgoing, error) {
	out := till.Outgoing{Batch: exchange.Batch{Head: m.head()}, Server: "s", Cursor: m.cursor, Soon: m.soon}
	aside := map[string]bool{}
	for _, r := range m.rows {
		switch {
		case r.state == pos.OutboxAside && !r.Kind.Asks():
			aside[r.Object] = true
		case r.state == pos.OutboxWaiting && !aside[r.Object] && len(out.Commands) < 7:
			out.Commands = append(out.Commands, r.Command)
		}
	}
	return out, nil
}

// SettleBatch implements relay.Till.
func (m *memory) SettleBatch(_ context.Context, answers []exchange.Answer) (done int, err error) {
	for _, a := range answers {
		i := slices.IndexFunc(m.rows, func(r row) bool { return r.ID == a.ID })
		r := &m.rows[i]
		switch {
		case a.Verdict.Done():
			r.state = pos.OutboxAcknowledged
			done++
		case a.Problem.ID == exchange.IDBehind:
		default:
			if r.tries++; a.Verdict == exchange.Conflict || a.Verdict == exchange.Denied || r.tries >= pos.OutboxTries {
				r.state = pos.OutboxAside
				done++
			}
		}
	}
	return done, nil
}

// Acknowledged implements relay.Till.
func (m *memory) Acknowledged(context.Context) ([]exchange.Span, error) {
	all := map[int64]*exchange.Span{}
	for _, r := range m.rows {
		if r.state != pos.OutboxAcknowledged {
			continue
		}
		s, ok := all[r.Epoch]
		if !ok {
			s = &exchange.Span{Epoch: r.Epoch}
			all[r.Epoch] = s
		}
		s.UpTo, s.Count = max(s.UpTo, r.Seq), s.Count+1
	}
	list := make([]exchange.Span, 0, len(all))
	for _, s := range all {
		list = append(list, *s)
	}
	return list, nil
}

// TakeBackLost implements relay.Till.
func (m *memory) TakeBackLost(_ context.Context, _ int64, held func(string) bool) (next int64, lost int, err error) {
	for i := range m.rows {
		if r := &m.rows[i]; r.state == pos.OutboxAcknowledged && !held(r.ID) {
			r.state, lost = pos.OutboxWaiting, lost+1
		}
	}
	return 0, lost, nil
}

// TakeChanges implements relay.Till.
func (m *memory) TakeChanges(_ context.Context, _, cursor string, page exchange.Changes) (taken int, err error) {
	if cursor != m.cursor {
		return 0, nil
	}
	if page.Anew {
		m.anew = map[string]bool{}
		if m.mirror == nil {
			m.mirror = map[string]exchange.Change{}
		}
	}
	for _, c := range page.Changes {
		key := string(c.Kind) + c.ID
		if was, ok := m.mirror[key]; ok && m.anew[key] && was.Version >= c.Version {
			continue
		}
		m.mirror[key], m.anew[key] = c, true
		taken++
	}
	if !page.More {
		maps.DeleteFunc(m.mirror, func(key string, _ exchange.Change) bool { return !m.anew[key] })
	}
	m.cursor = page.Next
	return taken, nil
}

// ask stores a request: a payment to be noted, or a decision on one the till knows,
// by whatever version it last saw.
func (m *memory) ask(rnd *rand.Rand, at time.Time) {
	m.seq++
	m.events++
	id := fmt.Sprintf("%s-%d-%d%s", m.name, m.epoch, m.seq, m.salt)
	by := pay.Person{ID: m.name}
	var p wire.Payload = wire.OfOrder(&pay.Ask{ID: id, Where: pay.AtTill, Offer: "o1", Merchant: "m1"}, by, pay.AllRights(), at)
	if keys := slices.Sorted(maps.Keys(m.mirror)); len(keys) > 0 && rnd.IntN(2) == 0 {
		if c := m.mirror[keys[rnd.IntN(len(keys))]]; c.Kind == exchange.ManualOrder {
			ruling := pay.Ruling{Decision: []pay.Decision{pay.Approve, pay.Decline}[rnd.IntN(2)], Version: c.Version, Where: pay.AtOrders}
			p = wire.OfRuling(id, c.ID, &ruling, by, pay.AllRights(), at)
		}
	}
	message, err := wire.Pack(id, m.epoch, at, p)
	if err != nil {
		panic(err) // a mistake of this test
	}
	message.Seq = m.seq
	m.rows = append(m.rows, row{state: pos.OutboxWaiting, Command: exchange.Of(message)})
}

// fleet is a run of one seed.
type fleet struct {
	*testing.T
	rnd     *rand.Rand
	clock   *postest.Clock
	dir     string // of the SQLite file; "" on PostgreSQL, which is not restored
	store   store.Store
	backend *backend.Backend
	handler http.Handler
	calm    bool // the network is well
	tills   []*memory
	clients []*client.Client
	relays  []*relay.Relay
	told    map[string]string // digests by id, of all that was ever told
}

var errLost = errors.New("lost on the way")

// RoundTrip implements http.RoundTripper: 5 % of the requests are lost, 10 % of the
// answers, 10 % arrive twice.
func (f *fleet) RoundTrip(r *http.Request) (*http.Response, error) {
	b := &behind{T: f.T, handler: f.handler}
	if f.calm {
		return direct{b}.RoundTrip(r)
	}
	if f.rnd.Float64() < 0.05 {
		return nil, errLost
	}
	if r.Body != nil && f.rnd.Float64() < 0.10 {
		twice := r.Clone(r.Context())
		body, err := r.GetBody()
		if err != nil {
			return nil, err
		}
		twice.Body = body
		if _, err := (direct{b}).RoundTrip(twice); err != nil {
			return nil, err
		}
	}
	resp, err := direct{b}.RoundTrip(r)
	if f.rnd.Float64() < 0.10 {
		return nil, errLost
	}
	return resp, err
}

// serve puts a backend on the store.
func (f *fleet) serve(s store.Store) {
	f.store = s
	f.backend = backend.New(backend.Params{Store: s, Clock: f.clock, IDs: postest.IDsAfter(f.rnd.Int64N(1 << 40))})
	f.handler = api.New(api.Params{Backend: f.backend})
}

func (f *fleet) openFile() {
	s, err := central.OpenFile(f.Context(), filepath.Join(f.dir, central.FileName), false, nil)
	require.NoError(f, err)
	f.serve(s)
}

// join adds a till.
func (f *fleet) join(m *memory) {
	code, err := f.backend.AddTill(f.Context(), m.name)
	require.NoError(f, err)
	token := hidden.New(strings.Repeat(m.name, 40)[:40])
	calm := f.calm
	f.calm = true
	c := client.New(client.Params{Base: "http://127.0.0.1", Till: m.name, Token: token, Transport: f})
	_, err = c.Join(f.Context(), code.Text, token)
	require.NoError(f, err)
	f.calm = calm
	f.add(m)
}

// add lets a till exchange with the credential its name has.
func (f *fleet) add(m *memory) {
	token := hidden.New(strings.Repeat(m.name, 40)[:40])
	c := client.New(client.Params{Base: "http://127.0.0.1", Till: m.name, Token: token, Transport: f})
	f.tills = append(f.tills, m)
	f.clients = append(f.clients, c)
	f.relays = append(f.relays, nil)
	f.start(len(f.tills) - 1)
}

// start begins a till's program anew: what its relay remembered is gone.
func (f *fleet) start(i int) {
	f.relays[i] = relay.New(relay.Params{Till: f.tills[i], Backend: to(f.clients[i]), Now: f.clock.Now, Jitter: f.rnd.Float64, Poll: time.Minute})
}

func (f *fleet) note(m *memory) {
	last := m.rows[len(m.rows)-1]
	f.told[last.ID] = last.Digest()
}

// live lets the fleet work for so many turns; copies are restored on the way.
func (f *fleet) live(turns int) {
	copies := map[int]*memory{}
	for range turns {
		i := f.rnd.IntN(len(f.tills))
		m := f.tills[i]
		switch p := f.rnd.Float64(); {
		case p < 0.35:
			m.tell()
			f.note(m)
		case p < 0.45:
			m.ask(f.rnd, f.clock.Now())
			f.note(m)
		case p < 0.96:
			f.relays[i].Step(f.Context())
		case p < 0.98:
			copies[i] = m.copied()
		default:
			if c, ok := copies[i]; ok { // restored: a new epoch, its numbers go on
				c.epoch = m.epoch + 1
				c.events = c.events + 1
				*m = *c
				f.start(i)
				delete(copies, i)
			}
		}
		f.clock.Move(time.Second)
	}
}

// restoreBackend puts the backend back to an old copy of its file.
func (f *fleet) restoreBackend(copyTo string, take bool) {
	require.NoError(f, f.store.Close())
	from, to := f.dir, copyTo
	if !take {
		require.NoError(f, os.RemoveAll(f.dir))
		from, to = copyTo, f.dir
	}
	require.NoError(f, os.CopyFS(to, os.DirFS(from)))
	for _, name := range []string{f.dir, copyTo} {
		if err := os.Chmod(filepath.Join(name, central.FileName), 0o600); err != nil && !errors.Is(err, os.ErrNotExist) {
			f.Fatal(err)
		}
	}
	f.openFile()
}

// settleAll lets everybody tell the rest over a network that is well.
func (f *fleet) settleAll() {
	f.calm = true
	for range 5 { // what the last one told is looked for by the others
		for _, r := range f.relays {
			for range 500 {
				if wait := r.Step(f.Context()); wait != 0 {
					break
				}
			}
		}
	}
}

// equal compares the books of both sides.
func (f *fleet) equal() {
	for _, m := range f.tills {
		for _, r := range m.rows {
			if r.state == pos.OutboxAside {
				continue
			}
			require.Equal(f, pos.OutboxAcknowledged, r.state, "%s still waits", r.ID)
			f.has(r.ID, r.Digest())
		}
	}
	all, err := f.backend.ListTills(f.Context())
	require.NoError(f, err)
	for i := range all {
		held, err := f.backend.Held(f.Context(), all[i].ID, 0, 0)
		require.NoError(f, err)
		require.EqualValues(f, len(held), all[i].Held.Count)
		for _, c := range held {
			f.has(c.ID, f.told[c.ID])
		}
	}
}

// mirrored requires that each till's mirror is what the backend has, and that what
// changed at the backend is sound.
func (f *fleet) mirrored() {
	want := map[string]string{}
	for cursor := ""; ; {
		page, err := f.backend.Changes(f.Context(), cursor, 0)
		require.NoError(f, err)
		for _, c := range page.Changes {
			want[string(c.Kind)+c.ID] = string(c.Body)
		}
		if cursor = page.Next; !page.More {
			break
		}
	}
	orders, err := f.backend.ListOrders(f.Context(), backend.Orders{})
	require.NoError(f, err)
	total := int64(2) // the merchant and the offer
	for _, n := range orders.Counts {
		total += n
	}
	require.EqualValues(f, total, len(want), "the feed knows of everything")
	require.Greater(f, total, int64(2))
	for _, m := range f.tills {
		have := map[string]string{}
		for key, c := range m.mirror {
			have[key] = string(c.Body)
		}
		require.Equal(f, want, have, m.name)
	}
	faults, err := f.backend.VerifyManual(f.Context())
	require.NoError(f, err)
	require.Empty(f, faults)
}

// has requires that the backend holds a message with that content.
func (f *fleet) has(id, digest string) {
	require.NoError(f, f.store.Look(f.Context(), func(x store.Tx) error {
		m, err := x.MessageByID(id)
		if err != nil {
			return err
		}
		require.NotNil(f, m, "%s is not there", id)
		require.Equal(f, digest, m.Digest, id)
		return nil
	}))
}

func newFleet(t *testing.T, seed uint64, tills int, open func(f *fleet)) *fleet {
	f := &fleet{T: t, rnd: rand.New(rand.NewPCG(seed, 7)), clock: postest.NewClock(), told: map[string]string{}}
	open(f)
	owner := manual.From{Till: "office", By: pay.Person{ID: "owner"}, Rights: pay.AllRights()}
	_, err := f.backend.PutMerchant(t.Context(), owner, pay.Merchant{ID: "m1", Name: "Карта на карту", Account: "RUB"})
	require.NoError(t, err)
	_, err = f.backend.PutOffer(t.Context(), owner, pay.Offer{ID: "o1", Text: "Занятие", Price: 1000_00, Currency: "RUB", Merchants: []string{"m1"}})
	require.NoError(t, err)
	for i := range tills {
		f.join(&memory{name: "till" + strconv.Itoa(i), epoch: 1})
	}
	return f
}

// seeds is how many runs there are: few with every test run, many by hand.
func seeds(few, many int) int {
	if os.Getenv("KASSA_SOAK") != "" {
		return many
	}
	return few
}

func TestSoakFleet_EndsWithEqualBooks(t *testing.T) {
	tills := seeds(12, 100)
	for seed := range uint64(seeds(3, 50)) {
		t.Run("sqlite/"+strconv.FormatUint(seed, 10), func(t *testing.T) {
			f := newFleet(t, seed, tills, func(f *fleet) { f.dir = filepath.Join(t.TempDir(), "db"); f.openFile() })
			defer func() { require.NoError(t, f.store.Close()) }()
			f.live(20 * tills)
			copied := filepath.Join(t.TempDir(), "copy")
			f.restoreBackend(copied, true)
			f.live(20 * tills)
			f.restoreBackend(copied, false)
			f.live(5 * tills)
			f.settleAll()
			f.equal()
			f.mirrored()
		})
	}
	for seed := range uint64(seeds(1, 5)) {
		t.Run("postgres/"+strconv.FormatUint(seed, 10), func(t *testing.T) {
			f := newFleet(t, seed, tills, func(f *fleet) {
				s, err := postgres.OpenBackend(t.Context(), pgtest.URL(t), nil)
				require.NoError(t, err)
				f.serve(s)
			})
			defer func() { require.NoError(t, f.store.Close()) }()
			f.live(25 * tills)
			f.settleAll()
			f.equal()
			f.mirrored()
		})
	}
}

// A clone tells other things in the places of the till it was copied from: neither
// overwrites the other, what collides is put aside and shown, and the rest arrives.
func TestFleet_Clone(t *testing.T) {
	f := newFleet(t, 1, 1, func(f *fleet) { f.dir = filepath.Join(t.TempDir(), "db"); f.openFile() })
	defer func() { require.NoError(t, f.store.Close()) }()
	m := f.tills[0]
	for range 5 {
		m.tell()
		f.note(m)
	}
	f.settleAll()
	clone := m.copied()
	clone.salt = "clone"
	f.add(clone)
	for range 4 {
		m.tell()
		f.note(m)
	}
	f.settleAll()
	clone.tell()
	f.note(clone)
	f.settleAll()
	require.Equal(t, pos.OutboxWaiting, clone.rows[5].state, "a head behind the known one is told so, and nothing is taken")
	require.Equal(t, "backend.drift.backward", f.relays[1].Status().Trouble.ID)
	for range 6 {
		clone.tell()
		f.note(clone)
	}
	f.settleAll()
	aside := 0
	for _, r := range clone.rows {
		if r.state == pos.OutboxAside {
			aside++
		}
	}
	require.Positive(t, aside, "the places the till took first")
	for _, r := range m.rows[:9] {
		f.has(r.ID, r.Digest())
	}
	cases, err := f.backend.ListCases(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, cases)
}

// hooked lets a test stand between a fleet and its backend.
type hooked struct {
	f     *fleet
	stand func(next http.RoundTripper, r *http.Request) (*http.Response, error)
}

// RoundTrip implements http.RoundTripper.
func (h *hooked) RoundTrip(r *http.Request) (*http.Response, error) {
	next := direct{&behind{T: h.f.T, handler: h.f.handler}}
	if h.stand == nil {
		return next.RoundTrip(r)
	}
	return h.stand(next, r)
}

// What a restored backend lost is found also where exactly as much came meanwhile, of
// which the till knows nothing: the answer was lost, or the request came twice.
func TestFleet_LossThatIsMadeUpFor(t *testing.T) {
	commands := func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/commands") }
	for name, stand := range map[string]func(next http.RoundTripper, r *http.Request) (*http.Response, error){
		"the answer is lost": func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
			resp, err := next.RoundTrip(r)
			if commands(r) {
				return nil, errLost
			}
			return resp, err
		},
		"the request comes twice": func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
			if commands(r) {
				twice := r.Clone(r.Context())
				body, err := r.GetBody()
				if err != nil {
					return nil, err
				}
				twice.Body = body
				if _, err := next.RoundTrip(twice); err != nil {
					return nil, err
				}
			}
			return next.RoundTrip(r)
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFleet(t, 1, 1, func(f *fleet) { f.dir = filepath.Join(t.TempDir(), "db"); f.openFile() })
			defer func() { require.NoError(t, f.store.Close()) }()
			m, h := f.tills[0], &hooked{f: f}
			token := hidden.New(strings.Repeat(m.name, 40)[:40])
			f.relays[0] = relay.New(relay.Params{Till: m, Backend: to(client.New(client.Params{Base: "http://127.0.0.1", Till: m.name, Token: token, Transport: h})),
				Now: f.clock.Now, Jitter: f.rnd.Float64, Poll: time.Minute})
			tells := func(n int) {
				for range n {
					m.tell()
					f.note(m)
				}
			}
			copied := filepath.Join(t.TempDir(), "copy")
			f.restoreBackend(copied, true)
			tells(7)
			for m.rows[6].state != pos.OutboxAcknowledged {
				f.relays[0].Step(t.Context())
			}
			f.restoreBackend(copied, false) // while more is on its way all of it is lost there
			tells(7)
			h.stand = stand
			settle(t, f.relays[0])
			h.stand = nil
			f.settleAll()
			f.equal()
		})
	}
}
