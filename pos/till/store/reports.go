package store

import (
	"time"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/money"
)

// Figures are the sums kept of sales, and the narrow readings of reports.
type Figures interface {
	// FiguresState tells how far the stored sums go.
	FiguresState() (figures.State, error)
	// AddFigures adds a tally to the stored sums and sets how far they go now.
	AddFigures(t *figures.Tally, now figures.State) error
	// ClearFigures forgets all sums.
	ClearFigures() error
	// EachFigure walks the stored sums of a dimension from a day to a day, both
	// included, by day and key.
	EachFigure(d figures.Dim, from, to figures.Day, fn func(figures.Place, *figures.Sums) error) error
	// OftenSold are the goods that stand in the most stored lines of sales from a
	// day to a day, both included, the most often sold first.
	OftenSold(from, to figures.Day, limit int) ([]pos.ProductID, error)
	// FigureDays are the stored ranges of the days from a day to a day, newest
	// day first.
	FigureDays(from, to figures.Day) ([]figures.DayRows, error)
	// SoldAfter reads up to limit sales stored after a row and made within
	// [from, to), in their order, with what sums are made of: no names, no
	// overrides. The time bounds are open where zero.
	SoldAfter(row int64, from, to time.Time, limit int) ([]pos.Sale, error)
	// ReturnedBetween reads the returns made within [from, to) with what sums are
	// made of, in their order.
	ReturnedBetween(from, to time.Time) ([]figures.Back, error)
	// OfferStays tells whether after a return something is left of a sale that an
	// automatic discount was given on.
	OfferStays(r *figures.Back, offer string) (bool, error)
	// FindReturns lists heads of the returns behind a figure, newest first.
	FindReturns(f figures.Find) ([]pos.Return, error)
	// FindSales lists heads of sales, newest first.
	FindSales(f figures.Find) ([]pos.Sale, error)
	// GivenBetween sums what automatic discounts took off in sales within
	// [from, to) among the rows of the ranges and those after a row.
	GivenBetween(from, to time.Time, in []figures.DayRows, after int64) ([]figures.Given, error)
	// ProductFacts tells of the products with those ids what reports name them by.
	ProductFacts(ids []string) (map[string]figures.Product, error)
	// WatchedEvents are the removed and reduced lines, cancelled cheques and
	// changed prices from a time to a time, newest first.
	WatchedEvents(from, to time.Time, limit int) ([]pos.Event, error)
	// LotsByExpiry sums the points left that expire at or after a time, by the
	// zone's months; those that never expire under the month 0.
	LotsByExpiry(from time.Time, zone *time.Location) (map[figures.Day]int64, error)
	// LotsExpiring sums the points left that expire within [from, to).
	LotsExpiring(from, to time.Time) (int64, error)
	// OpenDebts are all debts with something left, oldest due first.
	OpenDebts() ([]pos.Debt, error)
	// CodesBetween walks what became of the codes made within [from, to).
	CodesBetween(from, to time.Time, fn func(figures.Code) error) error
	// ShiftsBetween are the shifts opened within [from, to), newest first.
	ShiftsBetween(from, to time.Time) ([]pos.Shift, error)
	// SoldBetween counts and sums the sales within [from, to) among the rows of
	// the ranges and those after a row.
	SoldBetween(from, to time.Time, in []figures.DayRows, after int64) (count int64, total money.Amount, err error)
}
