// Package sale is the till's main screen: what is scanned or typed becomes a
// cheque, the customer and the total stand beside it, and everything that can
// be done with either is a key and a button.
package sale

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/next"
	"kassa/ui/quick"
	"kassa/ui/sound"
	"kassa/ui/task"
)

// Hooks are what the sale screen leaves to others. Any may be nil. Whoever
// changes the cheque calls Refresh afterwards.
type Hooks struct {
	Pay, CardExact, Points                                                    func(*till.ChequeView)
	FindCustomer, Drawer, XReport, CloseShift, OpenShift, Menu, Keys, Palette func()
	Lock                                                                      func()
	Customer                                                                  func(pos.CustomerID)                        // a customer's card
	NewGoods                                                                  func(code string, stored func(pos.Product)) // the card of new goods
	Prints                                                                    func()                                      // the list of slips that did not come out
	Return                                                                    func()                                      // the return mode
	Next                                                                      *next.Card                                  // what a new shop has yet to do
	// Ready finishes the sale that a manual payment has paid meanwhile; false where
	// there is none. Waiting finishes one that was set aside for it.
	Ready   func() bool
	Waiting func(id pos.SaleID, refused func(error))
}

// Screen is the sale screen. It belongs to the window's goroutine.
type Screen struct {
	env   *ui.Env
	h     Hooks
	m     model
	steps steps
	look  search
	v     *view
	scope *keys.Scope
	// places are the goods of the board in the order they were first shown.
	places []pos.ProductID
}

// New builds the screen; nothing is loaded until Activate.
func New(env *ui.Env, h Hooks) *Screen {
	s := &Screen{env: env, h: h}
	s.m = newModel()
	s.steps = steps{env: env}
	s.look = search{latest: task.NewLatest(env.Runner)}
	DefineKeys(env.Kit.Keys)
	quick.DefineKeys(env.Kit.Keys)
	s.v = newView(s)
	s.show(all)
	return s
}

// Content is what the window shows.
func (s *Screen) Content() fyne.CanvasObject { return s.v.root }

// View is the cheque as it was last shown, never nil.
func (s *Screen) View() *till.ChequeView { return s.m.view }

// Activate takes the keys, gives the focus to the scan field and loads.
func (s *Screen) Activate() {
	if s.scope == nil {
		s.scope = s.env.Kit.Keys.Push("sale")
		s.bindKeys(s.scope)
		s.steps.start()
	}
	s.env.Kit.ToastOver = s.v.lines
	s.v.field.Focus()
	s.Refresh()
}

// Deactivate gives the keys back.
func (s *Screen) Deactivate() {
	s.env.Kit.ToastOver = nil
	s.closeSearch()
	s.steps.stop()
	if s.v.quick != nil {
		s.v.quick.Stop()
	}
	if s.scope != nil {
		s.scope.Pop()
		s.scope = nil
	}
}

// around is what the screen shows beside the cheque.
type around struct {
	shift  *pos.Shift // nil while none is open
	parked int
	stock  map[pos.ProductID]money.Quantity
	kept   bool             // the shop counts its stock
	back   *till.ReturnView // an exchange under way, nil without
	open   bool             // a return is open, without an exchange
	next   *next.Facts      // nil where nothing is told
}

// Refresh loads everything anew, after somebody else changed something.
func (s *Screen) Refresh() {
	if s.v.quick != nil {
		s.v.quick.Load()
	}
	var got around
	s.steps.add(step{
		work: func(ctx context.Context) (*till.ChequeView, error) {
			v, err := s.env.Till.Cheque(ctx)
			if err == nil {
				got, err = s.loadAround(ctx, v)
			}
			return v, err
		},
		after: func(v *till.ChequeView, err error) {
			if err != nil {
				s.fail(err)
				return
			}
			s.m.shift, s.m.parked, s.m.stock, s.m.back = got.shift, got.parked, got.stock, got.back
			s.m.kept, s.m.next = got.kept, s.h.Next.Show(got.next)
			s.apply(v, keepSelection)
			if got.open && s.h.Return != nil {
				s.h.Return() // it survived the end of the program, or its goods were dropped
			}
		},
	})
}

func (s *Screen) loadAround(ctx context.Context, v *till.ChequeView) (around, error) {
	var a around
	sh, err := s.env.Till.Shift(ctx)
	if err != nil && pos.CodeOf(err) != pos.CodeNotFound {
		return a, err
	}
	a.shift = sh
	parked, err := s.env.Till.Parked(ctx)
	if err != nil {
		return a, err
	}
	a.parked = len(parked)
	ret, err := s.env.Till.OpenReturn(ctx)
	if err != nil {
		return a, err
	}
	if ret.Exchange != nil {
		a.back = ret
	}
	a.open = ret.Draft.ID != "" && ret.Exchange == nil
	if a.next, err = s.h.Next.Load(ctx); err != nil {
		return a, err
	}
	if a.kept, err = s.env.Till.StockKept(ctx); err != nil {
		return a, err
	}
	a.stock, err = s.env.Till.StockOf(ctx, products(v))
	return a, err
}

// apply shows a cheque the till answered with.
func (s *Screen) apply(v *till.ChequeView, sel selection) {
	if lost := s.m.revoked(v); lost != "" {
		s.m.notice = notice{id: lost, tone: warn}
	}
	ended := s.m.back != nil && v.Cheque.Exchange() == nil
	s.show(s.m.setCheque(v, sel))
	s.askStock()
	if ended { // the goods of the exchange are gone, the return is open still
		s.m.back = nil
		s.Refresh()
	}
}

// askStock learns what the shelf holds of goods that are new in the cheque.
func (s *Screen) askStock() {
	missing := s.m.withoutStock()
	if len(missing) == 0 {
		return
	}
	task.Run(s.env.Ctx, s.env.Runner,
		func(ctx context.Context) (map[pos.ProductID]money.Quantity, error) {
			return s.env.Till.StockOf(ctx, missing)
		}, s.onStock)
}

func (s *Screen) onStock(stock map[pos.ProductID]money.Quantity, err error) {
	if err != nil || s.scope == nil {
		return // a quiet hint only; the operation itself told what is wrong
	}
	s.show(s.m.setStock(stock))
}

// fail shows a refusal until the next scan or successful change.
func (s *Screen) fail(err error) {
	if id := idOf(err); id == "shift.closed" {
		s.m.shift = nil
	}
	s.m.notice = notice{err: err, tone: bad}
	s.show(change{})
}

// edit changes the cheque as the next step and shows an error above it.
func (s *Screen) edit(work workFunc, sel selection) {
	s.steps.add(step{work: work, after: func(v *till.ChequeView, err error) {
		if err != nil {
			s.env.Sound.Play(sound.Error)
			s.fail(err)
			return
		}
		s.changed(v, sel)
	}})
}

// changed shows a cheque after a change that worked.
func (s *Screen) changed(v *till.ChequeView, sel selection) {
	s.m.notice = notice{}
	s.apply(v, sel)
}

// soon runs f when all steps before it are done, so that a key pressed right
// after a scan sees the scanned goods.
func (s *Screen) soon(f func()) { s.steps.add(step{before: func() bool { f(); return false }}) }

func (s *Screen) now() time.Time { return s.env.Kit.Timers.Now() }

func (s *Screen) t(id string, args pos.Args) string { return s.env.T("sale."+id, args) }
