package pos

import (
	"time"

	"kassa/pos/money"
)

// HistoryKind says what a HistoryItem shows.
type HistoryKind string

// Kinds of history.
const (
	HistorySale      HistoryKind = "sale"
	HistoryRepayment HistoryKind = "repayment"
	HistoryOpening   HistoryKind = "opening"
	HistoryReturn    HistoryKind = "return" // Sale is the sale, Number the return's own
)

// HistoryItem is a line of a customer's card.
type HistoryItem struct {
	Kind         HistoryKind
	At           time.Time
	Sale         SaleID
	Number       int64
	Amount       money.Amount // total of the sale or return, or what was repaid
	PointsSpent  int64        // of a return: taken back out of what was earned
	PointsEarned int64        // of a return: put back into lots
	DebtAdded    money.Amount // of a return: zero or less
}
