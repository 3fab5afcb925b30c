package pos

import (
	"time"

	"kassa/pos/money"
)

// Shift is the time between opening the till with a float and closing it with
// a count. At most one is open per till.
type Shift struct {
	ID       ShiftID
	Number   int64 // 1, 2, 3… per till
	OpenedAt time.Time
	OpenedBy EmployeeID
	Float    money.Amount
	ClosedAt time.Time // zero while open
	ClosedBy EmployeeID
	Expected money.Amount // set on close
	Counted  money.Amount // set on close
}

// Open reports a shift that was not closed.
func (s *Shift) Open() bool { return s.ClosedAt.IsZero() }

// Stale reports an open shift of a day before now's, in now's location.
func (s *Shift) Stale(now time.Time) bool {
	y, m, d := s.OpenedAt.In(now.Location()).Date()
	ny, nm, nd := now.Date()
	return s.Open() && (y != ny || m != nm || d != nd) && s.OpenedAt.Before(now)
}

// CashMove is cash put into or taken out of the drawer with a reason.
type CashMove struct {
	ID       CashMoveID
	Shift    ShiftID
	Employee EmployeeID
	Amount   money.Amount // positive in, negative out
	Reason   string
	At       time.Time
}

// ShiftReport is an X report (while open) or a Z report (closed).
type ShiftReport struct {
	Shift      Shift
	Shop       string // its name, over the report on paper
	Till       string
	Employee   string // who opened it
	Sales      int64
	Gross      money.Amount
	Discount   money.Amount
	Total      money.Amount
	VAT        money.Amount
	ByTender   map[Method]money.Amount // that which gives change net of it
	Repaid     map[Method]money.Amount
	CashIn     money.Amount
	CashOut    money.Amount // positive
	Expected   money.Amount
	Counted    money.Amount   // closed shifts only
	Difference money.Amount   // Counted − Expected
	Counting   money.Counting // of Counted, where it was counted by notes
	Points     struct{ Spent, Earned int64 }
	DebtAdded  money.Amount
	Prepaid    money.Amount // the part of Total that bought gift certificates
	Removed    int64        // lines removed
	Cancelled  int64        // cheques cancelled
	Skips      int64        // codes skipped
	Returns    ReturnTotals
	Corrected  map[Method]money.Amount // what corrections of tenders moved to a method (positive) and away from it
	Head       string                  // first 8 hex digits of the journal's head
	At         time.Time
}

// CheckCount refuses a float or a count that no drawer can hold.
func CheckCount(a money.Amount) error {
	if a < 0 || a > money.MaxAmount {
		return E(CodeInvalid, "cash.count", Args{"Max": money.MaxAmount})
	}
	return nil
}

// CheckCounting refuses notes that no drawer can hold.
func CheckCounting(c money.Counting) error {
	sum := money.Amount(0)
	for _, p := range c.Piles {
		if p.Note <= 0 || p.Many <= 0 || p.Many > int64(money.MaxAmount)/int64(p.Note) {
			return CheckCount(-1)
		}
		if sum += p.Sum(); sum > money.MaxAmount {
			return CheckCount(sum)
		}
	}
	if c.Coins < 0 || c.Coins > money.MaxAmount-sum {
		return CheckCount(-1)
	}
	return nil
}

// CheckCashMove refuses a sum that cannot be put into or taken out of a drawer.
func CheckCashMove(amount money.Amount) error {
	switch {
	case amount <= 0:
		return E(CodeInvalid, "amount.not-positive", nil)
	case amount > money.MaxAmount:
		return E(CodeInvalid, "amount.too-large", Args{"Max": money.MaxAmount})
	}
	return nil
}

// ReturnTotals are the returns of a shift, apart from its sales.
type ReturnTotals struct {
	Count      int64
	Total, VAT money.Amount
	ByMethod   map[Method]money.Amount // how it went back, as RefundMethods
	Points     struct{ Restored, Taken int64 }
}

// OutOfDrawer is what they gave back out of the drawer.
func (r *ReturnTotals) OutOfDrawer() money.Amount {
	var sum money.Amount
	for m, amount := range r.ByMethod {
		if m.InDrawer() {
			sum = sum.Add(amount)
		}
	}
	return sum
}

// CashDue is the cash that must be in the drawer: float + cash sales + cash
// repayments + cash in − cash out − cash refunds, with tenders corrected. Change
// has already left the cash sales.
func (r *ShiftReport) CashDue() money.Amount {
	due := money.Sum(r.Shift.Float, r.CashIn, r.CashOut.Neg(), r.Returns.OutOfDrawer().Neg())
	for _, m := range CounterMethods {
		if m.InDrawer() {
			due = money.Sum(due, r.ByTender[m], r.Repaid[m], r.Corrected[m])
		}
	}
	return due
}
