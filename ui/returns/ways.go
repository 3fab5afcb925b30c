package returns

import (
	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// way is one line of where a return goes: money, points, debt, goods.
type way struct {
	label, value string
	strong       bool
	tone         widgets.Tone
}

func (w way) row() fyne.CanvasObject {
	style := widgets.Body
	if w.strong {
		style = widgets.Figure
	}
	switch w.tone {
	case widgets.Warn:
		style = style.In(theme.ColorWarn)
	case widgets.Good:
		style = style.In(theme.ColorGood)
	}
	return widgets.KeyValue(w.label, w.value, style).Box
}

// waysOf tells where everything of an open return goes, money first.
func waysOf(env *ui.Env, v *till.ReturnView) []way {
	r, m := v.Preview, env.Words.Money()
	var all []way
	if r == nil {
		return nil
	}
	for _, method := range pos.RefundMethods {
		sum := r.Refunded(method)
		if sum == 0 {
			continue
		}
		w := way{label: env.T("returns.way."+string(method), pos.Args{"Count": r.PointsBack}), value: m.Amount(sum), strong: method.OverCounter()}
		if method.Kept() {
			w.tone = widgets.Warn
		}
		all = append(all, w)
	}
	points := func(id string, n int64, tone widgets.Tone) {
		if n > 0 {
			all = append(all, way{label: env.T(id, nil), value: m.Points(n), tone: tone})
		}
	}
	points("returns.points.restored", r.PointsRestored, widgets.Good)
	points("returns.points.taken", r.PointsTaken, widgets.Neutral)
	points("returns.points.withheld", r.PointsWithheld, widgets.Warn)
	shelf, spoiled := goods(r)
	if shelf > 0 {
		all = append(all, way{label: env.T("returns.goods.shelf", nil), value: env.T("count.lines", pos.Args{"Count": shelf})})
	}
	if spoiled > 0 {
		all = append(all, way{label: env.T("returns.goods.spoiled", nil), value: env.T("count.lines", pos.Args{"Count": spoiled}), tone: widgets.Warn})
	}
	return all
}

// goods counts the lines that go back to the shelf and those that do not.
func goods(r *pos.Return) (shelf, spoiled int) {
	for i := range r.Lines {
		if r.Lines[i].Restock {
			shelf++
		} else {
			spoiled++
		}
	}
	return shelf, spoiled
}

// handed is the money that changes hands: out of the drawer, and in other ways.
func handed(r *pos.Return) (cash, other money.Amount) {
	for _, m := range pos.CounterMethods {
		if sum := r.Refunded(m); m.InDrawer() {
			cash = cash.Add(sum)
		} else {
			other = other.Add(sum)
		}
	}
	return cash, other
}
