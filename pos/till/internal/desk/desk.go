// Package desk is what every operation of a till has in common: it asks the
// right, spends an approval, opens the transaction, and writes the audit record,
// the journal entry and the outbox row. The rooms of the till stand on it and
// add what they are about.
package desk

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/exchange"
	"kassa/pos/history"
	"kassa/pos/integration"
	"kassa/pos/seal"
	"kassa/pos/till/store"
)

// Desk runs the operations of one till over its store, one after another. It is
// safe for use by several goroutines.
type Desk struct {
	Params
	Seals    *seal.Key // nil where the pepper is not the till's
	mu       sync.Mutex
	waiting  atomic.Int32 // operations that want mu; a long import ends its batch for them
	newKeys  []func(*Op) error
	outside  func(*Op) error
	time     timeline
	onGap    []func(*Op, time.Duration) error
	changes  map[exchange.ChangeKind][]func(*Op, *exchange.Change) error
	refusals map[pos.EventKind][]func(*Op, *pos.OutboxMessage) error
}

// New makes a desk. It panics when a required parameter is missing.
func New(p Params) *Desk {
	if p.Store == nil || p.Clock == nil || p.IDs == nil || p.Sender == nil || p.Settings == nil || len(p.Pepper) < 32 {
		panic("till: a required parameter is missing")
	}
	if p.Log == nil {
		p.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	if p.HashCost.MemoryKiB == 0 {
		p.HashCost = HashCost{MemoryKiB: 19 * 1024, Passes: 2}
	}
	d := &Desk{Params: p}
	if !p.Keyless {
		d.Seals = seal.NewKey(p.Pepper)
	}
	p.Store.SealWith(d.Seals) // none looks at nothing
	return d
}

// Settings are the current ones.
func (d *Desk) Settings() pos.Settings { return d.Params.Settings() }

// NewID makes an id that nothing has yet.
func (d *Desk) NewID() string { return d.IDs.NewID() }

// Forgot ends an erasure once it is stored. What cannot be overwritten now is when
// the data is opened next.
func (d *Desk) Forgot(ctx context.Context, cards []pos.CustomerID) {
	if d.Forgotten != nil && len(cards) > 0 {
		d.Forgotten(cards)
	}
	if err := d.Store.Wipe(context.WithoutCancel(ctx)); err != nil {
		d.Log.Warn("what was erased is not overwritten yet", "error", err)
	}
}

// Room is the desk as one room of the till sees it: the operations are wrapped
// in the room's own, which knows what is done there.
type Room[O any] struct {
	*Desk
	wrap  func(*Op) O
	tends bool // what is done here is no trade: it goes on while the till may not sell
}

// In makes a room at the desk.
func In[O any](d *Desk, wrap func(*Op) O) Room[O] { return Room[O]{Desk: d, wrap: wrap} }

// Tending makes a room whose operations look after the till itself and are done
// also while it may not trade.
func Tending[O any](d *Desk, wrap func(*Op) O) Room[O] {
	return Room[O]{Desk: d, wrap: wrap, tends: true}
}

// Change is Desk.Change for the room's operation.
func (r Room[O]) Change(ctx context.Context, a pos.Actor, need pos.Right, fn func(O) error) error {
	if r.tends {
		return r.Tend(ctx, a, need, fn)
	}
	return r.Desk.Change(ctx, a, need, func(o *Op) error { return fn(r.wrap(o)) })
}

// Tend is Desk.Tend for the room's operation.
func (r Room[O]) Tend(ctx context.Context, a pos.Actor, need pos.Right, fn func(O) error) error {
	return r.Desk.Tend(ctx, a, need, func(o *Op) error { return fn(r.wrap(o)) })
}

// ChangeOrRefuse is Desk.ChangeOrRefuse for the room's operation.
func (r Room[O]) ChangeOrRefuse(ctx context.Context, a pos.Actor, need pos.Right, fn func(O) (refused, err error)) error {
	do := r.Desk.ChangeOrRefuse
	if r.tends {
		do = r.Desk.TendOrRefuse
	}
	return do(ctx, a, need, func(o *Op) (refused, err error) { return fn(r.wrap(o)) })
}

// Look is Desk.Look for the room's operation.
func (r Room[O]) Look(ctx context.Context, a pos.Actor, need pos.Right, fn func(O) error) error {
	return r.Desk.Look(ctx, a, need, func(o *Op) error { return fn(r.wrap(o)) })
}

// Peek is Desk.Peek for the room's operation.
func (r Room[O]) Peek(ctx context.Context, a pos.Actor, need pos.Right, fn func(O) error) error {
	return r.Desk.Peek(ctx, a, need, func(o *Op) error { return fn(r.wrap(o)) })
}

// Clock tells the time; tests own it. One that is a Runner too also tells how
// long the computer runs, so that the till finds out when somebody sets the clock.
type Clock interface{ Now() time.Time }

// IDs makes UUIDv7 texts; tests own it.
type IDs interface{ NewID() string }

// CodeSender brings codes to customers.
type CodeSender interface {
	// Route tells who serves a way now, and who makes its codes. It answers at
	// once, from the settings.
	Route(by integration.Way) confirm.Route

	// SendCode brings one code, or has the provider make and bring one where the
	// delivery holds none. It returns when the provider answered or ctx ended, and
	// never retries once the request may have left. When the settings have changed
	// who makes the code, it sends nothing.
	SendCode(ctx context.Context, d confirm.Delivery) confirm.Result
}

// Params are what a till stands on. Log, HashCost and ShiftClosed may be zero;
// New panics without any of the others.
type Params struct {
	Store    store.Store
	Clock    Clock
	IDs      IDs
	Sender   CodeSender
	Settings func() pos.Settings // the current ones; called for each operation
	Pepper   []byte              // 32 secret bytes kept outside the database
	// Keyless says that the data was kept under another secret than Pepper:
	// nothing that stands under it can be judged, and nobody can log in.
	Keyless bool
	Log     *slog.Logger
	// HashCost lowers the cost of PIN and code hashes in tests; zero is the
	// cost of the policy.
	HashCost HashCost
	// ShiftClosed hears of a closed shift after it was stored, for the backup
	// that belongs to it; it returns at once. Optional.
	ShiftClosed func(pos.ShiftReport)
	// Gap tells what is missing of the history, nil for nothing: while something
	// is, nothing is traded. Optional.
	Gap func() *history.Gap
	// Witnesses are what others remember of the history, whole is true for a
	// self-check that takes its time. Optional.
	Witnesses func(whole bool) []history.Witness
	// OnTold hears that something more waits for the backend, after that was stored;
	// it returns at once. Optional.
	OnTold func()
	// Forgotten hears of the cards of a customer who was made anonymous, after
	// that was stored, to remember them outside the data: a copy of before may come
	// back. Optional.
	Forgotten func([]pos.CustomerID)
}

// Missing is what is missing of the history, nil for nothing.
func (d *Desk) Missing() *history.Gap {
	if d.Gap == nil {
		return nil
	}
	return d.Gap()
}

// GapError refuses to trade while something is missing of the history: CodeConflict.
func GapError(g *history.Gap) error { return pos.E(pos.CodeConflict, g.ID(), g.Args()) }

// Known is what others remember of the history. It is asked before the history is
// read: what they hear of it meanwhile would be ahead of what was read.
func (d *Desk) Known(whole bool) []history.Witness {
	if d.Witnesses == nil {
		return nil
	}
	return d.Witnesses(whole)
}

// HashCost are argon2id parameters. Zero values mean the policy's: 19 MiB, two
// passes, one lane.
type HashCost struct {
	MemoryKiB, Passes uint32
}
