package pos

import (
	"time"

	"kassa/pos/money"
)

// Sale is a finished cheque. It is stored whole or not at all and never
// changes afterwards.
type Sale struct {
	ID       SaleID
	Till     string // the till's number in the shop
	Epoch    int64  // grows when data is restored or cloned
	Number   int64  // gapless per till and epoch
	Shift    ShiftID
	Employee EmployeeID
	Customer CustomerID // "" for nobody
	At       time.Time
	Currency money.Currency

	Gross, Discount, Rounding, Total, VAT, Change money.Amount
	PointsSpent, PointsEarned                     int64
	DebtAdded                                     money.Amount
	DebtDue                                       time.Time // zero without a debt
	Terms                                         *Terms    // nil without a customer, and for what was sold before they were kept

	Lines   []SaleLine // removed lines included, with their reason
	Tenders []SaleTender
	Coupons []string // used up by it, as they came
}

// SaleLine is a line with its figures as sold.
type SaleLine struct {
	Line
	LineTotals
}

// SaleTender is a tender with what confirmed it.
type SaleTender struct {
	Tender
	Override *Override // the code was skipped
}

// Override records that an employee went on without the customer's code.
type Override struct {
	Challenge ChallengeID
	Sale      SaleID
	Operation string // "points" or "credit"
	Customer  CustomerID
	Amount    money.Amount
	Employee  EmployeeID
	Cause     string // what was measured: "failed", "unknown", "timeout"
	Reason    string // what the employee typed
	At        time.Time
}

// NewSale makes a sale of a cheque and its figures. What the till alone knows
// (number, shift, time, what confirmed a tender) is left for it to fill in.
func NewSale(c *Cheque, t Totals) *Sale {
	s := &Sale{
		ID: c.ID, Customer: c.Customer, Coupons: c.Coupons,
		Gross: t.Gross, Discount: t.Discount, Rounding: t.Rounding, Total: t.Total, VAT: t.VAT, Change: t.Change,
		Lines:   make([]SaleLine, 0, len(c.Lines)),
		Tenders: make([]SaleTender, 0, len(c.Tenders)),
	}
	if c.Customer != "" {
		s.PointsEarned = t.Earn
	}
	live := 0
	for _, l := range c.Lines {
		sold := SaleLine{Line: l, LineTotals: LineTotals{No: l.No}}
		if !l.Removed {
			sold.LineTotals = t.Lines[live]
			live++
		}
		s.Lines = append(s.Lines, sold)
	}
	for _, d := range c.Tenders {
		s.Tenders = append(s.Tenders, SaleTender{Tender: d})
		switch d.Method {
		case Points:
			s.PointsSpent += d.Points
		case Credit:
			s.DebtAdded = s.DebtAdded.Add(d.Amount)
		}
	}
	return s
}

// Prepaid is the part of the total that bought gift certificates.
func (s *Sale) Prepaid() money.Amount {
	var sum money.Amount
	for i := range s.Lines {
		if l := &s.Lines[i]; l.Certificate != "" && !l.Removed {
			sum = sum.Add(l.Sum)
		}
	}
	return sum
}

// Paid sums the tenders of one method; that which gives change is net of it.
func (s *Sale) Paid(m Method) money.Amount {
	var sum money.Amount
	for _, d := range s.Tenders {
		if d.Method == m {
			sum = sum.Add(d.Amount)
		}
	}
	if m.GivesChange() {
		sum = sum.Sub(s.Change)
	}
	return sum
}

// Exchanged is the worth brought back that paid for it.
func (s *Sale) Exchanged() money.Amount { return s.Paid(Exchange) }

// IntoDrawer is what it left in the drawer: less than nothing when the change
// was more than what was put in.
func (s *Sale) IntoDrawer() money.Amount {
	sum := s.Change.Neg()
	for i := range s.Tenders {
		if s.Tenders[i].Method.InDrawer() {
			sum = sum.Add(s.Tenders[i].Amount)
		}
	}
	return sum
}
