package sale

import (
	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// onReturn changes to the return mode: to begin one while nothing is rung up, or
// back to what is being exchanged.
func (s *Screen) onReturn() {
	s.soon(func() {
		switch {
		case s.m.back == nil && s.m.blue(s.now()) != pay:
			s.fail(pos.E(pos.CodeConflict, "shift.closed", nil))
		case s.m.back == nil && (s.m.live() > 0 || len(s.m.view.Cheque.Tenders) > 0):
			s.m.notice = notice{id: "return-rung", tone: warn}
			s.show(change{})
		case s.h.Return != nil:
			s.h.Return()
		}
	})
}

// exchangeStrip stands over the screen while goods are taken in exchange: what
// was brought back, and what is left to settle.
type exchangeStrip struct {
	s       *Screen
	brought *widgets.Text
	rest    *widgets.Text
	box     *fyne.Container
	panel   *widgets.Panel
}

func newExchangeStrip(s *Screen) *exchangeStrip {
	ink := func(st widgets.Style) widgets.Style { return st.In(theme.InkOn(theme.ColorWarn)) }
	e := &exchangeStrip{s: s, brought: widgets.NewText("", ink(widgets.Body)).Ellipsis(), rest: widgets.NewText("", ink(widgets.Figure).InBold())}
	edit := s.env.Kit.ActionButton(s.t("exchange.edit", nil), widgets.Secondary, actReturn)
	edit.Height = widgets.Compact
	e.box = widgets.HBox(theme.GapInside, widgets.NewText(s.t("exchange.title", nil), ink(widgets.Figure).InBold()),
		widgets.Grow(e.brought), e.rest, edit)
	e.panel = widgets.NewPanel(e.box, theme.ColorWarn, theme.ColorNone, 0, theme.GapInside, theme.GapSmall)
	e.panel.Hide()
	return e
}

func (e *exchangeStrip) show() {
	back := e.s.m.back
	if back == nil {
		e.panel.Hide()
		return
	}
	worth := back.Preview.Total
	e.brought.SetText(e.s.t("exchange.brought", pos.Args{"Count": len(back.Draft.Lines), "Sum": worth}))
	turned := worth
	if x := e.s.m.view.Cheque.Exchange(); x != nil {
		turned = x.Amount
	}
	switch t := e.s.m.view.Totals; {
	case turned < worth:
		e.rest.SetText(e.s.t("exchange.give", pos.Args{"Sum": worth.Sub(turned)}))
	case t.Due > 0:
		e.rest.SetText(e.s.t("exchange.pay", pos.Args{"Sum": t.Due}))
	default:
		e.rest.SetText(e.s.t("exchange.even", nil))
	}
	e.panel.Show()
	e.box.Refresh()
}
