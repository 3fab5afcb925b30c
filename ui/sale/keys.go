package sale

import (
	"kassa/ui/keys"
	"kassa/ui/quick"
)

// The actions of the sale screen. Their names are permanent: a shop's own keys
// are stored under them.
const (
	actPay            keys.ActionID = "sale.pay"
	actCard           keys.ActionID = "sale.card"
	actField          keys.ActionID = "sale.field"
	actCatalogue      keys.ActionID = "sale.catalogue"
	actCustomer       keys.ActionID = "sale.customer"
	actNobody         keys.ActionID = "sale.nobody"
	actPark           keys.ActionID = "sale.park"
	actParked         keys.ActionID = "sale.parked"
	actPoints         keys.ActionID = "sale.points"
	actCoupons        keys.ActionID = "sale.coupons"
	actDrawer         keys.ActionID = "sale.drawer"
	actDiscount       keys.ActionID = "sale.discount"
	actChequeDiscount keys.ActionID = "sale.cheque-discount"
	actMore           keys.ActionID = "sale.more"
	actLess           keys.ActionID = "sale.less"
	actQty            keys.ActionID = "sale.qty"
	actPrice          keys.ActionID = "sale.price"
	actNewGoods       keys.ActionID = "sale.new-goods"
	actRemove         keys.ActionID = "sale.remove"
	actCancel         keys.ActionID = "sale.cancel"
	actXReport        keys.ActionID = "sale.x"
	actShift          keys.ActionID = "sale.shift"
	actWhy            keys.ActionID = "sale.why"
	actReturn         keys.ActionID = "sale.return"

	actArrange    keys.ActionID = "sale.tiles.arrange"
	actTileColour keys.ActionID = "sale.arrange.colour"
	actUsualTiles keys.ActionID = "sale.arrange.usual"
	actSaveTiles  keys.ActionID = "sale.arrange.save"

	// These belong to the window, which names them.
	actMenu   keys.ActionID = "menu"
	actKeys   keys.ActionID = "keys"
	actLock   keys.ActionID = "lock"
	actFind   keys.ActionID = "palette"
	actPrints keys.ActionID = "sale.prints"
)

// DefineKeys names the actions of the sale screen.
func DefineKeys(r *keys.Router) {
	for _, a := range []struct {
		id  keys.ActionID
		key keys.Key
	}{
		{actField, "F2"}, {actCatalogue, keys.Home}, {actCustomer, "F3"}, {actNobody, "Shift+F3"},
		{actPark, "F4"}, {actParked, "F5"}, {actPoints, "F6"}, {actCoupons, "Shift+F6"}, {actDrawer, "F7"},
		{actDiscount, "F8"}, {actChequeDiscount, "Shift+F8"},
		{actMore, "+"}, {actLess, "-"}, {actQty, "*"}, {actPrice, "Ctrl+P"}, {actNewGoods, "Ctrl+N"},
		{actRemove, keys.Del}, {actCancel, "Ctrl+Del"},
		{actPay, "F9"}, {actCard, "Ctrl+Enter"}, {actXReport, "F11"}, {actShift, "F12"}, {actWhy, "Shift+F1"}, {actReturn, keys.PgUp},
	} {
		r.Define(keys.Action{ID: a.id, Label: "key." + string(a.id), Key: a.key})
	}
	r.Define(
		keys.Action{ID: actArrange, Label: "key.sale.tiles.arrange", Key: "F4", Place: "sale.tiles"},
		keys.Action{ID: actTileColour, Label: "key.sale.arrange.colour", Key: "F8", Place: "sale.arrange"},
		keys.Action{ID: actUsualTiles, Label: "key.sale.arrange.usual", Key: "F6", Place: "sale.arrange"},
		keys.Action{ID: actSaveTiles, Label: "key.sale.arrange.save", Key: "Ctrl+S", Place: "sale.arrange"},
		keys.Action{ID: actMenu, Label: "key.menu", Key: "F10"},
		keys.Action{ID: actKeys, Label: "key.keys", Key: "F1"},
		keys.Action{ID: actFind, Label: "key.palette", Key: "Ctrl+K"},
		keys.Action{ID: actPrints, Label: "key.prints", Key: "Ctrl+O"},
		keys.Action{ID: actLock, Label: "key.lock", Key: "Ctrl+L"})
}

