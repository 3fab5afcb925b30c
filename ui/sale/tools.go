package sale

import (
	"fyne.io/fyne/v2"

	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// lineTools are the actions on the selected line and the cheque, under the
// lines: what the keys do, for a finger.
type lineTools struct {
	s     *Screen
	box   *fyne.Container
	row   *fyne.Container
	line  []*widgets.Button
	price *widgets.Button
	drop  *widgets.Button
}

func newLineTools(s *Screen) *lineTools {
	t := &lineTools{s: s}
	button := func(label string, act keys.ActionID) *widgets.Button {
		if label != "" {
			label = s.t(label, nil)
		}
		b := s.env.Kit.ActionButton(label, widgets.Secondary, act)
		b.Height = widgets.Compact
		return b
	}
	t.price, t.drop = button("tool.price", actPrice), button("tool.cancel", actCancel)
	t.line = []*widgets.Button{button("", actLess), button("", actMore), button("tool.qty", actQty), t.price, button("tool.remove", actRemove)}
	t.row = widgets.HBox(barGap)
	for _, b := range t.line {
		t.row.Add(b)
	}
	t.row.Add(widgets.Spring())
	t.row.Add(t.drop)
	t.box = widgets.VBox(0, widgets.NewSeparator(), widgets.Padded(barPad, 4, t.row))
	t.box.Hide()
	return t
}

// fit takes the longest keys off the buttons until all stand side by side; the
// list of keys (F1) still names them.
func (t *lineTools) fit(width float32) {
	width -= theme.Px(2*barPad + 2*theme.LineWidth)
	for _, try := range []struct{ price, drop bool }{{true, true}, {false, true}, {false, false}} {
		t.withKey(t.price, actPrice, try.price)
		t.withKey(t.drop, actCancel, try.drop)
		if t.row.MinSize().Width <= width {
			return
		}
	}
}

// withKey draws a tool with its key or without.
func (t *lineTools) withKey(b *widgets.Button, act keys.ActionID, drawn bool) {
	if (b.Action == act) == drawn {
		return
	}
	b.Action, b.OnTapped = act, nil
	if !drawn {
		b.Action, b.OnTapped = "", func() { t.s.env.Kit.Keys.Perform(act) }
	}
	b.Refresh()
}

// height is what the tools take when they are shown: the tiles under the cheque do
// not move for the first goods.
func (t *lineTools) height() float32 { return t.box.MinSize().Height }

// show draws the tools while there is something they act on.
func (t *lineTools) show(m *model) {
	_, live := m.line()
	for _, b := range t.line {
		b.SetEnabled(live)
	}
	if hidden := len(m.rows) == 0; hidden != t.box.Hidden {
		t.box.Hidden = hidden
		if t.s.v != nil {
			t.s.v.lay.cheque.Refresh()
		}
	}
}
