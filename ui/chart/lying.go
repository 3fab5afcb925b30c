package chart

// Lying bars: names from above, each with a row of its own, the axis at the
// bottom.

// lying plans lying bars: as many as have room for their names. The rest are
// in the table beside the chart.
func (c *draft) lying() {
	plot := c.room
	plot.h = max(plot.h-c.line-c.px(near), c.line)
	n := min(len(c.Bars), max(1, int(plot.h/(c.line+c.px(near)))))
	row := min(plot.h/float32(n), c.px(mostRow))
	plot.h = row * float32(n)

	names := float32(0)
	for i := range c.Bars[:n] {
		names = max(names, c.width(c.Bars[i].Short, true))
	}
	names = min(names, c.w*0.42)
	plot.x += names + c.px(wordGap)
	plot.w -= names + c.px(wordGap)
	low, high := c.reach(n)
	at := steps(low, high, int(plot.w*0.8/c.px(wordEvery)))
	first, top := at[0], at[len(at)-1]
	write, room := c.beside(n, top, plot.w*0.4)
	if low < 0 && !c.Compare {
		plot.x += room
		plot.w -= room
	}
	plot.w = max(plot.w-room, c.px(near))
	x := func(v int64) float32 { return c.snap(plot.x + plot.w*share(v, first, top)) }
	c.along(at, x, plot)
	for i := range n {
		y := plot.y + float32(i)*row
		c.slots = append(c.slots, box{c.room.x, y, c.room.w, row})
		c.lie(i, row, x)
		c.name(i, names)
	}
	if write != nil {
		c.ends(write, top, room)
	}
}

// beside chooses how the figures at the ends of the bars are written, and how much
// room they take.
func (c *draft) beside(n int, top int64, most float32) (func(v, top int64) string, float32) {
	room := float32(0)
	write := c.write(n, top, func(_ int, was bool, text string) bool {
		return was || c.width(text, true)+c.px(wordGap) <= most
	})
	if write == nil {
		return nil, 0
	}
	for i := range c.Bars[:n] {
		room = max(room, c.width(write(c.Bars[i].Value, top), true)+c.px(wordGap))
	}
	return write, room
}

// along draws the axis under the bars. A word too near to the one before is left
// out; its line stays.
func (c *draft) along(at []int64, x func(int64) float32, plot box) {
	top := at[len(at)-1]
	until := c.room.x
	for _, v := range at {
		c.lines = append(c.lines, box{x(v), plot.y, c.px(1), plot.h})
		text := c.Write.Axis(v, top)
		wide := c.width(text, false)
		left := x(v) - wide/2
		if left < until || left+wide > c.w {
			continue
		}
		until = left + wide + c.px(wordGap)
		c.axis = append(c.axis, word{box{left, plot.y + plot.h + c.px(near), wide, c.line}, text, quiet, -1})
	}
	c.zero = box{x(0), plot.y, c.px(1), plot.h}
}

// lie lays the bars of one row to the zero line.
func (c *draft) lie(i int, row float32, x func(int64) float32) {
	s := float32(c.series())
	pixel := c.pixel
	gap := float32(0)
	if s > 1 {
		gap = c.px(1)
	}
	thick := max(min((row*0.7-gap*(s-1))/s, c.px(mostThick)), pixel)
	_, middle := c.slots[i].middle()
	begin := middle - (thick*s+gap*(s-1))/2
	for k := range c.series() {
		was := k == 1
		v := c.Bars[i].figure(was)
		from, to := c.snap(begin+float32(k)*(thick+gap)), c.snap(begin+float32(k)*(thick+gap)+thick)
		b := shape{box: box{x(0), from, max(x(v)-x(0), pixel), max(to-from, pixel)}, at: i, was: was, end: right}
		switch {
		case v == 0:
			continue
		case v < 0:
			b.w = max(x(0)-x(v), pixel)
			b.x, b.end = x(0)-b.w, left
		}
		c.bars = append(c.bars, b)
	}
}

// name puts a name before its row.
func (c *draft) name(i int, names float32) {
	t := quiet
	if i == c.selected {
		t = strong
	}
	text := c.cut(c.Bars[i].Short, names, t == strong)
	_, middle := c.slots[i].middle()
	c.labels = append(c.labels, word{box{c.room.x, middle - c.line/2, c.width(text, t == strong), c.line}, text, t, i})
}

// ends writes the figures: at the end of each bar, or where two bars share a row
// in a column at the right, since the longer would run through that of the other.
func (c *draft) ends(write func(v, top int64) string, top int64, room float32) {
	for i := range c.slots {
		t := plain
		if i == c.selected {
			t = strong
		}
		text := write(c.Bars[i].Value, top)
		wide := c.width(text, t == strong)
		_, middle := c.slots[i].middle()
		w := word{box{c.zero.x + c.px(wordGap), middle - c.line/2, wide, c.line}, text, t, i}
		if c.Compare {
			w.x = c.room.x + c.room.w - wide
		} else {
			for _, b := range c.bars {
				switch {
				case b.at != i:
				case b.end == right:
					w.x = b.x + b.w + c.px(near)
				default:
					w.x = b.x - c.px(near) - wide
				}
			}
		}
		c.values = append(c.values, w)
	}
}
