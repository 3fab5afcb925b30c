package sale

import (
	"context"
	"strconv"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/weight"
	"kassa/ui/widgets"
)

// takeOff takes the customer off the cheque; what follows are the cheque's other
// edits by keys.
func takeOff(t *till.Till, a pos.Actor) workFunc {
	return func(ctx context.Context) (*till.ChequeView, error) { return t.SetCustomer(ctx, a, till.FindCustomer{}) }
}

// selectedLine is the line the keys act on. Without one it says so.
func (s *Screen) selectedLine() (pos.Line, bool) {
	l, ok := s.m.line()
	if !ok {
		s.m.notice = notice{id: "no-line"}
		if i := s.m.rowOf(s.m.selected); i >= 0 {
			s.m.notice = notice{id: "line-gone", args: pos.Args{"Line": s.m.selected}}
		}
		s.show(change{})
	}
	return l, ok
}

// onStep adds one to the quantity of the selected line, or takes one away. The
// quantity is read when the step's turn comes: two quick presses add two.
func (s *Screen) onStep(by int64) {
	a := s.env.Actor
	var line pos.Line
	var qty money.Quantity
	s.steps.add(step{
		before: func() bool {
			var ok bool
			if line, ok = s.selectedLine(); !ok {
				return false
			}
			qty = line.Qty + money.Quantity(by)*money.One
			if qty <= 0 {
				s.m.notice = notice{id: "qty-last", args: pos.Args{"Name": line.Name}}
				s.show(change{})
				return false
			}
			return true
		},
		work: func(ctx context.Context) (*till.ChequeView, error) { return s.env.Till.SetQty(ctx, a, line.No, qty) },
		after: func(v *till.ChequeView, err error) {
			if err != nil {
				s.fail(err)
				return
			}
			s.changed(v, keepSelection)
		},
	})
}

// askQty asks for the quantity of the selected line.
func (s *Screen) askQty() {
	l, ok := s.selectedLine()
	if !ok {
		return
	}
	// Goods sold whole take a comma here too: swallowing it would turn 1,5 into
	// fifteen, while the rule refuses one and a half by name.
	field, body := s.figure(s.t("qty.label", pos.Args{"Unit": l.Unit}), s.env.Words.Money().Typed(l.Qty), weight.Filter(l.Unit, l.Flags.Weighed))
	a := s.env.Actor
	var q *question
	q = s.ask(asked{name: "sale.qty", title: s.t("qty.title", nil), subtitle: l.Name, blue: s.t("qty.do", nil),
		kind: widgets.Primary, field: field, body: body, width: widgets.Narrow, facts: []string{"line", strconv.Itoa(l.No)},
		onBlue: func(text string) {
			weight.Take(s.env, weight.Typed{Text: text, Unit: l.Unit, Weighed: l.Flags.Weighed, Was: l.Qty}, func(n money.Quantity) {
				q.send(func(ctx context.Context) (*till.ChequeView, error) { return s.env.Till.SetQty(ctx, a, l.No, n) }, keepSelection, nil)
			}, q.refuse)
		}})
}

// askPrice asks for another price of the selected line.
func (s *Screen) askPrice() {
	l, ok := s.selectedLine()
	if !ok {
		return
	}
	field, body := s.figure(s.t("price.label", pos.Args{"Unit": l.Unit}), s.plain(l.Price), widgets.Decimal(2),
		widgets.NewParagraph(s.t("usual-price", pos.Args{"Price": l.ListPrice}), widgets.SmallMuted))
	a := s.env.Actor
	var q *question
	q = s.ask(asked{name: "sale.price", title: s.t("price.title", nil), subtitle: l.Name, blue: s.t("price.do", nil),
		kind: widgets.Primary, field: field, body: body, width: widgets.Narrow, facts: []string{"line", strconv.Itoa(l.No)},
		onBlue: func(text string) {
			p, err := money.ParseAmount(text)
			if err != nil {
				q.refuse(err)
				return
			}
			q.send(func(ctx context.Context) (*till.ChequeView, error) { return s.env.Till.SetPrice(ctx, a, l.No, p) }, keepSelection, nil)
		}})
}

