package dates

import (
	"kassa/pos"
	"kassa/pos/figures"
	"kassa/ui/widgets"
)

// layouts are the ways in which a day may be typed.
var layouts = []string{"02.01.2006", "2.1.2006", "2.1.06", "2006-01-02", "02/01/2006", "2/1/2006"}

// Field is an entry for a day.
type Field struct {
	*widgets.Entry
	wrong func(error) string
}

// NewField makes a field that holds a day. wrong writes the sentence shown
// under a text that is no day.
func NewField(k *widgets.Kit, placeholder string, d figures.Day, wrong func(error) string) *Field {
	f := &Field{Entry: k.Entry(widgets.TextEntry, placeholder), wrong: wrong}
	f.MaxLength, f.SelectAll = len("31.12.2026"), true
	f.RefusesScan = true
	f.SetDay(d)
	return f
}

// SetDay puts a day in the field.
func (f *Field) SetDay(d figures.Day) {
	y, m, n := d.Parts()
	f.SetText(pos2(n) + "." + pos2(int(m)) + "." + pos2(y/100) + pos2(y%100))
	f.SetMessage("", widgets.Neutral)
}

func pos2(n int) string { return string([]byte{'0' + byte(n/10%10), '0' + byte(n%10)}) }

// Day reads the field; what is no day is said under it.
func (f *Field) Day() (figures.Day, bool) {
	d, err := figures.ParseDay(f.Text(), layouts...)
	if err != nil {
		f.SetMessage(f.wrong(err), widgets.Bad)
		return 0, false
	}
	f.SetMessage("", widgets.Neutral)
	return d, true
}

// Say is how texts are translated here.
type Say = func(id string, args pos.Args) string