func (s *Screen) bindKeys(sc *keys.Scope) {
	sc.Home = s.v.field.Focusable()
	sc.Empty = func() bool { return s.v.field.Text() == "" }
	sc.OnScan = func(code string) { s.onScan("", code) }

	sc.BindKey(keys.Enter, s.onEnter)
	sc.BindKey(keys.Esc, s.onEsc)
	sc.BindKey(keys.Up, func() { s.onArrow(-1) }, keys.Repeating())
	sc.BindKey(keys.Down, func() { s.onArrow(1) }, keys.Repeating())

	sc.Bind(actField, s.onField)
	sc.Bind(actPay, s.onPay)
	sc.Bind(actCard, s.onCard)
	sc.Bind(actCatalogue, s.openBoard, keys.WhenEmpty())
	sc.Bind(actCustomer, func() { s.hand(s.h.FindCustomer) })
	sc.Bind(actNobody, s.onNobody)
	sc.Bind(actPark, func() { s.soon(s.askPark) })
	sc.Bind(actParked, func() { s.soon(s.openParked) })
	sc.Bind(actPoints, s.onPoints)
	sc.Bind(actCoupons, func() { s.soon(s.openCoupons) })
	sc.Bind(actDrawer, func() { s.hand(s.h.Drawer) })
	sc.Bind(actDiscount, func() { s.soon(func() { s.askDiscount(ofLine) }) })
	sc.Bind(actChequeDiscount, func() { s.soon(func() { s.askDiscount(ofCheque) }) })
	sc.Bind(actMore, func() { s.onStep(1) }, keys.WhenEmpty(), keys.Repeating())
	sc.Bind(actLess, func() { s.onStep(-1) }, keys.WhenEmpty(), keys.Repeating())
	sc.Bind(actQty, func() { s.soon(s.askQty) }, keys.WhenEmpty())
	sc.Bind(actPrice, func() { s.soon(s.askPrice) })
	sc.Bind(actNewGoods, s.onNewGoods, keys.When(s.offersNewGoods))
	sc.Bind(actRemove, func() { s.soon(s.askRemove) }, keys.WhenEmpty())
	sc.Bind(actCancel, func() { s.soon(s.askCancel) })
	sc.Bind(actXReport, func() { s.hand(s.h.XReport) })
	sc.Bind(actShift, s.onShift)
	sc.Bind(actWhy, func() { s.soon(s.openWhy) })
	sc.Bind(actReturn, s.onReturn)
	sc.Bind(actMenu, func() { s.hand(s.h.Menu) })
	sc.Bind(actKeys, func() { s.hand(s.h.Keys) })
	sc.Bind(actFind, func() { s.hand(s.h.Palette) })
	sc.Bind(actPrints, func() { s.hand(s.h.Prints) })
	if q := s.v.quick; q != nil {
		sc.Bind(quick.ActMore, q.Turn)
		sc.Bind(quick.ActShelf, func() { q.Step(1) })
		sc.Bind(quick.ActBack, func() { q.Step(-1) })
	}
	s.h.Next.Bind(sc)
	sc.Bind(actLock, func() { s.hand(s.h.Lock) }, keys.Always())
}

// hand leaves the screen to somebody else once all that was typed is done.
func (s *Screen) hand(f func()) {
	if f != nil {
		s.soon(f)
	}
}

// onField clears the scan field and puts the focus there.
func (s *Screen) onField() {
	s.clearField()
	s.v.field.Focus()
	s.report()
}

// onEsc takes back what is half done: the list, what was typed, the notice.
func (s *Screen) onEsc() {
	switch {
	case s.v.field.Text() != "" || s.look.open:
		s.clearField()
	default:
		s.m.notice = notice{}
	}
	s.v.field.Focus()
	s.show(change{})
}

func (s *Screen) onArrow(by int) {
	if s.look.open {
		s.moveSearch(by)
		return
	}
	s.v.table.Step(by)
}

// onPay does what the blue button says.
func (s *Screen) onPay() {
	s.soon(func() {
		switch s.m.blue(s.now()) {
		case openShift, closeStale:
			s.onShift()
		default:
			if s.m.live() == 0 && s.m.back == nil && s.h.Ready != nil && s.h.Ready() {
				return
			}
			if s.m.live() == 0 && (len(s.m.view.Cheque.Tenders) == 0 || s.m.back != nil) {
				s.m.notice = notice{id: "empty-pay"}
				s.show(change{})
				return
			}
			if s.h.Pay != nil {
				s.h.Pay(s.m.view)
			}
		}
	})
}

// onPoints asks for points, of a cheque that has something to spend them on.
func (s *Screen) onPoints() {
	s.soon(func() {
		if s.m.live() == 0 {
			s.m.notice = notice{id: "empty-cheque"}
			s.show(change{})
			return
		}
		if s.h.Points != nil {
			s.h.Points(s.m.view)
		}
	})
}

func (s *Screen) onCard() {
	s.soon(func() {
		if s.m.live() == 0 || s.m.blue(s.now()) != pay {
			s.onPay()
			return
		}
		if s.h.CardExact != nil {
			s.h.CardExact(s.m.view)
		}
	})
}

// onShift opens a shift when none is open, and closes the open one.
func (s *Screen) onShift() {
	s.soon(func() {
		f := s.h.CloseShift
		if s.m.shift == nil {
			f = s.h.OpenShift
		}
		if f != nil {
			f()
		}
	})
}
