package central_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/manual"
	"kassa/pos/money"
)

var errNo = errors.New("no")

// undone runs a change that ends in an error, of which nothing may be kept.
func undone(t *testing.T, s store.Store, fn func(store.Tx) error) {
	t.Helper()
	require.ErrorIs(t, s.Change(t.Context(), func(x store.Tx) error {
		if err := fn(x); err != nil {
			return err
		}
		return errNo
	}), errNo)
}

// unknown requires that something is not there, and is told so by its sentence.
func unknown[T any](t *testing.T, s store.Store, id string, fn func(store.Tx) (T, error)) {
	t.Helper()
	err := s.Look(t.Context(), func(x store.Tx) error { _, err := fn(x); return err })
	require.Equal(t, pos.CodeNotFound, pos.CodeOf(err), "%v", err)
	e, ok := errors.AsType[*pos.Error](err)
	require.True(t, ok)
	require.Equal(t, id, e.ID)
}

// did runs a change that tells whether it was made.
func did(t *testing.T, s store.Store, fn func(store.Tx) (bool, error)) (done bool) {
	t.Helper()
	change(t, s, func(x store.Tx) (err error) { done, err = fn(x); return err })
	return done
}

func merchant(id, name string) *manual.Merchant {
	return &manual.Merchant{ID: id, Name: name, Description: "на <карту>", Hint: "'; DROP TABLE people; --", Commission: 25000, Fee: 10_00, FeeCurrency: "USD",
		Account: "RUB", Transaction: "USD", Currencies: []money.Currency{"RUB", "USD"}, Image: []byte{0, 1, 0xff}}
}

func TestStore_Merchants(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		read := func(id string) *manual.Merchant {
			return look(t, s, func(x store.Tx) (*manual.Merchant, error) { return x.Merchant(id) })
		}
		put := func(m *manual.Merchant, was int64) bool {
			return did(t, s, func(x store.Tx) (bool, error) { return x.PutMerchant(m, was) })
		}
		unknown(t, s, "manual.merchant-unknown", func(x store.Tx) (*manual.Merchant, error) { return x.Merchant("a") })
		require.Empty(t, look(t, s, store.Tx.Merchants))
		undone(t, s, func(x store.Tx) error { _, err := x.PutMerchant(merchant("a", "А"), 0); return err })
		require.Empty(t, look(t, s, store.Tx.Merchants))

		a, b := merchant("a", "Карта"), merchant("b", "Ёлка")
		b.Image, b.Archived = nil, true
		require.True(t, put(a, 0))
		require.True(t, put(b, 0))
		require.EqualValues(t, 1, a.Version, "the store raises it")
		require.Equal(t, a, read("a"))
		require.Equal(t, b, read("b"))

		require.False(t, put(merchant("a", "Другая"), 0), "it is there")
		require.False(t, put(merchant("a", "Другая"), 2), "of a version nobody saw")
		require.False(t, put(merchant("none", "Другая"), 1), "of what is not there")
		require.Equal(t, a, read("a"), "as it was")
		changed := merchant("a", "Карта на карту")
		changed.Archived, changed.Image = true, nil
		require.True(t, put(changed, 1))
		require.EqualValues(t, 2, changed.Version)
		require.Equal(t, changed, read("a"))
		require.False(t, put(merchant("a", "Поздно"), 1), "the one who comes second")
		undone(t, s, func(x store.Tx) error { _, err := x.PutMerchant(merchant("a", "Нет"), 2); return err })
		require.Equal(t, changed, read("a"))
		require.True(t, put(merchant("c", "Карта"), 0))

		all := look(t, s, store.Tx.Merchants)
		require.Len(t, all, 3)
		names := make([]string, len(all))
		for i := range all {
			require.Empty(t, all[i].Image, "a list is without images")
			names[i] = all[i].ID
		}
		require.Equal(t, []string{"b", "c", "a"}, names, "by name")

		for _, bad := range []func(*manual.Merchant){
			func(m *manual.Merchant) { m.Commission = 1_000_000 }, func(m *manual.Merchant) { m.Commission = -1 }, func(m *manual.Merchant) { m.Fee = -1 },
		} {
			m := merchant("bad", "x")
			bad(m)
			require.Error(t, s.Change(t.Context(), func(x store.Tx) error { _, err := x.PutMerchant(m, 0); return err }), "the schema holds it too")
		}
	})
}

