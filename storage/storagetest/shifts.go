package storagetest

import (
	"errors"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till/store"
)

// keepsShifts: shifts come back and are numbered; the sums of one follow.
func keepsShifts(t *testing.T, f *fixture) {
	reads(f, "first number", 1, func(x store.Tx) (int64, error) { return x.NextShiftNumber() })
	first := pos.Shift{ID: "s1", Number: 1, OpenedAt: noon, OpenedBy: "e", Float: 100_000}
	f.update(func(x store.Tx) error { return x.PutShift(&first) })
	reads(f, "OpenShift", &first, func(x store.Tx) (*pos.Shift, error) { return x.OpenShift() })
	second := pos.Shift{ID: "s2", Number: 2, OpenedAt: noon.Add(time.Hour), OpenedBy: "e"}
	f.refused(pos.CodeConflict, func(x store.Tx) error { return x.PutShift(&second) })

	first.ClosedAt, first.ClosedBy, first.Expected, first.Counted = noon.Add(time.Minute), "f", 100_000, 99_950
	f.update(func(x store.Tx) error { return errors.Join(x.PutShift(&first), x.PutShift(&second)) })
	reads(f, "closed", &first, func(x store.Tx) (*pos.Shift, error) { return x.Shift("s1") })
	reads(f, "LastShift", &second, func(x store.Tx) (*pos.Shift, error) { return x.LastShift() })
	reads(f, "OpenShift", &second, func(x store.Tx) (*pos.Shift, error) { return x.OpenShift() })
	reads(f, "next number", 3, func(x store.Tx) (int64, error) { return x.NextShiftNumber() })
	reads(f, "ListShifts", []pos.Shift{second, first}, func(x store.Tx) ([]pos.Shift, error) { return x.ListShifts(5) })
	f.view(func(x store.Tx) error {
		all, err := walk(x.EachShift)
		same(f, "EachShift", all, []pos.Shift{first, second})
		return err
	})
	first.Counted = 100_000
	if err := f.store.Update(t.Context(), func(x store.Tx) error { return x.PutShift(&first) }); err == nil {
		t.Error("a closed shift was edited")
	}
}

func sumsShift(t *testing.T, f *fixture) {
	in := pos.CashMove{ID: "m1", Shift: "shift-1", Employee: "e", Amount: 700, Reason: "размен", At: noon}
	out := pos.CashMove{ID: "m2", Shift: "shift-1", Employee: "e", Amount: -300, Reason: "инкассация", At: noon}
	f.update(func(x store.Tx) error {
		other := sale(3)
		other.Shift = "shift-2"
		cancelled := pos.Cheque{ID: "c", State: pos.ChequeOpen}
		struck := line(1)
		struck.Removed = true
		return errors.Join(
			x.PutShift(&pos.Shift{ID: "shift-1", Number: 1, OpenedAt: noon}),
			x.PutSale(sale(1)), x.PutSale(sale(2)), x.PutSale(other), puts(x.PutCashMove, in, out),
			x.PutRepayment(&pos.Repayment{ID: "r1", Shift: "shift-1", Method: pos.Cash, Amount: 50, At: noon}),
			x.PutRepayment(&pos.Repayment{ID: "r2", Shift: "shift-1", Method: pos.Cash, Amount: 8, At: noon}),
			x.PutRepayment(&pos.Repayment{ID: "r3", Shift: "shift-2", Method: pos.Card, Amount: 9, At: noon}),
			x.PutChequeHead(&cancelled), x.PutChequeLine("c", struck),
			func() error { cancelled.State = pos.ChequeCancelled; return x.PutChequeHead(&cancelled) }(),
		)
	})
	one := sale(1)
	want := &pos.ShiftReport{
		Sales: 2, Gross: 2 * one.Gross, Discount: 2 * one.Discount, Total: 2 * one.Total, VAT: 2 * one.VAT,
		ByTender: map[pos.Method]money.Amount{pos.Cash: 2 * (1500 - one.Change), pos.Points: 20_000, pos.Credit: 4000},
		Repaid:   map[pos.Method]money.Amount{pos.Cash: 58},
		CashIn:   700, CashOut: 300, DebtAdded: 4000, Removed: 3, Cancelled: 1, Skips: 2,
	}
	want.Points.Spent, want.Points.Earned = 200, 18
	want.Returns.ByMethod, want.Corrected = map[pos.Method]money.Amount{}, map[pos.Method]money.Amount{}
	reads(f, "ShiftTotals", want, func(x store.Tx) (*pos.ShiftReport, error) { return x.ShiftTotals("shift-1") })
	empty := &pos.ShiftReport{ByTender: map[pos.Method]money.Amount{}, Repaid: map[pos.Method]money.Amount{},
		Returns: pos.ReturnTotals{ByMethod: map[pos.Method]money.Amount{}}, Corrected: map[pos.Method]money.Amount{}}
	reads(f, "of an empty shift", empty, func(x store.Tx) (*pos.ShiftReport, error) { return x.ShiftTotals("none") })
	f.view(func(x store.Tx) error {
		all, err := walk(x.EachCashMove)
		same(f, "EachCashMove", all, []pos.CashMove{in, out})
		return err
	})
}
