package labels

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/savepdf"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// The actions of the window.
const (
	actMore  keys.ActionID = "labels.more"
	actLess  keys.ActionID = "labels.less"
	actDrop  keys.ActionID = "labels.drop"
	actSize  keys.ActionID = "labels.size"
	actSave  keys.ActionID = "labels.save"
	actPrint keys.ActionID = "labels.print"
)

// DefineKeys names the actions of the window.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: actMore, Label: "key.labels.more", Key: "+"},
		keys.Action{ID: actLess, Label: "key.labels.less", Key: "-"},
		keys.Action{ID: actDrop, Label: "key.labels.drop", Key: keys.Del},
		keys.Action{ID: actSize, Label: "key.labels.size", Key: "F3"},
		keys.Action{ID: actPrint, Label: "key.labels.print", Key: "Ctrl+P"},
		keys.Action{ID: actSave, Label: "key.labels.save", Key: "Ctrl+S"})
}

// foundMost is how many goods a search offers.
const foundMost = 30

// view is the window: a field to find or scan goods, what was found, and the
// list of labels.
type view struct {
	env    *ui.Env
	m      model
	found  []pos.Product
	meant  string // what the text was taken for, see pos.Found
	field  *widgets.Entry
	offers *widgets.Table
	table  *widgets.Table
	size   *widgets.Select
	sum    *widgets.Text
	news   *widgets.Banner
	add    *widgets.Button // takes what was found, for a finger
	lists  *fyne.Container // the labels, and what was found
	save   *widgets.Button
	print  *widgets.Button
	look   preview
	busy   bool // labels are being printed
	dialog *widgets.Dialog
	latest *task.Latest
}

// Open shows the window with goods already chosen, which may be none.
func Open(env *ui.Env, chosen []Choice, closed func()) {
	DefineKeys(env.Kit.Keys)
	v := &view{env: env, latest: task.NewLatest(env.Runner), news: widgets.NewBanner("", widgets.Bad)}
	for _, c := range chosen {
		v.m.take(c)
		v.askOld(c.Product)
	}
	if env.Print.LabelsReady() {
		v.m.paper = max(slices.Index(pos.LabelPapers, env.Till.Settings().LabelPrinter.Paper), 0)
	}
	v.build()
	v.dialog.OnClosed = func() {
		v.latest.Cancel()
		v.look.latest.Cancel()
		if closed != nil {
			closed()
		}
	}
	v.dialog.Show(v.field.Focusable(), func(s *keys.Scope) {
		empty := func() bool { return v.field.Text() == "" }
		s.Home, s.Empty = v.field.Focusable(), empty
		s.OnScan = v.onScan
		s.Bind(actMore, func() { v.step(1) }, keys.WhenEmpty(), keys.Repeating())
		s.Bind(actLess, func() { v.step(-1) }, keys.WhenEmpty(), keys.Repeating())
		s.Bind(actDrop, func() { v.set(0) }, keys.WhenEmpty())
		s.Bind(actSize, v.onSize)
		s.Bind(actSave, v.onSave)
		s.Bind(actPrint, v.onPrint)
		s.BindKey(keys.Up, func() { v.list().Step(-1) }, keys.Repeating())
		s.BindKey(keys.Down, func() { v.list().Step(1) }, keys.Repeating())
		s.BindKey(keys.Enter, v.onEnter)
	})
	v.refresh()
}

