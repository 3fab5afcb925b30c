package orders

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// order is one order whole: as it was said and as it was confirmed, what the
// merchant kept, its refunds, and what happened to it, which only staff see.
type order struct {
	env       *ui.Env
	id        string
	where     manual.Place
	merchants []manual.Merchant
	now       *manual.Kept
	busy      bool
	changed   bool
	names     names
	closed    func()

	d       *widgets.Dialog
	chip    *widgets.Chip
	left    *widgets.Text
	rows    []row
	terms   *widgets.Table
	refunds *widgets.Table
	events  *widgets.Table
	news    *widgets.Banner
	buttons map[keys.ActionID]*widgets.Button
	steps   *fyne.Container
	back    *fyne.Container // refunds with their steps
}

// row is one thing said of an order: as it was first said, and as it was confirmed.
type row struct{ name, first, confirmed string }

// showOrder opens the window; closed is called when it was left and something is
// another than before.
func showOrder(env *ui.Env, id string, where manual.Place, merchants []manual.Merchant, closed func()) {
	w := &order{env: env, id: id, where: where, merchants: merchants, closed: closed, names: names{}, buttons: map[keys.ActionID]*widgets.Button{}}
	w.build()
	w.d.OnClosed = func() {
		if w.changed {
			w.closed()
		}
	}
	w.d.Show(w.events, func(s *keys.Scope) {
		for id, do := range map[keys.ActionID]func(){
			actApprove: func() { w.decide(manual.Approve) }, actDecline: func() { w.decide(manual.Decline) }, actCorrect: w.onCorrect, actRefund: w.onRefund,
			actAllow: func() { w.step(manual.AllowRefund) }, actRefuse: func() { w.step(manual.RefuseRefund) }, actGive: func() { w.step(manual.GiveRefund) },
			actAgain: w.load, actProofs: w.onProofs,
		} {
			s.Bind(id, do)
		}
	})
	w.load()
}

// fieldWidth is as wide as the longest name of what an order says, at scale 1.
const fieldWidth = 150

func (w *order) build() {
	k, t := w.env.Kit, w.env.T
	w.chip, w.left, w.news = widgets.NewChip("", widgets.Neutral), widgets.NewText("", widgets.Muted), widgets.NewBanner("", widgets.Bad)
	w.terms = k.Table([]widgets.Column{
		{Title: t("orders.col.field", nil), Width: fieldWidth, Style: widgets.Muted},
		{Title: t("orders.col.first", nil), Share: 1.4},
		{Title: t("orders.col.confirmed", nil), Share: 1.4, Style: widgets.Strong},
	}, func(i, col int) widgets.Cell {
		r := w.rows[i]
		return widgets.Cell{Text: []string{r.name, r.first, r.confirmed}[col]}
	})
	w.refunds = k.Table([]widgets.Column{
		{Title: t("orders.col.refund", nil), Share: 1},
		{Title: t("orders.col.state", nil), Width: 140},
	}, w.refundCell)
	w.refunds.Tall = func(int) bool { return true }
	w.refunds.OnSelected = func(int) { w.draw() }
	w.refunds.Empty = t("orders.refund.none", nil)
	w.events = k.Table([]widgets.Column{{Title: t("orders.col.events", nil), Share: 1}}, w.eventCell)
	w.events.Tall = func(int) bool { return true }
	button := func(id string, kind widgets.Kind, act keys.ActionID) *widgets.Button {
		w.buttons[act] = k.ActionButton(t(id, nil), kind, act)
		return w.buttons[act]
	}
	w.steps = widgets.KeyBar(theme.GapSmall, button("orders.refund.allow", widgets.Secondary, actAllow),
		button("orders.refund.refuse", widgets.Secondary, actRefuse), button("orders.refund.give", widgets.Secondary, actGive))
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { w.d.Close() })
	all := []fyne.CanvasObject{back, button("orders.proofs", widgets.Secondary, actProofs), button("orders.refund", widgets.Secondary, actRefund), button("orders.correct", widgets.Secondary, actCorrect),
		button("orders.decline", widgets.Secondary, actDecline), button("orders.approve", widgets.Primary, actApprove)}
	for _, b := range all {
		b.(*widgets.Button).Height = widgets.Large
	}
	w.back = widgets.Grow(widgets.VBox(theme.GapCards, widgets.Grow(widgets.NewFlatCard(w.refunds)), w.steps))
	right := widgets.VBox(theme.GapCards, widgets.GrowBy(1.3, widgets.NewFlatCard(w.events)), w.back)
	w.d = k.Dialog(widgets.DialogSpec{Name: "orders.order", Title: t("orders.order", nil), Width: widgets.Wide, Height: 720, Fills: true,
		Body: widgets.VBox(theme.GapCards, widgets.HBox(theme.GapCards, w.chip, w.left), w.news,
			widgets.Grow(widgets.Columns(theme.GapCards, widgets.GrowBy(6, widgets.NewFlatCard(w.terms)), widgets.GrowBy(6, right)))),
		Footer: widgets.Footer(theme.GapCards, all...)})
	w.draw()
}

