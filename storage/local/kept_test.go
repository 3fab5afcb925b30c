package local_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/offers"
	"kassa/pos/till/store"
	"kassa/storage/local"
	"kassa/storage/local/localtest"
)

// usual is what an operation at the till asks the store for every time.
type usual struct {
	Employee     *pos.Employee
	Group        *pos.Group
	Meta         string
	Shift        *pos.Shift
	Cheque       *pos.Cheque
	Next         int64
	Entry, Event string
	Customer     *pos.Customer
	Rules        *pos.CustomerGroup
	Offers       []offers.Promotion
}

// ask reads it; what is not there stays empty.
func ask(x store.Tx) (u usual, err error) {
	var errs [11]error
	u.Employee, errs[0] = x.Employee("e")
	u.Group, errs[1] = x.Group("g")
	u.Meta, errs[2] = x.Meta("k")
	u.Shift, errs[3] = x.OpenShift()
	u.Cheque, errs[4] = x.OpenCheque()
	u.Next, errs[5] = x.NextSaleNumber()
	_, u.Entry, errs[6] = x.LedgerHead()
	_, u.Event, errs[7] = x.AuditHead()
	u.Customer, errs[8] = x.Customer("c")
	u.Rules, errs[9] = x.CustomerGroup("cg")
	u.Offers, errs[10] = x.ActivePromotions()
	for _, e := range errs {
		if e != nil && pos.CodeOf(e) != pos.CodeNotFound {
			return u, e
		}
	}
	return u, nil
}

var opened = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// change is the n-th change of all of it.
func change(n int) func(store.Tx) error {
	name := fmt.Sprint("the ", n)
	return func(x store.Tx) error {
		entries, _, err := x.LedgerHead()
		events, _, err2 := x.AuditHead()
		number, err3 := x.NextSaleNumber()
		if err := errors.Join(err, err2, err3); err != nil {
			return err
		}
		if old, err := x.OpenCheque(); err == nil {
			if err := x.DeleteCheque(old.ID); err != nil {
				return err
			}
		}
		if n == 1 {
			err = x.PutProduct(&pos.Product{ID: "p", SKU: "p"})
		}
		id, due := pos.SaleID(name), n
		sale := &pos.Sale{ID: id, Till: "1", Epoch: 1, Number: number, At: opened, Currency: "RUB"}
		return errors.Join(err,
			x.PutCustomer(&pos.Customer{ID: "c", Name: name, Group: "cg"}),
			x.PutCustomerGroup(&pos.CustomerGroup{ID: "cg", Name: name, DueDays: &due}),
			x.PutPromotion(&offers.Promotion{ID: "o", Name: name, On: true}),
			x.MoveStock("p", money.Quantity(n), name, opened), x.CountSold("p", 1),
			x.PutEmployee(&pos.Employee{ID: "e", Name: name, Group: "g"}),
			x.PutGroup(&pos.Group{ID: "g", Name: name, Rights: []pos.Right{pos.RightSell}}),
			x.PutMeta("k", name), x.PutMeta("epoch", "1"),
			x.PutShift(&pos.Shift{ID: "s", Number: 1, OpenedAt: opened, Float: money.Amount(n)}),
			x.PutChequeHead(&pos.Cheque{ID: id, State: pos.ChequeOpen, Rev: int64(n)}),
			x.PutChequeLine(id, &pos.Line{No: 1, Name: name, Qty: 1000}),
			x.PutTender(id, &pos.Tender{No: 1, Method: pos.Cash, Amount: money.Amount(n)}),
			x.PutSale(sale),
			x.AppendEntry(&ledger.Entry{N: entries + 1, Hash: "entry " + name}),
			x.AppendEvent(&pos.Event{N: events + 1, Hash: "event " + name}),
		)
	}
}

// sameAsStored compares what a change is told with what a reading finds, and
// with what was expected.
func sameAsStored(t *testing.T, s *local.Store, want string) {
	t.Helper()
	var kept, stored usual
	err := errors.Join(
		s.Update(context.Background(), func(x store.Tx) (err error) { kept, err = ask(x); return err }),
		s.View(context.Background(), func(x store.Tx) (err error) { stored, err = ask(x); return err }))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(stored, kept); d != "" {
		t.Errorf("a change is told something else than is stored (-stored +told):\n%s", d)
	}
	if stored.Meta != want {
		t.Errorf("stored is %q, want %q", stored.Meta, want)
	}
}

