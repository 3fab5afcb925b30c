package pos

import (
	"strings"
	"time"

	"kassa/pos/money"
)

// Ids of what corrects a sale.
type (
	ReturnID     string // the id of an open return and of the document it becomes
	CorrectionID string
)

// ReturnSettings are what a shop decides about returns.
type ReturnSettings struct {
	// Days is how long a receipt is good for: a sale older than that is
	// returned as one without a receipt, by the right for that. 0: for ever.
	Days int
}

// DefaultReturnDays is how long a receipt is good for unless the shop decides
// otherwise.
const DefaultReturnDays = 14

// RestoredLife is how long points can be spent that came back from a return
// after their own lot had expired.
const RestoredLife = 30 * 24 * time.Hour

// Return is goods brought back: a document of its own that names the sale. It is
// stored whole or not at all and never changes afterwards.
//
// The sums of Refunds are Total: each names what of the sale's payment it gives
// back and how. Points are what became of the points.
type Return struct {
	ID       ReturnID
	Till     string // the till's number in the shop
	Epoch    int64  // grows when data is restored or cloned
	Number   int64  // gapless per till and epoch, apart from sales
	Shift    ShiftID
	Employee EmployeeID
	Sale     SaleID     // what was brought back; "" without a receipt
	SaleNo   int64      // its number, for people; 0 without a receipt
	Customer CustomerID // of that sale; "" for nobody
	At       time.Time
	Currency money.Currency
	Reason   string
	Exchange SaleID // the sale it was exchanged for, "" for none

	Total, VAT money.Amount

	PointsBack     int64 // spent on the sale, due to go back: what Refunds give
	PointsRestored int64 // of them, put into lots
	PointsTaken    int64 // earned by the sale, taken out of lots
	PointsWithheld int64 // earned and spent since: kept out of PointsBack
	PointsKept     int64 // earned and spent since: paid for by Withheld money

	Lines   []ReturnLine
	Refunds []Refund
	Points  []PointsMove
}

// ReturnLine is goods that came back.
type ReturnLine struct {
	No      int // 1-based
	Origin  int // number of the line of the sale; 0 without a receipt
	Product ProductID
	SKU     string
	Name    string
	Unit    string
	Price   money.Amount // as sold, before discounts
	Cost    money.Amount // of one, as known when it was sold; 0 unknown
	Qty     money.Quantity
	Rate    money.Percent // of VAT
	Sum     money.Amount  // what of the sale's money it stands for
	VAT     money.Amount  // contained in Sum
	Reason  string
	Restock bool // it went back to the shelf
}

// Gross is what the goods cost before discounts.
func (l *ReturnLine) Gross() money.Amount {
	gross, err := money.LineTotal(l.Price, l.Qty)
	if err != nil { // more than a sum can hold: no discount can be told of it
		return l.Sum
	}
	return gross
}

// Off is what discounts of the sale took from the goods, and what was rounded: the
// price times the quantity less Off is what comes back. Of an undiscounted line
// returned in parts it may be one coin, either way.
func (l *ReturnLine) Off() money.Amount { return l.Gross().Sub(l.Sum) }

// Off is what discounts of the sale took from all that comes back.
func (r *Return) Off() money.Amount {
	var off money.Amount
	for i := range r.Lines {
		off = off.Add(r.Lines[i].Off())
	}
	return off
}

// Refund is a part of what a return gives back.
type Refund struct {
	No          int          // 1-based
	Sale        SaleID       // whose payment it is: the returned sale, or one exchanged for it before; "" without a receipt
	Of          Method       // how that sale was paid
	Certificate string       // number, of a payment by certificate
	Method      Method       // how it goes back
	Amount      money.Amount // above zero, but for Rounding that is given back now
	Points      int64        // for Points: how many
	Customer    CustomerID   // whose points or debt
	Debt        DebtID       // for Credit: which debt is lowered
}