func (w *order) load() {
	p, a, id := w.env.Payments, w.env.Actor, w.id
	task.Run(w.env.Ctx, w.env.Runner, func(ctx context.Context) (manual.Kept, error) { return p.Order(ctx, a, id) }, w.onLoaded)
}

func (w *order) onLoaded(k manual.Kept, err error) {
	if !w.d.Shown() {
		return
	}
	if err != nil {
		w.refuse(err)
		return
	}
	w.now = &k
	w.rows = termRows(w.env, &k.Order)
	w.terms.SetRows(len(w.rows))
	w.refunds.SetRows(len(k.Refunds))
	if w.refunds.Selected() < 0 {
		w.refunds.Select(waiting(k.Refunds))
	}
	w.events.SetRows(len(k.Events))
	w.d.SetTitle(k.Text, whom(w.env, &k.Order)+" · "+contacts(&k.Order)+k.Account, "")
	w.draw()
}

// waiting is the place of the first refund something is still to be done with, or of
// the last one.
func waiting(all []manual.Refund) int {
	for i := range all {
		if s := all[i].State; s == manual.RefundAsked || s == manual.RefundApproved {
			return i
		}
	}
	return len(all) - 1
}

func contacts(o *manual.Order) (text string) {
	for _, s := range []string{o.Email, o.Phone} {
		if s != "" && s != o.CustomerName {
			text += s + " · "
		}
	}
	return text
}

// termRows are what was said and what was confirmed, and the merchant's part of it.
func termRows(env *ui.Env, o *manual.Order) []row {
	first, c := &o.Requested, o.Confirmed
	list := []row{
		{name: env.T("orders.field.price", nil), first: sum(env, first.Price, first.Currency)},
		{name: env.T("orders.field.currency", nil), first: string(first.Currency)},
		{name: env.T("orders.field.date", nil), first: env.Words.Date(first.Date)},
		{name: env.T("orders.field.comment", nil), first: first.Comment},
	}
	if c != nil {
		for i, text := range []string{sum(env, c.Price, c.Currency), string(c.Currency), env.Words.Date(c.Date), c.Comment} {
			list[i].confirmed = text
		}
	}
	if o.Expired {
		list = append(list, row{name: env.T("orders.field.reason", nil), confirmed: env.T("orders.expired", nil)})
	}
	if f := o.Fees; f != nil && c != nil {
		fee := sum(env, f.Share, c.Currency)
		if f.Fixed != 0 {
			fee += " + " + sum(env, f.Fixed, f.Currency)
		}
		list = append(list, row{name: env.T("orders.field.fees", nil), confirmed: fee}, row{name: env.T("orders.field.net", nil), confirmed: sum(env, f.Net, c.Currency)})
	}
	if o.Refunded > 0 && c != nil {
		list = append(list, row{name: env.T("orders.field.refunded", nil), confirmed: sum(env, o.Refunded, c.Currency)})
	}
	return list
}

func (w *order) refundCell(i, col int) widgets.Cell {
	f := &w.now.Refunds[i]
	if col == 1 {
		tones := map[manual.RefundState]widgets.Tone{manual.RefundAsked: widgets.Info, manual.RefundApproved: widgets.Warn, manual.RefundRefused: widgets.Bad, manual.RefundDone: widgets.Good}
		return widgets.Cell{Text: w.env.T("orders.refund.state."+string(f.State), nil), Chip: true, Tone: tones[f.State]}
	}
	return widgets.Cell{Text: sum(w.env, f.Amount, w.now.Terms().Currency) + " · " + f.Reason, Sub: w.env.Words.DateTime(f.Asked) + " · " + f.Author.Name}
}

func (w *order) eventCell(i, _ int) widgets.Cell {
	e := &w.now.Events[len(w.now.Events)-1-i] // the newest on top
	return widgets.Cell{Text: eventWord(w.env, e, &w.now.Order), Sub: eventMore(w.env, e), Dot: dot(e.To)}
}

// dot is the colour of the indicator of a state.
func dot(s manual.State) fyne.ThemeColorName {
	return map[manual.State]fyne.ThemeColorName{manual.Open: theme.ColorAccent, manual.Approved: theme.ColorGood, manual.Completed: theme.ColorGood,
		manual.Declined: theme.ColorBad, manual.Refunded: theme.ColorWarn}[s]
}

// refund is the chosen one, nil for none.
func (w *order) refund() *manual.Refund {
	if w.now == nil || w.refunds.Selected() < 0 || w.refunds.Selected() >= len(w.now.Refunds) {
		return nil
	}
	return &w.now.Refunds[w.refunds.Selected()]
}

