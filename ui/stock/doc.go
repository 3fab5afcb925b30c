package stock

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/weight"
	"kassa/ui/widgets"
)

// doc is one document: a draft that is kept with every change, or a posted one
// to look at.
type doc struct {
	env    *ui.Env
	view   *till.StockView
	closed func()
	scan   *widgets.Entry
	head   head
	table  *widgets.Table
	news   *widgets.Banner
	sum    *widgets.Text
	dialog *widgets.Dialog
	busy   bool
	// waiting are codes that came while the till was at work with others.
	waiting []string
}

// openDoc shows a document. closed is called when it has gone.
func openDoc(env *ui.Env, id pos.StockDocID, closed func()) {
	a := env.Actor
	task.Run(env.Ctx, env.Runner,
		func(ctx context.Context) (opened, error) { return loadDoc(ctx, env, a, id) },
		func(o opened, err error) {
			if err != nil {
				env.Kit.Toast(env.Words.Error(err), widgets.Bad)
				return
			}
			newDoc(env, o, closed)
		})
}

// opened is a document and the categories its head offers.
type opened struct {
	view       *till.StockView
	categories []string
}

func loadDoc(ctx context.Context, env *ui.Env, a pos.Actor, id pos.StockDocID) (opened, error) {
	var o opened
	var err error
	if o.view, err = env.Till.StockDoc(ctx, a, id); err != nil {
		return o, err
	}
	list, err := env.Till.Categories(ctx, a)
	for _, c := range list {
		if !c.Archived {
			o.categories = append(o.categories, c.Name)
		}
	}
	return o, err
}

func newDoc(env *ui.Env, o opened, closed func()) {
	DefineKeys(env.Kit.Keys)
	k, t := env.Kit, env.T
	d := &doc{env: env, view: o.view, closed: closed, news: widgets.NewBanner("", widgets.Bad), sum: widgets.NewText("", widgets.Strong)}
	d.table = k.Table(d.columns(), d.cell)
	d.table.Empty = t("stock.no-lines", nil)
	d.table.OnActivated = func(int) { d.onLine() }
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, d.onBack)
	moves := k.ActionButton(t("stock.moves", nil), widgets.Secondary, actMoves)
	buttons := []fyne.CanvasObject{back, moves}
	body := []fyne.CanvasObject{d.news}
	var first fyne.Focusable = d.table
	if d.draft() {
		d.scan = k.Entry(widgets.SearchEntry, t("stock.scan", nil))
		d.scan.Action, d.scan.MaxLength = actField, 160
		d.scan.OnSubmitted = func(text string) { d.onCode(text) }
		d.scan.OnScan = func(before, code string) { d.scan.SetText(before); d.onCode(code) }
		d.table.KeepsFocus = true
		first = d.scan.Focusable()
		body = append([]fyne.CanvasObject{d.head.build(d, o.categories), d.scan}, body...)
		buttons = append(buttons,
			k.ActionButton(t("stock.drop", nil), widgets.Secondary, actDrop),
			k.ActionButton(t("stock.line.edit", nil), widgets.Secondary, actLine))
		if d.view.Doc.Kind == pos.Stocktake {
			buttons = append(buttons, k.ActionButton(t("stock.rest", nil), widgets.Secondary, actRest))
		}
		buttons = append(buttons, k.ActionButton(t("stock.post", nil), widgets.Primary, actPost))
	} else {
		body = append([]fyne.CanvasObject{widgets.NewParagraph(d.told(), widgets.Muted)}, body...)
		if d.labelled() {
			buttons = append(buttons, k.ActionButton(t("stock.labels", nil), widgets.Secondary, actLabels))
		}
		if d.stands() {
			buttons = append(buttons, k.ActionButton(t("stock.reverse", nil), widgets.DangerKind, actReverse))
		}
	}
	body = append(body, widgets.Grow(widgets.NewFlatCard(d.table)), d.sum)
	d.dialog = k.Dialog(widgets.DialogSpec{Name: "stock.doc", Page: "stock", Title: title(env, &d.view.Doc), Width: widgets.Wide, Height: 720, Fills: true,
		Body: widgets.VBox(theme.GapSmall, body...), OnEsc: d.onBack, Footer: widgets.Footer(theme.GapSmall, buttons...)})
	d.dialog.OnClosed = func() { d.closed() }
	d.dialog.Show(first, d.bind)
	d.show(d.view, nil)
}

