package returns

import (
	"context"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/shelf"
)

// ReturnLine says how much of a line comes back now; 0 takes it out again. no is
// the line's number as ReturnView tells it. CodeLimit beyond what is left of it.
func (t *Till) ReturnLine(ctx context.Context, a pos.Actor, no int, qty money.Quantity, reason string, restock bool) (*ReturnView, error) {
	return t.editReturn(ctx, a, func(o *op, d *pos.ReturnDraft) error {
		reason, err := desk.NoteText(reason)
		if err != nil {
			return err
		}
		if d.Sale == "" {
			return setPicked(d, no, qty, reason, restock)
		}
		from, err := o.origin(d.Sale)
		if err != nil {
			return err
		}
		return from.pick(d, no, qty, reason, restock)
	})
}

// ReturnAll picks everything that has not come back yet.
func (t *Till) ReturnAll(ctx context.Context, a pos.Actor, reason string, restock bool) (*ReturnView, error) {
	return t.editReturn(ctx, a, func(o *op, d *pos.ReturnDraft) error {
		reason, err := desk.NoteText(reason)
		if err != nil {
			return err
		}
		if d.Sale == "" {
			return pos.E(pos.CodeConflict, "return.no-sale-lines", nil)
		}
		from, err := o.origin(d.Sale)
		if err != nil {
			return err
		}
		for i := range from.sale.Lines {
			l := &from.sale.Lines[i]
			left := l.Qty - from.back[l.Line.No]
			if !returnable(l) || left <= 0 {
				continue
			}
			if err := from.pick(d, l.Line.No, left, reason, restock); err != nil {
				return err
			}
		}
		return nil
	})
}

// ReturnScan picks by a scanned or typed code as Scan reads it. With a receipt it
// is one more of a line that sold these goods, all that is left of it where they
// are weighed; CodeNotFound "return.not-sold" when the receipt has none of them,
// CodeLimit when all of them are picked. Without a receipt it adds goods at the
// catalogue's price: price as for Scan.
func (t *Till) ReturnScan(ctx context.Context, a pos.Actor, code string, qty money.Quantity, price *money.Amount) (*ReturnView, error) {
	return t.editReturn(ctx, a, func(o *op, d *pos.ReturnDraft) error {
		it, err := o.counter.Scanned(code, qty, price)
		if err != nil {
			return err
		}
		if d.Sale != "" {
			return o.pickProduct(d, it)
		}
		l, err := o.counter.Line(it)
		if err != nil {
			return err
		}
		if len(d.Lines) >= pos.MaxLines {
			return pos.E(pos.CodeLimit, "cheque.too-long", pos.Args{"Max": pos.MaxLines})
		}
		l.No = d.NextLine()
		d.Lines = append(d.Lines, pos.DraftLine{Line: *l})
		return nil
	})
}

// RefundBy says how money goes back for goods without a receipt: cash, card or
// transfer. With a receipt it goes back the way it came: CodeConflict.
func (t *Till) RefundBy(ctx context.Context, a pos.Actor, m pos.Method) (*ReturnView, error) {
	return t.editReturn(ctx, a, func(_ *op, d *pos.ReturnDraft) error {
		switch {
		case d.Sale != "":
			return pos.E(pos.CodeConflict, "return.method-fixed", nil)
		case !m.OverCounter():
			return pos.E(pos.CodeInvalid, "return.method", nil)
		}
		d.Method = m
		return nil
	})
}

// editReturn changes the open return as one operation. The goods taken in
// exchange are paid for with what it is worth then.
func (t *Till) editReturn(ctx context.Context, a pos.Actor, fn func(*op, *pos.ReturnDraft) error) (*ReturnView, error) {
	var v *ReturnView
	err := t.desk.Change(ctx, a, pos.RightSell, func(o *op) error {
		d, err := o.draft()
		if err != nil {
			return err
		}
		if err := fn(o, d); err != nil {
			return err
		}
		d.Rev++
		if err := o.PutReturnDraft(d); err != nil {
			return err
		}
		from, err := o.origin(d.Sale)
		if err != nil {
			return err
		}
		worth, err := from.worth(d)
		if err != nil {
			return err
		}
		if err := o.turnOver(worth); err != nil {
			return err
		}
		v, err = o.viewFrom(d, from)
		return err
	})
	return desk.OrNil(v, err)
}

// setPicked changes a line picked without a receipt.
func setPicked(d *pos.ReturnDraft, no int, qty money.Quantity, reason string, restock bool) error {
	l, err := d.Line(no)
	if err != nil {
		return err
	}
	if qty == 0 {
		d.Drop(no)
		return nil
	}
	l.Qty, l.Reason, l.Discarded = qty, reason, !restock
	return l.Check()
}

// pick says how much of a line of the sale comes back.
func (from *origin) pick(d *pos.ReturnDraft, no int, qty money.Quantity, reason string, restock bool) error {
	sold := soldLine(from.sale, no)
	if sold == nil {
		return pos.E(pos.CodeNotFound, "line.unknown", pos.Args{"Line": no})
	}
	if err := pos.CheckReturnQty(&sold.Line, qty, sold.Qty-from.back[no]); err != nil {
		return err
	}
	l := d.Of(no)
	switch {
	case qty == 0 && l == nil:
		return nil
	case qty == 0:
		d.Drop(l.No)
		return nil
	case l == nil:
		next := pos.DraftLine{Line: sold.Line, Origin: no}
		next.Discount = pos.Discount{}
		next.No = d.NextLine()
		d.Lines = append(d.Lines, next)
		l = &d.Lines[len(d.Lines)-1]
	}
	l.Qty, l.Reason, l.Discarded = qty, reason, !restock
	return nil
}

// pickProduct picks one more of the first line that sold a product and has some
// left.
func (o *op) pickProduct(d *pos.ReturnDraft, it shelf.Item) error {
	from, err := o.origin(d.Sale)
	if err != nil {
		return err
	}
	sold := false
	for i := range from.sale.Lines {
		l := &from.sale.Lines[i]
		if !returnable(l) || l.Product != it.Product.ID {
			continue
		}
		sold = true
		var picked pos.DraftLine
		if p := d.Of(l.Line.No); p != nil {
			picked = *p
		}
		left := l.Qty - from.back[l.Line.No] - picked.Qty
		if left <= 0 {
			continue
		}
		more := it.Qty
		switch {
		case more == 0 && l.Flags.Weighed:
			more = left
		case more == 0:
			more = min(money.One, left)
		}
		return from.pick(d, l.Line.No, picked.Qty+more, picked.Reason, !picked.Discarded)
	}
	if sold {
		return pos.E(pos.CodeLimit, "return.line-gone", pos.Args{"Name": it.Product.Name})
	}
	return pos.E(pos.CodeNotFound, "return.not-sold", pos.Args{"Name": it.Product.Name})
}
