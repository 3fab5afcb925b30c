package chart

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/widgets"
)

// spoken writes figures in full, and in thousands.
var spoken = Writer{
	Axis: func(v, top int64) string {
		if top >= 10_000 {
			return strconv.FormatInt(v/1000, 10) + " тыс."
		}
		return strconv.FormatInt(v, 10)
	},
	Values: []func(v, top int64) string{
		func(v, _ int64) string { return strconv.FormatInt(v, 10) },
		func(v, _ int64) string { return strconv.FormatFloat(float64(v)/1000, 'f', 1, 64) },
	},
}

func data(values ...int64) Data {
	d := Data{Write: spoken, Names: [2]string{"этот месяц", "месяц до него"}}
	for i, v := range values {
		d.Bars = append(d.Bars, Bar{Short: strconv.Itoa(i + 1), Told: strconv.Itoa(i+1) + ": " + strconv.FormatInt(v, 10), Value: v, Was: v / 2})
	}
	return d
}

// many are as many figures as asked for, some of them nothing.
func many(n int, low, high int64) Data {
	r := rand.New(rand.NewPCG(uint64(n), 7))
	values := make([]int64, n)
	for i := range values {
		if values[i] = low + r.Int64N(high-low+1); i%9 == 8 {
			values[i] = 0
		}
	}
	return data(values...)
}

func TestSteps_AreRound(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		high := int64(math.Pow(10, r.Float64()*17))
		low := int64(0)
		if r.IntN(3) == 0 {
			low = -int64(math.Pow(10, r.Float64()*17))
		}
		most := 1 + r.IntN(9)
		at := steps(low, high, most)
		step := at[1] - at[0]
		require.Contains(t, []string{"1", "2", "5"}, strings.TrimRight(strconv.FormatInt(step, 10), "0"), "a step of %d", step)
		require.LessOrEqual(t, at[0], low)
		require.GreaterOrEqual(t, at[len(at)-1], high)
		require.LessOrEqual(t, len(at)-1, max(most, 2))
		require.Contains(t, at, int64(0))
		for i := range at[1:] {
			require.Equal(t, step, at[i+1]-at[i])
		}
	}
	for _, tt := range []struct{ low, high int64 }{{0, 0}, {0, math.MaxInt64}, {math.MinInt64, math.MaxInt64}, {math.MinInt64, 0}, {-1, 1}} {
		at := steps(tt.low, tt.high, 4)
		require.GreaterOrEqual(t, len(at), 2, "%v", tt)
		require.Less(t, len(at), 12)
	}
}

// Everything of a chart is where it belongs, whatever it shows: at each scale, in
// sizes down to the least, standing and lying, alone and compared.
func TestLayout_EverythingIsInItsPlace(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	shown := map[string]Data{
		"one": data(5_000), "nothing": data(0, 0, 0), "a loss": data(-300, 200), "losses": data(-300, -20), "few": data(1, 2, 3),
		"hours": many(12, 0, 90_000), "a month": many(31, 0, 90_000), "two months": many(62, 0, 90_000), "a year": many(400, 0, 90_000),
		"ups and downs": many(31, -50_000, 90_000), "large": many(8, 0, math.MaxInt64/4),
	}
	names := many(8, 0, 90_000)
	for i := range names.Bars {
		names.Bars[i].Short = string([]rune("Чай чёрный листовой «Горный», 100 г, большая пачка")[:10+4*i])
	}
	shown["names"] = names
	for _, scale := range []float32{0.8, 1, 1.25, 1.6} {
		w.SetTheme(theme.New(theme.Light, scale))
		for name, d := range shown {
			for k := range 4 {
				d.Across, d.Compare = k&1 > 0, k&2 > 0
				for _, size := range [][2]float32{{300, 160}, {640, 160}, {980, 207}, {1500, 300}} {
					for _, selected := range []int{-1, 0, len(d.Bars) - 1} {
						c := New(w.Kit)
						checkPlace(t, fmt.Sprintf("%s at %g, %v, across %v, compared %v, bar %d", name, scale, size, d.Across, d.Compare, selected),
							&d, layout(&d, size[0], size[1], selected, c.pen()), c.pen(), size)
					}
				}
			}
		}
	}
}

