package shelf

// This file finds goods by a code that is not kept as it came: in another writing,
// inside a GS1 code, or typed under another layout.

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"kassa/pos"
	"kassa/pos/barcode"
	"kassa/pos/money"
	"kassa/pos/scale"
)

// formed finds what a code names in one of its forms, the most certain first.
// Where one form fits several goods the cashier is asked, and the code of a package
// is refused by the name of what it holds: it is never sold for one piece.
func (o *Op) formed(code string) (Item, error) {
	shown, _ := barcode.Bare(code)
	for _, f := range barcode.Forms(code) {
		if f.GTIN != "" {
			shown = f.GTIN
		}
		it, err := o.inForm(code, f)
		if pos.CodeOf(err) != pos.CodeNotFound || refused(err) {
			return it, err
		}
	}
	return Item{}, o.packageOf(shown, false)
}

// GoodsOf is the one product a code names, in any of its forms: what a scan shows
// where nothing is rung up. CodeNotFound "scan.unknown" for none, CodeConflict
// "scan.several" when a form fits several.
func (t *Till) GoodsOf(ctx context.Context, code string) (*pos.Product, error) {
	var p *pos.Product
	err := t.desk.Look(ctx, pos.Actor{}, "", func(o *Op) error {
		text, err := CodeText(code)
		if err != nil {
			return err
		}
		it, err := o.named(text)
		if it.Product != nil {
			p, err = it.Product, nil // a code without a weight names its goods all the same
		}
		return err
	})
	return p, err
}

// coded are the goods a text names as a code, for a search that found nothing else.
func (o *Op) coded(text string) ([]pos.Product, error) {
	text, err := CodeText(text)
	if err != nil {
		return nil, nil // no code
	}
	for _, f := range append([]barcode.Form{{Keys: []string{text}}}, barcode.Forms(text)...) {
		if found, err := o.holding(f, f.Keys); len(found) > 0 || err != nil {
			return found, err
		}
	}
	return nil, nil
}

// inForm finds what one form names.
func (o *Op) inForm(code string, f barcode.Form) (Item, error) {
	keys := slices.DeleteFunc(f.Keys, func(k string) bool { return utf8.RuneCountInString(k) > pos.MaxBarcodeRunes })
	if f.Content {
		return Item{}, o.packageOf(f.GTIN, true)
	}
	found, err := o.holding(f, keys)
	if err != nil {
		return Item{}, err
	}
	if len(found) == 0 && f.GTIN != "" {
		found, err = o.ofVariableMeasure(f)
		if err != nil {
			return Item{}, err
		}
	}
	if len(found) == 0 {
		return o.labelIn(keys)
	}
	p, err := only(code, found)
	if err != nil {
		return Item{}, err
	}
	it := Item{Product: p}
	for _, b := range p.Barcodes {
		if slices.ContainsFunc(keys, func(k string) bool { return strings.EqualFold(k, b) }) {
			it.barcode = b
		}
	}
	return o.measured(it, f.Elements)
}

// holding are the goods kept under the keys of a form.
func (o *Op) holding(f barcode.Form, keys []string) ([]pos.Product, error) {
	if f.AnyCase {
		return o.ProductsAnyCase(keys)
	}
	return o.ProductsByCodes(keys)
}

// labelIn reads the label of a scale in another writing.
func (o *Op) labelIn(keys []string) (Item, error) {
	for _, k := range keys {
		if it, ok, err := o.labelled(k); ok {
			return it, err
		}
	}
	return Item{}, unknown("")
}

// ofVariableMeasure finds weighed goods by the code of a packer (a GTIN that begins
// with 9) where the shop keeps the code of the goods themselves.
func (o *Op) ofVariableMeasure(f barcode.Form) ([]pos.Product, error) {
	if f.GTIN[0] != '9' {
		return nil, nil
	}
	base := f.GTIN[1:13]
	base += string(barcode.CheckDigit(base))
	found, err := o.ProductsByCodes(append(barcode.SameNumber(base), base))
	return slices.DeleteFunc(found, func(p pos.Product) bool { return !p.Flags.Weighed }), err
}

// measured takes from a code how much there is of the goods: the weight of weighed
// ones, or their price, and the count of pieces.
func (o *Op) measured(it Item, e barcode.Elements) (Item, error) {
	p := it.Product
	kept := it.barcode
	var err error
	switch {
	case p.Flags.Weighed && e.Weight != 0:
		it, err = weigh(p, scale.Label{Rule: scale.Rule{Kind: scale.Weight}, Weight: e.Weight})
	case p.Flags.Weighed && e.HasPrice:
		l := scale.Label{Rule: scale.Rule{Kind: scale.Price}}
		if l.Price, err = inMinor(e.Price, e.PriceDigits, o.Settings.Currency.Digits()); err == nil {
			it, err = weigh(p, l)
		}
	case p.Flags.Weighed && e.GTIN != "" && e.GTIN[0] == '9':
		err = pos.E(pos.CodeInvalid, "scan.no-weight", pos.Args{"Name": p.Name})
	case !p.Flags.Weighed && e.Count > 1:
		it.Qty, it.Label = money.Quantity(e.Count)*money.One, true
	}
	it.barcode = kept
	return it, err
}

// inMinor is a price with so many digits behind the point in minor units.
func inMinor(price int64, have, want int) (money.Amount, error) {
	for ; have < want; have++ {
		price *= 10
	}
	for ; have > want; have-- {
		if price%10 != 0 {
			return 0, pos.E(pos.CodeInvalid, "label.none-price", nil)
		}
		price /= 10
	}
	if price <= 0 || price > int64(money.MaxAmount) {
		return 0, pos.E(pos.CodeInvalid, "label.none-price", nil)
	}
	return money.Amount(price), nil
}

// packageOf refuses the code of a package whose goods the shop sells by the piece,
// and any other as unknown. content is true for a code that names what is inside.
func (o *Op) packageOf(code string, content bool) error {
	single := barcode.Inside(code)
	if single == "" && content {
		single = code
	}
	if single == "" {
		return unknown(code)
	}
	found, err := o.ProductsByCodes(append(barcode.SameNumber(single), single))
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return unknown(code)
	}
	return pos.E(pos.CodeNotFound, "scan.package", pos.Args{"Code": code, "Name": found[0].Name})
}
