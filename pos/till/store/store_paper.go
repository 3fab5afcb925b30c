package store

import (
	"kassa/pos"
)

// Prints are the slips on their way to the printer.
type Prints interface {
	// PutPrint inserts a job, or takes over state, cause, detail, tries and
	// copies of one that is there; what a slip says is never edited.
	PutPrint(j *pos.PrintJob) error
	Print(id pos.PrintID) (*pos.PrintJob, error)
	// Prints lists jobs, newest first; open ones only, or all.
	Prints(openOnly bool, limit int) ([]pos.PrintJob, error)
	// PrintsUnderWay are those waiting and printing, oldest first.
	PrintsUnderWay() ([]pos.PrintJob, error)
	OpenPrints() (int, error)
	// ForgetPrints removes what was printed or withdrawn, but for the newest.
	ForgetPrints(keep int) error
}
