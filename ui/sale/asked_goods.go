package sale

import (
	"context"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/sound"
	"kassa/ui/weight"
	"kassa/ui/widgets"
)

// This file asks what goods do not tell themselves before they are on the cheque:
// how much of what is sold by weight, and the price of what has none.

// askGoods asks what the till misses of an entry's goods, and rings them up. What
// was scanned behind them waits, and is lost by no answer.
func (s *Screen) askGoods(e entry, missing string, p pos.Product) {
	if missing == "scan.quantity-needed" {
		s.askWeight(e, p)
		return
	}
	s.askNewPrice(e, p)
}

// askWeight asks how much of goods by weight is sold.
func (s *Screen) askWeight(e entry, p pos.Product) {
	s.steps.hold()
	weight.Ask(s.env, weight.Question{Name: "sale.weight", Goods: p, Priced: true,
		Take:   func(n money.Quantity) { e.qty = n; s.steps.interject(s.ringing(e)) },
		Gone:   func() { s.steps.release(); s.report() },
		OnScan: func(code string) { s.ring(entry{text: code}) }})
}

// offersNewGoods tells that a code nobody knew can be made goods at once.
func (s *Screen) offersNewGoods() bool {
	return idOf(s.m.notice.err) == "scan.unknown" && s.h.NewGoods != nil && s.env.Actor.Can(pos.RightProducts)
}

// onNewGoods opens the card of new goods with the code that was not found; once they
// are stored they go onto the cheque.
func (s *Screen) onNewGoods() {
	code, _ := argOf[string](s.m.notice.err, "Code")
	n, rest := pos.Multiple(code)
	if s.v.field.Text() == code {
		s.clearField()
	}
	s.h.NewGoods(rest, func(p pos.Product) { s.ring(entry{product: p.ID, times: n, found: &p}) })
}

// doubted refuses a weight in front of goods that may be grams: "700*" is seven hundred
// kilograms of what is counted in kilograms.
func (s *Screen) doubted(ctx context.Context, e entry) error {
	n, code := e.times, e.text
	if e.product == "" {
		n, code = pos.Multiple(e.text)
	}
	if e.qty != 0 || n == 0 {
		return nil
	}
	p := e.found
	if p == nil || e.product == "" {
		switch found, err := s.env.Till.GoodsOf(ctx, code); {
		case err == nil:
			p = found
		case idOf(err) != "scan.unknown":
			return nil // scanning says what is wrong
		}
	}
	return weight.CheckGiven(p, n)
}

// askGiven asks about a weight that may be grams. Without an answer what was typed
// stands in the field again.
func (s *Screen) askGiven(e entry, d *weight.DoubtError) {
	s.steps.hold()
	_, code := pos.Multiple(e.text)
	weight.Given(s.env, d.Goods.Unit, d.Qty, func(n money.Quantity) {
		e.qty, e.text = n, code
		s.steps.interject(s.ringing(e))
	},
		func() {
			if s.v.field.Text() == "" && e.text != "" {
				s.v.field.SetText(e.text)
			}
			s.steps.release()
			s.report()
		}, func(code string) { s.ring(entry{text: code}) })
}

// askNewPrice asks for the price of goods that have none of their own.
func (s *Screen) askNewPrice(e entry, p pos.Product) {
	value := ""
	if p.Price > 0 {
		value = s.plain(p.Price)
	}
	field, body := s.figure(s.t("price.label", pos.Args{"Unit": p.Unit}), value, widgets.Decimal(2),
		widgets.NewParagraph(s.t("price.asked", nil), widgets.SmallMuted))
	var q *question
	q = s.ask(asked{name: "sale.price", title: s.t("price.new", nil), subtitle: p.Name, blue: s.t("price.add", nil),
		kind: widgets.Primary, field: field, body: body, width: widgets.Narrow, facts: []string{"sku", p.SKU},
		bind: func(sc *keys.Scope) { s.scanBehind(sc, &q) },
		onBlue: func(text string) {
			price, err := money.ParseAmount(text)
			if err != nil {
				q.refuse(err)
				return
			}
			e.price = &price
			q.send(func(ctx context.Context) (*till.ChequeView, error) {
				v, _, err := s.put(ctx, e)
				return v, err
			}, selectLast, func() { s.env.Sound.Play(sound.Scanned) })
		}})
}

// scanBehind lets what is scanned while a price is asked wait for the answer, and
// says so.
func (s *Screen) scanBehind(sc *keys.Scope, q **question) {
	waiting := 0
	sc.OnScan = func(code string) {
		waiting++
		s.ring(entry{text: code})
		(*q).banner.Set(s.env.T("weight.behind", pos.Args{"Count": waiting}), widgets.Info)
		(*q).dialog.Refresh()
	}
}
