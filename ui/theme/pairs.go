// This file says which ink stands on which ground, and how readable that has to be.

package theme

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
)

// The least contrast, of WCAG 2: of text, of large text, and of what says by its
// shape alone what it is (the frame of a field, a tick, the focus).
const (
	LeastText  = 4.5
	LeastLarge = 3
	LeastMark  = 3
)

// Pair is an ink on a ground.
type Pair struct {
	Ink, Ground fyne.ThemeColorName
	Under       fyne.ThemeColorName // what shows through a ground that is not opaque; "" where none does
	Least       float64
}

// texts are the inks that may stand on a ground. The first is the one a control
// writes in by itself; none other is readable on what is filled.
var texts = map[fyne.ThemeColorName][]fyne.ThemeColorName{
	ColorBackground: {ColorInk, ColorMuted, ColorAccent, ColorGood, ColorWarn, ColorBad},
	ColorCard:       {ColorInk, ColorMuted, ColorAccent, ColorGood, ColorWarn, ColorBad},
	ColorHover:      {ColorInk, ColorMuted, ColorAccent, ColorGood, ColorWarn, ColorBad},
	ColorAccentSoft: {ColorInk, ColorMuted, ColorAccent, ColorGood, ColorWarn, ColorBad},
	ColorCap:        {ColorInk, ColorMuted},
	ColorGoodSoft:   {ColorGood, ColorInk, ColorMuted},
	ColorWarnSoft:   {ColorWarn, ColorInk, ColorMuted},
	ColorBadSoft:    {ColorBad, ColorInk, ColorMuted},
	ColorAccent:     {ColorOnAccent},
	ColorAccentDown: {ColorOnAccent},
	ColorGood:       {ColorOnAccent},
	ColorWarn:       {ColorOnAccent},
	ColorBad:        {ColorOnAccent},
	ColorMuted:      {ColorCard}, // the tick of a box that cannot be changed
}

// marks are what says something by its shape alone, by the ground it stands on.
var marks = map[fyne.ThemeColorName][]fyne.ThemeColorName{
	ColorBackground: {ColorFrame, ColorAccent, ColorBad, ColorWarn, ColorGood, ColorMuted},
	ColorCard:       {ColorFrame, ColorAccent, ColorBad, ColorWarn, ColorGood, ColorMuted},
	ColorCap:        {ColorFrame, ColorAccent},
	ColorWarnSoft:   {ColorFrame, ColorAccent},
	ColorAccentSoft: {ColorAccent},
}

// InkOn is what a control writes in on a ground.
func InkOn(ground fyne.ThemeColorName) fyne.ThemeColorName {
	if inks := texts[ground]; len(inks) > 0 {
		return inks[0]
	}
	return ColorInk
}

// Pairs lists every pair the till is drawn with.
func Pairs() []Pair {
	var list []Pair
	for ground, inks := range texts {
		for _, ink := range inks {
			list = append(list, Pair{Ink: ink, Ground: ground, Least: LeastText})
		}
	}
	for ground, inks := range marks {
		for _, ink := range inks {
			list = append(list, Pair{Ink: ink, Ground: ground, Least: LeastMark})
		}
	}
	for _, filled := range []fyne.ThemeColorName{ColorAccent, ColorAccentDown, ColorWarn} {
		list = append(list, Pair{Ink: ColorOnAccent, Ground: ColorCapAccent, Under: filled, Least: LeastText})
	}
	return list
}

// Contrast is the ratio of WCAG 2, section 1.4.3, of two opaque colours.
func Contrast(a, b color.Color) float64 {
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

// Over is what is seen of a colour that is painted over an opaque one.
func Over(top, below color.Color) color.Color {
	tr, tg, tb, ta := top.RGBA()
	br, bg, bb, _ := below.RGBA()
	mix := func(t, b uint32) uint8 { return uint8((t + b*(0xffff-ta)/0xffff) >> 8) }
	return color.NRGBA{R: mix(tr, br), G: mix(tg, bg), B: mix(tb, bb), A: 0xff}
}
