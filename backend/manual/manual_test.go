package manual_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/manual"
	"kassa/backend/store"
	"kassa/pos"
	pay "kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/postest"
	"kassa/storage/central"
	"kassa/storage/central/centraltest"
	"kassa/storage/postgres/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// room is a backend with a merchant and an offer.
type room struct {
	*testing.T
	*backend.Backend
	store store.Store
	clock *postest.Clock
	ids   *postest.IDs
}

// engines runs a test on both.
func engines(t *testing.T, test func(r *room)) {
	centraltest.Engines(t, func(t *testing.T, s *central.Store) { test(open(t, s)) })
}

func open(t *testing.T, s store.Store) *room {
	r := &room{T: t, store: s, clock: postest.NewClock(), ids: postest.IDsAfter(1 << 40)}
	s.SetJobClock(r.clock.Now)
	r.Backend = backend.New(backend.Params{Store: s, Clock: r.clock, IDs: r.ids, Elapsed: func() time.Duration { return r.clock.Read().Since }})
	_, err := r.PutMerchant(t.Context(), owner, pay.Merchant{ID: "m1", Name: "Карта на карту", Commission: 25000, Fee: 10_00, Account: "RUB", Currencies: []money.Currency{"RUB", "USD"}})
	require.NoError(t, err)
	_, err = r.PutOffer(t.Context(), owner, pay.Offer{ID: "o1", Text: "Курс кройки", Price: 1000_00, Currency: "RUB", Merchants: []string{"m1"}})
	require.NoError(t, err)
	return r
}

var (
	owner   = manual.From{Till: "t1", By: pay.Person{ID: "e1", Name: "Ольга"}, Rights: pay.AllRights()}
	manager = manual.From{Till: "t2", By: pay.Person{ID: "e2", Name: "Борис"}, Rights: pay.AllRights()}
)

func (r *room) order(id string) *pay.Order {
	r.Helper()
	o, err := r.New(r.Context(), owner, pay.Ask{ID: id, Where: pay.AtTill, Offer: "o1", Customer: "c1"})
	require.NoError(r, err)
	return o
}

func (r *room) decide(from manual.From, request, order string, d pay.Decision, version int64) (*pay.Order, error) {
	return r.Decide(context.Background(), from, request, order, pay.Ruling{Decision: d, Version: version, Where: pay.AtOrders})
}

func (r *room) sound() {
	r.Helper()
	faults, err := r.VerifyManual(r.Context())
	require.NoError(r, err)
	require.Empty(r, faults)
}

func idOf(err error) string {
	if e, ok := errors.AsType[*pos.Error](err); ok {
		return e.ID
	}
	return fmt.Sprint(err)
}

func args(err error) pos.Args {
	e, _ := errors.AsType[*pos.Error](err)
	return e.Args
}

