// Package manual is the backend's room of manual payments: merchants, offers,
// orders with their decisions and refunds, deadlines, and the books of it all. The
// rules are those of kassa/pos/manual, here called pay.
//
// Whatever changes an order holds that order's row, compares the version that was
// seen, and writes the order, what happened, what is booked and what was answered
// in one transaction. So of any race one wins, and a request that comes again is
// answered as it was.
package manual

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"sync"
	"time"

	"kassa/backend/internal/desk"
	"kassa/backend/jobs"
	"kassa/backend/store"
	"kassa/pos"
	pay "kassa/pos/manual"
)

// Manual is the room.
type Manual struct {
	desk     *desk.Desk
	cleaning chan struct{} // held by whoever reads a file somebody sent
	deadline *jobs.Adder[deadline]
	sweeper  *jobs.Adder[sweeping]

	mu      sync.Mutex
	last    reading       // of the clocks, when deadlines were looked at last
	paused  time.Duration // until when they are not, by the clock nobody can set
	doubted bool          // the clock could not be believed then
}

// New makes the room, whose deadlines are jobs.
func New(d *desk.Desk, j *jobs.Jobs) *Manual {
	m := &Manual{desk: d, cleaning: make(chan struct{}, 1)}
	m.deadline = jobs.Define(j, jobs.Kind[deadline]{Name: deadlineJob, Do: m.end})
	m.sweeper = jobs.Define(j, jobs.Kind[sweeping]{Name: sweepJob, Do: m.sweep})
	j.AtBegin(m.begin)
	j.AtBegin(m.sweepLater)
	j.EachMinute(m.watch)
	return m
}

// From says who asks: the till, somebody at it, and what they may do.
type From struct {
	Till   string
	By     pay.Person
	Rights pay.Rights
}

// PutMerchant makes a merchant, of version 0, or changes the version that was
// seen. Without an image it keeps the one it has, unless that is to go. The same once
// more is no change.
func (m *Manual) PutMerchant(ctx context.Context, from From, in pay.Merchant) (out *pay.Merchant, err error) {
	in.Normal()
	if err := from.Rights.DemandSetUp(); err != nil {
		return nil, err
	}
	if err := in.Check(); err != nil {
		return nil, err
	}
	if len(in.Image) > 0 {
		if in.Image, err = pay.CleanImage(in.Image); err != nil {
			return nil, err
		}
	}
	was, drop := in.Version, in.NoImage
	in.NoImage = false
	err = m.desk.Change(ctx, func(o *desk.Op) error {
		kept, err := o.Merchant(in.ID)
		if err != nil && pos.CodeOf(err) != pos.CodeNotFound {
			return err
		}
		want := in
		if kept != nil && len(want.Image) == 0 && !drop {
			want.Image = kept.Image
		}
		done, err := o.PutMerchant(&want, was)
		if err != nil {
			return err
		}
		if !done && (kept == nil || !sameJSON(kept, &want)) {
			return changed(kept != nil, "manual.merchant-unknown")
		}
		out = &want
		return nil
	})
	return out, err
}

// changed is the refusal of a change to what is not there, or not as it was seen.
func changed(there bool, unknown string) error {
	if !there {
		return pos.E(pos.CodeNotFound, unknown, nil)
	}
	return pos.E(pos.CodeConflict, "manual.record-changed", nil)
}

// sameJSON reports two values that would be told the same.
func sameJSON(a, b any) bool {
	left, err := json.Marshal(a)
	if err != nil {
		return false
	}
	right, err := json.Marshal(b)
	return err == nil && string(left) == string(right)
}

// Merchant is one with its image. CodeNotFound "manual.merchant-unknown".
func (m *Manual) Merchant(ctx context.Context, id string) (out *pay.Merchant, err error) {
	err = m.desk.Look(ctx, func(o *desk.Op) error { out, err = o.Merchant(id); return err })
	return out, err
}

// Merchants lists all by name, archived ones too, without their images.
func (m *Manual) Merchants(ctx context.Context) (all []pay.Merchant, err error) {
	err = m.desk.Look(ctx, func(o *desk.Op) error { all, err = o.Merchants(); return err })
	return all, err
}