func offer(id, text string) *manual.Offer {
	return &manual.Offer{ID: id, Kind: manual.OfferProduct, Product: "p", Text: text, Price: 100_00, Currency: "RUB", Merchants: []string{"a", "b"}, Window: 30}
}

func TestStore_Offers(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		read := func(id string) *manual.Offer {
			return look(t, s, func(x store.Tx) (*manual.Offer, error) { return x.Offer(id) })
		}
		put := func(o *manual.Offer, was int64) bool {
			return did(t, s, func(x store.Tx) (bool, error) { return x.PutOffer(o, was) })
		}
		unknown(t, s, "manual.offer-unknown", func(x store.Tx) (*manual.Offer, error) { return x.Offer("a") })
		undone(t, s, func(x store.Tx) error { _, err := x.PutOffer(offer("a", "А"), 0); return err })
		require.Empty(t, look(t, s, store.Tx.Offers))
		a, b := offer("a", "Курс второй"), offer("b", "Курс")
		require.True(t, put(a, 0))
		require.True(t, put(b, 0))
		require.Equal(t, a, read("a"))
		require.False(t, put(offer("a", "x"), 0))
		require.False(t, put(offer("a", "x"), 9))
		require.False(t, put(offer("none", "x"), 1))
		a.Archived, a.Kind, a.Product, a.Merchants, a.Price = true, manual.OfferText, "", []string{"c"}, 1
		require.True(t, put(a, 1))
		require.EqualValues(t, 2, a.Version)
		require.Equal(t, a, read("a"))
		undone(t, s, func(x store.Tx) error { _, err := x.PutOffer(offer("a", "нет"), 2); return err })
		require.Equal(t, a, read("a"))
		require.Equal(t, []manual.Offer{*b, *a}, look(t, s, store.Tx.Offers), "by text")
		for _, bad := range []func(*manual.Offer){
			func(o *manual.Offer) { o.Price = 0 }, func(o *manual.Offer) { o.Window = 0 }, func(o *manual.Offer) { o.Kind = "cake" },
		} {
			o := offer("bad", "x")
			bad(o)
			require.Error(t, s.Change(t.Context(), func(x store.Tx) error { _, err := x.PutOffer(o, 0); return err }))
		}
	})
}

func order(id string, made time.Time) *manual.Order {
	return &manual.Order{ID: id, Till: "t", Origin: manual.AtTill, Offer: "o", Text: "Курс <b>", Merchant: "m", Account: "Карта", Customer: "c1", CustomerName: "Нина",
		Email: "nina@example.ru", Phone: "+79000000001", State: manual.Open, Version: 1, Requested: manual.Terms{Price: 100_00, Currency: "RUB", Date: noon, Comment: "ё\n"},
		Author: manual.Person{ID: "e", Name: "Ольга"}, Created: made, Deadline: made.Add(time.Hour)}
}

func addOrder(t *testing.T, s store.Store, o *manual.Order) bool {
	t.Helper()
	return did(t, s, func(x store.Tx) (bool, error) { return x.AddOrder(o) })
}

// approve takes an order on as a decision does.
func approve(o *manual.Order) {
	terms := o.Requested
	o.State, o.Version, o.Confirmed, o.Decided, o.Decider = manual.Approved, o.Version+1, &terms, noon, manual.Person{ID: "d", Name: "Борис"}
	o.Fees = &manual.Fees{Share: 2_50, Fixed: 1_00, Currency: "RUB", Net: 96_50}
}

