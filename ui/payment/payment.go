// Package payment is the window in which a cheque is paid: in cash, by card,
// transfer, points and credit, in any mix.
package payment

import (
	"context"
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/certificates"
	"kassa/ui/code"
	"kassa/ui/credit"
	"kassa/ui/keys"
	"kassa/ui/points"
	"kassa/ui/sound"
	"kassa/ui/task"
	"kassa/ui/waiting"
	"kassa/ui/widgets"
)

// window is the dialog over a model.
type window struct {
	env   *ui.Env
	m     model
	x     *exchange // nil for an ordinary cheque
	done  func(*pos.Sale)
	d     *widgets.Dialog
	parts parts
	cool  func() // ends the pause after a code
	// scans are codes that wait for their turn; asking tells that one is asked about.
	scans  []string
	asking bool
	wrote  wrote
}

// wrote is what the window itself last put into the field: as the model has it, and
// as it is shown.
type wrote struct {
	text, shown string
	typed       bool
}

// Open shows the payment of the cheque on the screen. done is called when the
// window is left on purpose: with the stored sale, or with nil when the cashier
// went back to the cheque, whose payments so far stay.
func Open(env *ui.Env, v *till.ChequeView, done func(*pos.Sale)) { open(env, v, done) }

// CardExact takes all that is due by card and finishes the sale. The payment
// window shows meanwhile, and stays with the reason when that was refused.
func CardExact(env *ui.Env, v *till.ChequeView, done func(*pos.Sale)) {
	open(env, v, done).onCardExact()
}

func open(env *ui.Env, v *till.ChequeView, done func(*pos.Sale)) *window {
	w := &window{env: env, done: done}
	w.open(v)
	return w
}

func (w *window) open(v *till.ChequeView) {
	env := w.env
	DefineKeys(env.Kit.Keys)
	w.m = model{set: env.Till.Settings(), actor: env.Actor, method: usual}
	w.m.take(v, false)
	w.m.mark(w.now())
	w.build()
	w.d.OnClosed = w.onClosed
	w.showText()
	w.draw()
	w.d.Show(w.parts.field.Focusable(), w.bind)
	w.parts.field.Select()
	w.draw()
	w.tell()
}

// DefineKeys names the actions of the payment window.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: "payment.card-exact", Label: "key.payment.card-exact", Key: "Ctrl+Enter"},
		keys.Action{ID: "payment.remove", Label: "key.payment.remove", Key: "Del"},
	)
}

func (w *window) bind(s *keys.Scope) {
	s.Home = w.parts.field.Focusable()
	s.BindKey(keys.Enter, w.onPrimary)
	s.OnScan = w.onScan
	for i, method := range pos.Methods {
		s.BindKey(methodKey(i), func() { w.onMethod(method) })
	}
	s.BindKey(keys.Down, func() { w.onStep(1) }, keys.Repeating())
	s.BindKey(keys.Up, func() { w.onStep(-1) }, keys.Repeating())
	s.Bind("payment.card-exact", w.onCardExact)
	s.Bind("payment.remove", w.onRemove, keys.When(func() bool { return !w.m.typed && w.m.removable() }))
}

func (w *window) now() time.Time { return w.env.Kit.Timers.Now() }

// onMethod chooses a tender; those that ask for more than a sum open their own
// window at once.
func (w *window) onMethod(method pos.Method) {
	if w.m.busy {
		return
	}
	w.choose(method)
	if asking[method] == "" {
		return
	}
	now := w.now()
	if w.m.next(now) == asking[method] || code.Pending(w.m.view, method, now) != nil {
		w.onPrimary()
	}
}

// onStep walks along the tenders without opening anything.
func (w *window) onStep(by int) {
	if w.m.busy {
		return
	}
	for i, method := range pos.Methods {
		if next := i + by; method == w.m.method && next >= 0 && next < len(pos.Methods) {
			w.choose(pos.Methods[next])
			return
		}
	}
}

func (w *window) choose(method pos.Method) {
	w.m.choose(method)
	w.showText()
	w.draw()
	w.tell()
}

