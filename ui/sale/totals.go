package sale

import (
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/ui/phrase"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// totalsCard shows what is to be paid, what was taken already, and what the
// customer could still do.
type totalsCard struct {
	s                                  *Screen
	gross, offered, discount, rounding *widgets.Pair
	rule                               *widgets.Separator
	tenders                            *fyne.Container
	taken                              string // what tenders was built from
	label                              *widgets.Text
	total                              *widgets.Text
	due                                *widgets.Pair
	offer                              *phrase.Phrase
	box                                *fyne.Container
	panel                              *widgets.Panel
	room                               figures
}

// figures is how much of the card there is room for.
type figures int

const (
	allFigures   figures = iota
	fewFigures           // without what the cheque shows as well
	takenFigures         // the total and what was taken of it
	onlyFigures          // the total and what is left of it
)

func newTotalsCard(s *Screen) *totalsCard {
	t := &totalsCard{s: s}
	t.gross = widgets.KeyValue(s.t("gross", nil), "", widgets.Muted)
	t.offered = widgets.KeyValue(s.t("offers", nil), "", widgets.Body.In(theme.ColorGood))
	t.discount = widgets.KeyValue(s.t("discount", nil), "", widgets.Body.In(theme.ColorGood))
	t.rounding = widgets.KeyValue(s.t("rounding", nil), "", widgets.Body.In(theme.ColorGood))
	t.rule = widgets.NewSeparator()
	t.tenders = widgets.VBox(theme.GapTiny)
	t.label = widgets.NewText(s.t("to-pay", nil), widgets.Muted)
	t.total = widgets.NewText("", widgets.Total).Shrink()
	t.due = widgets.KeyValue("", "", widgets.Figure)
	t.due.Label.SetStyle(widgets.Body)
	t.offer = phrase.New()
	t.box = widgets.VBox(theme.GapSmall, t.gross.Box, t.offered.Box, t.discount.Box, t.rounding.Box, t.rule,
		widgets.VBox(0, t.label, t.total), t.tenders, t.due.Box, t.offer)
	t.panel = widgets.NewPanel(t.box, theme.ColorCard, theme.ColorLine, theme.RadiusCard, theme.GapInside, theme.GapCards)
	return t
}

func (t *totalsCard) heightFor(width float32) float32 { return widgets.HeightFor(t.panel, width) }

// fit leaves out what there is no room for.
func (t *totalsCard) fit(room figures) {
	t.room = room
	style := widgets.Total
	if room == onlyFigures {
		style.Size = theme.SizeAmount
	}
	t.total.SetStyle(style)
	t.arrange()
}

// arranged puts the figures in their places once it is known which are shown.
func (t *totalsCard) arranged() { t.box.Layout.Layout(t.box.Objects, t.box.Size()) }

func (t *totalsCard) arrange() {
	sums, taken := t.s.m.view.Totals, len(t.tenders.Objects) > 0
	t.gross.Box.Hidden = t.room != allFigures || sums.Discount == 0
	t.offered.Box.Hidden = t.room != allFigures || sums.Offered == 0
	t.discount.Box.Hidden = t.room != allFigures || t.given() == 0
	t.rounding.Box.Hidden = t.room != allFigures || sums.Rounding == 0
	t.rule.Hidden = t.gross.Box.Hidden
	t.tenders.Hidden = !taken || t.room == onlyFigures
	t.due.Box.Hidden = !taken
	t.offer.Hidden = t.offer.Empty() || t.room >= takenFigures
	t.due.Label.SetText(t.dueLabel())
}

// dueLabel names what is left; where the tenders have no room of their own it
// tells of the code they wait for.
func (t *totalsCard) dueLabel() string {
	s, sums := t.s, t.s.m.view.Totals
	label := s.t("due", nil)
	if sums.Due == 0 && sums.Change > 0 {
		label = s.t("change", nil)
	}
	if t.room != onlyFigures {
		return label
	}
	for _, d := range s.m.view.Cheque.Tenders {
		if st := s.m.code(d, s.now()); st.id != "" && st.tone != widgets.Good {
			return label + " · " + s.t(st.id, nil)
		}
	}
	return label
}

// given is what the cashier's discounts took off: neither the promotions nor the
// rounding.
func (t *totalsCard) given() money.Amount {
	sums := t.s.m.view.Totals
	return sums.Discount.Sub(sums.Rounding).Sub(sums.Offered)
}

func (t *totalsCard) show() {
	s, v, m := t.s, t.s.m.view, t.s.env.Words.Money()
	sums := v.Totals
	t.gross.Value.SetText(m.Bare(sums.Gross))
	label := s.t("discount", nil)
	if p := v.Cheque.Discount.Percent; p != 0 {
		label = s.t("discount-cheque", pos.Args{"Percent": p})
	}
	t.discount.Label.SetText(label)
	t.offered.Value.SetText(m.Bare(sums.Offered.Neg()))
	t.discount.Value.SetText(m.Bare(t.given().Neg()))
	t.rounding.Value.SetText(m.Bare(sums.Rounding.Neg()))
	t.total.SetText(m.Amount(sums.Total))
	t.showTenders()
	left := sums.Due
	if left == 0 {
		left = sums.Change
	}
	t.due.Value.SetText(m.Amount(left))
	t.offer.Set(t.offers())
	t.arrange()
	t.box.Refresh()
}

// showTenders lists what was taken; each stays until the payment window takes
// it off again.
func (t *totalsCard) showTenders() {
	s, now := t.s, t.s.now()
	var key strings.Builder
	for _, d := range s.m.view.Cheque.Tenders {
		key.WriteString(string(d.Method) + d.Amount.String() + s.m.code(d, now).id + "|")
	}
	if key.String() == t.taken {
		return
	}
	t.taken = key.String()
	t.tenders.Objects = nil
	for _, d := range s.m.view.Cheque.Tenders {
		row := []fyne.CanvasObject{widgets.Grow(widgets.NewText(s.env.Words.Value(d.Method), widgets.Body).Ellipsis())}
		if st := s.m.code(d, now); st.id != "" {
			row = append(row, widgets.NewChip(s.t(st.id, nil), st.tone))
		}
		row = append(row, widgets.NewMoney(s.env.Words.Money().Bare(d.Amount), widgets.Body))
		t.tenders.Add(widgets.HBox(theme.GapSmall, row...))
	}
}

// offers is the line that answers "and if…": points that could be spent, points
// to be earned, room on credit.
func (t *totalsCard) offers() []phrase.Word {
	s := t.s
	if s.m.live() == 0 {
		return nil
	}
	o := s.m.offer(s.m.view.Rules)
	points := func(n int64) string { return s.env.Words.Money().Points(n) }
	var all phrase.Words
	switch {
	case s.m.view.Customer == nil && o.plain > 0:
		all.Add(s.t("offer.stranger", nil), points(o.plain))
	case s.m.view.Customer == nil:
	default:
		if o.points > 0 {
			all.Add(s.t("offer.spend", nil), s.env.T("count.points", pos.Args{"Count": o.points}))
		}
		all.Add(s.t("offer.earn", nil), points(o.earn))
		if o.plain != o.earn {
			all.Add(s.t("offer.unspent", nil), points(o.plain))
		}
		if o.room > 0 && s.env.Actor.Can(pos.RightCredit) {
			all.Add(s.t("offer.room", nil), s.amount(o.room))
		}
	}
	return all
}

// amount writes a sum without kopecks when there are none, for figures that are
// only looked at.
func (s *Screen) amount(a money.Amount) string { return short(s.env.Words.Money(), a) }

// short leaves the kopecks off where there are none. Only the very end of the
// figures is cut: an English "5,000.00" has a ",00" in its thousands too.
func short(m money.Formatter, a money.Amount) string {
	text, figures := m.Amount(a), m.Bare(a)
	for _, none := range []string{",00", ".00"} {
		if whole, ok := strings.CutSuffix(figures, none); ok {
			return whole + strings.TrimPrefix(text, figures)
		}
	}
	return text
}

// plain writes a sum the way it is typed, to be changed in a field.
func (s *Screen) plain(a money.Amount) string {
	m := s.env.Words.Money()
	return strings.TrimSuffix(m.Typed(a), string(m.Decimal())+"00")
}
