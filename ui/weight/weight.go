// Package weight is the question how much of goods by weight there is: where a
// piece would be one, a kilogram would be a guess.
package weight

import (
	"strings"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Question is what is asked, and who hears the answer.
type Question struct {
	Name   string // of the window
	Goods  pos.Product
	Do     string               // what the blue button says; the usual words when empty
	Priced bool                 // tells what the typed weight costs
	Take   func(money.Quantity) // hears the answer, once the window is gone
	Gone   func()               // hears that the window went without one; may be nil
	// OnScan takes what is scanned meanwhile, and is told to the person as waiting;
	// nil for nobody.
	OnScan func(code string)
}

// window is the dialog of a question.
type window struct {
	Question
	env     *ui.Env
	field   *widgets.Entry
	costs   *widgets.Paragraph
	banner  *widgets.Banner
	dialog  *widgets.Dialog
	behind  int // scans that wait
	settled bool
}

// Ask shows the question. Esc, and a till that is locked, answer nothing.
func Ask(env *ui.Env, q Question) {
	k := env.Kit
	w := &window{Question: q, env: env, costs: widgets.NewParagraph("", widgets.Strong), banner: widgets.NewBanner("", widgets.Bad)}
	if w.Do == "" {
		w.Do = env.T("weight.add", nil)
	}
	w.field = k.Entry(widgets.AmountEntry, "0")
	w.field.Filter = Filter(q.Goods.Unit, true)
	hint := "weight.hint"
	if pos.InKilograms(q.Goods.Unit) {
		hint = "weight.hint.grams"
	}
	w.field.OnChanged = w.onTyped
	left := widgets.VBox(theme.GapCards, widgets.Field(env.T("weight.label", pos.Args{"Unit": q.Goods.Unit}), w.field), w.costs,
		widgets.NewParagraph(env.T(hint, nil), widgets.SmallMuted))
	back := k.KeyButton(env.T("word.cancel", nil), widgets.Secondary, keys.Esc, func() { w.dialog.Close() })
	blue := k.KeyButton(w.Do, widgets.Primary, keys.Enter, w.onTake)
	back.Height, blue.Height = widgets.Large, widgets.Large
	w.dialog = k.Dialog(widgets.DialogSpec{Name: q.Name, Title: env.T("weight.title", nil), Subtitle: q.Goods.Name, Width: widgets.Narrow,
		Body: widgets.VBox(theme.GapCards, widgets.Columns(24, widgets.Grow(left),
			widgets.FixedWidth(220, widgets.Sized(0, 250, k.Numpad(w.field, false)))), w.banner),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(160, back), widgets.Grow(blue))})
	w.dialog.OnClosed = w.onClosed
	w.costs.Set(w.told(""), widgets.Strong)
	w.dialog.Show(w.field.Focusable(), w.bind)
	w.tell(nil)
}

func (w *window) bind(sc *keys.Scope) {
	sc.BindKey(keys.Enter, w.onTake)
	if w.OnScan != nil {
		sc.OnScan = w.onScan
	}
}

// onTyped tells at once what so much costs.
func (w *window) onTyped(text string) {
	w.costs.Set(w.told(text), widgets.Strong)
	w.dialog.Refresh()
}

// told is the price of one unit, and what was typed at it.
func (w *window) told(text string) string {
	p := &w.Goods
	if !w.Priced || p.Flags.AskPrice {
		return ""
	}
	n, _, err := w.typed(text).read()
	if err != nil || n <= 0 {
		return w.env.T("weight.price", pos.Args{"Price": p.Price, "Unit": p.Unit})
	}
	sum, err := money.LineTotal(p.Price, n)
	if err != nil {
		return ""
	}
	return w.env.T("weight.costs", pos.Args{"Qty": n, "Unit": p.Unit, "Price": p.Price, "Sum": sum})
}

// typed is an answer of this window.
func (w *window) typed(text string) Typed {
	return Typed{Text: text, Unit: w.Goods.Unit, Weighed: true}
}

func (w *window) onTake() {
	text := strings.TrimSpace(w.field.Text())
	if text == "" {
		w.refuse(w.none())
		return
	}
	take(w.env, w.typed(text), w.settle, w.refuse, w.listen())
}

// listen is who hears of scans while a doubtful weight is asked about.
func (w *window) listen() func(string) {
	if w.OnScan == nil {
		return nil
	}
	return w.onScan
}

func (w *window) none() error {
	return pos.E(pos.CodeInvalid, "scan.weight-none", pos.Args{"Name": w.Goods.Name})
}

func (w *window) settle(n money.Quantity) {
	if n <= 0 {
		w.refuse(w.none())
		return
	}
	w.settled = true
	w.dialog.Close()
	w.Take(n)
}

func (w *window) refuse(err error) {
	w.banner.Set(w.env.Words.Error(err), widgets.Bad)
	w.dialog.Refresh()
	w.field.Focus()
	w.tell(err)
}

// onScan lets the next goods wait for the answer: they are scanned while the first
// lie on the scale.
func (w *window) onScan(code string) {
	w.behind++
	w.OnScan(code)
	w.banner.Set(w.env.T("weight.behind", pos.Args{"Count": w.behind}), widgets.Info)
	w.dialog.Refresh()
}

func (w *window) onClosed() {
	if !w.settled && w.Gone != nil {
		w.Gone()
	}
}

func (w *window) tell(err error) {
	w.env.Shown(w.Name, "sku", w.Goods.SKU, "error", string(pos.CodeOf(err)))
}
