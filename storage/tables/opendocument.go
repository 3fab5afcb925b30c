package tables

// OpenDocument workbooks, as LibreOffice and other offices write them.

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"os"
	"strings"
	"time"
	"unicode"

	"kassa/pos/imports"
)

// openDoc reads such a workbook.
type openDoc struct {
	part   io.Closer
	xml    *xml.Decoder
	guard  *tagGuard
	hidden map[string]bool // styles of sheets that are not shown
	style  string          // that is read
	now    *imports.Sheet
	inside bool
	line   int
	again  int // how often the row is repeated yet
	grid   grid
}

func openOpenDoc(file *os.File, z *zip.Reader, f imports.Format) (imports.Rows, error) {
	b := &book{zip: z}
	return openFlat(file, func() (document, error) {
		r, part, err := b.part("content.xml")
		if err != nil {
			return nil, err
		}
		if r == nil {
			return nil, errNotThere
		}
		t := &openDoc{part: r, hidden: map[string]bool{}}
		t.xml, t.guard = newXML(r, int64(part.CompressedSize64))
		return t, nil
	}, f.Sheet)
}

func (t *openDoc) come() int64  { return t.guard.total }
func (t *openDoc) Close() error { return t.part.Close() }

func (t *openDoc) sheet() (*imports.Sheet, error) {
	for {
		tok, err := nextToken(t.xml)
		if err != nil {
			return nil, err
		}
		e, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "style":
			t.style = attr(e, "name")
		case "table-properties":
			if attr(e, "display") == "false" && len(t.hidden) < maxStyles {
				t.hidden[t.style] = true
			}
		case "table":
			t.now = &imports.Sheet{Name: attr(e, "name"), Hidden: t.hidden[attr(e, "style-name")]}
			t.inside, t.line, t.again = true, 0, 0
			return t.now, nil
		}
	}
}

func (t *openDoc) row() ([]string, int, error) {
	if t.again > 0 {
		t.again--
		t.line++
		return t.grid.cells, t.line, nil
	}
	for t.inside {
		tok, err := nextToken(t.xml)
		if err != nil {
			return nil, 0, cutShort(err)
		}
		switch e := tok.(type) {
		case xml.EndElement:
			t.inside = e.Name.Local != "table"
		case xml.StartElement:
			if e.Name.Local != "table-row" {
				continue
			}
			times := max(number1(e, "number-rows-repeated"), 1)
			t.grid.begin(t.line + 1)
			if err := t.cells(); err != nil {
				return nil, 0, err
			}
			if len(t.grid.cells) == 0 {
				t.line += times
				continue
			}
			t.again = times - 1
			t.line++
			return t.grid.cells, t.line, nil
		}
	}
	return nil, 0, io.EOF
}

// cells reads the cells of a row to its end.
func (t *openDoc) cells() error {
	return inside(t.xml, "table-row", func(e xml.StartElement) error {
		if e.Name.Local != "table-cell" && e.Name.Local != "covered-table-cell" {
			return nil
		}
		shown, err := t.shown(e.Name.Local)
		if err != nil {
			return err
		}
		text := ""
		if e.Name.Local == "table-cell" {
			text = imports.Bare(openValue(e, shown))
		}
		if err := t.grid.put(text, max(number1(e, "number-columns-repeated"), 1)); err != nil {
			return err
		}
		return nil
	})
}

// shown reads a cell to its end: the text it shows, without its comment.
func (t *openDoc) shown(cell string) (string, error) {
	var text strings.Builder
	aside, lines := 0, 0
	for {
		tok, err := nextToken(t.xml)
		if err != nil {
			return "", cutShort(err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch {
			case e.Name.Local == "annotation":
				aside++
			case aside > 0:
			case e.Name.Local == "p":
				if lines++; lines > 1 {
					text.WriteByte('\n')
				}
			case e.Name.Local == "s":
				text.WriteString(strings.Repeat(" ", min(max(number1(e, "c"), 1), 100)))
			case e.Name.Local == "line-break":
				text.WriteByte('\n')
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "annotation":
				aside--
			case cell:
				return text.String(), nil
			}
		case xml.CharData:
			if aside == 0 && lines > 0 {
				text.Write(e)
			}
		}
	}
}

// openValue is what a cell says: its value, as exactly as its text shows it.
func openValue(e xml.StartElement, shown string) string {
	switch attr(e, "value-type") {
	case "":
		if attr(e, "formula") != "" && strings.TrimSpace(shown) == "" {
			return imports.Uncomputed
		}
	case "float", "currency":
		return likeShown(attr(e, "value"), shown, 0)
	case "percentage":
		return likeShown(attr(e, "value"), shown, 2)
	case "date":
		return isoMoment(attr(e, "date-value"))
	case "time":
		if text, ok := openTime(attr(e, "time-value")); ok {
			return text
		}
	case "boolean":
		return truth(attr(e, "boolean-value"))
	}
	return shown
}

// likeShown rounds a number to as many decimals as its text has, keeps leading
// noughts and takes words that are neither a unit nor a currency for its text.
func likeShown(raw, shown string, shift int32) string {
	whole := exact(raw)
	d, ok := number(whole)
	shown = strings.TrimSpace(shown)
	if !ok || shown == "" || strings.ContainsAny(shown, "eEЕ/") {
		return whole
	}
	words := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) || strings.ContainsRune(".,%'’", r) {
			return -1
		}
		return r
	}, shown)
	if !isPlain(words, currencies+units) || len(shown) > 1 && shown[0] == '0' && strings.Trim(shown, "0123456789") == "" {
		return shown
	}
	decimals := int32(0)
	figures := strings.TrimRightFunc(shown, func(r rune) bool { return !unicode.IsDigit(r) }) // a dot behind belongs to "руб."
	if at := strings.LastIndexAny(figures, ".,"); at >= 0 {
		for _, r := range shown[at+1:] {
			if !unicode.IsDigit(r) {
				break
			}
			decimals++
		}
	}
	if strings.IndexFunc(shown, unicode.IsDigit) < 0 {
		return whole
	}
	text := d.Shift(shift).Round(decimals).String()
	if shift > 0 {
		text += "%"
	}
	return text + foreignMoney(words)
}

// openTime reads PT14H05M00S.
func openTime(text string) (string, bool) {
	d, err := time.ParseDuration(strings.ToLower(strings.TrimPrefix(text, "PT")))
	if err != nil || d < 0 {
		return "", false
	}
	seconds := int64(d / time.Second)
	return hours(seconds, seconds%60 != 0), true
}
