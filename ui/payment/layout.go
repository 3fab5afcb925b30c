// This file places the parts of the payment window: beside one another where there
// is height, closer where large letters leave little of it.

package payment

import (
	"fyne.io/fyne/v2"

	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// lowBelow is the height of the window, at scale 1, below which the parts stand
// closer: every tender and every key has to be in sight without scrolling.
const lowBelow = 700

// belowFrom is the width of a low window, at scale 1, whose footer has room for the
// exact card between the way back and the blue button.
const belowFrom = 840

// Measures of the parts where there is little height.
const (
	lowGap    = theme.GapTiny
	lowPadMin = 200
	// A tender, and the sums to tap under a sentence, where large letters make them a
	// finger's breadth all the same.
	lowTender = 36
	lowQuick  = 32
)

// finger is a height of a control that a finger still hits, whatever the letters.
func finger(height float32) float32 { return max(theme.Px(height), theme.TouchHeight) }

func (w *window) low() bool {
	return w.env.Kit.Window.Canvas().Size().Height < theme.Px(lowBelow)
}

// closer leaves out what the keys do as well, where there is no room beside what
// has to be read.
func (w *window) closer() {
	p := &w.parts
	if !w.low() {
		return
	}
	told := p.news.Visible() && !w.roomForBoth()
	p.quickRow.Hidden = p.quickRow.Hidden || told
	p.remove.Hidden = p.remove.Hidden || told
	p.exact.Hidden = p.exact.Hidden || !p.below && (told || !p.remove.Hidden)
}

// dialogAround is the height of a dialog, at scale 1, without its body: the room around
// it, title and footer.
const dialogAround = 182

// roomForBoth tells that a sentence and the sums to tap have room under one another.
func (w *window) roomForBoth() bool {
	l := bodyLayout{w: w}
	size := w.env.Kit.Window.Canvas().Size()
	left := size.Width - theme.Px(80) - l.right(size.Width-theme.Px(80)) - theme.Px(theme.GapInside)
	needs := l.above(true) + w.parts.news.HeightFor(left) + theme.Px(lowGap) + finger(lowQuick)
	return needs <= size.Height-theme.Px(dialogAround)
}

// tools are the buttons of the body beside the tenders.
func (p *parts) tools() []*widgets.Button {
	if p.below {
		return []*widgets.Button{p.remove}
	}
	return []*widgets.Button{p.exact, p.remove}
}

// bodyLayout is the layout of the parts.
type bodyLayout struct {
	w    *window
	told float32 // the height of what is told, in the width it has
}

func (l *bodyLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	if !l.w.low() {
		// The tenders and, under them, the exact card and what takes a payment off.
		needs := float32(len(l.w.parts.tenders)*(tenderHeight+theme.GapSmall) + 2*(theme.TouchHeight+theme.GapSmall))
		return fyne.NewSize(0, theme.Px(max(bodyHeight, needs)))
	}
	if l.both() {
		return fyne.NewSize(0, l.above(true)+l.told+theme.Px(lowGap)+finger(lowQuick))
	}
	return fyne.NewSize(0, l.above(false)+max(l.told, theme.Px(theme.TouchHeight)))
}

// both tells that a sentence and buttons stand under the tenders, which are lower then.
func (l *bodyLayout) both() bool {
	p := &l.w.parts
	return p.news.Visible() && (p.quickRow.Visible() || p.remove.Visible() || p.exact.Visible() && !p.below)
}

// above is the height of the figures and the tenders, with the room under each.
func (l *bodyLayout) above(both bool) float32 {
	return l.band() + l.tenders(both) + 2*theme.Px(lowGap)
}

// tender is the height of a tender.
func tender(both bool) float32 {
	if both {
		return finger(lowTender)
	}
	return theme.Px(theme.TouchHeight)
}

// right is the width of the field and its pad in a low window.
func (l *bodyLayout) right(width float32) float32 {
	return min(max(theme.Px(lowPadMin), width*0.27), theme.Px(padWidth))
}

// band is the height of the figures where they stand beside one another.
func (l *bodyLayout) band() float32 {
	p := &l.w.parts
	return p.totalName.MinSize().Height + max(p.total.MinSize().Height, p.rest.MinSize().Height)
}

// lowRows is how many rows of tenders there is height for.
const lowRows = 3

// across is how many tenders stand beside one another: pairs, unless there are more
// of them than there are rows for.
func (l *bodyLayout) across() int { return max(2, (len(l.w.parts.tenders)+lowRows-1)/lowRows) }

// tenders is the height of the tenders beside one another.
func (l *bodyLayout) tenders(both bool) float32 {
	n := l.across()
	rows := float32((len(l.w.parts.tenders) + n - 1) / n)
	return rows*tender(both) + (rows-1)*theme.Px(lowGap)
}

func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

func (l *bodyLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	if l.w.low() {
		l.layoutLow(size)
		return
	}
	px, p := theme.Px, &l.w.parts
	window := l.w.env.Kit.Window.Canvas().Size().Width
	gap := px(theme.GapInside + theme.GapSmall)
	left, right := min(px(tenderWidth), window*0.315), min(px(padWidth), window*0.24)
	y := float32(0)
	for _, b := range p.tenders {
		place(b, 0, y, left, px(tenderHeight))
		y += px(tenderHeight + theme.GapSmall)
	}
	y = size.Height
	for _, b := range p.tools() {
		if b.Visible() {
			y -= b.MinSize().Height
			place(b, 0, y, left, b.MinSize().Height)
			y -= px(theme.GapSmall)
		}
	}
	x, width := left+gap, size.Width-left-right-2*gap
	y = 0
	for _, o := range []fyne.CanvasObject{p.totalName, p.total, p.paidName, p.paid, p.rule, p.restName, p.rest, p.news} {
		if o.Visible() {
			h := widgets.HeightFor(o, width)
			place(o, x, y, width, h)
			y += h + px(theme.GapTiny)
		}
	}
	h := p.quickRow.MinSize().Height
	place(p.quickRow, x, size.Height-h, width, h)
	h = p.field.HeightFor(right)
	place(p.field, size.Width-right, 0, right, h)
	place(p.pad, size.Width-right, h+px(10), right, px(padHeight))
}

// layoutLow puts the figures beside one another, the tenders close under them,
// then what is told, and last the sums to tap as far as there is room.
func (l *bodyLayout) layoutLow(size fyne.Size) {
	px, p := theme.Px, &l.w.parts
	gap := px(lowGap)
	right := l.right(size.Width)
	h := p.field.HeightFor(right)
	place(p.field, size.Width-right, 0, right, h)
	place(p.pad, size.Width-right, h+2*gap, right, size.Height-h-2*gap)

	left := size.Width - right - px(theme.GapInside)
	third, label := (left-2*px(theme.GapSmall))/3, p.totalName.MinSize().Height
	figures := l.band() - label
	place(p.rule, 0, 0, 0, 0)
	for i, o := range [][2]fyne.CanvasObject{{p.totalName, p.total}, {p.paidName, p.paid}, {p.restName, p.rest}} {
		x := float32(i) * (third + px(theme.GapSmall))
		place(o[0], x, 0, third, label)
		place(o[1], x, label, third, figures)
	}
	n, both := l.across(), l.both()
	y, each := l.band()+gap, (left-float32(n-1)*gap)/float32(n)
	for i, b := range p.tenders {
		x, width := float32(i%n)*(each+gap), each
		if i == len(p.tenders)-1 {
			width = left - x // nothing stands beside the last
		}
		place(b, x, y+float32(i/n)*(tender(both)+gap), width, tender(both))
	}
	y += l.tenders(both) + gap
	l.told = 0
	touch := px(theme.TouchHeight)
	if p.news.Visible() {
		touch = finger(lowQuick)
		l.told = p.news.HeightFor(left)
		place(p.news, 0, y, left, l.told)
		y += l.told + gap
	}
	x := float32(0)
	for _, b := range p.tools() {
		if b.Visible() {
			place(b, x, y, b.MinSize().Width, touch)
			x += b.MinSize().Width + px(theme.GapSmall)
		}
	}
	place(p.quickRow, x, y, left-x, touch)
}
