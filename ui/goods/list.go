package goods

import (
	"context"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/barcode"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/labels"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// The actions of the window.
const (
	actFind      keys.ActionID = "goods.find"
	actAdd       keys.ActionID = "goods.add"
	actImport    keys.ActionID = "goods.import"
	actCustomers keys.ActionID = "goods.import.customers"
	actExport    keys.ActionID = "goods.export"
	actSave      keys.ActionID = "goods.save"
	actPrices    keys.ActionID = "goods.prices"
	actMoves     keys.ActionID = "goods.moves"
	actPicture   keys.ActionID = "goods.picture"
	actLabels    keys.ActionID = "goods.labels"
	actWeighed   keys.ActionID = "goods.weighed"
	actShelves   keys.ActionID = "goods.categories"
)

// DefineKeys names the actions of the windows about goods.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: actFind, Label: "key.goods.find", Key: "F2"},
		keys.Action{ID: actAdd, Label: "key.goods.add", Key: "F3"},
		keys.Action{ID: actImport, Label: "key.goods.import", Key: "F5"},
		keys.Action{ID: actCustomers, Label: "key.goods.import.customers", Key: "F6"},
		keys.Action{ID: actExport, Label: "key.goods.export", Key: "F7"},
		keys.Action{ID: actPrices, Label: "key.goods.prices", Key: "Ctrl+H"},
		keys.Action{ID: actPicture, Label: "key.goods.picture", Key: "Ctrl+I", Place: "goods.card"},
		keys.Action{ID: actWeighed, Label: "key.goods.weighed", Key: "Ctrl+W", Place: "goods.card"},
		keys.Action{ID: actShelves, Label: "key.goods.categories", Key: "F4"},
		keys.Action{ID: actLabels, Label: "key.goods.labels", Key: "Ctrl+B"},
		keys.Action{ID: actMoves, Label: "key.goods.moves", Key: "Ctrl+M"},
		keys.Action{ID: actSave, Label: "key.goods.save", Key: "Ctrl+S", Place: "goods.card"},
		keys.Action{ID: actBrowse, Label: "key.goods.browse", Key: "F2", Place: "goods.files"},
	)
	defineImportKeys(r)
	defineShelfKeys(r)
}

// view is the window of goods.
type view struct {
	env    *ui.Env
	closed func()
	search *widgets.Entry
	table  *widgets.Table
	news   *widgets.Banner
	dialog *widgets.Dialog
	latest *task.Latest
	shelf  shelf
	asking bool // a further page is on its way
}

// Open shows the goods. closed is called when the window has gone.
func Open(env *ui.Env, closed func()) {
	DefineKeys(env.Kit.Keys)
	v := &view{env: env, closed: closed, latest: task.NewLatest(env.Runner), news: widgets.NewBanner("", widgets.Bad)}
	v.build()
	v.dialog.Show(v.search.Focusable(), func(s *keys.Scope) {
		s.Bind(actFind, v.onFind)
		s.Bind(actAdd, v.onAdd)
		s.Bind(actImport, func() { Import(env, KindProducts, v.reload) })
		s.Bind(actCustomers, func() { Import(env, KindCustomers, v.reload) })
		s.Bind(actExport, func() { export(env) })
		s.Bind(actLabels, v.onLabels)
		s.Bind(actShelves, func() { Categories(env, v.reload) })
		for key, by := range map[keys.Key]int{keys.Up: -1, keys.Down: 1, keys.PgUp: -pageStep, keys.PgDn: pageStep} {
			s.BindKey(key, func() { v.table.Step(by) }, keys.Repeating())
		}
		s.BindKey(keys.Enter, v.onOpen)
		s.OnScan = v.onScan
		s.Home = v.search.Focusable()
	})
	v.reload()
}

// pageStep is how many rows PgUp and PgDn move.
const pageStep = 10

