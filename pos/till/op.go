package till

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"time"

	"kassa/pos"
	"kassa/pos/ledger"
)

// Till is one cash register over its store. It is safe for use by several
// goroutines; operations run one after another.
type Till struct {
	Params
	mu sync.Mutex
}

// New makes a till. It panics when a required parameter is missing.
func New(p Params) *Till {
	if p.Store == nil || p.Clock == nil || p.IDs == nil || p.Sender == nil || p.Settings == nil || len(p.Pepper) < 32 {
		panic("till: a required parameter is missing")
	}
	if p.Log == nil {
		p.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	if p.HashCost.MemoryKiB == 0 {
		p.HashCost = HashCost{MemoryKiB: 19 * 1024, Passes: 2}
	}
	return &Till{Params: p}
}

// op is one operation in progress: one actor, one time, one transaction.
type op struct {
	Tx
	t     *Till
	actor pos.Actor
	at    time.Time
	set   pos.Settings
}

// change runs fn as one operation that may write, after asking the right (""
// asks none). A refusal for want of the right is itself recorded, in a
// transaction of its own since the operation's is undone.
func (t *Till) change(ctx context.Context, a pos.Actor, need pos.Right, fn func(*op) error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	at, set := t.Clock.Now(), t.Params.Settings()
	err := t.Store.Update(ctx, func(tx Tx) error {
		o := &op{Tx: tx, t: t, actor: a, at: at, set: set}
		if err := o.demand(need); err != nil {
			return err
		}
		return fn(o)
	})
	if e := (*pos.Error)(nil); errors.As(err, &e) && e.ID == forbiddenID {
		t.noteRefusal(ctx, a, at, set, e)
	}
	return t.told(err)
}

// look runs fn as one operation that only reads, after asking the right.
func (t *Till) look(ctx context.Context, a pos.Actor, need pos.Right, fn func(*op) error) error {
	at, set := t.Clock.Now(), t.Params.Settings()
	err := t.Store.View(ctx, func(tx Tx) error {
		o := &op{Tx: tx, t: t, actor: a, at: at, set: set}
		if err := o.demand(need); err != nil {
			return err
		}
		return fn(o)
	})
	if e := (*pos.Error)(nil); errors.As(err, &e) && e.ID == forbiddenID {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.noteRefusal(ctx, a, at, set, e)
	}
	return t.told(err)
}

// told turns an unknown error into one a person can be shown, and logs it.
func (t *Till) told(err error) error {
	if err == nil {
		return nil
	}
	var e *pos.Error
	if errors.As(err, &e) {
		if e.Code == pos.CodeInternal || e.Code == pos.CodeUnavailable {
			t.Log.Error("operation failed", "error", err)
		}
		return e
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return pos.Wrap(pos.CodeUnavailable, "till.interrupted", err)
	}
	t.Log.Error("operation failed", "error", err)
	return pos.Wrap(pos.CodeInternal, "till.internal", err)
}

const forbiddenID = "till.forbidden"

// demand asks the stored group for the right, so that a right taken away takes
// effect at once. The refusal names the right.
func (o *op) demand(need pos.Right) error {
	if need == "" || systemMay(o.actor, need) {
		return nil
	}
	e, err := o.Employee(o.actor.ID)
	if pos.CodeOf(err) == pos.CodeNotFound || (err == nil && e.Archived) {
		return pos.E(pos.CodeForbidden, "till.not-logged-in", nil)
	}
	if err != nil {
		return err
	}
	g, err := o.Group(e.Group)
	if err != nil {
		return err
	}
	if !g.Has(need) {
		return pos.E(pos.CodeForbidden, forbiddenID, pos.Args{"Right": need})
	}
	return nil
}

func (t *Till) noteRefusal(ctx context.Context, a pos.Actor, at time.Time, set pos.Settings, e *pos.Error) {
	right, _ := e.Args["Right"].(pos.Right)
	err := t.Store.Update(ctx, func(tx Tx) error {
		o := &op{Tx: tx, t: t, actor: a, at: at, set: set}
		return o.note(pos.EventForbidden, "", map[string]string{"right": string(right)})
	})
	if err != nil {
		t.Log.Error("refusal not recorded", "right", right, "error", err)
	}
}

// note appends to the audit trail.
func (o *op) note(k pos.EventKind, subject string, detail map[string]string) error {
	n, head, err := o.AuditHead()
	if err != nil {
		return err
	}
	ev := &pos.Event{N: n + 1, At: o.at, Kind: k, Employee: o.actor.ID, Subject: subject, Detail: detail}
	ev.Seal(head)
	return o.AppendEvent(ev)
}

// book appends a balanced entry to the journal.
func (o *op) book(e *ledger.Entry) error {
	n, head, err := o.LedgerHead()
	if err != nil {
		return err
	}
	e.N, e.At, e.Employee = n+1, o.at, o.actor.ID
	if err := e.Seal(head); err != nil {
		return err
	}
	return o.AppendEntry(e)
}

// Settings are the current ones.
func (t *Till) Settings() pos.Settings { return t.Params.Settings() }
