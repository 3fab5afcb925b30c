package till

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"kassa/pos"
	"kassa/pos/money"
)

// maxScanRunes bounds what a scanner or a hand may put in: the longest code and
// a quantity before it.
const maxScanRunes = pos.MaxBarcodeRunes + 16

// Scan adds what a code or a typed text names: a barcode or SKU exactly.
// "3*code" multiplies; qty 0 means one. price is asked for goods with AskPrice:
// CodeInvalid "scan.price-needed" with Args "Product" until it is given; for
// other goods a price needs RightPrice. CodeNotFound "scan.unknown" with Args
// "Code" for an unknown code, CodeConflict "scan.several" when goods share it,
// CodeConflict "shift.closed" without a shift. The same product again,
// unchanged in price and without a discount, adds to its line when that line is
// the last.
func (t *Till) Scan(ctx context.Context, a pos.Actor, code string, qty money.Quantity, price *money.Amount) (*ChequeView, error) {
	v, err := t.ring(ctx, a, func(o *op) (item, error) { return o.scanned(code, qty, price) })
	if pos.CodeOf(err) != pos.CodeNotFound {
		return v, err
	}
	// What names no goods may be the number of a coupon.
	if shown, coupon := t.AddCoupon(ctx, a, code); pos.CodeOf(coupon) != pos.CodeNotFound && pos.CodeOf(coupon) != pos.CodeInvalid {
		return shown, coupon
	}
	return nil, err
}

// scanned is read with the price that was given for it.
func (o *op) scanned(code string, qty money.Quantity, price *money.Amount) (item, error) {
	it, err := o.read(code, qty)
	if err == nil && price != nil {
		it.price = price
		it.label = false // a price that is asked for is asked of somebody
	}
	return it, err
}

// read finds what a code or a typed text names, and how much of it.
func (o *op) read(code string, qty money.Quantity) (item, error) {
	text, err := scanText(code)
	if err != nil {
		return item{}, err
	}
	it, err := o.named(text)
	if pos.CodeOf(err) != pos.CodeNotFound {
		return times(it, qty, err)
	}
	n, rest, ok := multiplied(text)
	if !ok {
		return item{}, err
	}
	if qty != 0 {
		return item{}, pos.E(pos.CodeInvalid, "scan.two-quantities", nil)
	}
	it, err = o.named(rest)
	return times(it, n, err)
}

// times sets how many were asked for. A label tells that itself.
func times(it item, qty money.Quantity, err error) (item, error) {
	if err == nil && qty != 0 {
		if it.label {
			return item{}, pos.E(pos.CodeInvalid, "scan.two-quantities", nil)
		}
		it.qty = qty
	}
	return it, err
}

// Add is Scan for a product picked from a list.
func (t *Till) Add(ctx context.Context, a pos.Actor, id pos.ProductID, qty money.Quantity, price *money.Amount) (*ChequeView, error) {
	return t.ring(ctx, a, func(o *op) (item, error) {
		p, err := o.Product(id)
		if pos.CodeOf(err) == pos.CodeNotFound || (err == nil && p.Archived) {
			return item{}, pos.E(pos.CodeNotFound, "scan.gone", nil)
		}
		return item{product: p, qty: qty, price: price}, err
	})
}

// item is one thing to be rung up.
type item struct {
	product *pos.Product
	barcode string // as scanned, "" when typed or picked
	qty     money.Quantity
	price   *money.Amount
	off     money.Amount // discount of the line
	label   bool         // qty, price and off come from the label of a scale
}

// ring adds an item to the open cheque, opening one when there is none.
func (t *Till) ring(ctx context.Context, a pos.Actor, find func(*op) (item, error)) (*ChequeView, error) {
	var v *ChequeView
	err := t.change(ctx, a, pos.RightSell, func(o *op) error {
		if _, err := o.workingShift(); err != nil {
			return err
		}
		it, err := find(o)
		if err != nil {
			return err
		}
		l, err := o.line(it)
		if err != nil {
			return err
		}
		c, err := o.openCheque()
		if err != nil {
			return err
		}
		before := termsOf(c)
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
		before.given.allow(c.Last().No, givenOn(l))
		if err := o.settle(c, before); err != nil {
			return err
		}
		v, err = o.view(c)
		return err
	})
	return orNil(v, err)
}

