package chart

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Chart is a focusable chart. The arrows move from bar to bar; the one chosen
// is told in words beside it and marked in the picture.
type Chart struct {
	widget.BaseWidget
	// OnSelected hears which bar was chosen by key or pointer.
	OnSelected func(i int)
	// OnActivated hears of Enter on the chosen bar.
	OnActivated func(i int)

	kit      *widgets.Kit
	data     Data
	selected int
	focused  bool
	plan     *plan
	told     *widgets.Text
}

var (
	_ fyne.Focusable    = (*Chart)(nil)
	_ fyne.Tappable     = (*Chart)(nil)
	_ desktop.Keyable   = (*Chart)(nil)
	_ fyne.Shortcutable = (*Chart)(nil)
)

// New makes a chart without figures.
func New(k *widgets.Kit) *Chart {
	c := &Chart{kit: k, selected: -1, plan: &plan{}, told: widgets.NewText("", widgets.Small).Ellipsis()}
	c.ExtendBaseWidget(c)
	return c
}

// Told is the text that tells the chosen bar; the screen places it.
func (c *Chart) Told() *widgets.Text { return c.told }

// SetData shows other figures; no bar is chosen.
func (c *Chart) SetData(d Data) {
	c.data, c.selected = d, -1
	c.told.SetText("")
	c.Refresh()
}

// Select chooses a bar without calling OnSelected; what is no bar chooses none.
func (c *Chart) Select(i int) {
	if i < 0 || i >= len(c.data.Bars) {
		i = -1
	}
	if i == c.selected {
		return
	}
	c.selected = i
	text := ""
	if i >= 0 {
		text = c.data.Bars[i].Told
	}
	c.told.SetText(text)
	c.Refresh()
}

// Selected is the chosen bar, -1 for none.
func (c *Chart) Selected() int { return c.selected }

// last is the last bar there is room for.
func (c *Chart) last() int { return max(len(c.plan.slots)-1, 0) }

func (c *Chart) choose(i int) {
	if len(c.data.Bars) == 0 {
		return
	}
	c.Select(min(max(i, 0), c.last()))
	if c.OnSelected != nil {
		c.OnSelected(c.selected)
	}
}

// replan works out where everything goes in the size and the theme of now.
func (c *Chart) replan() {
	c.plan = layout(&c.data, c.Size().Width, c.Size().Height, c.selected, c.pen())
}

func (c *Chart) pen() pen {
	pixel := float32(1)
	if cv := fyne.CurrentApp().Driver().CanvasForObject(c); cv != nil && cv.Scale() > 0 {
		pixel = 1 / cv.Scale()
	}
	return pen{px: theme.Px, pixel: pixel, line: theme.Measure("0", theme.SizeSmall, fyne.TextStyle{}).Height,
		width: func(text string, strong bool) float32 {
			return theme.Measure(drawable(text), theme.SizeSmall, fyne.TextStyle{Bold: strong}).Width
		}}
}

// drawable replaces the minus sign, which the bundled font lacks.
func drawable(text string) string { return strings.ReplaceAll(text, "\u2212", theme.Minus) }

// FocusGained implements fyne.Focusable.
func (c *Chart) FocusGained() {
	c.focused = true
	if c.selected < 0 {
		c.choose(0)
	}
	c.Refresh()
}

// FocusLost implements fyne.Focusable.
func (c *Chart) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune implements fyne.Focusable.
func (c *Chart) TypedRune(r rune) { c.kit.Keys.TypedRune(r, nil) }

// TypedShortcut implements fyne.Shortcutable.
func (c *Chart) TypedShortcut(s fyne.Shortcut) { c.kit.Keys.TypedShortcut(s) }

// KeyDown implements desktop.Keyable.
func (c *Chart) KeyDown(ev *fyne.KeyEvent) { c.kit.Keys.KeyDown(ev) }

// KeyUp implements desktop.Keyable.
func (c *Chart) KeyUp(ev *fyne.KeyEvent) { c.kit.Keys.KeyUp(ev) }

// TypedKey implements fyne.Focusable: the chart's own keys, then the window's.
func (c *Chart) TypedKey(ev *fyne.KeyEvent) {
	if c.kit.Keys.Intercept(ev, nil) {
		return
	}
	switch ev.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		c.choose(c.selected - 1)
	case fyne.KeyRight, fyne.KeyDown:
		c.choose(c.selected + 1)
	case fyne.KeyHome:
		c.choose(0)
	case fyne.KeyEnd:
		c.choose(c.last())
	case fyne.KeyReturn, fyne.KeyEnter:
		if c.selected >= 0 && c.OnActivated != nil {
			c.OnActivated(c.selected)
			return
		}
		c.kit.Keys.Dispatch(ev)
	default:
		c.kit.Keys.Dispatch(ev)
	}
}

// Tapped implements fyne.Tappable: it chooses the bar whose place it is.
func (c *Chart) Tapped(ev *fyne.PointEvent) {
	c.kit.Keys.Touch()
	c.kit.Focus(c)
	for i, s := range c.plan.slots {
		at, from, to := ev.Position.X, s.x, s.x+s.w
		if c.data.Across {
			at, from, to = ev.Position.Y, s.y, s.y+s.h
		}
		if at >= from && at < to {
			c.choose(i)
			return
		}
	}
}

// CreateRenderer implements fyne.Widget.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer { return newPainter(c) }
