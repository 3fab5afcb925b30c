package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/keys"
	"kassa/ui/theme"
)

// Tone is what a coloured thing means.
type Tone int

// The tones. Colour never stands alone: there is always a word with it.
const (
	Neutral Tone = iota
	Info         // selected, or simply told
	Good         // done or saved
	Warn         // worth a look
	Bad          // missing or refused
)

// colors returns the ink and the soft ground of a tone.
func (t Tone) colors() (ink, soft fyne.ThemeColorName) {
	switch t {
	case Info:
		return theme.ColorAccent, theme.ColorAccentSoft
	case Good:
		return theme.ColorGood, theme.ColorGoodSoft
	case Warn:
		return theme.ColorWarn, theme.ColorWarnSoft
	case Bad:
		return theme.ColorBad, theme.ColorBadSoft
	default:
		return theme.ColorMuted, theme.ColorCap
	}
}

// KeyCap draws a key as a small cap.
type KeyCap struct {
	widget.BaseWidget
	text     string
	onAccent bool
	flat     bool // of a button that cannot be pressed
}

// NewKeyCap returns the cap of a key.
func NewKeyCap(key keys.Key) *KeyCap {
	c := &KeyCap{text: key.Cap()}
	c.ExtendBaseWidget(c)
	return c
}

// SetKey shows another key; keys.None hides the cap.
func (c *KeyCap) SetKey(key keys.Key) {
	c.Hidden = key == keys.None
	c.text = key.Cap()
	c.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (c *KeyCap) CreateRenderer() fyne.WidgetRenderer {
	ground := newBox(theme.ColorCap, theme.ColorLine, 4)
	text := newLabel(c.text, c.style())
	r := newRenderer(ground, text)
	r.min = func() fyne.Size {
		m := c.style().measure(c.text)
		h := m.Height + theme.Px(2)
		return fyne.NewSize(max(m.Width+theme.Px(12), h+theme.Px(2)), h)
	}
	r.refresh = func() {
		text.set(c.text, c.style())
		ground.fill, ground.line = theme.ColorCap, theme.ColorLine
		if c.onAccent {
			ground.fill, ground.line = theme.ColorCapAccent, theme.ColorNone
		} else if c.flat {
			ground.fill = theme.ColorNone
		}
	}
	r.refresh()
	ground.paint()
	return r
}

func (c *KeyCap) style() Style {
	s := Style{Size: theme.SizeCap, Color: theme.ColorMuted}.Center()
	if c.onAccent {
		s = s.In(theme.ColorOnAccent).InBold()
	}
	return s
}

// Chip is a word on a soft pill: a state.
type Chip struct {
	widget.BaseWidget
	text string
	tone Tone
}

// NewChip returns a chip.
func NewChip(text string, tone Tone) *Chip {
	c := &Chip{text: text, tone: tone}
	c.ExtendBaseWidget(c)
	return c
}

// Set shows another state.
func (c *Chip) Set(text string, tone Tone) {
	if c.text == text && c.tone == tone {
		return
	}
	c.text, c.tone = text, tone
	c.Refresh()
}

// Text returns the chip's word.
func (c *Chip) Text() string { return c.text }

// CreateRenderer implements fyne.Widget.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	ground := newBox(theme.ColorNone, theme.ColorNone, 11)
	text := newLabel("", c.style())
	r := newRenderer(ground, text)
	r.layout = func(size fyne.Size) {
		ground.Resize(size)
		x := theme.Px(10)
		room := size.Width - 2*x
		text.fit(room)
		place(text.Text, x, room, size.Height)
	}
	r.min = func() fyne.Size {
		m := c.style().measure(c.text)
		return fyne.NewSize(m.Width+theme.Px(20), m.Height+theme.Px(4))
	}
	r.refresh = func() {
		_, ground.fill = c.tone.colors()
		text.set(c.text, c.style())
		r.layout(c.Size())
	}
	r.refresh()
	ground.paint()
	return r
}

func (c *Chip) style() Style {
	ink, _ := c.tone.colors()
	return Small.In(ink)
}
