package store

import (
	"kassa/pos"
	"kassa/pos/history"
)

// Care is what looking after the data needs to know.
type Care interface {
	SaleCount() (int64, error)
	// Origin is the hash of the first audit event, "" before there is one. Copies
	// of one till share it, two tills never do.
	Origin() (string, error)
	// Standing tells how far the history has come.
	Standing() (history.Standing, error)
	// BeginEpoch begins an epoch of document numbers, each series above the number
	// given for it.
	BeginEpoch(epoch int64, above history.Numbers) error
	// FirstNumbers are the numbers epochs begin with; what is not there begins
	// with 1.
	FirstNumbers() (map[int64]history.Numbers, error)
	// AddSettingsChange stores a change under the next number, which it sets.
	AddSettingsChange(c *pos.SettingsChange) error
	// SettingsChanges lists changes of a setting ("" for all), newest first.
	SettingsChanges(key string, limit int) ([]pos.SettingsChange, error)
	// SettingsChange returns one change, CodeNotFound "settings.no-change".
	SettingsChange(n int64) (*pos.SettingsChange, error)
}

// Health is what the store tells of itself.
type Health interface {
	// Schema is the version of the tables and the statements that make them, by
	// name.
	Schema() (version int64, statements []string, err error)
	// RowCounts are the numbers of rows by table.
	RowCounts() (map[string]int64, error)
	// EngineProblems are what the database says of itself: integrity_check,
	// foreign_key_check, version; quick is the short form for the start.
	EngineProblems(quick bool) ([]string, error)
}

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
