// Package code is the window in which a cashier enters the code the customer
// received, asks for another one, or goes on without it.
package code

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/widgets"
)

// window is the dialog over a model.
type window struct {
	env    *ui.Env
	m      model
	done   func(ok bool)
	d      *widgets.Dialog
	parts  parts
	stop   func()
	asking bool   // a look at the challenge is on its way
	under  bool   // the question why the code is skipped lies over it
	facts  string // what was last told to Shown
}

// Open shows the code window of a challenge. done is called once when the
// window is left on purpose: true when the customer's code was right or an
// employee went on without it. After false the tender either still waits for
// its code, or is gone because the challenge is over: the caller asks the till.
// When the dialog is closed from outside, as by the lock, done is not called.
func Open(env *ui.Env, ch confirm.Challenge, done func(ok bool)) { open(env, ch, done) }

func open(env *ui.Env, ch confirm.Challenge, done func(ok bool)) *window {
	DefineKeys(env.Kit.Keys)
	w := &window{env: env, m: model{ch: ch, actor: env.Actor}, done: done}
	w.build()
	w.d.OnClosed = w.onClosed
	env.Display.Asking(ch.Operation)
	w.draw()
	first := fyne.Focusable(w.parts.boxes)
	if w.parts.boxes.Disabled() {
		first = w.parts.primary
	}
	w.d.Show(first, w.bind)
	w.draw()
	w.stop = env.Kit.Timers.Every(time.Second, w.onSecond)
	w.look()
	return w
}

func (w *window) bind(s *keys.Scope) {
	s.BindKey(keys.Enter, w.onPrimary)
	s.Bind("code.resend", w.onResend)
	s.Bind("code.skip", w.onSkip)
}

func (w *window) now() time.Time { return w.env.Kit.Timers.Now() }

// known is what a look at the till brings.
type known struct {
	ch       *confirm.Challenge
	customer string
}

// look asks the till how the challenge stands and whose it is.
func (w *window) look() {
	if w.asking {
		return
	}
	w.asking = true
	id := w.m.ch.ID
	task.Run(w.env.Ctx, w.env.Runner, func(ctx context.Context) (known, error) {
		ch, err := w.env.Till.Challenge(ctx, id)
		if err != nil {
			return known{}, err
		}
		k := known{ch: ch}
		if v, err := w.env.Till.Cheque(ctx); err == nil && v.Customer != nil && v.Customer.ID == ch.Customer {
			k.customer = v.Customer.Name
		}
		return k, nil
	}, w.onLooked)
}

func (w *window) onLooked(k known, err error) {
	w.asking = false
	if err != nil || !w.d.Shown() || w.m.busy == checking {
		return // the next look or action tells
	}
	if k.customer != "" {
		w.m.customer = k.customer
	}
	if w.m.busy != sending {
		w.m.ch = *k.ch
	}
	w.draw()
}

func (w *window) onSecond(now time.Time) {
	if w.m.busy == idle && w.m.waiting(now) {
		w.look()
	}
	w.draw()
}

// onSent takes the outcome of the sending this window was opened during.
func (w *window) onSent(ch *confirm.Challenge, err error) {
	if !w.d.Shown() {
		return
	}
	if ch != nil && ch.ID == w.m.ch.ID {
		w.m.ch = *ch
	}
	w.m.failed = err
	w.draw()
}

func (w *window) onPrimary() {
	now := w.now()
	if w.m.busy != idle {
		return
	}
	switch w.m.next(now) {
	case resendStep:
		w.onResend()
	case leaveStep:
		w.leave(false)
	default:
		w.onEnter()
	}
}

func (w *window) onEnter() {
	typed := w.parts.boxes.Code()
	if typed == "" {
		return
	}
	a, id := w.env.Actor, w.m.ch.ID
	w.start(checking)
	approval.Run(w.env, func(ctx context.Context) (*confirm.Challenge, error) {
		return w.env.Till.EnterCode(ctx, a, id, typed)
	}, w.onEntered)
}

func (w *window) onEntered(ch *confirm.Challenge, err error) {
	wrong := w.m.ch.Wrong
	if !w.finish(ch, err) || err != nil {
		return
	}
	if w.m.confirmed() {
		w.leave(true)
		return
	}
	w.m.wrong = ch.Wrong > wrong
	w.parts.boxes.Clear()
	if w.m.wrong {
		w.parts.boxes.SetTone(widgets.Bad)
	}
	w.draw()
}

