package shelf

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"kassa/pos"
	"kassa/pos/barcode"
	"kassa/pos/money"
	"kassa/pos/pan"
)

// maxScanRunes bounds what a scanner or a hand may put in: the longest marking code
// and a quantity before it.
const maxScanRunes = 256

// Read finds what a code or a typed text names, and how much of it.
func (o *Op) Read(code string, qty money.Quantity) (Item, error) {
	text, err := CodeText(code)
	if err != nil {
		return Item{}, err
	}
	it, err := o.named(text)
	if pos.CodeOf(err) != pos.CodeNotFound {
		return times(it, qty, err)
	}
	n, rest := pos.Multiple(text)
	if wrong := wrongMultiple(text); wrong != nil {
		return Item{}, wrong
	}
	if n == 0 {
		return Item{}, err
	}
	if qty != 0 {
		return Item{}, pos.E(pos.CodeInvalid, "scan.two-quantities", nil)
	}
	it, err = o.named(rest)
	return times(it, n, err)
}

// wrongMultiple tells what is wrong with a quantity typed before a code, and with
// one typed before nothing; nil for what is no quantity and a sign.
func wrongMultiple(text string) error {
	i := strings.IndexAny(text, "*×")
	if i <= 0 {
		return nil
	}
	many := strings.TrimSpace(text[:i])
	if many == "" || strings.Trim(many, "0123456789.,") != "" {
		return nil
	}
	_, err := money.ParseQuantity(many)
	_, width := utf8.DecodeRuneInString(text[i:])
	switch {
	case strings.TrimSpace(text[i+width:]) == "":
		return pos.E(pos.CodeInvalid, "scan.no-code", pos.Args{"Quantity": many})
	case strings.Trim(many, "0.,") == "":
		return pos.E(pos.CodeInvalid, "scan.quantity-none", nil)
	case err != nil:
		return pos.E(pos.CodeInvalid, "scan.quantity", pos.Args{"Quantity": many})
	}
	return nil
}

// times sets how many were asked for. A label tells that itself.
func times(it Item, qty money.Quantity, err error) (Item, error) {
	if err == nil && qty != 0 {
		if it.Label {
			return Item{}, pos.E(pos.CodeInvalid, "scan.two-quantities", nil)
		}
		it.Qty = qty
	}
	return it, err
}

// Item is one thing to be rung up.
type Item struct {
	Product *pos.Product
	barcode string // as the goods keep it, a label as scanned; "" when typed or picked
	Qty     money.Quantity
	Price   *money.Amount
	off     money.Amount // discount of the line
	Label   bool         // qty, price and off come from the label of a scale
}

// ChequeLine is the item as a line that nobody has checked yet. CodeInvalid
// "scan.quantity-needed" for goods by weight of which nobody said how much: one
// kilogram is as wrong as any other guess; CodeInvalid "scan.price-needed" for
// goods whose price is asked and was not given; CodeConflict for goods that were
// changed past the till.
func (it Item) ChequeLine() (*pos.Line, error) {
	p := it.Product
	if err := p.Seal.Guard(pos.SealProduct, p.Name); err != nil {
		return nil, err
	}
	l := &pos.Line{Product: p.ID, SKU: p.SKU, Name: p.Name, Barcode: it.barcode, Unit: p.Unit,
		ListPrice: p.Price, Price: p.Price, Cost: p.Cost, VAT: p.VAT, Flags: p.Flags}
	var err error
	if l.Qty, err = it.howMuch(); err != nil {
		return nil, err
	}
	switch {
	case it.Price != nil:
		l.Price = *it.Price
	case p.Flags.AskPrice:
		return nil, pos.E(pos.CodeInvalid, "scan.price-needed", pos.Args{"Product": *p, "Name": p.Name})
	}
	l.Discount.Sum = it.off
	return l, nil
}

// howMuch is how much an item is: one piece where nobody said it, while one kilogram
// would be a guess.
func (it Item) howMuch() (money.Quantity, error) {
	switch {
	case it.Qty != 0:
		return it.Qty, nil
	case it.Product.Flags.Weighed:
		return 0, pos.E(pos.CodeInvalid, "scan.quantity-needed", pos.Args{"Product": *it.Product, "Name": it.Product.Name})
	}
	return money.One, nil
}

// named finds the one product a code names: a barcode first, then an SKU, each
// as a whole, then the label of a scale; then the other forms of the code.
func (o *Op) named(code string) (Item, error) {
	it, err := o.exactly(code)
	if pos.CodeOf(err) != pos.CodeNotFound || code == "" {
		return it, err
	}
	it, other := o.formed(code)
	if pos.CodeOf(other) == pos.CodeNotFound && !refused(other) && refused(err) {
		return Item{}, err
	}
	return it, other
}

// unknown refuses a code nobody knows.
func unknown(code string) error {
	return pos.E(pos.CodeNotFound, "scan.unknown", pos.Args{"Code": code})
}

// refused reports a refusal that says more than that nobody knows the code.
func refused(err error) bool {
	var e *pos.Error
	return errors.As(err, &e) && e.ID != "scan.unknown"
}

// exactly finds what a code names as it came.
func (o *Op) exactly(code string) (Item, error) {
	if code == "" || utf8.RuneCountInString(code) > pos.MaxBarcodeRunes {
		return Item{}, unknown(code)
	}
	found, err := o.ProductsByBarcode(code)
	if err != nil {
		return Item{}, err
	}
	if len(found) > 0 {
		p, err := only(code, found)
		return Item{Product: p, barcode: code}, err
	}
	p, err := o.ProductBySKU(code)
	if pos.CodeOf(err) == pos.CodeNotFound || (err == nil && p.Archived) {
		it, ok, err := o.labelled(code)
		if !ok {
			return Item{}, unknown(code)
		}
		return it, err
	}
	return Item{Product: p}, err
}

// only is the one of the goods that a code names. CodeConflict "scan.several" with
// Args "Products" when there are more: the till does not guess.
func only(code string, found []pos.Product) (*pos.Product, error) {
	if len(found) == 1 {
		return &found[0], nil
	}
	names := make([]string, len(found))
	for i := range found {
		names[i] = found[i].Name
	}
	return nil, pos.E(pos.CodeConflict, "scan.several",
		pos.Args{"Code": code, "Names": strings.Join(names, ", "), "Products": found})
}

// CodeText refuses what no code can be, before anything is looked up by it. Group
// separators come back as a sign that can be seen.
func CodeText(s string) (string, error) {
	if len(s) > maxScanRunes*utf8.UTFMax || utf8.RuneCountInString(s) > maxScanRunes {
		return "", pos.E(pos.CodeInvalid, "scan.long", pos.Args{"Max": maxScanRunes})
	}
	s = strings.TrimSpace(barcode.Shown(s))
	if s == "" {
		return "", pos.E(pos.CodeInvalid, "scan.empty", nil)
	}
	if pan.Swiped(s) {
		return "", pos.E(pos.CodeInvalid, "scan.card-swiped", nil)
	}
	for _, r := range s {
		if r == utf8.RuneError || !(unicode.IsPrint(r) || unicode.Is(unicode.Zs, r)) {
			return "", pos.E(pos.CodeInvalid, "scan.characters", nil)
		}
	}
	return s, nil
}
