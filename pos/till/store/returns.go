package store

import (
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// Returns are goods brought back, the one return being put together, and the
// corrections of tenders, with what a return has to know of a sale.
type Returns interface {
	ReturnDraft() (*pos.ReturnDraft, error) // CodeNotFound when none is open
	PutReturnDraft(d *pos.ReturnDraft) error
	DropReturnDraft() error

	NextReturnNumber() (int64, error)
	// PutReturn stores the document alone; lots and debts are put by themselves.
	PutReturn(r *pos.Return) error
	Return(id pos.ReturnID) (*pos.Return, error)
	ReturnByNumber(n int64) (*pos.Return, error)
	// ReturnsOf are the returns of a sale, whole, oldest first.
	ReturnsOf(sale pos.SaleID) ([]pos.Return, error)
	// ExchangedFor is the return that was exchanged for the sale.
	ExchangedFor(sale pos.SaleID) (*pos.Return, error)
	// ListReturns returns heads without lines and refunds, newest first, of a
	// shift or (with "") of all, before the given place (pos.Place; 0: from the end).
	ListReturns(shift pos.ShiftID, before int64, limit int) ([]pos.Return, error)
	EachReturn(fn func(*pos.Return) error) error // by number, whole

	// RefundsOf are what all returns gave back of what the sale was paid with.
	RefundsOf(sale pos.SaleID) ([]pos.Refund, error)
	// PointsOf are what all returns did to lots for points spent on the sale or
	// earned by it.
	PointsOf(sale pos.SaleID) ([]pos.PointsMove, error)
	// SpentIn are the lots the sale's points were taken from, in the order they
	// were spent.
	SpentIn(sale pos.SaleID) ([]pos.LotMove, error)
	Lot(id pos.LotID) (*pos.Lot, error)
	// DebtOf is the debt the sale left, paid or not.
	DebtOf(sale pos.SaleID) (*pos.Debt, error)
	Debt(id pos.DebtID) (*pos.Debt, error)
	// RepaidOf sums what was repaid of a debt by method.
	RepaidOf(id pos.DebtID) (map[pos.Method]money.Amount, error)
	// SearchSales returns heads of sales without lines, newest first.
	SearchSales(q SaleQuery, limit int) ([]pos.Sale, error)

	PutCorrection(c *pos.Correction) error
	CorrectionsOf(sale pos.SaleID) ([]pos.Correction, error) // oldest first
	EachCorrection(fn func(*pos.Correction) error) error     // oldest first
	// EntryOf is the number of the journal's entry that books a document.
	EntryOf(doc string) (int64, error)
}

// SaleQuery narrows a search for a sale; zero fields do not. Sales of a product
// and those of a sum are looked for between From and To only, both of which must
// then be given.
type SaleQuery struct {
	Number   int64
	From, To time.Time // from included, to excluded
	Customer pos.CustomerID
	Product  pos.ProductID
	Total    money.Amount // what was paid for all of it
}
