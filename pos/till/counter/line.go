package counter

import (
	"context"
	"strconv"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
)

// SetQty changes the quantity of a line. CodeInvalid for none or less, and for
// decimals of goods sold by the piece. To lower it is to remove a part: it needs
// the right to remove and leaves the same trace.
func (t *Till) SetQty(ctx context.Context, a pos.Actor, line int, qty money.Quantity) (*ChequeView, error) {
	return t.editLine(ctx, a, pos.RightSell, line, func(o *Op, c *pos.Cheque, l *pos.Line) error {
		was := l.Qty
		l.Qty = qty
		if err := l.Check(); err != nil || qty >= was {
			return err
		}
		gone := *l
		gone.Qty = was - qty
		if err := o.DemandSum(pos.RightRemove, worth(&gone)); err != nil {
			return err
		}
		return o.Note(pos.EventLineReduced, string(c.ID), map[string]string{
			"line": strconv.Itoa(l.No), "product": string(l.Product), "price": desk.Minor(l.Price),
			"was": strconv.FormatInt(int64(was), 10), "now": strconv.FormatInt(int64(qty), 10)})
	})
}

// SetPrice changes the price a line sells at.
func (t *Till) SetPrice(ctx context.Context, a pos.Actor, line int, price money.Amount) (*ChequeView, error) {
	return t.editLine(ctx, a, pos.RightPrice, line, func(o *Op, c *pos.Cheque, l *pos.Line) error {
		old := l.Price
		l.Price = price
		if err := l.Check(); err != nil {
			return err
		}
		if err := o.DemandSum(pos.RightPrice, max(priceGap(l), difference(old, l))); err != nil {
			return err
		}
		return o.notePrice(c, l, old)
	})
}

// DiscountLine sets the discount of a line; zero takes it away.
func (t *Till) DiscountLine(ctx context.Context, a pos.Actor, line int, d pos.Discount) (*ChequeView, error) {
	return t.editLine(ctx, a, pos.RightLineDiscount, line, func(o *Op, c *pos.Cheque, l *pos.Line) error {
		if err := d.Check(); err != nil {
			return err
		}
		gross, err := money.LineTotal(l.Price, l.Qty)
		if err != nil {
			return err
		}
		if d.Sum > gross {
			return pos.E(pos.CodeInvalid, "discount.too-big", pos.Args{"Max": gross})
		}
		l.Discount = d
		// An automatic discount may give way to it: then it is off more, and that
		// is what is asked for, once.
		if err := o.applyOffers(c); err != nil {
			return err
		}
		if err := o.DemandSum(pos.RightLineDiscount, markdownOf(l).discount); err != nil {
			return err
		}
		detail := discountDetail(d)
		detail["line"] = strconv.Itoa(l.No)
		return o.Note(pos.EventDiscountGiven, string(c.ID), detail)
	})
}

// RemoveLine strikes a line out. It stays in the cheque, and in the sale it
// becomes, with who removed it and why; the reason may be empty.
func (t *Till) RemoveLine(ctx context.Context, a pos.Actor, line int, reason string) (*ChequeView, error) {
	return t.editLine(ctx, a, pos.RightRemove, line, func(o *Op, c *pos.Cheque, l *pos.Line) (err error) {
		if l.Reason, err = desk.NoteText(reason); err != nil {
			return err
		}
		if err := o.DemandSum(pos.RightRemove, worth(l)); err != nil {
			return err
		}
		l.Removed = true
		return o.Note(pos.EventLineRemoved, string(c.ID), map[string]string{
			"line": strconv.Itoa(l.No), "product": string(l.Product), "qty": strconv.FormatInt(int64(l.Qty), 10),
			"price": desk.Minor(l.Price), "reason": l.Reason})
	})
}

// editLine changes one line that was not removed and writes that line alone.
func (t *Till) editLine(ctx context.Context, a pos.Actor, need pos.Right, no int, fn func(*Op, *pos.Cheque, *pos.Line) error) (*ChequeView, error) {
	return t.edit(ctx, a, need, func(o *Op, c *pos.Cheque) error {
		l, err := c.LiveLine(no)
		if err != nil {
			return err
		}
		if l.Certificate != "" && need != pos.RightRemove {
			return pos.E(pos.CodeConflict, "certificate.line-fixed", nil)
		}
		if err := fn(o, c, l); err != nil {
			return err
		}
		if err := o.PutChequeLine(c.ID, l); err != nil {
			return err
		}
		return o.applyOffers(c)
	})
}

func (o *Op) notePrice(c *pos.Cheque, l *pos.Line, old money.Amount) error {
	return o.Note(pos.EventPriceChanged, string(c.ID), map[string]string{
		"line": strconv.Itoa(l.No), "product": string(l.Product), "was": desk.Minor(old), "now": desk.Minor(l.Price)})
}
