package returns

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/weight"
	"kassa/ui/widgets"
)

// maxReason is how much of a reason can be typed.
const maxReason = 200

// ready are the reasons to choose from, each with its F-key.
var ready = []string{"returns.reason.unfit", "returns.reason.faulty", "returns.reason.mistake", "returns.reason.mind", "returns.reason.expired"}

func fKey(i int) keys.Key { return keys.Key("F" + string(rune('1'+i))) }

// sheet is a dialog that asks for one thing.
type sheet struct {
	s      *Screen
	name   string
	banner *widgets.Banner
	dialog *widgets.Dialog
}

// open shows the sheet. answer is called by Enter and the blue button; the sheet
// stays until it is closed.
func (s *Screen) open(name, title, subtitle, blue string, width widgets.Width, first fyne.Focusable, body fyne.CanvasObject, answer func(*sheet), bind func(*keys.Scope)) *sheet {
	k := s.env.Kit
	q := &sheet{s: s, name: name, banner: widgets.NewBanner("", widgets.Bad)}
	back := k.KeyButton(s.env.T("word.cancel", nil), widgets.Secondary, keys.Esc, func() { q.dialog.Close() })
	do := k.KeyButton(blue, widgets.Primary, keys.Enter, func() { answer(q) })
	back.Height, do.Height = widgets.Large, widgets.Large
	q.dialog = k.Dialog(widgets.DialogSpec{Name: name, Title: title, Subtitle: subtitle, Width: width,
		Body:   widgets.VBox(theme.GapCards, body, q.banner),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(160, back), widgets.Grow(do))})
	q.dialog.OnClosed = func() { s.v.field.Focus(); s.report() }
	q.dialog.Show(first, func(sc *keys.Scope) {
		sc.BindKey(keys.Enter, func() { answer(q) })
		if bind != nil {
			bind(sc)
		}
	})
	s.env.Shown(name, "error", "")
	return q
}

func (q *sheet) refuse(err error) {
	q.banner.Set(q.s.env.Words.Error(err), widgets.Bad)
	q.dialog.Refresh()
	q.s.env.Shown(q.name, "error", errorID(err))
}

// figure is a field for a number with a number pad beside it.
func (s *Screen) figure(label, value string, filter widgets.Filter) (*widgets.Entry, fyne.CanvasObject) {
	field := s.env.Kit.Entry(widgets.AmountEntry, "0")
	field.Filter, field.SelectAll = filter, true
	field.SetText(value)
	return field, widgets.Columns(24, widgets.Grow(widgets.Field(label, field)),
		widgets.FixedWidth(220, widgets.Sized(0, 250, s.env.Kit.Numpad(field, false))))
}

// onQty asks how much of the selected line comes back.
func (s *Screen) onQty() {
	s.withLine(func(l till.ReturnLineView) {
		value := l.Pick
		if value == 0 {
			value = l.Left
		}
		field, body := s.figure(s.t("qty.label", pos.Args{"Unit": l.Line.Unit}), s.env.Words.Money().Typed(value), weight.Filter(l.Line.Unit, l.Line.Flags.Weighed))
		sub := l.Line.Name
		if s.m.view.Sale != nil {
			sub = s.t("qty.left", pos.Args{"Name": l.Line.Name, "Left": l.Left, "Unit": l.Line.Unit})
		}
		s.open("returns.qty", s.t("qty.title", nil), sub, s.t("qty.do", nil), widgets.Narrow, field.Focusable(), body, func(q *sheet) {
			typed := weight.Typed{Text: field.Text(), Unit: l.Line.Unit, Weighed: l.Line.Flags.Weighed, Was: value}
			weight.Take(s.env, typed, func(n money.Quantity) { s.takeQty(q, l, n) }, q.refuse)
		}, nil)
	})
}

// takeQty takes an answer of onQty, unless more would come back than was sold.
func (s *Screen) takeQty(q *sheet, l till.ReturnLineView, n money.Quantity) {
	if s.m.view.Sale != nil {
		if err := pos.CheckReturnQty(&l.Line, n, l.Left); err != nil {
			q.refuse(err)
			return
		}
	}
	q.dialog.Close()
	s.setLine(l, n)
}

// askPrice asks for the price of goods that have none of their own.
func (s *Screen) askPrice(code string, g given, p pos.Product) {
	value := ""
	if p.Price > 0 {
		value = s.env.Words.Money().Typed(p.Price)
	}
	field, body := s.figure(s.t("price.label", pos.Args{"Unit": p.Unit}), value, widgets.Decimal(2))
	s.open("returns.price", s.t("price.title", nil), p.Name, s.t("price.do", nil), widgets.Narrow, field.Focusable(), body, func(q *sheet) {
		price, err := money.ParseAmount(field.Text())
		if err != nil {
			q.refuse(err)
			return
		}
		q.dialog.Close()
		g.price = &price
		s.pickGiven(code, g, nil)
	}, nil)
}