func (v *view) build() {
	k, t := v.env.Kit, v.env.T
	v.search = k.Entry(widgets.SearchEntry, t("goods.search", nil))
	v.search.Action = actFind
	v.search.OnChanged = func(string) { v.reload() }
	v.search.OnScan = func(before, code string) { v.search.SetText(before); v.onScan(code) }
	v.table = k.Table([]widgets.Column{
		{Title: t("goods.name", nil), Share: 2, Picture: v.env.Pictures.Ready()},
		{Title: t("goods.sku", nil), Width: 130, From: 620, Style: widgets.Muted},
		{Title: t("goods.category", nil), From: 900, Style: widgets.Muted},
		{Title: t("goods.price", nil), Width: 130, Align: fyne.TextAlignTrailing, Style: widgets.Strong},
		{Title: t("goods.stock", nil), Width: 130, Align: fyne.TextAlignTrailing},
		{Title: "", Width: 110, From: 760},
	}, v.cell)
	v.table.KeepsFocus = true
	v.table.Empty = t("goods.empty", nil)
	v.table.OnActivated = func(int) { v.onOpen() }
	open := k.KeyButton(t("goods.open", nil), widgets.Primary, keys.Enter, v.onOpen)
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { v.dialog.Close() })
	v.dialog = k.Dialog(widgets.DialogSpec{
		Name: "goods", Page: "goods", Title: t("goods.title", nil), Width: widgets.Wide, Height: 720, Fills: true,
		Body: widgets.VBox(theme.GapCards, v.search, v.news, widgets.Grow(widgets.NewFlatCard(v.table))),
		Footer: widgets.Footer(theme.GapSmall, back,
			k.ActionButton(t("goods.add", nil), widgets.Secondary, actAdd),
			k.ActionButton(t("goods.categories", nil), widgets.Secondary, actShelves),
			k.ActionButton(t("goods.import", nil), widgets.Secondary, actImport),
			k.ActionButton(t("goods.import.customers", nil), widgets.Secondary, actCustomers),
			k.ActionButton(t("goods.export", nil), widgets.Secondary, actExport),
			k.ActionButton(t("goods.labels", nil), widgets.Secondary, actLabels), open),
	})
	v.dialog.OnClosed = func() { v.latest.Cancel(); v.closed() }
}

// reload shows what is to be shown for the text in the field.
func (v *view) reload() {
	query, a := strings.TrimSpace(v.search.Text()), v.env.Actor
	task.RunLatest(v.env.Ctx, v.latest,
		func(ctx context.Context) (shelf, error) { return v.withKept(ctx)(load(ctx, v.env, a, query)) }, v.show)
}

// withKept adds to what was loaded whether the shop counts its stock; for the
// background.
func (v *view) withKept(ctx context.Context) func(shelf, error) (shelf, error) {
	return func(s shelf, err error) (shelf, error) {
		if err == nil {
			s.kept, err = v.env.Till.StockKept(ctx)
		}
		return s, err
	}
}

func (v *view) show(s shelf, err error) {
	v.news.Set(v.env.Words.Error(err), widgets.Bad)
	if err == nil {
		again := s.query == v.shelf.query
		v.shelf, v.asking = s, false
		v.table.Empty = v.env.T("goods.empty", nil)
		if s.query == "" {
			v.table.Empty = v.env.T("goods.first", pos.Args{
				"Import": v.env.Kit.Keys.KeyOf(actImport).Cap(), "Add": v.env.Kit.Keys.KeyOf(actAdd).Cap()})
		}
		if !again || v.table.Selected() < 0 {
			v.table.SetFound(len(s.rows), v.env.Guess(s.meant))
		} else {
			v.table.SetRows(len(s.rows))
		}
		v.sayCut()
	}
	v.dialog.Refresh()
	v.tell()
}

// sayCut tells when there is more than the list shows.
func (v *view) sayCut() {
	if v.shelf.cut() {
		v.news.Set(v.env.T("goods.cut", pos.Args{"Count": len(v.shelf.rows)}), widgets.Info)
	}
}

func (v *view) tell() {
	sku := ""
	if p := v.chosen(); p != nil {
		sku = p.SKU
	}
	v.env.Shown("goods", "rows", strconv.Itoa(len(v.shelf.rows)), "query", v.shelf.query, "selected", sku)
}

