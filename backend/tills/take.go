package tills

import (
	"context"
	"encoding/json"
	"strings"

	"kassa/backend/internal/desk"
	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/pan"
	"kassa/pos/wire"
)

// Take receives a batch from a till and answers each command; one that cannot be
// taken stops none of the others. Facts are taken in one transaction, and after them
// each request in one of its own, so that none waits for what another one holds; a
// batch that was cut in between is sent again, and nothing of it is done twice.
// waiting is how many more wait at the till. It returns CodeForbidden "backend.wrong-till" for the batch of
// another till, CodeConflict "backend.drift.<drift>" for one whose data went
// backwards, which opens a case, and CodeLimit for a batch that is too long.
func (t *Tills) Take(ctx context.Context, till string, b exchange.Batch, waiting int64) (exchange.Reply, error) {
	if b.Head.Till != till {
		return exchange.Reply{}, pos.E(pos.CodeForbidden, "backend.wrong-till", nil)
	}
	if len(b.Commands) > exchange.MostCommands {
		return exchange.Reply{}, pos.E(pos.CodeLimit, "backend.batch-long", pos.Args{"Most": exchange.MostCommands})
	}
	looked := lookAt(&b)
	var reply exchange.Reply
	var requests []int // places of what is asked, which is looked at after
	err := t.desk.ChangeOrRefuse(ctx, func(o *desk.Op) (refused, err error) {
		known, err := o.TillAlone(till)
		if err != nil {
			return nil, err
		}
		if drift := b.Head.Since(&known.Head); drift != "" {
			return pos.E(pos.CodeConflict, "backend.drift."+string(drift), nil), openDrift(o, known, &b.Head, drift)
		}
		in := taking{Op: o, till: till, heard: t.heard}
		if reply.Answers, requests, err = in.all(b, looked); err != nil {
			return nil, err
		}
		known.Head, known.Seen, known.Queue = b.Head, o.At, waiting
		if err := o.PutTill(known); err != nil {
			return nil, err
		}
		after, err := o.Till(till)
		if err != nil {
			return nil, err
		}
		reply.Held = after.Held
		return nil, nil
	})
	for _, i := range requests {
		if err == nil {
			reply.Answers[i], err = t.carryOut(ctx, till, &b.Commands[i], &reply.Held)
		}
	}
	if err != nil {
		return exchange.Reply{}, err
	}
	return reply, nil
}

// taking is a batch being taken.
type taking struct {
	*desk.Op
	till  string
	heard Facts
}

// looked is a command as it was looked at by itself, before anything is asked of the
// database: while one till's batch is read another's is written.
type looked struct {
	unfit   *pos.Error // why it cannot be taken, nil for nothing
	digest  string
	payload wire.Payload // of a fact
	unread  error        // why nobody here can read it
}

func lookAt(b *exchange.Batch) []looked {
	all := make([]looked, len(b.Commands))
	for i := range b.Commands {
		c, l := &b.Commands[i], &all[i]
		if l.unfit = unfit(c, b.Head.Epoch); l.unfit != nil {
			continue
		}
		l.digest = c.Digest()
		if !c.Kind.Asks() {
			l.payload, l.unread = wire.Decode(c.Message())
		}
		// What could be read is JSON: looking through it once more would cost as much
		// as writing it.
		if (c.Kind.Asks() || l.unread != nil) && !json.Valid(c.Body) {
			l.unfit = badField("body")
		}
	}
	return all
}

