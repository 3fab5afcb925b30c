// Package credit registers what is missing of a payment as a customer's debt.
package credit

import (
	"context"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/code"
	"kassa/ui/customer"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// debtor is the dialog.
type debtor struct {
	env  *ui.Env
	m    model
	done func()

	d                           *widgets.Dialog
	name, phone                 *widgets.Text
	owes, adds, becomes, dueDay *widgets.Pair
	news                        *widgets.Banner
	phoneButton, other, card    *widgets.Button
	act                         *widgets.Button
}

// Register shows what a debt of an amount would mean, lets a customer with a
// phone be chosen, and after the limits were asked sends the code. An amount of
// all that is due follows it when that changes. done is called when this is over
// and its windows are gone, whatever came of it.
func Register(env *ui.Env, v *till.ChequeView, amount money.Amount, done func()) {
	DefineKeys(env.Kit.Keys)
	c := &debtor{env: env, done: done, m: model{view: v, set: env.Till.Settings(), asked: amount}}
	c.m.rest = amount == c.m.room()
	c.build()
	c.draw()
	c.d.Show(c.act, func(s *keys.Scope) {
		s.BindKey(keys.Enter, c.onAct)
		s.Bind("credit.customer", c.onCustomer)
		s.Bind("credit.phone", c.onPhone)
		s.Bind("credit.card", c.onCard)
	})
	c.tell()
	if v.Customer == nil {
		c.onCustomer()
	}
}

func (c *debtor) build() {
	k, t := c.env.Kit, c.env.T
	c.name = widgets.NewText("", widgets.Strong).Ellipsis()
	c.phone = widgets.NewText("", widgets.Muted).Ellipsis()
	c.other = k.ActionButton("", widgets.Secondary, "credit.customer")
	c.phoneButton = k.ActionButton(t("creditask.phone", nil), widgets.Secondary, "credit.phone")
	c.card = k.ActionButton(t("creditask.card", nil), widgets.Secondary, "credit.card")
	c.owes = widgets.KeyValue(t("creditask.owes", nil), "", widgets.Body)
	c.adds = widgets.KeyValue(t("creditask.adds", nil), "", widgets.Body)
	c.becomes = widgets.KeyValue(t("creditask.becomes", nil), "", widgets.Strong)
	c.dueDay = widgets.KeyValue(t("creditask.due", nil), "", widgets.Strong)
	c.news = widgets.NewBanner("", widgets.Warn)
	c.act = k.KeyButton("", widgets.Primary, keys.Enter, c.onAct)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, c.leave)
	c.act.Height, back.Height = widgets.Large, widgets.Large
	who := widgets.NewCard(widgets.HBox(theme.GapCards,
		widgets.Grow(widgets.VBox(0, c.name, c.phone)), c.phoneButton, c.card, c.other))
	c.d = k.Dialog(widgets.DialogSpec{
		Name: "credit", Width: widgets.Narrow, OnEsc: c.leave,
		Body: widgets.VBox(theme.GapCards, who,
			widgets.Padded(theme.GapInside, 0, widgets.VBox(theme.GapSmall, c.owes.Box, c.adds.Box, widgets.NewSeparator(), c.becomes.Box, c.dueDay.Box)),
			c.news),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(180, back), widgets.Grow(c.act)),
	})
}

func (c *debtor) draw() {
	t, w := c.env.T, c.env.Words
	now := c.env.Kit.Timers.Now()
	c.d.SetTitle(t("creditask.title", pos.Args{"Amount": c.m.amount()}), "", "")
	buyer := c.m.view.Customer
	limit := money.Amount(0)
	if buyer == nil {
		c.name.Set(t("creditask.nobody", nil), widgets.Muted)
		c.phone.SetText(t("creditask.nobody-why", nil))
		c.owes.Value.SetText("")
	} else {
		limit = buyer.Limit
		c.name.Set(buyer.Name, widgets.Strong)
		number := customer.Masked(&buyer.Customer)
		if number == "" {
			number = t("customers.no-phone", nil)
		}
		c.phone.SetText(number)
		c.owes.Value.SetText(w.Money().Amount(buyer.Debt))
	}
	c.adds.Value.SetText(w.Money().Amount(c.m.amount()))
	c.other.SetLabel(t("creditask.other", nil))
	c.becomes.Value.SetText(t("creditask.becomes-of", pos.Args{"Debt": c.m.becomes(), "Limit": limit}))
	if buyer == nil {
		c.other.SetLabel(t("customers.pick", nil))
		c.becomes.Value.SetText(w.Money().Amount(c.m.becomes()))
	}
	c.dueDay.Value.SetText(w.DayMonth(c.m.due(now)))
	c.phoneButton.Hidden = buyer == nil || buyer.Phone != "" || !c.env.Actor.Can(pos.RightCustomerEdit)
	c.card.Hidden = !c.m.refusedTo(c.env.Actor)
	c.drawNews()
	label := "creditask.do"
	switch {
	case c.m.check() != nil:
		label = "creditask.choose"
	case c.m.coded() && c.m.sent():
		label = "creditask.do-code"
	}
	c.act.SetLabel(t(label, nil))
	c.act.SetEnabled(!c.m.busy)
	c.d.Refresh()
}

