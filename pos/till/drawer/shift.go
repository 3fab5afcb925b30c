package drawer

import (
	"context"
	"strconv"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
	"kassa/pos/wire"
)

// Shift returns the open shift or CodeNotFound.
func (t *Till) Shift(ctx context.Context) (*pos.Shift, error) {
	var s *pos.Shift
	err := t.desk.Look(ctx, pos.Actor{}, "", func(o *Op) (err error) {
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
	err := t.desk.Change(ctx, a, pos.RightShiftOpen, func(o *Op) error {
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
		s := &pos.Shift{ID: pos.ShiftID(o.NewID()), Number: number, OpenedAt: o.At, OpenedBy: a.ID, Float: float}
		if err := o.PutShift(s); err != nil {
			return err
		}
		digest := s.Digest()
		if err := o.BookDoc(ledger.KindShiftOpen, string(s.ID), digest, s.ID,
			o.Money(ledger.Drawer, float), o.Money(ledger.Safe, float.Neg())); err != nil {
			return err
		}
		opened = s
		if err := o.Tell(wire.OfOpening(s, digest, o.Settings.Till, o.Settings.Currency)); err != nil {
			return err
		}
		return o.Note(pos.EventShiftOpened, string(s.ID), map[string]string{"number": strconv.FormatInt(number, 10), "float": desk.Minor(float)})
	})
	return opened, err
}

// ShiftToClose is the open shift where nothing stands in the way of closing it, so
// that nobody counts a drawer in vain; else what CloseShift would refuse with.
func (t *Till) ShiftToClose(ctx context.Context) (*pos.Shift, error) {
	var s *pos.Shift
	err := t.desk.Look(ctx, pos.Actor{}, "", func(o *Op) (err error) {
		s, err = o.shiftToClose()
		return err
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

func (o *Op) shiftToClose() (*pos.Shift, error) {
	s, err := o.WorkingShift()
	if err != nil {
		return nil, err
	}
	return s, o.nothingRungUp()
}

// CloseShift closes the open shift with a blind count: the difference is
// recorded and never refused. CodeConflict while an open cheque has lines or
// tenders (parked ones stay).
func (t *Till) CloseShift(ctx context.Context, a pos.Actor, counted money.Amount) (*pos.ShiftReport, error) {
	return t.closeShift(ctx, a, counted, money.Counting{})
}

// CloseShiftByNotes is CloseShift with a drawer that was counted note by note: how
// many of each there were is kept with the closing and stands on the Z report.
func (t *Till) CloseShiftByNotes(ctx context.Context, a pos.Actor, c money.Counting) (*pos.ShiftReport, error) {
	if err := pos.CheckCounting(c); err != nil {
		return nil, err
	}
	return t.closeShift(ctx, a, c.Sum(), c)
}

func (t *Till) closeShift(ctx context.Context, a pos.Actor, counted money.Amount, how money.Counting) (*pos.ShiftReport, error) {
	var report *pos.ShiftReport
	err := t.desk.Change(ctx, a, pos.RightShiftClose, func(o *Op) error {
		if err := pos.CheckCount(counted); err != nil {
			return err
		}
		s, err := o.shiftToClose()
		if err != nil {
			return err
		}
		expected, err := o.ExpectedCash()
		if err != nil {
			return err
		}
		s.ClosedAt, s.ClosedBy, s.Expected, s.Counted = o.At, a.ID, expected, counted
		if err := o.PutShift(s); err != nil {
			return err
		}
		// The drawer is emptied into the safe: what was counted goes there, what
		// is missing or too much stays named on its own account.
		digest := s.Digest()
		if err := o.BookDoc(ledger.KindShiftClose, string(s.ID), digest, s.ID,
			o.Money(ledger.Drawer, expected.Neg()), o.Money(ledger.Safe, counted),
			o.Money(ledger.DrawerDiff, expected.Sub(counted))); err != nil {
			return err
		}
		detail := map[string]string{
			"number": strconv.FormatInt(s.Number, 10), "expected": desk.Minor(expected), "counted": desk.Minor(counted),
		}
		if !how.Empty() {
			detail[detailNotes] = how.Text()
		}
		if err := o.Note(pos.EventShiftClosed, string(s.ID), detail); err != nil {
			return err
		}
		if report, err = o.shiftReport(s); err != nil {
			return err
		}
		return o.Tell(wire.OfClosing(report, digest, o.Settings.Currency))
	})
	if err != nil {
		return nil, err
	}
	if t.desk.ShiftClosed != nil {
		t.desk.ShiftClosed(*report)
	}
	return report, nil
}

// XReport tells the open shift's figures, expected cash included.
func (t *Till) XReport(ctx context.Context, a pos.Actor) (*pos.ShiftReport, error) {
	var report *pos.ShiftReport
	err := t.desk.Look(ctx, a, pos.RightXReport, func(o *Op) error {
		s, err := o.WorkingShift()
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
	err := t.desk.Look(ctx, a, "", func(o *Op) error {
		if err := o.DemandAny(pos.RightReports, pos.RightShiftClose); err != nil {
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
	err := t.desk.Look(ctx, a, "", func(o *Op) (err error) {
		if err := o.DemandAny(pos.RightReports, pos.RightShiftClose); err != nil {
			return err
		}
		list, err = o.ListShifts(desk.ClampLimit(limit))
		return err
	})
	return list, err
}

func (o *Op) closedShift(id pos.ShiftID) (*pos.Shift, error) {
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

// WorkingShift is the open shift, or CodeConflict "shift.closed": what needs a
// shift says what to do first.
func (o *Op) WorkingShift() (*pos.Shift, error) {
	s, err := o.Tx.OpenShift()
	if pos.CodeOf(err) == pos.CodeNotFound {
		return nil, pos.E(pos.CodeConflict, "shift.closed", nil)
	}
	return s, err
}

func (o *Op) nothingRungUp() error {
	if d, err := o.ReturnDraft(); err == nil && len(d.Lines) > 0 {
		return pos.E(pos.CodeConflict, "shift.return-open", nil)
	} else if err != nil && pos.CodeOf(err) != pos.CodeNotFound {
		return err
	}
	c, err := o.OpenCheque()
	if pos.CodeOf(err) == pos.CodeNotFound {
		return nil
	}
	if err == nil && (c.Live() > 0 || c.Exchange() == nil && len(c.Tenders) > 0) {
		return pos.E(pos.CodeConflict, "shift.cheque-open", pos.Args{"Lines": c.Live()})
	}
	return err
}

// ExpectedCash is what the drawer must hold now: the balance of its account,
// which every sale, repayment and movement of cash has posted to.
func (o *Op) ExpectedCash() (money.Amount, error) {
	balance, err := o.Balance(ledger.Drawer, o.Settings.Currency)
	return money.Amount(balance), err
}

// shiftReport sums a shift as an X or a Z report.
func (o *Op) shiftReport(s *pos.Shift) (*pos.ShiftReport, error) {
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
	r.Shop = o.Settings.Shop
	r.Shift, r.Till, r.Employee, r.At, r.Head = *s, o.Settings.Till, opener.Name, o.At, head[:min(8, len(head))]
	r.Expected = r.CashDue()
	if !s.Open() {
		r.Expected, r.Counted, r.Difference = s.Expected, s.Counted, s.Counted.Sub(s.Expected)
		if r.Counting, err = o.countingOf(s); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// detailNotes is what the trail tells of a closing that was counted by notes. It is
// kept there alone: the sum is the shift's, and the trail cannot be rewritten.
const detailNotes = "notes"

// eventsOfShift is how far the trail of one shift is read for its closing, which
// is among its last.
const eventsOfShift = 50

// countingOf is how a closed shift was counted, empty where nobody counted notes.
func (o *Op) countingOf(s *pos.Shift) (money.Counting, error) {
	events, err := o.Events(string(s.ID), eventsOfShift)
	if err != nil {
		return money.Counting{}, err
	}
	for _, e := range events {
		if e.Kind != pos.EventShiftClosed {
			continue
		}
		if c, ok := money.ReadCounting(e.Detail[detailNotes]); ok && c.Sum() == s.Counted {
			return c, nil
		}
	}
	return money.Counting{}, nil
}