func TestStore_Orders(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		read := func(id string) *manual.Order {
			return look(t, s, func(x store.Tx) (*manual.Order, error) { return x.Order(id) })
		}
		save := func(o *manual.Order, was int64) bool {
			return did(t, s, func(x store.Tx) (bool, error) { return x.SaveOrder(o, was) })
		}
		unknown(t, s, "manual.order-unknown", func(x store.Tx) (*manual.Order, error) { return x.Order("a") })
		require.Equal(t, pos.CodeNotFound, pos.CodeOf(s.Change(t.Context(), func(x store.Tx) error { _, err := x.OrderAlone("a"); return err })))
		a := order("a", noon)
		undone(t, s, func(x store.Tx) error { _, err := x.AddOrder(a); return err })
		unknown(t, s, "manual.order-unknown", func(x store.Tx) (*manual.Order, error) { return x.Order("a") })

		require.True(t, addOrder(t, s, a))
		require.False(t, addOrder(t, s, order("a", noon.Add(time.Hour))), "an id is one order's")
		require.Equal(t, a, read("a"))
		change(t, s, func(x store.Tx) error {
			alone, err := x.OrderAlone("a")
			assert.Equal(t, a, alone)
			return err
		})
		seen := *a
		approve(a)
		require.True(t, save(a, 1))
		require.False(t, save(&seen, 1), "of two who saw the same the first wins")
		require.Equal(t, a, read("a"))
		require.False(t, save(order("none", noon), 1))
		undone(t, s, func(x store.Tx) error {
			back := *a
			back.Version, back.Sale = 3, "s"
			_, err := x.SaveOrder(&back, 2)
			return err
		})
		require.Equal(t, a, read("a"))
		for _, bad := range []func(*manual.Order){
			func(o *manual.Order) { o.Refunded = 100_01 }, func(o *manual.Order) { o.Pending = 100_01 }, func(o *manual.Order) { o.Refunded = -1 },
			func(o *manual.Order) { o.State = "eaten" }, func(o *manual.Order) { o.State = manual.Refunded },
			func(o *manual.Order) { o.Refunded = 100_00 }, func(o *manual.Order) { o.State, o.Pending = manual.Declined, 1 },
		} {
			o := *a
			o.Version++
			bad(&o)
			require.Error(t, s.Change(t.Context(), func(x store.Tx) error { _, err := x.SaveOrder(&o, 2); return err }), "the schema holds the sums too")
		}
		require.Equal(t, a, read("a"))
	})
}

// Pages of orders follow one another without a gap or a repetition, newest first, by
// id where they were made in the same moment; whoever comes in between shifts none.
func TestStore_OrdersByPages(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		for i := range 7 {
			o := order(fmt.Sprintf("o%d", i), noon.Add(time.Duration(i/3)*time.Minute))
			o.Merchant, o.Customer = []string{"m", "n"}[i%2], []string{"c1", ""}[i%2]
			if i == 4 {
				approve(o)
			}
			if i == 5 {
				o.Requested.Currency = "USD"
			}
			require.True(t, addOrder(t, s, o))
		}
		list := func(f store.OrderFilter) (ids []string) {
			for _, o := range look(t, s, func(x store.Tx) ([]manual.Order, error) { return x.Orders(f) }) {
				ids = append(ids, o.ID)
			}
			return ids
		}
		require.Equal(t, []string{"o6", "o5", "o4", "o3", "o2", "o1", "o0"}, list(store.OrderFilter{Limit: 10}))
		var walked []string
		for f := (store.OrderFilter{Limit: 2}); ; {
			page := look(t, s, func(x store.Tx) ([]manual.Order, error) { return x.Orders(f) })
			for i := range page {
				walked = append(walked, page[i].ID)
			}
			if len(page) < f.Limit {
				break
			}
			last := page[len(page)-1]
			f.After, f.AfterID = last.Created, last.ID
			require.True(t, addOrder(t, s, order("later"+last.ID, noon.Add(time.Hour))))
		}
		require.Equal(t, []string{"o6", "o5", "o4", "o3", "o2", "o1", "o0"}, walked)

		for name, c := range map[string]struct {
			f    store.OrderFilter
			want []string
		}{
			"by state":     {store.OrderFilter{State: manual.Approved}, []string{"o4"}},
			"by merchant":  {store.OrderFilter{Merchant: "n"}, []string{"o5", "o3", "o1"}},
			"by customer":  {store.OrderFilter{Customer: "c1", To: noon.Add(time.Hour)}, []string{"o6", "o4", "o2", "o0"}},
			"by two cards": {store.OrderFilter{Customer: "none", Also: []string{"c1", "c3"}, To: noon.Add(time.Hour)}, []string{"o6", "o4", "o2", "o0"}},
			"by currency":  {store.OrderFilter{Currency: "USD"}, []string{"o5"}},
			"from a time":  {store.OrderFilter{From: noon.Add(time.Minute), To: noon.Add(2 * time.Minute)}, []string{"o5", "o4", "o3"}},
			"all at once":  {store.OrderFilter{State: manual.Open, Merchant: "m", Customer: "c1", From: noon, To: noon.Add(time.Minute)}, []string{"o2", "o0"}},
			"none":         {store.OrderFilter{Merchant: "'; --"}, nil},
			"to, excluded": {store.OrderFilter{To: noon}, nil},
		} {
			c.f.Limit = 100
			require.Equal(t, c.want, list(c.f), name)
		}
		counts := look(t, s, func(x store.Tx) (map[manual.State]int64, error) {
			return x.CountOrders(store.OrderFilter{To: noon.Add(time.Hour)})
		})
		require.Equal(t, map[manual.State]int64{manual.Open: 6, manual.Approved: 1}, counts)
		require.Empty(t, look(t, s, func(x store.Tx) (map[manual.State]int64, error) {
			return x.CountOrders(store.OrderFilter{Merchant: "none"})
		}))
	})
}

