package tables

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"kassa/pos"
	"kassa/pos/imports"
)

// sheetRows are the rows of one sheet.
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
	count  int
}

func (b *book) rows(s sheetPart) (imports.Rows, error) {
	r, f, err := b.part(s.part)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, errors.New("the sheet is missing")
	}
	t := &sheetRows{book: b, name: s.Name, part: r, size: int64(f.UncompressedSize64)}
	for _, s := range b.sheets {
		t.sheets = append(t.sheets, s.Sheet)
	}
	t.guard = &tagGuard{r: r, most: maxUnpacked, packed: int64(f.CompressedSize64)}
	t.xml = xml.NewDecoder(t.guard)
	return t, nil
}

func (t *sheetRows) Format() imports.Format  { return imports.Format{Sheet: t.name} }
func (t *sheetRows) Sheets() []imports.Sheet { return t.sheets }
func (t *sheetRows) Share() (int64, int64)   { return t.guard.total, t.size }
func (t *sheetRows) Close() error            { return errors.Join(t.part.Close(), t.book.file.Close()) }

// Next reads to the end of the next row that has cells.
func (t *sheetRows) Next() ([]string, int, error) {
	for {
		tok, err := t.xml.RawToken()
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
	bytes := 0
	for {
		tok, err := t.xml.RawToken()
		if err != nil {
			return cutShort(err)
		}
		switch e := tok.(type) {
		case xml.EndElement:
			if e.Name.Local == "row" {
				return nil
			}
		case xml.StartElement:
			if e.Name.Local != "c" {
				continue
			}
			col := column(attr(e, "r"))
			if col < 0 {
				col = len(t.cells)
			}
			if col >= maxColumns {
				return pos.E(pos.CodeInvalid, "table.columns-many", pos.Args{"Line": t.line, "Max": maxColumns})
			}
			text, err := t.cell(attr(e, "t"), attr(e, "s"))
			if err != nil {
				return err
			}
			if bytes += len(text); bytes > imports.MaxRowBytes {
				return pos.E(pos.CodeInvalid, "import.row-large", pos.Args{"Line": t.line, "KiB": imports.MaxRowBytes >> 10})
			}
			for len(t.cells) <= col {
				t.cells = append(t.cells, "")
			}
			t.cells[col] = text
		}
	}
}

// cutShort makes the end of the file in the middle of a row an error.
func cutShort(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// cell reads a cell to its end: the stored result of a formula, a number
// without the noise of its binary form, a date as its day.
func (t *sheetRows) cell(kind, style string) (string, error) {
	var text strings.Builder
	in, aside := false, 0
	for {
		tok, err := t.xml.RawToken()
		if err != nil {
			return "", cutShort(err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "v", "t":
				in = true
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
				return t.value(kind, style, text.String())
			}
		case xml.CharData:
			if in && aside == 0 {
				text.Write(e)
			}
		}
	}
}

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
		return raw, nil
	case "d":
		day, _, _ := strings.Cut(raw, "T")
		return day, nil
	}
	if i, err := strconv.Atoi(style); err == nil && i >= 0 && i < len(t.book.dates) && t.book.dates[i] {
		if day, ok := serialDay(raw, t.book.since); ok {
			return day, nil
		}
	}
	return exact(raw), nil
}

// column is the number of the column a cell's name begins with: A is 0. -1
// when there is none.
func column(name string) int {
	n := 0
	for i := 0; i < len(name) && name[i] >= 'A' && name[i] <= 'Z'; i++ {
		if n = n*26 + int(name[i]-'A') + 1; n > 1<<20 {
			return n
		}
	}
	return n - 1
}

// Days are numbered from one of two first days; 1900 is wrongly held to have
// been a leap year, which matters only before that March.
const (
	days1900 = 1900
	days1904 = 1904
)

func serialDay(raw string, since int) (string, bool) {
	whole, _, _ := strings.Cut(strings.TrimSpace(raw), ".")
	n, err := strconv.Atoi(whole)
	if err != nil || n < 61 || n > 2_958_465 {
		return "", false
	}
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if since == days1904 {
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return first.AddDate(0, 0, n).Format(time.DateOnly), true
}

// digits are what a spreadsheet shows of a number; what follows is the noise
// of its binary form, such as 0.30000000000000004.
const digits = 15

// exact writes a stored number as the decimal somebody typed.
func exact(raw string) string {
	raw = strings.TrimSpace(raw)
	if len(raw) <= digits && strings.IndexFunc(raw, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != '-' }) < 0 {
		return raw
	}
	if len(raw) > 64 {
		return raw
	}
	if _, e, ok := strings.Cut(strings.ToUpper(raw), "E"); ok {
		if n, err := strconv.Atoi(e); err != nil || n > 30 || n < -30 {
			return raw
		}
	}
	d, err := decimal.NewFromString(raw)
	if err != nil {
		return raw
	}
	if over := d.NumDigits() - digits; over > 0 {
		d = d.Round(-d.Exponent() - int32(over))
	}
	return d.String()
}