// PointsMove is what a return did to one lot: Points above zero came back to it,
// below zero were taken out of it. Fresh names the lot they were put into
// instead, because Lot had expired.
type PointsMove struct {
	Lot      LotID
	Sale     SaleID // in which they had been spent, or by which they had been earned
	Customer CustomerID
	Points   int64
	Fresh    LotID
	Expires  time.Time // of Fresh
}

// Into is the lot whose points change.
func (m *PointsMove) Into() LotID {
	if m.Fresh != "" {
		return m.Fresh
	}
	return m.Lot
}

// Refunded sums what goes back by one method.
func (r *Return) Refunded(m Method) money.Amount {
	var sum money.Amount
	for i := range r.Refunds {
		if r.Refunds[i].Method == m {
			sum = sum.Add(r.Refunds[i].Amount)
		}
	}
	return sum
}

// TurnedOver is the worth brought back that pays for what it was exchanged for.
func (r *Return) TurnedOver() money.Amount { return r.Refunded(Exchange) }

// Brought is what of the worth turned over had been paid for in no money.
func (r *Return) Brought() (b Brought) {
	for i := range r.Refunds {
		switch f := &r.Refunds[i]; {
		case f.Method != Exchange:
		case f.Of == Points:
			b.Points = b.Points.Add(f.Amount)
		case f.Of.NoEarn():
			b.Gifts = b.Gifts.Add(f.Amount)
		}
	}
	return b
}

// Given is what goes back beyond what was turned over and what cash cannot be
// counted out in.
func (r *Return) Given() money.Amount { return r.Total.Sub(r.TurnedOver()).Sub(r.Refunded(Rounding)) }

// OutOfDrawer is what has to be in the drawer for it.
func (r *Return) OutOfDrawer() money.Amount {
	var sum money.Amount
	for i := range r.Refunds {
		if r.Refunds[i].Method.InDrawer() {
			sum = sum.Add(r.Refunds[i].Amount)
		}
	}
	return sum
}

// Restocked calls fn with what went back to the shelf, once per product, in the
// order of the lines. An error from fn ends it and is returned.
func (r *Return) Restocked(fn func(ProductID, money.Quantity) error) error {
	for i := range r.Lines {
		first, sum := true, money.Quantity(0)
		for j := range r.Lines {
			if o := &r.Lines[j]; o.Restock && o.Product == r.Lines[i].Product {
				first = first && j >= i
				sum += o.Qty
			}
		}
		if !r.Lines[i].Restock || !first {
			continue
		}
		if err := fn(r.Lines[i].Product, sum); err != nil {
			return err
		}
	}
	return nil
}

// DebtLowered is what customers owe less.
func (r *Return) DebtLowered() money.Amount { return r.Refunded(Credit) }

// Correction says that a part of a sale was paid by another method than was
// booked. Money moves between accounts, the sale stays as it is.
type Correction struct {
	ID       CorrectionID
	Sale     SaleID
	SaleNo   int64
	Shift    ShiftID
	Employee EmployeeID
	From, To Method // CounterMethods both
	Amount   money.Amount
	Reason   string
	At       time.Time
}

// Check refuses a correction that is none: CodeInvalid for methods that are not
// money of the counter or the same, or a sum that is not positive.
func (c *Correction) Check() error {
	switch {
	case !c.From.OverCounter() || !c.To.OverCounter():
		return E(CodeInvalid, "correction.method", nil)
	case c.From == c.To:
		return E(CodeInvalid, "correction.same", nil)
	case c.Amount <= 0:
		return E(CodeInvalid, "amount.not-positive", nil)
	}
	return nil
}

// ReceiptSale finds the id of a sale in what a scanner read off a receipt: the
// id itself or an address that ends with it. false when there is none.
func ReceiptSale(text string) (SaleID, bool) {
	const size = len("01900000-0000-7000-8000-000000000000")
	text = strings.ToLower(strings.TrimSpace(text))
	for i := 0; i+size <= len(text); i++ {
		if isID(text[i : i+size]) {
			return SaleID(text[i : i+size]), true
		}
	}
	return "", false
}

func isID(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case (c < '0' || c > '9') && (c < 'a' || c > 'f'):
			return false
		}
	}
	return true
}