// Of open orders those are overdue whose time is up, the oldest first.
func TestStore_Overdue(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		for i, ends := range []time.Duration{3, 1, 2, 1} {
			o := order(fmt.Sprint("o", i), noon)
			o.Deadline = noon.Add(ends * time.Hour)
			if i == 3 {
				approve(o)
			}
			require.True(t, addOrder(t, s, o))
		}
		overdue := func(now time.Duration, limit int) []string {
			return look(t, s, func(x store.Tx) ([]string, error) { return x.Overdue(noon.Add(now), limit) })
		}
		require.Empty(t, overdue(time.Hour-time.Millisecond, 10))
		require.Equal(t, []string{"o1"}, overdue(time.Hour, 10), "in its last moment")
		require.Equal(t, []string{"o1", "o2", "o0"}, overdue(9*time.Hour, 10))
		require.Equal(t, []string{"o1", "o2"}, overdue(9*time.Hour, 2))
	})
}

// Whoever is forgotten is named by none of their orders, which stay with their sums.
func TestStore_ForgetPayer(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		bare := order("bare", noon)
		bare.Forget()
		other := order("other", noon)
		other.Customer = "c2"
		for _, o := range []*manual.Order{order("b", noon), order("a", noon), bare, other} {
			require.True(t, addOrder(t, s, o))
		}
		forget := func(x store.Tx, who string) []string {
			ids, err := x.ForgetPayer(who)
			require.NoError(t, err)
			return ids
		}
		undone(t, s, func(x store.Tx) error { forget(x, "c1"); return nil })
		change(t, s, func(x store.Tx) error {
			require.Equal(t, []string{"a", "b"}, forget(x, "c1"))
			require.Empty(t, forget(x, "c1"), "there is nothing left to forget")
			require.Empty(t, forget(x, "none"))
			require.Empty(t, forget(x, ""), "nobody is named by nothing")
			return nil
		})
		o := look(t, s, func(x store.Tx) (*manual.Order, error) { return x.Order("a") })
		want := order("a", noon)
		want.Forget()
		require.Equal(t, want, o)
		require.Equal(t, "Нина", look(t, s, func(x store.Tx) (*manual.Order, error) { return x.Order("other") }).CustomerName)
	})
}

