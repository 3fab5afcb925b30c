package pos

import (
	"sort"
	"time"

	"kassa/pos/money"
)

// Debt is what one credit sale left unpaid.
type Debt struct {
	ID       DebtID
	Customer CustomerID
	Sale     SaleID // "" for an opening debt
	Number   int64  // the sale's number, for people
	Amount   money.Amount
	Left     money.Amount
	At       time.Time
	Due      time.Time
	Origin   CustomerID // who owed it first, "" while that is Customer
}

// Overdue reports a debt that is still open after its due time.
func (d *Debt) Overdue(now time.Time) bool { return d.Left > 0 && d.Due.Before(now) }

// Repayment is a document of its own: money received against debts.
type Repayment struct {
	ID       RepaymentID
	Customer CustomerID
	Shift    ShiftID
	Employee EmployeeID
	Method   Method
	Amount   money.Amount
	At       time.Time
	Parts    []RepaymentPart
}

// RepaymentPart is how much of a repayment went to one debt.
type RepaymentPart struct {
	Debt   DebtID
	Amount money.Amount
}

// Repay distributes amount over the open debts, oldest first. It changes debts
// in place. It returns CodeInvalid for a sum that is not positive and
// CodeLimit when more is paid than is owed: nobody's money is kept by mistake.
func Repay(debts []Debt, amount money.Amount) ([]RepaymentPart, error) {
	if amount <= 0 {
		return nil, E(CodeInvalid, "amount.not-positive", nil)
	}
	var owed money.Amount
	for i := range debts {
		owed = owed.Add(debts[i].Left)
	}
	if amount > owed {
		return nil, E(CodeLimit, "debt.too-much", Args{"Owed": owed})
	}
	sort.SliceStable(debts, func(a, b int) bool {
		if !debts[a].At.Equal(debts[b].At) {
			return debts[a].At.Before(debts[b].At)
		}
		return debts[a].ID < debts[b].ID
	})
	var parts []RepaymentPart
	for i := range debts {
		if amount == 0 {
			break
		}
		if debts[i].Left == 0 {
			continue
		}
		take := min(amount, debts[i].Left)
		debts[i].Left = debts[i].Left.Sub(take)
		amount = amount.Sub(take)
		parts = append(parts, RepaymentPart{Debt: debts[i].ID, Amount: take})
	}
	return parts, nil
}

// CheckCredit tells whether a customer may owe amount more: CodeInvalid
// without a phone, CodeLimit without a limit or beyond it, CodeOverdue while
// an old debt is past its date.
func CheckCredit(s CustomerState, amount money.Amount) error {
	switch {
	case s.Phone == "":
		return E(CodeInvalid, "credit.no-phone", Args{"Name": s.Name})
	case s.Limit <= 0:
		return E(CodeLimit, "credit.no-limit", Args{"Name": s.Name})
	case s.Overdue > 0:
		return E(CodeOverdue, "credit.overdue", Args{"Name": s.Name, "Overdue": s.Overdue})
	case amount > s.Room:
		return E(CodeLimit, "credit.over-limit", Args{"Name": s.Name, "Room": s.Room, "Limit": s.Limit, "Debt": s.Debt})
	}
	return nil
}

// DueDate is the end of the day, in at's location, on which a debt made at at
// has to be paid.
func (r *Rules) DueDate(at time.Time) time.Time {
	y, m, d := at.Date()
	return time.Date(y, m, d+r.CreditDays, 23, 59, 59, 0, at.Location())
}
