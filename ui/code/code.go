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
	asking bool   // a look at the code is on its way
	under  bool   // the question why the code is skipped lies over it
	facts  string // what was last told to Shown
}

// Open shows the window of a code, and brings the code where it was only placed.
// done is called once when the window is left on purpose: true when the
// customer's code was right or an employee went on without it. After false the
// tender either still waits for its code, or is gone because the code is over:
// the caller asks the till. When the dialog is closed from outside, as by the
// lock, done is not called.
func Open(env *ui.Env, v till.CodeView, done func(ok bool)) {
	DefineKeys(env.Kit.Keys)
	w := &window{env: env, m: model{v: v, actor: env.Actor}, done: done}
	w.build()
	w.d.OnClosed = w.onClosed
	env.Display.Asking(v.Operation)
	w.draw()
	first := fyne.Focusable(w.parts.boxes)
	if w.parts.boxes.Disabled() {
		first = w.parts.primary
	}
	w.d.Show(first, w.bind)
	w.draw()
	w.stop = env.Kit.Timers.Every(time.Second, w.onSecond)
	if v.Coming() {
		w.bring()
	}
}

func (w *window) bind(s *keys.Scope) {
	s.BindKey(keys.Enter, w.onPrimary)
	s.Bind("code.resend", w.onResend)
	s.Bind("code.skip", w.onSkip)
}

func (w *window) now() time.Time { return w.env.Kit.Timers.Now() }

// bring sends the code, or waits along with who sends it already, and shows each
// state as the till reports it.
func (w *window) bring() {
	a, id := w.m.actor, w.m.v.ID
	w.m.busy = sending
	task.Follow(w.env.Ctx, w.env.Runner, func(ctx context.Context, tell func(till.CodeView)) (*till.CodeView, error) {
		return w.env.Till.BringCode(ctx, a, id, tell)
	}, w.onState, w.onBrought)
}

// onBrought takes the end of the sending. A code that was confirmed before that
// is compared now.
func (w *window) onBrought(v *till.CodeView, err error) {
	eager := w.m.eager
	w.m.eager = false
	if w.finish(v, err) && eager && !w.under && w.m.enterable(w.now()) {
		w.onEnter()
	}
}

func (w *window) onState(v till.CodeView) {
	if w.d.Shown() {
		w.m.v = v
		w.draw()
	}
}

// look asks the till how the code stands, where time alone changed that.
func (w *window) look() {
	if w.asking {
		return
	}
	w.asking = true
	a, id := w.m.actor, w.m.v.ID
	task.Run(w.env.Ctx, w.env.Runner, func(ctx context.Context) (*till.CodeView, error) {
		return w.env.Till.Code(ctx, a, id)
	}, w.onLooked)
}

func (w *window) onLooked(v *till.CodeView, err error) {
	w.asking = false
	if err != nil || !w.d.Shown() || w.m.busy != idle {
		return // the next look or action tells
	}
	w.m.v = *v
	w.draw()
}

func (w *window) onSecond(now time.Time) {
	if w.m.busy == idle && w.m.stale(now) {
		w.look()
	}
	w.draw()
}

func (w *window) onPrimary() {
	now := w.now()
	if w.m.busy == sending {
		w.m.eager = w.parts.boxes.Code() != ""
	}
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
	a, id := w.env.Actor, w.m.v.ID
	w.start(checking)
	approval.Run(w.env, func(ctx context.Context) (*till.CodeView, error) {
		return w.env.Till.EnterCode(ctx, a, id, typed)
	}, w.onEntered)
}

func (w *window) onEntered(v *till.CodeView, err error) {
	left := w.m.v.AttemptsLeft
	if !w.finish(v, err) || err != nil {
		return
	}
	if v.Confirmed() {
		w.leave(true)
		return
	}
	w.m.wrong = v.AttemptsLeft < left
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
	a, id := w.env.Actor, w.m.v.ID
	w.parts.boxes.Clear()
	w.start(sending)
	approval.Run(w.env, func(ctx context.Context) (*till.CodeView, error) {
		return w.env.Till.ResendCode(ctx, a, id)
	}, w.onPlaced)
}

func (w *window) onPlaced(v *till.CodeView, err error) {
	if w.finish(v, err) && err == nil && v.Coming() {
		w.bring()
	}
}

// start marks the till as busy for this window; nothing else is begun meanwhile.
func (w *window) start(what work) {
	w.m.busy, w.m.wrong, w.m.failed = what, false, nil
	w.draw()
}

// finish takes the till's answer and reports whether the window is still there.
func (w *window) finish(v *till.CodeView, err error) bool {
	w.m.busy = idle
	if !w.d.Shown() {
		return false
	}
	w.m.failed = err
	if v != nil {
		w.m.v = *v
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
	if bare && !ok && !w.m.v.Over() {
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

// Request is an operation that may need a customer's code.
type Request struct {
	// Place puts the customer's tender on the cheque and places the code for it;
	// the code is nil where none is required.
	Place func(ctx context.Context) (*till.ChequeView, *till.CodeView, error)
	// Refused is called when the till did not accept the operation: nothing will
	// be sent.
	Refused func(error)
	// Accepted is called when the tender stands, before the code window opens;
	// nil calls nothing.
	Accepted func()
	// Done is called as by Open; where no code is required, with true at once.
	Done func(ok bool)
}

// Ask runs a request. The code window opens as soon as the code is placed and
// shows how it is brought.
func Ask(env *ui.Env, r Request) {
	approval.Run(env, func(ctx context.Context) (*till.CodeView, error) {
		_, v, err := r.Place(ctx)
		return v, err
	}, func(v *till.CodeView, err error) {
		if err != nil {
			r.Refused(err)
			return
		}
		if r.Accepted != nil {
			r.Accepted()
		}
		if v == nil {
			r.Done(true)
			return
		}
		Open(env, *v, r.Done)
	})
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

// Resume opens the window of a code that a cheque waits for.
func Resume(env *ui.Env, v *till.ChequeView, ch confirm.Challenge, done func(ok bool)) {
	ch.Lapse(env.Kit.Timers.Now())
	name := ""
	if v.Customer != nil {
		name = v.Customer.Name
	}
	Open(env, till.ShowCode(&ch, name, env.Actor), done)
}
