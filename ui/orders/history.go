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

// history is «История заказов» of a customer: every order with, once it is opened by
// «+», an indicator for each change of its state. Staff see them, the customer does
// not.
type history struct {
	env       *ui.Env
	who       pos.Customer
	orders    []manual.Order
	merchants []manual.Merchant
	opened    map[string]*manual.Kept // by id; of an order that is opened
	lines     []line
	names     names
	busy      bool

	d       *widgets.Dialog
	table   *widgets.Table
	news    *widgets.Banner
	open    *widgets.Button
	expand  *widgets.Button
	approve *widgets.Button
	decline *widgets.Button
	refund  *widgets.Button
}

// line is a row of the list: an order, or of an opened one something that happened.
type line struct {
	order *manual.Order
	event *manual.Event
}

// History shows the orders of a customer. What is confirmed here is Завершен.
func History(env *ui.Env, who pos.Customer, closed func()) {
	DefineKeys(env.Kit.Keys)
	h := &history{env: env, who: who, opened: map[string]*manual.Kept{}, names: names{}, news: widgets.NewBanner("", widgets.Bad)}
	h.build()
	h.d.OnClosed = closed
	h.d.Show(h.table, func(s *keys.Scope) {
		for id, do := range map[keys.ActionID]func(){
			actAdd: h.onAdd, actExpand: h.onExpand, actApprove: func() { h.onRule() }, actDecline: h.onDecline, actRefund: h.onRefund, actAgain: h.load,
		} {
			s.Bind(id, do)
		}
		s.BindKey(keys.Enter, h.onOpen)
	})
	h.load()
}

func (h *history) build() {
	k, t := h.env.Kit, h.env.T
	h.table = k.Table([]widgets.Column{
		{Title: t("orders.col.what", nil), Share: 1},
		{Title: t("orders.col.merchant", nil), Width: 210, Style: widgets.Muted, From: 700},
		{Title: t("orders.col.sum", nil), Width: 140, Align: fyne.TextAlignTrailing, Style: widgets.Strong},
		{Title: t("orders.col.state", nil), Width: 178},
	}, h.cell)
	h.table.Tall = func(int) bool { return true }
	h.table.OnSelected = func(int) { h.draw() }
	h.table.OnActivated = func(int) { h.onOpen() }
	h.table.Empty = t("orders.card.none", nil)
	button := func(id string, kind widgets.Kind, act keys.ActionID) *widgets.Button {
		b := k.ActionButton(t(id, nil), kind, act)
		b.Height = widgets.Large
		return b
	}
	h.expand, h.approve, h.decline = button("orders.expand", widgets.Secondary, actExpand), button("orders.approve", widgets.Primary, actApprove), button("orders.decline", widgets.Secondary, actDecline)
	h.refund = button("orders.refund", widgets.Secondary, actRefund)
	h.open = k.KeyButton(t("orders.open", nil), widgets.Secondary, keys.Enter, h.onOpen)
	leave := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { h.d.Close() })
	h.open.Height, leave.Height = widgets.Large, widgets.Large
	plus := k.ActionButton(t("orders.card.add", nil), widgets.Secondary, actAdd)
	h.d = k.Dialog(widgets.DialogSpec{Name: "orders.history", Title: t("orders.card.title", nil), Subtitle: h.who.Name, Width: widgets.Wide, Height: 700, Fills: true,
		Body:   widgets.VBox(theme.GapCards, widgets.KeyBar(theme.GapSmall, plus), h.news, widgets.Grow(widgets.NewFlatCard(h.table))),
		Footer: widgets.Footer(theme.GapCards, leave, h.expand, h.open, h.refund, h.decline, h.approve)})
	h.draw()
}

