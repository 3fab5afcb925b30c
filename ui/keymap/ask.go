package keymap

import (
	"kassa/pos"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// asker waits for the key that an action is to have.
type asker struct {
	env    *ui.Env
	m      *model
	action keys.Action
	key    keys.Key
	cap    *widgets.KeyCap
	news   *widgets.Banner
	take   *widgets.Button
	back   *widgets.Button
	dialog *widgets.Dialog
}

// askKey asks to press the new key of an action. done is called when the window
// has gone, whatever came of it.
func askKey(env *ui.Env, m *model, a keys.Action, done func()) {
	k := env.Kit
	q := &asker{env: env, m: m, action: a, cap: widgets.NewKeyCap(a.Key), news: widgets.NewBanner(env.T("keymap.press", nil), widgets.Info)}
	q.back = k.KeyButton(env.T("word.cancel", nil), widgets.Secondary, keys.Esc, func() { q.dialog.Close() })
	q.take = k.KeyButton(env.T("keymap.take", nil), widgets.Primary, keys.Enter, q.onTake)
	q.take.SetEnabled(false)
	q.dialog = k.Dialog(widgets.DialogSpec{Name: "keymap.ask", Title: env.T(a.Label, nil), Width: widgets.Narrow,
		Subtitle: env.T("keymap.place."+a.Place, nil),
		Body: widgets.VBox(theme.GapCards,
			widgets.HBox(theme.GapCards, widgets.NewText(env.T("keymap.key", nil), widgets.Muted), q.cap, widgets.Spring()), q.news),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(150, q.back), widgets.Grow(q.take))})
	q.dialog.Show(q.back, func(s *keys.Scope) { s.BindKey(keys.Enter, q.onTake) })
	release := k.Keys.Capture(q.onKey)
	q.dialog.OnClosed = func() { release(); done() }
	env.Shown("keymap.ask", "action", string(a.ID), "key", "")
}

// onKey looks at a pressed key: free, somebody's, or one that cannot be.
func (q *asker) onKey(pressed keys.Key) {
	key, err := keys.Parse(string(pressed))
	if err != nil {
		key = pressed
	}
	q.cap.SetKey(key)
	other, taken := q.m.draft.Clash(q.action.ID, key)
	name := q.env.T(q.m.draft.Action(other).Label, nil)
	args := pos.Args{"Key": key.Cap(), "Action": name}
	q.key = key
	verdict := "free"
	switch {
	case keys.Reserved(key):
		verdict, q.key = "reserved", keys.None
		q.news.Set(q.env.T("keymap.reserved", args), widgets.Warn)
	case key == q.action.Key:
		verdict, q.key = "same", keys.None
		q.news.Set(q.env.T("keymap.same", args), widgets.Info)
	case taken && !q.m.swappable(q.action.ID, other):
		verdict, q.key = "taken", keys.None
		q.news.Set(q.env.T("keymap.taken", args), widgets.Warn)
	case taken:
		verdict = "swap"
		q.news.Set(q.env.T("keymap.swap", args), widgets.Warn)
	default:
		q.news.Set(q.env.T("keymap.free", args), widgets.Good)
	}
	q.take.SetEnabled(q.key != keys.None)
	q.dialog.Refresh()
	if q.key != keys.None {
		q.env.Kit.Focus(q.take) // Enter means yes now
	} else {
		q.env.Kit.Focus(q.back)
	}
	q.env.Shown("keymap.ask", "action", string(q.action.ID), "key", string(key), "verdict", verdict)
}

func (q *asker) onTake() {
	if q.key == keys.None {
		return
	}
	q.m.give(q.action.ID, q.key)
	q.dialog.Close()
}
