package till

import (
	"context"
	"strconv"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
)

// Shift returns the open shift or CodeNotFound.
func (t *Till) Shift(ctx context.Context) (*pos.Shift, error) {
	var s *pos.Shift
	err := t.look(ctx, pos.Actor{}, "", func(o *op) (err error) {
		s, err = o.Tx.OpenShift()
		if pos.CodeOf(err) == pos.CodeNotFound {
			return pos.E(pos.CodeNotFound, "shift.none", nil)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// OpenShift opens a shift with a float. CodeConflict when one is open.
func (t *Till) OpenShift(ctx context.Context, a pos.Actor, float money.Amount) (*pos.Shift, error) {
	var opened *pos.Shift
	err := t.change(ctx, a, pos.RightShiftOpen, func(o *op) error {
		if err := pos.CheckCount(float); err != nil {
			return err
		}
		switch there, err := o.Tx.OpenShift(); {
		case err == nil:
			return pos.E(pos.CodeConflict, "shift.open-already", pos.Args{"Number": there.Number, "Since": there.OpenedAt})
		case pos.CodeOf(err) != pos.CodeNotFound:
			return err
		}
		number, err := o.NextShiftNumber()
		if err != nil {
			return err
		}
		s := &pos.Shift{ID: pos.ShiftID(o.t.IDs.NewID()), Number: number, OpenedAt: o.at, OpenedBy: a.ID, Float: float}
		if err := o.PutShift(s); err != nil {
			return err
		}
		if err := o.bookDoc(ledger.KindShiftOpen, string(s.ID), s.Digest(), s.ID,
			o.money(ledger.Drawer, float), o.money(ledger.Safe, float.Neg())); err != nil {
			return err
		}
		opened = s
		if err := o.tell(pos.EventShiftOpened, string(s.ID), s); err != nil {
			return err
		}
		return o.note(pos.EventShiftOpened, string(s.ID), map[string]string{"number": strconv.FormatInt(number, 10), "float": minor(float)})
	})
	return opened, err
}

// CloseShift closes the open shift with a blind count: the difference is
// recorded and never refused. CodeConflict while an open cheque has lines or
// tenders (parked ones stay).
func (t *Till) CloseShift(ctx context.Context, a pos.Actor, counted money.Amount) (*pos.ShiftReport, error) {
	var report *pos.ShiftReport
	err := t.change(ctx, a, pos.RightShiftClose, func(o *op) error {
		if err := pos.CheckCount(counted); err != nil {
			return err
		}
		s, err := o.workingShift()
		if err != nil {
			return err
		}
		if err := o.nothingRungUp(); err != nil {
			return err
		}
		expected, err := o.expectedCash()
		if err != nil {
			return err
		}
		s.ClosedAt, s.ClosedBy, s.Expected, s.Counted = o.at, a.ID, expected, counted
		if err := o.PutShift(s); err != nil {
			return err
		}
		// The drawer is emptied into the safe: what was counted goes there, what
		// is missing or too much stays named on its own account.
		if err := o.bookDoc(ledger.KindShiftClose, string(s.ID), s.Digest(), s.ID,
			o.money(ledger.Drawer, expected.Neg()), o.money(ledger.Safe, counted),
			o.money(ledger.DrawerDiff, expected.Sub(counted))); err != nil {
			return err
		}
		if report, err = o.shiftReport(s); err != nil {
			return err
		}
		if err := o.tell(pos.EventShiftClosed, string(s.ID), report); err != nil {
			return err
		}
		return o.note(pos.EventShiftClosed, string(s.ID), map[string]string{
			"number": strconv.FormatInt(s.Number, 10), "expected": minor(expected), "counted": minor(counted),
		})
	})
	if err != nil {
		return nil, err
	}
	if t.ShiftClosed != nil {
		t.ShiftClosed(*report)
	}
	return report, nil
}

// XReport tells the open shift's figures, expected cash included.
func (t *Till) XReport(ctx context.Context, a pos.Actor) (*pos.ShiftReport, error) {
	var report *pos.ShiftReport
	err := t.look(ctx, a, pos.RightXReport, func(o *op) error {
		s, err := o.workingShift()
		if err != nil {
			return err
		}
		report, err = o.shiftReport(s)
		return err
	})
	return report, err
}

// ZReport tells a closed shift's figures; "" is the last closed one. Whoever
// may close a shift may print its report again.
func (t *Till) ZReport(ctx context.Context, a pos.Actor, id pos.ShiftID) (*pos.ShiftReport, error) {
	var report *pos.ShiftReport
	err := t.look(ctx, a, "", func(o *op) error {
		if err := o.demandAny(pos.RightReports, pos.RightShiftClose); err != nil {
			return err
		}
		s, err := o.closedShift(id)
		if err != nil {
			return err
		}
		report, err = o.shiftReport(s)
		return err
	})
	return report, err
}

// Shifts lists shifts, newest first.
func (t *Till) Shifts(ctx context.Context, a pos.Actor, limit int) ([]pos.Shift, error) {
	var list []pos.Shift
	err := t.look(ctx, a, "", func(o *op) (err error) {
		if err := o.demandAny(pos.RightReports, pos.RightShiftClose); err != nil {
			return err
		}
		list, err = o.ListShifts(clampLimit(limit))
		return err
	})
	return list, err
}

func (o *op) closedShift(id pos.ShiftID) (*pos.Shift, error) {
	if id != "" {
		s, err := o.Tx.Shift(id)
		if err == nil && s.Open() {
			return nil, pos.E(pos.CodeConflict, "shift.still-open", pos.Args{"Number": s.Number})
		}
		return s, err
	}
	// At most one shift is open, so the last closed one is among the last two.
	last, err := o.ListShifts(2)
	if err != nil {
		return nil, err
	}
	for i := range last {
		if !last[i].Open() {
			return &last[i], nil
		}
	}
	return nil, pos.E(pos.CodeNotFound, "shift.none-closed", nil)
}

// workingShift is the open shift, or CodeConflict "shift.closed": what needs a
// shift says what to do first.
func (o *op) workingShift() (*pos.Shift, error) {
	s, err := o.Tx.OpenShift()
	if pos.CodeOf(err) == pos.CodeNotFound {
		return nil, pos.E(pos.CodeConflict, "shift.closed", nil)
	}
	return s, err
}

func (o *op) nothingRungUp() error {
	if d, err := o.ReturnDraft(); err == nil && len(d.Lines) > 0 {
		return pos.E(pos.CodeConflict, "shift.return-open", nil)
	} else if err != nil && pos.CodeOf(err) != pos.CodeNotFound {
		return err
	}
	c, err := o.OpenCheque()
	if pos.CodeOf(err) == pos.CodeNotFound {
		return nil
	}
	if err == nil && (c.Live() > 0 || c.Tender(pos.Exchange) == nil && len(c.Tenders) > 0) {
		return pos.E(pos.CodeConflict, "shift.cheque-open", pos.Args{"Lines": c.Live()})
	}
	return err
}

// expectedCash is what the drawer must hold now: the balance of its account,
// which every sale, repayment and movement of cash has posted to.
func (o *op) expectedCash() (money.Amount, error) {
	balance, err := o.Balance(ledger.Drawer, o.set.Currency)
	return money.Amount(balance), err
}

// shiftReport sums a shift as an X or a Z report.
func (o *op) shiftReport(s *pos.Shift) (*pos.ShiftReport, error) {
	r, err := o.ShiftTotals(s.ID)
	if err != nil {
		return nil, err
	}
	opener, err := o.Employee(s.OpenedBy)
	if err != nil {
		return nil, err
	}
	_, head, err := o.LedgerHead()
	if err != nil {
		return nil, err
	}
	r.Shift, r.Till, r.Employee, r.At, r.Head = *s, o.set.Till, opener.Name, o.at, head[:min(8, len(head))]
	r.Expected = r.CashDue()
	if !s.Open() {
		r.Expected, r.Counted, r.Difference = s.Expected, s.Counted, s.Counted.Sub(s.Expected)
	}
	return r, nil
}

// demandAny asks for one of several rights; the refusal names the first.
func (o *op) demandAny(rights ...pos.Right) error {
	var first error
	for _, r := range rights {
		err := o.demand(r)
		if err == nil {
			return nil
		}
		if first == nil {
			first = err
		}
	}
	return first
}

// clampLimit keeps a page of a list between one and a thousand rows.
func clampLimit(n int) int { return max(1, min(n, 1000)) }
