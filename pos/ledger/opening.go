package ledger

import (
	"time"

	"kassa/pos"
	"kassa/pos/digest"
	"kassa/pos/money"
)

// OpeningDigest is the digest under which what a customer brings from before
// this till is booked: points, the debt and when it is due.
func OpeningDigest(c pos.CustomerID, points int64, debt money.Amount, due time.Time) string {
	return digest.New("kassa.opening.v1").Text(string(c)).Int(points).Int(int64(debt)).Time(due).Hex()
}
