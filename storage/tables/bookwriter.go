package tables

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"kassa/pos/exports"
)

// maxSheetRows is what Excel takes of one sheet, its header included.
const maxSheetRows = 1_048_576

// maxCellText is what Excel takes of one cell, in runes.
const maxCellText = 32_767

// bookWriter writes a workbook as it comes: the library for workbooks gathers
// the packed file in memory, which grows with the list.
type bookWriter struct {
	out    *bufio.Writer
	zip    *zip.Writer
	sheet  *bufio.Writer // nil between sheets
	sheets int
	rows   int // of the sheet, its header included
	most   int
	names  []exports.Cell
}

func newBook(w *bufio.Writer, most int) (*bookWriter, error) {
	return &bookWriter{out: w, zip: zip.NewWriter(w), most: most}, nil
}

const (
	xmlHead    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	spaceMain  = `http://schemas.openxmlformats.org/spreadsheetml/2006/main`
	spaceRels  = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	spacePack  = `http://schemas.openxmlformats.org/package/2006/relationships`
	spaceTypes = `http://schemas.openxmlformats.org/package/2006/content-types`
	typeBook   = `application/vnd.openxmlformats-officedocument.spreadsheetml.`
)

// Styles by number: 0 as it is, 1 text (so that a barcode stays one when
// edited), 2 the header.
const bookStyles = xmlHead + `<styleSheet xmlns="` + spaceMain + `"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>` +
	`<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>` +
	`<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`

func (b *bookWriter) Row(cells []exports.Cell) error {
	if b.names == nil {
		b.names = make([]exports.Cell, len(cells))
		for i, c := range cells {
			b.names[i] = exports.Cell{Name: c.Name, Value: c.Name}
		}
	}
	if b.sheet != nil && b.rows == b.most {
		if err := b.endSheet(); err != nil {
			return err
		}
	}
	if b.sheet == nil {
		if err := b.beginSheet(); err != nil {
			return err
		}
	}
	return b.row(cells, 1)
}

func (b *bookWriter) beginSheet() error {
	b.sheets++
	b.rows = 0
	part, err := b.zip.Create("xl/worksheets/sheet" + strconv.Itoa(b.sheets) + ".xml")
	if err != nil {
		return err
	}
	b.sheet = bufio.NewWriterSize(part, 64<<10)
	_, err = b.sheet.WriteString(xmlHead + `<worksheet xmlns="` + spaceMain + `"><sheetViews><sheetView workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`)
	if err != nil || b.names == nil {
		return err
	}
	return b.row(b.names, 2)
}

func (b *bookWriter) endSheet() error {
	if _, err := b.sheet.WriteString(`</sheetData></worksheet>`); err != nil {
		return err
	}
	err := b.sheet.Flush()
	b.sheet = nil
	return err
}

func (b *bookWriter) row(cells []exports.Cell, style int) error {
	b.rows++
	w := b.sheet
	w.WriteString(`<row r="` + strconv.Itoa(b.rows) + `">`)
	for i, c := range cells {
		switch {
		case c.Value == "":
		case c.Kind == exports.Number && len(c.Value) <= digits:
			w.WriteString(`<c r="` + cellName(i, b.rows) + `"><v>` + c.Value + `</v></c>`)
		default:
			w.WriteString(`<c r="` + cellName(i, b.rows) + `" s="` + strconv.Itoa(style) + `" t="inlineStr"><is><t xml:space="preserve">`)
			writeText(w, c.Value)
			w.WriteString(`</t></is></c>`)
		}
	}
	// A buffered writer keeps its first error for whoever asks next.
	_, err := w.WriteString(`</row>`)
	return err
}

func writeText(w io.Writer, s string) {
	if utf8.RuneCountInString(s) > maxCellText {
		s = string([]rune(s)[:maxCellText])
	}
	_ = xml.EscapeText(w, []byte(strings.ToValidUTF8(s, "\uFFFD")))
}

// cellName is A1 for column 0 of row 1.
func cellName(col, row int) string {
	name := ""
	for col++; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name + strconv.Itoa(row)
}

// End writes what lists the sheets.
func (b *bookWriter) End() error {
	if b.sheets == 0 {
		if err := b.beginSheet(); err != nil {
			return err
		}
	}
	if b.sheet != nil {
		if err := b.endSheet(); err != nil {
			return err
		}
	}
	var types, sheets, rels strings.Builder
	for i := 1; i <= b.sheets; i++ {
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="`+typeBook+`worksheet+xml"/>`, i)
		fmt.Fprintf(&sheets, `<sheet name="%d" sheetId="%d" r:id="rId%d"/>`, i, i, i)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="`+spaceRels+`/worksheet" Target="worksheets/sheet%d.xml"/>`, i, i)
	}
	for _, part := range []struct{ name, text string }{
		{"xl/styles.xml", bookStyles},
		{"xl/workbook.xml", xmlHead + `<workbook xmlns="` + spaceMain + `" xmlns:r="` + spaceRels + `"><sheets>` + sheets.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships xmlns="` + spacePack + `">` + rels.String() +
			`<Relationship Id="rIdStyles" Type="` + spaceRels + `/styles" Target="styles.xml"/></Relationships>`},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="` + spacePack + `"><Relationship Id="rId1" Type="` + spaceRels +
			`/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"[Content_Types].xml", xmlHead + `<Types xmlns="` + spaceTypes + `"><Default Extension="rels" ` +
			`ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="` +
			typeBook + `sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="` + typeBook + `styles+xml"/>` + types.String() + `</Types>`},
	} {
		w, err := b.zip.Create(part.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, part.text); err != nil {
			return err
		}
	}
	if err := b.zip.Close(); err != nil {
		return err
	}
	return b.out.Flush()
}
