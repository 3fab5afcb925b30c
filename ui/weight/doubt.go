package weight

// This file asks about a weight that may have been read off the scales in grams.

import (
	"kassa/pos"
	"kassa/pos/money"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Take reads what was typed and hands it on: at once, or when somebody said whether
// it is grams or kilograms. What cannot be read goes to refuse. Esc goes back to the
// field, with what was typed in it.
func Take(env *ui.Env, t Typed, done func(money.Quantity), refuse func(error)) {
	take(env, t, done, refuse, nil)
}

func take(env *ui.Env, t Typed, done func(money.Quantity), refuse func(error), onScan func(string)) {
	n, doubtful, err := t.read()
	switch {
	case err != nil:
		refuse(err)
	case doubtful:
		doubt(env, t.Unit, n, done, nil, onScan)
	default:
		done(n)
	}
}

// Given asks about a weight that was given with goods, as in "700*code": whether it is
// grams or kilograms. take hears the answer, gone that there was none.
func Given(env *ui.Env, unit string, n money.Quantity, take func(money.Quantity), gone func(), onScan func(string)) {
	doubt(env, unit, n, take, gone, onScan)
}

// doubt asks whether so much is grams or kilograms. Enter decides nothing: it is the
// key that was pressed a moment ago.
func doubt(env *ui.Env, unit string, n money.Quantity, done func(money.Quantity), gone func(), onScan func(string)) {
	k, settled := env.Kit, false
	args := pos.Args{"Qty": n, "Unit": unit, "Less": grams(n)}
	news := widgets.NewBanner("", widgets.Info)
	var d *widgets.Dialog
	settle := func(n money.Quantity) {
		if d.Shown() {
			settled = true
			d.Close()
			done(n)
		}
	}
	small := func() { settle(grams(n)) }
	large := func() { settle(n) }
	little := k.KeyButton(env.T("weight.doubt.grams", args), widgets.Secondary, "F2", small)
	much := k.KeyButton(env.T("weight.doubt.kilograms", args), widgets.Secondary, "F3", large)
	back := k.KeyButton(env.T("word.cancel", nil), widgets.Secondary, keys.Esc, func() { d.Close() })
	for _, b := range []*widgets.Button{little, much, back} {
		b.Height = widgets.Large
	}
	d = k.Dialog(widgets.DialogSpec{Name: "weight.doubt", Title: env.T("weight.doubt.title", args), Width: widgets.Narrow,
		Body: widgets.VBox(theme.GapCards, widgets.NewParagraph(env.T("weight.doubt.why", nil), widgets.Body),
			widgets.Equal(theme.GapCards, little, much), news),
		Footer: widgets.Footer(theme.GapCards, back)})
	d.OnClosed = func() {
		if !settled && gone != nil {
			gone()
		}
	}
	d.Show(nil, func(sc *keys.Scope) {
		sc.BindKey("F2", small)
		sc.BindKey("F3", large)
		sc.BindKey(keys.Enter, func() {
			news.Set(env.T("weight.doubt.enter", nil), widgets.Info)
			d.Refresh()
		})
		sc.OnScan = onScan
	})
	k.Window.Canvas().Unfocus() // a button with the focus would take Enter for its answer
	env.Shown("weight.doubt", "qty", n.String())
}
