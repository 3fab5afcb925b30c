package people

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/rescue"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// The actions of the window.
const (
	actAdd      keys.ActionID = "people.add"
	actAddGroup keys.ActionID = "people.group.add"
	actSave     keys.ActionID = "people.save"

	actDeleteGroup keys.ActionID = "people.group.delete"
	actCaps        keys.ActionID = "people.group.caps"

	actRecovery keys.ActionID = "people.recovery"
)

// view is the window: employees at the left, their groups at the right.
type view struct {
	env    *ui.Env
	closed func()
	list   list
	staff  *widgets.Table
	groups *widgets.Table
	news   *widgets.Banner
	dialog *widgets.Dialog
}

// DefineKeys names the actions of the windows about employees.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: actAdd, Label: "key.people.add", Key: "F2"},
		keys.Action{ID: actAddGroup, Label: "key.people.group.add", Key: "F3"},
		keys.Action{ID: actSave, Label: "key.people.save", Key: "Ctrl+S"},
		keys.Action{ID: actDeleteGroup, Label: "key.people.group.delete", Key: "Ctrl+Del"},
		keys.Action{ID: actRecovery, Label: "key.people.recovery", Key: "F6"},
		keys.Action{ID: actCaps, Label: "key.people.group.caps", Key: "F4"},
	)
}

// Open shows who works here. closed is called when the window has gone.
func Open(env *ui.Env, closed func()) {
	DefineKeys(env.Kit.Keys)
	v := &view{env: env, closed: closed, news: widgets.NewBanner("", widgets.Bad)}
	v.build()
	v.dialog.Show(v.staff, func(s *keys.Scope) {
		s.Bind(actAdd, v.onAdd)
		s.Bind(actAddGroup, v.onAddGroup)
		s.Bind(actRecovery, v.onRecovery)
		s.BindKey(keys.Enter, v.onOpen)
	})
	v.load()
}

func (v *view) build() {
	k, t := v.env.Kit, v.env.T
	v.staff = k.Table([]widgets.Column{
		{Title: t("people.name", nil)},
		{Title: t("people.group", nil), Share: 0.8, Style: widgets.Muted},
		{Title: "", Width: 120, From: 420},
	}, v.person)
	v.staff.Empty = t("people.empty", nil)
	v.staff.OnActivated = func(int) { v.onOpen() }
	v.groups = k.Table([]widgets.Column{
		{Title: t("people.groups", nil)},
		{Title: t("people.members", nil), Width: 110, Align: fyne.TextAlignTrailing, Style: widgets.Muted},
	}, v.group)
	v.groups.OnActivated = func(int) { v.onOpen() }
	add := k.ActionButton(t("people.add", nil), widgets.Secondary, actAdd)
	addGroup := k.ActionButton(t("people.group.add", nil), widgets.Secondary, actAddGroup)
	code := k.ActionButton(t("people.recovery", nil), widgets.Secondary, actRecovery)
	open := k.KeyButton(t("people.open", nil), widgets.Primary, keys.Enter, v.onOpen)
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { v.dialog.Close() })
	v.dialog = k.Dialog(widgets.DialogSpec{
		Name: "people", Page: "people", Title: t("people.title", nil), Width: widgets.Wide, Height: 640, Fills: true,
		Body: widgets.VBox(theme.GapCards, v.news, widgets.Grow(widgets.Columns(theme.GapCards,
			widgets.GrowBy(1.7, widgets.NewFlatCard(v.staff)), widgets.Grow(widgets.NewFlatCard(v.groups))))),
		Footer: widgets.Footer(theme.GapCards, back, add, addGroup, code, open),
	})
	v.dialog.OnClosed = v.closed
}

func (v *view) load() {
	task.Run(v.env.Ctx, v.env.Runner, func(ctx context.Context) (list, error) {
		employees, err := v.env.Till.Employees(ctx)
		if err != nil {
			return list{}, err
		}
		groups, err := v.env.Till.Groups(ctx)
		return list{employees, groups}, err
	}, v.show)
}

func (v *view) show(l list, err error) {
	v.news.Set(v.env.Words.Error(err), widgets.Bad)
	if err == nil {
		v.list = l
		v.staff.SetRows(len(l.employees))
		v.groups.SetRows(len(l.groups))
		if v.staff.Selected() < 0 {
			v.staff.Select(0)
		}
		if v.groups.Selected() < 0 {
			v.groups.Select(0)
		}
	}
	v.dialog.Refresh()
	v.env.Shown("people", "employees", strconv.Itoa(len(v.list.employees)), "groups", strconv.Itoa(len(v.list.groups)))
}

func (v *view) person(row, col int) widgets.Cell {
	e := &v.list.employees[row]
	style := widgets.Style{}
	if e.Archived {
		style = widgets.Muted
	}
	switch col {
	case 0:
		return widgets.Cell{Text: e.Name, Style: style}
	case 1:
		return widgets.Cell{Text: v.list.nameOf(v.env, e.Group)}
	}
	switch {
	case e.Archived:
		return widgets.Cell{Text: v.env.T("people.archived", nil), Chip: true, Tone: widgets.Neutral}
	case e.ID == v.env.Actor.ID:
		return widgets.Cell{Text: v.env.T("people.you", nil), Chip: true, Tone: widgets.Info}
	}
	return widgets.Cell{}
}

func (v *view) group(row, col int) widgets.Cell {
	g := &v.list.groups[row]
	if col == 1 {
		return widgets.Cell{Text: v.env.Words.Money().Points(v.list.members(g.ID))}
	}
	return widgets.Cell{Text: groupName(v.env, g)}
}

// onRecovery offers the owner a new recovery code.
func (v *view) onRecovery() { rescue.AskCode(v.env, v.load) }

// onOpen opens the card of what is chosen in the list that has the focus.
func (v *view) onOpen() {
	if v.env.Kit.Focused() == fyne.Focusable(v.groups) {
		if i := v.groups.Selected(); i >= 0 {
			v.openGroup(v.list.groups[i])
		}
		return
	}
	if i := v.staff.Selected(); i >= 0 {
		v.openEmployee(&v.list.employees[i])
	}
}

func (v *view) onAdd() { v.openEmployee(nil) }

func (v *view) onAddGroup() {
	v.openGroup(pos.Group{Rights: []pos.Right{pos.RightSell}})
}