func checkPlace(t *testing.T, what string, d *Data, p *plan, pen pen, size [2]float32) {
	t.Helper()
	const hair = 0.02
	if !d.Across {
		require.Len(t, p.slots, len(d.Bars), what)
	}
	require.NotEmpty(t, p.slots, what)
	for _, l := range p.labels {
		x, y := l.middle()
		sx, sy := p.slots[l.at].middle()
		if d.Across {
			require.InDelta(t, sy, y, hair, "%s: the name of %d stands beside its bar", what, l.at)
		} else {
			require.InDelta(t, sx, x, hair, "%s: the label of %d stands under its bar", what, l.at)
		}
		require.LessOrEqual(t, pen.width(l.text, l.tone == strong), l.w+hair, what)
	}
	group := map[int][2]float32{}
	for _, b := range p.bars {
		thick, from, most := b.w, b.x, pen.px(mostBar)
		if d.Across {
			thick, from, most = b.h, b.y, pen.px(mostThick)
		}
		require.LessOrEqual(t, thick, most+2*pen.pixel, "%s: bar %d", what, b.at)
		require.GreaterOrEqual(t, thick, pen.pixel-hair, "%s: bar %d", what, b.at)
		g, ok := group[b.at]
		if !ok {
			g = [2]float32{from, from + thick}
		}
		group[b.at] = [2]float32{min(g[0], from), max(g[1], from+thick)}
	}
	for i, g := range group {
		if b := d.Bars[i]; d.Compare && (b.Value == 0 || b.Was == 0) {
			continue // half of a pair is not in the middle
		}
		x, y := p.slots[i].middle()
		if d.Across {
			x = y
		}
		require.InDelta(t, x, (g[0]+g[1])/2, float64(pen.pixel)+hair, "%s: bar %d stands in the middle of its place", what, i)
	}
	apart(t, what, size, p.legend, p.axis, p.labels, p.values)
}

// apart: no two words touch, and none leaves the chart.
func apart(t *testing.T, what string, size [2]float32, lists ...[]word) {
	t.Helper()
	const hair = 0.5
	var all []word
	for _, l := range lists {
		all = append(all, l...)
	}
	for i, a := range all {
		require.True(t, a.x >= -hair && a.y >= -hair && a.x+a.w <= size[0]+hair && a.y+a.h <= size[1]+hair, "%s: %q leaves the chart: %v", what, a.text, a.box)
		for _, b := range all[:i] {
			over := min(a.x+a.w, b.x+b.w)-max(a.x, b.x) > hair && min(a.y+a.h, b.y+b.h)-max(a.y, b.y) > a.h/4
			require.False(t, over, "%s: %q lies over %q", what, a.text, b.text)
		}
	}
}

// Bars begin at zero: twice the figure is twice the bar.
func TestLayout_AxisBeginsAtZero(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	d := data(80_000, 40_000, -20_000)
	for _, d.Across = range []bool{false, true} {
		p := layout(&d, 900, 300, -1, New(w.Kit).pen())
		require.Len(t, p.bars, 3)
		length := func(b shape) float32 {
			if d.Across {
				return b.w
			}
			return b.h
		}
		assert.InDelta(t, 2*length(p.bars[1]), length(p.bars[0]), 2)
		assert.InDelta(t, 2*length(p.bars[2]), length(p.bars[1]), 2)
	}
}

