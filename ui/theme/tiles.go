package theme

import "fyne.io/fyne/v2"

// TileColours are the colours a category or a tile can have, from 1; 0 is none.
var TileColours = []fyne.ThemeColorName{
	ColorNone, "kassaTile1", "kassaTile2", "kassaTile3", "kassaTile4", "kassaTile5", "kassaTile6", "kassaTile7", "kassaTile8",
}

func init() {
	for i, p := range []pair{
		both(0x2F80ED, 0x5AA2FF), both(0x219653, 0x4CC985), both(0xE2A100, 0xF2C14B), both(0xD9642B, 0xF28B57),
		both(0xC0392B, 0xF0746A), both(0x8E44AD, 0xBE83D8), both(0x16A0A0, 0x4CCBCB), both(0x6B7684, 0x9AA6B3),
	} {
		palette[TileColours[i+1]] = p
	}
}

// TileColour is the colour of that number, none for one there is not.
func TileColour(n int) fyne.ThemeColorName {
	if n < 0 || n >= len(TileColours) {
		return ColorNone
	}
	return TileColours[n]
}
