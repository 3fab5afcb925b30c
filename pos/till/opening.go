package till

import (
	"time"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
)

// opening is what a customer brings from before this till.
type opening struct {
	Customer pos.CustomerID
	Points   int64
	Debt     money.Amount
	Since    time.Time // when the debt was made
	Due      time.Time
}

// open gives a customer the points and the debt of before: a lot, a debt and
// one entry against the opening account. Nothing to bring changes nothing.
func (o *op) open(b opening) error {
	var p []ledger.Posting
	booked := ledger.OpeningBalance{Customer: b.Customer}
	if b.Points > 0 {
		p = append(p, points(ledger.PointsOf(b.Customer), b.Points), points(ledger.Opening, -b.Points))
		lot := &pos.Lot{ID: pos.LotID(o.t.IDs.NewID()), Customer: b.Customer, Points: b.Points, Left: b.Points, At: o.at, ActiveFrom: o.at}
		if life := o.set.Rules.PointsLife; life > 0 {
			lot.Expires = o.at.Add(life)
		}
		if err := o.PutLot(lot); err != nil {
			return err
		}
		booked.Points, booked.ActiveFrom, booked.Expires = lot.Points, lot.ActiveFrom, lot.Expires
	}
	if b.Debt > 0 {
		p = append(p, o.money(ledger.DebtOf(b.Customer), b.Debt), o.money(ledger.Opening, b.Debt.Neg()))
		debt := &pos.Debt{ID: pos.DebtID(o.t.IDs.NewID()), Customer: b.Customer, Amount: b.Debt, Left: b.Debt, At: b.Since, Due: b.Due}
		if err := o.PutDebt(debt); err != nil {
			return err
		}
		booked.Debt, booked.Due = debt.Amount, debt.Due
	}
	if len(p) == 0 {
		return nil
	}
	return o.bookDoc(ledger.KindOpening, string(b.Customer), booked.Digest(), "", p...)
}
