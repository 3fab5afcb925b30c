package tables

// Tables of a web page, which many programs save under the name .xls.

import (
	"errors"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"kassa/pos"
	"kassa/pos/imports"
)

// webRows are the rows of all tables of a page, as their cells show them. A
// table that lies in a cell of another counts, the one around it does not.
type webRows struct {
	file *os.File
	html *html.Tokenizer
	how  writing
	size int64
	read *atomic.Int64

	grid   grid
	spans  map[int]reach // cells that reach down into the next rows, by column
	inRow  bool
	inCell bool
	text   strings.Builder // of the cell
	wide   int             // columns of the cell
	high   int             // rows of it
	silent bool            // in what is not shown

	waiting bool // a row has begun that is not read yet
	line    int
	count   int
	ended   bool
}

// reach is how many further rows a cell takes.
type reach struct{ rows int }

// maxToken is the longest piece between two tags that is kept in memory.
const maxToken = 1 << 20

func openWeb(file *os.File, size int64, head []byte, f imports.Format) (imports.Rows, error) {
	charset := f.Charset
	r, read, how, err := decoded(file, size, charset)
	if err != nil {
		return nil, err
	}
	// What the page says of itself settles what only its letters told.
	if said := charsetNamed(declared(head)); charset == "" && oneByteCharset(how.charset) && oneByteCharset(said) {
		if r, read, how, err = decoded(file, size, said); err != nil {
			return nil, err
		}
	}
	t := &webRows{file: file, html: html.NewTokenizer(r), how: how, size: size, read: read, spans: map[int]reach{}}
	t.html.SetMaxBuf(maxToken)
	return t, nil
}

var charsetPattern = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([a-z0-9_-]+)`)

// declared is the encoding a page says it is in.
func declared(head []byte) string {
	if m := charsetPattern.FindSubmatch(head); m != nil {
		return string(m[1])
	}
	return ""
}

func oneByteCharset(name string) bool {
	return name != "" && !strings.HasPrefix(name, "utf-")
}

func (t *webRows) Format() imports.Format {
	return imports.Format{Charset: t.how.charset, Doubt: t.how.doubt}
}
func (t *webRows) Sheets() []imports.Sheet { return nil }
func (t *webRows) Share() (int64, int64)   { return t.read.Load(), t.size }
func (t *webRows) Close() error            { return t.file.Close() }

// Next reads to the end of the next row that has text.
func (t *webRows) Next() ([]string, int, error) {
	for !t.ended {
		done, err := t.token()
		if err != nil {
			return nil, 0, err
		}
		if !done || len(t.grid.cells) == 0 {
			continue
		}
		if t.count++; t.count > imports.MaxRows {
			return nil, 0, pos.E(pos.CodeInvalid, "import.rows-many", pos.Args{"Max": imports.MaxRows})
		}
		return t.grid.cells, t.grid.line, nil
	}
	if t.count == 0 { // the page of an error, or one that draws its table later
		return nil, 0, pos.E(pos.CodeInvalid, "table.no-list", nil)
	}
	return nil, 0, io.EOF
}

// token takes the next piece of the page; done when a row ended with it.
func (t *webRows) token() (done bool, err error) {
	if t.waiting {
		t.waiting = false
		t.beginRow()
	}
	switch t.html.Next() {
	case html.ErrorToken:
		t.ended = true
		if err := t.html.Err(); !errors.Is(err, io.EOF) {
			return false, webError(t.file.Name(), err)
		}
		done = t.inRow
		return done, t.endRow()
	case html.TextToken:
		if t.inCell && !t.silent {
			t.say(string(t.html.Text()))
		}
	case html.StartTagToken, html.SelfClosingTagToken:
		name, more := t.html.TagName()
		return t.begin(atom.Lookup(name), more)
	case html.EndTagToken:
		name, _ := t.html.TagName()
		return t.end(atom.Lookup(name))
	}
	return false, nil
}

func webError(file string, err error) error {
	if errors.Is(err, html.ErrBufferExceeded) {
		return bomb()
	}
	return unreadable(file, err)
}

// begin reacts to the beginning of an element. What programs leave open ends
// where the next begins.
func (t *webRows) begin(name atom.Atom, more bool) (done bool, err error) {
	switch name {
	case atom.Table:
		t.inRow, t.inCell = false, false
		t.spans = map[int]reach{}
	case atom.Tr:
		if t.inRow {
			t.waiting = true
			return true, t.endRow()
		}
		t.beginRow()
	case atom.Td, atom.Th:
		if !t.inRow {
			return false, nil
		}
		if err := t.endCell(); err != nil {
			return false, err
		}
		t.beginCell(more)
	case atom.Br, atom.P, atom.Div, atom.Li:
		if t.inCell && t.text.Len() > 0 {
			t.text.WriteByte('\n')
		}
	case atom.Script, atom.Style:
		t.silent = true
	}
	return false, nil
}

func (t *webRows) end(name atom.Atom) (done bool, err error) {
	switch name {
	case atom.Td, atom.Th:
		return false, t.endCell()
	case atom.Tr, atom.Table:
		done = t.inRow
		return done, t.endRow()
	case atom.Script, atom.Style:
		t.silent = false
	}
	return false, nil
}

func (t *webRows) beginRow() {
	t.line++
	t.grid.begin(t.line)
	t.inRow, t.inCell, t.silent = true, false, false
	t.reached()
}

// reached takes the places of cells that reach down from the rows above; their
// text stands in the first row alone.
func (t *webRows) reached() {
	for n := t.spans[t.grid.next]; n.rows > 0; n = t.spans[t.grid.next] {
		at := t.grid.next
		if n.rows--; n.rows == 0 {
			delete(t.spans, at)
		} else {
			t.spans[at] = n
		}
		t.grid.next++
	}
}

func (t *webRows) beginCell(more bool) {
	t.inCell, t.wide, t.high = true, 1, 1
	t.text.Reset()
	for more {
		var key, value []byte
		key, value, more = t.html.TagAttr()
		n, err := strconv.Atoi(strings.TrimSpace(string(value)))
		if err != nil || n < 1 {
			continue
		}
		switch string(key) {
		case "colspan":
			t.wide = min(n, maxColumns)
		case "rowspan":
			t.high = min(n, maxColumns)
		}
	}
}

func (t *webRows) endCell() error {
	if !t.inCell {
		return nil
	}
	t.inCell = false
	at := t.grid.next
	if err := t.grid.put(imports.Bare(t.text.String()), 1); err != nil {
		return err
	}
	t.grid.next += t.wide - 1
	for i := at; t.high > 1 && i < t.grid.next && i < maxColumns; i++ {
		t.spans[i] = reach{t.high - 1}
	}
	t.reached()
	return nil
}

func (t *webRows) endRow() error {
	if !t.inRow {
		return nil
	}
	err := t.endCell()
	t.inRow = false
	return err
}

// say adds text as a page shows it: spaces and line ends of the source are one
// space.
func (t *webRows) say(text string) {
	if t.text.Len() > imports.MaxRowBytes {
		return // too long for a row already, which is told when it ends
	}
	space := false
	for _, r := range text {
		if r != '\u00A0' && unicode.IsSpace(r) {
			space = true
			continue
		}
		if space && t.text.Len() > 0 {
			t.text.WriteByte(' ')
		}
		space = false
		t.text.WriteRune(r)
	}
	if space {
		t.text.WriteByte(' ')
	}
}
