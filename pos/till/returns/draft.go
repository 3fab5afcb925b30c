package returns

import (
	"context"
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/refund"
	"kassa/pos/till/counter"
	"kassa/pos/till/internal/desk"
)

// ReturnView is a return that is being put together, with every figure a screen
// or a program shows.
type ReturnView struct {
	Draft    pos.ReturnDraft     // ID "" while none is open
	Sale     *pos.Sale           // what comes back; nil without a receipt
	Customer *pos.CustomerState  // of that sale; nil for nobody
	Earlier  []pos.Return        // of the same sale, oldest first
	Lines    []ReturnLineView    // of the sale as sold, or what was picked without a receipt
	Preview  *pos.Return         // what would be stored now; nil while none is open
	Needs    pos.Right           // what finishing it asks for, with the sum of Preview
	Drawer   money.Amount        // cash that must be in the drawer: more cannot be given back
	Exchange *counter.ChequeView // the goods taken in exchange; nil without
}

// ReturnLineView is one line to choose from.
type ReturnLineView struct {
	No       int // what ReturnLine takes
	Line     pos.Line
	Sum      money.Amount   // of the whole line as sold
	Returned money.Quantity // came back before
	Left     money.Quantity // can come back yet
	Pick     money.Quantity // comes back now
	PickSum  money.Amount
	Reason   string
	Restock  bool
}

// Difference is what is left to settle of an exchange: above zero the customer
// pays, below zero the shop does. Without an exchange it is what the shop gives.
func (v *ReturnView) Difference() money.Amount {
	if v.Preview == nil {
		return 0
	}
	rest := v.Preview.Given().Neg()
	if v.Exchange == nil {
		return rest
	}
	return rest.Add(v.Exchange.Totals.Due)
}

// FindSale names a sale by exactly one of its fields.
type FindSale struct {
	ID     pos.SaleID
	Number int64  // on the receipt
	Epoch  int64  // with Number, where several epochs gave it; 0: whichever has it
	Code   string // as scanned off the receipt; digits alone are a number
}

// OpenReturn is the return on the screen; its Draft.ID is "" when there is none.
func (t *Till) OpenReturn(ctx context.Context) (*ReturnView, error) {
	var v *ReturnView
	err := t.desk.Look(ctx, pos.Actor{}, "", func(o *op) error {
		d, err := o.ReturnDraft()
		if pos.CodeOf(err) == pos.CodeNotFound {
			v = &ReturnView{}
			return nil
		}
		if err == nil {
			v, err = o.view(d)
		}
		return err
	})
	return desk.OrNil(v, err)
}

// StartReturn begins to bring goods of a sale back. Nothing moves before
// FinishReturn, and no right but to sell is asked before: what is needed then is
// told. CodeConflict while goods are rung up, another return is open or no shift
// is; CodeNotFound for an unknown sale; CodeConflict "return.all-back" when
// nothing of it is left, "return.gifts-only" when it sold nothing but gift certificates.
func (t *Till) StartReturn(ctx context.Context, a pos.Actor, f FindSale) (*ReturnView, error) {
	return t.startReturn(ctx, a, func(o *op, d *pos.ReturnDraft) error {
		s, err := o.findSale(f)
		if err != nil {
			return err
		}
		d.Sale = s.ID
		from, err := o.originOf(s)
		if err != nil {
			return err
		}
		for i := range s.Lines {
			if l := &s.Lines[i]; returnable(l) && from.back[l.Line.No] < l.Qty {
				return nil
			}
		}
		return nothingLeft(s)
	})
}

// nothingLeft tells why nothing of a sale can come back. Gift certificates are
// money and no goods: a receipt that sold them is not one whose goods came back.
func nothingLeft(s *pos.Sale) error {
	goods, gifts := false, false
	for i := range s.Lines {
		switch l := &s.Lines[i]; {
		case l.Removed:
		case l.Certificate == "":
			goods = true
		default:
			gifts = true
		}
	}
	id := "return.all-back"
	switch {
	case gifts && goods:
		id = "return.all-but-gifts"
	case gifts:
		id = "return.gifts-only"
	}
	return pos.E(pos.CodeConflict, id, pos.Args{"Number": s.Number})
}

