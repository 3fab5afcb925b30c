package people

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// groupCard edits what a group may do.
type groupCard struct {
	v      *view
	group  pos.Group
	name   *widgets.Entry
	checks map[pos.Right]*widgets.Check
	caps   *caps             // nil for the owner
	pages  *widgets.Segments // rights and caps; nil for the owner
	shown  [2]fyne.CanvasObject
	news   *widgets.Banner
	save   *widgets.Button
	remove *widgets.Button // nil where the group cannot be deleted
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
	head := widgets.Field(t("people.group.name", nil), c.name)
	c.save = k.ActionButton(t("people.save", nil), widgets.Primary, actSave)
	c.save.SetEnabled(!owner)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { c.dialog.Close() })
	first := c.name.Focusable()
	if owner {
		head = widgets.VBox(0, widgets.NewBanner(t("people.group.owner", nil), widgets.Info))
		first = back
	}
	skip := widgets.NewPanel(widgets.VBox(theme.GapTiny,
		widgets.NewText(t("people.theme.skip", nil), widgets.Strong.In(theme.ColorWarn)),
		widgets.NewParagraph(t("people.skip.why", nil), widgets.Small),
		widgets.Tiles(theme.GapCards, 280, c.ticks(topics[0].rights, owner)...)),
		theme.ColorWarnSoft, theme.ColorNone, theme.RadiusCard, theme.GapInside, theme.GapCards)
	columns := make([]fyne.CanvasObject, 0, len(topics)-1)
	for _, th := range topics[1:] {
		columns = append(columns, widgets.VBox(0, append([]fyne.CanvasObject{widgets.NewText(t("people.theme."+th.id, nil), widgets.Strong)},
			c.ticks(th.rights, owner)...)...))
	}
	ticks := widgets.VBox(theme.GapCards, skip, widgets.Tiles(theme.GapInside, 210, columns...))
	body := widgets.VBox(theme.GapCards, head, ticks)
	if !owner {
		c.caps = newCaps(c)
		c.addPages(body, ticks)
	}
	feet := widgets.HBox(theme.GapCards, back, widgets.Spring(), c.save)
	if g.ID != "" && !g.ID.Preset() {
		c.remove = k.ActionButton(t("people.group.delete", nil), widgets.DangerKind, actDeleteGroup)
		feet = widgets.HBox(theme.GapCards, back, c.remove, widgets.Spring(), c.save)
	}
	c.dialog = k.Dialog(widgets.DialogSpec{Name: "people.group", Title: title, Width: widgets.Wide, Body: body,
		Footer: widgets.VBox(theme.GapSmall, c.news, feet)})
	c.dialog.Show(first, func(s *keys.Scope) {
		s.Bind(actSave, c.onSave)
		if c.pages != nil {
			s.Bind(actCaps, func() { c.onPage(1 - c.pages.Selected()) })
		}
		if c.remove != nil {
			s.Bind(actDeleteGroup, c.onDelete)
		}
	})
	c.tell("")
}

// addPages lets the card turn from the rights to their caps and back.
func (c *groupCard) addPages(body *fyne.Container, ticks fyne.CanvasObject) {
	k, t := c.v.env.Kit, c.v.env.T
	c.shown = [2]fyne.CanvasObject{ticks, c.caps.content()}
	c.shown[1].Hide()
	c.pages = k.Segments([]string{t("people.rights", nil), t("people.caps", nil)}, 0, c.onPage)
	key := widgets.NewKeyCap(k.Keys.KeyOf(actCaps))
	body.Objects = append(body.Objects[:1:1], widgets.HBox(theme.GapCards, widgets.Grow(c.pages), key), c.shown[0], c.shown[1])
}

// onPage shows the rights or the caps.
func (c *groupCard) onPage(i int) {
	c.pages.SetSelected(i)
	for n, page := range c.shown {
		if n == i {
			page.Show()
		} else {
			page.Hide()
		}
	}
	c.dialog.Refresh()
	if i == 1 {
		c.caps.focus()
	}
	c.tell("")
}

// ticks makes a box for each right.
func (c *groupCard) ticks(rights []pos.Right, locked bool) []fyne.CanvasObject {
	boxes := make([]fyne.CanvasObject, len(rights))
	for i, r := range rights {
		box := c.v.env.Kit.Check(c.v.env.Words.Value(r), c.group.Has(r), func(on bool) {
			c.group.Rights = with(c.group.Rights, r, on)
			c.caps.follow()
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
	read, field, err := c.caps.read()
	if err != nil {
		c.onPage(1)
		field.Focus()
		c.refuse(err)
		return
	}
	g.Caps = read
	if err := g.Check(); err != nil {
		c.refuse(err)
		return
	}
	c.save.Disable()
	approval.Run(c.v.env,
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

// onDelete removes the group; one that somebody is in stays.
func (c *groupCard) onDelete() {
	if c.remove.Disabled() {
		return
	}
	g, a := c.group, c.v.env.Actor
	c.remove.Disable()
	approval.Run(c.v.env,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, c.v.env.Till.DeleteGroup(ctx, a, g.ID) },
		func(_ struct{}, err error) {
			c.remove.Enable()
			if err != nil {
				c.refuse(err)
				return
			}
			c.dialog.Close()
			c.v.env.Kit.Toast(c.v.env.T("people.group.deleted", pos.Args{"Name": groupName(c.v.env, &g)}), widgets.Good)
			c.v.load()
		})
}

func (c *groupCard) refuse(err error) {
	c.news.Set(c.v.env.Words.Error(err), widgets.Bad)
	c.dialog.Refresh()
	c.tell(string(pos.CodeOf(err)))
}

func (c *groupCard) tell(problem string) {
	skips := slices.DeleteFunc(slices.Clone(topics[0].rights), func(r pos.Right) bool { return !c.group.Has(r) })
	page := "rights"
	if c.pages != nil && c.pages.Selected() == 1 {
		page = "caps"
	}
	c.v.env.Shown("people.group", "id", string(c.group.ID), "page", page, "rights", machine(pos.SortRights(c.group.Rights)),
		"skips", machine(skips), "error", problem)
}
