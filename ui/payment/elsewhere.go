package payment

import (
	"context"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/approval"
	"kassa/ui/waiting"
	"kassa/ui/widgets"
)

// This file is what the window does with manual payments: they are no money before
// somebody elsewhere allowed them.

// open is the first manual payment of the cheque that does not pay it, nil for none.
func (m *model) open() *till.AwaitedView {
	for i := range m.view.Awaited {
		if v := &m.view.Awaited[i]; v.Standing != manual.Pays {
			return v
		}
	}
	return nil
}

// awaited is the one to speak of: while manual payments are chosen, and where
// nothing else keeps the sale from being finished.
func (m *model) awaited() *till.AwaitedView {
	if m.method == pos.Manual || m.view.Totals.Due == 0 {
		return m.open()
	}
	return nil
}

// takes is an approved manual payment the cashier may take as it is, nil for none.
func (m *model) takes() *till.AwaitedView {
	if v := m.awaited(); v != nil && v.Standing == manual.Differs && v.Takable(m.set.Currency) {
		return v
	}
	return nil
}

// room is how much of the cheque such a payment could pay.
func (m *model) room(v *till.AwaitedView) money.Amount {
	return m.view.Totals.Total.Sub(m.view.Totals.Paid.Sub(v.Amount))
}

// last is what Enter does once nothing is due and no code is waited for.
func (m *model) last() step {
	switch v := m.open(); {
	case v == nil:
		return finishStep
	case v.Standing == manual.Waits:
		return awaitStep
	}
	return noStep
}

// elsewhere says how a manual payment stands.
func (m *model) elsewhere(v *till.AwaitedView) phrase {
	if v.Standing == manual.Differs {
		tone := widgets.Warn
		if !v.Takable(m.set.Currency) {
			tone = widgets.Bad
		}
		return phrase{err: v.Why, tone: tone}
	}
	p := waiting.Says(v)
	if v.Standing == manual.Waits {
		p.ID = "waiting.here"
	}
	return phrase{id: p.ID, args: p.Args, tone: widgets.Info}
}

// decided is what stands beside the tender of a manual payment.
func (m *model) decided(order string, r row) row {
	r.id, r.tone = "payment.row.asked", widgets.Warn
	for i := range m.view.Awaited {
		v := &m.view.Awaited[i]
		switch {
		case v.Order != order:
		case v.Standing == manual.Pays:
			r.id, r.tone = "payment.row.approved", widgets.Good
		case v.Standing == manual.Differs:
			r.id = "payment.row.differs"
		}
	}
	return r
}

// onAsked goes on after a manual payment was asked for: the cheque is set aside, and
// the window leaves it.
func (w *window) onAsked(asked *manual.Awaited) {
	if asked == nil {
		w.reload()
		return
	}
	w.d.Close()
	w.done(nil)
}

// onTake takes an approved payment though something is not as it was asked.
func (w *window) onTake() {
	v := w.m.takes()
	if v == nil {
		return
	}
	a, order := w.env.Actor, v.Order
	w.start()
	approval.Run(w.env, func(ctx context.Context) (*till.ChequeView, error) { return w.env.Till.TakeManual(ctx, a, order) },
		func(v *till.ChequeView, err error) {
			if err == nil {
				w.m.method = usual
			}
			w.onChanged(v, err, false)
		})
}

// onAwait sets the cheque aside once more.
func (w *window) onAwait() {
	a := w.env.Actor
	w.start()
	approval.Run(w.env, func(ctx context.Context) (*till.ChequeView, error) { return w.env.Till.Park(ctx, a, "") },
		func(_ *till.ChequeView, err error) {
			w.m.busy = false
			switch {
			case !w.d.Shown():
			case err != nil:
				w.refuse(err)
			default:
				w.d.Close()
				w.done(nil)
			}
		})
}