// StartReturnWithoutReceipt begins to bring back goods no sale is known of. They
// are rung up by ReturnScan.
func (t *Till) StartReturnWithoutReceipt(ctx context.Context, a pos.Actor) (*ReturnView, error) {
	return t.startReturn(ctx, a, func(_ *op, d *pos.ReturnDraft) error {
		d.Method = pos.CounterMethods[0]
		return nil
	})
}

func (t *Till) startReturn(ctx context.Context, a pos.Actor, fill func(*op, *pos.ReturnDraft) error) (*ReturnView, error) {
	var v *ReturnView
	err := t.desk.Change(ctx, a, pos.RightSell, func(o *op) error {
		if _, err := o.drawer.WorkingShift(); err != nil {
			return err
		}
		if err := o.counter.NoReturn(); err != nil {
			return err
		}
		if err := o.counter.ClearScreen(); err != nil {
			return err
		}
		d := &pos.ReturnDraft{ID: pos.ReturnID(o.NewID()), OpenedAt: o.At, OpenedBy: a.ID}
		if err := fill(o, d); err != nil {
			return err
		}
		if err := o.PutReturnDraft(d); err != nil {
			return err
		}
		var err error
		v, err = o.view(d)
		return err
	})
	return desk.OrNil(v, err)
}

// AbandonReturn drops the open return. Goods rung up in exchange leave the screen
// with it, as a cheque that is cancelled: that asks the right for it.
// CodeConflict when none is open.
func (t *Till) AbandonReturn(ctx context.Context, a pos.Actor) error {
	return t.desk.Change(ctx, a, pos.RightSell, func(o *op) error {
		d, err := o.draft()
		if err != nil {
			return err
		}
		if err := o.cancelExchange(); err != nil {
			return err
		}
		if err := o.DropReturnDraft(); err != nil {
			return err
		}
		if len(d.Lines) == 0 {
			return nil
		}
		return o.Note(pos.EventReturnDropped, string(d.ID), map[string]string{"sale": string(d.Sale)})
	})
}

// draft is the open return, or CodeConflict.
func (o *op) draft() (*pos.ReturnDraft, error) {
	d, err := o.ReturnDraft()
	if pos.CodeOf(err) == pos.CodeNotFound {
		return nil, pos.E(pos.CodeConflict, "return.none", nil)
	}
	return d, err
}

// returnRight is what bringing that sale back asks for; nil is no receipt. The
// day of the sale does not count among those a receipt is good for.
func (o *op) returnRight(s *pos.Sale) (pos.Right, error) {
	if s == nil {
		return pos.RightReturnNoProof, nil
	}
	shift, err := o.drawer.WorkingShift()
	if err != nil {
		return "", err
	}
	sold := s.At.In(o.At.Location())
	y, m, d := sold.Date()
	ny, nm, nd := o.At.Date()
	switch days := o.Settings.Returns.Days; {
	case s.Shift == shift.ID, y == ny && m == nm && d == nd:
		return pos.RightReturn, nil
	case days > 0 && !o.At.Before(time.Date(y, m, d+days+1, 0, 0, 0, 0, o.At.Location())):
		return pos.RightReturnNoProof, nil
	}
	return pos.RightReturnOtherDay, nil
}

// view is the return with every figure a screen shows.
func (o *op) view(d *pos.ReturnDraft) (*ReturnView, error) {
	from, err := o.origin(d.Sale)
	if err != nil {
		return nil, err
	}
	return o.viewFrom(d, from)
}

