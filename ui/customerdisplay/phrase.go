package customerdisplay

import (
	"image/color"
	"strings"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
)

// white is paper, under a logo made for paper.
var white = color.White

func (d *Display) words() *words.Words { return d.p.Words() }

func (d *Display) t(id string, args pos.Args) string { return d.words().T(id, args) }

func (d *Display) sum(a money.Amount) string { return d.words().Money().Amount(a) }

// times tells how many of goods and at what price.
func (d *Display) times(l *Line) string {
	m := d.words().Money()
	return strings.TrimSpace(m.Quantity(l.Qty)+" "+l.Unit) + " × " + m.Bare(l.Price)
}

// goods are a line of the list: more than one piece is counted.
func (d *Display) goods(l *Line) string {
	if l.Qty == money.One {
		return l.Name
	}
	return l.Name + " · " + strings.TrimSpace(d.words().Money().Quantity(l.Qty)+" "+l.Unit)
}
