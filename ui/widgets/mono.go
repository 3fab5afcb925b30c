package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
)

// Mono shows lines of equally wide characters, as a receipt printer writes
// them. The type becomes smaller where the lines would not fit.
type Mono struct {
	widget.BaseWidget
	lines []string
}

// NewMono returns a text whose lines are never broken.
func NewMono(text string) *Mono {
	m := &Mono{lines: strings.Split(text, "\n")}
	m.ExtendBaseWidget(m)
	return m
}

// SetText shows another text.
func (m *Mono) SetText(text string) {
	m.lines = strings.Split(text, "\n")
	m.Refresh()
}

// Text returns what is shown.
func (m *Mono) Text() string { return strings.Join(m.lines, "\n") }

var monospace = fyne.TextStyle{Monospace: true}

func (m *Mono) width(size float32) float32 {
	widest := float32(0)
	for _, l := range m.lines {
		widest = max(widest, fyne.MeasureText(l, size, monospace).Width)
	}
	return widest
}

// size is the size of the type at a width.
func (m *Mono) size(width float32) float32 {
	size := theme.Size(theme.SizeSmall)
	w := m.width(size)
	if width <= 0 || w <= width {
		return size
	}
	least := size * leastShrink
	// Type is drawn at whole points, so that it does not shrink as evenly as asked.
	for size *= width / w; size > least && m.width(size) > width; {
		size -= 0.25
	}
	return max(size, least)
}

func lineOf(size float32) float32 { return fyne.MeasureText("Щg", size, monospace).Height }

// HeightFor implements Flowing.
func (m *Mono) HeightFor(width float32) float32 {
	return float32(len(m.lines)) * lineOf(m.size(width))
}

// CreateRenderer implements fyne.Widget.
func (m *Mono) CreateRenderer() fyne.WidgetRenderer { return &monoRenderer{m: m} }

type monoRenderer struct {
	m     *Mono
	texts []fyne.CanvasObject
}

func (r *monoRenderer) Destroy() {}

func (r *monoRenderer) MinSize() fyne.Size {
	full := theme.Size(theme.SizeSmall)
	width := r.m.Size().Width
	if width <= 0 {
		width = r.m.width(full)
	}
	return fyne.NewSize(r.m.width(full)*leastShrink, r.m.HeightFor(width))
}

func (r *monoRenderer) Layout(size fyne.Size) {
	points := r.m.size(size.Width)
	height := lineOf(points)
	r.texts = r.texts[:min(len(r.texts), len(r.m.lines))]
	for i, line := range r.m.lines {
		if i == len(r.texts) {
			r.texts = append(r.texts, canvas.NewText("", nil))
		}
		t := r.texts[i].(*canvas.Text)
		t.Text, t.TextSize, t.TextStyle, t.Color = line, points, monospace, theme.Color(theme.ColorInk)
		t.Resize(fyne.NewSize(size.Width, height))
		t.Move(fyne.NewPos(0, float32(i)*height))
		t.Refresh()
	}
}

func (r *monoRenderer) Objects() []fyne.CanvasObject { return r.texts }

func (r *monoRenderer) Refresh() {
	r.Layout(r.m.Size())
	canvas.Refresh(r.m)
}
