// Package theme holds the look of the till: colours, sizes and the one font.
//
// Every measure of a widget goes through Px and every colour through Color, so
// that a change of variant or scale reaches all of them with the next refresh.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// ThinSpace separates thousands and stands before a currency sign, as pos/money
// writes it. No text of ours breaks a line at it; the bundled font has a glyph for it.
const ThinSpace = "\u2009"

// Minus stands before a negative figure. The true minus sign U+2212 is not in
// the bundled font; the en dash is, as wide as a digit.
const Minus = "\u2013"

// Mode says which variant of the theme the window uses.
type Mode string

// The modes, as they are written in the settings.
const (
	System Mode = "system" // follow the desktop
	Light  Mode = "light"
	Dark   Mode = "dark"
)

// Limits of the scale factor.
const (
	MinScale = 0.8
	MaxScale = 1.6
)

// Theme is the till's fyne.Theme. It is immutable: a changed setting is a new Theme.
type Theme struct {
	mode  Mode
	scale float32
}

var _ fyne.Theme = (*Theme)(nil)

// New returns the theme in the given mode. An unknown mode follows the system;
// scale is brought into MinScale…MaxScale, and zero means 1.
func New(mode Mode, scale float32) *Theme {
	if mode != Light && mode != Dark {
		mode = System
	}
	if scale == 0 {
		scale = 1
	}
	return &Theme{mode: mode, scale: min(max(scale, MinScale), MaxScale)}
}

// Mode returns what New was given.
func (t *Theme) Mode() Mode { return t.mode }

// Scale returns the factor all sizes are multiplied with.
func (t *Theme) Scale() float32 { return t.scale }

// IsDark tells whether the dark palette is used under the given desktop variant.
func (t *Theme) IsDark(variant fyne.ThemeVariant) bool {
	switch t.mode {
	case Dark:
		return true
	case Light:
		return false
	default:
		return variant == fynetheme.VariantDark
	}
}

// Color implements fyne.Theme.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if own, ok := aliases[name]; ok {
		name = own
	}
	dark := t.IsDark(variant)
	if pair, ok := palette[name]; ok {
		if dark {
			return pair.dark
		}
		return pair.light
	}
	base := fynetheme.VariantLight
	if dark {
		base = fynetheme.VariantDark
	}
	return fynetheme.DefaultTheme().Color(name, base)
}

// Font implements fyne.Theme with the Noto Sans that Fyne carries.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	return dotted(fynetheme.DefaultTheme().Font(style))
}

// Icon implements fyne.Theme.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return fynetheme.DefaultTheme().Icon(name)
}

// Size implements fyne.Theme.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s * t.scale
	}
	return fynetheme.DefaultTheme().Size(name) * t.scale
}

// current returns the theme in use, or a light one where an application runs
// with a foreign theme (a test of a single widget).
func current() *Theme {
	if app := fyne.CurrentApp(); app != nil {
		if t, ok := app.Settings().Theme().(*Theme); ok {
			return t
		}
	}
	return fallback
}

var fallback = New(Light, 1)

// Color returns a colour of the theme in use.
func Color(name fyne.ThemeColorName) color.Color {
	variant := fynetheme.VariantLight
	if app := fyne.CurrentApp(); app != nil {
		variant = app.Settings().ThemeVariant()
	}
	return current().Color(name, variant)
}

// Size returns a size of the theme in use, scale included.
func Size(name fyne.ThemeSizeName) float32 { return current().Size(name) }

// Px scales a measure that is drawn at scale 1.
func Px(v float32) float32 { return v * current().scale }
