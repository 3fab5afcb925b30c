package counter

import (
	"context"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/shelf"
)

// Scan adds what a code or a typed text names: a barcode or SKU exactly.
// "3*code" multiplies; qty 0 means one, but of goods by weight, of which how much
// is asked: CodeInvalid "scan.quantity-needed" with Args "Product" until it is
// given. price is asked for goods with AskPrice: CodeInvalid "scan.price-needed"
// with Args "Product" until it is given; for other goods a price needs RightPrice. CodeNotFound "scan.unknown" with Args
// "Code" for an unknown code, CodeConflict "scan.several" when goods share it,
// CodeConflict "shift.closed" without a shift. The same product again,
// unchanged in price and without a discount, adds to its line when that line is
// the last.
func (t *Till) Scan(ctx context.Context, a pos.Actor, code string, qty money.Quantity, price *money.Amount) (*ChequeView, error) {
	v, err := t.ring(ctx, a, func(o *Op) (shelf.Item, error) { return o.Scanned(code, qty, price) })
	if pos.CodeOf(err) != pos.CodeNotFound {
		return v, err
	}
	// What names no goods may be the number of a coupon.
	if shown, coupon := t.AddCoupon(ctx, a, code); pos.CodeOf(coupon) != pos.CodeNotFound && pos.CodeOf(coupon) != pos.CodeInvalid {
		return shown, coupon
	}
	return nil, err
}

// Scanned is read with the price that was given for it.
func (o *Op) Scanned(code string, qty money.Quantity, price *money.Amount) (shelf.Item, error) {
	it, err := o.shelf.Read(code, qty)
	if err == nil && price != nil {
		it.Price = price
		it.Label = false // a price that is asked for is asked of somebody
	}
	return it, err
}

// Add is Scan for a product picked from a list.
func (t *Till) Add(ctx context.Context, a pos.Actor, id pos.ProductID, qty money.Quantity, price *money.Amount) (*ChequeView, error) {
	return t.ring(ctx, a, func(o *Op) (shelf.Item, error) {
		p, err := o.Product(id)
		if pos.CodeOf(err) == pos.CodeNotFound || (err == nil && p.Archived) {
			return shelf.Item{}, pos.E(pos.CodeNotFound, "scan.gone", nil)
		}
		return shelf.Item{Product: p, Qty: qty, Price: price}, err
	})
}

// ring adds an item to the open cheque, opening one when there is none.
func (t *Till) ring(ctx context.Context, a pos.Actor, find func(*Op) (shelf.Item, error)) (*ChequeView, error) {
	var v *ChequeView
	err := t.desk.Change(ctx, a, pos.RightSell, func(o *Op) error {
		if _, err := o.drawer.WorkingShift(); err != nil {
			return err
		}
		it, err := find(o)
		if err != nil {
			return err
		}
		l, err := o.Line(it)
		if err != nil {
			return err
		}
		c, err := o.CurrentCheque()
		if err != nil {
			return err
		}
		before := snapshotOf(c)
		if err := o.start(c); err != nil {
			return err
		}
		if err := o.ringUp(c, l); err != nil {
			return err
		}
		if err := o.applyOffers(c); err != nil {
			return err
		}
		// What is new on it was asked for when it was found, or the shop's own
		// scale said so.
		before.markdowns.allow(c.Last().No, markdownOf(l))
		v, err = o.settle(c, before)
		return err
	})
	return desk.OrNil(v, err)
}

// Line is the item as a line of a cheque, checked. A price that somebody gives
// to goods that have one takes its right.
func (o *Op) Line(it shelf.Item) (*pos.Line, error) {
	l, err := it.ChequeLine()
	if err != nil {
		return nil, err
	}
	if !it.Label && !l.Flags.AskPrice && l.Price != l.ListPrice {
		if err := o.DemandSum(pos.RightPrice, priceGap(l)); err != nil {
			return nil, err
		}
	}
	return l, l.Check()
}

// ringUp puts a line into the cheque, or adds it to the last one when that is
// the very same.
func (o *Op) ringUp(c *pos.Cheque, l *pos.Line) error {
	if last := c.Last(); last != nil && last.Takes(l) {
		merged := *last
		merged.Qty += l.Qty
		if err := merged.Check(); err != nil {
			return err
		}
		*last = merged
		return o.PutChequeLine(c.ID, last)
	}
	if len(c.Lines) >= pos.MaxLines {
		return pos.E(pos.CodeLimit, "cheque.too-long", pos.Args{"Max": pos.MaxLines})
	}
	l.No = c.NextLine()
	c.Lines = append(c.Lines, *l)
	if err := o.PutChequeLine(c.ID, l); err != nil {
		return err
	}
	if l.Price == l.ListPrice || l.Flags.AskPrice {
		return nil
	}
	return o.notePrice(c, l, l.ListPrice)
}
