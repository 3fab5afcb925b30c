package people

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/task"
	gui "kassa/ui/theme"
	"kassa/ui/widgets"
)

// groupCard edits what a group may do.
type groupCard struct {
	v      *view
	group  pos.Group
	name   *widgets.Entry
	checks map[pos.Right]*widgets.Check
	news   *widgets.Banner
	save   *widgets.Button
	dialog *widgets.Dialog
}

func (v *view) openGroup(g pos.Group) {
	k, t := v.env.Kit, v.env.T
	c := &groupCard{v: v, group: g, checks: map[pos.Right]*widgets.Check{}, news: widgets.NewBanner("", widgets.Bad)}
	owner := g.ID == pos.GroupOwner
	c.name = k.Entry(widgets.TextEntry, t("people.group.hint", nil))
	c.name.MaxLength = pos.MaxNameRunes
	c.name.OnSubmitted = func(string) { k.Window.Canvas().FocusNext() }
	title := t("people.group.new", nil)
	if g.ID != "" {
		title = groupName(v.env, &g)
		c.name.SetText(title)
	}
	locked := widgets.NewBanner("", widgets.Info)
	if owner {
		locked.Set(t("people.group.owner", nil), widgets.Info)
	}
	c.save = k.ActionButton(t("people.save", nil), widgets.Primary, actSave)
	c.save.SetEnabled(!owner)
	back := k.KeyButton(t("people.cancel", nil), widgets.Secondary, keys.Esc, func() { c.dialog.Close() })
	first := c.name.Focusable()
	if owner {
		c.name.Disable()
		first = back
	}
	skip := widgets.NewPanel(widgets.VBox(gui.GapTiny,
		widgets.NewText(t("people.theme.skip", nil), widgets.Strong.In(gui.ColorWarn)),
		widgets.NewParagraph(t("people.skip.why", nil), widgets.Small),
		widgets.Equal(gui.GapCards, c.ticks(themes[0].rights, owner)...)),
		gui.ColorWarnSoft, gui.ColorNone, gui.RadiusCard, gui.GapInside, gui.GapCards)
	columns := make([]fyne.CanvasObject, 0, len(themes)-1)
	for _, th := range themes[1:] {
		columns = append(columns, widgets.VBox(0, append([]fyne.CanvasObject{widgets.NewText(t("people.theme."+th.id, nil), widgets.Strong)},
			c.ticks(th.rights, owner)...)...))
	}
	body := widgets.VBox(gui.GapCards, locked, widgets.Field(t("people.group.name", nil), c.name), skip,
		widgets.Equal(gui.GapInside, columns...))
	c.dialog = k.Dialog(widgets.DialogSpec{Name: "people.group", Title: title, Width: 1160, Body: body,
		Footer: widgets.VBox(gui.GapSmall, c.news, widgets.HBox(gui.GapCards, widgets.Spring(), back, c.save))})
	k.Keys.Define(keys.Action{ID: actSave, Label: "key.people.save", Key: "Ctrl+S"})
	c.dialog.Show(first, func(s *keys.Scope) { s.Bind(actSave, c.onSave) })
	c.tell("")
}

// ticks makes a box for each right.
func (c *groupCard) ticks(rights []pos.Right, locked bool) []fyne.CanvasObject {
	boxes := make([]fyne.CanvasObject, len(rights))
	for i, r := range rights {
		box := c.v.env.Kit.Check(c.v.env.Words.Value(r), c.group.Has(r), func(on bool) {
			c.group.Rights = with(c.group.Rights, r, on)
			c.tell("")
		})
		if locked {
			box.Disable()
		}
		c.checks[r], boxes[i] = box, box
	}
	return boxes
}

func (c *groupCard) onSave() {
	if c.save.Disabled() {
		return
	}
	g, a := c.group, c.v.env.Actor
	// A preset that keeps its translated name is stored without one, so that it
	// changes with the language.
	if name := c.name.Text(); !g.ID.Preset() || name != c.v.env.Words.Value(g.ID) {
		g.Name = name
	} else {
		g.Name = ""
	}
	g.Rights = pos.SortRights(g.Rights)
	if err := g.Check(); err != nil {
		c.refuse(err)
		return
	}
	c.save.Disable()
	task.Run(c.v.env.Ctx, c.v.env.Runner,
		func(ctx context.Context) (pos.Group, error) { return g, c.v.env.Till.SaveGroup(ctx, a, g) },
		func(g pos.Group, err error) {
			c.save.Enable()
			if err != nil {
				c.refuse(err)
				return
			}
			c.dialog.Close()
			c.v.env.Kit.Toast(c.v.env.T("people.saved", pos.Args{"Name": groupName(c.v.env, &g)}), widgets.Good)
			c.v.load()
		})
}

func (c *groupCard) refuse(err error) {
	c.news.Set(c.v.env.Words.Error(err), widgets.Bad)
	c.dialog.Refresh()
	c.tell(string(pos.CodeOf(err)))
}

func (c *groupCard) tell(problem string) {
	skips := slices.DeleteFunc(slices.Clone(themes[0].rights), func(r pos.Right) bool { return !c.group.Has(r) })
	c.v.env.Shown("people.group", "id", string(c.group.ID), "rights", machine(pos.SortRights(c.group.Rights)),
		"skips", machine(skips), "error", problem)
}
