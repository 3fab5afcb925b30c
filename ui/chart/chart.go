package chart

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Chart is a focusable chart. The arrows move from bar to bar; the one chosen
// is told in words above it and marked in the picture. The picture is drawn off
// the window's thread, anew when the size, the theme or the figures change.
type Chart struct {
	widget.BaseWidget
	// OnSelected hears which bar was chosen by key or pointer.
	OnSelected func(i int)
	// OnActivated hears of Enter on the chosen bar.
	OnActivated func(i int)

	ctx      context.Context
	kit      *widgets.Kit
	latest   *task.Latest
	data     Data
	selected int
	round    int // grows with each change of the figures
	focused  bool
	drawn    drawing
	image    *canvas.Image
	frame    *canvas.Rectangle
	told     *widgets.Text
}

// drawing is what a picture was made of.
type drawing struct {
	round, selected int
	look            look
}

var (
	_ fyne.Focusable    = (*Chart)(nil)
	_ fyne.Tappable     = (*Chart)(nil)
	_ desktop.Keyable   = (*Chart)(nil)
	_ fyne.Shortcutable = (*Chart)(nil)
)

// New makes a chart without figures.
func New(ctx context.Context, k *widgets.Kit, runner task.Runner) *Chart {
	c := &Chart{ctx: ctx, kit: k, latest: task.NewLatest(runner), selected: -1, image: &canvas.Image{},
		frame: canvas.NewRectangle(theme.Color(theme.ColorNone)), told: widgets.NewText("", widgets.Small).Ellipsis()}
	c.image.ScaleMode = canvas.ImageScaleSmooth
	c.image.Hide() // nothing is drawn yet
	c.ExtendBaseWidget(c)
	return c
}

// Told is the text that tells the chosen bar; the screen places it.
func (c *Chart) Told() *widgets.Text { return c.told }

// SetData shows other figures; no bar is chosen.
func (c *Chart) SetData(d Data) {
	c.data, c.selected = d, -1
	c.round++
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

func (c *Chart) choose(i int) {
	if len(c.data.Bars) == 0 {
		return
	}
	c.Select(min(max(i, 0), len(c.data.Bars)-1))
	if c.OnSelected != nil {
		c.OnSelected(c.selected)
	}
}

// Close stops what is being drawn.
func (c *Chart) Close() { c.latest.Cancel() }

// redraw asks for the picture where it is not the one shown already.
func (c *Chart) redraw() {
	size := c.Size()
	if size.Width < 40 || size.Height < 40 || len(c.data.Bars) == 0 {
		c.image.Hide()
		c.drawn = drawing{}
		return
	}
	scale := float32(1)
	if cv := fyne.CurrentApp().Driver().CanvasForObject(c); cv != nil {
		scale = cv.Scale()
	}
	want := drawing{c.round, c.selected, lookNow(size, scale)}
	if want == c.drawn {
		return
	}
	c.drawn = want
	data := c.data
	task.RunLatest(c.ctx, c.latest,
		func(context.Context) (image.Image, error) { return draw(data, want.look, want.selected) },
		func(pic image.Image, err error) {
			if err != nil {
				return // the table beside it has the figures; the next change draws anew
			}
			c.image.Image = pic
			c.image.Show()
			c.image.Refresh()
		})
}

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
		c.choose(len(c.data.Bars) - 1)
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

// Tapped implements fyne.Tappable: the bar under the pointer, as far as the
// picture's shares tell.
func (c *Chart) Tapped(ev *fyne.PointEvent) {
	c.kit.Keys.Touch()
	c.kit.Focus(c)
	n := len(c.data.Bars)
	if n == 0 {
		return
	}
	at, of := ev.Position.X, c.Size().Width
	if c.data.Across {
		at, of = ev.Position.Y, c.Size().Height
	}
	c.choose(int(at / of * float32(n)))
}

// CreateRenderer implements fyne.Widget.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer { return &renderer{c} }

type renderer struct{ c *Chart }

func (r *renderer) Layout(size fyne.Size) {
	r.c.image.Resize(size)
	r.c.frame.Resize(size)
	r.c.redraw()
}

func (r *renderer) MinSize() fyne.Size { return fyne.NewSize(theme.Px(160), theme.Px(120)) }

func (r *renderer) Refresh() {
	c := r.c
	c.frame.StrokeColor, c.frame.StrokeWidth = theme.Color(theme.ColorNone), 0
	if c.focused {
		c.frame.StrokeColor, c.frame.StrokeWidth = theme.Color(theme.ColorAccent), theme.FocusWidth
	}
	c.frame.CornerRadius = theme.Px(theme.RadiusField)
	c.redraw()
	canvas.Refresh(c.frame)
	canvas.Refresh(c.image)
}

func (r *renderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.c.image, r.c.frame} }

func (r *renderer) Destroy() { r.c.Close() }
