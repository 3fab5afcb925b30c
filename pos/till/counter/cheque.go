package counter

import (
	"context"
	"slices"
	"strconv"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
)

// Cheque is the cheque on the screen: empty when nothing is rung up.
func (t *Till) Cheque(ctx context.Context) (*ChequeView, error) {
	var v *ChequeView
	err := t.desk.Look(ctx, pos.Actor{}, "", func(o *Op) (err error) {
		c, err := o.CurrentCheque()
		if err != nil {
			return err
		}
		v, err = o.View(c)
		return err
	})
	return v, err
}

// DiscountCheque sets the discount of the whole cheque; zero takes it away.
func (t *Till) DiscountCheque(ctx context.Context, a pos.Actor, d pos.Discount) (*ChequeView, error) {
	return t.edit(ctx, a, pos.RightChequeDiscount, func(o *Op, c *pos.Cheque) error {
		if err := d.Check(); err != nil {
			return err
		}
		t, err := o.price(c)
		if err != nil {
			return err
		}
		var own money.Amount
		for i := range t.Lines {
			own = own.Add(t.Lines[i].Own)
		}
		if d.Sum > t.Gross.Sub(own) {
			return pos.E(pos.CodeInvalid, "discount.too-big", pos.Args{"Max": t.Gross.Sub(own)})
		}
		c.Discount = d
		if err := o.applyOffers(c); err != nil {
			return err
		}
		if err := o.DemandSum(pos.RightChequeDiscount, markdownsOf(c).cheque); err != nil {
			return err
		}
		return o.Note(pos.EventDiscountGiven, string(c.ID), discountDetail(d))
	})
}

// CancelCheque drops the open cheque; it stays in the records with its reason.
// CodeConflict when none is open, CodeInvalid without a reason.
func (t *Till) CancelCheque(ctx context.Context, a pos.Actor, reason string) (*ChequeView, error) {
	var v *ChequeView
	err := t.desk.Change(ctx, a, pos.RightCancel, func(o *Op) error {
		c, err := o.chequeToChange()
		if err != nil {
			return err
		}
		if c.Note, err = desk.NeedReason(reason); err != nil {
			return err
		}
		v = &ChequeView{Cheque: pos.Cheque{State: pos.ChequeOpen}}
		return o.Cancel(c)
	})
	return desk.OrNil(v, err)
}

// Cancel takes a cheque with goods off the screen, by the right for its sum; it
// stays in the records. Its Note is the reason.
func (o *Op) Cancel(c *pos.Cheque) error {
	total, err := o.Total(c)
	if err != nil {
		return err
	}
	if err := o.DemandSum(pos.RightCancel, total); err != nil {
		return err
	}
	if err := o.clients.RevokeAll(c, "code.revoked-cancelled"); err != nil {
		return err
	}
	for _, d := range c.Tenders {
		if d.Method.NeedsApproval() {
			if err := o.TakeOff(c, d, ""); err != nil {
				return err
			}
		}
	}
	c.State = pos.ChequeCancelled
	c.Rev++
	if err := o.PutChequeHead(c); err != nil {
		return err
	}
	return o.Note(pos.EventChequeCancelled, string(c.ID), map[string]string{
		"reason": c.Note, "total": desk.Minor(total), "lines": strconv.Itoa(c.Live())})
}

// CurrentCheque loads the open cheque; an empty one without id when there is none.
func (o *Op) CurrentCheque() (*pos.Cheque, error) {
	c, err := o.OpenCheque()
	if pos.CodeOf(err) == pos.CodeNotFound {
		return &pos.Cheque{State: pos.ChequeOpen}, nil
	}
	if err == nil {
		o.About(string(c.ID))
	}
	return c, err
}

// chequeToChange loads the open cheque, or CodeConflict when nothing is in it.
func (o *Op) chequeToChange() (*pos.Cheque, error) {
	c, err := o.CurrentCheque()
	if err == nil && (c.ID == "" || len(c.Lines) == 0) {
		return nil, pos.E(pos.CodeConflict, "cheque.empty", nil)
	}
	return c, err
}

// ChequeToPay loads the open cheque and the shift it is paid in, or
// CodeConflict when it has nothing to pay for or no shift is open.
func (o *Op) ChequeToPay() (*pos.Cheque, *pos.Shift, error) {
	shift, err := o.drawer.WorkingShift()
	if err != nil {
		return nil, nil, err
	}
	c, err := o.chequeToChange()
	if err == nil && c.Live() == 0 {
		err = pos.E(pos.CodeConflict, "cheque.empty", nil)
	}
	return c, shift, err
}

// start gives a cheque that is not stored yet its id and its place. Beside an
// open return no cheque begins but the one of an exchange.
func (o *Op) start(c *pos.Cheque) error {
	if c.ID != "" {
		return nil
	}
	if err := o.NoReturn(); err != nil {
		return err
	}
	return o.BeginCheque(c)
}

// BeginCheque stores a cheque that is not stored yet.
func (o *Op) BeginCheque(c *pos.Cheque) error {
	c.ID = pos.SaleID(o.NewID())
	c.State, c.OpenedAt, c.OpenedBy = pos.ChequeOpen, o.At, o.Actor.ID
	return o.PutChequeHead(c)
}

