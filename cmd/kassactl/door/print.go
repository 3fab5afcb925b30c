package door

import (
	"context"

	"kassa/pos"
)

// Printer prints the slips of documents that are stored. Each job tells how it
// ended; it is nil only with an error, when nothing could be handed in.
type Printer interface {
	PrintSale(ctx context.Context, a pos.Actor, s *pos.Sale) (*pos.PrintJob, error)
	PrintReturn(ctx context.Context, a pos.Actor, r *pos.Return, sold *pos.Sale) (*pos.PrintJob, error)
	PrintRepayment(ctx context.Context, a pos.Actor, r *pos.Repayment) (*pos.PrintJob, error)
	PrintShift(ctx context.Context, a pos.Actor, r *pos.ShiftReport) (*pos.PrintJob, error)
}

// slipJSON tells what became of the slip a command with "print": true asked
// for; a command without it tells nothing. The document is stored either way,
// so a slip that failed is no refusal.
type slipJSON struct {
	Printed pos.PrintState `json:"printed"` // done, failed, or unknown: part of it may be on paper
	Reason  string         `json:"print_reason,omitempty"`
}

// slip prints when it was asked for.
func (s *Session) slip(asked bool, print func(Printer) (*pos.PrintJob, error)) *slipJSON {
	if !asked {
		return nil
	}
	if s.Printer == nil {
		return &slipJSON{pos.PrintFailed, s.Words.Error(pos.E(pos.CodeUnavailable, "print.none", nil))}
	}
	j, err := print(s.Printer)
	if err != nil {
		s.Log.Warn("a slip was not printed", "error", err)
		return &slipJSON{pos.PrintFailed, s.Words.Error(err)}
	}
	told := &slipJSON{Printed: j.State}
	if err := j.Problem(); err != nil {
		told.Reason = s.Words.Error(err)
	}
	return told
}