// askRemove strikes the selected line out, with a reason when somebody gives
// one.
func (s *Screen) askRemove() {
	l, ok := s.selectedLine()
	if !ok {
		return
	}
	a := s.env.Actor
	var q *question
	remove := func(reason string) {
		q.sendFor(reason, func(ctx context.Context) (*till.ChequeView, error) {
			return s.env.Till.RemoveLine(ctx, a, l.No, reason)
		}, keepSelection, nil)
	}
	ready := []string{s.t("remove.changed-mind", nil), s.t("remove.mistake", nil), s.t("remove.price", nil), s.t("remove.damaged", nil)}
	field, body, bind := s.sentence(s.t("remove.label", nil), s.t("remove.hint", nil), ready, func(words string) { remove(words) })
	q = s.ask(asked{name: "sale.remove", title: s.t("remove.title", nil),
		subtitle: s.t("remove.what", pos.Args{"Name": l.Name, "Qty": l.Qty, "Unit": l.Unit}), blue: s.t("remove.do", nil),
		kind: widgets.Primary, field: field, body: body, width: widgets.Narrow, facts: []string{"line", strconv.Itoa(l.No)},
		onBlue: remove, bind: bind})
}

// askCancel drops the whole cheque, with a reason.
func (s *Screen) askCancel() {
	if len(s.m.rows) == 0 {
		s.m.notice = notice{id: "empty-cheque"}
		s.show(change{})
		return
	}
	a := s.env.Actor
	var q *question
	drop := func(reason string) {
		q.sendFor(reason, func(ctx context.Context) (*till.ChequeView, error) { return s.env.Till.CancelCheque(ctx, a, reason) }, selectLast, nil)
	}
	ready := []string{s.t("cancel.left", nil), s.t("cancel.no-money", nil), s.t("cancel.mistake", nil), s.t("cancel.test", nil)}
	field, body, bind := s.sentence(s.t("cancel.label", nil), s.t("cancel.hint", nil), ready, func(words string) { drop(words) })
	q = s.ask(asked{name: "sale.cancel", title: s.t("cancel.title", nil),
		subtitle: s.t("cancel.what", pos.Args{"Count": s.m.live(), "Total": s.m.view.Totals.Total}), blue: s.t("cancel.do", nil),
		kind: widgets.Primary, field: field, body: body, width: widgets.Narrow, onBlue: drop, bind: bind})
}

// askPark puts the cheque aside under a note.
func (s *Screen) askPark() {
	if s.m.live() == 0 {
		s.m.notice = notice{id: "empty-cheque"}
		s.show(change{})
		return
	}
	note := ""
	if c := s.m.view.Customer; c != nil {
		note = c.Name
	}
	field := s.env.Kit.Entry(widgets.TextEntry, s.t("park.hint", nil))
	field.MaxLength, field.RefusesScan, field.SelectAll = maxWords, true, true
	field.SetText(note)
	a := s.env.Actor
	var q *question
	q = s.ask(asked{name: "sale.park", title: s.t("park.title", nil),
		subtitle: s.t("park.what", pos.Args{"Count": s.m.live(), "Total": s.m.view.Totals.Total}), blue: s.t("park.do", nil),
		kind: widgets.Primary, field: field, body: widgets.Field(s.t("park.label", nil), field), width: widgets.Narrow,
		onBlue: func(text string) {
			q.send(func(ctx context.Context) (*till.ChequeView, error) { return s.env.Till.Park(ctx, a, text) }, selectLast, s.Refresh)
		},
		bind: func(sc *keys.Scope) { sc.BindKey("F4", func() { q.answer() }) }})
}
