package storagetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/till/store"
)

// line is one of a cheque: cheques and sales are kept, numbered and overridden.
func line(no int) *pos.Line {
	return &pos.Line{
		No: no, Product: "p-milk", SKU: "001", Name: "Молоко", Barcode: "460", Unit: "шт", ListPrice: 9000, Price: 8990,
		Qty: 1500, VAT: 1000, Discount: pos.Discount{Percent: 250}, Flags: pos.ProductFlags{Weighed: true, NoPoints: true},
	}
}

// keepsAwaited: an order that is to pay a sale is found by itself and by its sale,
// and what a tender waits for stands on cheques and in sales.
func keepsAwaited(t *testing.T, f *fixture) {
	asked := manual.Awaited{Order: "o1", Sale: "c1", Merchant: "m", Account: "Карта", Currency: "RUB", Amount: 700, Total: 900, Customer: "anna",
		Asked: noon, By: "e", State: manual.Open}
	later := asked
	later.Order, later.Asked = "o0", noon.Add(time.Minute)
	other := asked
	other.Order, other.Sale = "o2", "c2"
	f.update(func(x store.Tx) error {
		return errors.Join(x.PutAwaited(&later), x.PutAwaited(&asked), x.PutAwaited(&other))
	})
	reads(f, "AwaitedOf", []manual.Awaited{asked, later}, func(x store.Tx) ([]manual.Awaited, error) { return x.AwaitedOf("c1") })
	asked.State, asked.Price, asked.In, asked.Reason, asked.Decided = manual.Approved, 650, "USD", "пришло меньше", noon.Add(time.Hour)
	f.update(func(x store.Tx) error { return x.PutAwaited(&asked) })
	reads(f, "UntoldAwaited", []manual.Awaited{asked}, func(x store.Tx) ([]manual.Awaited, error) { return x.UntoldAwaited() })
	asked.Told, asked.Taken, asked.Loose, asked.Expired, asked.Total = true, true, true, true, 650
	f.update(func(x store.Tx) error { return x.PutAwaited(&asked) })
	reads(f, "Awaited", &asked, func(x store.Tx) (*manual.Awaited, error) { return x.Awaited("o1") })
	f.view(func(x store.Tx) error {
		if news, err := x.UntoldAwaited(); err != nil || len(news) > 0 {
			t.Errorf("told, and yet news: %v %v", news, err)
		}
		if _, err := x.Awaited("o9"); pos.CodeOf(err) != pos.CodeNotFound {
			t.Errorf("an unknown order: %v", err)
		}
		var all []string
		err := x.EachAwaited(func(w *manual.Awaited) error { all = append(all, w.Order); return nil })
		if !slices.Equal(all, []string{"o0", "o1", "o2"}) {
			t.Errorf("all: %v", all)
		}
		return err
	})
	c := pos.Cheque{ID: "c1", State: pos.ChequeOpen, OpenedBy: "e", Tenders: []pos.Tender{{No: 1, Method: pos.Manual, Amount: 700, Order: "o1"}}}
	f.update(func(x store.Tx) error { return errors.Join(x.PutChequeHead(&c), x.PutTender("c1", &c.Tenders[0])) })
	reads(f, "a tender's order", &c, func(x store.Tx) (*pos.Cheque, error) { return x.Cheque("c1") })
}

