package customer

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// repayer takes money for a customer's debts.
type repayer struct {
	env  *ui.Env
	id   pos.CustomerID
	m    repayment
	done func()

	d       *widgets.Dialog
	methods []*widgets.Button
	sum     *widgets.Entry
	owed    *widgets.Text
	left    *widgets.Text
	overdue *widgets.Paragraph
	news    *widgets.Banner
	act     *widgets.Button
}

// Repay takes money against a customer's debts, oldest first, all or a part. The
// ways to pay are on F1, F2, F3, in the order of pos.CounterMethods. done is called when it was taken.
func Repay(env *ui.Env, id pos.CustomerID, done func()) {
	r := &repayer{env: env, id: id, done: done, m: repayment{method: pos.CounterMethods[0]}}
	r.build()
	r.d.Show(r.sum.Focusable(), func(s *keys.Scope) {
		s.BindKey(keys.Enter, r.onAct)
		for i, m := range pos.CounterMethods {
			s.BindKey(methodKey(i), func() { r.onMethod(m) })
		}
		s.Home = r.sum.Focusable()
	})
	r.load()
}

func methodKey(i int) keys.Key { return keys.Key("F" + strconv.Itoa(i+1)) }

func (r *repayer) build() {
	k, t := r.env.Kit, r.env.T
	var methods []fyne.CanvasObject
	for i, m := range pos.CounterMethods {
		b := k.KeyButton(t(m.Word(), nil), widgets.Secondary, methodKey(i), func() { r.onMethod(m) })
		b.CapFirst, b.Leading = true, true
		r.methods = append(r.methods, b)
		methods = append(methods, b)
	}
	r.sum = k.Entry(widgets.AmountEntry, r.env.Words.Money().Bare(0))
	r.sum.OnChanged = func(string) { r.onTyped() }
	r.owed = widgets.NewMoney("", widgets.Missing.In(theme.ColorInk))
	r.left = widgets.NewMoney("", widgets.Amount)
	r.overdue = widgets.NewParagraph("", widgets.Small.In(theme.ColorBad))
	r.news = widgets.NewBanner("", widgets.Bad)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { r.d.Close() })
	r.act = k.KeyButton("", widgets.Primary, keys.Enter, r.onAct)
	back.Height, r.act.Height = widgets.Large, widgets.Large
	middle := widgets.VBox(theme.GapTiny,
		widgets.NewText(t("customers.repay.owed", nil), widgets.Muted), r.owed, r.overdue,
		widgets.NewSeparator(),
		widgets.NewText(t("customers.repay.left", nil), widgets.Muted), r.left,
		widgets.Spring(), widgets.VBox(theme.GapSmall, methods...))
	r.d = k.Dialog(widgets.DialogSpec{
		Name: "customer.repay", Title: t("customers.repay.title", nil), Subtitle: t("customers.repay.why", nil), Width: widgets.Middle,
		Body: widgets.VBox(theme.GapCards, widgets.Columns(theme.GapInside+theme.GapSmall, widgets.Grow(middle),
			widgets.FixedWidth(260, widgets.VBox(10, r.sum, widgets.Sized(0, 260, k.Numpad(r.sum, false))))), r.news),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(180, back), widgets.Grow(r.act)),
	})
	r.draw()
}

func (r *repayer) load() {
	a := r.env.Actor
	task.Run(r.env.Ctx, r.env.Runner, func(ctx context.Context) (*till.CardView, error) {
		return r.env.Till.CustomerCard(ctx, a, r.id)
	}, r.onLoaded)
}

func (r *repayer) onLoaded(v *till.CardView, err error) {
	if !r.d.Shown() {
		return
	}
	if err != nil {
		r.refuse(err)
		return
	}
	r.m.card = v
	if v.Debt > 0 {
		r.m.typed = r.env.Words.Money().Bare(v.Debt)
		r.sum.SetText(r.m.typed)
		r.sum.Select()
	} else {
		r.refuse(pos.E(pos.CodeConflict, "debt.none", nil))
	}
	r.draw()
	r.tell("")
}

func (r *repayer) draw() {
	t, w := r.env.T, r.env.Words
	for i, m := range pos.CounterMethods {
		r.methods[i].SetSelected(m == r.m.method)
	}
	owed, overdue := money.Amount(0), ""
	if v := r.m.card; v != nil {
		owed = v.Debt
		r.d.SetTitle(t("customers.repay.title", nil), v.Name+" · "+t("customers.repay.why", nil), "")
		if v.Overdue > 0 {
			overdue = t("customers.debt-overdue", pos.Args{"Overdue": v.Overdue})
		}
	}
	r.owed.SetText(w.Money().Amount(owed))
	r.overdue.SetText(overdue)
	r.overdue.Hidden = overdue == ""
	left, ok := r.m.left()
	label := t("customers.repay.do", nil)
	if ok {
		r.left.SetText(w.Money().Amount(left))
		label = t("customers.repay.do-sum", pos.Args{"Sum": owed.Sub(left), "Method": r.m.method})
	} else {
		r.left.SetText(w.Money().Amount(owed))
	}
	r.act.SetLabel(label)
	r.act.SetEnabled(!r.m.busy && r.m.card != nil && r.m.card.Debt > 0)
	r.d.Refresh()
}

func (r *repayer) onTyped() {
	r.m.typed = r.sum.Text()
	r.news.Set("", widgets.Neutral)
	r.draw()
}

func (r *repayer) onMethod(m pos.Method) {
	r.m.method = m
	r.draw()
	r.sum.Focus()
	r.tell("")
}

func (r *repayer) onAct() {
	if r.act.Disabled() {
		return
	}
	amount, err := money.ParseAmount(r.sum.Text())
	if err != nil {
		r.refuse(err)
		return
	}
	a, m := r.env.Actor, r.m.method
	r.m.busy = true
	r.draw()
	approval.Run(r.env, func(ctx context.Context) (repaid, error) {
		doc, left, err := r.env.Till.RepayDebt(ctx, a, r.id, m, amount)
		if err != nil {
			return repaid{}, err
		}
		return repaid{doc: doc, sum: doc.Amount, left: left}, nil
	}, r.onRepaid)
}

// repaid is what was taken and what is still owed.
type repaid struct {
	doc       *pos.Repayment
	sum, left money.Amount
}

func (r *repayer) onRepaid(p repaid, err error) {
	r.m.busy = false
	if !r.d.Shown() {
		return
	}
	if err != nil {
		r.draw()
		r.refuse(err)
		return
	}
	r.d.Close()
	if p.doc.Method.InDrawer() {
		r.env.Print.Drawer()
	}
	if r.env.Print.Settings().Receipt != pos.PrintNever {
		r.print(p.doc)
	}
	r.env.Kit.Toast(r.env.T("customers.repaid", pos.Args{"Sum": p.sum, "Left": p.left}), widgets.Good)
	r.env.Shown("customer.repaid", "sum", p.sum.String(), "left", p.left.String())
	r.done()
}

func (r *repayer) refuse(err error) {
	r.news.Set(r.env.Words.Error(err), widgets.Bad)
	r.d.Refresh()
	r.tell(string(pos.CodeOf(err)))
}

func (r *repayer) tell(fault string) {
	facts := []string{"method", string(r.m.method), "error", fault}
	if v := r.m.card; v != nil {
		facts = append(facts, "owed", v.Debt.String())
	}
	r.env.Shown("customer.repay", facts...)
}