func (d *doc) draft() bool { return !d.view.Doc.Posted() }

// stands reports a posted document that neither takes back another nor was
// taken back itself.
func (d *doc) stands() bool { return d.view.Doc.Reverses == "" && d.view.ReversedBy == "" }

func (d *doc) bind(s *keys.Scope) {
	s.Bind(actMoves, d.onMoves)
	if !d.draft() {
		if d.stands() {
			s.Bind(actReverse, d.onReverse)
		}
		if d.labelled() {
			s.Bind(actLabels, d.onLabels)
		}
		return
	}
	s.Home = d.scan.Focusable()
	s.Empty = func() bool { return d.scan.Text() == "" }
	s.OnScan = d.onCode
	s.Bind(actField, func() { d.scan.Clear(); d.scan.Focus() })
	s.Bind(actLine, d.onLine)
	s.Bind(actDrop, d.onDrop)
	s.Bind(actPost, d.onPost)
	if d.view.Doc.Kind == pos.Stocktake {
		s.Bind(actRest, d.onRest)
	}
	s.BindKey(keys.Del, d.onRemove, keys.WhenEmpty())
	for key, by := range map[keys.Key]int{keys.Up: -1, keys.Down: 1, keys.PgUp: -10, keys.PgDn: 10} {
		s.BindKey(key, func() { d.table.Step(by) }, keys.Repeating())
	}
}

// onBack leaves; what was typed above the lines is kept first.
func (d *doc) onBack() {
	if d.scan != nil {
		d.head.keep()
	}
	d.dialog.Close()
}

// told is what a posted document says of itself.
func (d *doc) told() string {
	v := &d.view.Doc
	text := d.env.T("stock.told", pos.Args{"At": v.PostedAt})
	if s := about(v); s != "" {
		text += " " + s + "."
	}
	if d.view.ReversedBy != "" {
		text += " " + d.env.T("stock.told.reversed", nil)
	}
	return text
}

func (d *doc) line() *pos.StockLine {
	if i := d.table.Selected(); i >= 0 && i < len(d.view.Doc.Lines) {
		return &d.view.Doc.Lines[i]
	}
	return nil
}

// change runs one operation on the draft and shows what became of it.
func (d *doc) change(do func(context.Context, pos.Actor) (*till.StockView, error)) {
	if d.busy {
		return
	}
	d.busy = true
	a := d.env.Actor
	approval.Run(d.env,
		func(ctx context.Context) (*till.StockView, error) { return do(ctx, a) },
		func(v *till.StockView, err error) {
			d.busy = false
			d.show(v, err)
			d.next()
		})
}

// show takes over the document as it is now.
func (d *doc) show(v *till.StockView, err error) {
	d.news.Set(d.env.Words.Error(err), widgets.Bad)
	if err == nil && v.Doc.Rev >= d.view.Doc.Rev { // an answer that was overtaken is old news
		d.view = v
		at := d.table.Selected()
		d.table.SetRows(len(v.Doc.Lines))
		for i := range v.Doc.Lines {
			if v.Doc.Lines[i].No == v.Touched {
				at = i
			}
		}
		d.table.Select(min(max(at, 0), len(v.Doc.Lines)-1))
		d.sum.Set(d.totals(), widgets.Strong)
	}
	d.dialog.Refresh()
	l, at := d.line(), ""
	if l != nil {
		at = l.SKU + " " + l.Qty.String()
	}
	d.env.Shown("stock.doc", "kind", string(d.view.Doc.Kind), "number", strconv.FormatInt(d.view.Doc.Number, 10),
		"lines", strconv.Itoa(len(d.view.Doc.Lines)), "line", at, "error", errorID(err))
}

