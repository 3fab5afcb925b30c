package till

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/offers"
)

// Till is one cash register over its store. It is safe for use by several
// goroutines; operations run one after another.
type Till struct {
	Params
	mu      sync.Mutex
	waiting atomic.Int32 // operations that want mu; a long import ends its batch for them

	promotions *[]offers.Promotion // that are on; nil until they are read. Guarded by mu
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
	t       *Till
	actor   pos.Actor
	at      time.Time
	set     pos.Settings
	grant   grant
	shelves map[string]string // spelling of each category by its folded name, once somebody asked
}

// change runs fn as one operation that may write, after asking the right (""
// asks none). A refusal for want of the right is itself recorded, in a
// transaction of its own since the operation's is undone.
func (t *Till) change(ctx context.Context, a pos.Actor, need pos.Right, fn func(*op) error) error {
	t.waiting.Add(1)
	t.mu.Lock()
	t.waiting.Add(-1)
	defer t.mu.Unlock()
	at, set := t.Clock.Now(), t.Params.Settings()
	err := t.Store.Update(ctx, func(tx Tx) error {
		o := &op{Tx: tx, t: t, actor: a, at: at, set: set, grant: grant{carried: carried(ctx)}}
		if err := o.allowed(need, fn); err != nil {
			return err
		}
		return o.useApprovals()
	})
	if e, ok := refusal(err); ok {
		t.noteRefusal(ctx, a, at, set, e)
	}
	return t.told(err)
}

// look runs fn as one operation that only reads, after asking the right. An
// approval it needed is used up before anything is told.
func (t *Till) look(ctx context.Context, a pos.Actor, need pos.Right, fn func(*op) error) error {
	return t.read(ctx, a, need, true, fn)
}

// peek is look for the first half of an operation: an approval it needs stays
// for the half that writes.
func (t *Till) peek(ctx context.Context, a pos.Actor, need pos.Right, fn func(*op) error) error {
	return t.read(ctx, a, need, false, fn)
}

func (t *Till) read(ctx context.Context, a pos.Actor, need pos.Right, use bool, fn func(*op) error) error {
	at, set := t.Clock.Now(), t.Params.Settings()
	var used []*pos.Approval
	err := t.Store.View(ctx, func(tx Tx) error {
		o := &op{Tx: tx, t: t, actor: a, at: at, set: set, grant: grant{carried: carried(ctx)}}
		err := o.allowed(need, fn)
		used = o.grant.used
		return err
	})
	if err == nil && use && len(used) > 0 {
		t.mu.Lock()
		defer t.mu.Unlock()
		err = t.Store.Update(ctx, func(tx Tx) error {
			o := &op{Tx: tx, t: t, actor: a, at: at, set: set, grant: grant{used: used}}
			return o.useApprovals()
		})
	} else if e, ok := refusal(err); ok {
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

// note appends to the audit trail.
func (o *op) note(k pos.EventKind, subject string, detail map[string]string) error {
	n, head, err := o.AuditHead()
	if err != nil {
		return err
	}
	ev := &pos.Event{N: n + 1, At: o.at, Kind: k, Employee: o.actor.ID, Subject: subject, Detail: o.approvedBy(subject, detail)}
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
