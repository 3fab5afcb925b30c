package payment

import (
	"context"
	"strings"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/widgets"
)

// exchange is what a cheque is exchanged for: goods brought back pay for it as
// far as they go, and one difference is left to settle.
type exchange struct {
	view *till.ReturnView
	ret  *pos.Return // once it is stored
}

// OpenExchange shows the payment of a cheque whose goods are taken in exchange
// for those of an open return. done is called like that of Open, with the stored
// return beside the sale.
func OpenExchange(env *ui.Env, v *till.ChequeView, back *till.ReturnView, done func(*pos.Return, *pos.Sale)) {
	w := exchanging(env, back, done)
	w.open(v)
}

// CardExactExchange is CardExact for an exchange.
func CardExactExchange(env *ui.Env, v *till.ChequeView, back *till.ReturnView, done func(*pos.Return, *pos.Sale)) {
	w := exchanging(env, back, done)
	w.open(v)
	w.onCardExact()
}

func exchanging(env *ui.Env, back *till.ReturnView, done func(*pos.Return, *pos.Sale)) *window {
	x := &exchange{view: back}
	return &window{env: env, x: x, done: func(s *pos.Sale) { done(x.ret, s) }}
}

// give is what the shop gives back beyond the new goods; zero without an
// exchange.
func (x *exchange) give(v *till.ChequeView) money.Amount {
	if x == nil {
		return 0
	}
	t := v.Cheque.Exchange()
	if t == nil {
		return 0
	}
	return x.view.Preview.Total.Sub(t.Amount).Sub(x.view.Preview.Refunded(pos.Rounding))
}

// ways tells in words how that goes back.
func (x *exchange) ways(env *ui.Env) string {
	var all []string
	for _, m := range pos.RefundMethods {
		if sum := x.view.Preview.Refunded(m); sum > 0 && m != pos.Exchange && !m.Kept() {
			all = append(all, env.Words.Value(m)+" "+env.Words.Money().Amount(sum))
		}
	}
	return strings.Join(all, ", ")
}

// reason is why the goods came back, as their lines tell.
func (x *exchange) reason() string {
	var all []string
	seen := map[string]bool{}
	for i := range x.view.Draft.Lines {
		if r := x.view.Draft.Lines[i].Reason; r != "" && !seen[r] {
			seen[r] = true
			all = append(all, r)
		}
	}
	return strings.Join(all, ", ")
}

// finish stores the return and the sale together.
func (x *exchange) finish(ctx context.Context, t *till.Till, a pos.Actor) (*pos.Sale, error) {
	r, s, err := t.FinishExchange(ctx, a, x.reason())
	if err == nil {
		x.ret = r
	}
	return s, err
}

// stored looks up both documents when nobody can tell whether they were stored.
func (x *exchange) stored(ctx context.Context, t *till.Till, a pos.Actor) {
	if r, err := t.Return(ctx, a, x.view.Draft.ID); err == nil {
		x.ret = r
	}
}

// drawExchange shows the one difference in place of what is missing.
func (w *window) drawExchange() {
	if w.x == nil {
		return
	}
	p, words := &w.parts, w.env.Words
	give := w.x.give(w.m.view)
	switch {
	case give > 0:
		p.restName.SetText(w.env.T("payment.exchange.give", nil))
		p.rest.Set(words.Money().Amount(give), widgets.Missing)
		if w.m.failed == nil {
			p.news.Set(w.env.T("payment.exchange.ways", pos.Args{"Ways": w.x.ways(w.env)}), widgets.Warn)
		}
	case w.m.figures().short > 0 && !w.m.typed:
		p.restName.SetText(w.env.T("payment.exchange.pay", nil))
	}
}

// finishLabel is the blue button's once nothing is due.
func (w *window) finishLabel() string {
	if w.x == nil {
		return w.env.T("payment.do.finish", nil)
	}
	if give := w.x.give(w.m.view); give > 0 {
		return w.env.T("payment.exchange.finish-give", pos.Args{"Sum": give})
	}
	return w.env.T("payment.exchange.finish", nil)
}
