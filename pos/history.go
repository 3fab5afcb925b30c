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
)

// HistoryItem is a line of a customer's card.
type HistoryItem struct {
	Kind         HistoryKind
	At           time.Time
	Sale         SaleID
	Number       int64
	Amount       money.Amount // total of the sale, or what was repaid
	PointsSpent  int64
	PointsEarned int64
	DebtAdded    money.Amount
}
