package receipts

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Show tells that a sale is stored: the change to give, and the receipt. Enter
// or the next scan goes on with a new cheque; closed hears of it. The receipt is
// printed where the shop wants it always, and on request.
func Show(env *ui.Env, sale *pos.Sale, closed func()) {
	k := env.Kit
	paper := widgets.NewMono("")
	var d *widgets.Dialog
	state := newSlip(env)
	next := k.KeyButton(env.T("receipts.next", nil), widgets.Primary, keys.Enter, func() { d.Close() })
	next.Height = widgets.Large
	ui.DefinePrintKey(k.Keys)
	put := k.ActionButton(env.T("receipts.print", nil), widgets.Secondary, ui.ActPrint)
	file := k.ActionButton(env.T("receipts.pdf", nil), widgets.Secondary, ui.ActPDF)
	others := widgets.VBox(theme.GapSmall, file)
	if env.Print.Ready() {
		others = widgets.VBox(theme.GapSmall, put, file)
	}
	body := widgets.Columns(24, paperCard(paper), widgets.Grow(widgets.VBox(theme.GapCards, widgets.Grow(k.Scroll(aside(env, sale, state))), others)))
	d = k.Dialog(widgets.DialogSpec{Name: "receipt", Title: env.T("receipts.done", pos.Args{"Number": sale.Number}),
		Width: widgets.Middle, Height: 620, Fills: true, Body: body, Footer: next})
	d.OnClosed = func() {
		if closed != nil {
			closed()
		}
	}
	d.Show(next, func(sc *keys.Scope) {
		sc.BindKey(keys.Enter, d.Close)
		sc.Bind(ui.ActPDF, func() { savePDF(env, sale, false) })
		sc.Bind(ui.ActPrint, func() { again(env, sale, state) })
		sc.OnScan = func(code string) { onNextScan(env, d, code) }
	})
	state.dialog = d
	state.begin(func(told func(*pos.PrintJob, error)) { Print(env, sale, told) })
	a := env.Actor
	task.Run(env.Ctx, env.Runner,
		func(ctx context.Context) (string, error) {
			return text(ctx, env, env.Words, a, sale, false, columns)
		},
		func(text string, err error) {
			if err == nil {
				paper.SetText(text)
				d.Refresh()
			}
			env.Shown("receipt", "id", string(sale.ID), "number", strconv.FormatInt(sale.Number, 10),
				"total", sale.Total.String(), "change", sale.Change.String())
		})
}

// PrintAlone prints the receipt of a sale that nobody looks at, where the shop prints
// by itself; what does not come out is said.
func PrintAlone(env *ui.Env, sale *pos.Sale) {
	if !env.Print.Ready() || env.Print.Settings().Receipt != pos.PrintAlways {
		return
	}
	Print(env, sale, func(_ *pos.PrintJob, err error) {
		if err != nil {
			env.Kit.Toast(env.Words.Error(err), widgets.Bad)
		}
	})
}

// again prints on request: the receipt, where it was not printed by itself, and
// after that copies.
func again(env *ui.Env, sale *pos.Sale, state *slip) {
	if state.printed {
		PrintCopy(env, sale)
		return
	}
	state.print(func(told func(*pos.PrintJob, error)) { Print(env, sale, told) })
}

// onNextScan lets the next customer's first goods close the receipt of the one
// before and go to the screen below.
func onNextScan(env *ui.Env, d *widgets.Dialog, code string) {
	d.Close()
	if s := env.Kit.Keys.Top(); s != nil && s.OnScan != nil {
		s.OnScan(code)
	}
}

// paperCard is a receipt on its paper, scrolled when it is long.
func paperCard(paper *widgets.Mono) fyne.CanvasObject {
	return widgets.FixedWidth(460, widgets.NewPanel(scrolled(paper), theme.ColorCard, theme.ColorLine, theme.RadiusCard, theme.GapInside, theme.GapCards))
}

// aside tells the change in the largest type, and how it was paid, and
// whether the receipt was printed.
func aside(env *ui.Env, s *pos.Sale, state *slip) fyne.CanvasObject {
	box := widgets.VBox(theme.GapSmall)
	if s.Change > 0 {
		box.Add(widgets.NewText(env.T("receipts.change", nil), widgets.Muted))
		box.Add(widgets.NewText(env.Words.Money().Amount(s.Change), widgets.Total).Shrink())
		box.Add(widgets.NewSeparator())
	}
	for _, f := range facts(env, s) {
		style := widgets.Body
		if f.strong {
			style = widgets.Figure
		}
		box.Add(widgets.KeyValue(f.label, f.value, style).Box)
	}
	box.Add(widgets.NewBanner(env.T("receipts.saved", nil), widgets.Good))
	box.Add(state.news)
	return box
}
