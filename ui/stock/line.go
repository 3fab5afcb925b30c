package stock

import (
	"context"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/weight"
	"kassa/ui/widgets"
)

// lineForm asks for the figures of one line.
type lineForm struct {
	d      *doc
	line   pos.StockLine
	goods  pos.Product
	qty    *widgets.Entry
	cost   *widgets.Entry // nil but for a receiving
	price  *widgets.Entry
	hint   *widgets.Text
	news   *widgets.Banner
	save   *widgets.Button
	blue   func() // what it does by where the cursor stands
	dialog *widgets.Dialog
}

// edit asks for the figures of a line; a new one begins with one unit.
func (d *doc) edit(l pos.StockLine, p pos.Product) {
	k, t, m := d.env.Kit, d.env.T, d.env.Words.Money()
	f := &lineForm{d: d, line: l, goods: p, news: widgets.NewBanner("", widgets.Bad), hint: widgets.NewText("", widgets.SmallMuted)}
	f.qty = f.entry(weight.Filter(l.Unit, p.Flags.Weighed))
	switch {
	case l.No != 0:
		f.qty.SetText(m.Quantity(l.Qty))
	case !p.Flags.Weighed: // one kilogram would be a guess
		f.qty.SetText("1")
	}
	rows := []fyne.CanvasObject{widgets.Field(t("stock.line.qty", pos.Args{"What": t("stock.qty."+string(d.view.Doc.Kind), nil), "Unit": l.Unit}), f.qty)}
	if d.view.Doc.Kind == pos.Receiving {
		f.cost, f.price = f.entry(widgets.Decimal(2)), f.entry(widgets.Decimal(2))
		cost := l.Cost
		if l.No == 0 {
			cost = p.Cost
		}
		if cost > 0 {
			f.cost.SetText(m.Bare(cost))
		}
		if l.NewPrice > 0 {
			f.price.SetText(m.Bare(l.NewPrice))
		}
		f.price.SetPlaceholder(m.Bare(p.Price))
		f.cost.OnChanged = func(string) { f.tellMarkup() }
		f.price.OnChanged = func(string) { f.tellMarkup() }
		rows = append(rows, widgets.Equal(theme.GapCards, widgets.Field(t("stock.line.cost", pos.Args{"Unit": l.Unit}), f.cost),
			widgets.Field(t("stock.price.new", nil), f.price)), f.hint)
		f.tellMarkup()
	}
	rows = append(rows, f.news)
	f.save = k.KeyButton(t("stock.line.save", nil), widgets.Primary, keys.Enter, f.onBlue)
	f.inTurn()
	f.save.Height = widgets.Large
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { f.dialog.Close() })
	back.Height = widgets.Large
	f.dialog = k.Dialog(widgets.DialogSpec{Name: "stock.line", Title: l.Name, Width: widgets.Narrow, Body: widgets.VBox(theme.GapCards, rows...),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(150, back), widgets.Grow(f.save))})
	f.dialog.Show(f.qty.Focusable(), nil)
	f.qty.Select()
	d.env.Shown("stock.line", "sku", p.SKU, "error", "")
}

// inTurn lets Enter go from field to field and save in the last, and the blue button
// say which of both it does now.
func (f *lineForm) inTurn() {
	fields := []*widgets.Entry{f.qty}
	if f.price != nil {
		fields = append(fields, f.cost, f.price)
	}
	for i, e := range fields {
		label, do := "stock.line.save", f.onSave
		if i+1 < len(fields) {
			label, do = "stock.line.next", func() { fields[i+1].Focus() }
		}
		e.OnSubmitted = func(string) { do() }
		e.OnFocus = func(gained bool) {
			if gained {
				f.blue = do
				f.save.SetLabel(f.d.env.T(label, nil))
			}
		}
	}
}

// onBlue does what the blue button says.
func (f *lineForm) onBlue() { f.blue() }

func (f *lineForm) entry(filter widgets.Filter) *widgets.Entry {
	e := f.d.env.Kit.Entry(widgets.TextEntry, "")
	e.RefusesScan, e.MaxLength, e.Filter, e.SelectAll = true, 16, filter, true
	return e
}

// tellMarkup says what the price adds to the cost.
func (f *lineForm) tellMarkup() {
	cost, err := price(f.cost.Text())
	now, err2 := price(f.price.Text())
	if now == 0 {
		now = f.goods.Price
	}
	text := ""
	if share, ok := markup(cost, now); ok && err == nil && err2 == nil {
		text = f.d.env.T("stock.markup", pos.Args{"Share": share})
	}
	f.hint.Set(text, widgets.SmallMuted)
}

func (f *lineForm) onSave() {
	if f.save.Disabled() {
		return
	}
	text := f.qty.Text()
	if f.d.view.Doc.Kind == pos.Stocktake && none(text) {
		f.put(0)
		return
	}
	weight.Take(f.d.env, weight.Typed{Text: text, Unit: f.line.Unit, Weighed: f.goods.Flags.Weighed, Was: f.line.Qty}, f.put,
		func(err error) { f.refuse(f.qty, pos.Wrap(pos.CodeInvalid, "", err)) })
}

// put keeps the line with so much of its goods.
func (f *lineForm) put(n money.Quantity) {
	l := pos.StockLine{Product: f.line.Product, Qty: n}
	var err error
	if f.cost != nil {
		if l.Cost, err = price(f.cost.Text()); err != nil {
			f.refuse(f.cost, err)
			return
		}
		if l.NewPrice, err = price(f.price.Text()); err != nil {
			f.refuse(f.price, err)
			return
		}
	}
	a, id := f.d.env.Actor, f.d.view.Doc.ID
	f.save.Disable()
	approval.Run(f.d.env,
		func(ctx context.Context) (*till.StockView, error) { return f.d.env.Till.PutStockLine(ctx, a, id, l) },
		func(v *till.StockView, err error) {
			f.save.Enable()
			if err != nil {
				f.refuse(f.qty, err)
				return
			}
			f.dialog.Close()
			f.d.show(v, nil)
		})
}

func (f *lineForm) refuse(at *widgets.Entry, err error) {
	f.news.Set(f.d.env.Words.Error(err), widgets.Bad)
	f.dialog.Refresh()
	at.Focus()
	f.d.env.Shown("stock.line", "sku", f.goods.SKU, "error", string(pos.CodeOf(err)))
}