func (v *view) chosen() *pos.Product {
	if i := v.table.Selected(); i >= 0 && i < len(v.shelf.rows) {
		return &v.shelf.rows[i]
	}
	return nil
}

func (v *view) cell(row, col int) widgets.Cell {
	if row >= len(v.shelf.rows)-nearEnd && v.shelf.more && !v.asking {
		v.asking = true
		// Not now: the table is being drawn.
		v.env.Kit.Timers.After(time.Millisecond, v.onNearEnd)
	}
	p, m := &v.shelf.rows[row], v.env.Words.Money()
	style := widgets.Style{}
	if p.Archived {
		style = widgets.Muted
	}
	switch col {
	case 0:
		picture := v.env.Pictures.Small(p.Image, func() {
			for i := range v.shelf.rows {
				if v.shelf.rows[i].Image == p.Image {
					v.table.RefreshRow(i)
				}
			}
		})
		return widgets.Cell{Text: p.Name, Style: style, Picture: picture, Pictured: v.shelf.pictured}
	case 1:
		return widgets.Cell{Text: p.SKU}
	case 2:
		return widgets.Cell{Text: p.Category}
	case 3:
		if p.Flags.AskPrice {
			return widgets.Cell{Text: v.env.T("goods.ask-price.short", nil), Style: widgets.Muted.Right()}
		}
		if p.Archived {
			style = style.Right()
		}
		return widgets.Cell{Text: m.Bare(p.Price), Style: style}
	case 4:
		if !v.shelf.kept {
			return widgets.Cell{}
		}
		c := widgets.Cell{Text: strings.TrimSpace(m.Quantity(p.Stock) + " " + p.Unit)}
		if p.Stock < 0 {
			c.Style = widgets.Body.In(theme.ColorBad).Right()
		}
		return c
	}
	if p.Archived {
		return widgets.Cell{Text: v.env.T("goods.archived", nil), Chip: true, Tone: widgets.Neutral}
	}
	return widgets.Cell{}
}

// onNearEnd fetches the page below the last row.
func (v *view) onNearEnd() {
	s, a := v.shelf, v.env.Actor
	if !v.dialog.Shown() || !s.more {
		v.asking = false
		return
	}
	task.RunLatest(v.env.Ctx, v.latest,
		func(ctx context.Context) ([]pos.Product, error) { return s.next(ctx, v.env, a) },
		func(page []pos.Product, err error) {
			v.asking = false
			if err != nil {
				v.shelf.more = false
				v.news.Set(v.env.Words.Error(err), widgets.Bad)
				v.dialog.Refresh()
				return
			}
			v.shelf.add(page)
			v.table.SetRows(len(v.shelf.rows))
			v.sayCut()
			v.tell()
		})
}

func (v *view) onFind() {
	v.search.Clear()
	v.search.Focus()
	v.reload()
}

// onScan opens the product a code belongs to, or shows what the code finds.
func (v *view) onScan(code string) {
	a := v.env.Actor
	code = barcode.Kept(code)
	v.search.SetText(code)
	task.RunLatest(v.env.Ctx, v.latest,
		func(ctx context.Context) (shelf, error) { return v.withKept(ctx)(loadScan(ctx, v.env, a, code)) },
		func(s shelf, err error) {
			v.show(s, err)
			if i := s.exact(); err == nil && i >= 0 {
				v.table.Select(i)
				v.onOpen()
			}
		})
}

func (v *view) onOpen() {
	if p := v.chosen(); p != nil {
		openCard(v.env, p, v.reload)
	}
}

// onLabels makes price labels, the chosen product being the first.
func (v *view) onLabels() {
	var chosen []labels.Choice
	if p := v.chosen(); p != nil {
		chosen = []labels.Choice{{Product: *p, Count: 1}}
	}
	labels.Open(v.env, chosen, nil)
}

// onAdd begins a new product with what was looked for, when nothing was found.
func (v *view) onAdd() {
	d := newDraft(v.env, nil)
	if query := strings.TrimSpace(v.search.Text()); len(v.shelf.rows) == 0 && query == v.shelf.query {
		d.begin(query)
	}
	showCard(v.env, nil, d, v.reload)
}
