// Package queue is what waits at the till for the backend behind it: what goes
// next, what became of it, and what somebody does about it. It sends nothing
// itself.
//
// Its Till is the till as this room sees it; package till joins the rooms into one.
package queue

import (
	"context"
	"errors"
	"strconv"
	"sync/atomic"
	"time"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/till/internal/desk"
)

// Till is the till as the queue sees it.
type Till struct {
	desk  desk.Room[*op]
	fresh atomic.Pointer[confirmed] // nil until a backend was read to its end
}

// New makes the room at a desk.
func New(d *desk.Desk) *Till {
	t := &Till{}
	t.desk = desk.Tending(d, func(o *desk.Op) *op { return &op{Op: o} })
	return t
}

// op is one operation here.
type op struct{ *desk.Op }

// What the store's meta holds of the exchange.
const (
	metaServer = "queue.server" // address of the backend; "" for the one carried in the till
	metaPaused = "queue.paused" // "1" while nothing is to be sent
	metaFrom   = "queue.from"   // Seq above which the backend of now knows of what was acknowledged; "" for 0
)

// Outgoing is what goes to the backend next.
type Outgoing struct {
	exchange.Batch
	Server string // address of the backend it goes to; "" for the one carried in the till
	Cursor string // how far its feed of changes was taken
	More   int64  // wait beyond these
	Aside  int64  // are put aside
	Paused bool   // then Commands is empty
	Soon   bool   // somebody at a counter waits for what others decide
}

// NextBatch is what goes next: as many commands as fit, in the order of their Seq,
// none behind one that was put aside. It reads only.
func (t *Till) NextBatch(ctx context.Context) (out Outgoing, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *op) error {
		out = Outgoing{}
		if out.Server, err = o.Meta(metaServer); err != nil {
			return err
		}
		if out.Cursor, err = o.cursor(); err != nil {
			return err
		}
		paused, err := o.Meta(metaPaused)
		if err != nil {
			return err
		}
		counts, err := o.CountOutbox()
		if err != nil {
			return err
		}
		if out.Soon, err = o.soon(); err != nil {
			return err
		}
		out.More, out.Aside = counts.Waiting, counts.Aside
		if out.Paused = paused != ""; out.Paused {
			return nil
		}
		list, err := o.WaitingOutbox(0, exchange.MostCommands)
		if err != nil || len(list) == 0 {
			return err
		}
		if out.Head, err = o.head(); err != nil {
			return err
		}
		size := 0
		for i := range list {
			size += len(list[i].Payload)
			if i > 0 && size > exchange.MostBytes {
				break
			}
			out.Commands = append(out.Commands, exchange.Of(&list[i]))
		}
		out.More = max(counts.Waiting-int64(len(out.Commands)), 0)
		return nil
	})
	return out, err
}

// head is how far the till's chains have come.
func (o *op) head() (exchange.Head, error) {
	s, err := o.Standing()
	return exchange.Head{Till: s.Origin, Epoch: s.Epoch, Events: s.Events, Trail: s.Head, Entries: s.Entries, Journal: s.Journal}, err
}

// ExchangeHead is the till's head now.
func (t *Till) ExchangeHead(ctx context.Context) (h exchange.Head, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *op) error { h, err = o.head(); return err })
	return h, err
}

// SettleBatch stores what became of a batch: what is done is acknowledged, what
// cannot be taken was tried once more and is put aside at the last try, and what
// is taken by other content, or was asked for and refused, is put aside at once,
// since no try mends that. It tells how many are answered for good.
func (t *Till) SettleBatch(ctx context.Context, answers []exchange.Answer) (done int, err error) {
	err = t.desk.Tend(ctx, pos.Actor{}, "", func(o *op) error {
		done = 0
		for i := range answers {
			acked, err := o.settle(&answers[i])
			if err != nil {
				return err
			}
			if acked {
				done++
			}
		}
		return nil
	})
	return done, err
}

