package theme_test

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/assert"

	"kassa/ui/theme"
)

func TestTheme_ModeWinsOverTheDesktop(t *testing.T) {
	light, dark := color.NRGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xff}, color.NRGBA{R: 0x1d, G: 0x23, B: 0x2a, A: 0xff}
	for _, tt := range []struct {
		mode    theme.Mode
		desktop fyne.ThemeVariant
		want    color.Color
	}{
		{theme.Light, fynetheme.VariantDark, light},
		{theme.Dark, fynetheme.VariantLight, dark},
		{theme.System, fynetheme.VariantDark, dark},
		{theme.System, fynetheme.VariantLight, light},
		{"nonsense", fynetheme.VariantLight, light},
	} {
		th := theme.New(tt.mode, 1)
		assert.Equal(t, tt.want, th.Color(theme.ColorCard, tt.desktop), "%s", tt.mode)
		assert.Equal(t, tt.want, th.Color(fynetheme.ColorNameMenuBackground, tt.desktop), "Fyne's own menus follow")
	}
}

func TestTheme_ScalesWithinItsLimits(t *testing.T) {
	app := test.NewTempApp(t)
	for in, want := range map[float32]float32{0: 1, 1.25: 1.25, 0.1: theme.MinScale, 9: theme.MaxScale} {
		app.Settings().SetTheme(theme.New(theme.Light, in))
		assert.InDelta(t, 60*want, theme.Size(theme.SizeTotal), 0.01)
		assert.InDelta(t, 44*want, theme.Px(theme.TouchHeight), 0.01)
	}
}

// TestTheme_ThinSpaceIsThin would fail on a font that draws a box for it.
func TestTheme_ThinSpaceIsThin(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, 1))
	width := func(s string) float32 { return fyne.MeasureText(s, 60, fyne.TextStyle{}).Width }
	thin := width("1"+theme.ThinSpace+"2") - width("12")
	assert.Greater(t, thin, float32(2))
	assert.Less(t, thin, width(" ")+1)
}

// TestTheme_TextIsReadable holds ink to a contrast of 4.5 on its grounds, the
// coloured and quiet texts to 4, and a key cap, which repeats what a menu says, to 3.
func TestTheme_TextIsReadable(t *testing.T) {
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		th := theme.New(mode, 1)
		for _, tt := range []struct {
			ink, ground fyne.ThemeColorName
			least       float64
		}{
			{theme.ColorInk, theme.ColorBackground, 4.5}, {theme.ColorInk, theme.ColorCard, 4.5},
			{theme.ColorInk, theme.ColorAccentSoft, 4.5}, {theme.ColorMuted, theme.ColorCard, 4},
			{theme.ColorGood, theme.ColorGoodSoft, 4}, {theme.ColorWarn, theme.ColorWarnSoft, 4},
			{theme.ColorBad, theme.ColorBadSoft, 4}, {theme.ColorMuted, theme.ColorCap, 3},
			{theme.ColorAccent, theme.ColorCard, 4},
		} {
			got := contrast(th.Color(tt.ink, 0), th.Color(tt.ground, 0))
			assert.GreaterOrEqual(t, got, tt.least, "%s: %s on %s", mode, tt.ink, tt.ground)
		}
	}
}

// contrast is the ratio of WCAG 2, section 1.4.3.
func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		x := float64(v) / 0xffff
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// TestMeasure_IsWhatFyneMeasures asks twice, so that the second answer is one
// that was kept, and between two scales and fonts that must not be mixed up.
func TestMeasure_IsWhatFyneMeasures(t *testing.T) {
	app := test.NewTempApp(t)
	own := app.Settings().Theme()
	for range 2 {
		for _, th := range []fyne.Theme{theme.New(theme.Light, 1), theme.New(theme.Dark, 1.25), own} {
			app.Settings().SetTheme(th)
			for _, style := range []fyne.TextStyle{{}, {Bold: true}, {Strikethrough: true}} {
				for _, size := range []fyne.ThemeSizeName{theme.SizeText, theme.SizeTotal} {
					assert.Equal(t, fyne.MeasureText("1\u2009262,61\u2009₽", theme.Size(size), style), theme.Measure("1\u2009262,61\u2009₽", size, style))
				}
			}
		}
	}
}