// all takes the facts of a batch and answers the commands in their order; requests
// are the places of those that are still to be answered.
func (in taking) all(b exchange.Batch, looked []looked) (answers []exchange.Answer, requests []int, err error) {
	answers = make([]exchange.Answer, len(b.Commands))
	var fit []store.Message
	var at []int                 // their places in the batch
	stopped := map[string]bool{} // objects of which something was rejected
	for i := range b.Commands {
		c := &b.Commands[i]
		answers[i] = exchange.Answer{ID: c.ID, Verdict: exchange.Applied}
		err := looked[i].unfit
		if stopped[c.Object] {
			err = pos.E(pos.CodeConflict, exchange.IDBehind, nil)
		}
		if err != nil {
			stopped[c.Object] = true
			answers[i].Verdict, answers[i].Problem = exchange.Rejected, err
			continue
		}
		if c.Kind.Asks() {
			requests = append(requests, i)
			continue
		}
		fit = append(fit, in.message(c, looked[i].digest))
		at = append(at, i)
	}
	put, err := in.PutMessages(in.till, in.keepable(fit))
	if err != nil {
		return nil, nil, err
	}
	for j, i := range at {
		if put[j] {
			if err := in.lookInto(&fit[j], &looked[i]); err != nil {
				return nil, nil, err
			}
			continue
		}
		if answers[i], err = in.taken(&fit[j]); err != nil {
			return nil, nil, err
		}
	}
	return answers, requests, nil
}

func (in taking) message(c *exchange.Command, digest string) store.Message {
	return store.Message{Command: *c, Till: in.till, Digest: digest, Received: in.At}
}

// keepable leaves the bodies out where the till is the one that carries the
// backend.
func (in taking) keepable(list []store.Message) []store.Message {
	if !in.Carried {
		return list
	}
	bare := make([]store.Message, len(list))
	for i, m := range list {
		m.Body = nil
		bare[i] = m
	}
	return bare
}

func badField(field string) *pos.Error {
	return pos.E(pos.CodeInvalid, "backend.command", pos.Args{"Field": field})
}

// unfit tells why a command cannot be taken, whoever looks at it and whatever its body
// says; nil for nothing.
func unfit(c *exchange.Command, epoch int64) *pos.Error {
	bad := badField
	switch {
	case c.ID == "" || len(c.ID) > 64 || pos.HasControl(c.ID):
		return bad("id")
	case c.Epoch < 1 || c.Epoch > epoch:
		return bad("epoch")
	case c.Seq < 1:
		return bad("seq")
	case c.Kind == "" || len(c.Kind) > 64 || pos.HasControl(string(c.Kind)):
		return bad("type")
	case c.Subject == "" || len(c.Subject) > 128 || pos.HasControl(c.Subject):
		return bad("subject")
	case len(c.Object) > 128 || pos.HasControl(c.Object):
		return bad("object")
	case c.At.IsZero():
		return bad("occurredAt")
	case len(c.Body) > exchange.MostAlone:
		return bad("body")
	case c.Kind.Asks():
		return named(c)
	}
	return nil
}

// named refuses a request that is named by the number of a card, or is about one: its
// names are kept whatever becomes of it.
func named(c *exchange.Command) *pos.Error {
	for _, name := range []string{c.ID, c.Subject, c.Object} {
		if masked, had := pan.Mask(name); had {
			return pos.E(pos.CodeInvalid, "text.card-number", pos.Args{"Text": masked})
		}
	}
	return nil
}

// lookInto opens a case for a fact nobody here can read: it is kept, and a later
// program will.
func (in taking) lookInto(m *store.Message, l *looked) error {
	if erased, ok := l.payload.(*wire.CustomerErased); ok {
		return in.forget(erased)
	}
	if l.unread == nil {
		return in.heard(in.Op, in.till, l.payload)
	}
	return in.OpenCase(&store.Case{ID: in.IDs.NewID(), Till: in.till, Kind: store.CaseUnread, About: m.ID, At: in.At,
		Detail: pos.Args{"kind": string(m.Kind), "seq": m.Seq, "epoch": m.Epoch}})
}

