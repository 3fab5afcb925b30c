package chart

// The painting of a plan: rectangles and texts of the window, kept and reused.

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"kassa/ui/theme"
)

// painter is the renderer of a chart.
type painter struct {
	c       *Chart
	frame   *canvas.Rectangle
	rects   []*canvas.Rectangle // as many as were ever needed
	texts   []*canvas.Text
	objects []fyne.CanvasObject
	nr, nt  int // how many are in use
}

func newPainter(c *Chart) *painter {
	p := &painter{c: c, frame: canvas.NewRectangle(theme.Color(theme.ColorNone))}
	p.paint()
	return p
}

// Layout implements fyne.WidgetRenderer.
func (p *painter) Layout(fyne.Size) { p.paint() }

// MinSize implements fyne.WidgetRenderer.
func (p *painter) MinSize() fyne.Size { return fyne.NewSize(theme.Px(160), theme.Px(120)) }

// Refresh implements fyne.WidgetRenderer.
func (p *painter) Refresh() {
	p.paint()
	canvas.Refresh(p.c)
}

// Objects implements fyne.WidgetRenderer.
func (p *painter) Objects() []fyne.CanvasObject { return p.objects }

// Destroy implements fyne.WidgetRenderer.
func (p *painter) Destroy() {}

// paint draws the plan anew.
func (p *painter) paint() {
	c := p.c
	c.replan()
	p.nr, p.nt, p.objects = 0, 0, p.objects[:0]
	if c.selected >= 0 && c.selected < len(c.plan.slots) {
		p.rect(c.plan.slots[c.selected], theme.ColorAccentSoft).CornerRadius = theme.Px(near)
	}
	for _, l := range c.plan.lines {
		p.rect(l, theme.ColorLine)
	}
	for _, b := range c.plan.bars {
		p.bar(b)
	}
	if len(c.plan.slots) > 0 {
		p.rect(c.plan.zero, theme.ColorMuted)
	}
	for _, s := range c.plan.swatches {
		p.rect(s.box, colourOf(s.was)).CornerRadius = theme.Px(2)
	}
	for _, words := range [][]word{c.plan.legend, c.plan.axis, c.plan.labels, c.plan.values} {
		for _, w := range words {
			p.word(w)
		}
	}
	p.border()
}

// border marks the focus.
func (p *painter) border() {
	p.frame.StrokeColor, p.frame.StrokeWidth = theme.Color(theme.ColorNone), 0
	if p.c.focused {
		p.frame.StrokeColor, p.frame.StrokeWidth = theme.Color(theme.ColorAccent), theme.FocusWidth
	}
	p.frame.CornerRadius = theme.Px(theme.RadiusField)
	p.frame.Resize(p.c.Size())
	p.objects = append(p.objects, p.frame)
}

func colourOf(was bool) fyne.ThemeColorName {
	if was {
		return theme.ColorMuted
	}
	return theme.ColorAccent
}

func (p *painter) rect(b box, colour fyne.ThemeColorName) *canvas.Rectangle {
	if p.nr == len(p.rects) {
		p.rects = append(p.rects, &canvas.Rectangle{})
	}
	r := p.rects[p.nr]
	p.nr++
	*r = canvas.Rectangle{FillColor: theme.Color(colour)}
	r.Move(fyne.NewPos(b.x, b.y))
	r.Resize(fyne.NewSize(b.w, b.h))
	p.objects = append(p.objects, r)
	return r
}

// bar draws a bar, round at its free end where there is room for that.
func (p *painter) bar(b shape) {
	r := p.rect(b.box, colourOf(b.was))
	round := theme.Px(3)
	if min(b.w, b.h) < 2*round {
		return
	}
	switch b.end {
	case up:
		r.TopLeftCornerRadius, r.TopRightCornerRadius = round, round
	case down:
		r.BottomLeftCornerRadius, r.BottomRightCornerRadius = round, round
	case right:
		r.TopRightCornerRadius, r.BottomRightCornerRadius = round, round
	case left:
		r.TopLeftCornerRadius, r.BottomLeftCornerRadius = round, round
	}
}

func (p *painter) word(w word) {
	if p.nt == len(p.texts) {
		p.texts = append(p.texts, &canvas.Text{})
	}
	t := p.texts[p.nt]
	p.nt++
	colour := theme.ColorInk
	if w.tone == quiet {
		colour = theme.ColorMuted
	}
	t.Text, t.Color = drawable(w.text), theme.Color(colour)
	t.TextSize, t.TextStyle = theme.Size(theme.SizeSmall), fyne.TextStyle{Bold: w.tone == strong}
	t.Move(fyne.NewPos(w.x, w.y))
	t.Resize(fyne.NewSize(w.w, w.h))
	p.objects = append(p.objects, t)
}