func TestStore_OrderEventsAndRefunds(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		event := func(n int64) *manual.Event {
			return &manual.Event{N: n, At: noon, Kind: manual.EventCreated, To: manual.Open, Where: manual.AtTill, By: manual.Person{ID: "e"}, Reason: "ё"}
		}
		events := func(id string) []manual.Event {
			return look(t, s, func(x store.Tx) ([]manual.Event, error) { return x.OrderEvents(id) })
		}
		require.Empty(t, events("a"))
		change(t, s, func(x store.Tx) error {
			return errors.Join(x.AddOrderEvent("a", event(2)), x.AddOrderEvent("a", event(1)), x.AddOrderEvent("b", event(1)))
		})
		require.Equal(t, []manual.Event{*event(1), *event(2)}, events("a"), "by number")
		err := s.Change(t.Context(), func(x store.Tx) error { return x.AddOrderEvent("a", event(2)) })
		require.Equal(t, pos.CodeConflict, pos.CodeOf(err), "nothing happens twice under a number")
		undone(t, s, func(x store.Tx) error { return x.AddOrderEvent("a", event(3)) })
		require.Len(t, events("a"), 2)

		refund := func(id string, asked time.Duration) *manual.Refund {
			return &manual.Refund{ID: id, Order: "a", Amount: 5_00, Reason: "брак", State: manual.RefundAsked, Author: manual.Person{ID: "e"}, Asked: noon.Add(asked)}
		}
		refunds := func() []manual.Refund {
			return look(t, s, func(x store.Tx) ([]manual.Refund, error) { return x.Refunds("a") })
		}
		unknown(t, s, "manual.refund-unknown", func(x store.Tx) (*manual.Refund, error) { return x.Refund("r1") })
		first, second := refund("r2", 0), refund("r1", time.Minute)
		change(t, s, func(x store.Tx) error { return errors.Join(x.PutRefund(second), x.PutRefund(first)) })
		require.Equal(t, []manual.Refund{*first, *second}, refunds(), "in the order of asking")
		second.State, second.Decided, second.Entry = manual.RefundDone, noon, 7
		change(t, s, func(x store.Tx) error { return x.PutRefund(second) })
		require.Equal(t, second, look(t, s, func(x store.Tx) (*manual.Refund, error) { return x.Refund("r1") }))
		undone(t, s, func(x store.Tx) error { return x.PutRefund(refund("r3", 0)) })
		require.Equal(t, []manual.Refund{*first, *second}, refunds())
		for _, bad := range []func(*manual.Refund){func(f *manual.Refund) { f.Amount = 0 }, func(f *manual.Refund) { f.State = "eaten" }} {
			f := refund("bad", 0)
			bad(f)
			require.Error(t, s.Change(t.Context(), func(x store.Tx) error { return x.PutRefund(f) }))
		}
	})
}

// entry books so much at an hour after noon.
func entry(doc string, hour int, kind ledger.Kind, sum int64) *ledger.Entry {
	return &ledger.Entry{At: noon.Add(time.Duration(hour) * time.Hour), Kind: kind, Doc: doc, Employee: "e",
		Postings: []ledger.Posting{{Account: manual.Net("m"), Currency: "RUB", Amount: sum}, {Account: manual.Gross("m"), Currency: "RUB", Amount: -sum}}}
}

