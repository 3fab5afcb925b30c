package returns

import (
	"context"
	"errors"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till/store"
)

// StartExchange takes goods in exchange for what comes back: from then on Scan
// and the other operations on the cheque ring them up. The cheque is paid for
// with the worth of the return as far as it goes, by a tender of the method
// pos.Exchange that follows every change of either; the rest is tendered as
// always. The customer of the returned sale is the cheque's. CodeConflict when no
// return is open or the exchange has begun.
func (t *Till) StartExchange(ctx context.Context, a pos.Actor) (*ReturnView, error) {
	return t.editReturn(ctx, a, func(o *op, d *pos.ReturnDraft) error {
		c, err := o.counter.CurrentCheque()
		if err != nil {
			return err
		}
		if c.ID != "" {
			return pos.E(pos.CodeConflict, "return.exchange-open", nil)
		}
		if err := o.counter.BeginCheque(c); err != nil {
			return err
		}
		if d.Sale != "" {
			s, err := o.Tx.Sale(d.Sale)
			if err != nil {
				return err
			}
			if err := o.counter.BuyerAgain(c, s.Customer); err != nil {
				return err
			}
		}
		return o.counter.AddTender(c, pos.Tender{No: c.NextTender(), Method: pos.Exchange})
	})
}

// DropExchange takes nothing in exchange after all. CodeConflict while goods or
// payments are in the cheque: it is cancelled first.
func (t *Till) DropExchange(ctx context.Context, a pos.Actor) (*ReturnView, error) {
	return t.editReturn(ctx, a, func(o *op, _ *pos.ReturnDraft) error {
		c, err := o.counter.CurrentCheque()
		switch {
		case err != nil:
			return err
		case c.Exchange() == nil:
			return pos.E(pos.CodeConflict, "return.no-exchange", nil)
		case c.Live() > 0 || len(c.Tenders) > 1:
			return pos.E(pos.CodeConflict, "return.exchange-rung", nil)
		}
		return o.endExchange()
	})
}

// FinishExchange stores the return and the sale it is exchanged for in one
// transaction: the sale is paid with what came back and with the tenders that
// were added, and what came back beyond it is given back in proportion. Errors
// are those of FinishSale and FinishReturn.
func (t *Till) FinishExchange(ctx context.Context, a pos.Actor, reason string) (*pos.Return, *pos.Sale, error) {
	var r *pos.Return
	var s *pos.Sale
	err := t.desk.ChangeOrRefuse(ctx, a, pos.RightSell, func(o *op) (refused, err error) {
		d, shift, err := o.draftToFinish()
		if err != nil {
			return nil, err
		}
		from, err := o.origin(d.Sale)
		if err != nil {
			return nil, err
		}
		if err := o.turnOverByRight(d, from); err != nil {
			return nil, err
		}
		c, _, err := o.counter.ChequeToPay()
		if err != nil {
			return nil, err
		}
		x := c.Exchange()
		if x == nil {
			return nil, pos.E(pos.CodeConflict, "return.no-exchange", nil)
		}
		confirmed, refused, err := o.counter.Confirmed(c)
		if refused != nil || err != nil {
			return refused, err
		}
		if x.Amount == 0 { // goods for nothing: nothing is turned over
			if err := o.counter.TakeOff(c, *x, ""); err != nil {
				return nil, err
			}
		}
		if s, err = o.counter.MakeSale(c, shift, confirmed); err != nil {
			return nil, err
		}
		if err := o.counter.StoreSale(s, confirmed); err != nil {
			return nil, err
		}
		if r, err = o.settled(d, from, shift, reason, s); err != nil {
			return nil, err
		}
		return nil, o.storeReturn(r)
	})
	if errors.Is(err, store.ErrUnknown) && r != nil {
		r, err = t.storedReturn(ctx, r.ID)
		if err == nil {
			s, err = t.counter.StoredSale(ctx, s.ID)
		}
	}
	if err != nil {
		return nil, nil, err
	}
	return r, s, nil
}

// turnOverByRight asks the right for the open return and its sum, before
// anything of the exchange is written, and turns it over.
func (o *op) turnOverByRight(d *pos.ReturnDraft, from *origin) error {
	worth, err := from.worth(d)
	if err != nil {
		return err
	}
	right, err := o.returnRight(from.sale)
	if err != nil {
		return err
	}
	o.About(string(d.ID))
	if err := o.DemandSum(right, worth); err != nil {
		return err
	}
	return o.turnOver(worth)
}

// turnOver makes the exchange's tender what the return is worth, in whole steps of
// the rounding, but no more than the cheque. Without an exchange it does nothing.
func (o *op) turnOver(worth money.Amount) error {
	c, err := o.counter.CurrentCheque()
	if err != nil || c.Exchange() == nil {
		return err
	}
	if err := o.follow(c, worth); err != nil {
		return err
	}
	c.Rev++
	return o.PutChequeHead(c)
}

// follow is turnOver for a cheque whose head is stored by the caller.
func (o *op) follow(c *pos.Cheque, worth money.Amount) error {
	total, err := o.counter.Total(c)
	if err != nil {
		return err
	}
	x := c.Exchange()
	// What is left to pay in cash must come out in whole steps, as the total does.
	if x.Amount = total; worth < total {
		x.Amount = money.RoundDown(worth, o.Settings.Rules.RoundingStep)
	}
	return o.PutTender(c.ID, x)
}

// followOpen makes the exchange's tender follow a change of its cheque.
func (o *op) followOpen(c *pos.Cheque) error {
	d, err := o.draft()
	if err != nil {
		return err
	}
	worth, err := o.worth(d)
	if err != nil {
		return err
	}
	return o.follow(c, worth)
}

// brought is what of an exchange's tender had been paid with points and with gift
// certificates when the goods behind it were bought: that earns nothing again, and
// the points count among those that may pay for the new goods.
func (o *op) brought(c *pos.Cheque) (b pos.Brought, err error) {
	x := c.Exchange()
	if x.Amount == 0 {
		return b, nil
	}
	d, err := o.draft()
	if err != nil {
		return b, err
	}
	from, err := o.origin(d.Sale)
	if err != nil {
		return b, err
	}
	facts, err := o.facts(from, d)
	if err != nil {
		return b, err
	}
	lines, err := from.lines(d)
	if err != nil {
		return b, err
	}
	r := facts.Settle(lines, x.Amount, o.Settings.Rules, o.At, func() pos.LotID { return "" })
	return r.Brought(), nil
}

// worth is what an open return comes to.
func (o *op) worth(d *pos.ReturnDraft) (money.Amount, error) {
	from, err := o.origin(d.Sale)
	if err != nil {
		return 0, err
	}
	return from.worth(d)
}

// cancelExchange takes the goods of an exchange off the screen.
func (o *op) cancelExchange() error {
	c, err := o.counter.CurrentCheque()
	switch {
	case err != nil:
		return err
	case c.Exchange() == nil || c.Live() == 0:
		return o.endExchange()
	}
	return o.counter.Cancel(c)
}

// endExchange makes the cheque of an exchange an ordinary one; an empty one
// leaves no trace.
func (o *op) endExchange() error {
	c, err := o.counter.CurrentCheque()
	if err != nil {
		return err
	}
	x := c.Exchange()
	switch {
	case x == nil:
		return nil
	case len(c.Lines) == 0:
		return o.DeleteCheque(c.ID)
	}
	if err := o.counter.TakeOff(c, *x, ""); err != nil {
		return err
	}
	c.Rev++
	return o.PutChequeHead(c)
}
