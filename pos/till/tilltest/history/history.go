// Package history gives a shop a past of any length: operations of a true till,
// many in one transaction, and sales that go into the store by the till's own
// code without being rung up line by line. Benches and tests alone may import it:
// a sale made here was never confirmed by anybody.
package history

import (
	"context"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/till"
	"kassa/pos/till/clients"
	"kassa/pos/till/counter"
	"kassa/pos/till/drawer"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/shelf"
	"kassa/pos/till/staff"
	"kassa/pos/till/store"
)

// History is a till whose past is being written. It belongs to one goroutine.
type History struct {
	*till.Till
	desk    *desk.Desk
	drawer  *drawer.Till
	counter *counter.Till
	joined  *joined
}

// New makes a till over the store of a shop. The parameters are those of till.New.
func New(p till.Params) *History {
	h := &History{joined: &joined{Store: p.Store}}
	p.Store = h.joined
	h.Till, h.desk = till.New(p), desk.New(p)
	staff := staff.New(h.desk)
	h.drawer = drawer.New(h.desk)
	clients := clients.New(h.desk, staff, h.drawer)
	h.counter = counter.New(h.desk, staff, h.drawer, clients, shelf.New(h.desk, staff))
	return h
}

// Batch makes one transaction of all that fn does with the history. Nothing of it
// is kept when fn fails, which it must as soon as an operation in it has: what
// that one had written stands in the transaction.
func (h *History) Batch(ctx context.Context, fn func(store.Tx) error) error {
	return h.joined.Store.Update(ctx, func(tx store.Tx) error {
		h.joined.tx = tx
		defer func() { h.joined.tx = nil }()
		return fn(tx)
	})
}

// Sale stores what stands in a cheque as FinishSale stores it, by the same rules
// and with everything that follows from a sale, though nobody rang it up. codes
// are what confirmed its tenders: sent to the customer and verified.
func (h *History) Sale(ctx context.Context, a pos.Actor, c *pos.Cheque, codes ...confirm.Challenge) (*pos.Sale, error) {
	var s *pos.Sale
	err := h.desk.Change(ctx, a, "", func(o *desk.Op) error {
		shift, err := h.drawer.On(o).WorkingShift()
		if err != nil {
			return err
		}
		confirmed := map[pos.ChallengeID]*confirm.Challenge{}
		for i := range codes {
			ch := &codes[i]
			if err := o.PutChallenge(ch); err != nil {
				return err
			}
			if err := o.PutSend(confirm.Send{Challenge: ch.ID, Phone: ch.Phone, At: ch.SentAt, State: confirm.Sent, Answered: true}); err != nil {
				return err
			}
			confirmed[ch.ID] = ch
		}
		counter := h.counter.On(o)
		if s, err = counter.MakeSale(c, shift, confirmed); err != nil {
			return err
		}
		return counter.StoreSale(s, confirmed)
	})
	return desk.OrNil(s, err)
}

// joined is a store whose operations take part in the transaction that is open,
// if there is one.
type joined struct {
	store.Store
	tx store.Tx
}

func (j *joined) View(ctx context.Context, fn func(store.Tx) error) error {
	if j.tx != nil {
		return fn(j.tx)
	}
	return j.Store.View(ctx, fn)
}

func (j *joined) Update(ctx context.Context, fn func(store.Tx) error) error {
	if j.tx != nil {
		return fn(j.tx)
	}
	return j.Store.Update(ctx, fn)
}