// onTyped takes over what stands in the field. A scan that ran into it is taken out
// again: what the till proposed is then its proposal as before, and no sum of the
// cashier's with which nothing would be missing.
func (w *window) onTyped() {
	w.m.text = w.parts.field.Text()
	w.m.typed = w.m.text != ""
	if w.m.text == w.wrote.shown {
		w.m.text, w.m.typed = w.wrote.text, w.wrote.typed
	}
	w.m.failed, w.m.said = nil, phrase{}
	w.draw()
	w.tell()
}

// onQuick takes a round sum into the field, of what gives change.
func (w *window) onQuick(sum money.Amount) {
	if w.m.busy || w.m.view.Totals.Due == 0 {
		return
	}
	w.m.method, w.m.failed = pos.ChangeMethod, nil
	w.m.text, w.m.typed = sum.String(), true
	w.showText()
	w.draw()
	w.tell()
}

func (w *window) onPrimary() {
	switch now := w.now(); w.m.next(now) {
	case acceptStep:
		w.onAccept()
	case pointsStep:
		points.Ask(w.env, w.m.view, w.reload)
	case creditStep:
		credit.Register(w.env, w.m.view, w.m.owed(), w.reload)
	case certificateStep:
		certificates.Pay(w.env, w.m.view, "", w.reload)
	case manualStep:
		waiting.Ask(w.env, w.m.view, w.onAsked)
	case takeStep:
		w.onTake()
	case awaitStep:
		w.onAwait()
	case codeStep:
		if ch := w.m.pending(now); ch != nil {
			code.Resume(w.env, w.m.view, *ch, func(bool) { w.reload() })
		}
	case finishStep:
		w.onFinish()
	}
}

// onAccept adds the sum in the field as a payment.
func (w *window) onAccept() {
	sum, err := w.m.amount()
	if err != nil {
		w.refuse(err)
		return
	}
	a, method := w.env.Actor, w.m.method
	w.start()
	approval.Run(w.env, func(ctx context.Context) (*till.ChequeView, error) {
		v, _, err := w.env.Till.Tender(ctx, a, method, sum)
		return v, err
	}, func(v *till.ChequeView, err error) {
		if e, ok := doubted(err); ok && w.d.Shown() {
			w.askSure(method, sum, e)
			return
		}
		w.onChanged(v, err, true)
	})
}

// onRemove takes the last payment of the chosen method off again.
func (w *window) onRemove() {
	if !w.m.removable() {
		return
	}
	a, method := w.env.Actor, w.m.method
	w.start()
	approval.Run(w.env, func(ctx context.Context) (*till.ChequeView, error) {
		return w.env.Till.RemoveTender(ctx, a, method, 0)
	}, func(v *till.ChequeView, err error) { w.onChanged(v, err, false) })
}

// onChanged shows the cheque after a payment came or went; accepted after a sum
// was taken in this window.
func (w *window) onChanged(v *till.ChequeView, err error, accepted bool) {
	w.m.busy = false
	if !w.d.Shown() {
		return
	}
	if err != nil {
		w.draw()
		w.refuse(err)
		return
	}
	w.m.take(v, accepted)
	w.m.mark(w.now())
	if accepted {
		w.env.Kit.Keys.AskFresh() // Enter would finish the sale now
	}
	w.show()
}

// pause is how long Enter rests after a code was entered: its second press, or
// a finger that stays, must not finish the sale.
const pause = 300 * time.Millisecond

// reload takes the cheque as it is after another window worked on it.
func (w *window) reload() {
	w.start()
	w.m.warm = true
	w.stopCooling()
	w.cool = w.env.Kit.Timers.After(pause, w.onCool)
	task.Run(w.env.Ctx, w.env.Runner, w.env.Till.Cheque, func(v *till.ChequeView, err error) {
		if err == nil {
			w.m.view = v
			w.m.turn(w.now())
		}
		w.onChanged(v, err, false)
	})
}

func (w *window) onCool() {
	w.m.warm = false
	if w.d.Shown() {
		w.draw()
		w.focus()
		w.tell()
		w.nextScan()
	}
}

func (w *window) stopCooling() {
	if w.cool != nil {
		w.cool()
	}
}

