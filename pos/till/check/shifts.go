package check

import (
	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/ledger"
	"kassa/pos/money"
)

// drawerEmpty is I6 at the ends of a shift: a shift's opening finds the drawer
// as its float, its closing leaves nothing in it.
func (w *walk) drawerEmpty(e *ledger.Entry) {
	var own money.Amount
	for _, p := range e.Postings {
		if p.Account == ledger.Drawer {
			own += money.Amount(p.Amount)
		}
	}
	now := money.Amount(w.posted[balance{account: ledger.Drawer, currency: w.currency}])
	switch {
	case e.Kind == ledger.KindShiftOpen && (now != own || w.shift != ""):
		w.broken("I6", "check.drawer-open", pos.Args{"N": e.N})
	case e.Kind == ledger.KindShiftClose && now != 0:
		w.broken("I6", "check.drawer-close", pos.Args{"N": e.N, "Left": now})
	}
}

func (w *walk) bookedShift(e *ledger.Entry) {
	id := pos.ShiftID(e.Doc)
	if w.shiftDocs[id] == nil {
		w.shiftDocs[id] = map[ledger.Kind]string{}
	}
	w.shiftDocs[id][e.Kind] = e.Digest
}

// shifts is I6: float + cash sales + repayments + cash in − cash out = expected
// cash for every shift, one open shift at most, numbers without gaps.
func (w *walk) shifts() error {
	if err := w.EachCashMove(func(m *pos.CashMove) error {
		w.cash[m.Shift] += m.Amount
		w.booked(string(m.ID), m.Digest())
		return nil
	}); err != nil {
		return err
	}
	if err := w.EachRepayment(func(r *pos.Repayment) error {
		if r.Method.InDrawer() {
			w.cash[r.Shift] += r.Amount
		}
		return nil
	}); err != nil {
		return err
	}
	var last int64
	var open []pos.ShiftID
	err := w.EachShift(func(s *pos.Shift) error {
		if !w.follows(s.Number, last, history.Shifts) {
			w.broken("I2", "check.shift-gap", pos.Args{"Number": s.Number, "Want": last + 1})
		}
		last = s.Number
		w.oneShift(s)
		delete(w.shiftDocs, s.ID)
		if s.Open() {
			open = append(open, s.ID)
		}
		return nil
	})
	for id := range w.shiftDocs {
		w.broken("I1", "check.doc-missing", pos.Args{"Doc": string(id)})
	}
	if len(open) > 1 {
		w.broken("I6", "check.shifts-open", pos.Args{"Count": len(open)})
	}
	return err
}

func (w *walk) oneShift(s *pos.Shift) {
	booked := w.shiftDocs[s.ID]
	if booked[ledger.KindShiftOpen] != s.Opening().Digest() {
		w.broken("I12", "check.shift-changed", pos.Args{"Number": s.Number})
	}
	due := s.Float + w.cash[s.ID]
	if s.Open() {
		now := money.Amount(w.posted[balance{account: ledger.Drawer, currency: w.currency}])
		if now != due {
			w.broken("I6", "check.drawer", pos.Args{"Number": s.Number, "Expected": due, "Stored": now})
		}
		return
	}
	if booked[ledger.KindShiftClose] != s.Digest() {
		w.broken("I12", "check.shift-changed", pos.Args{"Number": s.Number})
	}
	if s.Expected != due {
		w.broken("I6", "check.drawer", pos.Args{"Number": s.Number, "Expected": due, "Stored": s.Expected})
	}
}
