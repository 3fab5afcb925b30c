package returns

import "kassa/ui/keys"

// The actions of the return screen. Their names are permanent: a shop's own
// keys are stored under them.
const (
	actBack     keys.ActionID = "returns.back"
	actField    keys.ActionID = "returns.field"
	actBare     keys.ActionID = "returns.bare"
	actAll      keys.ActionID = "returns.all"
	actMore     keys.ActionID = "returns.more"
	actLess     keys.ActionID = "returns.less"
	actQty      keys.ActionID = "returns.qty"
	actReason   keys.ActionID = "returns.reason"
	actShelf    keys.ActionID = "returns.shelf"
	actDrop     keys.ActionID = "returns.drop"
	actExchange keys.ActionID = "returns.exchange"
	actFinish   keys.ActionID = "returns.finish"
	actAbandon  keys.ActionID = "returns.abandon"

	// These belong to the window, which names them.
	actMenu keys.ActionID = "menu"
	actKeys keys.ActionID = "keys"
	actLock keys.ActionID = "lock"
	actFind keys.ActionID = "palette"
)

// DefineKeys names the actions of the return screen.
func DefineKeys(r *keys.Router) {
	for _, a := range []struct {
		id  keys.ActionID
		key keys.Key
	}{
		{actBack, keys.PgUp}, {actField, "F2"}, {actExchange, "F4"}, {actAll, "F5"}, {actBare, "F6"},
		{actShelf, "F7"}, {actReason, "F8"}, {actFinish, "F9"},
		{actMore, "+"}, {actLess, "-"}, {actQty, "*"}, {actDrop, keys.Del}, {actAbandon, "Ctrl+Del"},
	} {
		r.Define(keys.Action{ID: a.id, Label: "key." + string(a.id), Key: a.key})
	}
	r.Define(
		keys.Action{ID: actMenu, Label: "key.menu", Key: "F10"},
		keys.Action{ID: actKeys, Label: "key.keys", Key: "F1"},
		keys.Action{ID: actFind, Label: "key.palette", Key: "Ctrl+K"},
		keys.Action{ID: actLock, Label: "key.lock", Key: "Ctrl+L"})
}

// bindKeys gives the keys their meaning. Those that change the return do
// nothing while a sale is still looked for.
func (s *Screen) bindKeys(sc *keys.Scope) {
	sc.Home = s.v.field.Focusable()
	sc.Empty = func() bool { return s.v.field.Text() == "" }
	sc.OnScan = func(code string) { s.onScan("", code) }

	sc.BindKey(keys.Enter, s.onEnter)
	sc.BindKey(keys.Esc, s.onEsc)
	sc.BindKey(keys.Up, func() { s.v.table().Step(-1) }, keys.Repeating())
	sc.BindKey(keys.Down, func() { s.v.table().Step(1) }, keys.Repeating())
	sc.BindKey(keys.PgDn, func() { s.v.table().Step(8) }, keys.Repeating())

	picking := keys.When(func() bool { return s.m.picking() })
	sc.Bind(actBack, s.onBack)
	sc.Bind(actField, s.onField)
	sc.Bind(actBare, s.onBare, keys.When(func() bool { return !s.m.picking() }))
	sc.Bind(actAll, s.onAll, picking)
	sc.Bind(actMore, func() { s.onStep(1) }, picking, keys.WhenEmpty(), keys.Repeating())
	sc.Bind(actLess, func() { s.onStep(-1) }, picking, keys.WhenEmpty(), keys.Repeating())
	sc.Bind(actQty, s.onQty, picking, keys.WhenEmpty())
	sc.Bind(actReason, s.onReason, picking)
	sc.Bind(actShelf, s.onShelf, picking)
	sc.Bind(actDrop, s.onDrop, picking, keys.WhenEmpty())
	sc.Bind(actExchange, s.onExchange, picking)
	sc.Bind(actFinish, s.onFinish, picking)
	sc.Bind(actAbandon, s.onAbandon, picking)
	sc.Bind(actMenu, func() { s.call(s.h.Menu) })
	sc.Bind(actKeys, func() { s.call(s.h.Keys) })
	sc.Bind(actFind, func() { s.call(s.h.Palette) })
	sc.Bind(actLock, func() { s.call(s.h.Lock) }, keys.Always())
}

func (s *Screen) call(f func()) {
	if f != nil {
		s.soon(f)
	}
}