func (v *view) build() {
	k, t := v.env.Kit, v.env.T
	v.field = k.Entry(widgets.SearchEntry, t("labels.find", nil))
	v.field.OnChanged = v.onTyped
	v.field.OnScan = func(_, code string) { v.onScan(code) }
	v.offers = k.List([]widgets.Column{{}, {Width: 120, Align: fyne.TextAlignTrailing, Style: widgets.Strong}}, func(i, col int) widgets.Cell {
		p := &v.found[i]
		if col == 0 {
			return widgets.Cell{Text: p.Name, Aside: " " + p.SKU}
		}
		return widgets.Cell{Text: v.env.Words.Money().Amount(p.Price)}
	})
	v.offers.KeepsFocus = true
	v.offers.Empty = t("labels.found", nil)
	v.offers.OnActivated = func(int) { v.onEnter() }
	v.table = k.Table([]widgets.Column{
		{Title: t("labels.goods", nil)},
		{Title: t("labels.price", nil), Width: 120, Align: fyne.TextAlignTrailing},
		{Title: t("labels.count", nil), Width: 110, Align: fyne.TextAlignTrailing, Style: widgets.Strong},
	}, v.cell)
	v.table.KeepsFocus = true
	v.table.Empty = t("labels.empty", nil)
	names := make([]string, len(pos.LabelPapers))
	for i, p := range pos.LabelPapers {
		names[i] = t("labels.layout."+string(p), nil)
	}
	v.table.OnSelected = func(int) { v.showPreview() }
	v.size = k.Select(names, v.m.paper, func(i int) { v.m.paper = i; v.refresh() })
	v.look = newPreview(v.env)
	v.sum = widgets.NewText("", widgets.Muted)
	v.save, v.print = k.ActionButton(t("labels.save", nil), widgets.Secondary, actSave), k.ActionButton(t("labels.print", nil), widgets.Secondary, actPrint)
	v.save.Height, v.print.Height = widgets.Large, widgets.Large
	deeds := [2]*widgets.Button{v.print, v.save} // the blue one last
	if v.env.Print.LabelsReady() {
		deeds = [2]*widgets.Button{v.save, v.print}
	}
	deeds[1].Kind = widgets.Primary
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { v.dialog.Close() })
	back.Height = widgets.Large
	v.add = k.KeyButton(t("labels.add", nil), widgets.Secondary, keys.Enter, v.onEnter)
	tools := widgets.KeyBar(theme.GapSmall, v.add,
		k.ActionButton(t("labels.more", nil), widgets.Secondary, actMore), k.ActionButton(t("labels.less", nil), widgets.Secondary, actLess),
		k.ActionButton(t("labels.drop", nil), widgets.Secondary, actDrop), k.ActionButton(t("labels.size", nil), widgets.Secondary, actSize))
	v.dialog = k.Dialog(widgets.DialogSpec{Name: "labels", Page: "labels", Title: t("labels.title", nil), Width: widgets.Wide, Height: 700, Fills: true,
		Body: widgets.VBox(theme.GapCards, v.field, v.news, widgets.Grow(widgets.Columns(theme.GapCards,
			widgets.Grow(v.buildLists()), widgets.FixedWidth(besideWidth(v.env), v.look.box(k, v.size)))), tools),
		Footer: widgets.HBox(theme.GapCards, widgets.FixedWidth(150, back), widgets.Grow(v.sum), widgets.FixedWidth(220, deeds[0]), widgets.FixedWidth(blueWidth, deeds[1]))})
}

// buildLists puts what was found under the labels. Where there is little height they
// share one place: what was found lies there while somebody types.
func (v *view) buildLists() fyne.CanvasObject {
	chosen, found := widgets.NewFlatCard(v.table), widgets.NewFlatCard(v.offers)
	if low(v.env) {
		v.lists = container.NewStack(chosen, found)
		return v.lists
	}
	return widgets.VBox(theme.GapCards, widgets.GrowBy(2, chosen), widgets.Grow(found))
}

// showLists shows the one the arrows move in, where there is room for one alone.
func (v *view) showLists() {
	if v.lists == nil {
		return
	}
	show, hide := v.lists.Objects[0], v.lists.Objects[1]
	if v.list() == v.offers {
		show, hide = hide, show
	}
	show.Show()
	hide.Hide()
}

// list is the table the arrows move in: what was found while somebody types.
func (v *view) list() *widgets.Table {
	if v.field.Text() != "" {
		return v.offers
	}
	return v.table
}

func (v *view) cell(i, col int) widgets.Cell {
	r := &v.m.rows[i]
	switch col {
	case 0:
		return widgets.Cell{Text: r.product.Name, Aside: " " + r.product.SKU}
	case 1:
		return widgets.Cell{Text: v.env.Words.Money().Amount(r.product.Price)}
	}
	return widgets.Cell{Text: strconv.Itoa(r.count)}
}

func (v *view) onTyped(text string) {
	v.news.Set("", widgets.Bad)
	if text == "" {
		v.latest.Cancel()
		v.found, v.meant = nil, ""
		v.refresh()
		return
	}
	task.RunLatest(v.env.Ctx, v.latest,
		func(ctx context.Context) (pos.Found[pos.Product], error) {
			return v.env.Till.FindProducts(ctx, text, foundMost)
		},
		func(f pos.Found[pos.Product], err error) {
			if err != nil {
				v.refuse(err)
				return
			}
			v.found, v.meant = f.List, f.Meant
			v.refresh()
		})
}

// onScan takes the goods of a code.
func (v *view) onScan(code string) {
	v.field.SetText("")
	task.Run(v.env.Ctx, v.env.Runner,
		func(ctx context.Context) (*pos.Product, error) { return v.env.Till.GoodsOf(ctx, code) },
		func(found *pos.Product, err error) {
			if err != nil {
				v.refuse(err)
				return
			}
			v.take(*found)
		})
}