// draw says how the order stands and what can be done with it.
func (w *order) draw() {
	open, left, state := false, false, manual.RefundState("")
	if w.now != nil {
		o := &w.now.Order
		open, left = o.State == manual.Open, o.Left() > 0
		w.chip.Set(stateWord(w.env, o), tone(o.State))
		words, wait := deadline(w.env, o)
		style := widgets.Muted
		if wait.Short && open {
			style = widgets.Strong.In(theme.ColorBad)
		}
		w.left.Set(words, style)
	}
	if f := w.refund(); f != nil {
		state = f.State
	}
	proofs := w.env.T("orders.proofs", nil)
	if w.now != nil && w.now.Proofs > 0 {
		proofs = w.env.T("orders.proofs.count", pos.Args{"Count": w.now.Proofs})
	}
	w.buttons[actProofs].SetLabel(proofs)
	can := map[keys.ActionID]bool{actProofs: w.now != nil, actApprove: open, actDecline: open, actCorrect: open, actRefund: left,
		actAllow: state == manual.RefundAsked, actRefuse: state == manual.RefundAsked, actGive: state == manual.RefundApproved}
	for id, b := range w.buttons {
		b.SetEnabled(can[id] && !w.busy)
	}
	w.back.Hidden = w.now == nil || len(w.now.Refunds) == 0
	w.d.Refresh()
	w.tell(nil)
}

// decide confirms or declines the order as it was said. On a customer's card what is
// confirmed is filled in first.
func (w *order) decide(d manual.Decision) {
	if w.now == nil || w.buttons[actApprove].Disabled() {
		return
	}
	if w.where == manual.AtCard && d == manual.Approve {
		w.onCorrect()
		return
	}
	seen, in := w.now.Order, manual.Ruling{Decision: d, Version: w.now.Version, Where: w.where}
	p, a := w.env.Payments, w.env.Actor
	w.do(string(d), func(ctx context.Context, name string) (manual.Order, error) { return p.Decide(ctx, a, name, &seen, in) })
}

func (w *order) onCorrect() {
	if w.now == nil || w.buttons[actCorrect].Disabled() {
		return
	}
	rule(w.env, w.now.Order, merchantOf(w.merchants, w.now.Merchant), w.where, func() {
		w.changed = true
		w.load()
	})
}

func (w *order) onRefund() {
	if w.now == nil || w.buttons[actRefund].Disabled() {
		return
	}
	askRefund(w.env, w.now.Order, w.where, func(*manual.Order) {
		w.changed = true
		w.refunds.Select(-1)
		w.load()
	})
}

// onProofs shows the files that were attached.
func (w *order) onProofs() {
	if w.now == nil || w.buttons[actProofs].Disabled() {
		return
	}
	showProofs(w.env, w.now, w.where, func() {
		w.changed = true
		w.load()
	}, func() {
		if w.d.Shown() {
			w.draw()
		}
	})
}

// step takes the chosen refund on.
func (w *order) step(s manual.RefundStep) {
	f := w.refund()
	at := map[manual.RefundStep]keys.ActionID{manual.AllowRefund: actAllow, manual.RefuseRefund: actRefuse, manual.GiveRefund: actGive}
	if f == nil || w.buttons[at[s]].Disabled() {
		return
	}
	seen, back, p, a := w.now.Order, *f, w.env.Payments, w.env.Actor
	w.do(string(s)+f.ID, func(ctx context.Context, name string) (manual.Order, error) {
		return p.AdvanceRefund(ctx, a, name, &seen, &back, s, w.where)
	})
}

// do changes the order, which may need another's PIN, and reads it anew.
func (w *order) do(what string, ask func(ctx context.Context, name string) (manual.Order, error)) {
	if w.busy {
		return
	}
	w.busy = true
	w.draw()
	name := w.names.of(w.env, what)
	approval.Run(w.env, func(ctx context.Context) (manual.Order, error) { return ask(ctx, name) }, func(_ manual.Order, err error) {
		w.busy = false
		w.names.heard(what, err)
		if !w.d.Shown() {
			return
		}
		now := ui.CameTooLate(err)
		switch {
		case now != nil:
			w.news.Set(lost(w.env, err, now), widgets.Warn)
		case err != nil:
			w.draw()
			w.refuse(err)
			return
		default:
			w.news.Set("", widgets.Neutral)
		}
		w.changed = true
		w.load()
	})
}

func (w *order) refuse(err error) {
	w.news.Set(w.env.Words.Error(err), toneOf(err))
	w.d.Refresh()
	w.tell(err)
}

func (w *order) tell(err error) {
	facts := []string{"id", w.id, "news", w.news.Text(), "error", string(pos.CodeOf(err))}
	if w.now != nil {
		facts = append(facts, "state", string(w.now.State), "events", strconv.Itoa(len(w.now.Events)), "refunds", strconv.Itoa(len(w.now.Refunds)), "proofs", itoa(w.now.Proofs))
	}
	if f := w.refund(); f != nil {
		facts = append(facts, "refund", string(f.State))
	}
	w.env.Shown("orders.order", facts...)
}
