package queue

import (
	"context"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// tick is how often the time until the next try is counted down.
const tick = time.Second

func (v *view) onTick(time.Time) {
	if v.status.State != exchange.Waiting {
		return
	}
	if text := line(v.env, &v.status); text != v.line.Text() {
		v.line.SetText(text)
	}
}

// onNow wants a try now.
func (v *view) onNow() {
	said, tone := "queue.said.now", widgets.Info
	if v.now.Paused {
		said, tone = "queue.said.halted", widgets.Warn
	}
	v.news.Set(v.env.T(said, nil), tone)
	v.dialog.Refresh()
	v.env.Exchange.Wake()
}

// onResend lets the chosen message go again.
func (v *view) onResend() {
	m := v.chosen()
	if m == nil || v.resend.Disabled() {
		return
	}
	a, id := v.env.Actor, m.ID
	v.do("queue.said.resent", pos.Args{"What": kind(v.env, m)}, func(ctx context.Context) error { return v.env.Till.ResendQueued(ctx, a, id) })
}

// onAll lets all go again that was put aside.
func (v *view) onAll() {
	if v.all.Disabled() {
		return
	}
	a := v.env.Actor
	v.do("queue.said.all", pos.Args{"Count": v.now.Counts.Aside}, func(ctx context.Context) error {
		_, err := v.env.Till.ResendQueue(ctx, a)
		return err
	})
}

// onPause lets nothing be sent, or everything again.
func (v *view) onPause() {
	a, said, what := v.env.Actor, "queue.said.paused", v.env.Till.PauseQueue
	if v.now.Paused {
		said, what = "queue.said.resumed", v.env.Till.ResumeQueue
	}
	v.do(said, nil, func(ctx context.Context) error { return what(ctx, a) })
}

// onOnly shows what was put aside alone, or all.
func (v *view) onOnly() { v.turn(pages{aside: !v.at.aside}) }

func (v *view) onNext() {
	if v.now.More {
		v.turn(v.now.pages.next(v.now.Rows))
	}
}

func (v *view) onBack() {
	if len(v.now.after) > 0 {
		v.turn(v.now.pages.back())
	}
}

// turn reads another page and shows it from its first row.
func (v *view) turn(to pages) {
	v.at = to
	v.turns++
	v.table.Select(-1)
	v.load()
}

// reasons are those a message is put aside for most often.
var reasons = []string{"queue.reason.double", "queue.reason.support", "queue.reason.wrong"}

// asking is the dialog that asks why a message is put aside.
type asking struct {
	v      *view
	m      pos.OutboxMessage
	dialog *widgets.Dialog
	reason *widgets.Entry
	news   *widgets.Banner
	act    *widgets.Button
}

// onAside asks why the chosen message is put aside, and does it; a request that was
// refused leaves the queue instead.
func (v *view) onAside() {
	m := v.chosen()
	if m == nil || v.aside.Disabled() {
		return
	}
	if m.Answered() {
		a, id := v.env.Actor, m.ID
		v.do("queue.said.clear", pos.Args{"What": kind(v.env, m)}, func(ctx context.Context) error { return v.env.Till.DismissQueued(ctx, a, id) })
		return
	}
	k, t := v.env.Kit, v.env.T
	q := &asking{v: v, m: *m, news: widgets.NewBanner("", widgets.Bad)}
	q.reason = k.Entry(widgets.TextEntry, t("queue.reason.hint", nil))
	q.reason.MaxLength = 200
	q.reason.OnSubmitted = func(string) { q.onAct() }
	ready := make([]string, len(reasons))
	for i, id := range reasons {
		ready[i] = t(id, nil)
	}
	chosen := k.Select(ready, -1, func(i int) { q.reason.SetText(ready[i]) })
	chosen.Placeholder = t("queue.reason.choose", nil)
	q.act = k.KeyButton(t("queue.aside", nil), widgets.Primary, keys.Enter, q.onAct)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { q.dialog.Close() })
	q.act.Height, back.Height = widgets.Large, widgets.Large
	q.dialog = k.Dialog(widgets.DialogSpec{Name: "queue.aside", Title: t("queue.aside.title", pos.Args{"What": kind(v.env, m)}), Width: widgets.Narrow,
		Body: widgets.VBox(theme.GapCards, widgets.NewParagraph(t("queue.aside.why", nil), widgets.Muted),
			widgets.Field(t("queue.aside.reason", nil), q.reason), chosen, q.news),
		Footer: widgets.Footer(theme.GapCards, back, q.act)})
	q.dialog.Show(q.reason.Focusable(), nil)
	v.env.Shown("queue.aside", "kind", string(m.Kind), "error", "")
}

func (q *asking) onAct() {
	if q.act.Disabled() {
		return
	}
	q.act.Disable()
	a, id, why := q.v.env.Actor, q.m.ID, strings.TrimSpace(q.reason.Text())
	approval.RunFor(q.v.env, why, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, q.v.env.Till.PutQueuedAside(ctx, a, id, why)
	}, func(_ struct{}, err error) {
		q.act.Enable()
		if err != nil {
			q.news.Set(q.v.env.Words.Error(err), widgets.Bad)
			q.dialog.Refresh()
			q.v.env.Shown("queue.aside", "kind", string(q.m.Kind), "error", string(pos.CodeOf(err)))
			return
		}
		q.dialog.Close()
		q.v.news.Set(q.v.env.T("queue.said.aside", pos.Args{"What": kind(q.v.env, &q.m)}), widgets.Good)
		q.v.env.Exchange.Wake()
		q.v.load()
	})
}
