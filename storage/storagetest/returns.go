package storagetest

import (
	"errors"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till/store"
)

// keepsReturns: returns come back with their draft and what of a sale came back; the
// search for sales follows.
func keepsReturns(t *testing.T, f *fixture) {
	keepsReturnDraft(f)
	one := pos.Return{ID: "r1", Till: "1", Epoch: 1, Number: 1, Shift: "shift-1", Employee: "e", Sale: "s1", SaleNo: 4, Customer: "anna", At: noon,
		Currency: "RUB", Reason: "не подошло", Total: 900, VAT: 82, PointsBack: 3, PointsRestored: 2, PointsTaken: 1, PointsWithheld: 1, PointsKept: 4,
		Lines: []pos.ReturnLine{{No: 1, Origin: 2, Product: "p", SKU: "001", Name: "Молоко", Unit: "шт", Price: 500, Cost: 300, Qty: 2000, Rate: 1000,
			Sum: 900, VAT: 82, Reason: "брак", Restock: true}},
		Refunds: []pos.Refund{{No: 1, Sale: "s1", Of: pos.Points, Method: pos.Points, Amount: 300, Points: 3, Customer: "anna"},
			{No: 2, Sale: "s1", Of: pos.Credit, Method: pos.Credit, Amount: 400, Customer: "anna", Debt: "d1"},
			{No: 3, Sale: "s0", Of: pos.ByCertificate, Certificate: "GIFT-1", Method: pos.ByCertificate, Amount: 200}},
		Points: []pos.PointsMove{{Lot: "l1", Sale: "s1", Customer: "anna", Points: 2, Fresh: "l2", Expires: noon.Add(time.Hour)},
			{Lot: "l3", Sale: "s1", Customer: "anna", Points: -1}}}
	two := pos.Return{ID: "r2", Till: "1", Epoch: 1, Number: 2, Shift: "shift-1", At: noon, Currency: "RUB", Exchange: "s2", Total: 100,
		Lines:   []pos.ReturnLine{{No: 1, Product: "q", Qty: 1000, Sum: 100}},
		Refunds: []pos.Refund{{No: 1, Of: pos.Cash, Method: pos.Exchange, Amount: 60}, {No: 2, Of: pos.Cash, Method: pos.Cash, Amount: 40}}}
	f.update(func(x store.Tx) error { return x.PutMeta("epoch", "1") })
	next := func(want int64) {
		t.Helper()
		reads(f, "NextReturnNumber", want, func(x store.Tx) (int64, error) { return x.NextReturnNumber() })
	}
	next(1)
	f.update(func(x store.Tx) error { return errors.Join(x.PutReturn(&one), x.PutReturn(&two)) })
	next(3)
	f.refused(pos.CodeConflict, func(x store.Tx) error { return x.PutReturn(&one) })
	reads(f, "Return", &one, func(x store.Tx) (*pos.Return, error) { return x.Return("r1") })
	reads(f, "ReturnByNumber", &two, func(x store.Tx) (*pos.Return, error) { return x.ReturnByNumber(2) })
	reads(f, "ReturnsOf", []pos.Return{one}, func(x store.Tx) ([]pos.Return, error) { return x.ReturnsOf("s1") })
	reads(f, "ExchangedFor", &two, func(x store.Tx) (*pos.Return, error) { return x.ExchangedFor("s2") })
	reads(f, "RefundsOf", one.Refunds[:2], func(x store.Tx) ([]pos.Refund, error) { return x.RefundsOf("s1") })
	reads(f, "PointsOf", one.Points, func(x store.Tx) ([]pos.PointsMove, error) { return x.PointsOf("s1") })
	f.refused(pos.CodeNotFound, func(x store.Tx) error { _, err := x.Return("none"); return err })
	f.refused(pos.CodeNotFound, func(x store.Tx) error { _, err := x.ExchangedFor("s1"); return err })
	f.view(func(x store.Tx) error {
		list, err := x.ListReturns("shift-1", 2, 5)
		if err == nil && (len(list) != 1 || list[0].ID != "r1" || list[0].Total != 900) {
			t.Errorf("ListReturns before 2: %+v", list)
		}
		all, walked := walk(x.EachReturn)
		same(f, "EachReturn", all, []pos.Return{one, two})
		return errors.Join(err, walked)
	})
	reads(f, "History", []pos.HistoryItem{{Kind: pos.HistoryReturn, At: noon, Sale: "s1", Number: 1, Amount: 900, PointsSpent: 1, PointsEarned: 2,
		DebtAdded: -400}}, func(x store.Tx) ([]pos.HistoryItem, error) { return x.History("anna", 5) })
	keepsCorrections(f)
}