func keepsCheques(t *testing.T, f *fixture) {
	c := pos.Cheque{ID: "c1", State: pos.ChequeOpen, Customer: "anna", Discount: pos.Discount{Sum: 500}, OpenedAt: noon, OpenedBy: "e", Rev: 3}
	removed := line(2)
	removed.Removed, removed.Reason, removed.VAT = true, "передумал", pos.NoVAT
	tender := pos.Tender{No: 1, Method: pos.Points, Amount: 700, Points: 7, Challenge: "ch"}
	f.update(func(x store.Tx) error {
		return errors.Join(x.PutChequeHead(&c), x.PutChequeLine("c1", removed), x.PutChequeLine("c1", line(1)), x.PutTender("c1", &tender))
	})
	c.Lines, c.Tenders = []pos.Line{*line(1), *removed}, []pos.Tender{tender}
	reads(f, "OpenCheque", &c, func(x store.Tx) (*pos.Cheque, error) { return x.OpenCheque() })
	reads(f, "Cheque", &c, func(x store.Tx) (*pos.Cheque, error) { return x.Cheque("c1") })

	second := pos.Cheque{ID: "c2", State: pos.ChequeOpen, OpenedBy: "e"}
	f.refused(pos.CodeConflict, func(x store.Tx) error { return x.PutChequeHead(&second) })

	c.Lines[0].Qty, c.Rev = 3000, 4
	f.update(func(x store.Tx) error {
		return errors.Join(x.PutChequeLine("c1", &c.Lines[0]), x.PutChequeHead(&c), x.DeleteTender("c1", 1), x.DeleteTender("c1", 9))
	})
	c.Tenders = nil
	reads(f, "changed", &c, func(x store.Tx) (*pos.Cheque, error) { return x.OpenCheque() })

	c.State, c.Note, c.ParkedAt = pos.ChequeParked, "в шапке", noon.Add(time.Minute)
	second.State, second.ParkedAt = pos.ChequeParked, noon
	third := pos.Cheque{ID: "c3", State: pos.ChequeOpen}
	f.update(func(x store.Tx) error { return puts(x.PutChequeHead, c, second, third) })
	reads(f, "ParkedCheques", []pos.Cheque{second, c}, func(x store.Tx) ([]pos.Cheque, error) { return x.ParkedCheques() })
	reads(f, "the next open one", &third, func(x store.Tx) (*pos.Cheque, error) { return x.OpenCheque() })

	third.State, third.Note = pos.ChequeCancelled, "ошибка"
	f.update(func(x store.Tx) error { return errors.Join(x.PutChequeHead(&third), x.DeleteCheque("c1")) })
	reads(f, "a cancelled one stays", &third, func(x store.Tx) (*pos.Cheque, error) { return x.Cheque("c3") })
	reads(f, "deleted", []pos.Cheque{second}, func(x store.Tx) ([]pos.Cheque, error) { return x.ParkedCheques() })
	f.update(func(x store.Tx) error { return x.PutChequeHead(&pos.Cheque{ID: "c1", State: pos.ChequeOpen}) })
	f.view(func(x store.Tx) error {
		again, err := x.OpenCheque()
		if err == nil && len(again.Lines) > 0 {
			t.Errorf("the deleted cheque left %d lines", len(again.Lines))
		}
		return err
	})
}

// sale is a sale with its figures, lines and tenders.
func sale(n int64) *pos.Sale {
	removed := pos.SaleLine{Line: *line(2)}
	removed.Removed, removed.Reason = true, "ошибка"
	id := pos.SaleID(fmt.Sprintf("sale-%d", n))
	return &pos.Sale{
		ID: id, Till: "1", Number: n, Shift: "shift-1", Employee: "e", Customer: "anna", At: noon, Currency: "RUB",
		Gross: 13485, Discount: 337, Rounding: 8, Total: 13140, VAT: 1195, Change: 360, PointsSpent: 100, PointsEarned: 9,
		DebtAdded: 2000, DebtDue: noon.Add(14 * 24 * time.Hour),
		Lines: []pos.SaleLine{
			{Line: *line(1), LineTotals: pos.LineTotals{No: 1, Gross: 13485, Own: 337, Share: 8, Discount: 345, Sum: 13140, VAT: 1195}},
			removed,
		},
		Tenders: []pos.SaleTender{
			{Tender: pos.Tender{No: 1, Method: pos.Cash, Amount: 1500}},
			{Tender: pos.Tender{No: 3, Method: pos.Points, Amount: 10000, Points: 100, Challenge: pos.ChallengeID("ch-" + string(id))}},
			{Tender: pos.Tender{No: 4, Method: pos.Credit, Amount: 2000, Challenge: pos.ChallengeID("cr-" + string(id))},
				Override: override(id, noon)},
		},
	}
}

