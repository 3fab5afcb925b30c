// Package points asks how many of a customer's points to spend on a cheque.
package points

import (
	"context"
	"strconv"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/code"
	"kassa/ui/customer"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// asker is the dialog.
type asker struct {
	env  *ui.Env
	m    model
	done func()
	busy bool

	d        *widgets.Dialog
	field    *widgets.Entry
	have     *widgets.Pair
	most     *widgets.Pair
	rest     *widgets.Text
	news     *widgets.Banner
	remove   *widgets.Button
	act      *widgets.Button
	hopeless bool
}

// Ask asks how many points to spend, the most allowed unless changed, and then
// for the customer's code. A code that is already waited for is asked for at
// once, and without a customer one is chosen first. done is called whenever the
// cheque may have changed and all windows of this are gone.
func Ask(env *ui.Env, v *till.ChequeView, done func()) {
	if ch := code.Pending(v, pos.Points, env.Kit.Timers.Now()); ch != nil {
		code.Resume(env, v, *ch, func(bool) { done() })
		return
	}
	if v.Customer != nil {
		show(env, v, done)
		return
	}
	customer.Find(env, func(c pos.CustomerState) { attach(env, c.ID, done) })
}

// attach puts the chosen customer on the cheque and goes on.
func attach(env *ui.Env, id pos.CustomerID, done func()) {
	a := env.Actor
	task.Run(env.Ctx, env.Runner, func(ctx context.Context) (*till.ChequeView, error) {
		return env.Till.SetCustomer(ctx, a, till.FindCustomer{ID: id})
	}, func(v *till.ChequeView, err error) {
		if err != nil {
			env.Kit.Toast(env.Words.Error(err), widgets.Bad)
			done()
			return
		}
		show(env, v, done)
	})
}

func show(env *ui.Env, v *till.ChequeView, done func()) {
	DefineKeys(env.Kit.Keys)
	p := &asker{env: env, done: done, m: model{view: v, rules: v.Rules}}
	p.hopeless = p.m.hopeless()
	p.build()
	p.propose()
	p.draw()
	p.d.Show(p.field.Focusable(), func(s *keys.Scope) {
		s.BindKey(keys.Enter, p.onAct)
		s.Bind("points.remove", p.onRemove, keys.When(func() bool { return p.m.standing() > 0 && p.untouched() }))
		s.Home = p.field.Focusable()
	})
	p.field.Select()
	p.tell(nil)
}

func (p *asker) build() {
	k, t := p.env.Kit, p.env.T
	p.field = k.Entry(widgets.AmountEntry, "0")
	p.field.Filter, p.field.MaxLength = widgets.Digits(), 9
	p.field.OnChanged = func(string) { p.onTyped() }
	p.have = widgets.Stat(t("pointsask.have", nil), "", widgets.Figure)
	p.most = widgets.Stat(t("pointsask.most", nil), "", widgets.Figure)
	p.rest = widgets.NewMoney("", widgets.Amount)
	p.news = widgets.NewBanner("", widgets.Bad)
	p.remove = k.ActionButton(t("pointsask.remove", nil), widgets.DangerKind, "points.remove")
	p.act = k.KeyButton("", widgets.Primary, keys.Enter, p.onAct)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, p.leave)
	for _, b := range []*widgets.Button{p.remove, p.act, back} {
		b.Height = widgets.Large
	}
	left := widgets.VBox(theme.GapCards,
		widgets.NewCard(widgets.Equal(theme.GapInside, p.have.Box, p.most.Box)),
		widgets.VBox(theme.GapTiny, widgets.NewText(t("pointsask.rest", nil), widgets.Muted), p.rest),
		p.news)
	p.d = k.Dialog(widgets.DialogSpec{
		Name: "points", Title: t("pointsask.title", nil), Subtitle: p.m.view.Customer.Name, Width: widgets.Middle, OnEsc: p.leave,
		Body: widgets.Columns(theme.GapInside+theme.GapSmall, widgets.Grow(left),
			widgets.FixedWidth(260, widgets.VBox(10, p.field, widgets.Sized(0, 260, k.Numpad(p.field, true))))),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(160, back), p.remove, widgets.Grow(p.act)),
	})
}

// propose puts the most allowed into the field.
func (p *asker) propose() {
	p.m.typed = ""
	if p.m.view.MaxPoints > 0 {
		p.m.typed = strconv.FormatInt(p.m.view.MaxPoints, 10)
	}
	p.field.SetText(p.m.typed)
}

func (p *asker) untouched() bool {
	return p.m.typed == "" || p.m.points() == p.m.view.MaxPoints
}

func (p *asker) draw() {
	t, w := p.env.T, p.env.Words
	p.have.Value.SetText(w.Money().Points(p.m.view.Customer.Points))
	p.most.Value.SetText(w.Money().Points(p.m.view.MaxPoints))
	p.rest.SetText(w.Money().Amount(p.m.rest()))
	if p.hopeless && p.news.Text() == "" {
		p.news.Set(w.Error(p.m.check()), widgets.Warn)
	}
	label := t("pointsask.do", nil)
	if n := p.m.points(); n > 0 {
		label = t("pointsask.do-count", pos.Args{"Count": n})
	}
	p.act.SetLabel(label)
	p.act.SetEnabled(!p.busy && !p.hopeless)
	p.remove.Hidden = p.m.standing() == 0
	p.remove.SetEnabled(!p.busy)
	p.d.Refresh()
}

func (p *asker) onTyped() {
	p.m.typed = p.field.Text()
	p.news.Set("", widgets.Neutral)
	p.draw()
}

func (p *asker) onAct() {
	if p.act.Disabled() {
		return
	}
	if err := p.m.check(); err != nil {
		p.refuse(err)
		return
	}
	a, n := p.env.Actor, p.m.points()
	p.busy = true
	p.draw()
	code.Ask(p.env, code.Request{
		Place: func(ctx context.Context) (*till.ChequeView, *till.CodeView, error) {
			return p.env.Till.SpendPoints(ctx, a, n)
		},
		Refused:  p.onRefused,
		Accepted: p.d.Close,
		Done:     func(bool) { p.done() },
	})
}

func (p *asker) onRefused(err error) {
	p.busy = false
	if !p.d.Shown() {
		return
	}
	p.draw()
	p.refuse(err)
}

func (p *asker) onRemove() {
	if p.busy || p.m.standing() == 0 {
		return
	}
	a := p.env.Actor
	p.busy = true
	p.draw()
	task.Run(p.env.Ctx, p.env.Runner, func(ctx context.Context) (*till.ChequeView, error) {
		return p.env.Till.RemoveTender(ctx, a, pos.Points, 0)
	}, func(_ *till.ChequeView, err error) {
		if err != nil {
			p.onRefused(err)
			return
		}
		if p.d.Shown() {
			p.leave()
		}
	})
}

func (p *asker) refuse(err error) {
	p.news.Set(p.env.Words.Error(err), widgets.Bad)
	p.d.Refresh()
	p.field.Focus()
	p.tell(err)
}

func (p *asker) leave() {
	p.d.Close()
	p.done()
}

func (p *asker) tell(err error) {
	facts := []string{"max", strconv.FormatInt(p.m.view.MaxPoints, 10), "amount", strconv.FormatInt(p.m.points(), 10)}
	if err != nil {
		facts = append(facts, "error", string(pos.CodeOf(err)))
	}
	p.env.Shown("points", facts...)
}

// DefineKeys names the actions of the points window.
func DefineKeys(r *keys.Router) {
	r.Define(keys.Action{ID: "points.remove", Label: "key.points.remove", Key: "Del"})
}
