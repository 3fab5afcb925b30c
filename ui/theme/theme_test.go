package theme_test

import (
	"image/color"
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

// TestTheme_EveryPairIsReadable holds each ink to its ground in both themes.
func TestTheme_EveryPairIsReadable(t *testing.T) {
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		th := theme.New(mode, 1)
		for _, p := range theme.Pairs() {
			ground := th.Color(p.Ground, 0)
			if p.Under != "" {
				ground = theme.Over(ground, th.Color(p.Under, 0))
			}
			got := theme.Contrast(th.Color(p.Ink, 0), ground)
			assert.GreaterOrEqual(t, got, p.Least, "%s: %s on %s", mode, p.Ink, p.Ground)
		}
	}
}

func TestContrast_IsThatOfTheStandard(t *testing.T) {
	black, white := color.NRGBA{A: 0xff}, color.NRGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xff}
	assert.InDelta(t, 21, theme.Contrast(black, white), 0.001)
	assert.InDelta(t, 4.54, theme.Contrast(color.NRGBA{R: 0x76, G: 0x76, B: 0x76, A: 0xff}, white), 0.01, "the grey named in every guide")
	half := theme.Over(color.NRGBA{A: 0x80}, white)
	assert.Equal(t, color.NRGBA{R: 0x7f, G: 0x7f, B: 0x7f, A: 0xff}, half)
	assert.Equal(t, theme.ColorOnAccent, theme.InkOn(theme.ColorWarn), "nothing else is readable on amber in both themes")
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
