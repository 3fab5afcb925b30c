package shell

import (
	"time"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/ui"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// The line is as high as its marks need, whether one is shown or not: it must not
// push the screen down when one comes.
const (
	barPad    = 9
	barHeight = 24
)

// bar is the line at the top: the shop, what is worth a look, who works, the
// time.
type bar struct {
	env      *ui.Env
	shop     *widgets.Text
	training *widgets.Chip
	loose    *widgets.Chip   // what the environment switches off
	prints   *widgets.Chip   // slips that did not come out
	exchange *widgets.Signal // how the exchange with the backend stands
	look     exchange.Look   // of the exchange
	reason   string          // why it does not go on, "" for none
	name     string          // of the shop and the till
	shift    *widgets.Text
	clock    *widgets.Text
	trouble  *widgets.Banner // why nothing can be stored now
	time     *widgets.Banner // what is wrong with the clock, and a shift open too long
	copies   *widgets.Banner // why a copy was not made
	content  fyne.CanvasObject
}

func newBar(env *ui.Env, queue func()) *bar {
	b := &bar{
		env:      env,
		shop:     widgets.NewText("", widgets.Muted).Ellipsis(),
		training: widgets.NewChip(env.T("shell.training", nil), widgets.Warn),
		loose:    widgets.NewChip("", widgets.Warn),
		prints:   widgets.NewChip("", widgets.Bad),
		exchange: widgets.NewSignal(queue),
		shift:    widgets.NewText("", widgets.Muted),
		clock:    widgets.NewText("", widgets.Strong),
		trouble:  widgets.NewBanner("", widgets.Bad),
		time:     widgets.NewBanner("", widgets.Warn),
		copies:   widgets.NewBanner("", widgets.Warn),
	}
	b.training.Hide()
	b.loose.Hide()
	b.prints.Hide()
	b.exchange.Hide()
	b.exchange.OnHovered = b.onHovered
	line := widgets.HBox(theme.GapInside,
		widgets.NewText(env.T("app.name", nil), widgets.Strong),
		widgets.Grow(b.shop), b.exchange, b.prints, b.loose, b.training, b.shift, b.clock)
	b.content = widgets.VBox(0,
		widgets.NewPanel(widgets.Sized(0, barHeight, line), theme.ColorCard, theme.ColorNone, 0, theme.GapInside, barPad), b.trouble, b.time, b.copies, widgets.NewSeparator())
	b.tick(env.Kit.Timers.Now())
	return b
}

// toastUntil is where the marks begin that a toast over a dialog must not cover, 0 for
// none.
func (b *bar) toastUntil() float32 {
	for _, mark := range []fyne.CanvasObject{b.exchange, b.prints, b.loose, b.training} { // from the left
		if mark.Visible() {
			return fyne.CurrentApp().Driver().AbsolutePositionForObject(mark).X - theme.Px(theme.GapSmall)
		}
	}
	return 0
}

func (b *bar) set(s pos.Settings, a pos.Actor, sh *pos.Shift, training bool) {
	b.name = b.env.T("shell.till", pos.Args{"Shop": s.Shop, "Till": s.Till})
	b.shop.SetText(b.name)
	who := a.Name
	switch {
	case a.ID == "":
		who = b.env.T("shell.locked", nil)
	case sh != nil:
		who = b.env.T("shell.shift", pos.Args{"Number": sh.Number, "Name": a.Name})
	}
	b.shift.SetText(who)
	if training {
		b.training.Show()
	} else {
		b.training.Hide()
	}
	b.fit()
}

// fit says the longest of the marks in two words where others stand beside it, so
// that all have room in a small window.
func (b *bar) fit() {
	id := "shell.training"
	if b.loose.Visible() || b.prints.Visible() {
		id = "shell.training-short"
	}
	b.training.Set(b.env.T(id, nil), widgets.Warn)
	if b.look == exchange.Told {
		text, tone := b.exchangeText(&exchange.Status{}, b.look)
		b.exchange.Set(text, tone)
	}
	b.content.Refresh()
}

func (b *bar) tick(now time.Time) {
	if t := b.env.Words.Clock(now); t != b.clock.Text() {
		b.clock.SetText(t)
	}
}

// setLoose marks that the environment loosens so many settings, and the key of the
// menu, whose Health tells which.
func (b *bar) setLoose(n int) {
	if n == 0 {
		b.loose.Hide()
	} else {
		b.loose.Set(b.env.T("shell.loose", pos.Args{"Count": n, "Key": string(b.env.Kit.Keys.KeyOf("menu"))}), widgets.Warn)
		b.loose.Show()
	}
	b.fit()
}

// setPrints marks that slips did not come out, and the key of their list.
func (b *bar) setPrints(n int) {
	if n == 0 {
		b.prints.Hide()
	} else {
		b.prints.Set(b.env.T("shell.prints", pos.Args{"Count": n, "Key": string(b.env.Kit.Keys.KeyOf("sale.prints"))}), widgets.Bad)
		b.prints.Show()
	}
	b.fit()
}