// onCode adds what a code names; a text that is no code is searched for.
func (d *doc) onCode(text string) {
	if text = strings.TrimSpace(text); text == "" {
		d.onLine()
		return
	}
	d.put(text, 0)
}

// put adds so much of what a code names, 0 for what the code says itself.
func (d *doc) put(text string, qty money.Quantity) {
	if d.busy {
		d.waiting = append(d.waiting, text)
		return
	}
	d.busy = true
	a, id := d.env.Actor, d.view.Doc.ID
	approval.Run(d.env,
		func(ctx context.Context) (found, error) { return d.find(ctx, a, id, text, qty) },
		func(f found, err error) {
			d.busy = false
			if p, ok := weightless(err); ok {
				d.scan.Clear()
				d.askWeight(text, p)
				return
			}
			defer d.next()
			if err != nil && len(d.waiting) > 0 {
				d.env.Kit.Toast(d.env.Words.Error(err), widgets.Bad)
			}
			if err == nil || f.view != nil {
				d.scan.Clear()
			}
			if err == nil && f.view == nil {
				begin := func(p pos.Product) { d.edit(pos.StockLine{Product: p.ID, Name: p.Name, Unit: p.Unit}, p) }
				if len(f.goods.List) == 1 && !f.goods.Guessed() {
					begin(f.goods.List[0])
					return
				}
				pick(d.env, f.goods, begin)
				return
			}
			d.show(f.view, err)
		})
}

// found is the document with the goods added, or goods to choose from.
type found struct {
	view  *till.StockView
	goods pos.Found[pos.Product]
}

// weightless are the goods by weight of which nobody said how much.
func weightless(err error) (pos.Product, bool) {
	e, ok := errors.AsType[*pos.Error](err)
	if !ok || e.ID != "scan.quantity-needed" {
		return pos.Product{}, false
	}
	p, ok := e.Args["Product"].(pos.Product)
	return p, ok
}

// askWeight asks how much there is of goods by weight. What is scanned meanwhile
// waits behind them.
func (d *doc) askWeight(text string, p pos.Product) {
	d.busy = true
	weight.Ask(d.env, weight.Question{Name: "stock.weight", Goods: p, Do: d.env.T("stock.weight.do", nil),
		Take:   func(n money.Quantity) { d.busy = false; d.put(text, n) },
		Gone:   func() { d.busy = false; d.show(d.view, nil); d.next() },
		OnScan: func(code string) { d.put(code, 0) }})
}

// next takes what was scanned while the till was at work with the code before. What
// was wrong with that stays in sight.
func (d *doc) next() {
	if len(d.waiting) > 0 && !d.busy && d.dialog.Shown() {
		text := d.waiting[0]
		d.waiting = d.waiting[1:]
		d.put(text, 0)
	}
}

func (d *doc) find(ctx context.Context, a pos.Actor, id pos.StockDocID, text string, qty money.Quantity) (found, error) {
	v, err := d.env.Till.ScanStock(ctx, a, id, text, qty)
	if errorID(err) != "scan.unknown" {
		return found{view: v}, err
	}
	goods, searchErr := d.env.Till.FindProducts(ctx, text, 100)
	if searchErr != nil || len(goods.List) == 0 {
		return found{}, err
	}
	return found{goods: goods}, nil
}

func (d *doc) onRemove() {
	if l := d.line(); l != nil {
		id, no := d.view.Doc.ID, l.No
		d.change(func(ctx context.Context, a pos.Actor) (*till.StockView, error) {
			return d.env.Till.DropStockLine(ctx, a, id, no)
		})
	}
}

func (d *doc) onRest() {
	id := d.view.Doc.ID
	d.change(func(ctx context.Context, a pos.Actor) (*till.StockView, error) {
		return d.env.Till.RestIsNone(ctx, a, id)
	})
}

func (d *doc) onMoves() {
	if l := d.line(); l != nil {
		Moves(d.env, l.Product, l.Name)
	}
}

// onLine asks for the figures of the chosen line.
func (d *doc) onLine() {
	if l := d.line(); l != nil && d.draft() {
		d.edit(*l, d.view.Goods[l.Product])
	}
}
