package counter

import (
	"context"
	"encoding/json"
	"errors"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/store"
)

// Decided tells what a decision about a manual payment means for its sale.
type Decided struct {
	AwaitedView
	Cheque pos.ChequeState // where the cheque is: on the screen, or set aside
	Total  money.Amount    // of the cheque
	Due    money.Amount    // what is left to pay beside it
	Goods  string          // what it sells, in short
}

// Ready reports a sale that is paid wholly and waits for nothing but its end.
func (d *Decided) Ready() bool {
	return d.Cheque == pos.ChequeParked && d.Standing == manual.Pays && d.Due == 0
}

// HearOrders notes what the backend tells of orders, in one transaction. What is
// known already and what is none of this till's means nothing. A declined one leaves
// its cheque, which is to be paid otherwise.
func (t *Till) HearOrders(ctx context.Context, list []manual.Heard) error {
	return t.desk.Tend(ctx, desk.System(), "", func(o *Op) error {
		for _, h := range list {
			if err := o.Hear(h); err != nil {
				return err
			}
		}
		return nil
	})
}

// orderChanged takes an order from the feed of the backend.
func (o *Op) orderChanged(c *exchange.Change) error {
	var order manual.Order
	if err := json.Unmarshal(c.Body, &order); err != nil {
		return nil // the mirror has refused it already
	}
	return o.Hear(manual.HeardOf(&order))
}

// orderRefused takes that the backend notes no payment that was asked for: nobody will
// decide it, and its sale is to be paid otherwise. Why stands in the queue.
func (o *Op) orderRefused(m *pos.OutboxMessage) error {
	return o.Hear(manual.Heard{Order: m.Subject, State: manual.Declined})
}

// Hear is HearOrders for one, in an operation under way.
func (o *Op) Hear(h manual.Heard) error {
	w, err := o.Awaited(h.Order)
	if pos.CodeOf(err) == pos.CodeNotFound {
		return nil
	}
	if err != nil || !w.Hear(h) {
		return err
	}
	if err := o.PutAwaited(w); err != nil {
		return err
	}
	detail := map[string]string{"order": w.Order, "state": string(w.State), "price": desk.Minor(w.Price), "currency": string(w.In)}
	if err := o.Note(pos.EventManualHeard, string(w.Sale), detail); err != nil {
		return err
	}
	c, err := o.Tx.Cheque(w.Sale)
	if pos.CodeOf(err) == pos.CodeNotFound || err == nil && (w.Loose || w.State.Paid()) {
		return nil // it is sold, or nothing of its tenders changes
	}
	if err != nil {
		return err
	}
	return o.dropDeclined(c, w)
}

// TellDecided returns what was decided and nobody at the till was told yet, the
// oldest first, and notes that they are. What pays nothing any more is passed over.
func (t *Till) TellDecided(ctx context.Context) ([]Decided, error) {
	news := false
	err := t.desk.Look(ctx, pos.Actor{}, "", func(o *Op) error {
		all, err := o.UntoldAwaited()
		news = len(all) > 0
		return err
	})
	if err != nil || !news {
		return nil, err // not a byte is written while there is nothing to tell
	}
	var told []Decided
	err = t.desk.Tend(ctx, desk.System(), "", func(o *Op) error {
		told = nil
		all, err := o.UntoldAwaited()
		if err != nil {
			return err
		}
		for i := range all {
			w := &all[i]
			w.Told = true
			if err := o.PutAwaited(w); err != nil {
				return err
			}
			d, err := o.decided(w)
			if err != nil {
				return err
			}
			if d != nil {
				told = append(told, *d)
			}
		}
		return nil
	})
	return desk.OrNone(told, err)
}

// decided is what a decision means for the order's sale, nil for nothing.
func (o *Op) decided(w *manual.Awaited) (*Decided, error) {
	c, err := o.Tx.Cheque(w.Sale)
	if pos.CodeOf(err) == pos.CodeNotFound || err == nil && (w.Loose || c.State == pos.ChequeCancelled) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	p, err := o.price(c)
	if err != nil {
		return nil, err
	}
	d := &Decided{AwaitedView: AwaitedView{Awaited: *w}, Cheque: c.State, Goods: paidFor(c), Total: p.Total, Due: p.Due}
	d.Standing, d.Why = w.Stands(p.Total, c.Customer, o.Settings.Currency)
	return d, nil
}

// dropDeclined takes the tender of an order off that pays nothing.
func (o *Op) dropDeclined(c *pos.Cheque, w *manual.Awaited) error {
	kept := c.Tenders[:0:0]
	for _, d := range c.Tenders {
		if d.Order != w.Order {
			kept = append(kept, d)
			continue
		}
		if err := o.DeleteTender(c.ID, d.No); err != nil {
			return err
		}
	}
	c.Tenders = kept
	c.Rev++
	return o.PutChequeHead(c)
}

// FinishWaiting stores a sale that was set aside for a manual payment, as
// FinishSale does the one on the screen, which stays as it is. CodeNotPaid while
// nobody decided or something is due, CodeConflict where what was decided differs,
// CodeNotFound for one that is not set aside.
func (t *Till) FinishWaiting(ctx context.Context, a pos.Actor, id pos.SaleID) (*pos.Sale, error) {
	var s *pos.Sale
	err := t.desk.Change(ctx, a, pos.RightSell, func(o *Op) error {
		shift, err := o.drawer.WorkingShift()
		if err != nil {
			return err
		}
		c, err := o.Tx.Cheque(id)
		if pos.CodeOf(err) == pos.CodeNotFound || err == nil && c.State != pos.ChequeParked {
			return pos.E(pos.CodeNotFound, "cheque.not-parked", nil)
		}
		if err != nil {
			return err
		}
		o.About(string(id))
		if s, err = o.MakeSale(c, shift, nil); err != nil {
			return err
		}
		return o.StoreSale(s, nil)
	})
	if errors.Is(err, store.ErrUnknown) && s != nil {
		return t.StoredSale(ctx, s.ID)
	}
	return desk.OrNil(s, err)
}

// lastOf is what is told of a parked cheque that waits for nothing any more: the
// last manual payment it was asked for, nil where there was none.
func (o *Op) lastOf(c *pos.Cheque) (*AwaitedView, error) {
	all, err := o.AwaitedOf(c.ID)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &AwaitedView{Awaited: all[len(all)-1], Standing: manual.Gone}, nil
}