// Entries are numbered without gaps, each sealed over the one before, and each
// document is booked once.
func TestStore_Journal(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		entries := func(after int64, limit int) []ledger.Entry {
			return look(t, s, func(x store.Tx) ([]ledger.Entry, error) { return x.Entries(after, limit) })
		}
		require.Empty(t, entries(0, 10))
		first, second, third := entry("a", 0, manual.KindReceived, 100), entry("r", 1, manual.KindReturned, -40), entry("b", 2, manual.KindReceived, 7)
		second.Reverses = 1
		change(t, s, func(x store.Tx) error { return x.Book(first) })
		undone(t, s, func(x store.Tx) error { return x.Book(entry("undone", 0, manual.KindReceived, 5)) })
		change(t, s, func(x store.Tx) error { return errors.Join(x.Book(second), x.Book(third)) })
		require.Equal(t, []int64{1, 2, 3}, []int64{first.N, second.N, third.N}, "what was undone took no number")
		all := entries(0, 10)
		require.Equal(t, []ledger.Entry{*first, *second, *third}, all)
		require.Equal(t, []ledger.Entry{*second}, entries(1, 1))
		require.Empty(t, entries(3, 10))
		prev := ""
		for i := range all {
			require.True(t, all[i].Verify(prev), "the chain holds")
			prev = all[i].Hash
		}
		for name, bad := range map[string]*ledger.Entry{
			"booked twice": entry("a", 3, manual.KindReceived, 100), "of nothing": {At: noon, Kind: manual.KindReceived, Doc: "z"},
			"uneven":    {At: noon, Kind: manual.KindReceived, Doc: "z", Postings: []ledger.Posting{{Account: "x", Currency: "RUB", Amount: 1}}},
			"of nought": entry("z", 0, manual.KindReceived, 0),
		} {
			require.Error(t, s.Change(t.Context(), func(x store.Tx) error { return x.Book(bad) }), name)
		}
		require.Len(t, entries(0, 10), 3)

		posted := func(from, to time.Time) []manual.Posted {
			return look(t, s, func(x store.Tx) ([]manual.Posted, error) { return x.Posted(from, to) })
		}
		require.Equal(t, []manual.Posted{
			{Account: manual.Gross("m"), Currency: "RUB", Kind: manual.KindReceived, Sum: -107, Count: 2}, {Account: manual.Gross("m"), Currency: "RUB", Kind: manual.KindReturned, Sum: 40, Count: 1},
			{Account: manual.Net("m"), Currency: "RUB", Kind: manual.KindReceived, Sum: 107, Count: 2}, {Account: manual.Net("m"), Currency: "RUB", Kind: manual.KindReturned, Sum: -40, Count: 1},
		}, posted(time.Time{}, time.Time{}))
		require.Len(t, posted(noon.Add(time.Hour), noon.Add(2*time.Hour)), 2, "from included, to excluded")
		require.Empty(t, posted(noon.Add(3*time.Hour), time.Time{}))
	})
}

func TestStore_Answered(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		read := func(till, id string) *store.Answered {
			return look(t, s, func(x store.Tx) (*store.Answered, error) { return x.Answered(till, id) })
		}
		a := &store.Answered{Till: "t", ID: "r", Digest: "d", Answer: []byte(`{"ё":1}`), At: noon}
		require.Nil(t, read("t", "r"))
		undone(t, s, func(x store.Tx) error { return x.PutAnswered(a) })
		require.Nil(t, read("t", "r"))
		change(t, s, func(x store.Tx) error { return x.PutAnswered(a) })
		require.Equal(t, a, read("t", "r"))
		require.Nil(t, read("u", "r"), "a name is each till's own")
		err := s.Change(t.Context(), func(x store.Tx) error {
			return x.PutAnswered(&store.Answered{Till: "t", ID: "r", Digest: "other", Answer: []byte("{}"), At: noon})
		})
		require.Equal(t, pos.CodeConflict, pos.CodeOf(err))
		require.Equal(t, a, read("t", "r"))
	})
}

// What one engine cannot keep is refused by both, before the database is asked: the
// transaction goes on.
func TestStore_TextsThatCannotBeKept(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		change(t, s, func(x store.Tx) error {
			for _, bad := range []string{"a\x00b", "\x00", "a\xff"} {
				_, err := x.Order(bad)
				assert.Equal(t, pos.CodeInvalid, pos.CodeOf(err))
				_, err = x.PutMerchant(merchant("m", bad), 0)
				assert.Equal(t, pos.CodeInvalid, pos.CodeOf(err))
				_, err = x.Orders(store.OrderFilter{Customer: bad, Limit: 1})
				assert.Equal(t, pos.CodeInvalid, pos.CodeOf(err))
			}
			_, err := x.PutMerchant(merchant("m", "Ё"), 0)
			return err
		})
		require.Len(t, look(t, s, store.Tx.Merchants), 1)
	})
}

