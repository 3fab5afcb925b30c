package people

import (
	"context"
	"errors"
	"strings"

	"kassa/pos"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// employeeCard edits one employee, or makes a new one.
type employeeCard struct {
	v        *view
	was      *pos.Employee // nil for a new one
	name     *widgets.Entry
	group    *widgets.Select
	chosen   int // the group as it was opened
	pin      *widgets.Entry
	again    *widgets.Entry
	archived *widgets.Check
	news     *widgets.Banner
	save     *widgets.Button
	dialog   *widgets.Dialog
}

func (v *view) openEmployee(e *pos.Employee) {
	k, t := v.env.Kit, v.env.T
	c := &employeeCard{v: v, was: e, news: widgets.NewBanner("", widgets.Bad)}
	next := func(string) { k.Window.Canvas().FocusNext() }
	c.name = k.Entry(widgets.TextEntry, t("people.name.hint", nil))
	c.name.MaxLength, c.name.OnSubmitted = pos.MaxNameRunes, next
	names, chosen := c.groupNames()
	c.group, c.chosen = k.Select(names, chosen, nil), chosen
	pinHint := t("people.pin.hint", nil)
	title := t("people.new", nil)
	if e != nil {
		title = e.Name
		pinHint = t("people.pin.keep", nil)
		c.name.SetText(e.Name)
	}
	c.pin, c.again = k.Entry(widgets.PINEntry, pinHint), k.Entry(widgets.PINEntry, t("people.pin.again.hint", nil))
	c.pin.MaxLength, c.again.MaxLength = pos.PINMaxDigits, pos.PINMaxDigits
	c.pin.OnSubmitted = next
	c.again.OnSubmitted = func(string) { c.onSave() }
	c.archived = k.Check(t("people.archive", nil), e != nil && e.Archived, nil)
	c.save = k.ActionButton(t("people.save", nil), widgets.Primary, actSave)
	c.save.Height = widgets.Large
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, c.onLeave)
	back.Height = widgets.Large
	body := widgets.VBox(theme.GapCards,
		widgets.Field(t("people.name", nil), c.name),
		widgets.Field(t("people.group", nil), c.group),
		widgets.Equal(theme.GapCards,
			widgets.Field(t("people.pin", nil), c.pin), widgets.Field(t("people.pin.again", nil), c.again)),
		widgets.NewParagraph(t("people.pin.why", pos.Args{"Min": pos.PINMinDigits, "Max": pos.PINMaxDigits}), widgets.SmallMuted))
	if e != nil {
		body.Add(c.archived)
	}
	body.Add(c.news)
	c.dialog = k.Dialog(widgets.DialogSpec{Name: "people.employee", Title: title, Width: widgets.Narrow, Body: body, OnEsc: c.onLeave,
		Footer: widgets.HBox(theme.GapCards, back, widgets.Grow(c.save))})
	c.dialog.Show(c.name.Focusable(), func(s *keys.Scope) { s.Bind(actSave, c.onSave) })
	c.tell("")
}

// groupNames are the groups to choose from and the one chosen now: the
// employee's, or for a new one the least powerful preset.
func (c *employeeCard) groupNames() (names []string, chosen int) {
	want := pos.GroupCashier
	if c.was != nil {
		want = c.was.Group
	}
	for i := range c.v.list.groups {
		g := &c.v.list.groups[i]
		names = append(names, groupName(c.v.env, g))
		if g.ID == want {
			chosen = i
		}
	}
	return names, chosen
}

// changed reports that something was typed or chosen and not saved.
func (c *employeeCard) changed() bool {
	name, archived := "", false
	if c.was != nil {
		name, archived = c.was.Name, c.was.Archived
	}
	return c.name.Text() != name || c.group.Selected() != c.chosen || c.archived.On() != archived ||
		c.pin.Text() != "" || c.again.Text() != ""
}

// onLeave closes the card; unsaved changes are asked about first.
func (c *employeeCard) onLeave() {
	if !c.changed() {
		c.dialog.Close()
		return
	}
	c.v.env.Leave("people.employee", c.onSave, c.dialog.Close)
}

func (c *employeeCard) onSave() {
	if c.save.Disabled() {
		return
	}
	name, pin := c.name.Text(), c.pin.Text()
	if err := pos.CheckEmployeeName(name); err != nil {
		c.refuse(err)
		c.name.Focus()
		return
	}
	if err := checkPINs(pin, c.again.Text(), c.was == nil); err != nil {
		c.refuse(err)
		c.clearPINs()
		return
	}
	group := c.v.list.groups[c.group.Selected()].ID
	archived, a, t := c.archived.On(), c.v.env.Actor, c.v.env.Till
	c.save.Disable()
	approval.Run(c.v.env, func(ctx context.Context) (*pos.Employee, error) {
		if c.was == nil {
			return t.AddEmployee(ctx, a, name, group, pin)
		}
		return t.UpdateEmployee(ctx, a, c.was.ID, name, group, archived, pin)
	}, c.onSaved)
}

func (c *employeeCard) onSaved(e *pos.Employee, err error) {
	c.save.Enable()
	if err != nil {
		c.refuse(err)
		if e, ok := errors.AsType[*pos.Error](err); ok && strings.HasPrefix(e.ID, "pin.") {
			c.clearPINs()
		}
		return
	}
	c.dialog.Close()
	c.v.env.Kit.Toast(c.v.env.T("people.saved", pos.Args{"Name": e.Name}), widgets.Good)
	c.v.load()
}

// clearPINs makes room for another PIN: nobody sees what is wrong behind the dots.
func (c *employeeCard) clearPINs() {
	c.pin.Clear()
	c.again.Clear()
	c.pin.Focus()
}

func (c *employeeCard) refuse(err error) {
	c.news.Set(c.v.env.Words.Error(err), widgets.Bad)
	c.dialog.Refresh()
	c.tell(string(pos.CodeOf(err)))
}

func (c *employeeCard) tell(problem string) {
	id := ""
	if c.was != nil {
		id = string(c.was.ID)
	}
	c.v.env.Shown("people.employee", "id", id, "error", problem)
}
