package shelf

import (
	"context"
	"slices"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/scale"
)

// LabelReading is what a label of a scale says, and what it would ring up.
type LabelReading struct {
	Label   scale.Label
	Product *pos.Product // nil when no goods have the number
	Qty     money.Quantity
	Sum     money.Amount // what the line would come to
}

// ReadLabel reads a label by rules that need not be in force yet, to try them
// out. CodeInvalid "label.not" for a code that is none of theirs; otherwise what
// could be read comes back with the refusal the till would give.
func (t *Till) ReadLabel(ctx context.Context, a pos.Actor, rules scale.Rules, code string) (LabelReading, error) {
	var r LabelReading
	var refusal error
	err := t.desk.Look(ctx, a, pos.RightSettings, func(o *Op) error {
		text, err := CodeText(code)
		if err != nil {
			return err
		}
		var ok bool
		if r.Label, ok, refusal = rules.Read(text); !ok {
			return pos.E(pos.CodeInvalid, "label.not", pos.Args{"Code": text})
		}
		if r.Product, err = o.weighedGoods(text, r.Label); err != nil {
			if refusal == nil {
				refusal = err
			}
			return nil
		}
		if refusal != nil {
			return nil
		}
		it, err := weigh(r.Product, r.Label)
		if err != nil {
			refusal = err
			return nil
		}
		l, err := it.ChequeLine()
		if err == nil {
			err = l.Check()
		}
		if err != nil {
			refusal = err
			return nil
		}
		r.Qty = l.Qty
		gross, err := money.LineTotal(l.Price, l.Qty)
		r.Sum = gross - l.Discount.Sum
		return err
	})
	if err == nil {
		err = refusal
	}
	return r, err
}

// labelled is what the label of a scale rings up; false for a code that is none.
func (o *Op) labelled(code string) (Item, bool, error) {
	if o.Settings.Labels.Rules == "" {
		return Item{}, false, nil
	}
	rules, err := scale.ParseRules(o.Settings.Labels.Rules)
	if err != nil {
		return Item{}, true, err
	}
	l, ok, err := rules.Read(code)
	if !ok || err != nil {
		return Item{}, ok, err
	}
	p, err := o.weighedGoods(code, l)
	if err != nil {
		return Item{}, true, err
	}
	it, err := weigh(p, l)
	it.barcode = code
	return it, true, err
}

// weighedGoods finds the goods of a label: by their number on the scale, or by a
// barcode that is the label itself with nothing for its weight or price.
// CodeNotFound "label.unknown" when there are none, CodeConflict "label.several"
// when the number is one product's and the barcode another's.
func (o *Op) weighedGoods(code string, l scale.Label) (*pos.Product, error) {
	p, err := o.ProductByScaleCode(l.Item)
	if err != nil && pos.CodeOf(err) != pos.CodeNotFound {
		return nil, err
	}
	found, err := o.ProductsByCodes(l.Rule.Empty(code))
	if err != nil {
		return nil, err
	}
	if p != nil && !slices.ContainsFunc(found, func(f pos.Product) bool { return f.ID == p.ID }) {
		found = append(found, *p)
	}
	switch len(found) {
	case 0:
		return nil, pos.E(pos.CodeNotFound, "label.unknown", pos.Args{"Item": l.Item})
	case 1:
		return &found[0], nil
	}
	return nil, pos.E(pos.CodeConflict, "label.several", pos.Args{"Item": l.Item, "Name": found[0].Name, "Other": found[1].Name})
}

// weigh turns a label into a line. A weight is the quantity. A price is kept to
// the last minor unit: of weighed goods it becomes the least quantity worth it,
// and what that is worth beyond the price is the line's discount; of other goods
// it is the price of one.
func weigh(p *pos.Product, l scale.Label) (Item, error) {
	it := Item{Product: p, Label: true}
	switch {
	case l.Rule.Kind == scale.Weight && !p.Flags.Weighed:
		return Item{}, pos.E(pos.CodeConflict, "label.piece", pos.Args{"Name": p.Name})
	case l.Rule.Kind == scale.Weight:
		it.Qty = l.Weight
		if pos.InGrams(p.Unit) {
			it.Qty *= money.One
		}
	case p.Flags.Weighed && !p.Flags.AskPrice && p.Price > 0:
		var ok bool
		if it.Qty, it.off, ok = scale.Share(p.Price, l.Price); !ok {
			return Item{}, pos.E(pos.CodeInvalid, "label.worth", pos.Args{"Name": p.Name, "Sum": l.Price})
		}
	default:
		it.Qty, it.Price = money.One, &l.Price
	}
	return it, nil
}
