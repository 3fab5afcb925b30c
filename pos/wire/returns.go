package wire

import (
	"time"

	"kassa/pos"
)

// Return tells "return.completed", in the units of a Sale.
type Return struct {
	Head
	ID             string       `json:"id"`
	Till           string       `json:"till"`
	Epoch          int64        `json:"epoch"`
	Number         int64        `json:"number"`
	Shift          string       `json:"shift"`
	Employee       string       `json:"employee"`
	Sale           string       `json:"sale,omitempty"`     // what was brought back; none without a receipt
	Customer       string       `json:"customer,omitempty"` // of that sale
	At             int64        `json:"at_ms"`
	Currency       string       `json:"currency"`
	Reason         string       `json:"reason"`
	Exchange       string       `json:"exchange,omitempty"` // the sale it was exchanged for
	Total          int64        `json:"total_minor"`
	VAT            int64        `json:"vat_minor"`
	PointsRestored int64        `json:"points_restored"`
	PointsTaken    int64        `json:"points_taken"`
	PointsWithheld int64        `json:"points_withheld"`
	PointsKept     int64        `json:"points_kept"`
	Digest         string       `json:"digest"`
	Lines          []ReturnLine `json:"lines"`
	Refunds        []Refund     `json:"refunds"`
}

// ReturnLine is goods that came back.
type ReturnLine struct {
	No      int    `json:"no"`
	Origin  int    `json:"origin,omitempty"` // number of the line of the sale
	Product string `json:"product"`
	SKU     string `json:"sku"`
	Name    string `json:"name"`
	Unit    string `json:"unit"`
	Price   int64  `json:"price_minor"`
	Qty     int64  `json:"qty_milli"`
	Rate    int64  `json:"vat_rate_bp"`
	Sum     int64  `json:"sum_minor"`
	VAT     int64  `json:"vat_minor"`
	Reason  string `json:"reason,omitempty"`
	Restock bool   `json:"restock"`
}

// Refund is a part of what a return gave back.
type Refund struct {
	Sale        string `json:"sale,omitempty"` // whose payment it is
	Of          string `json:"of"`             // how that sale was paid
	Method      string `json:"method"`         // how it went back
	Amount      int64  `json:"amount_minor"`
	Points      int64  `json:"points,omitempty"`
	Debt        string `json:"debt,omitempty"`        // the one that was lowered
	Certificate string `json:"certificate,omitempty"` // the one it went back onto
}

// OfReturn tells a return; digest is its own.
func OfReturn(r *pos.Return, digest string) *Return {
	p := &Return{
		Head: now(), ID: string(r.ID), Till: r.Till, Epoch: r.Epoch, Number: r.Number, Shift: string(r.Shift), Employee: string(r.Employee),
		Sale: string(r.Sale), Customer: string(r.Customer), At: ms(r.At), Currency: string(r.Currency), Reason: r.Reason,
		Exchange: string(r.Exchange), Total: int64(r.Total), VAT: int64(r.VAT), PointsRestored: r.PointsRestored,
		PointsTaken: r.PointsTaken, PointsWithheld: r.PointsWithheld, PointsKept: r.PointsKept, Digest: digest,
		Lines: make([]ReturnLine, len(r.Lines)), Refunds: make([]Refund, len(r.Refunds)),
	}
	for i := range r.Lines {
		l := &r.Lines[i]
		p.Lines[i] = ReturnLine{No: l.No, Origin: l.Origin, Product: string(l.Product), SKU: l.SKU, Name: l.Name, Unit: l.Unit,
			Price: int64(l.Price), Qty: int64(l.Qty), Rate: int64(l.Rate), Sum: int64(l.Sum), VAT: int64(l.VAT),
			Reason: l.Reason, Restock: l.Restock}
	}
	for i := range r.Refunds {
		f := &r.Refunds[i]
		p.Refunds[i] = Refund{Sale: string(f.Sale), Of: string(f.Of), Method: string(f.Method), Amount: int64(f.Amount),
			Points: f.Points, Debt: string(f.Debt), Certificate: f.Certificate}
	}
	return p
}

// EventKind implements Payload.
func (*Return) EventKind() pos.EventKind { return pos.EventReturned }

// Subject implements Payload.
func (p *Return) Subject() string { return p.ID }

// Object implements Payload.
func (p *Return) Object() string { return either(p.Customer, p.Sale, p.ID) }

func (p *Return) lacks() string { return empty("id", p.ID, "digest", p.Digest) }

// TenderCorrected tells "tender.corrected": a part of a sale was paid by another
// method than was booked.
type TenderCorrected struct {
	Head
	ID         string `json:"id"`
	Sale       string `json:"sale"`
	SaleNumber int64  `json:"sale_number"`
	Customer   string `json:"customer,omitempty"` // of that sale
	Shift      string `json:"shift"`
	Employee   string `json:"employee"`
	From       string `json:"from"`
	To         string `json:"to"`
	Amount     int64  `json:"amount_minor"`
	Currency   string `json:"currency,omitempty"` // not told in version 0
	Reason     string `json:"reason"`
	At         int64  `json:"at_ms"`
}

// OfCorrection tells a correction of a sale.
func OfCorrection(c *pos.Correction, s *pos.Sale) *TenderCorrected {
	return &TenderCorrected{Head: now(), ID: string(c.ID), Sale: string(c.Sale), SaleNumber: c.SaleNo, Customer: string(s.Customer),
		Shift: string(c.Shift), Employee: string(c.Employee), From: string(c.From), To: string(c.To), Amount: int64(c.Amount),
		Currency: string(s.Currency), Reason: c.Reason, At: ms(c.At)}
}

// correctionV0 is a correction as it was told before there were versions.
type correctionV0 struct {
	ID, Sale, Shift, Employee, From, To, Reason string
	SaleNo, Amount                              int64
	At                                          time.Time
}

func correctionBefore(_ *pos.OutboxMessage, c *correctionV0) Payload {
	return &TenderCorrected{ID: c.ID, Sale: c.Sale, SaleNumber: c.SaleNo, Shift: c.Shift, Employee: c.Employee, From: c.From, To: c.To,
		Amount: c.Amount, Reason: c.Reason, At: ms(c.At)}
}

// EventKind implements Payload.
func (*TenderCorrected) EventKind() pos.EventKind { return pos.EventTenderCorrected }

// Subject implements Payload.
func (p *TenderCorrected) Subject() string { return p.ID }

// Object implements Payload.
func (p *TenderCorrected) Object() string { return either(p.Customer, p.Sale) }

func (p *TenderCorrected) lacks() string { return empty("id", p.ID, "sale", p.Sale) }