// From the customer's word to a refund in two parts: what is asked again is
// answered as it was, and the books follow.
func TestManual_WholeLife(t *testing.T) {
	engines(t, func(r *room) {
		opened := r.order("p1")
		require.Equal(r, pay.Open, opened.State)
		require.Equal(r, opened, r.order("p1"), "asked again")
		_, err := r.New(r.Context(), owner, pay.Ask{ID: "p1", Where: pay.AtTill, Text: "Иное", Price: 5})
		require.Equal(r, "manual.request-taken", idOf(err))
		require.Equal(r, opened.ID, args(err)["Order"].(*pay.Order).ID, "with how it stands")
		_, err = r.New(r.Context(), manager, pay.Ask{ID: "p1", Where: pay.AtTill, Offer: "o1"})
		require.Equal(r, "manual.request-taken", idOf(err))
		require.Empty(r, args(err), "another till's order is not told")

		done, err := r.decide(manager, "d1", "p1", pay.Approve, 1)
		require.NoError(r, err)
		require.Equal(r, pay.Approved, done.State)
		require.EqualValues(r, 965_00, done.Fees.Net)
		again, err := r.decide(manager, "d1", "p1", pay.Approve, 1)
		require.NoError(r, err)
		require.Equal(r, done, again)
		_, err = r.decide(manager, "d1", "p1", pay.Decline, 1)
		require.Equal(r, "manual.request-taken", idOf(err))
		_, err = r.decide(manager, "d2", "p1", pay.Decline, 1)
		require.Equal(r, "manual.changed", idOf(err))
		require.Equal(r, pay.Approved, args(err)["Order"].(*pay.Order).State)
		_, err = r.decide(manager, "d3", "nobody's", pay.Approve, 1)
		require.Equal(r, "manual.order-unknown", idOf(err))
		_, err = r.decide(manager, "", "p1", pay.Approve, 2)
		require.Equal(r, "manual.request-id", idOf(err))

		part, err := r.AskRefund(r.Context(), owner, "p1", pay.AskRefund{ID: "r1", Amount: 300_00, Reason: "брак", Where: pay.AtOrders})
		require.NoError(r, err)
		require.EqualValues(r, 300_00, part.Pending)
		_, err = r.AskRefund(r.Context(), owner, "p1", pay.AskRefund{ID: "r2", Amount: 700_01, Reason: "брак", Where: pay.AtOrders})
		require.Equal(r, "manual.refund-much", idOf(err))
		for i, step := range []pay.RefundStep{pay.AllowRefund, pay.GiveRefund, pay.GiveRefund} { // the last one comes again
			part, err = r.AdvanceRefund(r.Context(), manager, fmt.Sprint("s", min(i, 1)), "p1", manual.RefundMove{Refund: "r1", Step: step, Where: pay.AtOrders})
			require.NoError(r, err)
		}
		require.Equal(r, pay.Approved, part.State)
		whole, err := r.AskRefund(r.Context(), owner, "p1", pay.AskRefund{ID: "r3", Reason: "передумали", Where: pay.AtOrders, Finish: true})
		require.NoError(r, err)
		require.Equal(r, pay.Refunded, whole.State)
		require.EqualValues(r, 1000_00, whole.Refunded)
		k, err := r.Order(r.Context(), "p1")
		require.NoError(r, err)
		require.Len(r, k.Events, 8)
		require.Len(r, k.Refunds, 2)
		require.Equal(r, whole, &k.Order)
		r.sound()

		rows, err := r.Takings(r.Context(), time.Time{}, time.Time{})
		require.NoError(r, err)
		require.Equal(r, []pay.Takings{{Merchant: "m1", Name: "Карта на карту", Currency: "RUB", Payments: 1, Refunds: 2, Gross: 1000_00, Returned: 1000_00}}, rows)
		rows, err = r.Takings(r.Context(), r.clock.Now().Add(time.Millisecond), time.Time{})
		require.NoError(r, err)
		require.Empty(r, rows, "nothing came after")
	})
}

func TestManual_MerchantsAndOffers(t *testing.T) {
	engines(t, func(r *room) {
		m, err := r.Merchant(r.Context(), "m1")
		require.NoError(r, err)
		m.Name, m.Archived = "Наличные курьеру", true
		first, err := r.PutMerchant(r.Context(), owner, *m)
		require.NoError(r, err)
		require.EqualValues(r, 2, first.Version)
		again, err := r.PutMerchant(r.Context(), owner, *m)
		require.NoError(r, err, "the same once more")
		require.Equal(r, first, again)
		m.Name = "Иначе"
		_, err = r.PutMerchant(r.Context(), owner, *m)
		require.Equal(r, "manual.record-changed", idOf(err))
		_, err = r.New(r.Context(), owner, pay.Ask{ID: "p1", Where: pay.AtTill, Offer: "o1"})
		require.Equal(r, "manual.merchant-missing", idOf(err), "it was archived")
		all, err := r.Merchants(r.Context())
		require.NoError(r, err)
		require.Equal(r, []pay.Merchant{*first}, all)
		bare := manager
		bare.Rights.SetUp = false
		_, err = r.PutMerchant(r.Context(), bare, *first)
		require.Equal(r, "manual.forbidden", idOf(err))
		_, err = r.PutOffer(r.Context(), bare, pay.Offer{})
		require.Equal(r, "manual.forbidden", idOf(err))
		_, err = r.PutOffer(r.Context(), owner, pay.Offer{ID: "o2", Text: "Ремонт", Price: 1, Currency: "RUB", Merchants: []string{"m9"}})
		require.Equal(r, "manual.merchant-unknown", idOf(err))
		goods := pay.Offer{ID: "o3", Kind: pay.OfferProduct, Product: "g1", Text: "Молоко на месяц", Price: 2000_00, Currency: "RUB", Merchants: []string{"m1"}}
		made, err := r.PutOffer(r.Context(), owner, goods)
		require.NoError(r, err)
		back, err := r.Offer(r.Context(), "o3")
		require.NoError(r, err)
		require.Equal(r, made, back)
		usual, err := r.Offer(r.Context(), "o1")
		require.NoError(r, err)
		require.Equal(r, pay.OfferText, usual.Kind, "free words unless said")
		goods.ID, goods.Product = "o4", ""
		_, err = r.PutOffer(r.Context(), owner, goods)
		require.Equal(r, "manual.offer-product", idOf(err))
		_, err = r.PutMerchant(r.Context(), owner, pay.Merchant{ID: "m2", Name: "Два", Account: "RUB", Version: 7})
		require.Equal(r, "manual.merchant-unknown", idOf(err), "nothing to change")
	})
}

