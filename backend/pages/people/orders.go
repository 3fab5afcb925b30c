package people

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"kassa/backend"
	"kassa/backend/pages"
	"kassa/pos"
	pay "kassa/pos/manual"
	"kassa/pos/money"
)

// The pages of payments: those that wait, all by state, one.
var (
	waitingPage = page("waiting", "decide")
	ordersPage  = page("orders")
	orderPage   = page("order", "decide")
)

// onPage is how many payments a page has.
const onPage = 25

// card is a payment as a page shows it.
type card struct {
	*pages.Page
	O       pay.Order
	Key     string // names the decision, so that one sent twice is made once
	Decides bool   // whoever looks may
	Over    string // why they may not, where the sum is beyond theirs
	Correct bool
	// What stands in the fields: as it was asked for, or as it was typed.
	Price, Currency, Date, Comment string
	Today                          string
	Currencies                     []string
	Typed                          bool
	Waits                          string // how long it may
}

// State is the word everybody knows a state by; one that ended with its time has
// its own.
func (c *card) State() string { return c.Page.State(c.O.State, c.O.Expired) }

// Tone is the colour of a state.
func (c *card) Tone() string { return c.Page.Tone(c.O.State) }

// Terms are what it came to.
func (c *card) Terms() *pay.Terms { return c.O.Terms() }

// waits is how long a payment may still wait, in words.
func (p *Pages) waits(g *pages.Page, o *pay.Order) string {
	w := pay.WaitOf(o.Deadline, p.b.Now(), p.Zone)
	switch {
	case w.Over:
		return g.Words().T("orders.left.over", nil)
	case w.Days == 0:
		return g.Words().T("orders.left.today", nil)
	}
	return g.Words().T("orders.left.days", pos.Args{"Count": w.Days})
}

// cardOf makes the card of a payment.
func (p *Pages) cardOf(v *visit, g *pages.Page, o *pay.Order, merchants []pay.Merchant) *card {
	rights := v.from().Rights
	c := &card{Page: g, O: *o, Key: pages.NewSecret(), Decides: rights.Decide && o.State == pay.Open, Correct: rights.Correct,
		Price: pay.ShowSum(o.Requested.Price, o.Requested.Currency), Currency: string(o.Requested.Currency),
		Date: o.Requested.Date.In(p.Zone).Format(time.DateOnly), Today: p.b.Now().In(p.Zone).Format(time.DateOnly)}
	for i := range merchants {
		if m := &merchants[i]; m.ID == o.Merchant {
			for _, code := range m.Currencies {
				c.Currencies = append(c.Currencies, string(code))
			}
		}
	}
	if o.State == pay.Open {
		c.Waits = p.waits(g, o)
	}
	if err := rights.MayDecide(o.Requested.Price, o.Requested.Currency); c.Decides && err != nil {
		c.Decides, c.Over = false, p.Sentence(g, v.r, err)
	}
	if !slices.Contains(c.Currencies, c.Currency) {
		c.Currencies = append(c.Currencies, c.Currency)
	}
	return c
}

// list is a page of payments.
type list struct {
	Cards  []*card
	States []pages.Link
	Older  string
}

// listOf reads a page of payments.
func (p *Pages) listOf(v *visit, g *pages.Page, path string, state pay.State) (list, error) {
	after := v.r.URL.Query().Get("after")
	got, err := p.b.ListOrders(v.r.Context(), backend.Orders{State: state, After: after, Limit: onPage})
	if err != nil {
		return list{}, err
	}
	merchants, err := p.b.Merchants(v.r.Context())
	if err != nil {
		return list{}, err
	}
	var l list
	for i := range got.Orders {
		l.Cards = append(l.Cards, p.cardOf(v, g, &got.Orders[i], merchants))
	}
	for _, s := range pay.States {
		l.States = append(l.States, pages.Link{To: path + "?state=" + string(s), Label: g.Words().T("orders.state."+string(s), nil), Here: s == state, Count: got.Counts[s]})
	}
	if got.More {
		q := url.Values{"after": {got.Orders[len(got.Orders)-1].ID}}
		if path != Root {
			q.Set("state", string(state))
		}
		l.Older = path + "?" + q.Encode()
	}
	return l, nil
}