func override(id pos.SaleID, at time.Time) *pos.Override {
	return &pos.Override{Challenge: pos.ChallengeID("cr-" + string(id)), Sale: id, Operation: "credit", Customer: "anna", Amount: 2000,
		Employee: "e", Cause: "timeout", Reason: "нет связи у покупателя", At: at}
}

func keepsSales(t *testing.T, f *fixture) {
	long := sale(2)
	for i := range 43 { // more lines than any portion of rows
		l := pos.SaleLine{Line: *line(3 + i)}
		long.Lines = append(long.Lines, l)
	}
	bare := &pos.Sale{ID: "bare", Number: 3, Currency: "RUB", Shift: "shift-2"}
	for _, s := range []*pos.Sale{sale(1), long, bare} {
		f.update(func(x store.Tx) error { return x.PutSale(s) })
		reads(f, "Sale", s, func(x store.Tx) (*pos.Sale, error) { return x.Sale(s.ID) })
		reads(f, "SaleByNumber", s, func(x store.Tx) (*pos.Sale, error) { return x.SaleByNumber(s.Number) })
		reads(f, "LastSale", s, func(x store.Tx) (*pos.Sale, error) { return x.LastSale() })
	}
	again := sale(4)
	again.ID = sale(1).ID
	f.refused(pos.CodeConflict, func(x store.Tx) error { return x.PutSale(again) })
	again.ID, again.Number = "other", 1
	f.refused(pos.CodeConflict, func(x store.Tx) error { return x.PutSale(again) })

	head := func(s *pos.Sale) pos.Sale { h := *s; h.Lines, h.Tenders = nil, nil; return h }
	list := func(shift pos.ShiftID, before int64, limit int) func(store.Tx) ([]pos.Sale, error) {
		return func(x store.Tx) ([]pos.Sale, error) { return x.ListSales(shift, before, limit) }
	}
	reads(f, "all", []pos.Sale{head(bare), head(long)}, list("", 0, 2))
	reads(f, "all before", []pos.Sale{head(sale(1))}, list("", 2, 9))
	reads(f, "of a shift", []pos.Sale{head(long), head(sale(1))}, list("shift-1", 0, 9))
	reads(f, "of a shift before", []pos.Sale{head(sale(1))}, list("shift-1", 2, 9))
	for _, s := range []*pos.Sale{sale(1), long, bare} { // as they are picked from a list
		reads(f, "Sale, listed", s, func(x store.Tx) (*pos.Sale, error) { return x.Sale(s.ID) })
	}
	undone := &pos.Sale{ID: "undone", Number: 9, Currency: "RUB"}
	_ = f.store.Update(context.Background(), func(x store.Tx) error {
		_, err := x.ListSales("", 0, 9)
		return errors.Join(x.PutSale(undone), err, func() error { _, err := x.ListSales("", 0, 9); return err }(), errUndo)
	})
	f.view(func(x store.Tx) error {
		if _, err := x.Sale("undone"); pos.CodeOf(err) != pos.CodeNotFound {
			t.Errorf("a sale that was undone: %v", err)
		}
		all, err := walk(func(fn func(*pos.Sale) error) error { return x.EachSale(2, fn) })
		same(f, "EachSale", all, []pos.Sale{*long, *bare})
		return err
	})
}

