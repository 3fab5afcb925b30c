package settings

import (
	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// page is a card of fields that scrolls where the window is low.
func (v *view) page(rows ...fyne.CanvasObject) fyne.CanvasObject {
	return v.env.Kit.Scroll(widgets.VBox(0, widgets.NewCard(widgets.VBox(theme.GapInside, rows...))))
}

// pair puts two settings side by side.
func (v *view) pair(left, right string) fyne.CanvasObject {
	return widgets.Equal(theme.GapInside, v.ask(left), v.ask(right))
}

func (v *view) shopPage() fyne.CanvasObject {
	return v.page(
		v.ask("shop.name"),
		v.pair("shop.address", "shop.tax_id"),
		v.pair("shop.country", "shop.currency"),
		v.ask("shop.footer"))
}

func (v *view) tillPage() fyne.CanvasObject {
	return v.page(
		v.pair("till.number", "till.idle_lock_minutes"),
		v.pair("till.language", "till.receipt_language"),
		v.ask("till.theme"),
		v.ask("till.start_screen"),
		v.ask("till.next_steps"),
		v.pair("till.scale", "till.receipt_width"))
}

func (v *view) moneyPage() fyne.CanvasObject {
	return v.page(
		v.pair("points.earn_percent", "points.max_share_percent"),
		v.ask("points.value"),
		v.pair("points.delay_days", "points.life_days"),
		widgets.NewSeparator(),
		v.pair("credit.due_days", "money.rounding_step"),
		widgets.NewSeparator(),
		v.pair("returns.days", "certificates.life_days"),
		widgets.NewSeparator(),
		v.ask("manual.finish"))
}

// contactsPage says how the customer confirms what.
type contactsPage struct {
	v              *view
	points, credit *widgets.Banner
	nobody         *widgets.Banner
}

func (v *view) contacts() fyne.CanvasObject {
	v.warn = &contactsPage{v: v, points: widgets.NewBanner("", widgets.Warn), credit: widgets.NewBanner("", widgets.Warn),
		nobody: widgets.NewBanner("", widgets.Bad)}
	return v.page(
		widgets.NewParagraph(v.env.T("settings.contacts.why", nil), widgets.Muted),
		widgets.VBox(theme.GapSmall, v.ask("confirm.points"), v.warn.points),
		widgets.VBox(theme.GapSmall, v.ask("confirm.credit"), v.warn.credit),
		v.warn.nobody,
		v.ask("confirm.code_lifetime_minutes"),
		widgets.NewParagraph(v.env.T("settings.contacts.skip", nil), widgets.SmallMuted))
}

// refresh warns about what nobody will confirm.
func (c *contactsPage) refresh() {
	warn := func(b *widgets.Banner, key string) {
		text := ""
		if c.v.m.texts[key] == string(pos.ConfirmNever) {
			text = c.v.env.T("settings.unconfirmed."+key, nil)
		}
		b.Set(text, widgets.Warn)
	}
	warn(c.points, "confirm.points")
	warn(c.credit, "confirm.credit")
	text := ""
	switch p := c.v.m.provider(); {
	case !c.v.m.asksCodes():
	case p == nil:
		text = c.v.env.T("settings.no-provider", nil)
	case c.v.m.trainingInEarnest():
		text = c.v.env.T("settings.training", pos.Args{"Provider": p.Name})
	}
	c.nobody.Set(text, widgets.Bad)
}
