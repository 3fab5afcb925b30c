package manual

import (
	"context"
	"time"

	"kassa/backend/internal/desk"
	"kassa/backend/jobs"
	"kassa/backend/store"
	"kassa/pos"
	pay "kassa/pos/manual"
)

// AddProof attaches a file to an order: once, whatever is sent again. What is kept of
// it is pay.CleanProof's. Whoever may not is refused before anybody looks into the
// file.
func (m *Manual) AddProof(ctx context.Context, from From, order string, in pay.AskProof, raw []byte) (*pay.Order, error) {
	if err := in.Check(); err != nil {
		return nil, err
	}
	asked := struct {
		pay.AskProof
		Sent string `json:"sent"`
	}{in, pay.Digest(raw)}
	const what = "proof"
	var told *pay.Order
	err := m.desk.Look(ctx, func(o *desk.Op) (err error) {
		now, err := o.Order(order)
		if err != nil {
			return err
		}
		told, err = m.within(o, from, in.ID, what, order, asked, func(a *asking) (*pay.Order, error) { return a.before(now) })
		if told != nil || err != nil {
			return err
		}
		return now.DemandAttach(from.By, &from.Rights)
	})
	if told != nil || err != nil {
		return told, err
	}
	file, kind, err := m.clean(ctx, raw)
	if err != nil {
		return nil, err
	}
	p := pay.Proof{ID: in.ID, Kind: kind, Size: int64(len(file)), Digest: pay.Digest(file)}
	return m.ask(ctx, from, in.ID, what, order, asked, func(a *asking) (*pay.Order, error) {
		return a.with(order, func(o *pay.Order) ([]*pay.Event, error) {
			event, err := o.Attach(&in, &p, a.from.By, &a.from.Rights, a.At)
			if err != nil {
				return nil, err
			}
			added, err := a.AddProof(&store.Proof{ID: p.ID, Order: order, Digest: p.Digest, At: a.At, File: file})
			if err == nil && !added { // by another till, or of another order
				err = pos.E(pos.CodeConflict, "manual.request-taken", nil)
			}
			return []*pay.Event{event}, err
		})
	})
}

// clean reads one file at a time: the pixels of a picture take many times the room of
// its file.
func (m *Manual) clean(ctx context.Context, raw []byte) ([]byte, pay.ProofKind, error) {
	select {
	case m.cleaning <- struct{}{}:
		defer func() { <-m.cleaning }()
	case <-ctx.Done():
		return nil, "", ctx.Err()
	}
	return pay.CleanProof(raw)
}

// Proofs lists the proofs of an order, the oldest first. CodeNotFound
// "manual.order-unknown". It ends no order whose time ran out: whoever brings orders
// from another backend asks this first, and what stands open here may have been decided
// there.
func (m *Manual) Proofs(ctx context.Context, order string) (all []pay.Attached, err error) {
	err = m.desk.Look(ctx, func(o *desk.Op) error {
		k, err := kept(o, order)
		if err == nil {
			all = k.Attached()
		}
		return err
	})
	return all, err
}

// Proof is the file of a proof of an order. CodeNotFound "manual.proof-unknown", or
// "manual.proof-gone" for one that was taken away; CodeInternal "manual.proof-hurt"
// for one that is not what was attached.
func (m *Manual) Proof(ctx context.Context, order, id string) (out pay.Proof, file []byte, err error) {
	err = m.desk.Look(ctx, func(o *desk.Op) error {
		k, err := kept(o, order)
		if err != nil {
			return err
		}
		for _, p := range k.Attached() {
			if p.ID != id {
				continue
			}
			got, err := o.Proof(id)
			switch {
			case err != nil:
				return err
			case got.Gone:
				return pos.E(pos.CodeNotFound, "manual.proof-gone", nil)
			case got.Order != order || pay.Digest(got.File) != p.Digest:
				return pos.E(pos.CodeInternal, "manual.proof-hurt", nil)
			}
			out, file = p.Proof, got.File
			return nil
		}
		return pos.E(pos.CodeNotFound, "manual.proof-unknown", nil)
	})
	return out, file, err
}