func TestManual_List(t *testing.T) {
	engines(t, func(r *room) {
		for i := range 7 {
			r.order(fmt.Sprint("p", i))
			if i%3 == 0 {
				r.clock.Move(time.Minute)
			}
		}
		_, err := r.decide(manager, "d", "p3", pay.Decline, 1)
		require.NoError(r, err)
		var seen []string
		c := backend.Orders{Limit: 3, State: pay.Open}
		for {
			p, err := r.ListOrders(r.Context(), c)
			require.NoError(r, err)
			require.Equal(r, map[pay.State]int64{pay.Open: 6, pay.Declined: 1}, p.Counts)
			for _, o := range p.Orders {
				seen = append(seen, o.ID)
			}
			if !p.More {
				break
			}
			c.After = seen[len(seen)-1]
		}
		require.Equal(r, []string{"p6", "p5", "p4", "p2", "p1", "p0"}, seen)
		p, err := r.ListOrders(r.Context(), backend.Orders{Customer: "c2"})
		require.NoError(r, err)
		require.Empty(r, p.Orders)
		p, err = r.ListOrders(r.Context(), backend.Orders{Merchant: "m1", From: r.clock.Now().Add(-time.Minute), To: r.clock.Now()})
		require.NoError(r, err)
		require.Len(r, p.Orders, 3)
	})
}

// What waited too long is declined once, by whoever asks first; a clock that leaps
// ends nothing.
func TestManual_Deadlines(t *testing.T) {
	engines(t, func(r *room) {
		r.order("p1")
		r.clock.Move(30*24*time.Hour - time.Millisecond)
		n, err := r.ExpireOrders(r.Context())
		require.NoError(r, err)
		require.Zero(r, n)
		r.clock.Move(time.Millisecond)
		n, err = r.ExpireOrders(r.Context())
		require.NoError(r, err)
		require.Equal(r, 1, n)
		n, err = r.ExpireOrders(r.Context())
		require.NoError(r, err)
		require.Zero(r, n)
		k, err := r.Order(r.Context(), "p1")
		require.NoError(r, err)
		require.Equal(r, pay.Declined, k.State)
		require.Equal(r, pay.ReasonExpired, k.Events[1].Reason)
		_, err = r.decide(manager, "d", "p1", pay.Approve, 1)
		require.Equal(r, "manual.changed", idOf(err))

		r.order("p2")
		r.clock.Set(60 * 24 * time.Hour)
		n, err = r.ExpireOrders(r.Context())
		require.NoError(r, err)
		require.Zero(r, n)
		cases, err := r.ListCases(r.Context())
		require.NoError(r, err)
		require.Len(r, cases, 1)
		require.Equal(r, store.CaseClock, cases[0].Kind)
		r.clock.Set(-60 * 24 * time.Hour)
		_, err = r.ExpireOrders(r.Context())
		require.NoError(r, err)
		r.clock.Move(2 * time.Hour)
		n, err = r.ExpireOrders(r.Context())
		require.NoError(r, err)
		require.Zero(r, n, "put right, nothing was lost")
		r.clock.Move(30 * 24 * time.Hour)
		n, err = r.ExpireOrders(r.Context())
		require.NoError(r, err)
		require.Equal(r, 1, n)
		r.sound()
	})
}

