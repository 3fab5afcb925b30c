// Package chart draws figures as bars in the colours of the till.
package chart

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"

	"fyne.io/fyne/v2"
	"github.com/go-analyze/charts"

	"kassa/ui/theme"
)

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
	// Write writes a value for the axis.
	Write func(int64) string
}

// look are the colours and sizes of a drawing, taken on the window's thread.
type look struct {
	card, line, ink, muted, accent, soft color.Color
	size                                 fyne.Size // of the chart in the window
	scale                                float32   // pixels per unit of it
	text                                 float32   // units
}

func lookNow(size fyne.Size, scale float32) look {
	return look{theme.Color(theme.ColorCard), theme.Color(theme.ColorLine), theme.Color(theme.ColorInk), theme.Color(theme.ColorMuted),
		theme.Color(theme.ColorAccent), theme.Color(theme.ColorCapAccent), size, scale, theme.Size(theme.SizeSmall)}
}

func ours(c color.Color) charts.Color {
	r, g, b, a := c.RGBA()
	return charts.Color{R: uint8(r >> 8), G: uint8(g >> 8), B: uint8(b >> 8), A: uint8(a >> 8)}
}

// mark is no part of any figure: figures are whole.
const mark = 0.5

// draw makes the picture. It touches no widget. The axis begins at zero, or
// below it where a value does: bars that begin elsewhere lie about shares.
func draw(d Data, l look, selected int) (image.Image, error) {
	colors := charts.MakeTheme(charts.ThemeOption{
		BackgroundColor: ours(l.card), AxisStrokeColor: ours(l.line), AxisSplitLineColor: ours(l.line),
		TextColor: ours(l.muted), TextColorLabel: ours(l.ink), SeriesColors: []charts.Color{ours(l.accent), ours(l.muted)},
	})
	labels, rows, low := series(d, selected)
	opt := charts.NewBarChartOptionWithData(rows)
	opt.Theme, opt.Horizontal = colors, d.Across
	font := charts.FontStyle{FontSize: float64(l.text*l.scale) * 0.75, FontColor: ours(l.muted)} // points of pixels
	write := func(v float64) string { return d.Write(int64(v)) }
	opt.ValueFormatter = write
	opt.ValueAxis[0].ValueFormatter, opt.ValueAxis[0].LabelFontStyle = write, font
	if d.Across {
		opt.ValueAxis[0].LabelCount = max(3, int(l.size.Width/140))
	}
	if low == 0 {
		opt.ValueAxis[0].Min = charts.Ptr(0.0)
	}
	opt.CategoryAxis.Labels, opt.CategoryAxis.LabelFontStyle = labels, font
	strong := font
	strong.FontColor = ours(l.ink)
	for i := range opt.SeriesList {
		opt.SeriesList[i].Label = charts.SeriesLabel{Show: charts.Ptr(i == 0 && selected >= 0), FontStyle: strong,
			LabelFormatter: func(_ int, _ string, v float64) (string, *charts.LabelStyle) {
				if v == math.Trunc(v) {
					return "", nil
				}
				return write(math.Floor(v)), &charts.LabelStyle{FontStyle: strong, BackgroundColor: ours(l.card), CornerRadius: 4}
			}}
	}
	pad := int(8 * l.scale)
	opt.Padding = charts.NewBox(pad, 2*pad, 2*pad, pad)
	p := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputPNG,
		Width: int(l.size.Width * l.scale), Height: int(l.size.Height * l.scale), Theme: colors})
	if err := p.BarChart(opt); err != nil {
		return nil, err
	}
	b, err := p.Bytes()
	if err != nil {
		return nil, err
	}
	return png.Decode(bytes.NewReader(b))
}

// series are the bars as the library takes them: their labels, their values and
// beside those what they were, and the lowest of all or zero.
func series(d Data, selected int) (labels []string, rows [][]float64, low float64) {
	n := len(d.Bars)
	labels, rows = make([]string, n), [][]float64{make([]float64, n)}
	if d.Compare {
		rows = append(rows, make([]float64, n))
	}
	place := func(i int) int {
		if d.Across {
			return n - 1 - i // lying bars are drawn from below; the first belongs on top
		}
		return i
	}
	for i := range d.Bars {
		b, at := &d.Bars[i], place(i)
		labels[at] = b.Short
		rows[0][at] = float64(b.Value)
		low = min(low, rows[0][at])
		if d.Compare {
			rows[1][at] = float64(b.Was)
			low = min(low, rows[1][at])
		}
	}
	if selected >= 0 {
		// Labels are told their value alone: half of the smallest unit, too
		// little to be seen, marks the one chosen.
		rows[0][place(selected)] += mark
	}
	return labels, rows, low
}