// askWeight asks how much of goods by weight comes back without a receipt.
func (s *Screen) askWeight(code string, g given, p pos.Product) {
	weight.Ask(s.env, weight.Question{Name: "returns.weight", Goods: p, Do: s.t("qty.do", nil), Priced: true,
		Take: func(n money.Quantity) { g.qty = n; s.pickGiven(code, g, nil) },
		Gone: s.report})
}

// onReason asks why the selected line comes back; the next lines picked have the
// same reason.
func (s *Screen) onReason() {
	s.withLine(func(l till.ReturnLineView) {
		s.chooseReason(s.t("reason.of", pos.Args{"Name": l.Line.Name}), l.Reason, func(reason string) {
			s.m.reason = reason
			qty := l.Pick
			if qty == 0 {
				qty = l.Left
			}
			s.setWhole(l, qty, reason, l.Restock)
		})
	})
}

// askReason asks why everything comes back that has no reason yet.
func (s *Screen) askReason(then func()) {
	s.chooseReason(s.t("reason.all", nil), "", func(reason string) {
		s.m.reason = reason
		a, lines := s.env.Actor, s.m.view.Lines
		s.queue.add(job{
			work: func(ctx context.Context) (v *till.ReturnView, err error) {
				for i := range lines {
					if l := &lines[i]; l.Pick > 0 && err == nil {
						v, err = s.env.Till.ReturnLine(ctx, a, l.No, l.Pick, reason, l.Restock)
					}
				}
				return v, err
			},
			after: func(v *till.ReturnView, err error) {
				s.onEdited(v, err)
				if err == nil {
					then()
				}
			},
		})
	})
}

func (s *Screen) chooseReason(title, value string, chosen func(string)) {
	var q *sheet
	take := func(text string) {
		if text = strings.TrimSpace(text); text == "" {
			q.banner.Set(s.t("reason.none", nil), widgets.Warn)
			q.dialog.Refresh()
			return
		}
		q.dialog.Close()
		chosen(text)
	}
	r := s.reasons(value, take)
	q = s.open("returns.reason", s.t("reason.title", nil), title, s.t("reason.do", nil), widgets.Narrow, r.field.Focusable(), r.box,
		func(*sheet) { take(r.field.Text()) }, r.bind)
}

// reasons is a field for a reason with the ready ones under it.
type reasons struct {
	s     *Screen
	field *widgets.Entry
	box   *fyne.Container
	take  func(string)
}

// reasons makes the field; take is called with a ready reason.
func (s *Screen) reasons(value string, take func(string)) *reasons {
	k := s.env.Kit
	r := &reasons{s: s, field: k.Entry(widgets.TextEntry, s.t("reason.hint", nil)), take: take}
	r.field.MaxLength, r.field.RefusesScan, r.field.SelectAll = maxReason, true, true
	r.field.SetText(value)
	var all []fyne.CanvasObject
	for i, id := range ready {
		b := k.KeyButton(s.env.T(id, nil), widgets.Secondary, fKey(i), func() { r.take(s.env.T(id, nil)) })
		b.CapFirst, b.Leading = true, true
		all = append(all, b)
	}
	r.box = widgets.VBox(theme.GapSmall, widgets.Field(s.t("reason.label", nil), r.field), widgets.KeyBar(theme.GapSmall, all...))
	return r
}

// bind gives the ready reasons their F-keys.
func (r *reasons) bind(sc *keys.Scope) {
	for i, id := range ready {
		sc.BindKey(fKey(i), func() { r.take(r.s.env.T(id, nil)) })
	}
}

// askAbandon asks what becomes of the open return.
func (s *Screen) askAbandon() {
	k := s.env.Kit
	var d *widgets.Dialog
	then := func(do func()) func() { return func() { d.Close(); do() } }
	drop := then(func() { s.abandon(s.leave) })
	stay := k.KeyButton(s.t("abandon.stay", nil), widgets.Primary, keys.Enter, func() { d.Close() })
	gone := k.KeyButton(s.t("abandon.drop", nil), widgets.DangerKind, keys.Del, drop)
	buttons := []fyne.CanvasObject{stay, gone}
	text := s.t("abandon.text", nil)
	if s.m.exchanging() {
		text = s.t("abandon.exchange-text", nil)
		buttons = append(buttons, k.KeyButton(s.t("abandon.exchange", nil), widgets.Secondary, "F4", then(s.dropExchange)))
	}
	d = k.Dialog(widgets.DialogSpec{Name: "returns.abandon", Title: s.t("abandon.title", nil), Width: widgets.Narrow,
		Body: widgets.NewParagraph(text, widgets.Body), Footer: widgets.Footer(theme.GapCards, buttons...)})
	d.OnClosed = func() { s.v.field.Focus(); s.report() }
	d.Show(stay, func(sc *keys.Scope) {
		sc.BindKey(keys.Enter, d.Close)
		sc.BindKey(keys.Del, drop)
		if s.m.exchanging() {
			sc.BindKey("F4", then(s.dropExchange))
		}
	})
	s.env.Shown("returns.abandon")
}
