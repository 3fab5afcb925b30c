package queue

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// The actions of the screen.
const (
	actNow    keys.ActionID = "queue.now"
	actResend keys.ActionID = "queue.resend"
	actAll    keys.ActionID = "queue.all"
	actAside  keys.ActionID = "queue.aside"
	actPause  keys.ActionID = "queue.pause"
	actOnly   keys.ActionID = "queue.only"
	actNext   keys.ActionID = "queue.next"
	actBack   keys.ActionID = "queue.back"
)

// DefineKeys names the actions of the screen.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: actNow, Label: "key.queue.now", Key: "F9"},
		keys.Action{ID: actResend, Label: "key.queue.resend", Key: "F5"},
		keys.Action{ID: actAll, Label: "key.queue.all", Key: "Shift+F5"},
		keys.Action{ID: actAside, Label: "key.queue.aside", Key: "F8"},
		keys.Action{ID: actPause, Label: "key.queue.pause", Key: "F7"},
		keys.Action{ID: actOnly, Label: "key.queue.only", Key: "F4"},
		keys.Action{ID: actNext, Label: "key.queue.next", Key: "F3"},
		keys.Action{ID: actBack, Label: "key.queue.back", Key: "Shift+F3"},
	)
}

// view is the screen. It follows the exchange as long as it is open.
type view struct {
	env    *ui.Env
	now    loaded
	status exchange.Status
	busy   bool  // something is done about the queue
	asking bool  // a page is read
	stale  bool  // and must be read once more
	at     pages // what is to be shown; now is what is
	turns  int   // how often another page was turned to

	dialog   *widgets.Dialog
	table    *widgets.Table
	line     *widgets.Paragraph // who is told, and since when
	stands   *widgets.Banner    // how the exchange stands
	news     *widgets.Banner    // what became of what somebody did
	more     *widgets.Paragraph // why the chosen message is here
	footer   *fyne.Container
	resend   *widgets.Button
	aside    *widgets.Button
	open     *widgets.Button
	all      *widgets.Button
	pause    *widgets.Button
	only     *widgets.Button
	next     *widgets.Button
	back     *widgets.Button
	stopTick func()
}

// Open shows the screen; closed is called when it has gone.
func Open(env *ui.Env, closed func()) {
	DefineKeys(env.Kit.Keys)
	v := &view{env: env, status: env.Exchange.Status()}
	v.build()
	stop := env.Exchange.Watch(v.onExchange)
	v.stopTick = env.Kit.Timers.Every(tick, v.onTick)
	v.dialog.OnClosed = func() {
		stop()
		v.stopTick()
		closed()
	}
	v.dialog.Show(v.table, func(s *keys.Scope) {
		s.BindKey(keys.Enter, v.onOpen)
		s.Bind(actNow, v.onNow)
		s.Bind(actResend, v.onResend)
		s.Bind(actAll, v.onAll)
		s.Bind(actAside, v.onAside)
		s.Bind(actPause, v.onPause)
		s.Bind(actOnly, v.onOnly)
		s.Bind(actNext, v.onNext)
		s.Bind(actBack, v.onBack)
	})
	v.load()
}

func (v *view) build() {
	k, t := v.env.Kit, v.env.T
	v.line = widgets.NewParagraph("", widgets.Muted)
	v.stands, v.news = widgets.NewBanner("", widgets.Info), widgets.NewBanner("", widgets.Info)
	v.more = widgets.NewParagraph("", widgets.Body)
	v.table = k.Table([]widgets.Column{
		{Title: t("queue.col.what", nil), Share: 1},
		{Title: t("queue.col.at", nil), Width: 164, Style: widgets.Muted},
		{Title: t("queue.col.tries", nil), Width: 92, Align: fyne.TextAlignTrailing, Style: widgets.Muted, From: 640},
		{Title: t("queue.col.state", nil), Width: 132},
	}, v.cell)
	v.table.OnSelected = func(int) { v.choose() }
	v.table.OnActivated = func(int) { v.onOpen() }
	button := func(id string, kind widgets.Kind, act keys.ActionID) *widgets.Button {
		return k.ActionButton(t(id, nil), kind, act)
	}
	now := button("queue.now", widgets.Secondary, actNow)
	v.all, v.pause = button("queue.all", widgets.Secondary, actAll), button("queue.pause", widgets.Secondary, actPause)
	v.only = button("queue.only", widgets.Secondary, actOnly)
	v.next, v.back = button("queue.next", widgets.Secondary, actNext), button("queue.back", widgets.Secondary, actBack)
	v.resend, v.aside = button("queue.resend", widgets.Secondary, actResend), button("queue.aside", widgets.Secondary, actAside)
	v.open = k.KeyButton(t("queue.open", nil), widgets.Primary, keys.Enter, v.onOpen)
	leave := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { v.dialog.Close() })
	for _, b := range []*widgets.Button{v.resend, v.aside, v.open, leave, v.next, v.back} {
		b.Height = widgets.Large
	}
	v.footer = widgets.Footer(theme.GapCards, leave, v.back, v.next, v.aside, v.resend, v.open)
	v.dialog = k.Dialog(widgets.DialogSpec{Name: "queue", Page: "queue", Title: t("queue.title", nil), Subtitle: t("queue.explain", nil),
		Width: widgets.Wide, Height: 700, Fills: true,
		Body: widgets.VBox(theme.GapCards, v.line, v.stands, v.news,
			widgets.KeyBar(theme.GapSmall, now, v.all, v.pause, v.only),
			widgets.Grow(widgets.NewFlatCard(v.table)), widgets.NewCard(v.more)),
		Footer: v.footer})
}

