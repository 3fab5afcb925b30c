package counter

import (
	"strconv"

	"kassa/pos"
	"kassa/pos/till/internal/desk"
)

// salePayload is a sale as the outbox tells it. Names and units are permanent:
// amounts in minor units, quantities in thousandths, shares in hundredths of a
// percent, times in Unix milliseconds. It names the customer by id alone.
type salePayload struct {
	ID           string          `json:"id"`
	Till         string          `json:"till"`
	Epoch        int64           `json:"epoch"`
	Number       int64           `json:"number"`
	Shift        string          `json:"shift"`
	Employee     string          `json:"employee"`
	Customer     string          `json:"customer,omitempty"`
	At           int64           `json:"at_ms"`
	Currency     string          `json:"currency"`
	Gross        int64           `json:"gross_minor"`
	Discount     int64           `json:"discount_minor"`
	Rounding     int64           `json:"rounding_minor"`
	Total        int64           `json:"total_minor"`
	VAT          int64           `json:"vat_minor"`
	Change       int64           `json:"change_minor"`
	PointsSpent  int64           `json:"points_spent"`
	PointsEarned int64           `json:"points_earned"`
	DebtAdded    int64           `json:"debt_added_minor"`
	DebtDue      int64           `json:"debt_due_ms,omitempty"`
	Digest       string          `json:"digest"`
	Lines        []linePayload   `json:"lines"`
	Tenders      []tenderPayload `json:"tenders"`
	Coupons      []string        `json:"coupons,omitempty"`
}

type linePayload struct {
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

	Certificate string         `json:"certificate,omitempty"` // the number sold
	Expires     int64          `json:"expires_ms,omitempty"`  // of that certificate
	Offers      []givenPayload `json:"offers,omitempty"`
}

// givenPayload is what one automatic discount took off a line.
type givenPayload struct {
	Offer string `json:"offer"`
	Name  string `json:"name"`
	Sum   int64  `json:"sum_minor"`
}

type tenderPayload struct {
	Method    string           `json:"method"`
	Amount    int64            `json:"amount_minor"`
	Points    int64            `json:"points,omitempty"`
	Challenge string           `json:"challenge,omitempty"`
	Override  *overridePayload `json:"override,omitempty"`

	Certificate string `json:"certificate,omitempty"`
}

type overridePayload struct {
	Employee string `json:"employee"`
	Cause    string `json:"cause"`
	Reason   string `json:"reason"`
	At       int64  `json:"at_ms"`
}

// payloadOf tells a sale; digest is the sale's, made once for all its trail.
func payloadOf(s *pos.Sale, digest string) salePayload {
	p := salePayload{
		ID: string(s.ID), Till: s.Till, Epoch: s.Epoch, Number: s.Number, Shift: string(s.Shift),
		Employee: string(s.Employee), Customer: string(s.Customer), At: s.At.UnixMilli(), Currency: string(s.Currency),
		Gross: int64(s.Gross), Discount: int64(s.Discount), Rounding: int64(s.Rounding), Total: int64(s.Total),
		VAT: int64(s.VAT), Change: int64(s.Change), PointsSpent: s.PointsSpent, PointsEarned: s.PointsEarned,
		DebtAdded: int64(s.DebtAdded), Digest: digest, Coupons: s.Coupons,
		Lines: make([]linePayload, len(s.Lines)), Tenders: make([]tenderPayload, len(s.Tenders)),
	}
	if !s.DebtDue.IsZero() {
		p.DebtDue = s.DebtDue.UnixMilli()
	}
	for i := range s.Lines {
		l := &s.Lines[i]
		p.Lines[i] = linePayload{
			No: l.Line.No, Product: string(l.Product), SKU: l.SKU, Name: l.Name, Unit: l.Unit, Price: int64(l.Price),
			Qty: int64(l.Qty), VATRate: int64(l.Line.VAT), Discount: int64(l.LineTotals.Discount), Sum: int64(l.Sum),
			VAT: int64(l.LineTotals.VAT), Removed: l.Removed, Reason: l.Reason, Certificate: l.Certificate,
		}
		if !l.Expires.IsZero() {
			p.Lines[i].Expires = l.Expires.UnixMilli()
		}
		for _, g := range l.Offers {
			p.Lines[i].Offers = append(p.Lines[i].Offers, givenPayload{Offer: string(g.Offer), Name: g.Name, Sum: int64(g.Sum)})
		}
	}
	for i := range s.Tenders {
		d := &s.Tenders[i]
		p.Tenders[i] = tenderPayload{Method: string(d.Method), Amount: int64(d.Amount), Points: d.Points, Challenge: string(d.Challenge),
			Certificate: d.Certificate}
		if o := d.Override; o != nil {
			p.Tenders[i].Override = &overridePayload{Employee: string(o.Employee), Cause: o.Cause, Reason: o.Reason, At: o.At.UnixMilli()}
		}
	}
	return p
}

// saleDetail is what the audit trail tells of a sale; earned is nil when it
// gave no points.
func saleDetail(s *pos.Sale, digest string, earned *pos.Lot) map[string]string {
	d := map[string]string{"number": strconv.FormatInt(s.Number, 10), "total": desk.Minor(s.Total), "digest": digest}
	if earned != nil {
		d[pos.DetailPointsOf], d[pos.DetailPointsPeriod] = string(earned.Customer), earned.Period()
	}
	return d
}
