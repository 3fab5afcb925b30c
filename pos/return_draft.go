package pos

import (
	"time"

	"kassa/pos/money"
)

// ReturnDraft is a return that is being put together. It is stored with every
// change, like the open cheque; at most one is open at a till.
type ReturnDraft struct {
	ID       ReturnID
	Sale     SaleID // "" without a receipt
	Method   Method // how money goes back without a receipt
	OpenedAt time.Time
	OpenedBy EmployeeID
	Lines    []DraftLine // in the order picked
	Rev      int64       // grows with every change
}

// DraftLine is goods picked for a return. With a receipt it copies the line of
// the sale, but for the quantity; without one, the product. It has no discount.
type DraftLine struct {
	Line           // No is the line's own, 1-based; Reason is why it comes back
	Origin    int  // number of the line of the sale; 0 without a receipt
	Discarded bool // spoiled: it does not go back to the shelf
}

// Line returns the line with that number, or CodeNotFound.
func (d *ReturnDraft) Line(no int) (*DraftLine, error) {
	for i := range d.Lines {
		if d.Lines[i].No == no {
			return &d.Lines[i], nil
		}
	}
	return nil, E(CodeNotFound, "line.unknown", Args{"Line": no})
}

// Of returns the line picked from that line of the sale, or nil.
func (d *ReturnDraft) Of(origin int) *DraftLine {
	for i := range d.Lines {
		if d.Lines[i].Origin == origin && origin != 0 {
			return &d.Lines[i]
		}
	}
	return nil
}

// NextLine is the number for the next line.
func (d *ReturnDraft) NextLine() int {
	n := 0
	for i := range d.Lines {
		n = max(n, d.Lines[i].No)
	}
	return n + 1
}

// Drop takes the line with that number out.
func (d *ReturnDraft) Drop(no int) {
	kept := d.Lines[:0:0]
	for i := range d.Lines {
		if d.Lines[i].No != no {
			kept = append(kept, d.Lines[i])
		}
	}
	d.Lines = kept
}

// CheckReturnQty tells what is wrong with bringing qty of a sold line back when
// left of it has not come back yet: CodeInvalid for less than nothing and for
// parts of goods sold by the piece, CodeLimit beyond what is left.
func CheckReturnQty(l *Line, qty, left money.Quantity) error {
	switch {
	case qty < 0:
		return E(CodeInvalid, "line.qty-none", nil)
	case !l.Flags.Weighed && qty%money.One != 0 && qty != left:
		return E(CodeInvalid, "line.qty-piece", Args{"Name": l.Name})
	case qty > left && left == 0:
		return E(CodeLimit, "return.line-gone", Args{"Name": l.Name})
	case qty > left:
		return E(CodeLimit, "return.too-many", Args{"Name": l.Name, "Left": left, "Unit": l.Unit})
	}
	return nil
}
