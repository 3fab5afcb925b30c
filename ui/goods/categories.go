package goods

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// The actions of the window of categories.
const (
	actNewShelf  keys.ActionID = "categories.add"
	actMerge     keys.ActionID = "categories.merge"
	actShelfUp   keys.ActionID = "categories.up"
	actShelfDown keys.ActionID = "categories.down"
	actSaveShelf keys.ActionID = "categories.save"
)

func defineShelfKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: actNewShelf, Label: "key.categories.add", Key: "F3"},
		keys.Action{ID: actMerge, Label: "key.categories.merge", Key: "F6"},
		keys.Action{ID: actShelfUp, Label: "key.categories.up", Key: "Ctrl+Up"},
		keys.Action{ID: actShelfDown, Label: "key.categories.down", Key: "Ctrl+Down"},
		keys.Action{ID: actSaveShelf, Label: "key.categories.save", Key: "Ctrl+S", Place: "categories.card"},
	)
}

// shelves is the window of categories: their order, names and colours.
type shelves struct {
	env    *ui.Env
	closed func()
	list   []till.CategoryView
	table  *widgets.Table
	news   *widgets.Banner
	dialog *widgets.Dialog
	latest *task.Latest
	busy   bool
}

// Categories shows the categories in their order. closed is called when the
// window has gone.
func Categories(env *ui.Env, closed func()) {
	k, t := env.Kit, env.T
	defineShelfKeys(k.Keys)
	v := &shelves{env: env, closed: closed, latest: task.NewLatest(env.Runner), news: widgets.NewBanner("", widgets.Bad)}
	v.table = k.Table([]widgets.Column{
		{Title: t("categories.name", nil), Share: 2},
		{Title: t("categories.goods", nil), Width: 120, Align: fyne.TextAlignTrailing},
		{Title: t("categories.colour", nil), Width: 170, From: 560, Style: widgets.Muted},
		{Title: "", Width: 110, From: 620},
	}, v.cell)
	v.table.Empty = t("categories.empty", pos.Args{"Key": k.Keys.KeyOf(actNewShelf).Cap()})
	v.table.OnActivated = func(int) { v.onOpen() }
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { v.dialog.Close() })
	v.dialog = k.Dialog(widgets.DialogSpec{Name: "categories", Page: "goods", Title: t("goods.categories", nil), Subtitle: t("categories.hint", nil),
		Width: widgets.Middle, Height: 640, Fills: true,
		Body: widgets.VBox(theme.GapCards, v.news, widgets.Grow(widgets.NewFlatCard(v.table))),
		Footer: widgets.Footer(theme.GapSmall, back,
			k.ActionButton(t("categories.add", nil), widgets.Secondary, actNewShelf),
			k.ActionButton(t("categories.merge", nil), widgets.Secondary, actMerge),
			k.ActionButton(t("categories.up", nil), widgets.Secondary, actShelfUp),
			k.ActionButton(t("categories.down", nil), widgets.Secondary, actShelfDown),
			k.KeyButton(t("goods.open", nil), widgets.Primary, keys.Enter, v.onOpen))})
	v.dialog.OnClosed = func() { v.latest.Cancel(); v.closed() }
	v.dialog.Show(v.table, func(s *keys.Scope) {
		s.Home = v.table
		s.Bind(actNewShelf, func() { v.openShelf(pos.Category{}) })
		s.Bind(actMerge, v.onMerge)
		s.Bind(actShelfUp, func() { v.move(-1) })
		s.Bind(actShelfDown, func() { v.move(1) })
		s.BindKey(keys.Enter, v.onOpen)
	})
	v.reload("")
}

// reload reads the categories anew and chooses one of them.
func (v *shelves) reload(choose pos.CategoryID) {
	a := v.env.Actor
	task.RunLatest(v.env.Ctx, v.latest,
		func(ctx context.Context) ([]till.CategoryView, error) { return v.env.Till.Categories(ctx, a) },
		func(list []till.CategoryView, err error) {
			if err == nil {
				v.list = list
				v.table.SetRows(len(list))
				at := slices.IndexFunc(list, func(c till.CategoryView) bool { return c.ID == choose })
				if at < 0 {
					at = max(v.table.Selected(), 0)
				}
				v.table.Select(at)
			}
			v.say(err)
		})
}

func (v *shelves) say(err error) {
	v.news.Set(v.env.Words.Error(err), widgets.Bad)
	v.dialog.Refresh()
	facts := []string{"rows", strconv.Itoa(len(v.list)), "error", string(pos.CodeOf(err))}
	if c := v.chosen(); c != nil {
		facts = append(facts, "name", c.Name, "at", strconv.Itoa(v.table.Selected()+1))
	}
	v.env.Shown("categories", facts...)
}

func (v *shelves) chosen() *till.CategoryView {
	if i := v.table.Selected(); i >= 0 && i < len(v.list) {
		return &v.list[i]
	}
	return nil
}

func (v *shelves) cell(row, col int) widgets.Cell {
	c := &v.list[row]
	switch col {
	case 0:
		cell := widgets.Cell{Text: c.Name}
		if c.Archived {
			cell.Style = widgets.Muted
		}
		if i := slices.IndexFunc(v.list, func(o till.CategoryView) bool { return o.ID == c.Parent }); c.Parent != "" && i >= 0 {
			cell.Aside = v.list[i].Name
		}
		return cell
	case 1:
		return widgets.Cell{Text: v.env.Words.Money().Points(c.Goods)}
	case 2:
		if c.Colour > 0 {
			return widgets.Cell{Text: colourName(v.env, c.Colour), Dot: theme.TileColour(c.Colour)}
		}
		return widgets.Cell{}
	}
	if c.Archived {
		return widgets.Cell{Text: v.env.T("goods.archived", nil), Chip: true, Tone: widgets.Neutral}
	}
	return widgets.Cell{}
}

// colourName is what a colour is called; 0 is none.
func colourName(env *ui.Env, n int) string { return env.T("categories.colour."+strconv.Itoa(n), nil) }

func (v *shelves) onOpen() {
	if c := v.chosen(); c != nil {
		v.openShelf(c.Category)
	}
}

// move changes the place of the chosen category among those beside it.
func (v *shelves) move(by int) {
	from := v.table.Selected()
	to := from + by
	if v.busy || from < 0 || to < 0 || to >= len(v.list) || v.list[from].Archived != v.list[to].Archived {
		return
	}
	ids := make([]pos.CategoryID, len(v.list))
	for i := range v.list {
		ids[i] = v.list[i].ID
	}
	ids[from], ids[to] = ids[to], ids[from]
	v.change(ids[to], func(ctx context.Context, a pos.Actor) error { return v.env.Till.OrderCategories(ctx, a, ids) })
}

// change runs one operation on the categories and shows them anew.
func (v *shelves) change(choose pos.CategoryID, do func(ctx context.Context, a pos.Actor) error) {
	a := v.env.Actor
	v.busy = true
	approval.Run(v.env,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, do(ctx, a) },
		func(_ struct{}, err error) {
			v.busy = false
			if err != nil {
				v.say(err)
				return
			}
			v.reload(choose)
		})
}
