package customer

import (
	"fyne.io/fyne/v2"

	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// chore is something that is seldom done with a card.
type chore struct {
	id string // "customers.more.<id>" is its name
	do func()
}

// chores are what can be done with the card as it is.
func (c *card) chores() []chore {
	v := &c.view.Customer
	if !v.ErasedAt.IsZero() {
		return nil
	}
	archive := "archive"
	if v.Archived {
		archive = "restore"
	}
	list := []chore{
		{"phone", c.onPhone},
		{"consents", c.onConsents},
		{"merge", c.onMerge},
		{archive, c.onArchive},
		{"erase", c.onErase},
	}
	if v.Phone == "" {
		list = list[1:] // the first number is typed into the card
	}
	return list
}

// onMore offers what is seldom done, on F1, F2…
func (c *card) onMore() {
	if c.view == nil {
		return
	}
	k, t := c.env.Kit, c.env.T
	var d *widgets.Dialog
	var rows []fyne.CanvasObject
	press := map[keys.Key]func(){}
	var first fyne.Focusable
	for i, ch := range c.chores() {
		key := keys.Key("F" + string(rune('1'+i)))
		choose := func() { d.Close(); ch.do() }
		b := k.KeyButton(t("customers.more."+ch.id, nil), widgets.Secondary, key, choose)
		b.Leading, b.CapFirst = true, true
		press[key] = choose
		if first == nil {
			first = b
		}
		rows = append(rows, b)
	}
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { d.Close() })
	if len(rows) == 0 {
		rows = append(rows, widgets.NewParagraph(t("customer.erased", nil), widgets.Muted))
	}
	if first == nil {
		first = back
	}
	d = k.Dialog(widgets.DialogSpec{Name: "customer.more", Title: c.name(), Width: widgets.Narrow,
		Body: widgets.VBox(theme.GapSmall, rows...), Footer: back})
	d.Show(first, func(s *keys.Scope) {
		for key, f := range press {
			s.BindKey(key, f)
		}
	})
	c.env.Shown("customer.more")
}

// name is what the card's customer is called.
func (c *card) name() string {
	if !c.view.ErasedAt.IsZero() {
		return c.env.T("customers.anonymous", nil)
	}
	return c.view.Name
}
