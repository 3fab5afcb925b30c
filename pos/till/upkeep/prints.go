package upkeep

import (
	"context"

	"kassa/pos"
	"kassa/pos/till/internal/desk"
)

// printsKept is how many slips that came out, or were withdrawn, are
// remembered: they hold customers' names.
const printsKept = 100

// QueuePrint puts a slip on the list of what is to be printed. It asks no
// right: the slip belongs to an operation that asked its own. CodeInvalid for a
// job that cannot be printed.
func (t *Till) QueuePrint(ctx context.Context, a pos.Actor, j pos.PrintJob) (*pos.PrintJob, error) {
	err := t.desk.Change(ctx, a, "", func(o *op) error {
		j.ID, j.Employee, j.At = pos.PrintID(o.NewID()), a.ID, o.At
		j.State, j.Cause, j.Detail, j.Tries = pos.PrintWaiting, "", nil, 0
		if err := j.Check(); err != nil {
			return err
		}
		if err := o.PutPrint(&j); err != nil {
			return err
		}
		return o.ForgetPrints(printsKept)
	})
	if err != nil {
		return nil, err
	}
	return &j, nil
}

// BeginPrint notes that a waiting slip is about to go to the printer, so that
// after a power cut nobody takes it for one that surely did not come out.
// CodeConflict when it does not wait (any more).
func (t *Till) BeginPrint(ctx context.Context, a pos.Actor, id pos.PrintID) (*pos.PrintJob, error) {
	return t.movePrint(ctx, a, id, func(_ *op, j *pos.PrintJob) error {
		if j.State != pos.PrintWaiting {
			return pos.E(pos.CodeConflict, "print.not-waiting", nil)
		}
		j.State = pos.PrintPrinting
		j.Tries++
		return nil
	})
}

// EndPrint notes how printing ended: done, failed or unknown, the last two with
// the reason.
func (t *Till) EndPrint(ctx context.Context, a pos.Actor, id pos.PrintID, state pos.PrintState, cause *pos.Error) (*pos.PrintJob, error) {
	return t.movePrint(ctx, a, id, func(_ *op, j *pos.PrintJob) error {
		if j.Forgotten() && state != pos.PrintDone {
			return nil // withdrawn while it was under way: there is nothing to print again
		}
		j.State, j.Cause, j.Detail = state, "", nil
		if cause != nil {
			j.Cause, j.Detail = cause.ID, texts(cause.Args)
		}
		return nil
	})
}

// texts are the values of a message that are texts; a printer's troubles have
// no others.
func texts(args pos.Args) map[string]string {
	if len(args) == 0 {
		return nil
	}
	out := map[string]string{}
	for k, v := range args {
		if s, ok := v.(string); ok {
			out[k] = s
		}
	}
	return out
}

// PrintAgain lets a slip that did not come out wait anew. One that may have come
// out is a second paper about the same thing: it needs RightReprint and is
// recorded. CodeConflict for a slip that was printed or withdrawn.
func (t *Till) PrintAgain(ctx context.Context, a pos.Actor, id pos.PrintID) (*pos.PrintJob, error) {
	return t.movePrint(ctx, a, id, func(o *op, j *pos.PrintJob) error {
		if !j.State.Open() {
			return pos.E(pos.CodeConflict, "print.not-open", nil)
		}
		if j.State == pos.PrintUnknown {
			if err := o.Demand(pos.RightReprint); err != nil {
				return err
			}
			if err := o.Note(pos.EventPrintRepeated, string(j.ID), map[string]string{"kind": string(j.Kind), "doc": j.Doc}); err != nil {
				return err
			}
		}
		j.State, j.Cause, j.Detail = pos.PrintWaiting, "", nil
		return nil
	})
}

// WithdrawPrint takes a slip that did not come out off the list, which is
// recorded. CodeConflict for one that was printed or withdrawn.
func (t *Till) WithdrawPrint(ctx context.Context, a pos.Actor, id pos.PrintID) (*pos.PrintJob, error) {
	return t.movePrint(ctx, a, id, func(o *op, j *pos.PrintJob) error {
		if !j.State.Open() {
			return pos.E(pos.CodeConflict, "print.not-open", nil)
		}
		j.State = pos.PrintWithdrawn
		return o.Note(pos.EventPrintWithdrawn, string(j.ID), map[string]string{"kind": string(j.Kind), "doc": j.Doc})
	})
}

func (t *Till) movePrint(ctx context.Context, a pos.Actor, id pos.PrintID, move func(*op, *pos.PrintJob) error) (*pos.PrintJob, error) {
	var moved *pos.PrintJob
	err := t.desk.Change(ctx, a, "", func(o *op) error {
		j, err := o.Print(id)
		if err != nil {
			return err
		}
		if err := move(o, j); err != nil {
			return err
		}
		moved = j
		return o.PutPrint(j)
	})
	if err != nil {
		return nil, err
	}
	return moved, nil
}

// Prints lists slips, newest first: those that did not come out, or all that
// are remembered.
func (t *Till) Prints(ctx context.Context, openOnly bool, limit int) ([]pos.PrintJob, error) {
	var list []pos.PrintJob
	err := t.desk.Look(ctx, pos.Actor{}, "", func(o *op) (err error) {
		list, err = o.Prints(openOnly, desk.ClampLimit(limit))
		return err
	})
	return list, err
}

// OpenPrints counts the slips that did not come out.
func (t *Till) OpenPrints(ctx context.Context) (n int, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *op) (err error) {
		n, err = o.Tx.OpenPrints()
		return err
	})
	return n, err
}

// settlePrints ends what the last run left on its way: nothing of it is printed
// unasked now. What waited surely did not come out; what was being printed may
// have.
func (o *op) settlePrints(*Start) error {
	list, err := o.PrintsUnderWay()
	if err != nil {
		return err
	}
	for i := range list {
		j := &list[i]
		if j.State == pos.PrintPrinting {
			j.State, j.Cause = pos.PrintUnknown, "print.ended-within"
		} else {
			j.State, j.Cause = pos.PrintFailed, "print.ended-before"
		}
		if err := o.PutPrint(j); err != nil {
			return err
		}
	}
	return nil
}

// NoteDrawer records that the drawer is opened by hand, without a sale. It needs
// RightOpenDrawer; the pulse follows once it is recorded.
func (t *Till) NoteDrawer(ctx context.Context, a pos.Actor) error {
	return t.desk.Change(ctx, a, pos.RightOpenDrawer, func(o *op) error {
		return o.Note(pos.EventDrawerOpened, "", nil)
	})
}