func (w *window) onClosed() {
	w.stopCooling()
	if len(w.scans) > 0 { // came while the sale was being stored: whose goods they are nobody knows
		w.env.Kit.Keys.OnDroppedScan(w.scans[0])
		w.scans = nil
	}
	w.env.Display.Paid()
}

// onFinish stores the sale.
func (w *window) onFinish() {
	w.finish(func(context.Context) error { return nil })
}

// onCardExact takes what is due by card and finishes.
func (w *window) onCardExact() {
	if w.m.busy || w.m.warm {
		return
	}
	a, due := w.env.Actor, w.m.view.Totals.Due
	w.m.choose(pos.Card)
	w.showText()
	w.finish(func(ctx context.Context) error {
		if due == 0 {
			return nil
		}
		_, _, err := w.env.Till.Tender(ctx, a, pos.Card, due)
		return err
	})
}

// ended is how an attempt to finish ended: with a sale, or with the cheque as
// it now is and the reason.
type ended struct {
	sale   *pos.Sale
	view   *till.ChequeView
	reason error
}

// finish prepares and then stores the sale, once: all keys rest meanwhile. When
// the till cannot tell what became of it, the sale is looked up by its id before
// anything is said.
func (w *window) finish(prepare func(context.Context) error) {
	a, id := w.env.Actor, w.m.view.Cheque.ID
	t := w.env.Till
	w.start()
	approval.Run(w.env, func(ctx context.Context) (ended, error) {
		err := prepare(ctx)
		if err == nil {
			var s *pos.Sale
			if s, err = w.store(ctx, t, a); err == nil {
				return ended{sale: s}, nil
			}
		}
		if s, found := t.Sale(ctx, a, id); found == nil && id != "" {
			if w.x != nil {
				w.x.stored(ctx, t, a)
			}
			return ended{sale: s}, nil
		}
		v, again := t.Cheque(ctx)
		if again != nil {
			return ended{}, err
		}
		return ended{view: v, reason: err}, nil
	}, w.onFinished)
}

// store stores the sale, and with it the return of an exchange.
func (w *window) store(ctx context.Context, t *till.Till, a pos.Actor) (*pos.Sale, error) {
	if w.x != nil {
		return w.x.finish(ctx, t, a)
	}
	return t.FinishSale(ctx, a)
}

func (w *window) onFinished(e ended, err error) {
	w.m.busy = false
	if !w.d.Shown() {
		return
	}
	if e.sale != nil {
		w.d.Close()
		w.env.Display.Sold(e.sale)
		w.env.Sound.Play(sound.Sold)
		w.done(e.sale)
		return
	}
	if e.view != nil {
		w.m.take(e.view, false)
		w.m.mark(w.now())
		err = e.reason
	}
	w.show()
	w.refuse(err)
	w.nextScan()
}

// start marks the till as working for this window: nothing else begins.
func (w *window) start() {
	w.m.busy, w.m.failed, w.m.said = true, nil, phrase{}
	w.draw()
}

// show draws the model whole and puts the focus where it belongs.
func (w *window) show() {
	w.showText()
	w.draw()
	w.focus()
	w.tell()
}

func (w *window) refuse(err error) {
	w.env.Sound.Play(sound.Error)
	w.m.failed = err
	w.draw()
	w.focus()
	w.tell()
}

func (w *window) leave() {
	if w.m.busy {
		return
	}
	w.d.Close()
	w.done(nil)
}

// tell reports the window's facts.
func (w *window) tell() {
	if !w.d.Shown() {
		return
	}
	t := w.m.view.Totals
	w.env.Display.Paying(w.m.view)
	sum, _ := w.m.amount()
	fault := ""
	if w.m.failed != nil {
		fault = string(pos.CodeOf(w.m.failed))
	}
	w.env.Shown("payment",
		"total", t.Total.String(), "paid", t.Paid.String(), "due", t.Due.String(), "change", t.Change.String(),
		"give", w.x.give(w.m.view).String(), "method", string(w.m.method), "amount", sum.String(), "action", string(w.m.next(w.now())), "error", fault)
}
