package sale

import (
	"fyne.io/fyne/v2"

	"kassa/ui/keys"
	"kassa/ui/widgets"
)

// lineTools are the actions on the selected line and the cheque, under the
// lines: what the keys do, for a finger.
type lineTools struct {
	s    *Screen
	box  *fyne.Container
	line []*widgets.Button
	drop *widgets.Button
}

func newLineTools(s *Screen) *lineTools {
	t := &lineTools{s: s}
	add := func(label string, act keys.ActionID) fyne.CanvasObject {
		text := ""
		if label != "" {
			text = s.t(label, nil)
		}
		b := s.env.Kit.ActionButton(text, widgets.Quiet, act)
		b.Height = widgets.Compact
		t.line = append(t.line, b)
		return b
	}
	less, more := add("", actLess), add("", actMore)
	qty, price := add("tool.qty", actQty), add("tool.price", actPrice)
	remove := add("tool.remove", actRemove)
	t.drop = s.env.Kit.ActionButton(s.t("tool.cancel", nil), widgets.Quiet, actCancel)
	t.drop.Height = widgets.Compact
	row := widgets.HBox(2, less, more, qty, price, remove, widgets.Spring(), t.drop)
	t.box = widgets.VBox(0, widgets.NewSeparator(), widgets.Padded(6, 3, row))
	t.box.Hide()
	return t
}

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
