package sale

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// target is what a discount is given on.
type target int

const (
	ofLine target = iota
	ofCheque
)

// unit is how a discount is given.
type unit int

const (
	percent unit = iota
	sum
)

// discounter is the discount dialog.
type discounter struct {
	s      *Screen
	line   pos.Line
	gross  money.Amount // of the line
	to     target
	in     unit
	toWhat *widgets.Segments
	inWhat *widgets.Segments
	field  *widgets.Entry
	told   *widgets.Paragraph
	q      *question
}

// askDiscount asks for the discount of the selected line or the whole cheque;
// F8 and Shift+F8 change between per cent and sum, and between the two.
func (s *Screen) askDiscount(to target) {
	if s.m.live() == 0 {
		s.m.notice = notice{id: "empty-cheque"}
		s.show(change{})
		return
	}
	d := &discounter{s: s, to: to}
	l, onLine := s.m.line()
	if onLine {
		d.line, d.gross = l, s.m.sums().Gross
	} else if to == ofLine {
		s.selectedLine()
		return
	}
	k := s.env.Kit
	d.toWhat = k.Segments([]string{s.t("discount.line", nil), s.t("discount.whole", nil)}, int(to), d.onTo)
	if !onLine {
		d.toWhat.Disable()
	}
	d.inWhat = k.Segments([]string{s.t("discount.percent", nil), s.t("discount.sum", nil)}, 0, d.onUnit)
	d.told = widgets.NewParagraph("", widgets.SmallMuted)
	var quick []fyne.CanvasObject
	for _, p := range []money.Percent{500, 1000, 1500, 2000} {
		quick = append(quick, k.Button(s.env.Words.Money().Percent(p), widgets.Secondary, func() { d.onQuick(p) }))
	}
	field, body := s.figure(s.t("discount.label", nil), "", widgets.Decimal(2), d.inWhat, widgets.Equal(theme.GapSmall, quick...), d.told)
	d.field = field
	field.OnChanged = func(string) { d.tell() }
	d.load()
	d.q = s.ask(asked{name: "sale.discount", title: s.t("discount.title", nil), subtitle: s.t("discount.keys", nil), blue: s.t("discount.do", nil),
		kind: widgets.Primary, field: field, width: widgets.Narrow,
		body:   widgets.VBox(theme.GapCards, d.toWhat, body),
		facts:  []string{"line", strconv.Itoa(d.line.No)},
		onBlue: d.onGive,
		bind: func(sc *keys.Scope) {
			sc.BindKey("F8", func() { d.onUnit(1 - d.inWhat.Selected()) })
			sc.BindKey("Shift+F8", func() {
				if onLine {
					d.onTo(1 - d.toWhat.Selected())
				}
			})
		}})
}

func (d *discounter) onTo(i int) {
	d.to = target(i)
	d.toWhat.SetSelected(i)
	d.load()
	d.field.Focus()
}

func (d *discounter) onUnit(i int) {
	d.in = unit(i)
	d.inWhat.SetSelected(i)
	d.tell()
	d.field.Focus()
}

func (d *discounter) onQuick(p money.Percent) {
	d.onUnit(int(percent))
	d.field.SetText(d.s.env.Words.Money().Typed(p))
	d.tell()
}

// load shows the discount there is.
func (d *discounter) load() {
	has := d.s.m.view.Cheque.Discount
	if d.to == ofLine {
		has = d.line.Discount
	}
	text := ""
	switch {
	case has.Sum != 0:
		d.in, text = sum, d.s.plain(has.Sum)
	case has.Percent != 0:
		d.in, text = percent, d.s.env.Words.Money().Typed(has.Percent)
	}
	d.inWhat.SetSelected(int(d.in))
	d.field.SetText(text)
	d.tell()
}

// given is the discount as typed; an empty field takes it away.
func (d *discounter) given(text string) (pos.Discount, error) {
	if text == "" {
		return pos.Discount{}, nil
	}
	if d.in == percent {
		p, err := money.ParsePercent(text)
		if err != nil {
			err = pos.Wrap(pos.CodeInvalid, "sale.discount.range", err)
		}
		return pos.Discount{Percent: p}, err
	}
	a, err := money.ParseAmount(text)
	return pos.Discount{Sum: a}, err
}

// tell says what the price becomes, before it does.
func (d *discounter) tell() {
	s := d.s
	base := d.base()
	given, err := d.given(d.field.Text())
	if err == nil {
		err = given.Check()
	}
	var off money.Amount
	switch {
	case err != nil:
		d.told.Set(s.env.Words.Error(err), widgets.Small.In(theme.ColorBad))
		return
	case given.IsZero():
		d.told.Set(s.t("discount.none", pos.Args{"Sum": base}), widgets.SmallMuted)
		return
	case given.Percent != 0:
		off = given.Percent.Of(base)
	default:
		off = given.Sum
	}
	if off > base {
		d.told.Set(s.t("discount.too-much", pos.Args{"Sum": base}), widgets.Small.In(theme.ColorBad))
		return
	}
	d.told.Set(s.t("discount.becomes", pos.Args{"Was": base, "Now": base.Sub(off)}), widgets.SmallMuted)
}

// base is what the discount is taken from.
func (d *discounter) base() money.Amount {
	if d.to == ofLine {
		return d.gross
	}
	t := d.s.m.view.Totals
	base := t.Gross
	for i := range t.Lines {
		base = base.Sub(t.Lines[i].Own)
	}
	return base
}

func (d *discounter) onGive(text string) {
	given, err := d.given(text)
	if err != nil {
		d.told.Set("", widgets.SmallMuted) // the banner says it now
		d.q.refuse(err)
		return
	}
	s, a, no, to := d.s, d.s.env.Actor, d.line.No, d.to
	d.q.send(func(ctx context.Context) (*till.ChequeView, error) {
		if to == ofLine {
			return s.env.Till.DiscountLine(ctx, a, no, given)
		}
		return s.env.Till.DiscountCheque(ctx, a, given)
	}, keepSelection, nil)
}