// keepsEveryLine: what a line tells is kept whatever it tells beside, in sales of
// all lengths up to some dozens.
func keepsEveryLine(t *testing.T, f *fixture) {
	tell := []func(*pos.SaleLine){
		func(*pos.SaleLine) {},
		func(l *pos.SaleLine) { l.Line.Discount.Sum = 5 },
		func(l *pos.SaleLine) { l.Line.Discount.Percent = 5 },
		func(l *pos.SaleLine) { l.Removed, l.LineTotals.No = true, 0 },
		func(l *pos.SaleLine) { l.Reason = "передумал" },
		func(l *pos.SaleLine) { l.Certificate = "GC-1" },
		func(l *pos.SaleLine) { l.Expires = noon },
		func(l *pos.SaleLine) {
			l.Offers, l.Offered = []pos.Given{{Offer: "o", Name: "Скидка", Sum: 3}}, 3
		},
		func(l *pos.SaleLine) { l.Own = 1 },
		func(l *pos.SaleLine) { l.Share = -1 },
		func(l *pos.SaleLine) { l.LineTotals.Discount = 2 },
	}
	for n := 1; n <= 52; n += 1 + n/9 {
		for i, tell := range tell {
			s := &pos.Sale{ID: pos.SaleID(fmt.Sprint(n, "-", i)), Epoch: 1, Number: int64(100*n + i), Currency: "RUB"}
			for no := range n {
				s.Lines = append(s.Lines, pos.SaleLine{
					Line: pos.Line{No: no + 1, Product: "p", SKU: "7", Name: fmt.Sprint("Товар ", no), Barcode: "46", Unit: "кг", ListPrice: 11, Price: 12,
						Cost: 13, Qty: 14, VAT: 15, Flags: pos.ProductFlags{Weighed: true, NoEarn: true}},
					LineTotals: pos.LineTotals{No: no + 1, Gross: 16, Sum: 17, VAT: 18},
				})
			}
			tell(&s.Lines[n/2])
			f.update(func(x store.Tx) error { return x.PutSale(s) })
			f.view(func(x store.Tx) error {
				got, err := x.Sale(s.ID)
				same(f, fmt.Sprintf("%d lines, telling %d", n, i), got, s)
				return err
			})
		}
	}
}

func numbersSales(t *testing.T, f *fixture) {
	next := func(x store.Tx) (int64, error) { return x.NextSaleNumber() }
	reads(f, "the first", 1, next)
	put := func(id pos.SaleID, epoch, n int64) {
		t.Helper()
		f.update(func(x store.Tx) error { return x.PutSale(&pos.Sale{ID: id, Epoch: epoch, Number: n, Currency: "RUB"}) })
	}
	put("a", 1, 1)
	put("b", 1, 2)
	reads(f, "goes on", 3, next)
	f.update(func(x store.Tx) error { return x.PutMeta("epoch", "2") })
	reads(f, "begins anew in an epoch", 1, next)
	put("c", 2, 1)
	reads(f, "goes on in the epoch", 2, next)
	f.view(func(x store.Tx) error {
		s, err := x.SaleByNumber(1)
		if err == nil {
			same(f, "number 1", s.ID, "c")
		}
		var ids []pos.SaleID
		err2 := x.EachSale(0, func(s *pos.Sale) error { ids = append(ids, s.ID); return nil })
		same(f, "order", ids, []pos.SaleID{"a", "b", "c"})
		return errors.Join(err, err2)
	})
}

func keepsOverrides(t *testing.T, f *fixture) {
	a, b := override("s1", noon), override("s2", noon.Add(time.Hour))
	f.update(func(x store.Tx) error { return puts(x.PutOverride, *b, *a, *a) })
	reads(f, "Overrides", []pos.Override{*a, *b}, func(x store.Tx) ([]pos.Override, error) {
		return x.Overrides(noon, noon.Add(2*time.Hour))
	})
	reads(f, "Overrides up to", []pos.Override{*a}, func(x store.Tx) ([]pos.Override, error) {
		return x.Overrides(noon, noon.Add(time.Hour))
	})
	f.view(func(x store.Tx) error {
		all, err := walk(x.EachOverride)
		same(f, "EachOverride", len(all), 2)
		return err
	})
}