func (h *history) load() {
	if h.env.Payments == nil {
		h.refuse(pos.E(pos.CodeUnavailable, "exchange.offline", nil))
		return
	}
	p, a := h.env.Payments, h.env.Actor
	c := manual.Choice{Customer: string(h.who.ID), Limit: 100}
	ids := make([]string, 0, len(h.opened))
	for id := range h.opened {
		ids = append(ids, id)
	}
	approval.Run(h.env, func(ctx context.Context) (f found, err error) {
		if f.loaded, err = load(ctx, p, a, c); err != nil {
			return f, err
		}
		for _, id := range ids {
			k, err := p.Order(ctx, a, id)
			if err != nil {
				return f, err
			}
			f.opened = append(f.opened, k)
		}
		return f, nil
	}, h.onLoaded)
}

// found is the list with the orders that are opened in it.
type found struct {
	loaded
	opened []manual.Kept
}

func (h *history) onLoaded(f found, err error) {
	if !h.d.Shown() {
		return
	}
	if err != nil {
		h.refuse(err)
		return
	}
	h.orders, h.merchants = f.page.Orders, f.merchants
	for i := range f.opened {
		h.opened[f.opened[i].ID] = &f.opened[i]
	}
	h.spread()
}

// spread lists the orders, with what happened under those that are opened.
func (h *history) spread() {
	at := h.table.Selected()
	h.lines = nil
	for i := range h.orders {
		h.lines = append(h.lines, line{order: &h.orders[i]})
		k := h.opened[h.orders[i].ID]
		if k == nil {
			continue
		}
		for n := range k.Events {
			h.lines = append(h.lines, line{order: &h.orders[i], event: &k.Events[len(k.Events)-1-n]})
		}
	}
	h.table.SetRows(len(h.lines))
	h.table.Select(max(at, 0))
	h.draw()
}

func (h *history) cell(i, col int) widgets.Cell {
	l := h.lines[i]
	o := l.order
	if e := l.event; e != nil {
		switch col {
		case 0:
			return widgets.Cell{Text: eventWord(h.env, e, o), Sub: eventMore(h.env, e), Dot: dot(e.To), Style: widgets.Muted}
		case 3:
			return widgets.Cell{Text: h.env.T("orders.state."+string(e.To), nil), Style: widgets.Muted}
		}
		return widgets.Cell{}
	}
	t := o.Terms()
	switch col {
	case 0:
		return widgets.Cell{Text: o.Text, Sub: h.env.Words.DateTime(o.Created)}
	case 1:
		return widgets.Cell{Text: o.Account}
	case 2:
		c := widgets.Cell{Text: sum(h.env, t.Price, t.Currency)}
		if o.Corrected() {
			c.Was = sum(h.env, o.Requested.Price, o.Requested.Currency)
		}
		return c
	}
	left, _ := deadline(h.env, o)
	return widgets.Cell{Text: stateWord(h.env, o), Chip: true, Tone: tone(o.State), Sub: left}
}

func (h *history) chosen() *manual.Order {
	if i := h.table.Selected(); i >= 0 && i < len(h.lines) {
		return h.lines[i].order
	}
	return nil
}

func (h *history) draw() {
	o := h.chosen()
	can := o != nil && !h.busy
	h.open.SetEnabled(o != nil)
	h.expand.SetEnabled(o != nil)
	h.approve.SetEnabled(can && o.State == manual.Open)
	h.decline.SetEnabled(can && o.State == manual.Open)
	h.refund.SetEnabled(can && o.Left() > 0)
	label := "orders.expand"
	if o != nil && h.opened[o.ID] != nil {
		label = "orders.fold"
	}
	h.expand.SetLabel(h.env.T(label, nil))
	h.d.Refresh()
	h.tell(nil)
}

// onExpand opens the chosen order, or folds it again.
func (h *history) onExpand() {
	o := h.chosen()
	if o == nil {
		return
	}
	if h.opened[o.ID] != nil {
		delete(h.opened, o.ID)
		h.spread()
		return
	}
	p, a, id := h.env.Payments, h.env.Actor, o.ID
	task.Run(h.env.Ctx, h.env.Runner, func(ctx context.Context) (manual.Kept, error) { return p.Order(ctx, a, id) }, func(k manual.Kept, err error) {
		if !h.d.Shown() {
			return
		}
		if err != nil {
			h.refuse(err)
			return
		}
		h.opened[id] = &k
		h.spread()
	})
}

