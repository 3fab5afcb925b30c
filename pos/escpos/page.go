package escpos

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"kassa/pos/paper"
)

// Page is a code page: what the bytes from 128 to 255 mean, and the number by
// which a printer knows it. The number differs by model.
type Page struct {
	Name   string // permanent word, kept in settings
	Label  string // as the handbooks of printers write it
	Number byte
	set    charset
}

type charset interface {
	EncodeRune(r rune) (b byte, ok bool)
	DecodeByte(b byte) rune
}

// pages are the ones with Cyrillic first, under the number most printers know
// them by; the rest serves shops that write Latin letters only.
var pages = []Page{
	{"pc866", "PC866", 17, charmap.CodePage866},
	{"wpc1251", "WPC1251", 46, charmap.Windows1251},
	{"pc855", "PC855", 34, charmap.CodePage855},
	{"kz1048", "KZ-1048", 53, kz1048},
	{"iso8859-5", "ISO8859-5", 41, charmap.ISO8859_5},
	{"koi8-u", "KOI8-U", 78, charmap.KOI8U},
	{"pc852", "PC852", 18, charmap.CodePage852},
	{"wpc1252", "WPC1252", 16, charmap.Windows1252},
	{"pc858", "PC858", 19, charmap.CodePage858},
	{"pc437", "PC437", 0, charmap.CodePage437},
}

// Pages lists the code pages in the order to offer them.
func Pages() []Page { return pages }

// PageNamed finds a page by its permanent word.
func PageNamed(name string) (Page, bool) {
	for _, p := range pages {
		if p.Name == name {
			return p, true
		}
	}
	return Page{}, false
}

// At is the page under another number.
func (p Page) At(number byte) Page {
	p.Number = number
	return p
}

// Encode writes text in the page. A sign the page lacks becomes its nearest, see
// paper.Nearest: it is never left out. No byte is a command.
func (p Page) Encode(s string) []byte { return p.Append(nil, s) }

// Append is Encode onto the end of a buffer.
func (p Page) Append(to []byte, s string) []byte {
	for _, r := range s {
		to = p.appendRune(to, r)
	}
	return to
}

func (p Page) appendRune(to []byte, r rune) []byte {
	for _, near := range paper.Nearest(r, p.has) {
		if near < 0x7f {
			to = append(to, byte(near))
		} else {
			b, _ := p.byteOf(near)
			to = append(to, b)
		}
	}
	return to
}

// has reports a sign of the page; what stands below the visible ones is a command.
func (p Page) has(r rune) bool {
	_, ok := p.byteOf(r)
	return ok && r > 0xa0
}

// byteOf is a sign of the upper half; what a page keeps below it is a command.
func (p Page) byteOf(r rune) (byte, bool) {
	b, ok := p.set.EncodeRune(r)
	return b, ok && b >= 0x80
}

// appendLine encodes a line no wider than it was, as far as its gaps go.
func (p Page) appendLine(to []byte, s string) []byte {
	from := len(to)
	to = p.Append(to, s)
	for over := len(to) - from - utf8.RuneCountInString(s); over > 0; over-- {
		at, gap := widestGap(to[from:])
		if gap < 2 {
			break
		}
		to = append(to[:from+at], to[from+at+1:]...)
	}
	return to
}

// widestGap finds the longest run of spaces.
func widestGap(line []byte) (at, length int) {
	run := 0
	for i, b := range line {
		if b != ' ' {
			run = 0
			continue
		}
		if run++; run > length {
			at, length = i, run
		}
	}
	return at, length
}

// Decode reads a byte string of the page back, for tests and for a printer that
// is only played.
func (p Page) Decode(b []byte) string {
	var s strings.Builder
	for _, c := range b {
		if c < 0x80 {
			s.WriteByte(c)
			continue
		}
		s.WriteRune(p.set.DecodeByte(c))
	}
	return s.String()
}

// byteTable is a charset of our own: the upper half of a page.
type byteTable struct {
	upper [128]rune
	byRun map[rune]byte
}

func (t *byteTable) EncodeRune(r rune) (byte, bool) {
	b, ok := t.byRun[r]
	return b, ok
}

func (t *byteTable) DecodeByte(b byte) rune {
	if b < 0x80 {
		return rune(b)
	}
	return t.upper[b-0x80]
}

// kz1048 is the Kazakh standard STRK1048: Windows-1251 with the Kazakh letters
// in place of the Serbian and Macedonian ones.
var kz1048 = func() *byteTable {
	t := &byteTable{byRun: map[rune]byte{}}
	for i := range t.upper {
		t.upper[i] = charmap.Windows1251.DecodeByte(byte(i + 0x80))
	}
	for b, r := range map[byte]rune{
		0x8d: 'Қ', 0x8e: 'Һ', 0x9d: 'қ', 0x9e: 'һ', 0xa1: 'Ұ', 0xa2: 'ұ', 0xa3: 'Ә', 0xa5: 'Ө', 0xaa: 'Ғ', 0xaf: 'Ү',
		0xb4: 'ө', 0xba: 'ғ', 0xbc: 'ә', 0xbd: 'Ң', 0xbe: 'ң', 0xbf: 'ү',
	} {
		t.upper[b-0x80] = r
	}
	for i, r := range t.upper {
		t.byRun[r] = byte(i + 0x80)
	}
	return t
}()