func (c *debtor) drawNews() {
	t, w := c.env.T, c.env.Words
	switch err := c.m.check(); {
	case c.m.failed != nil:
		c.news.Set(w.Error(c.m.failed), widgets.Bad)
	case c.m.view.Customer == nil:
		c.news.Set(w.Error(err), widgets.Info)
	case err != nil:
		c.news.Set(w.Error(err), widgets.Bad)
	case c.m.coded() && !c.m.sent():
		c.news.Set(t("creditask.no-provider", nil), widgets.Warn)
	case c.m.coded():
		c.news.Set(t("creditask.code", pos.Args{"Phone": customer.Masked(&c.m.view.Customer.Customer)}), widgets.Warn)
	default:
		c.news.Set("", widgets.Neutral)
	}
}

// onCustomer chooses who owes.
func (c *debtor) onCustomer() {
	if c.m.busy {
		return
	}
	customer.FindWithPhone(c.env, func(s pos.CustomerState) { c.attach(s.ID) })
}

// onPhone writes down the number of a customer who has none.
func (c *debtor) onPhone() {
	buyer := c.m.view.Customer
	if c.m.busy || buyer == nil || buyer.Phone != "" || !c.env.Actor.Can(pos.RightCustomerEdit) {
		return
	}
	customer.Edit(c.env, buyer.Customer, func(s pos.CustomerState) { c.attach(s.ID) })
}

// onCard opens the card of a customer whose debt is refused: there a limit is set and an
// old debt paid. Closing it comes back here, with what holds then.
func (c *debtor) onCard() {
	if c.m.busy || !c.m.refusedTo(c.env.Actor) {
		return
	}
	id := c.m.view.Customer.ID
	customer.Card(c.env, id, func() {
		if c.d.Shown() {
			c.attach(id)
		}
	})
}

// attach puts the customer on the cheque and takes the cheque as it then is.
func (c *debtor) attach(id pos.CustomerID) {
	a := c.env.Actor
	c.m.busy, c.m.failed = true, nil
	c.draw()
	task.Run(c.env.Ctx, c.env.Runner, func(ctx context.Context) (*till.ChequeView, error) {
		return c.env.Till.SetCustomer(ctx, a, till.FindCustomer{ID: id})
	}, func(v *till.ChequeView, err error) {
		if v != nil {
			c.m.view = v
		}
		c.settle(err)
	})
}

// onAct registers the debt, or lets somebody else be chosen where that is
// refused.
func (c *debtor) onAct() {
	if c.m.busy {
		return
	}
	if c.m.check() != nil { // this customer will not do, another may
		c.onCustomer()
		return
	}
	a, amount := c.env.Actor, c.m.amount()
	c.m.busy, c.m.failed = true, nil
	c.draw()
	code.Ask(c.env, code.Request{
		Place: func(ctx context.Context) (*till.ChequeView, *till.CodeView, error) {
			return c.env.Till.Tender(ctx, a, pos.Credit, amount)
		},
		Refused:  c.settle,
		Accepted: c.d.Close,
		Done:     func(bool) { c.done() },
	})
}

// settle shows how the till answered.
func (c *debtor) settle(err error) {
	c.m.busy, c.m.failed = false, err
	if !c.d.Shown() {
		return
	}
	c.draw()
	c.env.Kit.Focus(c.act)
	c.tell()
}

func (c *debtor) leave() {
	c.d.Close()
	c.done()
}

func (c *debtor) tell() {
	facts := []string{"amount", c.m.amount().String(), "debt", c.m.becomes().String()}
	if buyer := c.m.view.Customer; buyer != nil {
		facts = append(facts, "customer", string(buyer.ID), "room", buyer.Room.String())
	}
	err := c.m.failed
	if err == nil {
		err = c.m.check()
	}
	c.env.Shown("credit", append(facts, "error", string(pos.CodeOf(err)))...)
}

// DefineKeys names the actions of the window in which a debt is registered.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: "credit.customer", Label: "key.credit.customer", Key: "F3"},
		keys.Action{ID: "credit.phone", Label: "key.credit.phone", Key: "F4"},
		keys.Action{ID: "credit.card", Label: "key.credit.card", Key: "F5"},
	)
}