func (o *op) viewFrom(d *pos.ReturnDraft, from *origin) (*ReturnView, error) {
	v := &ReturnView{Draft: *d, Sale: from.sale, Earlier: from.earlier}
	facts, err := o.facts(from, d)
	if err != nil {
		return nil, err
	}
	if v.Needs, err = o.returnRight(v.Sale); err != nil && pos.CodeOf(err) != pos.CodeConflict {
		return nil, err
	}
	if v.Drawer, err = o.drawer.ExpectedCash(); err != nil {
		return nil, err
	}
	if facts.Owner != "" {
		c, err := o.Customer(facts.Owner)
		if err != nil {
			return nil, err
		}
		if v.Customer, err = o.clients.StateOf(c); err != nil {
			return nil, err
		}
	}
	lines, err := from.lines(d)
	if err != nil {
		return nil, err
	}
	v.Lines = from.views(d, lines)
	c, err := o.counter.CurrentCheque()
	if err != nil {
		return nil, err
	}
	var turned money.Amount
	if x := c.Exchange(); x != nil {
		if v.Exchange, err = o.counter.View(c); err != nil {
			return nil, err
		}
		turned = x.Amount
		if c.Customer != "" && c.Customer == facts.Owner {
			// What the new sale will earn covers points that are missing.
			facts.Earned = append(facts.Earned, pos.Lot{Customer: c.Customer, Sale: c.ID, Left: v.Exchange.Totals.Earn})
		}
	}
	v.Preview = facts.Settle(lines, turned, o.Settings.Rules, o.At, func() pos.LotID { return "new" })
	v.Preview.ID, v.Preview.Currency, v.Preview.Till = d.ID, o.Settings.Currency, o.Settings.Till
	return v, nil
}

// views lists the lines of the sale, or what was picked without one.
func (from *origin) views(d *pos.ReturnDraft, picked []pos.ReturnLine) []ReturnLineView {
	views := []ReturnLineView{}
	if from.sale == nil {
		for i := range d.Lines {
			l := &d.Lines[i]
			views = append(views, ReturnLineView{No: l.No, Line: l.Line, Sum: picked[i].Sum, Left: l.Qty, Pick: l.Qty,
				PickSum: picked[i].Sum, Reason: l.Reason, Restock: !l.Discarded})
		}
		return views
	}
	for i := range from.sale.Lines {
		l := &from.sale.Lines[i]
		if !returnable(l) {
			continue
		}
		no := l.Line.No
		view := ReturnLineView{No: no, Line: l.Line, Sum: l.Sum, Returned: from.back[no], Left: l.Qty - from.back[no], Restock: true}
		for j := range d.Lines {
			if p := &d.Lines[j]; p.Origin == no {
				view.Pick, view.PickSum, view.Reason, view.Restock = p.Qty, picked[j].Sum, p.Reason, !p.Discarded
			}
		}
		views = append(views, view)
	}
	return views
}

// lines are the figures of what was picked, in its order.
func (from *origin) lines(d *pos.ReturnDraft) ([]pos.ReturnLine, error) {
	lines := make([]pos.ReturnLine, len(d.Lines))
	for i := range d.Lines {
		p := &d.Lines[i]
		if from.sale == nil {
			l, err := refund.WithoutReceipt(&p.Line)
			if err != nil {
				return nil, err
			}
			lines[i] = l
		} else {
			sold := soldLine(from.sale, p.Origin)
			if sold == nil {
				return nil, pos.E(pos.CodeNotFound, "line.unknown", pos.Args{"Line": p.Origin})
			}
			if err := pos.CheckReturnQty(&sold.Line, p.Qty, sold.Qty-from.back[p.Origin]); err != nil {
				return nil, err
			}
			lines[i] = refund.Line(sold, from.back[p.Origin], p.Qty)
		}
		lines[i].Reason, lines[i].Restock = p.Reason, !p.Discarded
	}
	return lines, nil
}

// returnable reports a line that can come back: not one removed before it was
// sold, nor one that sold a gift certificate, which is money and no goods.
func returnable(l *pos.SaleLine) bool { return !l.Removed && l.Certificate == "" }

// soldLine is the returnable line of a sale with that number, nil for none.
func soldLine(s *pos.Sale, no int) *pos.SaleLine {
	for i := range s.Lines {
		if l := &s.Lines[i]; l.Line.No == no && returnable(l) {
			return l
		}
	}
	return nil
}
