package receiptdata

import (
	"slices"

	"kassa/pos"
	"kassa/pos/money"
)

// Of is the object of a sale, and what is odd about it. The positions are the
// goods sold, each for what was paid for it; the lines of a sale of more than 50
// stay apart where their sums are the largest, and the rest is one position
// named rest. What rounding took off the whole is in no position, and is told
// (V10).
func Of(s *pos.Sale, mode Mode, rest string) (Data, []Finding) {
	d := Data{}
	for i := range s.Lines {
		if l := &s.Lines[i]; !l.Removed {
			d.Positions = append(d.Positions, positionOf(l, mode))
		}
	}
	d.Positions = fold(d.Positions, mode, rest)
	total := money.Amount(0)
	for i := range d.Positions {
		if t := d.Positions[i].TaxAmount; t != nil {
			total = total.Add(*t)
		}
	}
	d.TotalTax = &total
	d.share()
	return d, Check(&d, s.Total, mode)
}

func positionOf(l *pos.SaleLine, mode Mode) Position {
	q := Millionths(l.Qty) * 1000
	p := Position{Amount: l.Sum, Quantity: &q, Description: Describe(l.Name)}
	tax := money.Amount(0)
	if l.Line.VAT != pos.NoVAT { // goods without VAT tell no rate: 0 % is one
		r := l.Line.VAT
		p.Tax = &r
		tax = mode.Of(l.Sum, r)
	}
	p.TaxAmount = &tax
	return p
}

// fold brings the positions to 50 (V12): the 49 largest as they stood, and what
// is left as one. It has a rate only where all of them have the same, and where
// that still gives its VAT: each line was rounded by itself.
func fold(all []Position, mode Mode, rest string) []Position {
	if len(all) <= MaxPositions {
		return all
	}
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(min(1, max(-1, all[b].Amount-all[a].Amount))) })
	kept := slices.Sorted(slices.Values(order[:MaxPositions-1]))
	out := make([]Position, 0, MaxPositions)
	for _, i := range kept {
		out = append(out, all[i])
	}
	tax := money.Amount(0)
	folded := Position{Description: Describe(rest), Tax: all[order[MaxPositions-1]].Tax}
	for _, i := range order[MaxPositions-1:] {
		folded.Amount = folded.Amount.Add(all[i].Amount)
		tax = tax.Add(*all[i].TaxAmount)
		if !same(folded.Tax, all[i].Tax) {
			folded.Tax = nil
		}
	}
	if r := folded.Tax; r != nil && (tax-mode.Of(folded.Amount, *r) > 1 || mode.Of(folded.Amount, *r)-tax > 1) {
		folded.Tax = nil
	}
	folded.TaxAmount = &tax
	return append(out, folded)
}

// share writes a rate that all positions have once for all of them (V9).
func (d *Data) share() {
	if len(d.Positions) == 0 || d.Positions[0].Tax == nil {
		return
	}
	common := *d.Positions[0].Tax
	for i := range d.Positions {
		if !same(d.Positions[i].Tax, &common) {
			return
		}
	}
	d.CommonTax = &common
	for i := range d.Positions {
		d.Positions[i].Tax = nil
	}
}

func same(a, b *money.Percent) bool { return a == b || a != nil && b != nil && *a == *b }
