package theme

import (
	"bytes"
	"encoding/binary"
	"sync"

	"fyne.io/fyne/v2"
)

// The font's table of substitutions takes the letter і of Belarusian, Ukrainian and
// Kazakh apart into one without a dot and a dot, of which the toolkit draws the
// first alone. The glyph the font has for the letter itself is whole, so the table
// is left out; no other text of ours needs it.
const substitutions = "GSUB"

var whole sync.Map // of fonts by name, as they are used

// dotted is a font without its table of substitutions. One that is no TrueType
// or OpenType font stays as it is.
func dotted(r fyne.Resource) fyne.Resource {
	if have, ok := whole.Load(r.Name()); ok {
		return have.(fyne.Resource)
	}
	have, _ := whole.LoadOrStore(r.Name(), fyne.NewStaticResource(r.Name(), without(r.Content(), substitutions)))
	return have.(fyne.Resource)
}

// without renames a table of a font, so that nobody finds it: twelve bytes of head,
// then sixteen for each table, its name first (OpenType 1.9, "Organization of an
// OpenType Font").
func without(font []byte, table string) []byte {
	const head, entry = 12, 16
	if len(font) < head {
		return font
	}
	for i := range int(binary.BigEndian.Uint16(font[4:])) {
		at := head + i*entry
		if at+entry > len(font) {
			return font
		}
		if string(font[at:at+4]) == table {
			changed := bytes.Clone(font)
			copy(changed[at:], "xxxx")
			return changed
		}
	}
	return font
}
