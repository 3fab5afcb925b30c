// Package phrase is small text that wraps and has the figures that matter in bold,
// such as what a sale could be paid with.
package phrase

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Word is a piece of a phrase that stays on one line.
type Word struct {
	text string
	bold bool
}

// Words collects what a phrase says: words with the figure that matters.
type Words []Word

// Add puts "words figure" behind a dot.
func (p *Words) Add(words, figure string) {
	if len(*p) > 0 {
		*p = append(*p, Word{text: dot})
	}
	for _, w := range strings.Fields(words) {
		*p = append(*p, Word{text: w})
	}
	*p = append(*p, Word{text: figure, bold: true})
}

// Phrase is small text that wraps and has some of its words in bold.
type Phrase struct {
	widget.BaseWidget
	words []Word
	texts []*widgets.Text
}

// New makes a phrase that says nothing.
func New() *Phrase {
	p := &Phrase{}
	p.ExtendBaseWidget(p)
	return p
}

// Empty reports that nothing is said.
func (p *Phrase) Empty() bool { return len(p.words) == 0 }

// Set says something else.
func (p *Phrase) Set(words []Word) {
	same := len(words) == len(p.words)
	for i := 0; same && i < len(words); i++ {
		same = words[i] == p.words[i]
	}
	if same {
		return
	}
	p.words = words
	p.texts = p.texts[:min(len(p.texts), len(words))]
	for i, w := range words {
		style := widgets.SmallMuted
		if w.bold {
			style = widgets.Small.InBold()
		}
		if i < len(p.texts) {
			p.texts[i].Set(w.text, style)
			continue
		}
		p.texts = append(p.texts, widgets.NewText(w.text, style))
	}
	p.Refresh()
}

// place puts the words into lines and returns their height. What stands between
// two dots stays together where a line can hold it; a dot never begins or ends
// a line.
func (p *Phrase) place(width float32, put func(o fyne.CanvasObject, x, y float32)) float32 {
	x, y, height := float32(0), float32(0), float32(0)
	for i, t := range p.texts {
		t.Hidden = false
		m := t.MinSize()
		need := m.Width
		if p.startsPart(i) {
			need = min(p.partWidth(i), width)
		}
		if x > 0 && x+need > width {
			x, y = 0, y+m.Height
			if p.words[i].text == dot {
				t.Hidden = true // the line's end says it
				continue
			}
		}
		put(t, x, y)
		x += m.Width + theme.Px(wordGap)
		height = y + m.Height
	}
	return height
}

const (
	dot     = "·"
	wordGap = 4
)

// startsPart reports a dot, or the word at the very beginning.
func (p *Phrase) startsPart(i int) bool { return i == 0 || p.words[i].text == dot }

// partWidth is the width of a part that begins at i, its dot included.
func (p *Phrase) partWidth(i int) float32 {
	width := p.texts[i].MinSize().Width
	for i++; i < len(p.texts) && p.words[i].text != dot; i++ {
		width += theme.Px(wordGap) + p.texts[i].MinSize().Width
	}
	return width
}

// HeightFor implements widgets.Flowing.
func (p *Phrase) HeightFor(width float32) float32 {
	return p.place(width, func(fyne.CanvasObject, float32, float32) {})
}

// CreateRenderer implements fyne.Widget.
func (p *Phrase) CreateRenderer() fyne.WidgetRenderer { return &renderer{p} }

type renderer struct{ p *Phrase }

func (r *renderer) Destroy() {}

func (r *renderer) MinSize() fyne.Size {
	width := r.p.Size().Width
	if width <= 0 {
		width = theme.Px(240)
	}
	return fyne.NewSize(theme.Px(60), r.p.HeightFor(width))
}

func (r *renderer) Layout(size fyne.Size) {
	r.p.place(size.Width, func(o fyne.CanvasObject, x, y float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(o.MinSize())
	})
}

func (r *renderer) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(r.p.texts))
	for i, t := range r.p.texts {
		objects[i] = t
	}
	return objects
}

func (r *renderer) Refresh() {
	for _, t := range r.p.texts {
		t.Refresh()
	}
	r.Layout(r.p.Size())
}
