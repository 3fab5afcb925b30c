package desk

import (
	"context"
	"errors"
	"maps"

	"kassa/pos"
	"kassa/pos/clock"
	"kassa/pos/ledger"
	"kassa/pos/pan"
	"kassa/pos/till/store"
)

// Op is one operation in progress: one actor, one time, one transaction.
type Op struct {
	store.Tx
	d     *Desk
	Actor pos.Actor
	// At dates what happens, never before what is stored; Steady measures waits,
	// lives and limits; Due() is what falls due by the calendar.
	clock.Times
	Settings pos.Settings
	grant    grant
	epoch    int64 // 0 until somebody asked

	mark      clock.Mark
	wrote     bool // something that is dated
	settled   bool // what was found of the clock is recorded
	confirmed bool // the clock
	told      bool // something to others
}

// NewID makes an id that nothing has yet.
func (o *Op) NewID() string { return o.d.NewID() }

// Change is Tend for what belongs to trading: it is refused while something is
// missing of the history, see history.Gap.
func (d *Desk) Change(ctx context.Context, a pos.Actor, need pos.Right, fn func(*Op) error) error {
	if g := d.Missing(); g != nil {
		return GapError(g)
	}
	return d.Tend(ctx, a, need, fn)
}

// Tend runs fn as one operation that may write, after asking the right (""
// asks none). A refusal for want of the right is itself recorded, in a
// transaction of its own since the operation's is undone.
func (d *Desk) Tend(ctx context.Context, a pos.Actor, need pos.Right, fn func(*Op) error) error {
	d.waiting.Add(1)
	d.mu.Lock()
	d.waiting.Add(-1)
	defer d.mu.Unlock()
	now, err := d.look(ctx)
	if err != nil {
		return d.Told(err)
	}
	set := d.Params.Settings()
	err = d.write(ctx, now, func(tx store.Tx) (*Op, error) {
		o := &Op{Tx: careful{tx}, d: d, Actor: a, Times: now.mark.Times, mark: now.mark, Settings: set, grant: grant{carried: carried(ctx)}}
		if err := o.settleClock(now); err != nil {
			return o, err
		}
		if err := o.allowed(need, fn); err != nil {
			return o, err
		}
		return o, o.useApprovals()
	})
	if e, ok := Refusal(err); ok {
		d.noteRefusal(ctx, a, now, set, e)
	}
	return d.Told(err)
}

// Awaited reports whether other operations wait for this one to end.
func (d *Desk) Awaited() bool { return d.waiting.Load() > 0 }

// Look runs fn as one operation that only reads, after asking the right. An
// approval it needed is used up before anything is told.
func (d *Desk) Look(ctx context.Context, a pos.Actor, need pos.Right, fn func(*Op) error) error {
	return d.read(ctx, a, need, true, fn)
}

// Peek is look for the first half of an operation: an approval it needs stays
// for the half that writes.
func (d *Desk) Peek(ctx context.Context, a pos.Actor, need pos.Right, fn func(*Op) error) error {
	return d.read(ctx, a, need, false, fn)
}

func (d *Desk) read(ctx context.Context, a pos.Actor, need pos.Right, use bool, fn func(*Op) error) error {
	now, err := d.look(ctx)
	if err != nil {
		return d.Told(err)
	}
	set := d.Params.Settings()
	var used []*pos.Approval
	about := ""
	err = d.Store.View(ctx, func(tx store.Tx) error {
		o := &Op{Tx: careful{tx}, d: d, Actor: a, Times: now.mark.Times, mark: now.mark, Settings: set, grant: grant{carried: carried(ctx)}}
		err := o.allowed(need, fn)
		used, about = o.grant.used, o.grant.about
		return err
	})
	if err == nil && use && len(used) > 0 {
		d.mu.Lock()
		defer d.mu.Unlock()
		if now, err = d.look(ctx); err != nil {
			return d.Told(err)
		}
		err = d.write(ctx, now, func(tx store.Tx) (*Op, error) {
			o := &Op{Tx: careful{tx}, d: d, Actor: a, Times: now.mark.Times, mark: now.mark, Settings: set, grant: grant{used: used, about: about}}
			return o, o.useApprovals()
		})
	} else if e, ok := Refusal(err); ok {
		d.mu.Lock()
		defer d.mu.Unlock()
		if now, err := d.look(ctx); err == nil {
			d.noteRefusal(ctx, a, now, set, e)
		}
	}
	return d.Told(err)
}

// Told turns an unknown error into one a person can be shown, and logs it.
func (d *Desk) Told(err error) error {
	if err == nil {
		return nil
	}
	var e *pos.Error
	if errors.As(err, &e) {
		if e.Code == pos.CodeInternal || e.Code == pos.CodeUnavailable {
			d.Log.Error("operation failed", "error", err)
		}
		return e
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return pos.Wrap(pos.CodeUnavailable, "till.interrupted", err)
	}
	d.Log.Error("operation failed", "error", err)
	return pos.Wrap(pos.CodeInternal, "till.internal", err)
}

// Note appends to the audit trail.
func (o *Op) Note(k pos.EventKind, subject string, detail map[string]string) error {
	n, head, err := o.AuditHead()
	if err != nil {
		return err
	}
	ev := &pos.Event{N: n + 1, At: o.At, Kind: k, Employee: o.Actor.ID, Subject: subject, Detail: o.approvedBy(subject, masked(detail))}
	ev.Seal(head)
	o.wrote = true
	return o.AppendEvent(ev)
}

// masked hides the numbers of cards in what is kept for good: an event tells of
// what was typed before the till refused them, too.
func masked(detail map[string]string) map[string]string {
	for k, v := range detail {
		if text, had := pan.Mask(v); had {
			detail = maps.Clone(detail)
			detail[k] = text
		}
	}
	return detail
}

// Book appends a balanced entry to the journal.
func (o *Op) Book(e *ledger.Entry) error {
	n, head, err := o.LedgerHead()
	if err != nil {
		return err
	}
	e.N, e.At, e.Employee = n+1, o.At, o.Actor.ID
	if err := e.Seal(head); err != nil {
		return err
	}
	o.wrote = true
	return o.AppendEntry(e)
}

// ChangeOrRefuse is change for operations whose refusal leaves something
// behind, an entry in the trail or a code that is void from now on: what
// fn stored is kept although the caller is told "refused".
func (d *Desk) ChangeOrRefuse(ctx context.Context, a pos.Actor, need pos.Right, fn func(*Op) (refused, err error)) error {
	if g := d.Missing(); g != nil {
		return GapError(g)
	}
	return d.TendOrRefuse(ctx, a, need, fn)
}

// TendOrRefuse is ChangeOrRefuse for what is no trade, see Tend.
func (d *Desk) TendOrRefuse(ctx context.Context, a pos.Actor, need pos.Right, fn func(*Op) (refused, err error)) error {
	var refused error
	err := d.Tend(ctx, a, need, func(o *Op) (err error) {
		refused, err = fn(o)
		o.grant.kept = o.grant.kept || refused != nil // what was refused needed no approval
		return err
	})
	if err != nil {
		return err
	}
	return d.Told(refused)
}
