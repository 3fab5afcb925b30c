package chart

// Standing bars: moments from left to right, the axis at the left.

import "math"

// standing plans standing bars.
func (c *draft) standing() {
	n := len(c.Bars)
	low, high := c.reach(n)
	plot := c.room
	plot.h -= c.line + c.px(near) // the labels
	figures := c.line             // above the bars, and below those under zero
	if low < 0 {
		figures *= 2
	}
	if plot.h-figures < 2*c.line {
		figures = 0 // bars before words where there is no room for both
	}
	if c.heads = figures > 0; c.heads {
		plot.y += c.line
	} else {
		plot.y, figures = plot.y+c.line/2, c.line/2 // half a word of the axis
	}
	plot.h = max(plot.h-figures, c.px(near))
	at := steps(low, high, int(plot.h/max(c.px(lineEvery), c.line)))
	first, top := at[0], at[len(at)-1]
	y := func(v int64) float32 { return c.snap(plot.y + plot.h*(1-share(v, first, top))) }
	gutter := float32(0)
	for _, v := range at {
		gutter = max(gutter, c.width(c.Write.Axis(v, top), false))
	}
	plot.x += gutter + c.px(wordGap)
	plot.w = max(plot.w-gutter-c.px(wordGap), c.px(near))
	free := func(v int64) bool { return v == 0 || max(y(v)-y(0), y(0)-y(v)) >= c.line*0.9 }
	for _, v := range at {
		c.lines = append(c.lines, box{plot.x, y(v), plot.w, c.px(1)})
		text := c.Write.Axis(v, top)
		if wide := c.width(text, false); free(v) {
			c.axis = append(c.axis, word{box{plot.x - c.px(wordGap) - wide, y(v) - c.line/2, wide, c.line}, text, quiet, -1})
		}
	}
	c.zero = box{plot.x, y(0), plot.w, c.px(1)}
	slot := min(plot.w/float32(n), c.px(mostSlot))
	for i := range n {
		c.slots = append(c.slots, box{plot.x + float32(i)*slot, c.room.y, slot, c.room.h})
		c.stand(i, slot, y)
	}
	c.under(plot)
	if c.heads {
		c.above(top, slot)
	}
}

// stand puts the bars of one place onto the zero line.
func (c *draft) stand(i int, slot float32, y func(int64) float32) {
	s := float32(c.series())
	pixel := c.pixel
	gap := float32(0)
	if s > 1 && slot > c.px(12) {
		gap = c.px(2)
	}
	wide := max(min((slot*0.72-gap*(s-1))/s, c.px(mostBar)), pixel)
	middle := c.slots[i].x + slot/2
	begin := middle - (wide*s+gap*(s-1))/2
	for k := range c.series() {
		was := k == 1
		v := c.Bars[i].figure(was)
		from, to := c.snap(begin+float32(k)*(wide+gap)), c.snap(begin+float32(k)*(wide+gap)+wide)
		to = max(to, from+pixel)
		b := shape{box: box{from, y(v), to - from, y(0) - y(v)}, at: i, was: was, end: up}
		switch {
		case v == 0:
			continue
		case v < 0:
			b.y, b.h, b.end = y(0), y(v)-y(0), down
		}
		if b.h < pixel { // something is not nothing
			b.h = pixel
			if v > 0 {
				b.y = y(0) - pixel
			}
		}
		c.bars = append(c.bars, b)
	}
}

// under puts the labels under their bars: all of them, or every so many that none
// comes near another.
func (c *draft) under(plot box) {
	widest := float32(0)
	for i := range c.Bars {
		widest = max(widest, c.width(c.Bars[i].Short, true))
	}
	slot := c.slots[0].w
	every := max(1, int(math.Ceil(float64((widest+c.px(wordGap))/slot))))
	row := c.room.y + c.room.h - c.line
	for i := 0; i < len(c.Bars); i += every {
		t := quiet
		if i == c.selected {
			t = strong
		}
		text := c.Bars[i].Short
		wide := c.width(text, t == strong)
		middle, _ := c.slots[i].middle()
		if text == "" || middle-wide/2 < plot.x-c.px(wordGap) || middle+wide/2 > c.w {
			continue // at the edge there is no room under the bar, and no other place is its own
		}
		c.labels = append(c.labels, word{box{middle - wide/2, row, wide, c.line}, text, t, i})
	}
}

// above writes the figures over their bars while all of them fit, else that of the
// selected one alone.
func (c *draft) above(top int64, slot float32) {
	place := slot
	if c.Compare {
		place = c.pitch(slot)
	}
	write := c.write(len(c.Bars), top, func(i int, was bool, text string) bool {
		return c.Bars[i].figure(was) == 0 || c.width(text, true)+c.px(near) <= place
	})
	left, right := c.slots[0].x, c.room.x+c.room.w
	for _, b := range c.bars {
		t, v, text := plain, c.Bars[b.at].figure(b.was), ""
		if b.was {
			t = quiet
		}
		if b.at == c.selected {
			t = strong
		}
		switch {
		case write != nil:
			text = write(v, top)
		case b.at == c.selected && !b.was:
			text = c.fullest(v, top, right-left)
		}
		if text == "" {
			continue
		}
		wide := c.width(text, t == strong)
		middle, _ := b.middle()
		w := word{box{middle - wide/2, b.y - c.line, wide, c.line}, text, t, b.at}
		if b.end == down {
			w.y = b.y + b.h
		}
		if write == nil {
			w.x = between(w.x, wide, left, right)
		}
		c.values = append(c.values, w)
	}
}

// pitch is from the middle of one bar of a pair to that of the other, or as much
// as is left to the next pair where that is less.
func (c *draft) pitch(slot float32) float32 {
	gap := float32(0)
	if slot > c.px(12) {
		gap = c.px(2)
	}
	own := min((slot*0.72-gap)/2, c.px(mostBar)) + gap
	return min(own, slot-own)
}