func (o *op) settle(a *exchange.Answer) (done bool, err error) {
	switch {
	case a.Verdict.Done():
		_, err = o.AcknowledgeOutbox(a.ID, o.At)
		return true, err
	case a.Problem != nil && a.Problem.ID == exchange.IDBehind:
		return false, nil // what stands before it is not taken: it was not tried itself
	}
	tries, err := o.TryOutbox(a.ID, o.At, a.Problem)
	if err != nil || tries == 0 {
		return false, err
	}
	final := a.Verdict == exchange.Conflict || a.Verdict == exchange.Denied
	if tries < pos.OutboxTries && !final {
		return false, nil
	}
	if _, err := o.PutOutboxAside(a.ID, o.At, ""); err != nil {
		return false, err
	}
	if final {
		if err := o.Refused(a.ID); err != nil {
			return false, err
		}
	}
	return final, o.Note(pos.EventQueueAside, a.ID, map[string]string{"why": a.Problem.ID, "tries": strconv.Itoa(tries)})
}

// Acknowledged counts what the backend must have of the till, for each epoch.
func (t *Till) Acknowledged(ctx context.Context) (all []exchange.Span, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *op) error {
		from, err := o.number(metaFrom)
		if err != nil {
			return err
		}
		all, err = o.SpansAcknowledged(from)
		return err
	})
	return desk.OrNone(all, err)
}

// lostPage is how many acknowledged messages are looked at in one operation.
const lostPage = 1000

// TakeBackLost compares a stretch of what was acknowledged with what a backend
// says it holds, and lets wait again what it lost. It begins after a Seq and
// returns the Seq it came to, 0 at the end; held tells whether the backend has an
// id.
func (t *Till) TakeBackLost(ctx context.Context, after int64, held func(id string) bool) (next int64, lost int, err error) {
	err = t.desk.Tend(ctx, pos.Actor{}, "", func(o *op) error {
		next, lost = 0, 0
		from, err := o.number(metaFrom)
		if err != nil {
			return err
		}
		list, err := o.AcknowledgedOutbox(max(after, from), lostPage)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, m := range list {
			if held(m.ID) {
				continue
			}
			if _, err := o.TakeOutboxBack(m.ID, o.At); err != nil {
				return err
			}
			lost++
		}
		next = list[len(list)-1].Seq
		if lost == 0 {
			return nil
		}
		return o.Note(pos.EventQueueLost, "", map[string]string{"count": strconv.Itoa(lost), "to": strconv.FormatInt(next, 10)})
	})
	return next, lost, err
}

// TurnTo lets the till tell another backend from now on, by its address, "" for the
// one carried in the till. What was acknowledged happened before it, but for what
// happened since a day, which is told it again; zero brings no history. It is one
// transaction: before it the till is wholly with the one, after it with the other.
// It needs RightSettings.
func (t *Till) TurnTo(ctx context.Context, a pos.Actor, server string, since time.Time) (again int64, err error) {
	err = t.desk.Tend(ctx, a, pos.RightSettings, func(o *op) error {
		var err error
		if again = 0; !since.IsZero() {
			if again, err = o.TakeOutboxBackSince(since, o.At); err != nil {
				return err
			}
		}
		from, err := o.fromFor(server)
		if err != nil {
			return err
		}
		if err := o.Note(pos.EventQueueTurned, "", map[string]string{"server": server, "again": strconv.FormatInt(again, 10)}); err != nil {
			return err
		}
		return errors.Join(o.forgetMirror(), o.handoverTo(server), o.PutMeta(metaFrom, strconv.FormatInt(from, 10)), o.PutMeta(metaServer, server))
	})
	return again, err
}

// fromFor is the Seq above which a backend knows of what is acknowledged, once the till
// turned to it: it will be told what waits, and lose that like anything else. One that
// is joined again knows of what it knew before.
func (o *op) fromFor(server string) (int64, error) {
	from, err := o.OutboxSeq()
	if err != nil {
		return 0, err
	}
	oldest, err := o.OutboxPage(0, 1)
	if err != nil {
		return 0, err
	}
	if len(oldest) > 0 {
		from = oldest[0].Seq - 1
	}
	before, err := o.Meta(metaServer)
	if err != nil || before != server {
		return from, err
	}
	had, err := o.number(metaFrom)
	return min(from, had), err
}

// Server is the address of the backend behind the till, "" for the one carried in
// it.
func (t *Till) Server(ctx context.Context) (server string, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *op) error { server, err = o.Meta(metaServer); return err })
	return server, err
}