// edit changes the open cheque as one operation and returns what the screen
// shows of it.
func (t *Till) edit(ctx context.Context, a pos.Actor, need pos.Right, fn func(*Op, *pos.Cheque) error) (*ChequeView, error) {
	var v *ChequeView
	err := t.desk.Change(ctx, a, need, func(o *Op) error {
		c, err := o.chequeToChange()
		if err != nil {
			return err
		}
		before := snapshotOf(c)
		if err := fn(o, c); err != nil {
			return err
		}
		v, err = o.settle(c, before)
		return err
	})
	return desk.OrNil(v, err)
}

// goods are what a cheque sells and on which terms.
type goods struct {
	lines    []pos.Line
	discount pos.Discount
}

// promised is what customers confirm, or are asked to, with the tenders of a
// cheque that are theirs; the zero goods where there are none.
func promised(c *pos.Cheque) goods {
	if !slices.ContainsFunc(c.Tenders, func(d pos.Tender) bool { return d.Method.NeedsCustomer() }) {
		return goods{}
	}
	g := goods{discount: c.Discount, lines: make([]pos.Line, 0, len(c.Lines))}
	for _, l := range c.Lines {
		if !l.Removed {
			g.lines = append(g.lines, l)
		}
	}
	return g
}

func sameLine(a, b pos.Line) bool { return a.Same(&b) }

// settle stores the head of a cheque whose lines or discounts changed and returns
// what the screen shows of it. Where that changed the goods or their terms, what
// customers confirmed is void, even when the total came out the same: they
// confirmed another cheque.
//
// Whatever made a discount or a changed price weigh more, be it another line or
// another piece, is asked for as that discount or price: a small cheque is no
// way around a cap.
func (o *Op) settle(c *pos.Cheque, before snapshot) (*ChequeView, error) {
	if err := o.demandGrown(before.markdowns, markdownsOf(c)); err != nil {
		return nil, err
	}
	p, err := o.price(c)
	if err != nil {
		return nil, err
	}
	if p.Gross > money.MaxAmount {
		return nil, pos.E(pos.CodeLimit, "cheque.too-large", pos.Args{"Max": money.MaxAmount})
	}
	same := true // as it was priced
	if now, was := promised(c), before.promised; now.discount != was.discount || !slices.EqualFunc(now.lines, was.lines, sameLine) {
		same = false
		if err := o.clients.RevokeAll(c, "code.revoked-cheque"); err != nil {
			return nil, err
		}
	}
	if c.Exchange() != nil {
		same = false
		if err := o.t.exchanging(o.Op, c); err != nil {
			return nil, err
		}
	}
	c.Rev++
	if err := o.PutChequeHead(c); err != nil {
		return nil, err
	}
	if !same {
		return o.View(c)
	}
	return o.viewOf(c, p)
}

// View is the cheque with every figure a screen shows.
func (o *Op) View(c *pos.Cheque) (*ChequeView, error) {
	p, err := o.price(c)
	if err != nil {
		return nil, err
	}
	return o.viewOf(c, p)
}

// viewOf is View for a cheque that was priced.
func (o *Op) viewOf(c *pos.Cheque, p priced) (v *ChequeView, err error) {
	v = &ChequeView{Cheque: *c, Totals: p.Totals, Rules: p.rules}
	if v.CouponGifts, err = o.couponGifts(c); err != nil {
		return nil, err
	}
	if v.Awaited, err = o.awaitedOf(c, p.Total); err != nil {
		return nil, err
	}
	v.Cheque.Tenders = slices.Clone(c.Tenders)
	for i, d := range c.Tenders {
		if d.Challenge == "" {
			continue
		}
		free, err := o.needless(d)
		if err != nil {
			return nil, err
		}
		if free != nil { // FinishSale will store it so
			v.Cheque.Tenders[i].Challenge = ""
			continue
		}
		ch, err := o.Challenge(d.Challenge)
		if err != nil {
			return nil, err
		}
		ch.Lapse(o.Steady)
		v.Challenges = append(v.Challenges, o.onTheWall(ch))
	}
	if p.buyer == nil {
		return v, nil
	}
	s, err := o.clients.StateOf(p.buyer)
	if err != nil {
		return nil, err
	}
	v.Customer = s
	v.MaxPoints = pointsRoom(c, v.Totals, s, p.rules)
	return v, nil
}

func discountDetail(d pos.Discount) map[string]string {
	if d.Percent != 0 {
		return map[string]string{"percent": strconv.FormatInt(int64(d.Percent), 10)}
	}
	return map[string]string{"sum": desk.Minor(d.Sum)}
}

// NoReturn refuses what cannot go on beside an open return.
func (o *Op) NoReturn() error {
	_, err := o.ReturnDraft()
	switch {
	case err == nil:
		return pos.E(pos.CodeConflict, "return.open", nil)
	case pos.CodeOf(err) == pos.CodeNotFound:
		return nil
	}
	return err
}
