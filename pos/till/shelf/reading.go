package shelf

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kassa/pos"
	"kassa/pos/money"
)

// maxScanRunes bounds what a scanner or a hand may put in: the longest code and
// a quantity before it.
const maxScanRunes = pos.MaxBarcodeRunes + 16

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
	barcode string // as scanned, "" when typed or picked
	Qty     money.Quantity
	Price   *money.Amount
	off     money.Amount // discount of the line
	Label   bool         // qty, price and off come from the label of a scale
}

// ChequeLine is the item as a line that nobody has checked yet. CodeInvalid
// "scan.price-needed" for goods whose price is asked and was not given.
func (it Item) ChequeLine() (*pos.Line, error) {
	p := it.Product
	l := &pos.Line{Product: p.ID, SKU: p.SKU, Name: p.Name, Barcode: it.barcode, Unit: p.Unit,
		ListPrice: p.Price, Price: p.Price, Cost: p.Cost, Qty: it.Qty, VAT: p.VAT, Flags: p.Flags}
	if l.Qty == 0 {
		l.Qty = money.One
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

// named finds the one product a code names: a barcode first, then an SKU, each
// as a whole, then the label of a scale.
func (o *Op) named(code string) (Item, error) {
	unknown := pos.E(pos.CodeNotFound, "scan.unknown", pos.Args{"Code": code})
	if code == "" || utf8.RuneCountInString(code) > pos.MaxBarcodeRunes {
		return Item{}, unknown
	}
	found, err := o.ProductsByBarcode(code)
	if err != nil {
		return Item{}, err
	}
	switch len(found) {
	case 0:
	case 1:
		return Item{Product: &found[0], barcode: code}, nil
	default:
		names := make([]string, len(found))
		for i := range found {
			names[i] = found[i].Name
		}
		return Item{}, pos.E(pos.CodeConflict, "scan.several",
			pos.Args{"Code": code, "Names": strings.Join(names, ", "), "Products": found})
	}
	p, err := o.ProductBySKU(code)
	if pos.CodeOf(err) == pos.CodeNotFound || (err == nil && p.Archived) {
		it, ok, err := o.labelled(code)
		if !ok {
			return Item{}, unknown
		}
		return it, err
	}
	return Item{Product: p}, err
}

// CodeText refuses what no code can be, before anything is looked up by it.
func CodeText(s string) (string, error) {
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
