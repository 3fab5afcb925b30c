package tables

// The rows of one sheet of a workbook.

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/imports"
)

// sheetRows are the rows of one sheet. Rows and columns that are hidden are read:
// a filter is a view of the list, not the list. Of merged cells the first has
// the text.
type sheetRows struct {
	book   *book
	name   string
	sheets []imports.Sheet
	part   io.Closer
	guard  *tagGuard
	size   int64
	xml    *xml.Decoder
	line   int
	cells  []string
	text   []byte // of a cell
	count  int
}

func (b *book) rows(s sheetPart) (imports.Rows, error) {
	t, err := b.open(s)
	if err != nil {
		return nil, err
	}
	for _, s := range b.sheets {
		t.sheets = append(t.sheets, s.Sheet)
	}
	return t, nil
}

func (b *book) open(s sheetPart) (*sheetRows, error) {
	r, f, err := b.part(s.part)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, errors.New("the sheet is missing")
	}
	t := &sheetRows{book: b, name: s.Name, part: r, size: int64(f.UncompressedSize64)}
	t.xml, t.guard = newXML(r, int64(f.CompressedSize64))
	return t, nil
}

func (t *sheetRows) Format() imports.Format  { return imports.Format{Sheet: t.name} }
func (t *sheetRows) Sheets() []imports.Sheet { return t.sheets }
func (t *sheetRows) Share() (int64, int64)   { return t.guard.total, t.size }
func (t *sheetRows) Close() error            { return errors.Join(t.part.Close(), t.book.file.Close()) }

// Next reads to the end of the next row that has cells.
func (t *sheetRows) Next() ([]string, int, error) {
	for {
		tok, err := nextToken(t.xml)
		if errors.Is(err, io.EOF) {
			return nil, 0, io.EOF
		}
		if err != nil {
			return nil, 0, broken(err)
		}
		e, ok := tok.(xml.StartElement)
		if !ok || e.Name.Local != "row" {
			continue
		}
		if n, err := strconv.Atoi(attr(e, "r")); err == nil && n > t.line {
			t.line = n
		} else {
			t.line++
		}
		if err := t.row(); err != nil {
			return nil, 0, broken(err)
		}
		if len(t.cells) == 0 {
			continue
		}
		if t.count++; t.count > imports.MaxRows {
			return nil, 0, pos.E(pos.CodeInvalid, "import.rows-many", pos.Args{"Max": imports.MaxRows})
		}
		return t.cells, t.line, nil
	}
}

// row reads the cells of a row to its end.
func (t *sheetRows) row() error {
	t.cells = t.cells[:0]
	bytes, next := 0, 0
	return inside(t.xml, "row", func(e xml.StartElement) error {
		if e.Name.Local != "c" {
			return nil
		}
		col := column(attr(e, "r"))
		if col < 0 {
			col = next
		}
		next = col + 1
		text, err := t.cell(attr(e, "t"), attr(e, "s"))
		if err != nil {
			return err
		}
		if text == "" { // a colour or a frame, which may reach to the last column
			return nil
		}
		if col >= maxColumns {
			return pos.E(pos.CodeInvalid, "table.columns-many", pos.Args{"Line": t.line, "Max": maxColumns})
		}
		if bytes += len(text); bytes > imports.MaxRowBytes {
			return pos.E(pos.CodeInvalid, "import.row-large", pos.Args{"Line": t.line, "KiB": imports.MaxRowBytes >> 10})
		}
		for len(t.cells) <= col {
			t.cells = append(t.cells, "")
		}
		t.cells[col] = text
		return nil
	})
}

// cutShort makes the end of the file in the middle of a row an error.
func cutShort(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// cell reads a cell to its end.
func (t *sheetRows) cell(kind, style string) (string, error) {
	t.text = t.text[:0]
	in, aside, formula := false, 0, false
	for {
		tok, err := nextToken(t.xml)
		if err != nil {
			return "", cutShort(err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "v", "t":
				in = true
			case "f":
				formula = true
			case "rPh":
				aside++
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "v", "t":
				in = false
			case "rPh":
				aside--
			case "c":
				if formula && len(t.text) == 0 && kind != "str" {
					return imports.Uncomputed, nil
				}
				text, err := t.value(kind, style, string(t.text))
				return imports.Bare(text), err
			}
		case xml.CharData:
			if in && aside == 0 {
				t.text = append(t.text, e...)
			}
		}
	}
}

// value is what the cell shows: the stored result of a formula, a number as its
// format writes it, an error by its name.
func (t *sheetRows) value(kind, style, raw string) (string, error) {
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(raw))
		text, ok := t.book.texts.at(i)
		if err != nil || !ok {
			return "", errors.New("a text that is not there")
		}
		return unescaped(text), nil
	case "str", "inlineStr", "e":
		return unescaped(raw), nil
	case "b":
		return truth(raw), nil
	case "d":
		return isoMoment(strings.TrimSpace(raw)), nil
	}
	if raw == "" {
		return "", nil
	}
	i, err := strconv.Atoi(style)
	if err != nil {
		i = 0
	}
	return t.book.style(i).show(raw, t.book.since), nil
}

// truth is a yes or a no as programs write it in English.
func truth(raw string) string {
	switch strings.TrimSpace(raw) {
	case "1", "true", "TRUE":
		return "TRUE"
	case "0", "false", "FALSE":
		return "FALSE"
	}
	return raw
}

// column is the number of the column a cell's name begins with: A is 0. -1
// when there is none.
func column(name string) int {
	n := 0
	for i := 0; i < len(name) && name[i]|0x20 >= 'a' && name[i]|0x20 <= 'z'; i++ {
		if n = n*26 + int(name[i]|0x20-'a') + 1; n > 1<<20 {
			return n
		}
	}
	return n - 1
}
