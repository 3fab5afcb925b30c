package shell

import (
	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/payment"
	"kassa/ui/receipts"
	"kassa/ui/task"
	"kassa/ui/widgets"
)

// showReturns changes to the return mode.
func (s *Shell) showReturns() {
	if s.sale != nil && s.shown != screen(s.returns) {
		s.show(s.returns)
	}
}

// backToSale changes back to selling.
func (s *Shell) backToSale() {
	if s.sale != nil && s.shown != screen(s.sale) {
		s.show(s.sale)
	}
}

// onReturned goes on after a return was stored: the drawer for cash, the slip.
func (s *Shell) onReturned(r *pos.Return) {
	s.backToSale()
	s.Env.Display.Returned(r.Total)
	if r.OutOfDrawer() > 0 {
		s.Env.Print.Drawer()
	}
	if s.sale != nil {
		receipts.ShowReturn(s.Env, r, nil, s.refresh)
	}
}

// pay opens the payment of the cheque on the screen.
func (s *Shell) pay(v *till.ChequeView) {
	if v.Cheque.Exchange() == nil {
		payment.Open(s.Env, v, s.onPaid)
		return
	}
	s.exchange(func(back *till.ReturnView) { payment.OpenExchange(s.Env, back.Exchange, back, s.onExchanged) })
}

// payByCard takes all that is due by card.
func (s *Shell) payByCard(v *till.ChequeView) {
	if v.Cheque.Exchange() == nil {
		payment.CardExact(s.Env, v, s.onPaid)
		return
	}
	s.exchange(func(back *till.ReturnView) { payment.CardExactExchange(s.Env, back.Exchange, back, s.onExchanged) })
}

// exchange runs f with the exchange as it stands now.
func (s *Shell) exchange(f func(*till.ReturnView)) {
	task.Run(s.Env.Ctx, s.Env.Runner, s.Env.Till.OpenReturn, func(back *till.ReturnView, err error) {
		switch {
		case s.sale == nil:
		case err != nil:
			s.Env.Kit.Toast(s.Env.Words.Error(err), widgets.Bad)
		case back.Exchange == nil:
			s.refresh() // given up meanwhile
		default:
			f(back)
		}
	})
}

// onExchanged goes on after the payment of an exchange was left: with both
// documents stored, or back to the goods.
func (s *Shell) onExchanged(r *pos.Return, sold *pos.Sale) {
	s.refresh()
	if r == nil || sold == nil {
		return
	}
	if sold.TakesCash() || r.OutOfDrawer() > 0 {
		s.Env.Print.Drawer()
	}
	if s.sale != nil {
		receipts.ShowReturn(s.Env, r, sold, s.refresh)
	}
}
