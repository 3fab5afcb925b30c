package imports

// What a list's file is to the import: its format and its rows; and the rows of
// separated text.

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode"

	"kassa/pos"
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
	Comma   rune   // one of Commas; 0 in a spreadsheet
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

// csvRows reads cells from text in UTF-8.
type csvRows struct {
	csv    *csv.Reader
	format Format
	lines  int
	above  int // lines before the first row that are none
}

// NewCSV reads separated text in UTF-8, with or without a byte order mark. A
// comma of 0 is found out. CodeInvalid "import.empty" when there is no text at
// all.
func NewCSV(r io.Reader, comma rune) (Rows, error) {
	buffered := bufio.NewReaderSize(r, MaxRowBytes+utf8BOMLen)
	first, err := buffered.Peek(MaxRowBytes + utf8BOMLen)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fileError(err)
	}
	if bytes.HasPrefix(first, utf8BOM) {
		first = first[utf8BOMLen:]
		if _, err := buffered.Discard(utf8BOMLen); err != nil {
			return nil, fileError(err)
		}
	}
	if len(bytes.TrimSpace(first)) == 0 {
		return nil, pos.E(pos.CodeInvalid, "import.empty", nil)
	}
	t := &csvRows{}
	named, length := namedSeparator(first)
	if length > 0 {
		if _, err := buffered.Discard(length); err != nil {
			return nil, fileError(err)
		}
		first, t.above = first[length:], 1
	}
	switch {
	case comma != 0:
	case named != 0:
		comma = named
	default:
		comma = separator(first)
	}
	t.format = Format{Charset: "utf-8", Comma: comma}
	t.csv = csv.NewReader(&guard{r: &lineEnds{r: buffered}, comma: byte(comma), line: 1 + t.above})
	t.csv.Comma, t.csv.FieldsPerRecord, t.csv.LazyQuotes, t.csv.ReuseRecord = comma, -1, true, true
	return t, nil
}

func (t *csvRows) Next() ([]string, int, error) {
	cells, err := t.csv.Read()
	if errors.Is(err, io.EOF) {
		return nil, 0, io.EOF
	}
	if err != nil {
		return nil, 0, fileError(err)
	}
	if t.lines++; t.lines > MaxRows {
		return nil, 0, tooManyRows()
	}
	for i, c := range cells {
		cells[i] = Bare(c)
	}
	line, _ := t.csv.FieldPos(0)
	return cells, line + t.above, nil
}

func (t *csvRows) Format() Format        { return t.format }
func (t *csvRows) Sheets() []Sheet       { return nil }
func (t *csvRows) Share() (int64, int64) { return t.csv.InputOffset(), 0 }
func (t *csvRows) Close() error          { return nil }

func tooManyRows() error {
	return pos.E(pos.CodeInvalid, "import.rows-many", pos.Args{"Max": MaxRows})
}

var utf8BOM = []byte("\xEF\xBB\xBF")

const utf8BOMLen = 3

// lineEnds turns the lone carriage returns of old programs into line feeds, so
// that a file of mixed line ends has the rows one sees.
type lineEnds struct{ r *bufio.Reader }

func (l *lineEnds) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	n, err := l.r.Read(p)
	for i, b := range p[:n] {
		if b != '\r' {
			continue
		}
		if i+1 < n {
			if p[i+1] != '\n' {
				p[i] = '\n'
			}
			continue
		}
		if next, _ := l.r.Peek(1); len(next) == 0 || next[0] != '\n' {
			p[i] = '\n'
		}
	}
	return n, err
}
