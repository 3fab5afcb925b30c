// Package imports reads the shop's products and customers from CSV files as
// people make them: saved by a spreadsheet, with headers in Russian or English,
// in any order, separated by semicolons, commas or tabs.
//
// It reads row by row, however large the file, and names every bad row with its
// line, column and reason. What is already stored is not its business.
package imports

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"kassa/pos"
)

// Limits of a file. They are far beyond what a shop has, and keep a hostile
// file from filling the memory.
const (
	MaxFileBytes = 64 << 20
	MaxRowBytes  = 64 << 10
)

// BadRow is one thing wrong with one row.
type BadRow struct {
	Line   int      // in the file, the header's is 1
	Column string   // as the file's header calls it; "" for the row as a whole
	ID     string   // translation id of the reason
	Args   pos.Args // its values
}

// table reads the rows of a file whose header is known.
type table struct {
	csv     *csv.Reader
	header  []string // as written
	columns []column // of each field; "" for one that is ignored
}

// column is the permanent name of a column: the English header.
type column string

// Ignored are the columns of the file that mean nothing here, as written: a
// misspelt header is seen instead of silently lost.
func (t *table) ignored() []string {
	var names []string
	for i, c := range t.columns {
		if c == "" && strings.TrimSpace(t.header[i]) != "" {
			names = append(names, clip(t.header[i]))
		}
	}
	return names
}

func (t *table) has(c column) bool {
	for _, have := range t.columns {
		if have == c {
			return true
		}
	}
	return false
}

// open reads the header and decides which separator the file uses.
func open(r io.Reader, words map[string]column) (*table, error) {
	buffered := bufio.NewReaderSize(r, MaxRowBytes+utf8BOMLen)
	first, err := buffered.Peek(MaxRowBytes + utf8BOMLen)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, pos.Wrap(pos.CodeUnavailable, "import.unreadable", err)
	}
	if bytes.HasPrefix(first, utf8BOM) {
		first = first[utf8BOMLen:]
		if _, err := buffered.Discard(utf8BOMLen); err != nil {
			return nil, pos.Wrap(pos.CodeUnavailable, "import.unreadable", err)
		}
	}
	if len(bytes.TrimSpace(first)) == 0 {
		return nil, pos.E(pos.CodeInvalid, "import.empty", nil)
	}
	comma := separator(first)
	t := &table{csv: csv.NewReader(&guard{r: buffered, comma: byte(comma), line: 1})}
	t.csv.Comma, t.csv.FieldsPerRecord, t.csv.LazyQuotes = comma, -1, true
	header, err := t.csv.Read()
	if err != nil {
		return nil, fileError(err)
	}
	t.header = header
	return t, t.name(words)
}

var utf8BOM = []byte("\xEF\xBB\xBF")

const utf8BOMLen = 3

// name finds out which field is which column.
func (t *table) name(words map[string]column) error {
	t.columns = make([]column, len(t.header))
	for i, h := range t.header {
		c := words[headerKey(h)]
		if c != "" && t.has(c) {
			return pos.E(pos.CodeInvalid, "import.column-twice", pos.Args{"Column": clip(h)})
		}
		t.columns[i] = c
	}
	return nil
}

// headerKey is how headers are compared: any case, ё as е, only letters and
// digits of it, so that "Цена, руб." is the same as "цена руб".
func headerKey(h string) string {
	var b strings.Builder
	for _, r := range pos.Fold(h) {
		if r == '_' || r == '-' || r == '.' || r == ',' || r == '*' || r == ':' || r == '(' || r == ')' || r == '/' || r == ' ' {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// separator is the one of ; tab , that stands most often in the first line
// outside quotes.
func separator(text []byte) rune {
	count := map[byte]int{}
	quoted := false
	for _, b := range text {
		if b == '"' {
			quoted = !quoted
		}
		if (b == '\n' || b == '\r') && !quoted {
			break
		}
		if !quoted {
			count[b]++
		}
	}
	best := byte(';')
	for _, b := range []byte{'\t', ','} {
		if count[b] > count[best] {
			best = b
		}
	}
	return rune(best)
}

// row is one row of a file while its cells are read; it collects what is wrong.
type row struct {
	t     *table
	line  int
	cells []string
	bad   []BadRow
}

// next reads one row; io.EOF after the last. Rows without any text are skipped.
func (t *table) next() (*row, error) {
	for {
		cells, err := t.csv.Read()
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		if err != nil {
			return nil, fileError(err)
		}
		line, _ := t.csv.FieldPos(0)
		if blank(cells) {
			continue
		}
		r := &row{t: t, line: line, cells: cells}
		if len(cells) != len(t.columns) && !blank(cells[min(len(cells), len(t.columns)):]) || len(cells) < len(t.columns) {
			r.refuse("", "import.cells", pos.Args{"Want": len(t.columns), "Have": len(cells)})
		}
		return r, nil
	}
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// cell is the text of a column, trimmed; "" when the file does not have it.
// The apostrophe that a spreadsheet or our own export put before a text which
// looks like a formula is taken off again; the text stays a text.
func (r *row) cell(c column) string {
	for i, have := range r.t.columns {
		if have != c || i >= len(r.cells) {
			continue
		}
		text := strings.TrimSpace(r.cells[i])
		if rest, ok := strings.CutPrefix(text, "'"); ok && looksLikeFormula(rest) {
			return rest
		}
		return text
	}
	return ""
}

// refuse notes what is wrong with a column of the row.
func (r *row) refuse(c column, id string, args pos.Args) {
	name := ""
	for i, have := range r.t.columns {
		if c != "" && have == c {
			name = clip(r.t.header[i])
		}
	}
	r.bad = append(r.bad, BadRow{Line: r.line, Column: name, ID: id, Args: args})
}

// refuseError notes an error of a rule.
func (r *row) refuseError(c column, err error) {
	var e *pos.Error
	if errors.As(err, &e) {
		r.refuse(c, e.ID, e.Args)
		return
	}
	r.refuse(c, "import.bad-value", nil)
}

// clip makes a piece of somebody's file fit to be shown.
func clip(s string) string {
	const limit = 64
	shown := make([]rune, 0, limit)
	for _, c := range strings.TrimSpace(s) {
		if len(shown) == limit {
			shown[limit-1] = '…'
			break
		}
		if pos.HasControl(string(c)) {
			c = '�'
		}
		shown = append(shown, c)
	}
	return string(shown)
}

// looksLikeFormula reports a text a spreadsheet would compute instead of show.
func looksLikeFormula(s string) bool {
	return s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0]))
}

// fileError turns what stopped the reading into a sentence.
func fileError(err error) error {
	var e *pos.Error
	if errors.As(err, &e) {
		return e
	}
	if errors.Is(err, io.EOF) {
		return pos.E(pos.CodeInvalid, "import.empty", nil)
	}
	var syntax *csv.ParseError
	if errors.As(err, &syntax) {
		return &pos.Error{Code: pos.CodeInvalid, ID: "import.quotes", Args: pos.Args{"Line": syntax.StartLine}, Err: err}
	}
	return pos.Wrap(pos.CodeUnavailable, "import.unreadable", err)
}
