package wire

import "kassa/pos"

// Sale tells "sale.completed".
type Sale struct {
	Head
	ID           string   `json:"id"`
	Till         string   `json:"till"`
	Epoch        int64    `json:"epoch"`
	Number       int64    `json:"number"`
	Shift        string   `json:"shift"`
	Employee     string   `json:"employee"`
	Customer     string   `json:"customer,omitempty"`
	At           int64    `json:"at_ms"`
	Currency     string   `json:"currency"`
	Gross        int64    `json:"gross_minor"`
	Discount     int64    `json:"discount_minor"`
	Rounding     int64    `json:"rounding_minor"`
	Total        int64    `json:"total_minor"`
	VAT          int64    `json:"vat_minor"`
	Change       int64    `json:"change_minor"`
	PointsSpent  int64    `json:"points_spent"`
	PointsEarned int64    `json:"points_earned"`
	DebtAdded    int64    `json:"debt_added_minor"`
	DebtDue      int64    `json:"debt_due_ms,omitempty"`
	Digest       string   `json:"digest"`
	Lines        []Line   `json:"lines"`
	Tenders      []Tender `json:"tenders"`
	Coupons      []string `json:"coupons,omitempty"`
}

// Line is a line of a sale, removed ones included.
type Line struct {
	No       int    `json:"no"`
	Product  string `json:"product"`
	SKU      string `json:"sku"`
	Name     string `json:"name"`
	Unit     string `json:"unit"`
	Price    int64  `json:"price_minor"`
	Qty      int64  `json:"qty_milli"`
	VATRate  int64  `json:"vat_rate_bp"`
	Discount int64  `json:"discount_minor"`
	Sum      int64  `json:"sum_minor"`
	VAT      int64  `json:"vat_minor"`
	Removed  bool   `json:"removed,omitempty"`
	Reason   string `json:"reason,omitempty"`

	Certificate string  `json:"certificate,omitempty"` // the number sold
	Expires     int64   `json:"expires_ms,omitempty"`  // of that certificate
	Offers      []Given `json:"offers,omitempty"`
}

// Given is what one automatic discount took off a line.
type Given struct {
	Offer string `json:"offer"`
	Name  string `json:"name"`
	Sum   int64  `json:"sum_minor"`
}

// Tender is a part of what a sale was paid with.
type Tender struct {
	Method      string    `json:"method"`
	Amount      int64     `json:"amount_minor"`
	Points      int64     `json:"points,omitempty"`
	Challenge   string    `json:"challenge,omitempty"` // whose code confirmed it
	Override    *Override `json:"override,omitempty"`  // it went on without the code
	Certificate string    `json:"certificate,omitempty"`
	Order       string    `json:"order,omitempty"` // whose approval paid it
}

// Override tells who went on without a customer's code, and why.
type Override struct {
	Employee string `json:"employee"`
	Cause    string `json:"cause"`
	Reason   string `json:"reason"`
	At       int64  `json:"at_ms"`
}

// OfSale tells a sale; digest is the sale's, made once for all its trail.
func OfSale(s *pos.Sale, digest string) *Sale {
	p := &Sale{
		Head: now(), ID: string(s.ID), Till: s.Till, Epoch: s.Epoch, Number: s.Number, Shift: string(s.Shift),
		Employee: string(s.Employee), Customer: string(s.Customer), At: ms(s.At), Currency: string(s.Currency),
		Gross: int64(s.Gross), Discount: int64(s.Discount), Rounding: int64(s.Rounding), Total: int64(s.Total),
		VAT: int64(s.VAT), Change: int64(s.Change), PointsSpent: s.PointsSpent, PointsEarned: s.PointsEarned,
		DebtAdded: int64(s.DebtAdded), DebtDue: ms(s.DebtDue), Digest: digest, Coupons: s.Coupons,
		Lines: make([]Line, len(s.Lines)), Tenders: make([]Tender, len(s.Tenders)),
	}
	for i := range s.Lines {
		p.Lines[i] = lineOf(&s.Lines[i])
	}
	for i := range s.Tenders {
		d := &s.Tenders[i]
		p.Tenders[i] = Tender{Method: string(d.Method), Amount: int64(d.Amount), Points: d.Points, Challenge: string(d.Challenge),
			Certificate: d.Certificate, Order: d.Order}
		if o := d.Override; o != nil {
			p.Tenders[i].Override = &Override{Employee: string(o.Employee), Cause: o.Cause, Reason: o.Reason, At: ms(o.At)}
		}
	}
	return p
}

func lineOf(l *pos.SaleLine) Line {
	told := Line{
		No: l.Line.No, Product: string(l.Product), SKU: l.SKU, Name: l.Name, Unit: l.Unit, Price: int64(l.Price),
		Qty: int64(l.Qty), VATRate: int64(l.Line.VAT), Discount: int64(l.LineTotals.Discount), Sum: int64(l.Sum),
		VAT: int64(l.LineTotals.VAT), Removed: l.Removed, Reason: l.Reason, Certificate: l.Certificate, Expires: ms(l.Expires),
	}
	for _, g := range l.Offers {
		told.Offers = append(told.Offers, Given{Offer: string(g.Offer), Name: g.Name, Sum: int64(g.Sum)})
	}
	return told
}

// EventKind implements Payload.
func (*Sale) EventKind() pos.EventKind { return pos.EventSaleCompleted }

// Subject implements Payload.
func (p *Sale) Subject() string { return p.ID }

// Object implements Payload.
func (p *Sale) Object() string { return either(p.Customer, p.ID) }

func (p *Sale) lacks() string { return empty("id", p.ID, "digest", p.Digest) }
