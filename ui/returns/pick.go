package returns

import (
	"context"
	"strings"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

// onEnter does what the blue button says, or takes what was typed.
func (s *Screen) onEnter() {
	if !s.m.picking() {
		s.onEnterFinding()
		return
	}
	if text := strings.TrimSpace(s.v.field.Text()); text != "" {
		s.onTyped(text)
		return
	}
	s.soon(s.onBlue)
}

func (s *Screen) onBlue() {
	switch s.m.blue() {
	case blueOpen:
		s.onEnterFinding()
	case bluePick:
		l := *s.m.line()
		s.setLine(l, l.Left)
	case blueFinish:
		s.settle()
	case blueGoods:
		s.leave()
	case blueTyped, blueTake: // onEnter took what was typed
	case blueNone:
		if s.m.picking() {
			s.fail(pos.E(pos.CodeConflict, "return.empty", nil))
		}
	}
}

// onTyped takes a number as the quantity of the selected line of a receipt, and
// everything else as goods.
func (s *Screen) onTyped(text string) {
	s.clear()
	qty, err := money.ParseQuantity(text)
	if err != nil || s.m.view.Sale == nil {
		s.pick(text)
		return
	}
	s.soon(func() {
		l := s.m.line()
		if l == nil {
			s.pick(text)
			return
		}
		if qty <= l.Left {
			s.setLine(*l, qty)
			return
		}
		s.pickOr(text, func() { s.setLine(*l, qty) })
	})
}

// onScan takes a scan: a receipt while a sale is looked for, goods after that.
func (s *Screen) onScan(before, code string) {
	s.clear()
	if strings.HasSuffix(before, "*") || strings.HasSuffix(before, "×") {
		code = before + code
	}
	s.soon(func() {
		if s.m.picking() {
			s.pick(code)
			return
		}
		s.start(till.FindSale{Code: code}, code)
	})
}

// pick adds goods by their code or name.
func (s *Screen) pick(code string) { s.pickOr(code, nil) }

// pickOr is pick; unknown goods are left to otherwise, unless that is nil.
func (s *Screen) pickOr(code string, otherwise func()) { s.pickGiven(code, given{}, otherwise) }

// given is what was asked about goods without a receipt.
type given struct {
	qty   money.Quantity
	price *money.Amount
}

func (s *Screen) pickGiven(code string, g given, otherwise func()) {
	a := s.env.Actor
	s.queue.add(job{
		work: func(ctx context.Context) (*till.ReturnView, error) {
			return s.env.Till.ReturnScan(ctx, a, code, g.qty, g.price)
		},
		after: func(v *till.ReturnView, err error) {
			switch id := errorID(err); {
			case err == nil:
				s.picked(v)
			case otherwise != nil && id == "scan.unknown":
				otherwise()
			case id == "scan.price-needed", id == "scan.quantity-needed":
				p, ok := argOf[pos.Product](err, "Product")
				switch {
				case !ok:
					s.fail(err)
				case id == "scan.price-needed":
					s.askPrice(code, g, p)
				default:
					s.askWeight(code, g, p)
				}
			case id == "scan.unknown":
				s.chooseGoods(code, nil, err)
			case id == "scan.several":
				found, _ := argOf[[]pos.Product](err, "Products")
				s.chooseGoods(code, found, err)
			default:
				s.fail(err)
			}
		},
	})
}

// picked shows a return into which goods were scanned, with their line selected.
func (s *Screen) picked(v *till.ReturnView) {
	if was := s.m.view; was != nil && v.Sale != nil {
		for i := range v.Lines {
			if i < len(was.Lines) && v.Lines[i].Pick != was.Lines[i].Pick {
				s.m.selected = v.Lines[i].No
			}
		}
	}
	s.onEdited(v, nil)
}

// setLine says how much of a line comes back.
func (s *Screen) setLine(l till.ReturnLineView, qty money.Quantity) {
	s.setWhole(l, qty, s.m.reasonOf(&l), l.Restock)
}

func (s *Screen) setWhole(l till.ReturnLineView, qty money.Quantity, reason string, restock bool) {
	a := s.env.Actor
	s.edit(func(ctx context.Context) (*till.ReturnView, error) {
		return s.env.Till.ReturnLine(ctx, a, l.No, qty, reason, restock)
	})
}

// withLine runs f with the selected line once all that was begun before is done.
func (s *Screen) withLine(f func(till.ReturnLineView)) {
	s.soon(func() {
		if l := s.m.line(); l != nil {
			f(*l)
			return
		}
		s.say("returns.no-line")
	})
}

func (s *Screen) onStep(by int) {
	s.withLine(func(l till.ReturnLineView) {
		bound := s.m.view.Sale != nil
		qty := stepped(&l, by, bound)
		if qty == l.Pick && by > 0 { // let the till say that there is no more
			qty = l.Pick + money.One
		}
		if qty != l.Pick {
			s.setLine(l, qty)
		}
	})
}

func (s *Screen) onDrop() {
	s.withLine(func(l till.ReturnLineView) {
		if l.Pick > 0 {
			s.setLine(l, 0)
		}
	})
}

// onShelf turns over whether the goods of a line go back to the shelf.
func (s *Screen) onShelf() {
	s.withLine(func(l till.ReturnLineView) {
		if l.Pick == 0 {
			s.say("returns.pick-first")
			return
		}
		s.setWhole(l, l.Pick, l.Reason, !l.Restock)
	})
}

func (s *Screen) onAll() {
	a := s.env.Actor
	s.soon(func() {
		reason := s.m.reason
		s.edit(func(ctx context.Context) (*till.ReturnView, error) { return s.env.Till.ReturnAll(ctx, a, reason, true) })
	})
}

// onFinish goes on to where the money goes.
func (s *Screen) onFinish() {
	s.soon(func() {
		switch {
		case !s.m.chosen():
			s.fail(pos.E(pos.CodeConflict, "return.empty", nil))
		case s.m.exchanging():
			s.leave()
		default:
			s.settle()
		}
	})
}

// onExchange begins to take goods in exchange, or goes on with it.
func (s *Screen) onExchange() {
	s.soon(func() {
		switch {
		case s.m.exchanging():
			s.leave()
		case !s.m.chosen():
			s.fail(pos.E(pos.CodeConflict, "return.empty", nil))
		case s.m.why() == "":
			s.askReason(s.exchange)
		default:
			s.exchange()
		}
	})
}

func (s *Screen) exchange() {
	a := s.env.Actor
	s.queue.add(job{
		work: func(ctx context.Context) (*till.ReturnView, error) { return s.env.Till.StartExchange(ctx, a) },
		after: func(v *till.ReturnView, err error) {
			s.onEdited(v, err)
			if err == nil {
				s.leave()
			}
		},
	})
}

// leave goes to the sale screen.
func (s *Screen) leave() {
	if s.h.Back != nil {
		s.h.Back()
	}
}

// onBack goes back to the sale screen; a return that was begun is asked about.
func (s *Screen) onBack() {
	s.soon(func() {
		switch {
		case !s.m.picking() || s.m.exchanging():
			s.leave()
		case !s.m.chosen():
			s.abandon(s.leave)
		default:
			s.askAbandon()
		}
	})
}

// onEsc takes back what is half done, one thing at a time: what was typed, the
// notice, the choice of the sale, the mode.
func (s *Screen) onEsc() {
	switch {
	case s.v.field.Text() != "":
		s.onField()
	case s.m.notice != (notice{}):
		s.m.notice = notice{}
		s.v.showNotice()
		s.report()
	case s.m.picking() && !s.m.chosen() && !s.m.exchanging():
		s.abandon(func() {})
	default:
		s.onBack()
	}
}

func (s *Screen) onField() {
	s.clear()
	s.v.field.Focus()
	if !s.m.picking() {
		s.search("")
		return
	}
	s.report()
}

func (s *Screen) onAbandon() { s.soon(s.askAbandon) }

// abandon drops the return.
func (s *Screen) abandon(then func()) {
	a := s.env.Actor
	s.queue.add(job{
		work: func(ctx context.Context) (*till.ReturnView, error) {
			if err := s.env.Till.AbandonReturn(ctx, a); err != nil && errorID(err) != "return.none" {
				return nil, err
			}
			return &till.ReturnView{}, nil
		},
		after: func(v *till.ReturnView, err error) {
			s.onEdited(v, err)
			if err == nil {
				then()
			}
		},
	})
}

// dropExchange takes nothing in exchange after all.
func (s *Screen) dropExchange() {
	a := s.env.Actor
	s.edit(func(ctx context.Context) (*till.ReturnView, error) { return s.env.Till.DropExchange(ctx, a) })
}
