package tables

// Excel's XML of 2003, which many programs write under the name .xls.

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"

	"kassa/pos/imports"
)

// namedFormats are the formats this XML calls by a name.
var namedFormats = map[string]string{"Percent": "0.00%", "Fixed": "0.00", "Standard": "#,##0.00", "Currency": "#,##0.00", "Euro Currency": "#,##0.00",
	"General Number": "", "General Date": "yyyy-mm-dd h:mm", "Short Date": "yyyy-mm-dd", "Medium Date": "yyyy-mm-dd", "Long Date": "yyyy-mm-dd",
	"Short Time": "h:mm", "Medium Time": "h:mm", "Long Time": "h:mm:ss", "Scientific": "0.00E+00"}

// excelXML reads such a document.
type excelXML struct {
	xml     *xml.Decoder
	guard   *tagGuard
	formats map[string]*numberFormat // by the id of a style
	columns map[int]string           // styles of columns
	now     *imports.Sheet
	inSheet bool
	grid    grid
}

func openExcelXML(file *os.File, f imports.Format) (imports.Rows, error) {
	return openFlat(file, func() (document, error) {
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		t := &excelXML{formats: map[string]*numberFormat{}}
		t.xml, t.guard = newXML(file, 0)
		return t, nil
	}, f.Sheet)
}

func (t *excelXML) come() int64  { return t.guard.total }
func (t *excelXML) Close() error { return nil }

func (t *excelXML) sheet() (*imports.Sheet, error) {
	style, visible := "", false
	for {
		tok, err := nextToken(t.xml)
		if err != nil {
			return nil, err
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "Style":
				style = attr(e, "ID")
			case "NumberFormat":
				if code := attr(e, "Format"); len(t.formats) < maxStyles {
					if named, ok := namedFormats[code]; ok {
						code = named
					}
					t.formats[style] = parseFormat(code)
				}
			case "Visible":
				visible = true
			case "Worksheet":
				t.now = &imports.Sheet{Name: attr(e, "Name")}
				t.columns, t.inSheet = map[int]string{}, true
				t.grid.line = 0
				return t.now, nil
			}
		case xml.EndElement:
			visible = false
		case xml.CharData:
			if visible && t.now != nil && strings.Contains(string(e), "Hidden") {
				t.now.Hidden = true
			}
		}
	}
}

func (t *excelXML) row() ([]string, int, error) {
	for t.inSheet {
		tok, err := nextToken(t.xml)
		if err != nil {
			return nil, 0, cutShort(err)
		}
		switch e := tok.(type) {
		case xml.EndElement:
			if e.Name.Local == "Table" {
				t.inSheet = false
			}
		case xml.StartElement:
			switch e.Name.Local {
			case "WorksheetOptions":
				t.inSheet = false
			case "Column":
				t.column(e)
			case "Row":
				t.grid.begin(max(t.grid.line+1, number1(e, "Index")))
				if err := t.cells(attr(e, "StyleID")); err != nil {
					return nil, 0, err
				}
				if len(t.grid.cells) > 0 {
					return t.grid.cells, t.grid.line, nil
				}
			}
		}
	}
	return nil, 0, io.EOF
}

// number1 is an attribute that counts from 1; 0 when there is none.
func number1(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(attr(e, name))
	if err != nil || n < 1 || n > 1<<24 {
		return 0
	}
	return n
}

// column notes the style of columns, which cells without one have.
func (t *excelXML) column(e xml.StartElement) {
	at := len(t.columns)
	if n := number1(e, "Index"); n > 0 {
		at = n - 1
	}
	for range min(number1(e, "Span"), maxColumns) + 1 {
		t.columns[at] = attr(e, "StyleID")
		at++
	}
}

// cells reads the cells of a row to its end.
func (t *excelXML) cells(rowStyle string) error {
	return inside(t.xml, "Row", func(e xml.StartElement) error {
		if e.Name.Local != "Cell" {
			return nil
		}
		if n := number1(e, "Index"); n > 0 {
			t.grid.next = max(t.grid.next, n-1)
		}
		style := attr(e, "StyleID")
		if style == "" {
			style = rowStyle
		}
		if style == "" {
			style = t.columns[t.grid.next]
		}
		text, err := t.cell(style, attr(e, "Formula") != "")
		if err != nil {
			return err
		}
		if err := t.grid.put(imports.Bare(text), 1); err != nil {
			return err
		}
		t.grid.next += number1(e, "MergeAcross")
		return nil
	})
}

// cell reads a cell to its end; its comment is not part of it.
func (t *excelXML) cell(style string, formula bool) (string, error) {
	var text strings.Builder
	kind, in, aside := "", 0, 0
	for {
		tok, err := nextToken(t.xml)
		if err != nil {
			return "", cutShort(err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "Data":
				if in++; aside == 0 {
					kind = attr(e, "Type")
				}
			case "Comment", "PhoneticText":
				aside++
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "Data":
				in--
			case "Comment", "PhoneticText":
				aside--
			case "Cell":
				if formula && kind == "" {
					return imports.Uncomputed, nil
				}
				return t.value(kind, style, text.String()), nil
			}
		case xml.CharData:
			if in > 0 && aside == 0 {
				text.Write(e)
			}
		}
	}
}

func (t *excelXML) value(kind, style, raw string) string {
	switch kind {
	case "Number":
		return t.formats[style].show(strings.TrimSpace(raw), days1900)
	case "DateTime":
		if clock, ok := strings.CutPrefix(raw, "1899-12-31T"); ok && len(clock) >= len("14:05") {
			return clock[:len("14:05")]
		}
		return isoMoment(strings.TrimSpace(raw))
	case "Boolean":
		return truth(raw)
	}
	return raw
}

var errNotThere = errors.New("the document is missing")
