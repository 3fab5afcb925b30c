package payment

// This file asks about a sum that is far more than what is due: a slip of the
// finger, or a barcode in the field of the sum.

import (
	"context"
	"errors"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/sound"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// meant is the key that takes the sum all the same. It is not Enter: a scanner
// ends a code with that.
const meant = keys.Key("F9")

// sure is the question.
type sure struct {
	w      *window
	d      *widgets.Dialog
	method pos.Method
	sum    money.Amount
	asked  bool // the answer was given
}

// doubted reports that the till asks whether a sum is meant.
func doubted(err error) (*pos.Error, bool) {
	e, ok := errors.AsType[*pos.Error](err)
	return e, ok && e.ID == "tender.sure"
}

// askSure asks whether the sum is meant. To put it right is what Enter does.
func (w *window) askSure(method pos.Method, sum money.Amount, e *pos.Error) {
	w.m.busy = false
	k, t := w.env.Kit, w.env.T
	q := &sure{w: w, method: method, sum: sum}
	back := k.KeyButton(t("payment.sure.fix", nil), widgets.Primary, keys.Enter, q.onFix)
	take := k.KeyButton(t("payment.sure.take", pos.Args{"Sum": sum}), widgets.Secondary, meant, q.onTake)
	back.Height, take.Height = widgets.Large, widgets.Large
	q.d = k.Dialog(widgets.DialogSpec{
		Name: "payment.sure", Title: t("payment.sure.title", nil), Subtitle: t("payment.sure.why", e.Args), Width: widgets.Narrow, OnEsc: q.onFix,
		Body:   widgets.VBox(theme.GapSmall),
		Footer: widgets.Columns(theme.GapCards, widgets.Grow(take), widgets.Grow(back)),
	})
	q.d.OnClosed = q.onClosed
	w.env.Sound.Play(sound.Error)
	q.d.Show(back, func(s *keys.Scope) {
		s.BindKey(keys.Enter, q.onFix)
		s.BindKey(meant, q.onTake)
	})
	w.env.Shown("payment.sure", "amount", sum.String())
}

// onTake puts the sum in as it was typed.
func (q *sure) onTake() {
	if q.asked {
		return
	}
	q.asked = true
	q.d.Close()
	w, a := q.w, q.w.env.Actor
	w.start()
	approval.Run(w.env, func(ctx context.Context) (*till.ChequeView, error) {
		v, _, err := w.env.Till.TenderSure(ctx, a, q.method, q.sum)
		return v, err
	}, func(v *till.ChequeView, err error) { w.onChanged(v, err, true) })
}

// onFix leaves the sum in its field, marked, so that typing replaces it.
func (q *sure) onFix() {
	if q.asked {
		return
	}
	q.asked = true
	q.d.Close()
	q.w.show()
}

func (q *sure) onClosed() {
	if !q.asked {
		q.asked = true
		q.w.show()
	}
}