// line is the item as a line of a cheque, checked.
func (o *op) line(it item) (*pos.Line, error) {
	p := it.product
	l := &pos.Line{Product: p.ID, SKU: p.SKU, Name: p.Name, Barcode: it.barcode, Unit: p.Unit,
		ListPrice: p.Price, Price: p.Price, Cost: p.Cost, Qty: it.qty, VAT: p.VAT, Flags: p.Flags}
	if l.Qty == 0 {
		l.Qty = money.One
	}
	switch {
	case p.Flags.AskPrice && it.price == nil:
		return nil, pos.E(pos.CodeInvalid, "scan.price-needed", pos.Args{"Product": *p, "Name": p.Name})
	case it.price == nil:
	case it.label:
		l.Price = *it.price // the shop's own scale said so
	case !p.Flags.AskPrice && *it.price != p.Price:
		l.Price = *it.price
		if err := o.demandSum(pos.RightPrice, priceGap(l)); err != nil {
			return nil, err
		}
	default:
		l.Price = *it.price
	}
	l.Discount.Sum = it.off
	return l, l.Check()
}

// ringUp puts a line into the cheque, or adds it to the last one when that is
// the very same.
func (o *op) ringUp(c *pos.Cheque, l *pos.Line) error {
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

// named finds the one product a code names: a barcode first, then an SKU, each
// as a whole, then the label of a scale.
func (o *op) named(code string) (item, error) {
	unknown := pos.E(pos.CodeNotFound, "scan.unknown", pos.Args{"Code": code})
	if code == "" || utf8.RuneCountInString(code) > pos.MaxBarcodeRunes {
		return item{}, unknown
	}
	found, err := o.ProductsByBarcode(code)
	if err != nil {
		return item{}, err
	}
	switch len(found) {
	case 0:
	case 1:
		return item{product: &found[0], barcode: code}, nil
	default:
		names := make([]string, len(found))
		for i := range found {
			names[i] = found[i].Name
		}
		return item{}, pos.E(pos.CodeConflict, "scan.several",
			pos.Args{"Code": code, "Names": strings.Join(names, ", "), "Products": found})
	}
	p, err := o.ProductBySKU(code)
	if pos.CodeOf(err) == pos.CodeNotFound || (err == nil && p.Archived) {
		it, ok, err := o.labelled(code)
		if !ok {
			return item{}, unknown
		}
		return it, err
	}
	return item{product: p}, err
}

// scanText refuses what no code can be, before anything is looked up by it.
func scanText(s string) (string, error) {
	if len(s) > maxScanRunes*utf8.UTFMax || utf8.RuneCountInString(s) > maxScanRunes {
		return "", pos.E(pos.CodeInvalid, "scan.long", pos.Args{"Max": pos.MaxBarcodeRunes})
	}
	s = strings.TrimSpace(s)
	if s == "" {
		return "", pos.E(pos.CodeInvalid, "scan.empty", nil)
	}
	for _, r := range s {
		if r == utf8.RuneError || !(unicode.IsPrint(r) || unicode.Is(unicode.Zs, r)) {
			return "", pos.E(pos.CodeInvalid, "scan.characters", nil)
		}
	}
	return s, nil
}

// multiplied splits "3*code" or "0,5×code" at its first sign.
func multiplied(s string) (money.Quantity, string, bool) {
	i := strings.IndexAny(s, "*×")
	if i <= 0 {
		return 0, "", false
	}
	_, width := utf8.DecodeRuneInString(s[i:])
	n, err := money.ParseQuantity(s[:i])
	return n, strings.TrimSpace(s[i+width:]), err == nil
}