// TakeProof takes the file of a proof another backend kept, before the order it
// belongs to: so no order ever is here without its proofs. The same again is no
// change. CodeLimit "manual.proofs-loose" for a till that brings files and no orders;
// what no order followed within a day is swept.
func (m *Manual) TakeProof(ctx context.Context, till, order string, p pay.Proof, file []byte) error {
	if err := p.CheckKept(file); err != nil {
		return err
	}
	return m.desk.Change(ctx, func(o *desk.Op) error {
		now, err := o.Order(order)
		switch {
		case err == nil && now.Till != till:
			return pos.E(pos.CodeConflict, "manual.request-taken", nil)
		case err != nil && pos.CodeOf(err) != pos.CodeNotFound:
			return err
		}
		here, err := o.Proofs(order)
		if err != nil {
			return err
		}
		for i := range here {
			if here[i].ID == p.ID && here[i].Digest == p.Digest {
				return nil
			}
		}
		if len(here) >= pay.MostProofs {
			return pos.E(pos.CodeLimit, "manual.proofs-many", pos.Args{"Most": pay.MostProofs})
		}
		p := store.Proof{ID: p.ID, Order: order, Digest: p.Digest, At: o.At, File: file}
		if now == nil {
			if err := m.loosen(o, &p, till); err != nil {
				return err
			}
		}
		added, err := o.AddProof(&p)
		if err == nil && !added {
			err = pos.E(pos.CodeConflict, "manual.request-taken", nil)
		}
		return err
	})
}

// sweepJob is the kind of the job that sweeps files no order followed; its key is the
// hour they were brought in, so that what is brought while one runs has another.
const sweepJob = "proof.sweep"

// looseFor is how long the file of a proof waits for its order: a till brings that
// at once, or begins anew after whatever was in its way.
const looseFor = 24 * time.Hour

// sweeping is what the job is about: nothing but when it is done.
type sweeping struct{}

// loosen says of a file that its order is not here yet.
func (m *Manual) loosen(o *desk.Op, p *store.Proof, till string) error {
	n, err := o.LooseProofs(till)
	if err != nil {
		return err
	}
	if n >= pay.MostLoose {
		return pos.E(pos.CodeLimit, "manual.proofs-loose", pos.Args{"Most": pay.MostLoose})
	}
	p.Loose = till
	return m.sweepAfter(o)
}

// sweepAfter adds the job that sweeps what is brought now.
func (m *Manual) sweepAfter(o *desk.Op) error {
	hour := o.At.Truncate(time.Hour)
	_, err := m.sweeper.Add(o, hour.Format(time.RFC3339), hour.Add(time.Hour+looseFor), sweeping{})
	return err
}

// sweep removes files no order followed.
func (m *Manual) sweep(ctx context.Context, _ jobs.Job, _ sweeping) error {
	return m.desk.Change(ctx, func(o *desk.Op) error { _, err := o.SweepProofs(o.At.Add(-looseFor)); return err })
}

// sweepLater sees to it that files a program before brought are swept too.
func (m *Manual) sweepLater(ctx context.Context) error {
	var n int64
	err := m.desk.Look(ctx, func(o *desk.Op) (err error) { n, err = o.LooseProofs(""); return err })
	if err != nil || n == 0 {
		return err
	}
	return m.desk.Change(ctx, m.sweepAfter)
}

// takeProofs sees to it that the files of what is new of an order are here.
func takeProofs(o *desk.Op, in *pay.Kept) error {
	if in.Proofs == 0 {
		return nil
	}
	if err := o.TieProofs(in.ID); err != nil { // first, so that nobody sweeps what is looked at
		return err
	}
	here, err := o.Proofs(in.ID)
	if err != nil {
		return err
	}
	digests := map[string]string{}
	for i := range here {
		digests[here[i].ID] = here[i].Digest
	}
	for _, p := range in.Attached() {
		if p.Gone && digests[p.ID] == "" {
			added, err := o.AddProof(&store.Proof{ID: p.ID, Order: in.ID, Digest: p.Digest, At: o.At, Gone: true})
			if err != nil {
				return err
			}
			if added {
				digests[p.ID] = p.Digest
			}
		}
		if digests[p.ID] != p.Digest {
			return pos.E(pos.CodeInvalid, "manual.brought", pos.Args{"Order": in.ID, "What": pay.FaultProof})
		}
	}
	return nil
}

// verifyProofs looks whether the files of an order's proofs are what was attached.
func verifyProofs(o *desk.Op, k *pay.Kept) (faults []pay.Fault, err error) {
	for _, p := range k.Attached() {
		got, err := o.Proof(p.ID)
		if err != nil && pos.CodeOf(err) != pos.CodeNotFound {
			return nil, err
		}
		if got == nil || got.Order != k.ID || got.Digest != p.Digest || got.Gone && len(got.File) > 0 || !got.Gone && pay.Digest(got.File) != p.Digest {
			faults = append(faults, pay.Fault{Order: k.ID, What: pay.FaultProof, Where: p.ID})
		}
	}
	return faults, nil
}