func (w *window) onResend() {
	if !w.m.resendable(w.now()) {
		return
	}
	a, id := w.env.Actor, w.m.ch.ID
	w.parts.boxes.Clear()
	w.start(sending)
	approval.Run(w.env, func(ctx context.Context) (*confirm.Challenge, error) {
		return w.env.Till.ResendCode(ctx, a, id)
	}, func(ch *confirm.Challenge, err error) { w.finish(ch, err) })
}

// start marks the till as busy for this window; nothing else is begun meanwhile.
func (w *window) start(what work) {
	w.m.busy, w.m.wrong, w.m.failed = what, false, nil
	w.draw()
}

// finish takes the till's answer and reports whether the window is still there.
func (w *window) finish(ch *confirm.Challenge, err error) bool {
	w.m.busy = idle
	if !w.d.Shown() {
		return false
	}
	w.m.failed = err
	if ch != nil {
		w.m.ch = *ch
	}
	w.draw()
	return true
}

// leave closes the window and tells how it ended. That a code is still waited
// for is said here only on the screen itself: the payment window has a line for
// it.
func (w *window) leave(ok bool) {
	w.d.Close()
	bare := w.env.Kit.Window.Canvas().Overlays().Top() == nil
	if bare && !ok && !w.m.over() {
		w.env.Kit.Toast(w.env.T("codebox.kept", nil), widgets.Warn)
	}
	w.done(ok)
}

func (w *window) onClosed() {
	w.env.Display.Asked()
	if w.stop != nil {
		w.stop()
	}
}

// DefineKeys names the actions of the code window.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: "code.resend", Label: "key.code.resend", Key: "F2"},
		keys.Action{ID: "code.skip", Label: "key.code.skip", Key: "F8"},
	)
}

// Sender is an operation of the till that puts a customer's tender on the
// cheque and sends the code for it.
type Sender func(ctx context.Context) (*till.ChequeView, *confirm.Challenge, error)

// lookEvery is how often the till is asked, while it sends, whether the
// challenge stands.
const lookEvery = 150 * time.Millisecond

// Request is an operation that may need a customer's code.
type Request struct {
	Operation confirm.Operation
	Send      Sender
	// Refused is called when the till did not accept the operation: nothing was
	// sent.
	Refused func(error)
	// Accepted is called when the tender stands, before the code window opens;
	// nil calls nothing.
	Accepted func()
	// Done is called as by Open; where no code is required, with true at once.
	Done func(ok bool)
}

// Ask runs a request. The code window opens as soon as the challenge stands,
// while the message is still on its way.
func Ask(env *ui.Env, r Request) {
	a := &ask{env: env, Request: r}
	a.stop = env.Kit.Timers.Every(lookEvery, func(time.Time) { a.look() })
	approval.Run(env, func(ctx context.Context) (*confirm.Challenge, error) {
		_, ch, err := r.Send(ctx)
		return ch, err
	}, a.onAnswer)
}

// ask is one operation on its way.
type ask struct {
	Request
	env      *ui.Env
	window   *window
	answered bool
	looking  bool
	stop     func()
}

func (a *ask) look() {
	if a.looking || a.window != nil {
		return
	}
	a.looking = true
	task.Run(a.env.Ctx, a.env.Runner, a.env.Till.Cheque, a.onLooked)
}

func (a *ask) onLooked(v *till.ChequeView, err error) {
	a.looking = false
	if err != nil || a.answered || a.window != nil {
		return
	}
	for _, ch := range v.Challenges {
		if ch.Operation == a.Operation && (ch.State == confirm.Created || ch.State == confirm.Sending) {
			a.stop()
			a.accepted()
			a.window = open(a.env, ch, a.Done)
			return
		}
	}
}

func (a *ask) onAnswer(ch *confirm.Challenge, err error) {
	a.answered = true
	a.stop()
	switch {
	case a.window != nil:
		a.window.onSent(ch, err)
	case err != nil:
		a.Refused(err)
	case ch == nil:
		a.accepted()
		a.Done(true)
	default:
		a.accepted()
		open(a.env, *ch, a.Done)
	}
}

func (a *ask) accepted() {
	if a.Accepted != nil {
		a.Accepted()
	}
}

// Pending returns the challenge of a cheque's tender of that method when the
// tender still waits for its code at now, nil otherwise.
func Pending(v *till.ChequeView, m pos.Method, now time.Time) *confirm.Challenge {
	for _, t := range v.Cheque.Tenders {
		if t.Method != m || t.Challenge == "" {
			continue
		}
		for i := range v.Challenges {
			if ch := &v.Challenges[i]; ch.ID == t.Challenge && !ch.Confirmed(now) {
				return ch
			}
		}
	}
	return nil
}
