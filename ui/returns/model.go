package returns

import (
	"errors"
	"slices"
	"strings"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

// model is all the screen knows. It holds no widgets.
type model struct {
	view     *till.ReturnView // nil until loaded; its Draft.ID is "" while a sale is looked for
	selected int              // number of the selected line, 0 for none
	reason   string           // the last one chosen, for the lines picked next
	typed    string           // in the field, while goods are picked
	find     finding
	notice   notice
}

// notice is a sentence under the field.
type notice struct {
	id  string // of the words, when err is nil
	err error
}

// finding is the list of sales to choose from.
type finding struct {
	text   string // what hits answer
	hits   []hit
	meant  string // what text was taken for, see pos.Found
	asking bool   // the answer is under way
	wanted bool   // Enter came before the answer did
}

// picking reports that goods are being picked; otherwise a sale is looked for.
func (m *model) picking() bool { return m.view != nil && m.view.Draft.ID != "" }

// exchanging reports that goods are taken in exchange.
func (m *model) exchanging() bool { return m.picking() && m.view.Exchange != nil }

// chosen reports that something comes back.
func (m *model) chosen() bool { return m.picking() && len(m.view.Draft.Lines) > 0 }

// setReturn takes over a return and keeps a line selected.
func (m *model) setReturn(v *till.ReturnView) {
	added := m.picking() && v.Draft.ID == m.view.Draft.ID && v.Sale == nil && len(v.Lines) > len(m.view.Lines)
	m.view = v
	switch {
	case v.Draft.ID == "":
		m.selected, m.reason = 0, ""
	case added:
		m.selected = v.Lines[len(v.Lines)-1].No
	case m.row() < 0 && len(v.Lines) > 0:
		m.selected = v.Lines[0].No
		for _, l := range v.Lines {
			if l.Left > 0 {
				m.selected = l.No
				break
			}
		}
	}
}

// row is the place of the selected line, -1 for none.
func (m *model) row() int {
	if !m.picking() {
		return -1
	}
	return slices.IndexFunc(m.view.Lines, func(l till.ReturnLineView) bool { return l.No == m.selected })
}

// line is the selected line, nil for none.
func (m *model) line() *till.ReturnLineView {
	if i := m.row(); i >= 0 {
		return &m.view.Lines[i]
	}
	return nil
}

// reasonOf is why a line comes back: its own words, or the last ones chosen.
func (m *model) reasonOf(l *till.ReturnLineView) string {
	if l.Reason != "" || l.Pick > 0 {
		return l.Reason
	}
	return m.reason
}

// why puts the reasons of all lines into one sentence.
func (m *model) why() string {
	var all []string
	for i := range m.view.Draft.Lines {
		if r := m.view.Draft.Lines[i].Reason; r != "" && !slices.Contains(all, r) {
			all = append(all, r)
		}
	}
	return strings.Join(all, ", ")
}

// blue is what Enter on an empty field does.
type blue string

// What the blue button does.
const (
	blueTyped  blue = "typed"  // so much of the selected line as was typed
	blueTake   blue = "take"   // the goods whose code or name was typed
	blueOpen   blue = "open"   // the selected sale
	bluePick   blue = "pick"   // the whole of the selected line
	blueFinish blue = "finish" // on to where the money goes
	blueGoods  blue = "goods"  // to the goods of the exchange
	blueNone   blue = "none"
)

func (m *model) blue() blue {
	l := m.line()
	switch {
	case !m.picking() && len(m.find.hits) > 0:
		return blueOpen
	case !m.picking(): // what was typed looks for a sale
		return blueNone
	case m.typed != "":
		if _, ok := m.typedQty(); ok {
			return blueTyped
		}
		return blueTake
	case m.view.Sale != nil && l != nil && l.Pick == 0 && l.Left > 0:
		return bluePick
	case m.exchanging():
		return blueGoods
	case m.chosen():
		return blueFinish
	}
	return blueNone
}

// typedQty is how much of the selected line was typed; false where the text means
// goods, or more than can come back, which may be a code.
func (m *model) typedQty() (money.Quantity, bool) {
	l := m.line()
	if l == nil || m.view.Sale == nil {
		return 0, false
	}
	qty, err := money.ParseQuantity(m.typed)
	return qty, err == nil && qty <= l.Left
}

// shelves reports that pressing F7 sends the selected line back to the shelf; else
// it keeps the line off it.
func (m *model) shelves() bool {
	l := m.line()
	return l != nil && l.Pick > 0 && !l.Restock
}

// off is what a discount of the sale takes from what is picked of a line, and what
// that would be without it.
func off(l *till.ReturnLineView) (gross, off money.Amount) {
	r := pos.ReturnLine{Price: l.Line.Price, Qty: l.Pick, Sum: l.PickSum}
	return r.Gross(), r.Off()
}

// step is how much + and − change a line by: a piece, or a tenth for goods by weight.
func step(l *till.ReturnLineView) money.Quantity {
	if l.Line.Flags.Weighed {
		return money.One / 10
	}
	return money.One
}

// stepped is the quantity of a line after + or −: a step more or less, no more than there is and no less than nothing.
func stepped(l *till.ReturnLineView, by int, bound bool) money.Quantity {
	q := max(l.Pick+money.Quantity(by)*step(l), 0)
	if bound {
		q = min(q, l.Left)
	}
	return q
}

// errorID names an error for Watch: the id of its words, or its code.
func errorID(err error) string {
	if e, ok := errors.AsType[*pos.Error](err); ok && e.ID != "" {
		return e.ID
	}
	if err == nil {
		return ""
	}
	return string(pos.CodeOf(err))
}

func argOf[T any](err error, name string) (v T, ok bool) {
	e, is := errors.AsType[*pos.Error](err)
	if !is {
		return v, false
	}
	v, ok = e.Args[name].(T)
	return v, ok
}
