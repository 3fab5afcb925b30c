// Package imports reads the shop's products and customers from lists as people
// make them: with headers in the languages of our markets or without, in any
// order. How the file itself is written is the business of whoever hands over
// its Rows.
//
// It reads row by row, however large the file, and names every bad row with its
// line, column and reason. What is already stored is not its business.
package imports

import (
	"encoding/csv"
	"errors"
	"hash/maphash"
	"io"
	"strings"
	"unicode/utf8"

	"kassa/pos"
)

// Limits of a file. They are far beyond what a shop has, and keep a hostile
// file from filling the memory.
const (
	MaxFileBytes = 256 << 20
	MaxRowBytes  = 64 << 10
	MaxRows      = 3_000_000
)

// BadRow is one thing wrong with one row.
type BadRow struct {
	Line   int      // in the file, the first is 1
	Column string   // as the file's header calls it; "" for the row as a whole
	ID     string   // translation id of the reason
	Args   pos.Args // its values
}

// Raw is a row as it stands in the file.
type Raw struct {
	Line  int
	Cells []string
}

// Reader reads the rows of a list whose columns are known.
type Reader struct {
	rows    Rows
	kind    Kind
	region  string
	price   bool // names may be missing
	mapping Mapping
	header  []string
	at      map[Field]int
	seed    maphash.Seed
	seen    map[Field]map[uint64]uint32 // where a value stood first, by its hash
	held    [][]string                  // rows read for guessing and not yet handed out
	lines   []int
}

// Options say how a list is read.
type Options struct {
	Region    string   // of phones without a country code
	Mapping   *Mapping // nil: as the headers say
	PriceOnly bool     // only prices are wanted: a list without names will do
}

// NewReader begins to read a list: it takes the header and finds out which
// column is which. The errors are CodeInvalid when the list as a whole cannot be
// read: empty, or without the columns it needs.
func NewReader(rows Rows, k Kind, o Options) (*Reader, error) {
	t := &Reader{rows: rows, kind: k, region: o.Region, price: o.PriceOnly, at: map[Field]int{},
		seed: maphash.MakeSeed(), seen: map[Field]map[uint64]uint32{}}
	for len(t.held) < SampleRows && (o.Mapping == nil || len(t.held) == 0) {
		cells, line, err := rows.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if !blank(cells) {
			t.held, t.lines = append(t.held, append([]string(nil), cells...)), append(t.lines, line)
		}
	}
	if len(t.held) == 0 {
		return nil, pos.E(pos.CodeInvalid, "import.empty", nil)
	}
	if o.Mapping != nil {
		t.mapping = *o.Mapping
	} else {
		t.mapping = Guess(k, t.held)
	}
	if err := t.mapping.Check(k, o.PriceOnly); err != nil {
		return nil, t.named(err)
	}
	if t.mapping.Header {
		t.header, t.held, t.lines = t.held[0], t.held[1:], t.lines[1:]
	}
	for i, c := range t.mapping.Columns {
		if c != "" {
			t.at[c] = i
		}
	}
	return t, nil
}

// each reads a whole list by its headers.
func each(r io.Reader, k Kind, region string, next func(*Reader) error) ([]string, error) {
	rows, err := NewCSV(r, 0)
	if err != nil {
		return nil, err
	}
	t, err := NewReader(rows, k, Options{Region: region})
	for err == nil {
		err = next(t)
	}
	if errors.Is(err, io.EOF) {
		return t.Ignored(), nil
	}
	return nil, err
}

// named tells a repeated column by the file's own word for it.
func (t *Reader) named(err error) error {
	var e *pos.Error
	if !errors.As(err, &e) || e.ID != "import.column-twice" || !t.mapping.Header {
		return err
	}
	for i := len(t.mapping.Columns) - 1; i >= 0; i-- {
		if string(t.mapping.Columns[i]) == e.Args["Column"] && i < len(t.held[0]) {
			return pos.E(e.Code, e.ID, pos.Args{"Column": clip(t.held[0][i])})
		}
	}
	return err
}

