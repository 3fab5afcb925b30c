package orders

import (
	"context"
	"strings"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// backing is the window in which money of an order is asked back, whole or in part.
type backing struct {
	env   *ui.Env
	seen  manual.Order
	where manual.Place
	id    string // of the refund, the same through every try
	busy  bool
	done  func(*manual.Order)

	d      *widgets.Dialog
	sum    *widgets.Entry
	reason *widgets.Entry
	finish *widgets.Check
	news   *widgets.Banner
	act    *widgets.Button
}

// askRefund opens the window; done hears how the order stands after it, or nil where
// that will be known once the backend answers.
func askRefund(env *ui.Env, o manual.Order, where manual.Place, done func(*manual.Order)) {
	b := &backing{env: env, seen: o, where: where, id: env.Till.NewID(), done: done, news: widgets.NewBanner("", widgets.Bad)}
	b.build()
	b.d.Show(b.sum.Focusable(), func(s *keys.Scope) { s.BindKey("Ctrl+Enter", b.onAct) })
	b.tell(nil)
}

func (b *backing) build() {
	k, t, in := b.env.Kit, b.env.T, b.seen.Terms().Currency
	b.sum = k.Entry(widgets.TextEntry, "")
	b.sum.Filter, b.sum.RefusesScan, b.sum.SelectAll, b.sum.MaxLength = widgets.Decimal(4), true, true, 20
	b.sum.SetText(bare(b.env, b.seen.Left(), in))
	b.reason = k.Entry(widgets.TextEntry, t("orders.refund.reason.hint", nil))
	b.reason.MaxLength = pos.MaxNameRunes
	b.sum.OnSubmitted = func(string) { b.reason.Focus() }
	b.reason.OnSubmitted = func(string) { b.onAct() }
	for _, e := range []*widgets.Entry{b.sum, b.reason} {
		e.OnChanged = func(string) { b.refuse(nil) }
	}
	b.finish = k.Check(t("orders.refund.finish", nil), false, nil)
	b.act = k.KeyButton(t("orders.refund", nil), widgets.Primary, "Ctrl+Enter", b.onAct)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { b.d.Close() })
	b.act.Height, back.Height = widgets.Large, widgets.Large
	paid := t("orders.refund.paid", pos.Args{"Sum": sum(b.env, b.seen.Terms().Price, in), "Left": sum(b.env, b.seen.Left(), in)})
	b.d = k.Dialog(widgets.DialogSpec{Name: "orders.refund", Title: t("orders.refund", nil), Subtitle: b.seen.Text + " · " + whom(b.env, &b.seen), Width: widgets.Narrow,
		Body: widgets.VBox(theme.GapCards, widgets.NewParagraph(paid, widgets.Body),
			widgets.Field(t("orders.refund.sum", pos.Args{"Currency": string(in)}), b.sum),
			widgets.Field(t("orders.refund.reason", nil), b.reason), b.finish,
			widgets.NewParagraph(t("orders.refund.why", nil), widgets.SmallMuted), b.news),
		Footer: widgets.Footer(theme.GapCards, back, b.act)})
}

func (b *backing) onAct() {
	if b.busy {
		return
	}
	in := manual.AskRefund{ID: b.id, Reason: strings.TrimSpace(b.reason.Text()), Where: b.where, Finish: b.finish.On()}
	var err error
	if in.Amount, err = parseSum(b.sum.Text(), b.seen.Terms().Currency); err == nil && in.Amount == 0 {
		err = pos.E(pos.CodeInvalid, "manual.price-low", nil)
	}
	if err == nil && in.Reason == "" {
		err = pos.E(pos.CodeInvalid, "orders.refund.no-reason", nil)
	}
	if err != nil {
		b.refuse(err)
		return
	}
	b.busy = true
	b.act.SetEnabled(false)
	p, a := b.env.Payments, b.env.Actor
	approval.RunFor(b.env, in.Reason, func(ctx context.Context) (manual.Order, error) { return p.AskRefund(ctx, a, &b.seen, in) }, b.onDone)
}

func (b *backing) onDone(o manual.Order, err error) {
	if !b.d.Shown() {
		return
	}
	b.busy = false
	b.act.SetEnabled(true)
	if ui.Queued(err) {
		b.d.Close()
		b.env.Kit.Toast(b.env.Words.Error(err), widgets.Info)
		b.done(nil)
		return
	}
	if err != nil {
		if pos.CodeOf(err) == pos.CodeInvalid || pos.CodeOf(err) == pos.CodeLimit {
			b.id = b.env.Till.NewID() // it is asked otherwise now
		}
		b.refuse(err)
		return
	}
	b.d.Close()
	b.env.Kit.Toast(b.env.T("orders.refund.asked", pos.Args{"Text": o.Text}), widgets.Good)
	b.done(&o)
}

func (b *backing) refuse(err error) {
	text := ""
	if err != nil {
		text = b.env.Words.Error(err)
	}
	if text == b.news.Text() {
		return
	}
	b.news.Set(text, widgets.Bad)
	b.d.Refresh()
	if err != nil {
		b.tell(err)
	}
}

func (b *backing) tell(err error) {
	b.env.Shown("orders.refund", "id", b.seen.ID, "sum", b.sum.Text(), "news", b.news.Text(), "error", string(pos.CodeOf(err)))
}