func TestLayout_SaysTheFiguresWhileTheyFit(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	pen := New(w.Kit).pen()
	said := func(d Data, width float32, selected int) (texts []string) {
		for _, v := range layout(&d, width, 207, selected, pen).values {
			texts = append(texts, v.text)
		}
		return texts
	}
	assert.Equal(t, []string{"12435", "7020"}, said(data(12_435, 0, 7_020), 900, -1), "in full where there is room")
	month := many(31, 10_000, 90_000)
	got := said(month, 1150, -1)
	require.Len(t, got, 28, "each of the month but for three days without sales")
	assert.Contains(t, got[0], ".", "in thousands where that fits")
	assert.Empty(t, said(many(62, 10_000, 90_000), 900, -1), "nothing half said")
	assert.Len(t, said(many(62, 10_000, 90_000), 900, 3), 1, "but for the one chosen")
	names := many(8, 10_000, 90_000)
	names.Across = true
	assert.Len(t, said(names, 600, -1), len(layout(&names, 600, 207, -1, pen).slots))
}

// A label never moves to a place that is not its own: where there are too many,
// every second, third… is left.
func TestLayout_ThinsLabelsOut(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	d := many(31, 0, 90_000)
	p := layout(&d, 300, 160, -1, New(w.Kit).pen())
	require.Greater(t, len(p.labels), 3)
	require.Less(t, len(p.labels), 31)
	every := p.labels[1].at
	for i, l := range p.labels {
		require.Equal(t, i*every, l.at)
		require.Equal(t, d.Bars[l.at].Short, l.text)
	}
}

func TestChart_KeysTellTheBars(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	c := New(w.Kit)
	w.Show(widgets.VBox(0, widgets.Sized(0, 240, c), c.Told()))
	c.SetData(data(10, 20, 30))
	opened := -1
	c.OnActivated = func(i int) { opened = i }
	w.Kit.Focus(c)
	for _, step := range []struct {
		key  keys.Key
		told string
	}{{keys.Right, "2: 20"}, {keys.Right, "3: 30"}, {keys.Right, "3: 30"}, {keys.Left, "2: 20"}, {keys.Home, "1: 10"}, {keys.Left, "1: 10"}, {keys.End, "3: 30"}} {
		uitest.Press(w, step.key)
		require.Equal(t, step.told, c.Told().Text(), step.key)
	}
	uitest.Press(w, keys.Enter)
	assert.Equal(t, 2, opened)
	assert.True(t, uitest.HasText(w, "этот месяц"), "a legend")
	assert.Empty(t, uitest.Faults(w))
	c.SetData(Data{})
	assert.Empty(t, c.Told().Text())
	assert.False(t, uitest.HasText(w, "этот месяц"), "nothing is drawn of nothing")
}

// The bar under the finger is chosen, wherever in its place it is touched.
func TestChart_ATapChoosesItsBar(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	c := New(w.Kit)
	w.Show(widgets.VBox(0, widgets.Sized(0, 240, c)))
	d := data(10, 20, 30)
	for _, d.Across = range []bool{false, true} {
		c.SetData(d)
		for i, s := range c.plan.slots {
			x, y := s.middle()
			uitest.Tap(w, fyne.NewPos(x, y))
			require.Equal(t, i, c.Selected())
		}
	}
}

// Another theme is another picture at once; no bar keeps the old colour.
func TestChart_FollowsTheTheme(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	c := New(w.Kit)
	w.Show(widgets.VBox(0, widgets.Sized(0, 240, c)))
	c.SetData(data(10, 20))
	bar := func() (int, int, int) {
		x, y := c.plan.bars[0].middle()
		r, g, b, _ := w.Image().At(int(x), int(y)).RGBA()
		return int(r >> 8), int(g >> 8), int(b >> 8)
	}
	same := func() {
		r, g, b, _ := theme.Color(theme.ColorAccent).RGBA()
		gr, gg, gb := bar()
		assert.Equal(t, [3]int{int(r >> 8), int(g >> 8), int(b >> 8)}, [3]int{gr, gg, gb})
	}
	same()
	w.SetTheme(theme.New(theme.Dark, 1))
	same()
}