// Header is the file's own, nil when it has none.
func (t *Reader) Header() []string { return t.header }

// Mapping is what the columns mean.
func (t *Reader) Mapping() Mapping { return t.mapping }

// Ignored are the columns of the file that mean nothing here, as written: a
// misspelt header is seen instead of silently lost.
func (t *Reader) Ignored() []string {
	var names []string
	for i, h := range t.header {
		if (i >= len(t.mapping.Columns) || t.mapping.Columns[i] == "") && strings.TrimSpace(h) != "" {
			names = append(names, clip(h))
		}
	}
	return names
}

// Seen reports whether a row of the file, good or bad, had the value in a
// column; only columns that must not repeat are remembered. One value in ten
// million million is taken for another.
func (t *Reader) Seen(c Field, value string) bool {
	_, ok := t.seen[c][maphash.String(t.seed, value)]
	return ok
}

// SeenSKU is Seen of a product's own number.
func (t *Reader) SeenSKU(sku string) bool { return t.Seen(colSKU, sku) }

// headerKey is how headers are compared: any case, ё as е, only letters and
// digits of it, so that "Цена, руб." is the same as "цена руб".
func headerKey(h string) string {
	var b strings.Builder
	for _, r := range pos.Fold(h) {
		if strings.ContainsRune("_-.,*:()/ '’\u00A0№#", r) {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// row is one row of a file while its cells are read; it collects what is wrong.
type row struct {
	t     *Reader
	line  int
	cells []string
	bad   []BadRow
}

// next reads one row; io.EOF after the last. Rows without any text are skipped.
func (t *Reader) next() (*row, error) {
	for {
		cells, line, err := t.take()
		if err != nil {
			return nil, err
		}
		if blank(cells) {
			continue
		}
		r := &row{t: t, line: line, cells: cells}
		want := len(t.mapping.Columns)
		if len(cells) > want && !blank(cells[want:]) || len(cells) < want && t.rows.Sheets() == nil {
			r.refuse("", "import.cells", pos.Args{"Want": want, "Have": len(cells)})
		}
		r.lost()
		return r, nil
	}
}

// lost refuses cells with a letter that the file's encoding could not tell: what
// stood there nobody knows.
func (r *row) lost() {
	for i, c := range r.t.mapping.Columns {
		if c != "" && i < len(r.cells) && strings.ContainsRune(r.cells[i], utf8.RuneError) {
			r.refuse(c, "import.lost-letter", pos.Args{"Input": clip(r.cells[i])})
		}
	}
}

func (t *Reader) take() ([]string, int, error) {
	if len(t.held) > 0 {
		cells, line := t.held[0], t.lines[0]
		t.held, t.lines = t.held[1:], t.lines[1:]
		return cells, line, nil
	}
	return t.rows.Next()
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
func (r *row) cell(c Field) string {
	i, ok := r.t.at[c]
	if !ok || i >= len(r.cells) {
		return ""
	}
	text := strings.TrimSpace(r.cells[i])
	if rest, ok := strings.CutPrefix(text, "'"); ok && looksLikeFormula(rest) {
		return rest
	}
	return text
}

// number is a cell whose decimal mark is known: the other mark only groups.
func (r *row) number(c Field) string {
	text := r.cell(c)
	if r.t.rows.Sheets() != nil { // a spreadsheet's numbers are written in one way
		return text
	}
	switch r.t.mapping.Decimal {
	case ",":
		return strings.ReplaceAll(text, ".", "")
	case ".":
		return strings.ReplaceAll(text, ",", "")
	}
	return text
}

// refuse notes what is wrong with a column of the row.
func (r *row) refuse(c Field, id string, args pos.Args) {
	name := string(c)
	if i, ok := r.t.at[c]; ok && i < len(r.t.header) {
		name = clip(r.t.header[i])
	}
	r.bad = append(r.bad, BadRow{Line: r.line, Column: name, ID: id, Args: args})
}

// refuseError notes an error of a rule.
func (r *row) refuseError(c Field, err error) {
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
