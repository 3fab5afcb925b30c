package ledger

import (
	"time"

	"kassa/pos"
	"kassa/pos/digest"
	"kassa/pos/money"
)

// OpeningBalance is what a customer brings from before this till, as it is booked:
// one lot of points and one debt at most.
type OpeningBalance struct {
	Customer   pos.CustomerID
	Points     int64
	ActiveFrom time.Time // of the points; zero without any
	Expires    time.Time // of the points; zero: never
	Debt       money.Amount
	Due        time.Time // of the debt; zero without one
}

// Digest is the digest under which the opening is booked.
func (o *OpeningBalance) Digest() string {
	d := digest.New("kassa.opening.v1").Text(string(o.Customer))
	d.Int(o.Points).Time(o.ActiveFrom).Time(o.Expires)
	return d.Int(int64(o.Debt)).Time(o.Due).Hex()
}
