// Package pos holds the shop's nouns and their rules: products, customers,
// employees, cheques, sales, shifts, points, credit. It does no I/O.
package pos

// Ids have their own types so that one cannot be passed for another. All are
// UUIDv7 texts made by the till, except GroupID which is a short word.
type (
	ProductID   string
	CustomerID  string
	EmployeeID  string
	GroupID     string
	ShiftID     string
	SaleID      string // the id of a cheque and of the sale it becomes
	ChallengeID string
	LotID       string
	DebtID      string
	RepaymentID string
	CashMoveID  string
	ApprovalID  string
	CategoryID  string
	StockDocID  string
	MergeID     string // of two cards of one person
	ErasureID   string // of a customer made anonymous

	CustomerGroupID string
)