// load reads the page that is shown, once more where something changed meanwhile.
func (v *view) load() {
	if v.asking {
		v.stale = true
		return
	}
	v.asking, v.stale = true, false
	a, at, turn := v.env.Actor, v.at, v.turns
	task.Run(v.env.Ctx, v.env.Runner, func(ctx context.Context) (loaded, error) { return at.load(ctx, v.env.Till, a) },
		func(l loaded, err error) { v.onLoaded(l, err, turn) })
}

func (v *view) onLoaded(l loaded, err error, turn int) {
	v.asking = false
	switch {
	case !v.dialog.Shown():
		return
	case err != nil:
		v.refuse(err)
		return
	case turn != v.turns:
		v.stale = true // somebody turned the page meanwhile
	default:
		v.take(l)
	}
	if v.stale {
		v.load()
	}
}

// take shows what was read; the chosen message stays chosen.
func (v *view) take(l loaded) {
	kept := ""
	if m := v.chosen(); m != nil {
		kept = m.ID
	}
	at := v.table.Selected()
	v.now, v.at = l, l.pages
	v.table.Empty = v.env.T("queue.none", nil)
	if l.aside {
		v.table.Empty = v.env.T("queue.none-aside", nil)
	}
	v.table.SetRows(len(l.Rows))
	at = min(max(at, 0), len(l.Rows)-1)
	for i := range l.Rows {
		if l.Rows[i].ID == kept {
			at = i
		}
	}
	v.table.Select(at)
	v.choose()
}

func (v *view) chosen() *pos.OutboxMessage {
	if i := v.table.Selected(); i >= 0 && i < len(v.now.Rows) {
		return &v.now.Rows[i]
	}
	return nil
}

func (v *view) cell(i, col int) widgets.Cell {
	m := &v.now.Rows[i]
	switch col {
	case 0:
		return widgets.Cell{Text: kind(v.env, m)}
	case 1:
		return widgets.Cell{Text: v.env.Words.DateTime(since(m))}
	case 2:
		return widgets.Cell{Text: strconv.Itoa(m.Tries)}
	}
	return widgets.Cell{Text: state(v.env, m), Chip: true, Tone: tone(m)}
}

// choose says why the chosen message is here, and what can be done.
func (v *view) choose() {
	m := v.chosen()
	text := v.env.T("queue.choose", nil)
	if m != nil {
		text = kind(v.env, m) + ". " + why(v.env, m)
	}
	v.more.SetText(text)
	v.open.SetEnabled(m != nil && !v.busy)
	v.resend.SetEnabled(m != nil && !v.busy && (m.State == pos.OutboxAside || m.Tries > 0))
	v.aside.SetLabel(v.env.T(asideLabel(m), nil))
	v.aside.SetEnabled(m != nil && !v.busy && (m.State == pos.OutboxWaiting || m.Answered()))
	v.all.SetEnabled(v.now.Counts.Aside > 0 && !v.busy)
	pause, only := "queue.pause", "queue.only"
	if v.now.Paused {
		pause = "queue.resume"
	}
	if v.now.aside {
		only = "queue.both"
	}
	v.pause.SetLabel(v.env.T(pause, nil))
	v.pause.SetEnabled(!v.busy)
	v.only.SetLabel(v.env.T(only, pos.Args{"Count": v.now.Counts.Aside}))
	v.show(v.next, v.now.More)
	v.show(v.back, len(v.now.after) > 0)
	v.refresh()
}

// asideLabel is what the key for putting aside does with a message.
func asideLabel(m *pos.OutboxMessage) string {
	if m != nil && m.Answered() {
		return "queue.clear"
	}
	return "queue.aside"
}

func (v *view) show(b *widgets.Button, on bool) {
	if on {
		b.Show()
	} else {
		b.Hide()
	}
}

// refresh says how the exchange stands.
func (v *view) refresh() {
	text, tone := standing(v.env, &v.status, v.now.Counts)
	v.line.SetText(line(v.env, &v.status))
	v.stands.Set(text, tone)
	v.footer.Refresh()
	v.dialog.Refresh()
	v.tell("")
}

// onExchange follows what is told while the screen is open.
func (v *view) onExchange(now exchange.Status) {
	v.status = now
	v.load()
}

func (v *view) refuse(err error) {
	v.news.Set(v.env.Words.Error(err), widgets.Bad)
	v.dialog.Refresh()
	v.tell(string(pos.CodeOf(err)))
}

func (v *view) tell(fault string) {
	paused := "no"
	if v.now.Paused {
		paused = "yes"
	}
	facts := []string{"found", strconv.Itoa(len(v.now.Rows)), "waiting", strconv.FormatInt(v.now.Counts.Waiting, 10),
		"aside", strconv.FormatInt(v.now.Counts.Aside, 10), "paused", paused, "exchange", string(v.status.State), "look", string(v.status.Look(v.env.Kit.Timers.Now())), "page", strconv.Itoa(len(v.now.after)),
		"server", v.status.Server, "error", fault}
	if v.status.Trouble != nil {
		facts = append(facts, "trouble", v.status.Trouble.ID)
	}
	if m := v.chosen(); m != nil {
		facts = append(facts, "kind", string(m.Kind), "state", string(m.State), "id", m.ID)
	}
	v.env.Shown("queue", facts...)
}

// do does something about the queue that may need another's PIN, says it, and lets
// the exchange go on with what is true now.
func (v *view) do(said string, args pos.Args, what func(context.Context) error) {
	if v.busy {
		return
	}
	v.busy = true
	v.choose()
	approval.Run(v.env, func(ctx context.Context) (struct{}, error) { return struct{}{}, what(ctx) }, func(_ struct{}, err error) {
		v.busy = false
		if err != nil {
			v.choose()
			v.refuse(err)
			return
		}
		v.news.Set(v.env.T(said, args), widgets.Good)
		v.env.Exchange.Wake()
		v.load()
	})
}
