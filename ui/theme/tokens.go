package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Colour names of the till. Colour means something: accent acts or is selected,
// good is done or saved, warn is worth a look, bad is missing or refused.
const (
	ColorBackground fyne.ThemeColorName = "kassaBackground"
	ColorCard       fyne.ThemeColorName = "kassaCard"
	ColorLine       fyne.ThemeColorName = "kassaLine"  // a hairline, the edge of a card
	ColorFrame      fyne.ThemeColorName = "kassaFrame" // around what takes something in: a field, a list, a box to tick
	ColorEdge       fyne.ThemeColorName = "kassaEdge"  // around what can be pressed
	ColorInk        fyne.ThemeColorName = "kassaInk"
	ColorMuted      fyne.ThemeColorName = "kassaMuted"
	ColorAccent     fyne.ThemeColorName = "kassaAccent"
	ColorAccentSoft fyne.ThemeColorName = "kassaAccentSoft"
	ColorOnAccent   fyne.ThemeColorName = "kassaOnAccent" // ink on what fills with accent, good, warn or bad
	ColorGood       fyne.ThemeColorName = "kassaGood"
	ColorGoodSoft   fyne.ThemeColorName = "kassaGoodSoft"
	ColorWarn       fyne.ThemeColorName = "kassaWarn"
	ColorWarnSoft   fyne.ThemeColorName = "kassaWarnSoft"
	ColorBad        fyne.ThemeColorName = "kassaBad"
	ColorBadSoft    fyne.ThemeColorName = "kassaBadSoft"
	ColorCap        fyne.ThemeColorName = "kassaCap"        // a key cap, a neutral chip
	ColorCapAccent  fyne.ThemeColorName = "kassaCapAccent"  // a key cap on the accent
	ColorHover      fyne.ThemeColorName = "kassaHover"      // a secondary control under the pointer
	ColorAccentDown fyne.ThemeColorName = "kassaAccentDown" // the primary control under the pointer
	ColorDim        fyne.ThemeColorName = "kassaDim"        // what lies over the screen behind a dialog
	ColorShade      fyne.ThemeColorName = "kassaShade"      // what a scrolled edge casts
	ColorThumb      fyne.ThemeColorName = "kassaThumb"      // the handle of a scroll bar
	ColorNone       fyne.ThemeColorName = "kassaNone"       // transparent
)

// Size names of the till, beside Fyne's own.
const (
	SizeText                       = fynetheme.SizeNameText
	SizeSmall                      = fynetheme.SizeNameCaptionText
	SizeHeading                    = fynetheme.SizeNameHeadingText
	SizeCap     fyne.ThemeSizeName = "kassaCap"     // a key cap
	SizeField   fyne.ThemeSizeName = "kassaField"   // the scan field's text
	SizeLarge   fyne.ThemeSizeName = "kassaLarge"   // the label of the main action
	SizeKeypad  fyne.ThemeSizeName = "kassaKeypad"  // a key of the number pad
	SizeFigure  fyne.ThemeSizeName = "kassaFigure"  // a figure inside a card
	SizeAmount  fyne.ThemeSizeName = "kassaAmount"  // an amount being typed
	SizeTotal   fyne.ThemeSizeName = "kassaTotal"   // the largest type on the screen
	SizeMissing fyne.ThemeSizeName = "kassaMissing" // what is missing
	SizeCode    fyne.ThemeSizeName = "kassaCode"    // a digit of a code
)

// Measures at scale 1; give them to Px.
const (
	RadiusCard  = 8
	RadiusField = 6
	GapInside   = 16 // inside a card
	GapCards    = 12 // between cards
	GapSmall    = 8
	GapTiny     = 4
	TouchHeight = 44
	FocusWidth  = 2
	LineWidth   = 1
)

type pair struct{ light, dark color.Color }

func rgb(v uint32) color.Color {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}

func both(light, dark uint32) pair { return pair{rgb(light), rgb(dark)} }