// soundAfter goes on with one more change; the till's own indexes must be whole.
func soundAfter(t *testing.T, s *local.Store, want string) {
	t.Helper()
	sameAsStored(t, s, want)
	must(t, s.Update(context.Background(), change(9)))
	sameAsStored(t, s, "the 9")
	must(t, s.View(context.Background(), func(x store.Tx) error {
		said, err := x.EngineProblems(false)
		if len(said) > 0 {
			t.Errorf("the engine says %q", said)
		}
		return err
	}))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// known opens a store that has just told all of it.
func known(t *testing.T) (*local.Store, string) {
	t.Helper()
	dir := localtest.Dir(t)
	s := openIn(t, local.Params{Dir: dir})
	must(t, s.Update(context.Background(), change(1)))
	sameAsStored(t, s, "the 1")
	return s, dir
}

func TestKept(t *testing.T) {
	ctx := context.Background()
	t.Run("follows a change", func(t *testing.T) {
		s, _ := known(t)
		must(t, s.Update(ctx, change(2)))
		soundAfter(t, s, "the 2")
	})
	t.Run("forgets a change that failed", func(t *testing.T) {
		s, _ := known(t)
		undo := errors.New("undo this")
		if err := s.Update(ctx, func(x store.Tx) error { return errors.Join(change(2)(x), undo) }); !errors.Is(err, undo) {
			t.Fatal(err)
		}
		soundAfter(t, s, "the 1")
	})
	t.Run("forgets what was read in a change that failed", func(t *testing.T) {
		s, _ := known(t)
		_ = s.Update(ctx, func(x store.Tx) error {
			_, err := ask(x)
			return errors.Join(change(2)(x), err, func() error { _, err := ask(x); return err }(), errors.New("undo this"))
		})
		soundAfter(t, s, "the 1")
	})
	t.Run("forgets a change that panicked", func(t *testing.T) {
		s, _ := known(t)
		func() {
			defer func() { _ = recover() }()
			_ = s.Update(ctx, func(x store.Tx) error { must(t, change(2)(x)); panic("a mistake of ours") })
		}()
		soundAfter(t, s, "the 1")
	})
	t.Run("hears of another process", func(t *testing.T) {
		s, dir := known(t)
		beside := openIn(t, local.Params{Dir: dir, Beside: true})
		sameAsStored(t, beside, "the 1")
		for n := 2; n < 6; n += 2 {
			must(t, beside.Update(ctx, change(n)))
			sameAsStored(t, s, fmt.Sprint("the ", n))
			must(t, s.Update(ctx, change(n+1)))
			sameAsStored(t, beside, fmt.Sprint("the ", n+1))
		}
	})
	t.Run("is not carried over to a copy put in the data's place", func(t *testing.T) {
		s, dir := known(t)
		backup, err := s.Backup(ctx, t.TempDir())
		must(t, err)
		must(t, s.Update(ctx, change(2)))
		sameAsStored(t, s, "the 2")
		must(t, s.Close())
		old, err := os.ReadFile(backup)
		must(t, err)
		must(t, os.WriteFile(dbFile(dir), old, 0o600))
		sameAsStored(t, openIn(t, local.Params{Dir: dir}), "the 1")
	})
	t.Run("belongs to nobody who was told", func(t *testing.T) {
		s, _ := known(t)
		must(t, s.Update(ctx, func(x store.Tx) error {
			u, err := ask(x)
			u.Employee.Name, u.Group.Rights[0], u.Shift.Float, u.Customer.Name, *u.Rules.DueDays, u.Offers[0].Name = "x", "x", 99, "x", 99, "x"
			u.Cheque.Lines[0].Name, u.Cheque.Tenders[0].Amount, u.Cheque.Note = "x", 99, "x"
			return err
		}))
		soundAfter(t, s, "the 1")
	})
}

// TestKept_OpenCheque changes cheques at random, now and then failing: the one
// that is open must be what its rows say, every time.
func TestKept_OpenCheque(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(4) {
		s := openIn(t, local.Params{Dir: localtest.Dir(t)})
		r := rand.New(rand.NewPCG(seed, 1))
		for range 100 {
			_ = s.Update(ctx, func(x store.Tx) error {
				for range 1 + r.IntN(4) {
					if err := alter(x, r); err != nil && pos.CodeOf(err) != pos.CodeConflict {
						return err
					}
				}
				if r.IntN(8) == 0 {
					return errors.New("undo this")
				}
				return nil
			})
			sameAsStored(t, s, "")
			if t.Failed() {
				t.Fatalf("seed %d", seed)
			}
		}
	}
}

// alter makes one change of one of a few cheques.
func alter(x store.Tx, r *rand.Rand) error {
	id := pos.SaleID(fmt.Sprint("c", r.IntN(3)))
	if open, err := x.OpenCheque(); err == nil && r.IntN(4) > 0 {
		id = open.ID
	}
	no, when := 1+r.IntN(5), opened.Add(time.Duration(r.IntN(1e9))).In(time.FixedZone("", 3600))
	switch r.IntN(8) {
	case 0, 1:
		c := &pos.Cheque{ID: id, State: pos.ChequeOpen, Rev: int64(r.IntN(9)), Note: fmt.Sprint(no), Customer: "anna", OpenedAt: when, OpenedBy: "e",
			Discount: pos.Discount{Percent: money.Percent(no)}, Coupons: []string{"A1", "B2"}[:r.IntN(3)]}
		if r.IntN(4) == 0 {
			c.State, c.ParkedAt = pos.ChequeParked, when
		}
		return x.PutChequeHead(c)
	case 2:
		return x.PutTender(id, &pos.Tender{No: no, Method: pos.Points, Amount: 5, Points: int64(r.IntN(9)), Challenge: "ch", Certificate: "GC"})
	case 3:
		return x.DeleteTender(id, no)
	case 4:
		if r.IntN(4) == 0 {
			return x.DeleteCheque(id)
		}
		return nil
	}
	l := &pos.Line{No: no, Product: "p", SKU: "1", Name: "н", Barcode: "46", Unit: "шт", ListPrice: 9, Price: 8, Cost: 7, Qty: money.Quantity(r.IntN(9)),
		VAT: 10, Discount: pos.Discount{Sum: 1}, Flags: pos.ProductFlags{Weighed: true, NoOffers: true}, Removed: r.IntN(2) == 0, Reason: "п",
		Certificate: "GC", Expires: when, Offers: []pos.Given{{Offer: "o", Name: "Скидка", Sum: 3}, {Offer: "p"}}[:r.IntN(3)]}
	return x.PutChequeLine(id, l)
}
