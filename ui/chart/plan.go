// Package chart draws figures as bars in the colours of the till. What goes where
// is worked out by plain functions; the widget only paints it, with rectangles
// and texts of the window, so it is sharp at any scale.
package chart

import "math"

// Bar is one bar.
type Bar struct {
	Short      string // under or beside the bar
	Told       string // its name and value in words, for whoever cannot see it
	Value, Was int64
}

// Data is what a chart shows.
type Data struct {
	Bars    []Bar
	Compare bool // draws Was beside Value
	Across  bool // bars lie: for names rather than moments
	// Names say what the bars are, and what they are compared with.
	Names [2]string
	Write Writer
}

// Writer writes figures. top is the last one on the axis, so that all of a chart
// are written alike.
type Writer struct {
	Axis func(v, top int64) string
	// Values are the ways to write the figure of a bar, the fullest first.
	Values []func(v, top int64) string
}

// Measures of a plan, at scale 1.
const (
	edge      = 8   // around everything
	near      = 4   // between what belongs together
	wordGap   = 6   // the least between two words of a row
	mostBar   = 44  // a bar is never wider,
	mostSlot  = 160 // nor is its share of the axis
	mostThick = 18  // a lying bar is never thicker,
	mostRow   = 40  // nor its row higher
	lineEvery = 26  // from one line of the axis to the next
	wordEvery = 84  // the same along a lying axis
	swatch    = 10
)

// tone is how a word is written.
type tone int

const (
	quiet tone = iota
	plain
	strong
)

// pen is what a plan must know of letters and of the screen.
type pen struct {
	px    func(float32) float32                  // a measure at scale 1 as it is drawn
	width func(text string, strong bool) float32 // of a word
	line  float32                                // height of a word
	pixel float32                                // of the screen
}

// snap brings a measure to whole pixels, so that edges are sharp.
func (p pen) snap(v float32) float32 { return float32(math.Round(float64(v/p.pixel))) * p.pixel }

// box is a part of the chart.
type box struct{ x, y, w, h float32 }

func (b box) middle() (x, y float32) { return b.x + b.w/2, b.y + b.h/2 }

// word is a text in its place.
type word struct {
	box
	text string
	tone tone
	at   int // the bar it belongs to, -1 for none
}

// shape is a drawn bar.
type shape struct {
	box
	at  int
	was bool
	end end // the end that does not stand on the zero line
}

// end is a side of a bar.
type end int

const (
	up end = iota
	down
	right
	left
)

// plan is where everything of a chart goes.
type plan struct {
	slots    []box // the room of each bar shown, over the whole height or width
	lines    []box // of the axis
	zero     box
	axis     []word
	bars     []shape
	labels   []word
	values   []word
	legend   []word
	swatches []shape
}

// layout plans a chart.
func layout(d *Data, width, height float32, selected int, p pen) *plan {
	c := &draft{Data: d, pen: p, w: width, h: height, selected: selected, plan: &plan{}}
	if len(d.Bars) == 0 {
		return c.plan
	}
	c.legends()
	if d.Across {
		c.lying()
	} else {
		c.standing()
	}
	return c.plan
}

// draft is a chart while it is planned.
type draft struct {
	*Data
	pen
	*plan
	w, h     float32
	selected int
	room     box  // what is left for the bars
	heads    bool // there is room for figures over the bars
}

// series is how many bars stand at one place.
func (c *draft) series() int {
	if c.Compare {
		return 2
	}
	return 1
}

// reach is the least and the greatest figure of the first bars.
func (c *draft) reach(n int) (low, high int64) {
	for i := range c.Bars[:n] {
		low, high = min(low, c.Bars[i].Value), max(high, c.Bars[i].Value)
		if c.Compare {
			low, high = min(low, c.Bars[i].Was), max(high, c.Bars[i].Was)
		}
	}
	return low, high
}

// legends says at the top what the bars are, and leaves the rest as room.
func (c *draft) legends() {
	e := c.px(edge)
	c.room = box{e, e, c.w - 2*e, c.h - 2*e}
	if c.room.h < 6*c.line {
		return // bars before words
	}
	x := c.room.x
	for i, name := range c.Names[:c.series()] {
		if name == "" {
			continue
		}
		side := c.px(swatch)
		wide := min(c.width(name, false), c.w-e-x-side-c.px(wordGap))
		if wide < c.px(swatch) {
			break
		}
		c.swatches = append(c.swatches, shape{box: box{x, e + (c.line-side)/2, side, side}, was: i == 1})
		c.legend = append(c.legend, word{box{x + side + c.px(wordGap), e, wide, c.line}, c.cut(name, wide, false), plain, -1})
		x += side + c.px(wordGap) + wide + 2*e
	}
	if len(c.legend) > 0 {
		c.room.y += c.line + c.px(near)
		c.room.h -= c.line + c.px(near)
	}
}

// cut shortens a text to a width.
func (p pen) cut(text string, width float32, strong bool) string {
	if p.width(text, strong) <= width {
		return text
	}
	runes := []rune(text)
	for n := len(runes) - 1; n > 0; n-- {
		if short := string(runes[:n]) + "…"; p.width(short, strong) <= width {
			return short
		}
	}
	return ""
}

// write chooses the fullest way to write the figures that fits all of them; nil
// where none does.
func (c *draft) write(n int, top int64, fits func(i int, was bool, text string) bool) func(v, top int64) string {
next:
	for _, write := range c.Write.Values {
		for i := range c.Bars[:n] {
			if !fits(i, false, write(c.Bars[i].Value, top)) || c.Compare && !fits(i, true, write(c.Bars[i].Was, top)) {
				continue next
			}
		}
		return write
	}
	return nil
}

// fullest writes a figure in the fullest way that fits a width; nothing where none
// does.
func (c *draft) fullest(v, top int64, width float32) string {
	for _, write := range c.Write.Values {
		if text := write(v, top); c.width(text, true) <= width {
			return text
		}
	}
	return ""
}

// figure is what one series has at a place.
func (b *Bar) figure(was bool) int64 {
	if was {
		return b.Was
	}
	return b.Value
}

// between keeps a run of a length within limits.
func between(at, length, low, high float32) float32 { return max(min(at, high-length), low) }
