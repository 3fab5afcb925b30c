package pos

import (
	"time"

	"kassa/pos/money"
)

// Sale is a finished cheque. It is stored whole or not at all and never
// changes afterwards.
type Sale struct {
	ID       SaleID
	Till     string // the till's number in the shop
	Epoch    int64  // grows when data is restored or cloned
	Number   int64  // gapless per till and epoch
	Shift    ShiftID
	Employee EmployeeID
	Customer CustomerID // "" for nobody
	At       time.Time
	Currency money.Currency

	Gross, Discount, Rounding, Total, VAT, Change money.Amount
	PointsSpent, PointsEarned                     int64
	DebtAdded                                     money.Amount
	DebtDue                                       time.Time // zero without a debt

	Lines   []SaleLine // removed lines included, with their reason
	Tenders []SaleTender
}

// SaleLine is a line with its figures as sold.
type SaleLine struct {
	Line
	LineTotals
}

// SaleTender is a tender with what confirmed it.
type SaleTender struct {
	Tender
	Override *Override // the code was skipped
}

// Override records that an employee went on without the customer's code.
type Override struct {
	Challenge ChallengeID
	Sale      SaleID
	Operation string // "points" or "credit"
	Customer  CustomerID
	Amount    money.Amount
	Employee  EmployeeID
	Cause     string // what was measured: "failed", "unknown", "timeout"
	Reason    string // what the employee typed
	At        time.Time
}
