package till

import (
	"context"

	"kassa/pos"
	"kassa/pos/labels"
	"kassa/pos/money"
)

// LabelReading is what a label of a scale says, and what it would ring up.
type LabelReading struct {
	Label   labels.Label
	Product *pos.Product // nil when no goods have the number
	Qty     money.Quantity
	Sum     money.Amount // what the line would come to
}

// ReadLabel reads a label by rules that need not be in force yet, to try them
// out. CodeInvalid "label.not" for a code that is none of theirs; otherwise what
// could be read comes back with the refusal the till would give.
func (t *Till) ReadLabel(ctx context.Context, a pos.Actor, rules labels.Rules, code string) (LabelReading, error) {
	var r LabelReading
	var refusal error
	err := t.look(ctx, a, pos.RightSettings, func(o *op) error {
		text, err := scanText(code)
		if err != nil {
			return err
		}
		var ok bool
		if r.Label, ok, refusal = rules.Read(text); !ok {
			return pos.E(pos.CodeInvalid, "label.not", pos.Args{"Code": text})
		}
		if r.Product, err = o.weighedGoods(r.Label); err != nil {
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
		l, err := o.line(it)
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
func (o *op) labelled(code string) (item, bool, error) {
	if o.set.Labels.Rules == "" {
		return item{}, false, nil
	}
	rules, err := labels.ParseRules(o.set.Labels.Rules)
	if err != nil {
		return item{}, true, err
	}
	l, ok, err := rules.Read(code)
	if !ok || err != nil {
		return item{}, ok, err
	}
	p, err := o.weighedGoods(l)
	if err != nil {
		return item{}, true, err
	}
	it, err := weigh(p, l)
	it.barcode = code
	return it, true, err
}

// weighedGoods finds the goods of a label, CodeNotFound "label.unknown".
func (o *op) weighedGoods(l labels.Label) (*pos.Product, error) {
	p, err := o.ProductByScaleCode(l.Item)
	if pos.CodeOf(err) == pos.CodeNotFound {
		return nil, pos.E(pos.CodeNotFound, "label.unknown", pos.Args{"Item": l.Item})
	}
	return p, err
}

// weigh turns a label into a line. A weight is the quantity. A price is kept to
// the last minor unit: of weighed goods it becomes the least quantity worth it,
// and what that is worth beyond the price is the line's discount; of other goods
// it is the price of one.
func weigh(p *pos.Product, l labels.Label) (item, error) {
	it := item{product: p, label: true}
	switch {
	case l.Rule.Kind == labels.Weight && !p.Flags.Weighed:
		return item{}, pos.E(pos.CodeConflict, "label.piece", pos.Args{"Name": p.Name})
	case l.Rule.Kind == labels.Weight:
		it.qty = l.Weight
		if pos.InGrams(p.Unit) {
			it.qty *= money.One
		}
	case p.Flags.Weighed && !p.Flags.AskPrice && p.Price > 0:
		var ok bool
		if it.qty, it.off, ok = labels.Share(p.Price, l.Price); !ok {
			return item{}, pos.E(pos.CodeInvalid, "label.worth", pos.Args{"Name": p.Name, "Sum": l.Price})
		}
	default:
		it.qty, it.price = money.One, &l.Price
	}
	return it, nil
}