// Facts of sales of a time come with their bodies; what was received before another
// time, or kept without one, is left out.
func TestStore_EachSold(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		change(t, s, func(x store.Tx) error { return x.PutTill(till("a", "")) })
		sold := func(seq int64, kind pos.EventKind, at time.Duration) store.Message {
			m := message("a", 1, seq)
			m.Kind, m.At = kind, noon.Add(at)
			return m
		}
		list := []store.Message{sold(1, pos.EventSaleCompleted, 0), sold(2, pos.EventSaleCompleted, time.Hour), sold(3, pos.EventShiftOpened, 0),
			sold(4, "return.completed", time.Minute), sold(5, pos.EventSaleCompleted, 2*time.Minute), sold(6, pos.EventSaleCompleted, 3*time.Minute)}
		list[4].Body, list[5].Received = nil, noon.Add(-time.Hour)
		change(t, s, func(x store.Tx) error { _, err := x.PutMessages("a", list); return err })
		var ids []string
		require.NoError(t, s.Look(t.Context(), func(x store.Tx) error {
			ids = nil
			return x.EachSold(noon, noon.Add(time.Hour), noon.Add(-time.Minute), func(who string, m *pos.OutboxMessage) error {
				assert.Equal(t, "a", who)
				assert.NotEmpty(t, m.Payload)
				ids = append(ids, m.ID)
				return nil
			})
		}))
		require.ElementsMatch(t, []string{"a-1-1", "a-1-4"}, ids)
		require.ErrorIs(t, s.Look(t.Context(), func(x store.Tx) error {
			return x.EachSold(noon, noon.Add(time.Hour), noon.Add(-time.Minute), func(string, *pos.OutboxMessage) error { return context.Canceled })
		}), context.Canceled, "whoever reads may stop")
	})
}

// What was told of a card can be found and made to name nobody; nothing else can be
// written over.
func TestStore_ForgetMessage(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		change(t, s, func(x store.Tx) error { return x.PutTill(till("a", "")) })
		card, sale := message("a", 1, 2), message("a", 1, 1)
		card.Kind, card.Subject = pos.EventCustomerAdded, "c1"
		change(t, s, func(x store.Tx) error { _, err := x.PutMessages("a", []store.Message{card, sale}); return err })
		told := func() []store.Message {
			return look(t, s, func(x store.Tx) ([]store.Message, error) { return x.ToldOf("c1") })
		}
		require.Equal(t, []store.Message{card}, told())
		undone(t, s, func(x store.Tx) error { return x.ForgetMessage(card.ID, []byte("{}"), "d") })
		require.Equal(t, []store.Message{card}, told())
		change(t, s, func(x store.Tx) error {
			return errors.Join(x.ForgetMessage(card.ID, []byte("{}"), "d"), x.ForgetMessage(sale.ID, []byte("{}"), "d"))
		})
		got := told()
		require.Len(t, got, 1)
		require.Equal(t, "{}", string(got[0].Body))
		require.Equal(t, &sale, look(t, s, func(x store.Tx) (*store.Message, error) { return x.MessageByID(sale.ID) }), "a sale has happened")
	})
}

// A case that is seen stays open; one that is closed, or was never there, is neither
// seen nor closed.
func TestStore_SeeCase(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		change(t, s, func(x store.Tx) error {
			return x.OpenCase(&store.Case{ID: "1", Till: "a", Kind: store.CaseDrift, About: "x", At: noon, Detail: pos.Args{"n": 1}})
		})
		see := func(id string) bool {
			return did(t, s, func(x store.Tx) (bool, error) { return x.SeeCase(id, "Анна", noon) })
		}
		require.True(t, see("1"))
		require.False(t, see("none"))
		list := look(t, s, func(x store.Tx) ([]store.Case, error) { return x.ListCases(true, 1) })
		require.Equal(t, "Анна", list[0].SeenBy)
		require.True(t, did(t, s, func(x store.Tx) (bool, error) { return x.CloseCase("1", "Анна", "", noon) }))
		require.False(t, see("1"))
		require.False(t, did(t, s, func(x store.Tx) (bool, error) { return x.CloseCase("none", "Анна", "", noon) }))
	})
}
