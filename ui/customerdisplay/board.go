package customerdisplay

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
)

// board draws the display. All its measures follow its own size, so that the
// type is as large as a monitor of whatever size allows; the scale of the
// cashier's window is of no concern here.
type board struct {
	widget.BaseWidget
	d *Display
}

func newBoard(d *Display) *board {
	b := &board{d: d}
	b.ExtendBaseWidget(b)
	return b
}

// Tapped implements fyne.Tappable.
func (b *board) Tapped(*fyne.PointEvent) {
	if b.d.p.Tapped != nil {
		b.d.p.Tapped()
	}
}

// CreateRenderer implements fyne.Widget.
func (b *board) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{b: b}
	r.Refresh()
	return r
}

type renderer struct {
	b       *board
	objects []fyne.CanvasObject
}

func (r *renderer) MinSize() fyne.Size           { return fyne.NewSize(320, 200) }
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *renderer) Destroy()                     {}

// Layout implements fyne.WidgetRenderer.
func (r *renderer) Layout(fyne.Size) { r.draw() }

// Refresh implements fyne.WidgetRenderer.
func (r *renderer) Refresh() {
	r.draw()
	canvas.Refresh(r.b)
}

func (r *renderer) draw() {
	size := r.b.Size()
	if size.Width <= 0 || size.Height <= 0 {
		r.objects = nil
		return
	}
	p := &picture{w: size.Width, h: size.Height, u: min(size.Height/100, size.Width/140)}
	p.fill(0, 0, p.w, p.h, theme.ColorBackground, 0)
	p.show(r.b.d)
	r.objects = p.objects
}

// picture is one drawing of the display. u is its unit, about a hundredth of
// the height.
type picture struct {
	w, h, u float32
	objects []fyne.CanvasObject
}

// face is how a text looks: its size in units.
type face struct {
	size  float32
	color fyne.ThemeColorName
	bold  bool
	align fyne.TextAlign
}

func (f face) right() face  { f.align = fyne.TextAlignTrailing; return f }
func (f face) center() face { f.align = fyne.TextAlignCenter; return f }

func (p *picture) fill(x, y, w, h float32, color fyne.ThemeColorName, radius float32) {
	r := canvas.NewRectangle(theme.Color(color))
	r.CornerRadius = radius
	r.Move(fyne.NewPos(x, y))
	r.Resize(fyne.NewSize(w, h))
	p.objects = append(p.objects, r)
}

// smallest is the part of its size down to which a long text shrinks before it
// is cut.
const smallest = 0.6

// text draws a line into a box of the given width and returns its height. What
// is too wide becomes smaller, then shorter.
func (p *picture) text(s string, x, y, w float32, f face) float32 {
	if s == "" {
		return 0
	}
	size, style := f.size*p.u, fyne.TextStyle{Bold: f.bold}
	full := fyne.MeasureText(s, size, style)
	if full.Width > w {
		size *= max(w/full.Width*0.99, smallest)
		s = cut(s, w, size, style)
		full.Width = fyne.MeasureText(s, size, style).Width
	}
	t := canvas.NewText(s, theme.Color(f.color))
	t.TextSize, t.TextStyle = size, style
	min := fyne.MeasureText(s, size, style)
	switch f.align {
	case fyne.TextAlignTrailing:
		x += w - full.Width
	case fyne.TextAlignCenter:
		x += (w - full.Width) / 2
	}
	t.Move(fyne.NewPos(x, y+(full.Height-min.Height)/2))
	t.Resize(fyne.NewSize(min.Width, min.Height))
	p.objects = append(p.objects, t)
	return full.Height
}

// width is how wide a text is.
func (p *picture) width(s string, f face) float32 {
	return fyne.MeasureText(s, f.size*p.u, fyne.TextStyle{Bold: f.bold}).Width
}

// height is how high a line is.
func (p *picture) height(f face) float32 {
	return fyne.MeasureText("0", f.size*p.u, fyne.TextStyle{Bold: f.bold}).Height
}

func cut(s string, w, size float32, style fyne.TextStyle) string {
	if fyne.MeasureText(s, size, style).Width <= w {
		return s
	}
	runes := []rune(s)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if fyne.MeasureText(string(runes[:mid])+"…", size, style).Width <= w {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return string(runes[:low]) + "…"
}

// lines breaks a sentence into lines no wider than w.
func (p *picture) lines(words []string, w float32, f face) []string {
	var out []string
	for _, word := range words {
		if n := len(out); n > 0 && p.width(out[n-1]+" "+word, f) <= w {
			out[n-1] += " " + word
			continue
		}
		out = append(out, word)
	}
	return out
}