// onEnter takes what was found, or adds one more of the chosen goods.
func (v *view) onEnter() {
	if i := v.offers.Selected(); v.field.Text() != "" && i >= 0 && i < len(v.found) {
		v.take(v.found[i])
	}
}

func (v *view) take(p pos.Product) {
	i := v.m.add(p)
	v.askOld(p)
	v.found, v.meant = nil, ""
	v.field.SetText("")
	v.news.Set("", widgets.Bad)
	v.refresh()
	v.table.Select(i)
}

func (v *view) step(by int) {
	if i := v.table.Selected(); i >= 0 && i < len(v.m.rows) {
		v.set(v.m.rows[i].count + by)
	}
}

func (v *view) set(count int) {
	v.m.set(v.table.Selected(), count)
	v.refresh()
}

func (v *view) onSize() {
	v.m.paper = (v.m.paper + 1) % len(pos.LabelPapers)
	v.size.SetSelected(v.m.paper)
	v.refresh()
}

// onSave asks for a file and writes the labels.
func (v *view) onSave() {
	if v.m.total() == 0 {
		v.refuse(pos.E(pos.CodeInvalid, "labels.none", nil))
		return
	}
	paper, title := pos.LabelPapers[v.m.paper], v.env.T("labels.document", nil)
	list := v.labels()
	savepdf.Ask(v.env, title, func(path string) error { return v.env.Documents.Labels(path, title, paper, list) })
}

// labels are those of the list as of now.
func (v *view) labels() []pos.PriceLabel {
	return v.m.labels(v.env.Words, v.env.Till.Settings().Shop, v.env.Kit.Timers.Now())
}

// onPrint prints the whole list on the label printer, as one job.
func (v *view) onPrint() {
	paper := pos.LabelPapers[v.m.paper]
	j, err := pos.LabelJob(paper, v.labels())
	_, _, roll := paper.Millimetres()
	switch {
	case v.busy:
		return
	case err != nil:
	case !v.env.Print.LabelsReady():
		err = pos.E(pos.CodeUnavailable, "labels.no-printer", nil)
	case !roll:
		err = pos.E(pos.CodeInvalid, "labels.no-roll", nil)
	}
	if err != nil {
		v.refuse(err)
		return
	}
	j.Title = v.env.T("labels.document", nil) + ": " + v.env.T("labels.total", pos.Args{"Count": v.m.total()})
	v.busy = true
	v.say("labels.printing", widgets.Info)
	v.env.Print.Labels(j, v.onPrinted)
}

func (v *view) onPrinted(ok bool) {
	v.busy = false
	if ok {
		v.say("labels.printed", widgets.Good)
	} else {
		v.say("labels.not-printed", widgets.Warn)
	}
	v.env.Shown("labels.printed", "ok", strconv.FormatBool(ok))
}

func (v *view) say(id string, tone widgets.Tone) {
	v.news.Set(v.env.T(id, nil), tone)
	v.refresh()
}

// askOld finds out what goods cost before; who may not see prices' history prints
// the price of now alone.
func (v *view) askOld(p pos.Product) {
	a, now := v.env.Actor, v.env.Kit.Timers.Now()
	task.Run(v.env.Ctx, v.env.Runner,
		func(ctx context.Context) ([]pos.PriceChange, error) {
			return v.env.Till.PriceHistory(ctx, a, p.ID, historyLooked)
		},
		func(changes []pos.PriceChange, err error) {
			if old := oldPrice(&p, changes, now); err == nil && old != 0 {
				v.m.setOld(p.ID, old)
				v.showPreview()
			}
		})
}

// historyLooked is how many changes of price and cost are looked through.
const historyLooked = 10

func (v *view) refuse(err error) {
	v.news.Set(v.env.Words.Error(err), widgets.Bad)
	v.refresh()
	v.env.Shown("labels", "error", string(pos.CodeOf(err)))
}

func (v *view) refresh() {
	at := v.table.Selected()
	v.table.SetRows(len(v.m.rows))
	v.table.Select(min(max(at, 0), len(v.m.rows)-1))
	v.offers.SetFound(len(v.found), v.env.Guess(v.meant))
	v.sum.SetText(v.env.T("labels.total", pos.Args{"Count": v.m.total()}))
	v.showLists()
	v.add.SetEnabled(v.field.Text() != "" && len(v.found) > 0)
	v.save.SetEnabled(v.m.total() > 0)
	v.print.SetEnabled(v.m.total() > 0)
	v.showPreview()
	v.dialog.Refresh()
	v.env.Shown("labels", "goods", strconv.Itoa(len(v.m.rows)), "labels", strconv.Itoa(v.m.total()),
		"layout", string(pos.LabelPapers[v.m.paper]), "found", strconv.Itoa(len(v.found)))
}
