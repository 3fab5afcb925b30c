package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
)

// Paragraph is text that wraps at words. Inside this package's layouts its
// height follows its width at once.
type Paragraph struct {
	widget.BaseWidget
	text  string
	style Style
	width float32
	// MaxLines ends the text with an ellipsis; zero shows all of it.
	MaxLines int
}

// NewParagraph returns a wrapping text.
func NewParagraph(text string, style Style) *Paragraph {
	p := &Paragraph{text: text, style: style}
	p.ExtendBaseWidget(p)
	return p
}

// Text returns the whole text.
func (p *Paragraph) Text() string { return p.text }

// SetText shows another text.
func (p *Paragraph) SetText(text string) { p.Set(text, p.style) }

// Set shows another text in another style.
func (p *Paragraph) Set(text string, style Style) {
	if p.text == text && p.style == style {
		return
	}
	p.text, p.style = text, style
	p.Refresh()
}

// HeightFor implements Flowing.
func (p *Paragraph) HeightFor(width float32) float32 {
	return float32(len(p.lines(width))) * p.lineHeight()
}

func (p *Paragraph) lineHeight() float32 { return p.style.measure("Щg").Height }

func (p *Paragraph) lines(width float32) []string {
	if width <= 0 {
		width = theme.Px(240)
	}
	lines := wrap(p.text, p.style, width)
	if p.MaxLines > 0 && len(lines) > p.MaxLines {
		rest := strings.Join(lines[p.MaxLines-1:], " ")
		lines = append(lines[:p.MaxLines-1:p.MaxLines-1], ellipsis(rest, p.style, width))
	}
	return lines
}

// wrap breaks a text at plain spaces (thin and no-break ones hold figures
// together), and a word longer than a line where it must.
func wrap(text string, style Style, width float32) []string {
	var lines []string
	for _, para := range strings.Split(text, "\n") {
		line := ""
		for _, word := range strings.Split(para, " ") {
			if word == "" {
				continue
			}
			candidate := word
			if line != "" {
				candidate = line + " " + word
			}
			if style.measure(candidate).Width <= width {
				line = candidate
				continue
			}
			if line != "" {
				lines = append(lines, line)
			}
			var full []string
			full, line = breakWord(word, style, width)
			lines = append(lines, full...)
		}
		lines = append(lines, line)
	}
	return lines
}

func breakWord(word string, style Style, width float32) (full []string, rest string) {
	for style.measure(word).Width > width {
		runes := []rune(word)
		n := 1
		for n < len(runes)-1 && style.measure(string(runes[:n+1])).Width <= width {
			n++
		}
		if n >= len(runes) {
			break
		}
		full, word = append(full, string(runes[:n])), string(runes[n:])
	}
	return full, word
}

// CreateRenderer implements fyne.Widget.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	r := &paragraphRenderer{p: p}
	r.Layout(p.Size())
	return r
}

type paragraphRenderer struct {
	p      *Paragraph
	labels []*label
}

func (r *paragraphRenderer) Destroy() {}

func (r *paragraphRenderer) Layout(size fyne.Size) {
	r.p.width = size.Width
	lines, h := r.p.lines(size.Width), r.p.lineHeight()
	r.labels = r.labels[:min(len(r.labels), len(lines))]
	for len(r.labels) < len(lines) {
		r.labels = append(r.labels, newLabel("", r.p.style))
	}
	for i, l := range r.labels {
		l.set(lines[i], r.p.style)
		l.Resize(fyne.NewSize(size.Width, h))
		l.Move(fyne.NewPos(0, float32(i)*h))
	}
}

func (r *paragraphRenderer) MinSize() fyne.Size {
	return fyne.NewSize(theme.Px(40), r.p.HeightFor(r.p.width))
}

func (r *paragraphRenderer) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(r.labels))
	for i, l := range r.labels {
		objects[i] = l.Text
	}
	return objects
}

func (r *paragraphRenderer) Refresh() {
	for _, l := range r.labels {
		l.paint()
	}
	r.Layout(r.p.Size())
}
