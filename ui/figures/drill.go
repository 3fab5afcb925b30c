package figures

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/report"
	"kassa/ui"
	"kassa/ui/customer"
	"kassa/ui/keys"
	"kassa/ui/receipts"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// openRow opens what stands behind the selected row.
func (v *view) openRow() {
	row := -1
	if v.table != nil {
		row = v.table.Selected()
	}
	if v.page == nil || row < 0 {
		return
	}
	r := &v.page.Rows[row]
	switch v.page.Opens {
	case figures.OpensSales:
		openSales(v.env, v.page.Query, r.Key, r.Label.Say(v.env.T))
	case figures.OpensCheque:
		v.openCheque(pos.SaleID(r.Key), row)
	case figures.OpensCustomer:
		customer.Card(v.env, pos.CustomerID(r.Key), v.load)
	case figures.OpensShift:
		v.openShift(pos.ShiftID(r.Key))
	}
}

// allSales lists every sale of the period.
func (v *view) allSales() {
	q := v.query
	q.Kind = figures.Days
	openSales(v.env, q, "", v.period.Label)
}

// openCheque shows the sale a row is about, or all that is known of it where
// no sale came of the cheque.
func (v *view) openCheque(id pos.SaleID, row int) {
	a, w := v.env.Actor, v.env.Words
	task.Run(v.env.Ctx, v.env.Runner, func(ctx context.Context) (string, error) {
		s, err := v.env.Till.Sale(ctx, a, id)
		if err != nil {
			return "", err
		}
		return receipts.Text(ctx, v.env, w, a, s)
	}, func(text string, err error) {
		if err != nil && pos.CodeOf(err) != pos.CodeNotFound {
			v.env.Kit.Toast(v.env.Words.Error(err), widgets.Bad)
			return
		}
		body := widgets.VBox(theme.GapCards)
		for i, h := range v.page.table.Head {
			if value := v.page.table.Rows[row][i]; value != "" {
				body.Add(widgets.VBox(0, widgets.NewText(h.Name, widgets.SmallMuted), widgets.NewParagraph(value, widgets.Body)))
			}
		}
		if text != "" {
			body.Add(widgets.NewSeparator())
			body.Add(widgets.NewMono(text))
		}
		sheet(v.env, "figures.cheque", v.page.table.Title, body, nil)
		v.env.Shown("figures.cheque", "sold", strconv.FormatBool(text != ""))
	})
}

func (v *view) openShift(id pos.ShiftID) {
	a := v.env.Actor
	task.Run(v.env.Ctx, v.env.Runner, func(ctx context.Context) (*pos.ShiftReport, error) {
		if sh, err := v.env.Till.Shift(ctx); err == nil && sh.ID == id {
			return v.env.Till.XReport(ctx, a)
		}
		return v.env.Till.ZReport(ctx, a, id)
	}, func(r *pos.ShiftReport, err error) {
		if err != nil {
			v.env.Kit.Toast(v.env.Words.Error(err), widgets.Bad)
			return
		}
		title, body := shiftFigures(v.env, r)
		sheet(v.env, "figures.shift", title, body, nil)
		v.env.Shown("figures.shift", "number", strconv.FormatInt(r.Shift.Number, 10))
	})
}

// shiftFigures are a shift's figures line by line.
func shiftFigures(env *ui.Env, r *pos.ShiftReport) (title string, _ fyne.CanvasObject) {
	body := widgets.VBox(theme.GapTiny)
	for _, row := range report.Shift(r, env.T, env.Words.Money()) {
		switch row.Mark {
		case report.Title:
			title = row.Label
		case report.Rule:
			body.Add(widgets.NewSeparator())
		case report.Strong:
			body.Add(widgets.KeyValue(row.Label, row.Value, widgets.Strong).Box)
		default:
			body.Add(widgets.KeyValue(row.Label, row.Value, widgets.Body).Box)
		}
	}
	return title, body
}

// sheet shows something until Enter or Esc. What can be printed has a put.
func sheet(env *ui.Env, name, title string, body fyne.CanvasObject, put func()) {
	var d *widgets.Dialog
	shut := env.Kit.KeyButton(env.T("word.close", nil), widgets.Primary, keys.Enter, func() { d.Close() })
	shut.Height = widgets.Large
	ui.DefinePrintKey(env.Kit.Keys)
	footer := fyne.CanvasObject(shut)
	if put != nil && env.Print.Ready() {
		b := env.Kit.ActionButton(env.T("drawer.print", nil), widgets.Secondary, ui.ActPrint)
		b.Height = widgets.Large
		footer = widgets.Columns(theme.GapCards, widgets.Grow(b), widgets.Grow(shut))
	}
	d = env.Kit.Dialog(widgets.DialogSpec{Name: name, Title: title, Width: widgets.Narrow, Body: body, Footer: footer})
	d.Show(shut, func(s *keys.Scope) {
		if put != nil {
			s.Bind(ui.ActPrint, put)
		}
	})
}
