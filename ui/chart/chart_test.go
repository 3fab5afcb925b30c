package chart

import (
	"image"
	"image/color"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/widgets"
)

func data(values ...int64) Data {
	d := Data{Write: func(v int64) string { return strconv.FormatInt(v, 10) }}
	for i, v := range values {
		d.Bars = append(d.Bars, Bar{Short: "день " + strconv.Itoa(i+1), Told: strconv.Itoa(i+1) + ": " + strconv.FormatInt(v, 10), Value: v, Was: v / 2})
	}
	return d
}

// inked counts the pixels of a colour.
func inked(pic image.Image, c color.Color) (n int) {
	r, g, b, _ := c.RGBA()
	for y := pic.Bounds().Min.Y; y < pic.Bounds().Max.Y; y++ {
		for x := pic.Bounds().Min.X; x < pic.Bounds().Max.X; x++ {
			if pr, pg, pb, _ := pic.At(x, y).RGBA(); pr == r && pg == g && pb == b {
				n++
			}
		}
	}
	return n
}

// Bars begin at zero: twice the value is twice the ink.
func TestDraw_AxisBeginsAtZero(t *testing.T) {
	uitest.Open(t, uitest.Usual)
	l := lookNow(fyne.NewSize(600, 240), 1)
	high, err := draw(data(1000, 1000), l, -1)
	require.NoError(t, err)
	mixed, err := draw(data(1000, 500), l, -1)
	require.NoError(t, err)
	whole, part := inked(high, l.accent), inked(mixed, l.accent)
	require.Positive(t, whole)
	assert.InDelta(t, 0.75, float64(part)/float64(whole), 0.03)
	assert.Equal(t, image.Pt(600, 240), high.Bounds().Size())
}

func TestDraw_Shapes(t *testing.T) {
	uitest.Open(t, uitest.Usual)
	l := lookNow(fyne.NewSize(500, 200), 1.5)
	for _, d := range []Data{data(0, 0, 0), data(5), data(-300, 200), data(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31)} {
		for _, across := range []bool{false, true} {
			for _, compare := range []bool{false, true} {
				for _, selected := range []int{-1, 0, len(d.Bars) - 1} {
					d.Across, d.Compare = across, compare
					pic, err := draw(d, l, selected)
					require.NoError(t, err)
					require.Equal(t, image.Pt(750, 300), pic.Bounds().Size())
				}
			}
		}
	}
}

func TestChart_KeysTellTheBars(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	c := New(t.Context(), w.Kit, w.Runner)
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
	c.SetData(Data{})
	assert.Empty(t, c.Told().Text())
	assert.False(t, c.image.Visible(), "nothing is drawn of nothing")
}

// Another theme and another size are drawn anew; nothing else is.
func TestChart_DrawsAnewWhenItMust(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	q := &task.Queue{}
	c := New(t.Context(), w.Kit, q)
	w.Show(widgets.VBox(0, widgets.Sized(0, 240, c)))
	c.SetData(data(10, 20))
	require.Equal(t, 1, q.Len(), "drawn off the window's thread")
	q.Finish(0)
	light := c.image.Image
	require.NotNil(t, light)
	c.Refresh()
	require.Zero(t, q.Len())
	w.SetTheme(theme.New(theme.Dark, 1))
	require.Positive(t, q.Len())
	for q.Len() > 0 {
		q.Finish(0)
	}
	require.NotEqual(t, inked(light, color.White), inked(c.image.Image, color.White))
	w.Resize(uitest.Small)
	require.Positive(t, q.Len())
}
