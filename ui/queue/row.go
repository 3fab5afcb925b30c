package queue

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/container"

	"kassa/pos"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// onOpen shows what the chosen message tells. Who may not look after the queue
// needs another's PIN: it tells of customers and sums.
func (v *view) onOpen() {
	m := v.chosen()
	if m == nil || v.open.Disabled() {
		return
	}
	a, id := v.env.Actor, m.ID
	v.busy = true
	v.choose()
	approval.Run(v.env, func(ctx context.Context) (*pos.OutboxMessage, error) { return v.env.Till.Queued(ctx, a, id) },
		func(m *pos.OutboxMessage, err error) {
			v.busy = false
			v.choose()
			if err != nil {
				v.refuse(err)
				return
			}
			v.openRow(m)
		})
}

// openRow shows one message whole.
func (v *view) openRow(m *pos.OutboxMessage) {
	k, t := v.env.Kit, v.env.T
	var d *widgets.Dialog
	then := func(do func()) func() { return func() { d.Close(); do() } }
	resend := k.KeyButton(t("queue.resend", nil), widgets.Secondary, k.Keys.KeyOf(actResend), then(v.onResend))
	aside := k.KeyButton(t(asideLabel(m), nil), widgets.Secondary, k.Keys.KeyOf(actAside), then(v.onAside))
	resend.SetEnabled(!v.resend.Disabled())
	aside.SetEnabled(!v.aside.Disabled())
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { d.Close() })
	for _, b := range []*widgets.Button{resend, aside, back} {
		b.Height = widgets.Large
	}
	text := readable(v.env.Words, m)
	paper := widgets.NewPanel(container.NewVScroll(widgets.NewMono(text)), theme.ColorCard, theme.ColorLine, theme.RadiusCard, theme.GapInside, theme.GapCards)
	head := t("queue.row.head", pos.Args{"Epoch": m.Epoch, "Number": m.Seq, "At": m.At, "ID": m.ID})
	d = k.Dialog(widgets.DialogSpec{Name: "queue.row", Title: kind(v.env, m), Subtitle: head, Width: widgets.Middle, Height: 640, Fills: true,
		Body:   widgets.VBox(theme.GapCards, widgets.NewBanner(why(v.env, m), tone(m)), widgets.NewParagraph(t("queue.row.tells", nil), widgets.SmallMuted), widgets.Grow(paper)),
		Footer: widgets.Footer(theme.GapCards, back, aside, resend)})
	d.OnClosed = func() { v.tell("") }
	d.Show(back, func(s *keys.Scope) {
		s.Bind(actResend, then(v.onResend))
		s.Bind(actAside, then(v.onAside))
	})
	v.env.Shown("queue.row", "kind", string(m.Kind), "state", string(m.State), "lines", strconv.Itoa(strings.Count(text, "\n")+1))
}
