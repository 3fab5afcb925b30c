// Package imports reads the shop's products and customers from lists as people
// make them: with headers in the languages of our markets or without, in any
// order. How the file itself is written is the business of whoever hands over
// its Rows.
//
// It reads row by row, however large the file, and names every bad row with its
// line, column and reason. What is already stored is not its business.
package imports

import (
	"errors"
	"hash/maphash"
	"io"
	"slices"
	"strings"
	"time"

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
	Column string   // as the file's header calls it; "" for the row as a whole, and without a header
	Field  Field    // what the column means; "" for the row as a whole
	ID     string   // translation id of the reason
	Args   pos.Args // its values
}

// Note is one thing done to a row that comes in all the same: a number rounded,
// a second phone kept aside, a row of a group passed over.
type Note = BadRow

// Raw is a row as it stands in the file, and what has to be told of it.
type Raw struct {
	Line  int
	Cells []string
	Notes []Note
}

// Reader reads the rows of a list whose columns are known.
type Reader struct {
	rows     Rows
	book     bool // of a spreadsheet: its cells cannot shift
	kind     Kind
	region   string
	currency string
	price    bool // names may be missing
	numbered bool // numbers may be missing
	kilos    bool // the head says that goods are counted in kilograms
	year     int  // the last a birthday may be of
	mapping  Mapping
	header   []string
	heads    []string // their keys
	at       map[Field][]int
	seed     maphash.Seed
	seen     map[Field]map[uint64]uint32 // where a value stood first, by its hash
	held     []Raw                       // rows read for guessing and not yet handed out
	passed   []Note

	group     string // the goods' group, from a row above them
	groupLine int    // of a group without goods so far; 0: none
}

// Options say how a list is read.
type Options struct {
	Region    string    // of phones without a country code
	Mapping   *Mapping  // nil: as the headers say
	PriceOnly bool      // only prices are wanted: a list without names will do
	Numbered  bool      // the till gives numbers: a list without them will do
	Currency  string    // of the shop; "" asks no list about its own
	Today     time.Time // years of two digits are before; the zero time leaves room until 2040
}

// NewReader begins to read a list: it takes the header and finds out which
// column is which. The errors are CodeInvalid when the list as a whole cannot be
// read: empty, or without the columns it needs, or without a mapping with two of
// one meaning.
func NewReader(rows Rows, k Kind, o Options) (*Reader, error) {
	t := &Reader{rows: rows, book: rows.Sheets() != nil, kind: k, region: o.Region, currency: o.Currency, price: o.PriceOnly, numbered: o.Numbered, year: latestBirth,
		at: map[Field][]int{}, seed: maphash.MakeSeed(), seen: map[Field]map[uint64]uint32{}}
	if !o.Today.IsZero() {
		t.year = o.Today.Year()
	}
	var err error
	if o.Mapping != nil {
		t.mapping = *o.Mapping
		err = t.skipTo(o.Mapping.Row, o.Mapping.heads())
	} else {
		err = t.find()
	}
	if err != nil {
		return nil, err
	}
	if err := t.mapping.Check(k, o.PriceOnly, o.Numbered); err != nil {
		return nil, err
	}
	for _, h := range t.header {
		t.heads = append(t.heads, headerKey(h))
	}
	for i, c := range t.mapping.Columns {
		if c != "" {
			t.at[c] = append(t.at[c], i)
			t.kilos = t.kilos || i < len(t.header) && perKilo(c, t.header[i])
		}
	}
	return t, nil
}

// find understands the list by its first rows.
func (t *Reader) find() error {
	sample, err := Sample(t.rows)
	if err != nil {
		return err
	}
	f := Understand(t.kind, sample, t.book, "")
	for _, d := range f.Doubts {
		if d.ID == "import.doubt.twice" {
			return pos.E(pos.CodeInvalid, "import.column-twice", pos.Args{"Column": d.Args["Other"]})
		}
	}
	t.mapping, t.header = f.Mapping, f.Head
	for len(sample) > 0 && sample[0].Line < t.mapping.Row {
		sample = sample[1:]
	}
	t.held = sample[t.mapping.heads():]
	return nil
}

// skipTo passes over what stands above the table and takes its head.
func (t *Reader) skipTo(line, heads int) error {
	var rows []Raw
	for len(rows) < max(heads, 1) {
		cells, n, err := t.rows.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if n >= line && !blank(cells) {
			rows = append(rows, Raw{Line: n, Cells: slices.Clone(cells)})
		}
	}
	if len(rows) == 0 {
		return pos.E(pos.CodeInvalid, "import.empty", nil)
	}
	switch {
	case heads == 0:
		t.held = rows
	case heads == 2 && len(rows) == 2:
		t.header = trimmed(rows[0].Cells)
		if both, _ := joined(t.kind, rows[0].Cells, rows[1].Cells); both != nil {
			t.header = trimmed(both)
		}
	default:
		t.header = trimmed(rows[0].Cells)
	}
	return nil
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

// Saw counts a product's own number as one the file has.
func (t *Reader) Saw(sku string) {
	if t.seen[colSKU] == nil {
		t.seen[colSKU] = map[uint64]uint32{}
	}
	t.seen[colSKU][maphash.String(t.seed, sku)] = 0
}

// SeenSKU is Seen of a product's own number.
func (t *Reader) SeenSKU(sku string) bool { return t.Seen(colSKU, sku) }