var palette = map[fyne.ThemeColorName]pair{
	ColorBackground: both(0xF4F5F7, 0x14181D),
	ColorCard:       both(0xFFFFFF, 0x1D232A),
	ColorLine:       both(0xE3E6EA, 0x2E3640),
	ColorInk:        both(0x1B2430, 0xE9EDF1),
	ColorFrame:      both(0x7E8996, 0x6F7C8A),
	ColorEdge:       both(0xC3CAD3, 0x45505C),
	ColorMuted:      both(0x606A77, 0x98A5B3),
	ColorAccent:     both(0x0E69D3, 0x4C9BFF),
	ColorAccentSoft: both(0xE4EFFC, 0x1B3350),
	ColorOnAccent:   both(0xFFFFFF, 0x0F141A),
	ColorGood:       both(0x137B47, 0x3CC47C),
	ColorGoodSoft:   both(0xE2F4EA, 0x173526),
	ColorWarn:       both(0xA55702, 0xF0A742),
	ColorWarnSoft:   both(0xFDF0DC, 0x3A2C14),
	ColorBad:        both(0xC4302B, 0xFF6E66),
	ColorBadSoft:    both(0xFBE5E4, 0x3D1F1E),
	ColorCap:        both(0xEEF0F3, 0x2A323B),
	ColorCapAccent:  {color.NRGBA{0, 0, 0, 0x33}, color.NRGBA{0xff, 0xff, 0xff, 0x38}},
	ColorHover:      both(0xF7F8FA, 0x232A32),
	ColorAccentDown: both(0x0B5AB6, 0x3D8DF2),
	ColorDim:        {color.NRGBA{0x10, 0x14, 0x1a, 0x73}, color.NRGBA{0, 0, 0, 0x8c}},
	ColorShade:      {color.NRGBA{0x10, 0x14, 0x1a, 0x14}, color.NRGBA{0, 0, 0, 0x50}},
	ColorThumb:      {color.NRGBA{0x6b, 0x76, 0x84, 0x90}, color.NRGBA{0x93, 0xa0, 0xae, 0x90}},
	ColorNone:       {color.Transparent, color.Transparent},
}

// aliases make Fyne's own widgets (menus, calendars, scroll bars) wear our colours.
var aliases = map[fyne.ThemeColorName]fyne.ThemeColorName{
	fynetheme.ColorNameBackground:          ColorBackground,
	fynetheme.ColorNameForeground:          ColorInk,
	fynetheme.ColorNameDisabled:            ColorMuted,
	fynetheme.ColorNamePlaceHolder:         ColorMuted,
	fynetheme.ColorNamePrimary:             ColorAccent,
	fynetheme.ColorNameFocus:               ColorAccentSoft,
	fynetheme.ColorNameSelection:           ColorAccentSoft,
	fynetheme.ColorNameHyperlink:           ColorAccent,
	fynetheme.ColorNameButton:              ColorCard,
	fynetheme.ColorNameInputBackground:     ColorNone, // package widgets draws the frame of a field
	fynetheme.ColorNameInputBorder:         ColorNone,
	fynetheme.ColorNameMenuBackground:      ColorCard,
	fynetheme.ColorNameOverlayBackground:   ColorCard,
	fynetheme.ColorNameHeaderBackground:    ColorCard,
	fynetheme.ColorNameSeparator:           ColorLine,
	fynetheme.ColorNameShadow:              ColorShade,
	fynetheme.ColorNameScrollBar:           ColorThumb,
	fynetheme.ColorNameSuccess:             ColorGood,
	fynetheme.ColorNameWarning:             ColorWarn,
	fynetheme.ColorNameError:               ColorBad,
	fynetheme.ColorNameForegroundOnPrimary: ColorOnAccent,
}

var sizes = map[fyne.ThemeSizeName]float32{
	SizeText:                         15,
	SizeSmall:                        13,
	SizeHeading:                      22,
	SizeCap:                          12,
	SizeField:                        18,
	SizeLarge:                        26,
	SizeKeypad:                       24,
	SizeFigure:                       20,
	SizeAmount:                       28,
	SizeTotal:                        60,
	SizeMissing:                      44,
	SizeCode:                         36,
	fynetheme.SizeNameSubHeadingText: 18,
	fynetheme.SizeNamePadding:        4,
	fynetheme.SizeNameInnerPadding:   8,
	fynetheme.SizeNameInputRadius:    RadiusField,
	fynetheme.SizeNameInputBorder:    0, // package widgets draws the frame of a field
	fynetheme.SizeNameScrollBar:      12,
	fynetheme.SizeNameScrollBarSmall: 4,
}
