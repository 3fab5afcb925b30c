package stock

import (
	"kassa/pos"
	"kassa/ui/labels"
)

// labelled reports goods that have come in and want price labels.
func (d *doc) labelled() bool {
	return !d.draft() && d.view.Doc.Kind == pos.Receiving && d.stands()
}

// onLabels makes a price label for every piece that came in, at the price the
// goods have now.
func (d *doc) onLabels() {
	var chosen []labels.Choice
	for i := range d.view.Doc.Lines {
		l := &d.view.Doc.Lines[i]
		if p, ok := d.view.Goods[l.Product]; ok && l.Qty > 0 {
			chosen = append(chosen, labels.Choice{Product: p, Count: labels.Pieces(&p, l.Qty)})
		}
	}
	labels.Open(d.env, chosen, nil)
}