// waiting shows the payments that wait for a decision.
func (p *Pages) waiting(v *visit) {
	g := p.newPage(v, Root, "peoplepage.waiting")
	l, err := p.listOf(v, g, Root, pay.Open)
	if err != nil {
		p.refuse(v, err)
		return
	}
	g.Data = l
	p.show(v, waitingPage, g, nil)
}

// orders shows payments in any state, those allowed unless another is asked for.
func (p *Pages) orders(v *visit) {
	state := pay.State(v.r.URL.Query().Get("state"))
	if !slices.Contains(pay.States, state) {
		state = pay.Approved
	}
	g := p.newPage(v, Root+"orders", "peoplepage.orders")
	l, err := p.listOf(v, g, Root+"orders", state)
	if err != nil {
		p.refuse(v, err)
		return
	}
	g.Data = l
	p.show(v, ordersPage, g, nil)
}

// happened is one line of what happened to a payment.
type happened struct {
	pay.Event
	What string
}

// refundLine is a refund with what whoever looks may do with it.
type refundLine struct {
	pay.Refund
	State         string
	Key           string
	Allows, Gives bool
	Over          string // why whoever looks may not allow it, where the sum is beyond theirs
}

// whole is a payment with all that is known of it.
type whole struct {
	*card
	Events  []happened
	Refunds []refundLine
	Proofs  []proofLine
	Left    money.Amount // that can still be asked back; 0 where whoever looks may not
	AtOnce  bool         // a refund is allowed and given by who asks for it
	Amount  string       // as it was typed
	Reason  string
}

func (p *Pages) order(v *visit) { p.showOrder(v, nil, nil) }

