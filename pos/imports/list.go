package imports

// What a list's file is to the import: its format and its rows; and the rows of
// separated text.

import (
	"bytes"
	"strings"
	"unicode"
)

// Kind is what the rows of a file are about.
type Kind string

// The kinds of lists.
const (
	KindProducts  Kind = "products"
	KindCustomers Kind = "customers"
)

// Format says how a file is written. Every zero field is found out by looking
// at the file.
type Format struct {
	Charset string // one of Charsets; "" for a spreadsheet's own format
	Comma   rune   // one of Commas, or what the file itself names; 0 in a spreadsheet and on a web page
	Sheet   string // of a spreadsheet with several

	// Doubt are other Charsets in which the text reads nearly as well, the
	// likelier first; empty where there is no doubt or one was asked for.
	Doubt []string
}

// Charsets are the encodings a text file may be in, by their usual names.
var Charsets = []string{"utf-8", "windows-1251", "cp866", "koi8-r", "utf-16le", "utf-16be", "koi8-u", "kz-1048", "iso-8859-5", "x-mac-cyrillic", "windows-1252"}

// Commas are what may stand between the cells of a text file.
var Commas = []rune{';', ',', '\t', '|'}

// Sheet is one sheet of a spreadsheet.
type Sheet struct {
	Name   string
	Hidden bool
	Table  bool // it begins as a list does; several such sheets leave open which is meant
}

// Uncomputed is the text of a cell whose formula was never computed, among the
// names of errors such as #N/A that a cell may show.
const Uncomputed = "#FORMULA!"

// Bare takes off both ends of a cell what nobody sees: spaces of any kind, marks
// of width nought, marks of direction, soft hyphens.
func Bare(text string) string {
	if n := len(text); n == 0 || isPrinted(text[0]) && isPrinted(text[n-1]) {
		return text
	}
	return strings.TrimFunc(text, isUnseen)
}

func isPrinted(b byte) bool { return b > ' ' && b < 0x7F }

func isUnseen(r rune) bool {
	switch r {
	case '\u00AD', '\u180E', '\u2060', '\uFEFF':
		return true
	}
	return unicode.IsSpace(r) || r >= '\u200B' && r <= '\u200F' || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}

// Rows are the rows of a file from the first to the last. It is used by one
// goroutine at a time.
type Rows interface {
	// Next returns the cells of the next row and the line it stands in,
	// counted from 1; io.EOF after the last. The slice is the caller's only
	// until the next call. Other errors are *pos.Error.
	Next() (cells []string, line int, err error)
	// Format is what was asked for and, where that was left open, found.
	Format() Format
	// Sheets are those of a spreadsheet, in its order; nil for a text file.
	Sheets() []Sheet
	// Share tells how far the reading has come; total is 0 when nobody knows.
	Share() (done, total int64)
	Close() error
}

// Opener opens a file from its first row, as often as it is asked to.
type Opener func() (Rows, error)

// Text opens a list held in memory.
func Text(list string) Opener {
	return func() (Rows, error) { return NewCSV(bytes.NewReader([]byte(list)), 0) }
}