// keepsReturnDraft: there is one return in the making, or none.
func keepsReturnDraft(f *fixture) {
	draft := pos.ReturnDraft{ID: "r1", Sale: "s1", Method: pos.Cash, OpenedAt: noon, OpenedBy: "e", Rev: 2, Lines: []pos.DraftLine{
		{Line: pos.Line{No: 2, Product: "p", SKU: "001", Name: "Молоко", Barcode: "460", Unit: "шт", ListPrice: 9000, Price: 8990, Qty: 1500,
			VAT: 1000, Flags: pos.ProductFlags{Weighed: true}, Reason: "брак"}, Origin: 7, Discarded: true},
		{Line: pos.Line{No: 1, Product: "q", Qty: 1000}}}}
	f.refused(pos.CodeNotFound, func(x store.Tx) error { _, err := x.ReturnDraft(); return err })
	f.update(func(x store.Tx) error { return x.PutReturnDraft(&pos.ReturnDraft{ID: "other"}) })
	f.update(func(x store.Tx) error { return x.PutReturnDraft(&draft) })
	reads(f, "ReturnDraft", &draft, func(x store.Tx) (*pos.ReturnDraft, error) { return x.ReturnDraft() })
	f.update(func(x store.Tx) error { return x.DropReturnDraft() })
	f.refused(pos.CodeNotFound, func(x store.Tx) error { _, err := x.ReturnDraft(); return err })
}

// keepsCorrections: what was put right in a sale comes back, and counts in the sums
// of its shift beside the returns that were put.
func keepsCorrections(f *fixture) {
	fix := pos.Correction{ID: "c1", Sale: "s1", SaleNo: 4, Shift: "shift-1", Employee: "e", From: pos.Card, To: pos.Cash, Amount: 150, Reason: "кнопка", At: noon}
	f.update(func(x store.Tx) error { return x.PutCorrection(&fix) })
	reads(f, "CorrectionsOf", []pos.Correction{fix}, func(x store.Tx) ([]pos.Correction, error) { return x.CorrectionsOf("s1") })
	f.view(func(x store.Tx) error {
		all, err := walk(x.EachCorrection)
		same(f, "EachCorrection", all, []pos.Correction{fix})
		r, totals := x.ShiftTotals("shift-1")
		want := pos.ReturnTotals{Count: 2, Total: 1000, VAT: 82, ByMethod: map[pos.Method]money.Amount{pos.Points: 300, pos.Credit: 400,
			pos.ByCertificate: 200, pos.Exchange: 60, pos.Cash: 40}}
		want.Points.Restored, want.Points.Taken = 2, 1
		if totals == nil {
			same(f, "ShiftTotals", []pos.ReturnTotals{r.Returns}, []pos.ReturnTotals{want})
			same(f, "corrected", []map[pos.Method]money.Amount{r.Corrected}, []map[pos.Method]money.Amount{{pos.Card: -150, pos.Cash: 150}})
		}
		return errors.Join(err, totals)
	})
}

// findsSales looks for sales by what narrows.
func findsSales(t *testing.T, f *fixture) {
	f.update(func(x store.Tx) error {
		err := x.PutMeta("epoch", "1")
		for n := int64(1); n <= 3; n++ {
			shift := pos.Shift{ID: pos.ShiftID("shift-" + string(rune('0'+n))), Number: n, OpenedAt: noon.AddDate(0, 0, int(n)), ClosedAt: noon.AddDate(0, 0, int(n)).Add(time.Hour)}
			s := pos.Sale{ID: pos.SaleID("s" + string(rune('0'+n))), Till: "1", Epoch: 1, Number: n, Shift: shift.ID, Customer: "anna", At: shift.OpenedAt,
				Currency: "RUB", Lines: []pos.SaleLine{{Line: pos.Line{No: 1, Product: pos.ProductID("p" + string(rune('0'+n%2)))}}}}
			err = errors.Join(err, x.PutShift(&shift), x.PutSale(&s))
		}
		return err
	})
	for _, tt := range []struct {
		name string
		q    store.SaleQuery
		want string
	}{
		{"all", store.SaleQuery{}, "s3 s2 s1 "},
		{"a number", store.SaleQuery{Number: 2}, "s2 "},
		{"no such number", store.SaleQuery{Number: 9}, ""},
		{"a customer", store.SaleQuery{Customer: "anna"}, "s3 s2 s1 "},
		{"nobody's", store.SaleQuery{Customer: "boris"}, ""},
		{"a day", store.SaleQuery{From: noon.AddDate(0, 0, 2), To: noon.AddDate(0, 0, 3)}, "s2 "},
		{"from a day", store.SaleQuery{From: noon.AddDate(0, 0, 2)}, "s3 s2 "},
		{"goods", store.SaleQuery{Product: "p1", From: noon}, "s3 s1 "},
		{"goods of a customer", store.SaleQuery{Product: "p0", Customer: "anna"}, "s2 "},
	} {
		f.view(func(x store.Tx) error {
			got := ""
			list, err := x.SearchSales(tt.q, 10)
			for i := range list {
				got += string(list[i].ID) + " "
			}
			if got != tt.want {
				t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
			}
			return err
		})
	}
}
