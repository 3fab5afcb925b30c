// Package sales is the backend's room of what was sold: the sums of a day, made of
// what tills told and of nothing else.
package sales

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"kassa/backend/internal/desk"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/wire"
)

// Sales is the room.
type Sales struct {
	desk *desk.Desk

	mu    sync.Mutex // held while one day is added up: others wait for it instead of doing the same
	known map[span]*book
}

// New makes the room.
func New(d *desk.Desk) *Sales { return &Sales{desk: d, known: map[span]*book{}} }

type span struct{ from, to int64 }

// Total is what one till or all took in one currency.
type Total struct {
	Till     string // its id; "" of all
	Name     string
	Currency money.Currency
	Sales    int64        // receipts
	Sold     money.Amount // their sum, after discounts
	Returns  int64
	Returned money.Amount
	Tenders  []Tendered // by how much came
}

// Net is what was sold without what came back.
func (t *Total) Net() money.Amount { return t.Sold.Sub(t.Returned) }

// Tendered is what came by one method, without the change and without what went
// back by it.
type Tendered struct {
	Method pos.Method
	Amount money.Amount
}

// Day are the sums of a stretch of time.
type Day struct {
	All    []Total // one of each currency
	Tills  []Total // one of each till and currency, by name
	Unread int64   // facts that nobody here can read; a case tells of each
}

// mostDays are kept added up. overlap is how much later than it was received a
// message may be seen, generously: a transaction ends long before, and the clocks of
// several copies are not that far apart.
const (
	mostDays = 32
	overlap  = time.Hour
)

// SoldWithin adds up what was sold from a time until before another, by the tills'
// clocks. What was added up before is gone on with.
func (s *Sales) SoldWithin(ctx context.Context, from, to time.Time) (day *Day, err error) {
	key := span{from.UnixMilli(), to.UnixMilli()}
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.known[key]
	if b == nil {
		if len(s.known) >= mostDays {
			clear(s.known)
		}
		b = &book{sums: map[where]*sum{}, seen: map[string]bool{}}
	}
	delete(s.known, key) // what is half done is not gone on with
	err = s.desk.Look(ctx, func(o *desk.Op) error {
		tills, err := o.ListTills()
		if err != nil {
			return err
		}
		names := map[string]string{}
		for _, t := range tills {
			names[t.ID] = t.Name
		}
		err = o.EachSold(from, to, b.upTo, func(till string, m *pos.OutboxMessage) error {
			b.add(till, m)
			return nil
		})
		b.upTo = o.At.Add(-overlap)
		day = b.day(names)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.known[key] = b
	return day, nil
}

type where struct {
	till     string
	currency money.Currency
}

type sum struct {
	Total
	by map[pos.Method]money.Amount
}

// book adds facts up, each once.
type book struct {
	sums   map[where]*sum
	seen   map[string]bool // ids
	upTo   time.Time       // whatever was received before is in it
	unread int64
}

func (b *book) add(till string, m *pos.OutboxMessage) {
	if b.seen[m.ID] {
		return
	}
	b.seen[m.ID] = true
	told, err := wire.Decode(m)
	if err != nil {
		b.unread++
		return
	}
	switch t := told.(type) {
	case *wire.Sale:
		b.each(till, t.Currency, func(s *sum) {
			s.Sales++
			s.Sold = s.Sold.Add(money.Amount(t.Total))
			for _, d := range t.Tenders {
				s.take(d.Method, d.Amount)
			}
			s.take(string(pos.ChangeMethod), -t.Change)
		})
	case *wire.Return:
		b.each(till, t.Currency, func(s *sum) {
			s.Returns++
			s.Returned = s.Returned.Add(money.Amount(t.Total))
			for _, f := range t.Refunds {
				s.take(f.Method, -f.Amount)
			}
		})
	case *wire.TenderCorrected:
		if t.Currency != "" { // in the oldest messages it is not told
			b.each(till, t.Currency, func(s *sum) {
				s.take(t.From, -t.Amount)
				s.take(t.To, t.Amount)
			})
		}
	}
}

// each lets fn add to the sums of a till and to those of all.
func (b *book) each(till, currency string, fn func(*sum)) {
	for _, id := range []string{till, ""} {
		w := where{id, money.Currency(currency)}
		if b.sums[w] == nil {
			b.sums[w] = &sum{Total: Total{Till: id, Currency: w.currency}, by: map[pos.Method]money.Amount{}}
		}
		fn(b.sums[w])
	}
}

func (s *sum) take(method string, minor int64) {
	s.by[pos.Method(method)] = s.by[pos.Method(method)].Add(money.Amount(minor))
}

func (b *book) day(names map[string]string) *Day {
	d := &Day{Unread: b.unread}
	for _, s := range b.sums {
		t := s.Total
		for _, m := range slices.Sorted(maps.Keys(s.by)) {
			if s.by[m] != 0 {
				t.Tenders = append(t.Tenders, Tendered{m, s.by[m]})
			}
		}
		slices.SortStableFunc(t.Tenders, func(a, b Tendered) int { return cmp.Compare(b.Amount, a.Amount) })
		if t.Till == "" {
			d.All = append(d.All, t)
			continue
		}
		t.Name = names[t.Till]
		d.Tills = append(d.Tills, t)
	}
	order := func(a, b Total) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Till, b.Till), cmp.Compare(a.Currency, b.Currency))
	}
	slices.SortFunc(d.All, order)
	slices.SortFunc(d.Tills, order)
	return d
}
