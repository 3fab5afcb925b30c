package pos

import (
	"time"

	"kassa/pos/money"
)

// MaxLines bounds a cheque; a longer one is refused with a reason.
const MaxLines = 2000

// ChequeState says where a cheque stands. A finished cheque becomes a Sale
// with the same id and is no cheque any more.
type ChequeState string

// States of a cheque.
const (
	ChequeOpen      ChequeState = "open"   // the one on the screen; at most one per till
	ChequeParked    ChequeState = "parked" // put aside with a note
	ChequeCancelled ChequeState = "cancelled"
)

// Cheque is a sale that is being rung up. It holds what was put in; every
// figure derived from it comes from Price.
type Cheque struct {
	ID       SaleID
	State    ChequeState
	Note     string // why it is parked, or why it was cancelled
	Customer CustomerID
	Discount Discount // of the whole cheque
	Lines    []Line   // in the order rung up, removed ones included
	Tenders  []Tender
	Coupons  []string // numbers of the coupons shown for it, as they came
	OpenedAt time.Time
	OpenedBy EmployeeID
	ParkedAt time.Time
	Rev      int64 // grows with every change

	// Brought is what stands behind the tender of an exchange. It is not stored:
	// whoever prices the cheque asks where the goods come back.
	Brought Brought
}

// Brought is the part of an exchange's worth that the goods brought back had not
// been paid for in money.
type Brought struct {
	Points money.Amount // worth of the points
	Gifts  money.Amount // by gift certificates
}

// Line is one position of a cheque. What it copies from the product is fixed
// when it is rung up.
type Line struct {
	No        int // 1-based, never reused within a cheque
	Product   ProductID
	SKU       string
	Name      string
	Barcode   string // as the goods keep it, a label of a scale as scanned; "" when typed
	Unit      string
	ListPrice money.Amount // the catalogue's price
	Price     money.Amount // the price it sells at
	Cost      money.Amount // what one unit cost the shop when it was rung up; 0: not known
	Qty       money.Quantity
	VAT       money.Percent
	Discount  Discount
	Flags     ProductFlags
	Removed   bool
	Reason    string // why it was removed

	Certificate string    // number of the gift certificate the line sells; "" for goods
	Expires     time.Time // of that certificate; zero: never ends
	Offers      []Given   // what automatic discounts took off, in the order they were given
}

// Check tells what is wrong with the price or the quantity of a line:
// CodeInvalid for a quantity of none or less, for decimals of goods sold by the
// piece and for a price below zero; CodeLimit for what is too large.
func (l *Line) Check() error {
	switch {
	case l.Qty <= 0:
		return E(CodeInvalid, "line.qty-none", nil)
	case !l.Flags.Weighed && l.Qty%money.One != 0:
		return E(CodeInvalid, "line.qty-piece", Args{"Name": l.Name})
	case l.Qty > money.MaxQuantity:
		return E(CodeLimit, "line.qty-large", Args{"Max": money.MaxQuantity})
	case l.Price < 0, l.Price == 0 && l.Flags.AskPrice:
		return E(CodeInvalid, "line.price-none", Args{"Name": l.Name})
	case l.Price > money.MaxAmount:
		return E(CodeLimit, "cheque.too-large", Args{"Max": money.MaxAmount})
	}
	if _, err := money.LineTotal(l.Price, l.Qty); err != nil {
		return &Error{Code: CodeLimit, ID: "cheque.too-large", Args: Args{"Max": money.MaxAmount}, Err: err}
	}
	return nil
}

// Takes reports whether the same thing rung up again adds to this line: the
// same product on the same terms, without a discount.
func (l *Line) Takes(next *Line) bool {
	return !l.Removed && l.Certificate == "" && next.Certificate == "" && l.Product == next.Product && l.Price == next.Price && l.ListPrice == next.ListPrice &&
		l.VAT == next.VAT && l.Flags == next.Flags && l.Discount.IsZero() && next.Discount.IsZero()
}

// Last is the line rung up last, removed or not; nil when there is none.
func (c *Cheque) Last() *Line {
	if len(c.Lines) == 0 {
		return nil
	}
	return &c.Lines[len(c.Lines)-1]
}

// Discount is a percentage or a sum; the zero value is none.
type Discount struct {
	Percent money.Percent
	Sum     money.Amount
}

// IsZero reports no discount.
func (d Discount) IsZero() bool { return d == Discount{} }

// Check refuses a discount below zero, beyond 100 % or given both ways.
func (d Discount) Check() error {
	if d.Percent < 0 || d.Percent > 10_000 || d.Sum < 0 || d.Sum > money.MaxAmount || (d.Percent != 0 && d.Sum != 0) {
		return E(CodeInvalid, "discount.range", nil)
	}
	return nil
}

// off is the part of base the discount takes away, never more than base.
func (d Discount) off(base money.Amount) money.Amount {
	if d.Percent > 0 {
		return d.Percent.Of(base)
	}
	return min(d.Sum, base)
}

// Off is what the discount takes off a sum, never more than the sum.
func (d Discount) Off(base money.Amount) money.Amount { return d.off(base) }

// Line returns the line with that number, or CodeNotFound.
func (c *Cheque) Line(no int) (*Line, error) {
	for i := range c.Lines {
		if c.Lines[i].No == no {
			return &c.Lines[i], nil
		}
	}
	return nil, E(CodeNotFound, "line.unknown", Args{"Line": no})
}

// LiveLine is Line for a line that was not removed, else CodeConflict.
func (c *Cheque) LiveLine(no int) (*Line, error) {
	l, err := c.Line(no)
	if err == nil && l.Removed {
		return nil, E(CodeConflict, "line.removed", Args{"Line": no})
	}
	return l, err
}

// Live counts the lines that were not removed.
func (c *Cheque) Live() int {
	n := 0
	for i := range c.Lines {
		if !c.Lines[i].Removed {
			n++
		}
	}
	return n
}

// NextLine is the number for the next line.
func (c *Cheque) NextLine() int {
	if len(c.Lines) == 0 {
		return 1
	}
	return c.Lines[len(c.Lines)-1].No + 1
}

// NextTender is the number for the next tender.
func (c *Cheque) NextTender() int {
	n := 0
	for _, t := range c.Tenders {
		n = max(n, t.No)
	}
	return n + 1
}

// Exchange is the tender by which goods brought back pay for the cheque, nil
// outside of an exchange.
func (c *Cheque) Exchange() *Tender { return c.Tender(Exchange) }

// Tender returns the first tender of that method, or nil.
func (c *Cheque) Tender(m Method) *Tender {
	for i := range c.Tenders {
		if c.Tenders[i].Method == m {
			return &c.Tenders[i]
		}
	}
	return nil
}