// taken answers a command whose id or place is taken: by itself, or by something
// else, which is kept apart and shown.
func (in taking) taken(m *store.Message) (exchange.Answer, error) {
	a := exchange.Answer{ID: m.ID, Verdict: exchange.Duplicate}
	there, err := in.MessageByID(m.ID)
	if err != nil {
		return a, err
	}
	why := "id"
	if there == nil {
		why = "place"
		if there, err = in.MessageAt(m.Till, m.Epoch, m.Seq); err != nil {
			return a, err
		}
	} else if there.Till == m.Till && there.Epoch == m.Epoch && there.Seq == m.Seq {
		same := there.Digest == m.Digest
		if !same {
			same, err = in.forgotten(there, m)
		}
		if err != nil || same {
			return a, err
		}
	}
	a.Verdict = exchange.Conflict
	a.Problem = pos.E(pos.CodeConflict, "backend.command-taken", pos.Args{"Epoch": m.Epoch, "Number": m.Seq})
	apart := *m
	if m.Kind.Asks() { // looked at by nobody, and not yet refused for what is in it
		apart.Body = cardless(m.Body)
	}
	if err := in.PutApart(&apart, why); err != nil {
		return a, err
	}
	detail := pos.Args{"why": why, "id": m.ID, "kind": string(m.Kind), "epoch": m.Epoch, "seq": m.Seq}
	if there != nil && there.Till == m.Till { // another till's is nobody's business here
		detail["with"] = there.ID
	}
	return a, in.OpenCase(&store.Case{ID: in.IDs.NewID(), Till: in.till, Kind: store.CaseConflict, About: m.ID, At: in.At, Detail: detail})
}

// Held lists what is held of a till after a place, by place, at most
// exchange.MostHeld: by it a till finds what the backend lost.
func (t *Tills) Held(ctx context.Context, till string, epoch, seq int64) (list []exchange.Command, err error) {
	err = t.desk.Look(ctx, func(o *desk.Op) error {
		list, err = o.HeldAfter(till, epoch, seq, exchange.MostHeld)
		return err
	})
	return list, err
}

// CountHeld counts what is held of a till within a stretch.
func (t *Tills) CountHeld(ctx context.Context, till string, s exchange.Span) (n int64, err error) {
	err = t.desk.Look(ctx, func(o *desk.Op) error { n, err = o.CountHeld(till, s); return err })
	return n, err
}

// Case is something odd that somebody should see.
type Case = store.Case

// mostCases is how many cases are listed.
const mostCases = 500

// ListCases lists the open cases, newest first.
func (t *Tills) ListCases(ctx context.Context) (all []Case, err error) {
	err = t.desk.Look(ctx, func(o *desk.Op) error { all, err = o.ListCases(true, mostCases); return err })
	return all, err
}

// SeeCase notes that somebody knows of a case; it stays open. CodeNotFound
// "backend.case-unknown" for one that is not open.
func (t *Tills) SeeCase(ctx context.Context, id, by string) error {
	return t.desk.Change(ctx, func(o *desk.Op) error {
		done, err := o.SeeCase(id, by, o.At)
		if err == nil && !done {
			err = pos.E(pos.CodeNotFound, "backend.case-unknown", nil)
		}
		return err
	})
}

// CloseCase notes that somebody saw to a case. CodeNotFound "backend.case-unknown"
// for one that is not open; CodeInvalid "backend.case-note" for a note that is too
// long, and "text.card-number" for one with the number of a card.
func (t *Tills) CloseCase(ctx context.Context, id, by, note string) error {
	note = strings.TrimSpace(note)
	if len([]rune(note)) > mostNote {
		return pos.E(pos.CodeInvalid, "backend.case-note", pos.Args{"Most": mostNote})
	}
	if masked, had := pan.Mask(note); had {
		return pos.E(pos.CodeInvalid, "text.card-number", pos.Args{"Text": masked})
	}
	return t.desk.Change(ctx, func(o *desk.Op) error {
		done, err := o.CloseCase(id, by, note, o.At)
		if err == nil && !done {
			err = pos.E(pos.CodeNotFound, "backend.case-unknown", nil)
		}
		return err
	})
}

// mostNote is how many runes a note at a case may have.
const mostNote = 1000

// openDrift opens the case of a till whose history went backwards.
func openDrift(o *desk.Op, known *Till, head *exchange.Head, drift exchange.Drift) error {
	return o.OpenCase(&store.Case{ID: o.IDs.NewID(), Till: known.ID, Kind: store.CaseDrift, About: string(drift), At: o.At,
		Detail: pos.Args{"epoch": head.Epoch, "events": head.Events, "entries": head.Entries,
			"known_epoch": known.Head.Epoch, "known_events": known.Head.Events, "known_entries": known.Head.Entries}})
}
