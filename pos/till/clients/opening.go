package clients

import (
	"time"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
)

// Opening is what a customer brings from before this till.
type Opening struct {
	Customer pos.CustomerID
	Points   int64
	Debt     money.Amount
	Since    time.Time // when the debt was made
	Due      time.Time
}

// BringIn gives a customer the points and the debt of before: a lot, a debt and
// one entry against the opening account. Nothing to bring changes nothing.
func (o *Op) BringIn(b Opening) error {
	var p []ledger.Posting
	booked := ledger.OpeningBalance{Customer: b.Customer}
	if b.Points > 0 {
		p = append(p, desk.Points(ledger.PointsOf(b.Customer), b.Points), desk.Points(ledger.Opening, -b.Points))
		lot := &pos.Lot{ID: pos.LotID(o.NewID()), Customer: b.Customer, Points: b.Points, Left: b.Points, At: o.At, ActiveFrom: o.At}
		if life := o.Settings.Rules.PointsLife; life > 0 {
			lot.Expires = o.At.Add(life)
		}
		if err := o.PutLot(lot); err != nil {
			return err
		}
		booked.Points, booked.ActiveFrom, booked.Expires = lot.Points, lot.ActiveFrom, lot.Expires
	}
	if b.Debt > 0 {
		p = append(p, o.Money(ledger.DebtOf(b.Customer), b.Debt), o.Money(ledger.Opening, b.Debt.Neg()))
		debt := &pos.Debt{ID: pos.DebtID(o.NewID()), Customer: b.Customer, Amount: b.Debt, Left: b.Debt, At: b.Since, Due: b.Due}
		if err := o.PutDebt(debt); err != nil {
			return err
		}
		booked.Debt, booked.Due = debt.Amount, debt.Due
	}
	if len(p) == 0 {
		return nil
	}
	return o.BookDoc(ledger.KindOpening, string(b.Customer), booked.Digest(), "", p...)
}