// seeds are how many races are run on an engine.
func seeds(t *testing.T) int {
	n := 100
	if filepath.Base(t.Name()) == "sqlite" {
		n = 1000
	}
	if testing.Short() {
		n /= 20
	}
	return n
}

// In any race exactly one wins: the losers are told how it stands, and the books
// are those of the winner.
func TestManual_Races(t *testing.T) {
	engines(t, func(r *room) {
		for seed := range seeds(r.T) {
			rnd := rand.New(rand.NewPCG(uint64(seed), 7))
			id := fmt.Sprint("p", seed)
			r.order(id)
			switch seed % 4 {
			case 0: // two managers
				r.race(seed, id, rnd, r.deciding("a", id, pay.Approve, 1), r.deciding("b", id, pay.Decline, 1))
			case 1: // a manager and the time
				r.clock.Move(31 * 24 * time.Hour)
				r.race(seed, id, rnd, r.deciding("a", id, pay.Approve, 1), r.expiring(), r.expiring())
			case 2: // a decision and a refund of what it decides; the refund sees an open order or what is left of it
				r.race(seed, id, rnd, r.deciding("a", id, pay.Approve, 1), r.deciding("c", id, pay.Decline, 1), func() (bool, error) {
					_, err := r.AskRefund(context.Background(), owner, id, pay.AskRefund{ID: id + "r", Reason: "брак", Where: pay.AtTill, Finish: true})
					return false, err
				})
			case 3: // two refunds of the whole
				_, err := r.decide(manager, id+"d", id, pay.Approve, 1)
				require.NoError(r, err)
				back := func(name string) func() (bool, error) {
					return func() (bool, error) {
						_, err := r.AskRefund(context.Background(), owner, id, pay.AskRefund{ID: id + name, Reason: "брак", Where: pay.AtTill, Finish: true})
						return err == nil, err
					}
				}
				r.race(seed, id, rnd, back("r1"), back("r2"))
			}
		}
		r.sound()
	})
}

func (r *room) deciding(name, id string, d pay.Decision, version int64) func() (bool, error) {
	return func() (bool, error) {
		_, err := r.decide(manager, id+name, id, d, version)
		return err == nil, err
	}
}

func (r *room) expiring() func() (bool, error) {
	return func() (bool, error) {
		n, err := r.ExpireOrders(context.Background())
		return n > 0, err
	}
}

// race runs all at once, in an order of the seed's, and wants one winner.
func (r *room) race(seed int, id string, rnd *rand.Rand, all ...func() (bool, error)) {
	r.Helper()
	rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	var mu sync.Mutex
	var wait sync.WaitGroup
	start := make(chan struct{})
	won := 0
	for _, try := range all {
		wait.Go(func() {
			<-start
			ok, err := try()
			mu.Lock()
			defer mu.Unlock()
			if ok {
				won++
			}
			if err != nil {
				assert.Contains(r, []pos.Code{pos.CodeConflict, pos.CodeLimit}, pos.CodeOf(err), "seed %d: %v", seed, err)
			}
		})
	}
	close(start)
	wait.Wait()
	require.Equal(r, 1, won, "seed %d", seed)
	k, err := r.Order(r.Context(), id)
	require.NoError(r, err)
	require.NotEqual(r, pay.Open, k.State, "seed %d", seed)
}

// The same request brought twice at once is carried out once, and both are told the
// same.
func TestManual_TheSameRequestTwiceAtOnce(t *testing.T) {
	engines(t, func(r *room) {
		for seed := range seeds(r.T) / 10 {
			id := fmt.Sprint("p", seed)
			var wait sync.WaitGroup
			told := make([]*pay.Order, 6)
			for i := range told {
				wait.Go(func() {
					o, err := r.New(context.Background(), owner, pay.Ask{ID: id, Where: pay.AtTill, Offer: "o1"})
					assert.NoError(r, err)
					told[i] = o
				})
			}
			wait.Wait()
			for i := range told {
				require.Equal(r, told[0], told[i])
			}
			for i := range told {
				wait.Go(func() {
					o, err := r.decide(manager, id+"d", id, pay.Approve, 1)
					assert.NoError(r, err)
					told[i] = o
				})
			}
			wait.Wait()
			for i := range told {
				require.Equal(r, told[0], told[i])
			}
		}
		r.sound()
	})
}