// showOrder shows one payment as it stands now, with why something was not done and
// what had been typed.
func (p *Pages) showOrder(v *visit, typed url.Values, fault error) {
	kept, err := p.b.Order(v.r.Context(), v.r.PathValue("id"))
	if err != nil {
		p.refuse(v, err)
		return
	}
	merchants, err := p.b.Merchants(v.r.Context())
	if err != nil {
		p.refuse(v, err)
		return
	}
	here := Root + "orders"
	if kept.State == pay.Open {
		here = Root
	}
	g := p.newPage(v, here, "peoplepage.order")
	rights := v.from().Rights
	w := &whole{card: p.cardOf(v, g, &kept.Order, merchants), AtOnce: rights.Own}
	if typed != nil {
		w.Typed = true
		w.Price, w.Currency, w.Date, w.Comment = or(typed.Get("price"), w.Price), or(typed.Get("currency"), w.Currency), or(typed.Get("date"), w.Date), typed.Get("comment")
		w.Amount, w.Reason = typed.Get("amount"), typed.Get("reason")
	}
	if rights.Refund {
		w.Left = kept.Left()
	}
	for _, e := range kept.Events {
		w.Events = append(w.Events, happened{e, g.Words().T("orders.event."+string(e.Kind), nil)})
	}
	for _, f := range kept.Refunds {
		own := !rights.Own && f.Author.ID == v.from().By.ID
		line := refundLine{Refund: f, State: g.Words().T("orders.refund.state."+string(f.State), nil), Key: pages.NewSecret(),
			Allows: rights.Refund && f.State == pay.RefundAsked && !own, Gives: rights.Refund && f.State == pay.RefundApproved}
		if err := rights.MayRefund(f.Amount, kept.Terms().Currency); line.Allows && err != nil {
			line.Over = p.Sentence(g, v.r, err)
		}
		w.Refunds = append(w.Refunds, line)
	}
	w.Proofs = proofLines(g, kept)
	g.Data = w
	p.show(v, orderPage, g, fault)
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// change decides a payment or takes a refund of it on.
func (p *Pages) change(v *visit) {
	f, err := p.Form(v.w, v.r, pages.MostForm)
	if err != nil {
		p.refuse(v, err)
		return
	}
	id, to := v.r.PathValue("id"), ""
	switch do := f.Get("do"); do {
	case "approve", "decline":
		err = p.decide(v, id, pay.Decision(do), f)
		to = Root
	case "refund":
		err = p.askRefund(v, id, f)
		to = Root + "orders/" + url.PathEscape(id)
	case "refund-approve", "refund-refuse", "refund-done":
		_, err = p.b.AdvanceRefund(v.r.Context(), v.from(), f.Get("key"), id, backend.RefundMove{Refund: f.Get("refund"),
			Step: pay.RefundStep(strings.TrimPrefix(do, "refund-")), Where: pay.AtPeople})
		to = Root + "orders/" + url.PathEscape(id)
	default:
		err = pos.E(pos.CodeInvalid, "manual.decision", nil)
	}
	if err != nil {
		p.showOrder(v, f, err)
		return
	}
	done(v.w, v.r, to, f.Get("do"))
}

// decide approves or declines, with what is corrected.
func (p *Pages) decide(v *visit, id string, d pay.Decision, f url.Values) error {
	in := pay.Ruling{Decision: d, Where: pay.AtPeople, Comment: oneLine(f.Get("comment"))}
	version, err := number(f.Get("version"))
	if err != nil {
		return err
	}
	in.Version = version
	if f.Has("price") {
		if err := p.corrections(v, id, f, &in); err != nil {
			return err
		}
	}
	_, err = p.b.Decide(v.r.Context(), v.from(), f.Get("key"), id, in)
	return err
}

// corrections reads the fields of a decision. A day that was not changed keeps its
// time.
func (p *Pages) corrections(v *visit, id string, f url.Values, in *pay.Ruling) error {
	kept, err := p.b.Order(v.r.Context(), id)
	if err != nil {
		return err
	}
	in.Currency = money.Currency(strings.ToUpper(strings.TrimSpace(f.Get("currency"))))
	price, err := sumIn(f.Get("price"), in.Currency)
	if err != nil {
		return err
	}
	in.Price = &price
	if f.Get("date") == kept.Requested.Date.In(p.Zone).Format(time.DateOnly) {
		return nil
	}
	day, err := p.day(f.Get("date"))
	if err != nil {
		return err
	}
	in.Date = day.Add(12 * time.Hour) // somewhen on that day
	if now := p.b.Now(); in.Date.After(now) && !day.After(now) {
		in.Date = now
	}
	return nil
}

// oneLine is what was typed into several lines.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// sumIn reads a sum as people type it: with a point or a comma, with spaces.
func sumIn(text string, c money.Currency) (money.Amount, error) {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\u00a0' || r == '\u2009' || r == '\u202f' }), "")
	return pay.ParseSum(strings.Replace(text, ",", ".", 1), c)
}

// askRefund asks for money back; who may decide their own has it done at once.
func (p *Pages) askRefund(v *visit, id string, f url.Values) error {
	kept, err := p.b.Order(v.r.Context(), id)
	if err != nil {
		return err
	}
	from := v.from()
	in := pay.AskRefund{ID: f.Get("key"), Reason: oneLine(f.Get("reason")), Where: pay.AtPeople, Finish: from.Rights.Own}
	if text := strings.TrimSpace(f.Get("amount")); text != "" && kept.Confirmed != nil {
		if in.Amount, err = sumIn(text, kept.Confirmed.Currency); err != nil {
			return err
		}
		if in.Amount == 0 {
			return pos.E(pos.CodeInvalid, "manual.price-low", nil)
		}
	}
	_, err = p.b.AskRefund(v.r.Context(), from, id, in)
	return err
}
