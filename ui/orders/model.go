// Package orders is «Заказы и продажи»: the payments that went past the till, who
// decides them, what goes back, and what came of it by each merchant; and the
// history of orders on a customer's card.
package orders

import (
	"context"
	"strconv"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/ui"
	"kassa/ui/widgets"
)

// page is how many orders are read at a time; nearEnd is how near to the last row
// the next ones are.
const (
	page    = 50
	nearEnd = 15
)

// filter chooses what the board lists.
type filter struct {
	state    manual.State
	merchant string
	customer pos.Customer    // of the zero id for everybody
	days     *figures.Period // nil for all
}

// choice is the filter as it is asked for.
func (f *filter) choice(zone *time.Location) manual.Choice {
	c := manual.Choice{State: f.state, Merchant: f.merchant, Customer: string(f.customer.ID), Limit: page}
	if f.days != nil {
		c.From, c.To = f.days.Moments(zone)
	}
	return c
}

// any reports that something is left out.
func (f *filter) any() bool {
	return f.state != "" || f.merchant != "" || f.customer.ID != "" || f.days != nil
}

// loaded is what the board shows.
type loaded struct {
	page      manual.Page
	merchants []manual.Merchant
}

func load(ctx context.Context, p ui.Payments, a pos.Actor, c manual.Choice) (l loaded, err error) {
	if l.page, err = p.Orders(ctx, a, c); err != nil {
		return l, err
	}
	l.merchants, err = p.Merchants(ctx, a)
	return l, err
}

// count is how many orders stand in a state, all of them for "".
func count(counts map[manual.State]int64, s manual.State) (n int64) {
	if s != "" {
		return counts[s]
	}
	for _, c := range counts {
		n += c
	}
	return n
}

// move counts an order in another state than before.
func move(counts map[manual.State]int64, from, to manual.State) {
	if counts == nil || from == to {
		return
	}
	counts[from]--
	counts[to]++
}

// sum writes a sum in its own currency.
func sum(env *ui.Env, a money.Amount, c money.Currency) string {
	return money.NewFormatter(env.Words.Lang(), c, "").Amount(a)
}

// bare writes a sum as it can be typed.
func bare(env *ui.Env, a money.Amount, c money.Currency) string {
	return money.NewFormatter(env.Words.Lang(), c, "").Typed(typed(manual.ShowSum(a, c)))
}

// typed is a number as the machine writes it.
type typed string

// String implements fmt.Stringer.
func (t typed) String() string { return string(t) }

// parseSum reads a sum as people type it.
func parseSum(text string, c money.Currency) (money.Amount, error) {
	text = strings.ReplaceAll(strings.TrimSpace(text), ",", ".")
	return manual.ParseSum(strings.Join(strings.Fields(text), ""), c)
}

// stateWord is the word of a state; what time declined is worded apart.
func stateWord(env *ui.Env, o *manual.Order) string {
	if o.Expired {
		return env.T("orders.state.expired", nil)
	}
	return env.T("orders.state."+string(o.State), nil)
}

// tone is the colour of a state.
func tone(s manual.State) widgets.Tone {
	switch s {
	case manual.Open:
		return widgets.Info
	case manual.Approved, manual.Completed:
		return widgets.Good
	case manual.Declined:
		return widgets.Bad
	case manual.Refunded:
		return widgets.Warn
	}
	return widgets.Neutral
}

// toneOf is the colour of what came of a request: what waits in the queue is no
// failure.
func toneOf(err error) widgets.Tone {
	if ui.Queued(err) {
		return widgets.Info
	}
	return widgets.Bad
}

// deadline says how long an open order may still wait; "" for one that does not.
func deadline(env *ui.Env, o *manual.Order) (string, manual.Wait) {
	if o.State != manual.Open {
		return "", manual.Wait{}
	}
	now := env.Kit.Timers.Now()
	w := manual.WaitOf(o.Deadline, now, now.Location())
	switch {
	case w.Over:
		return env.T("orders.left.over", nil), w
	case w.Days == 0:
		return env.T("orders.left.today", nil), w
	}
	return env.T("orders.left.days", pos.Args{"Count": w.Days}), w
}

// whom is the customer of an order, or that there is none.
func whom(env *ui.Env, o *manual.Order) string {
	for _, s := range []string{o.CustomerName, o.Email} {
		if s != "" {
			return s
		}
	}
	return env.T("orders.nobody", nil)
}

// who is the name of whoever did something; nobody is the customer or time.
func who(env *ui.Env, p manual.Person, kind manual.EventKind) string {
	switch {
	case p.Name != "":
		return p.Name
	case kind == manual.EventExpired:
		return env.T("orders.by.time", nil)
	case kind == manual.EventUsed:
		return env.T("orders.by.till", nil)
	}
	return env.T("orders.by.customer", nil)
}

// lost tells whoever came too late what was refused, what is so instead, and who
// decided.
func lost(env *ui.Env, err error, now *manual.Order) string {
	text := env.Words.Error(err) + " "
	if now.State == manual.Open {
		return text + env.T("orders.lost.open", pos.Args{"State": stateWord(env, now)})
	}
	kind := manual.EventApproved
	if now.Expired {
		kind = manual.EventExpired
	}
	return text + env.T("orders.lost", pos.Args{"State": stateWord(env, now), "Who": who(env, now.Decider, kind)})
}

// names are those of requests, each the same until it is known what became of it: one
// that was carried out and not heard of is answered as it was.
type names map[string]string

// of is the name of what is asked.
func (n names) of(env *ui.Env, what string) string {
	if n[what] == "" {
		n[what] = env.Till.NewID()
	}
	return n[what]
}

// heard forgets a name once somebody said what became of it: the next try is another
// request. While nobody answered, nothing is known.
func (n names) heard(what string, err error) {
	if pos.CodeOf(err) != pos.CodeUnavailable {
		delete(n, what)
	}
}

// eventWord says what happened.
func eventWord(env *ui.Env, e *manual.Event, o *manual.Order) string {
	text := env.T("orders.event."+string(e.Kind), nil)
	if e.Amount != 0 {
		text += " " + sum(env, e.Amount, o.Terms().Currency)
	}
	return text
}

// eventMore says who did it and why.
func eventMore(env *ui.Env, e *manual.Event) string {
	parts := []string{env.Words.DateTime(e.At), who(env, e.By, e.Kind)}
	if e.Reason != "" && e.Reason != manual.ReasonExpired {
		parts = append(parts, e.Reason)
	}
	return strings.Join(parts, " · ")
}

// usable are the merchants an order may name: not archived, of an offer's where one
// is chosen.
func usable(all []manual.Merchant, offer *manual.Offer) (list []manual.Merchant) {
	for _, m := range all {
		if m.Archived || offer != nil && !has(offer.Merchants, m.ID) {
			continue
		}
		list = append(list, m)
	}
	return list
}

func has(ids []string, id string) bool {
	for _, s := range ids {
		if s == id {
			return true
		}
	}
	return false
}

func merchantOf(all []manual.Merchant, id string) *manual.Merchant {
	for i := range all {
		if all[i].ID == id {
			return &all[i]
		}
	}
	return nil
}

// day reads a day as the moment of a payment: the one that was said where it is of
// that day, or the day's beginning.
func day(d figures.Day, said, now time.Time) time.Time {
	zone := now.Location()
	if !said.IsZero() && figures.DayOf(said, zone) == d {
		return said
	}
	return d.Start(zone)
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
