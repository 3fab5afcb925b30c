package tables

// Workbooks that stand in one document, sheet after sheet: Excel's XML of 2003
// and OpenDocument. Which sheet is meant is known only after a first reading.

import (
	"errors"
	"io"

	"kassa/pos"
	"kassa/pos/imports"
)

// document reads a workbook of one document from its beginning.
type document interface {
	// sheet goes on to the next sheet and returns what is known of it, which may
	// become more until the next call; io.EOF after the last.
	sheet() (*imports.Sheet, error)
	// row returns the next row that has cells and its line; io.EOF at the
	// sheet's end. The slice is the caller's until the next call.
	row() ([]string, int, error)
	// come is how far in bytes the reading has come.
	come() int64
	Close() error
}

// flatRows are the rows of one sheet of a document.
type flatRows struct {
	doc    document
	file   io.Closer
	name   string
	sheets []imports.Sheet
	size   int64
	count  int
}

// openFlat opens the sheet asked for, or the one that holds the list.
func openFlat(file io.Closer, begin func() (document, error), asked string) (imports.Rows, error) {
	t := &flatRows{file: file}
	if err := t.lookAt(begin); err != nil {
		return nil, broken(err)
	}
	at, err := pick(t.sheets, asked)
	if err != nil {
		return nil, err
	}
	t.name = t.sheets[at].Name
	if t.doc, err = begin(); err != nil {
		return nil, broken(err)
	}
	for range at + 1 {
		if _, err := t.doc.sheet(); err != nil {
			return nil, broken(errors.Join(err, t.doc.Close()))
		}
	}
	return t, nil
}

// maxFlatSheets are listed.
const maxFlatSheets = 1000

// lookAt lists the sheets and looks at the beginning of each.
func (t *flatRows) lookAt(begin func() (document, error)) error {
	doc, err := begin()
	if err != nil {
		return err
	}
	defer doc.Close()
	var found []*imports.Sheet
	var shapes []shape
	for len(found) < maxFlatSheets {
		s, err := doc.sheet()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		var widths []int
		for range lookRows {
			cells, _, err := doc.row()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return err
			}
			widths = append(widths, filled(cells))
		}
		found, shapes = append(found, s), append(shapes, shapeBy(widths))
	}
	if len(found) == 0 {
		return pos.E(pos.CodeInvalid, "table.no-list", nil)
	}
	t.size = doc.come()
	for _, s := range found {
		t.sheets = append(t.sheets, *s)
	}
	markTables(t.sheets, shapes)
	return nil
}

func (t *flatRows) Next() ([]string, int, error) {
	cells, line, err := t.doc.row()
	if errors.Is(err, io.EOF) {
		return nil, 0, io.EOF
	}
	if err != nil {
		return nil, 0, broken(err)
	}
	if t.count++; t.count > imports.MaxRows {
		return nil, 0, pos.E(pos.CodeInvalid, "import.rows-many", pos.Args{"Max": imports.MaxRows})
	}
	return cells, line, nil
}

func (t *flatRows) Format() imports.Format  { return imports.Format{Sheet: t.name} }
func (t *flatRows) Sheets() []imports.Sheet { return t.sheets }
func (t *flatRows) Share() (int64, int64)   { return t.doc.come(), t.size }
func (t *flatRows) Close() error            { return errors.Join(t.doc.Close(), t.file.Close()) }

// grid gathers the cells of one row, within the limits of a row.
type grid struct {
	cells []string
	next  int // the column that comes
	bytes int
	line  int
}

func (g *grid) begin(line int) { g.cells, g.next, g.bytes, g.line = g.cells[:0], 0, 0, line }

// put writes a cell n times from the next column on; what is empty only takes
// its place.
func (g *grid) put(text string, n int) error {
	if text == "" {
		g.next = min(g.next+n, 1<<20)
		return nil
	}
	if g.next+n > maxColumns {
		return pos.E(pos.CodeInvalid, "table.columns-many", pos.Args{"Line": g.line, "Max": maxColumns})
	}
	if g.bytes += len(text) * n; g.bytes > imports.MaxRowBytes {
		return pos.E(pos.CodeInvalid, "import.row-large", pos.Args{"Line": g.line, "KiB": imports.MaxRowBytes >> 10})
	}
	for len(g.cells) < g.next {
		g.cells = append(g.cells, "")
	}
	for range n {
		g.cells = append(g.cells, text)
	}
	g.next += n
	return nil
}
