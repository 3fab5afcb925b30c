// Package customerdisplay is what customers see on a window of their own: what
// is rung up and what it comes to, what is still to be paid, and their change.
// It takes no keys and knows nothing that is not the customer's business.
package customerdisplay

import (
	"image"
	"time"

	"fyne.io/fyne/v2"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/task"
)

// lingering is how long thanks stay when nobody comes next.
const lingering = 30 * time.Second

// Params are what a display stands on.
type Params struct {
	Timers task.Timers
	// Words speak the language of receipts.
	Words func() *words.Words
	// Shop is the shop's name.
	Shop func() string
	// Logo is the shop's, nil for none. It may be nil itself.
	Logo func() image.Image
	// Tapped hears that somebody touched the display; it may be nil.
	Tapped func()
}

// Display is the customer's side of the till. It is told what the cashier's
// windows show, and belongs to the window's goroutine. A nil Display, as in a
// shop without one, does nothing.
type Display struct {
	p     Params
	m     model
	board *board
	stop  func() // the end of thanks
	clock func()
}

// New makes a display; Content is what its window shows.
func New(p Params) *Display {
	d := &Display{p: p}
	d.board = newBoard(d)
	d.clock = p.Timers.Every(time.Second, d.onSecond)
	return d
}

// Content is what the window shows.
func (d *Display) Content() fyne.CanvasObject { return d.board }

// Close ends what runs behind the display.
func (d *Display) Close() {
	if d == nil {
		return
	}
	d.clock()
	d.forget()
}

// Scene is what is shown now; Idle for a nil Display.
func (d *Display) Scene() Scene {
	if d == nil {
		return Idle
	}
	return d.m.scene()
}

// Cheque shows what the sale screen shows.
func (d *Display) Cheque(v *till.ChequeView) {
	if d == nil {
		return
	}
	d.m.cheque(v)
	d.draw()
}

// Paying shows a cheque while it is paid, until Paid.
func (d *Display) Paying(v *till.ChequeView) {
	if d == nil {
		return
	}
	d.m.cheque(v)
	d.m.paying = true
	d.draw()
}

// Paid ends the payment, whichever way it went.
func (d *Display) Paid() {
	if d == nil {
		return
	}
	d.m.paying = false
	d.draw()
}

// Asking tells the customer that a code is waited for, until Asked. It is never
// told the code.
func (d *Display) Asking(op confirm.Operation) {
	if d == nil {
		return
	}
	d.m.coding = op
	d.draw()
}

// Asked ends the waiting for a code.
func (d *Display) Asked() {
	if d == nil {
		return
	}
	d.m.coding = ""
	d.draw()
}

// Sold thanks for a sale and shows the change.
func (d *Display) Sold(s *pos.Sale) {
	if d == nil {
		return
	}
	d.m.sold(s)
	d.linger()
}

// Returned shows what is given back for a return.
func (d *Display) Returned(sum money.Amount) {
	if d == nil {
		return
	}
	d.m.returned(sum)
	d.linger()
}

// Clear shows the shop alone: the till is locked.
func (d *Display) Clear() {
	if d == nil {
		return
	}
	d.forget()
	d.m = model{}
	d.draw()
}

// Refresh draws anew after the shop's settings changed.
func (d *Display) Refresh() {
	if d != nil {
		d.draw()
	}
}

func (d *Display) linger() {
	d.forget()
	d.stop = d.p.Timers.After(lingering, func() {
		d.m.thanks = ""
		d.draw()
	})
	d.draw()
}

func (d *Display) forget() {
	if d.stop != nil {
		d.stop()
		d.stop = nil
	}
}

// onSecond keeps the clock of the idle display right.
func (d *Display) onSecond(now time.Time) {
	if d.m.scene() == Idle && now.Second() == 0 {
		d.draw()
	}
}

func (d *Display) draw() { d.board.Refresh() }
