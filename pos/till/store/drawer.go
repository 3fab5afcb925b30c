package store

import (
	"kassa/pos"
)

// Shifts and the drawer.
type Shifts interface {
	OpenShift() (*pos.Shift, error) // CodeNotFound when none is open
	Shift(id pos.ShiftID) (*pos.Shift, error)
	LastShift() (*pos.Shift, error)
	ListShifts(limit int) ([]pos.Shift, error) // newest first
	NextShiftNumber() (int64, error)
	PutShift(s *pos.Shift) error
	PutCashMove(m *pos.CashMove) error
	// ShiftTotals sums a shift: everything of a ShiftReport but Shift, Till,
	// Employee, Expected, Counted, Difference, Head and At. Its cost does not
	// depend on other shifts.
	ShiftTotals(id pos.ShiftID) (*pos.ShiftReport, error)
	EachShift(fn func(*pos.Shift) error) error       // by number
	EachCashMove(fn func(*pos.CashMove) error) error // oldest first
}
