package orders

import (
	"context"
	"path/filepath"
	"time"

	"kassa/pos"
	"kassa/pos/exports"
	"kassa/pos/manual"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// exporting is the window that writes what the filter chooses to a file: the
// payments, or what came by each merchant.
type exporting struct {
	env    *ui.Env
	rows   func(context.Context) ([][]exports.Cell, error)
	path   *widgets.Entry
	news   *widgets.Banner
	act    *widgets.Button
	dialog *widgets.Dialog
	done   bool
}

// onExport writes the list that is shown, to its end.
func (v *view) onExport() {
	if v.env.Payments == nil {
		return
	}
	p, a, c := v.env.Payments, v.env.Actor, v.filter.choice(v.zone())
	name, rows := "payments", func(ctx context.Context) ([][]exports.Cell, error) { return orderRows(ctx, p, a, c) }
	if v.tabs.Selected() == 1 {
		list := v.report.rows
		name, rows = "payments-by-merchant", func(context.Context) ([][]exports.Cell, error) { return takingsRows(list), nil }
	}
	k, t := v.env.Kit, v.env.T
	x := &exporting{env: v.env, rows: rows, news: widgets.NewBanner("", widgets.Bad)}
	x.path = k.Entry(widgets.TextEntry, "")
	x.path.SetText(filepath.Join(ui.Home(), "kassa-"+name+"-"+v.today().String()+".xlsx"))
	x.path.OnChanged = func(string) { x.again() }
	x.path.OnSubmitted = func(string) { x.onAct() }
	x.act = k.KeyButton(t("figures.export.do", nil), widgets.Primary, keys.Enter, x.onAct)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { x.dialog.Close() })
	x.act.Height, back.Height = widgets.Large, widgets.Large
	x.dialog = k.Dialog(widgets.DialogSpec{Name: "orders.export", Title: t("orders.export.title", nil), Subtitle: t("orders.export.why", nil), Width: widgets.Narrow,
		Body:   widgets.VBox(theme.GapCards, widgets.Field(t("figures.export.file", nil), x.path), x.news),
		Footer: widgets.HBox(theme.GapCards, back, widgets.Grow(x.act))})
	x.dialog.Show(x.path.Focusable(), nil)
	v.env.Shown("orders.export")
}

// orderRows reads every order the choice has, page by page.
func orderRows(ctx context.Context, p ui.Payments, a pos.Actor, c manual.Choice) (rows [][]exports.Cell, err error) {
	for c.Limit = 100; ; {
		got, err := p.Orders(ctx, a, c)
		if err != nil {
			return nil, err
		}
		for i := range got.Orders {
			rows = append(rows, orderRow(&got.Orders[i]))
		}
		if !got.More || len(got.Orders) == 0 {
			return rows, nil
		}
		c.After = got.Orders[len(got.Orders)-1].ID
	}
}

// stamp is a moment as a machine reads it, "" for none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func orderRow(o *manual.Order) []exports.Cell {
	t := o.Terms()
	fee, fixed, fixedIn, net := "", "", "", ""
	if f := o.Fees; f != nil {
		fee, fixed, fixedIn, net = manual.ShowSum(f.Share, t.Currency), manual.ShowSum(f.Fixed, f.Currency), string(f.Currency), manual.ShowSum(f.Net, t.Currency)
	}
	text := func(name, v string) exports.Cell { return exports.Cell{Name: name, Value: v} }
	plain := func(name, v string) exports.Cell { return exports.Cell{Name: name, Value: v, Kind: exports.Plain} }
	number := func(name, v string) exports.Cell {
		return exports.Cell{Name: name, Value: v, Kind: exports.Number}
	}
	return []exports.Cell{plain("id", o.ID), plain("state", string(o.State)), plain("created", stamp(o.Created)), plain("deadline", stamp(o.Deadline)),
		text("text", o.Text), text("merchant", o.Account), text("customer", o.CustomerName), plain("phone", o.Phone), text("email", o.Email),
		number("requested", manual.ShowSum(o.Requested.Price, o.Requested.Currency)), plain("requested_currency", string(o.Requested.Currency)),
		plain("requested_date", stamp(o.Requested.Date)), text("requested_comment", o.Requested.Comment),
		number("price", manual.ShowSum(t.Price, t.Currency)), plain("currency", string(t.Currency)), plain("date", stamp(t.Date)), text("comment", t.Comment),
		number("fee", fee), number("fixed_fee", fixed), plain("fixed_fee_currency", fixedIn), number("net", net),
		number("refunded", manual.ShowSum(o.Refunded, t.Currency)), text("author", o.Author.Name), text("decided_by", o.Decider.Name), plain("decided", stamp(o.Decided))}
}

func takingsRows(list []manual.Takings) (rows [][]exports.Cell) {
	for i := range list {
		t := &list[i]
		number := func(name, v string) exports.Cell {
			return exports.Cell{Name: name, Value: v, Kind: exports.Number}
		}
		rows = append(rows, []exports.Cell{{Name: "merchant", Value: t.Name}, {Name: "currency", Value: string(t.Currency), Kind: exports.Plain},
			number("payments", itoa(t.Payments)), number("refunds", itoa(t.Refunds)), number("gross", manual.ShowSum(t.Gross, t.Currency)),
			number("returned", manual.ShowSum(t.Returned, t.Currency)), number("fees", manual.ShowSum(t.Fees, t.Currency)), number("net", manual.ShowSum(t.Net, t.Currency))})
	}
	return rows
}

// again lets the blue button write once more.
func (x *exporting) again() {
	x.done = false
	x.act.SetLabel(x.env.T("figures.export.do", nil))
	x.news.Set("", widgets.Neutral)
}

func (x *exporting) onAct() {
	if x.act.Disabled() {
		return
	}
	if x.done {
		x.dialog.Close()
		return
	}
	path, rows, a := x.path.Text(), x.rows, x.env.Actor
	x.act.Disable()
	task.Run(x.env.Ctx, x.env.Runner, func(ctx context.Context) (string, error) {
		if err := x.env.Till.Demand(ctx, a, pos.RightExport); err != nil {
			return "", err
		}
		list, err := rows(ctx)
		if err != nil {
			return "", err
		}
		return x.env.SaveRows(ctx, a, path, list)
	}, x.onWritten)
}

func (x *exporting) onWritten(path string, err error) {
	if !x.dialog.Shown() {
		return
	}
	x.act.Enable()
	if err != nil {
		x.news.Set(x.env.Words.Error(err), widgets.Bad)
		x.env.Shown("orders.export", "error", string(pos.CodeOf(err)))
	} else {
		x.news.Set(x.env.T("figures.export.done", pos.Args{"File": path}), widgets.Good)
		x.done = true
		x.act.SetLabel(x.env.T("word.close", nil))
		x.env.Shown("orders.export", "file", path)
	}
	x.dialog.Refresh()
}