func (h *history) onOpen() {
	if o := h.chosen(); o != nil {
		showOrder(h.env, o.ID, manual.AtCard, h.merchants, h.load)
	}
}

// onRule fills in what is confirmed.
func (h *history) onRule() {
	o := h.chosen()
	if o == nil || h.approve.Disabled() {
		return
	}
	rule(h.env, *o, merchantOf(h.merchants, o.Merchant), manual.AtCard, h.load)
}

func (h *history) onDecline() {
	o := h.chosen()
	if o == nil || h.decline.Disabled() {
		return
	}
	h.busy = true
	h.draw()
	seen, in, p, a := *o, manual.Ruling{Decision: manual.Decline, Version: o.Version, Where: manual.AtCard}, h.env.Payments, h.env.Actor
	name := h.names.of(h.env, seen.ID)
	approval.Run(h.env, func(ctx context.Context) (manual.Order, error) { return p.Decide(ctx, a, name, &seen, in) }, func(_ manual.Order, err error) {
		h.busy = false
		h.names.heard(seen.ID, err)
		if !h.d.Shown() {
			return
		}
		now := ui.CameTooLate(err)
		switch {
		case now != nil:
			h.news.Set(lost(h.env, err, now), widgets.Warn)
		case err != nil:
			h.draw()
			h.refuse(err)
			return
		default:
			h.news.Set("", widgets.Neutral)
		}
		h.load()
	})
}

func (h *history) onRefund() {
	o := h.chosen()
	if o == nil || h.refund.Disabled() {
		return
	}
	askRefund(h.env, *o, manual.AtCard, func(*manual.Order) { h.load() })
}

func (h *history) onAdd() {
	if h.env.Payments == nil {
		return
	}
	add(h.env, nil, h.who, manual.AtCard, func(o *manual.Order) {
		h.env.Kit.Toast(h.env.T("orders.added", pos.Args{"Text": o.Text}), widgets.Good)
		h.load()
	})
}

func (h *history) refuse(err error) {
	h.news.Set(h.env.Words.Error(err), toneOf(err))
	h.d.Refresh()
	h.tell(err)
}

func (h *history) tell(err error) {
	facts := []string{"customer", string(h.who.ID), "found", strconv.Itoa(len(h.orders)), "lines", strconv.Itoa(len(h.lines)), "news", h.news.Text(), "error", string(pos.CodeOf(err))}
	if o := h.chosen(); o != nil {
		facts = append(facts, "id", o.ID, "state", string(o.State))
	}
	h.env.Shown("orders.history", facts...)
}

// Newest are a customer's newest orders with all that happened to them.
func Newest(ctx context.Context, p ui.Payments, a pos.Actor, who pos.CustomerID, limit int) ([]manual.Kept, error) {
	got, err := p.Orders(ctx, a, manual.Choice{Customer: string(who), Limit: limit})
	if err != nil {
		return nil, err
	}
	kept := make([]manual.Kept, 0, len(got.Orders))
	for i := range got.Orders {
		k, err := p.Order(ctx, a, got.Orders[i].ID)
		if err != nil {
			return nil, err
		}
		kept = append(kept, k)
	}
	return kept, nil
}

// Indicator is the cell of a customer's history for a change of an order's state: what
// happened, when and to which order in the first column, its sum in the last.
func Indicator(env *ui.Env, e *manual.Event, o *manual.Order, col int) widgets.Cell {
	switch col {
	case 0:
		return widgets.Cell{Text: eventWord(env, e, o), Sub: env.Words.DateTime(e.At) + " · " + o.Text, Dot: dot(e.To)}
	case 2:
		terms := &o.Requested
		if e.Terms != nil {
			terms = e.Terms
		}
		return widgets.Cell{Text: sum(env, terms.Price, terms.Currency), Style: widgets.Muted}
	}
	return widgets.Cell{}
}