// PutOffer makes an offer, of version 0, or changes the version that was seen.
func (m *Manual) PutOffer(ctx context.Context, from From, in pay.Offer) (out *pay.Offer, err error) {
	in.Normal()
	if err := from.Rights.DemandSetUp(); err != nil {
		return nil, err
	}
	was := in.Version
	err = m.desk.Change(ctx, func(o *desk.Op) error {
		merchants, err := o.Merchants()
		if err != nil {
			return err
		}
		want := in
		if err := want.Check(merchants); err != nil {
			return err
		}
		done, err := o.PutOffer(&want, was)
		if err != nil {
			return err
		}
		if !done {
			kept, err := o.Offer(in.ID)
			if err != nil {
				return err
			}
			if !sameJSON(kept, &want) {
				return changed(true, "")
			}
		}
		out = &want
		return nil
	})
	return out, err
}

// Offer is one. CodeNotFound "manual.offer-unknown".
func (m *Manual) Offer(ctx context.Context, id string) (out *pay.Offer, err error) {
	err = m.desk.Look(ctx, func(o *desk.Op) error { out, err = o.Offer(id); return err })
	return out, err
}

// Offers lists all by their text, archived ones too.
func (m *Manual) Offers(ctx context.Context) (all []pay.Offer, err error) {
	err = m.desk.Look(ctx, func(o *desk.Op) error { all, err = o.Offers(); return err })
	return all, err
}

// digest names what was asked for.
func digest(what, object string, by pay.Person, asked any) (string, error) {
	body, err := json.Marshal(asked)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	for _, part := range []string{what, object, by.ID, string(body)} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// asking is a request in progress.
type asking struct {
	*desk.Op
	room   *Manual
	from   From
	id     string // of the request
	digest string
}

// before is what the same request was answered; nil for one that was not carried
// out. The same id with other content is a conflict, told with how the order
// stands.
func (a *asking) before(now *pay.Order) (*pay.Order, error) {
	done, err := a.Answered(a.from.Till, a.id)
	if err != nil || done == nil {
		return nil, err
	}
	if done.Digest != a.digest {
		args := pos.Args{}
		if now != nil {
			args["Order"] = now
		}
		return nil, pos.E(pos.CodeConflict, "manual.request-taken", args)
	}
	told := &pay.Order{}
	if err := json.Unmarshal(done.Answer, told); err != nil {
		return nil, err
	}
	if now != nil {
		told.CustomerName, told.Email, told.Phone = now.CustomerName, now.Email, now.Phone
	}
	return told, nil
}

// answered keeps what a request is answered, but for who the customer is: that is in
// the order alone, where it can be forgotten.
func (a *asking) answered(o *pay.Order) error {
	kept := *o
	kept.Forget()
	body, err := json.Marshal(&kept)
	if err != nil {
		return err
	}
	return a.PutAnswered(&store.Answered{Till: a.from.Till, ID: a.id, Digest: a.digest, Answer: body, At: a.At})
}

// ask carries a request out, once.
func (m *Manual) ask(ctx context.Context, from From, id, what, object string, asked any, fn func(*asking) (*pay.Order, error)) (out *pay.Order, err error) {
	err = m.desk.Change(ctx, func(o *desk.Op) error {
		out, err = m.within(o, from, id, what, object, asked, fn)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// within is ask in a transaction that is open already.
func (m *Manual) within(o *desk.Op, from From, id, what, object string, asked any, fn func(*asking) (*pay.Order, error)) (*pay.Order, error) {
	if id == "" || len(id) > 255 || pos.HasControl(id) {
		return nil, pos.E(pos.CodeInvalid, "manual.request-id", nil)
	}
	if err := pay.NoCard(id); err != nil {
		return nil, err
	}
	if err := from.By.Check(); err != nil {
		return nil, err
	}
	named, err := digest(what, object, from.By, asked)
	if err != nil {
		return nil, err
	}
	return fn(&asking{Op: o, room: m, from: from, id: id, digest: named})
}
