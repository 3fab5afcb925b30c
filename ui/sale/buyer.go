package sale

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"kassa/pos"
	"kassa/pos/phone"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// buyerCard shows the customer: a card where there is room, a line where there
// is little. A tap opens the customer's own card.
type buyerCard struct {
	s              *Screen
	wide, folded   *pressable
	name, contact  *widgets.Text
	points         *widgets.Pair
	debt           *widgets.Pair
	room           *widgets.Pair
	stats          *fyne.Container
	lineName, line *widgets.Text
	off            []*widgets.Button
	boxes          []*fyne.Container
	drawn          *pos.CustomerState // as shown now, nil for nobody
	ready          bool               // something was drawn at all
}

func newBuyerCard(s *Screen) *buyerCard {
	b := &buyerCard{s: s}
	b.name = widgets.NewText("", widgets.Strong).Ellipsis()
	b.contact = widgets.NewText("", widgets.Muted).Ellipsis()
	b.points = widgets.Stat(s.t("points", nil), "", widgets.Figure)
	b.debt = widgets.Stat(s.t("debt", nil), "", widgets.Figure)
	b.room = widgets.Stat(s.t("room", nil), "", widgets.Figure)
	b.stats = widgets.Equal(theme.GapSmall, b.points.Box, b.debt.Box, b.room.Box)
	who := widgets.VBox(theme.GapTiny, b.name, b.contact)
	head := widgets.HBox(theme.GapSmall, widgets.Grow(who), b.nobody(true), b.find())
	full := widgets.VBox(theme.GapCards, head, b.stats)
	b.wide = newPressable(widgets.NewPanel(full, theme.ColorCard, theme.ColorLine, theme.RadiusCard, theme.GapInside, theme.GapCards), b.onTapped)

	b.lineName = widgets.NewText("", widgets.Strong).Ellipsis()
	b.line = widgets.NewText("", widgets.SmallMuted).Ellipsis()
	short := widgets.HBox(theme.GapSmall, widgets.Grow(widgets.VBox(0, b.lineName, b.line)), b.nobody(false), b.find())
	b.folded = newPressable(widgets.NewPanel(short, theme.ColorCard, theme.ColorLine, theme.RadiusCard, 12, 3), b.onTapped)
	b.boxes = []*fyne.Container{full, head, who, short}
	return b
}

func (b *buyerCard) find() *widgets.Button {
	f := b.s.env.Kit.ActionButton("", widgets.Quiet, actCustomer)
	f.Height = widgets.Compact
	return f
}

// nobody takes the customer off the cheque. Where there is little room its key
// is left to the list of keys.
func (b *buyerCard) nobody(withKey bool) *widgets.Button {
	off := b.s.env.Kit.ActionButton(b.s.t("nobody", nil), widgets.Quiet, actNobody)
	if !withKey {
		off.Action, off.OnTapped = "", b.s.onNobody
	}
	off.Height = widgets.Compact
	b.off = append(b.off, off)
	return off
}

func (b *buyerCard) shown() fyne.CanvasObject {
	if b.wide.Visible() {
		return b.wide
	}
	return b.folded
}

func (b *buyerCard) heightFor(width float32) float32 { return widgets.HeightFor(b.shown(), width) }

func (b *buyerCard) onTapped() {
	s := b.s
	s.v.field.Focus()
	switch c := s.m.view.Customer; {
	case c == nil:
		s.hand(s.h.FindCustomer)
	case s.h.Customer != nil:
		s.soon(func() { s.h.Customer(c.ID) })
	}
}

func (b *buyerCard) show() {
	s, m, c := b.s, b.s.env.Words.Money(), b.s.m.view.Customer
	if b.ready && (c == nil && b.drawn == nil || c != nil && b.drawn != nil && *c == *b.drawn) {
		return
	}
	b.drawn, b.ready = c, true
	for _, off := range b.off {
		off.Hidden = c == nil
	}
	b.stats.Hidden = c == nil
	if c == nil {
		b.name.Set(s.t("customer", nil), widgets.Strong.In(theme.ColorMuted))
		b.contact.SetText(s.t("customer-how", nil))
		b.lineName.Set(s.t("customer", nil), widgets.Strong.In(theme.ColorMuted))
		b.line.SetText(s.t("customer-how", nil))
		b.refresh()
		return
	}
	b.name.Set(c.Name, widgets.Strong)
	b.contact.SetText(b.contacts(c))
	b.points.Value.SetText(m.Points(c.Points))
	b.room.Value.SetText(s.amount(room(c)))
	debt, owed := s.t("debt", nil), widgets.Figure
	if c.Overdue > 0 {
		debt, owed = s.t("overdue", nil), widgets.Figure.In(theme.ColorBad)
	}
	b.debt.Label.SetText(debt)
	b.debt.Value.Set(s.amount(c.Debt), owed)
	b.lineName.Set(c.Name, widgets.Strong)
	b.line.SetText(b.brief(c))
	b.refresh()
}

func (b *buyerCard) refresh() {
	for _, box := range b.boxes {
		box.Refresh()
	}
}

func (b *buyerCard) contacts(c *pos.CustomerState) string {
	var parts []string
	if c.Phone != "" {
		parts = append(parts, phone.Mask(c.Phone))
	}
	if c.Card != "" {
		parts = append(parts, b.s.t("card-number", pos.Args{"Card": c.Card}))
	}
	if len(parts) == 0 {
		return b.s.t("no-phone", nil)
	}
	return strings.Join(parts, " · ")
}

// brief is all that matters in one line.
func (b *buyerCard) brief(c *pos.CustomerState) string {
	parts := []string{b.s.env.T("count.points", pos.Args{"Count": c.Points})}
	switch {
	case c.Overdue > 0:
		parts = append(parts, b.s.t("brief-overdue", pos.Args{"Sum": b.s.amount(c.Overdue)}))
	case c.Debt > 0:
		parts = append(parts, b.s.t("brief-debt", pos.Args{"Sum": b.s.amount(c.Debt)}))
	}
	return strings.Join(parts, " · ")
}

// onNobody takes the customer off.
func (s *Screen) onNobody() {
	s.soon(func() {
		if s.m.view.Cheque.Customer == "" {
			return
		}
		a := s.env.Actor
		s.edit(takeOff(s.env.Till, a), keepSelection)
	})
}

// pressable lets a card be tapped; buttons on it keep their own taps.
type pressable struct {
	widget.BaseWidget
	content fyne.CanvasObject
	tapped  func()
}

func newPressable(content fyne.CanvasObject, tapped func()) *pressable {
	p := &pressable{content: content, tapped: tapped}
	p.ExtendBaseWidget(p)
	return p
}

// Tapped implements fyne.Tappable.
func (p *pressable) Tapped(*fyne.PointEvent) { p.tapped() }

// HeightFor implements widgets.Flowing.
func (p *pressable) HeightFor(width float32) float32 { return widgets.HeightFor(p.content, width) }

// CreateRenderer implements fyne.Widget.
func (p *pressable) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.content) }
