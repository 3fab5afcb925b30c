package goods

import (
	"context"
	"strconv"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// shelfCard edits one category, or makes a new one.
type shelfCard struct {
	v      *shelves
	is     pos.Category
	was    pos.Category
	name   *widgets.Entry
	news   *widgets.Banner
	save   *widgets.Button
	dialog *widgets.Dialog
}

func (v *shelves) openShelf(c pos.Category) {
	k, t := v.env.Kit, v.env.T
	d := &shelfCard{v: v, is: c, was: c, news: widgets.NewBanner("", widgets.Bad)}
	d.name = k.Entry(widgets.TextEntry, "")
	d.name.SetText(c.Name)
	d.name.MaxLength = pos.MaxNameRunes
	d.name.OnChanged = func(text string) { d.is.Name = text; d.name.SetMessage("", widgets.Neutral) }
	d.name.OnSubmitted = func(string) { d.onSave() }
	colours := make([]string, pos.CategoryColours+1)
	for i := range colours {
		colours[i] = colourName(v.env, i)
	}
	swatch := widgets.NewSwatch(theme.TileColour(c.Colour))
	colour := k.Select(colours, c.Colour, func(i int) {
		d.is.Colour = i
		swatch.Set(theme.TileColour(i))
	})
	parents, ids, now := v.parents(c)
	parent := k.Select(parents, now, func(i int) { d.is.Parent = ids[i] })
	body := widgets.VBox(theme.GapCards,
		widgets.Field(t("categories.name", nil), d.name),
		widgets.Field(t("categories.colour", nil), widgets.HBox(theme.GapCards, widgets.Grow(colour), swatch)),
		widgets.Field(t("categories.parent", nil), parent))
	title := t("categories.add", nil)
	if c.ID != "" {
		title = c.Name
		body.Add(k.Check(t("categories.archive", nil), c.Archived, func(on bool) { d.is.Archived = on }))
	}
	d.save = k.ActionButton(t("goods.save", nil), widgets.Primary, actSaveShelf)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, d.onLeave)
	d.dialog = k.Dialog(widgets.DialogSpec{Name: "categories.card", Title: title, Width: widgets.Narrow, Body: body, OnEsc: d.onLeave,
		Footer: widgets.VBox(theme.GapSmall, d.news, widgets.Footer(theme.GapCards, back, d.save))})
	d.dialog.Show(d.name.Focusable(), func(s *keys.Scope) { s.Bind(actSaveShelf, d.onSave) })
	d.tell("")
}

// parents are the categories c may stand in: none, and those of the top that are
// not c itself.
func (v *shelves) parents(c pos.Category) (names []string, ids []pos.CategoryID, now int) {
	names, ids = []string{v.env.T("categories.top", nil)}, []pos.CategoryID{""}
	for _, o := range v.list {
		if o.ID == c.ID || (o.Archived || o.Parent != "") && o.ID != c.Parent {
			continue
		}
		if o.ID == c.Parent {
			now = len(ids)
		}
		names, ids = append(names, o.Name), append(ids, o.ID)
	}
	return names, ids, now
}

// onLeave closes the card; unsaved changes are asked about first.
func (d *shelfCard) onLeave() {
	if d.is == d.was {
		d.dialog.Close()
		return
	}
	d.v.env.Leave("categories.card", d.onSave, d.dialog.Close)
}

func (d *shelfCard) onSave() {
	if d.save.Disabled() {
		return
	}
	d.save.Disable()
	a, c := d.v.env.Actor, d.is
	approval.Run(d.v.env,
		func(ctx context.Context) (*pos.Category, error) { return d.v.env.Till.PutCategory(ctx, a, c) },
		func(c *pos.Category, err error) {
			d.save.Enable()
			if err != nil {
				d.news.Set(d.v.env.Words.Error(err), widgets.Bad)
				d.name.SetMessage("", widgets.Bad)
				d.name.Focus()
				d.dialog.Refresh()
				d.tell(string(pos.CodeOf(err)))
				return
			}
			d.dialog.Close()
			d.v.reload(c.ID)
		})
}

func (d *shelfCard) tell(problem string) {
	d.v.env.Shown("categories.card", "id", string(d.is.ID), "error", problem)
}

// onMerge asks which category the chosen one becomes a part of for good.
func (v *shelves) onMerge() {
	from := v.chosen()
	if from == nil {
		return
	}
	k, t := v.env.Kit, v.env.T
	var others []till.CategoryView
	for _, c := range v.list {
		if c.ID != from.ID && !c.Archived {
			others = append(others, c)
		}
	}
	list := k.List([]widgets.Column{{Share: 2}, {Width: 120, Style: widgets.Muted.Right()}}, func(row, col int) widgets.Cell {
		if col == 1 {
			return widgets.Cell{Text: v.env.Words.Money().Points(others[row].Goods)}
		}
		return widgets.Cell{Text: others[row].Name}
	})
	list.Empty = t("categories.merge.none", nil)
	var d *widgets.Dialog
	source := from.ID
	merge := func() {
		if i := list.Selected(); i >= 0 && i < len(others) {
			d.Close()
			into := others[i].ID
			v.change(into, func(ctx context.Context, a pos.Actor) error { return v.env.Till.MergeCategories(ctx, a, source, into) })
		}
	}
	list.OnActivated = func(int) { merge() }
	d = k.Dialog(widgets.DialogSpec{Name: "categories.merge", Title: t("categories.merge.title", pos.Args{"Name": from.Name}), Width: widgets.Narrow, Height: 520, Fills: true,
		Body: widgets.VBox(theme.GapCards, widgets.NewParagraph(t("categories.merge.why", pos.Args{"Count": from.Goods}), widgets.Body),
			widgets.Grow(widgets.NewFlatCard(list))),
		Footer: widgets.Footer(theme.GapCards, k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { d.Close() }),
			k.KeyButton(t("categories.merge.do", nil), widgets.DangerKind, keys.Enter, merge))})
	d.Show(list, func(s *keys.Scope) { s.BindKey(keys.Enter, merge) })
	list.SetRows(len(others))
	list.Select(min(0, len(others)-1))
	v.env.Shown("categories.merge", "rows", strconv.Itoa(len(others)))
}
