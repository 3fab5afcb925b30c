package local

import (
	"cmp"
	"slices"

	"kassa/pos"
)

// What is kept of the open cheque is what a reading of its rows would give: each
// change of the rows is made here too.

// openCheque is the open cheque of that id, nil where it is not known.
func (k *kept) openCheque(id pos.SaleID) *chequeRow {
	if k.cheque == nil || k.cheque.ID != id {
		return nil
	}
	return k.cheque
}

// clone is the cheque for somebody who may change it. It has room for the line
// that is about to be added.
func (c *chequeRow) clone() *pos.Cheque {
	out := c.Cheque
	if c.Lines != nil {
		out.Lines = append(make([]pos.Line, 0, len(c.Lines)+1), c.Lines...)
	}
	for i := range out.Lines {
		if l := &out.Lines[i]; l.Offers != nil {
			l.Offers = slices.Clone(l.Offers)
		}
	}
	out.Tenders, out.Coupons = slices.Clone(c.Tenders), slices.Clone(c.Coupons)
	return &out
}

// change takes over the head of a cheque that stays open.
func (c *chequeRow) change(now *pos.Cheque) {
	c.Note, c.Customer, c.Discount = now.Note, now.Customer, now.Discount
	c.OpenedAt, c.OpenedBy, c.Rev = asRead(now.OpenedAt), now.OpenedBy, now.Rev
	c.Coupons = couponsOf(couponsText(now.Coupons))
}

func (c *chequeRow) putLine(l pos.Line) {
	l.Expires = asRead(l.Expires)
	if l.Offers = slices.Clone(l.Offers); len(l.Offers) == 0 {
		l.Offers = nil
	}
	i, there := slices.BinarySearchFunc(c.Lines, l.No, func(l pos.Line, no int) int { return cmp.Compare(l.No, no) })
	if there {
		c.Lines[i] = l
	} else {
		c.Lines = slices.Insert(c.Lines, i, l)
	}
}

func (c *chequeRow) putTender(t pos.Tender) {
	i, there := slices.BinarySearchFunc(c.Tenders, t.No, func(t pos.Tender, no int) int { return cmp.Compare(t.No, no) })
	if there {
		c.Tenders[i] = t
	} else {
		c.Tenders = slices.Insert(c.Tenders, i, t)
	}
}

func (c *chequeRow) dropTender(no int) {
	c.Tenders = slices.DeleteFunc(c.Tenders, func(t pos.Tender) bool { return t.No == no })
	if len(c.Tenders) == 0 {
		c.Tenders = nil
	}
}
