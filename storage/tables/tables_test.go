package tables_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"kassa/pos"
	"kassa/pos/exports"
	"kassa/pos/imports"
	"kassa/storage/tables"
)

func write(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, content, 0o600))
	return path
}

func read(t testing.TB, path string, f imports.Format) ([][]string, imports.Format, error) {
	t.Helper()
	rows, err := tables.Open(path, f)
	if err != nil {
		return nil, f, err
	}
	defer rows.Close()
	var all [][]string
	for {
		cells, _, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return all, rows.Format(), nil
		}
		if err != nil {
			return all, rows.Format(), err
		}
		all = append(all, append([]string(nil), cells...))
	}
}

func refusedAs(t testing.TB, err error, id string) {
	t.Helper()
	var e *pos.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, id, e.ID)
}

const list = "Артикул;Наименование;Цена\r\n1001;Молоко «Утро», 3,2 %;89,90\r\n1002;Хлеб ржаной;45,00\r\n"

func encoded(t testing.TB, e encoding.Encoding) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(strings.ReplaceAll(strings.ReplaceAll(list, "«", "\""), "»", "\"")))
	require.NoError(t, err)
	return b
}

func TestOpen_FindsTheCharset(t *testing.T) {
	le := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	be := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	for name, tt := range map[string]struct {
		content []byte
		charset string
	}{
		"UTF-8":                   {[]byte(list), "utf-8"},
		"UTF-8 with a mark":       {[]byte("\uFEFF" + list), "utf-8"},
		"Windows-1251":            {encoded(t, charmap.Windows1251), "windows-1251"},
		"cp866":                   {encoded(t, charmap.CodePage866), "cp866"},
		"KOI8-R":                  {encoded(t, charmap.KOI8R), "koi8-r"},
		"UTF-16 LE":               {encoded(t, le), "utf-16le"},
		"UTF-16 BE":               {encoded(t, be), "utf-16be"},
		"UTF-16 LE with a mark":   {append([]byte("\xFF\xFE"), encoded(t, le)...), "utf-16le"},
		"UTF-16 BE with a mark":   {append([]byte("\xFE\xFF"), encoded(t, be)...), "utf-16be"},
		"Cyrillic only far below": {append([]byte(strings.Repeat("1;a;1\r\n", 400_000)), encoded(t, charmap.Windows1251)...), "windows-1251"},
	} {
		t.Run(name, func(t *testing.T) {
			rows, f, err := read(t, write(t, "a.csv", tt.content), imports.Format{})
			require.NoError(t, err)
			require.Equal(t, tt.charset, f.Charset)
			require.Equal(t, ';', f.Comma)
			require.Equal(t, []string{"1002", "Хлеб ржаной", "45,00"}, rows[len(rows)-1])
		})
	}
	t.Run("and takes another where it is told", func(t *testing.T) {
		rows, f, err := read(t, write(t, "a.csv", encoded(t, charmap.Windows1251)), imports.Format{Charset: "koi8-r"})
		require.NoError(t, err)
		require.Equal(t, "koi8-r", f.Charset)
		require.NotEqual(t, "Артикул", rows[0][0])
	})
}

func TestOpen_RefusesWhatIsNoList(t *testing.T) {
	var book bytes.Buffer
	w, err := tables.NewWriter(&book, exports.XLSX)
	require.NoError(t, err)
	for i := range 500 {
		require.NoError(t, w.Row([]exports.Cell{{Name: "sku", Value: fmt.Sprint(i)}, {Name: "name", Value: "Хлеб"}}))
	}
	require.NoError(t, w.End())
	for name, tt := range map[string]struct {
		file, id string
		content  []byte
	}{
		"nothing":             {"a.csv", "import.empty", nil},
		"only blanks":         {"a.csv", "import.empty", []byte(" \r\n\r\n")},
		"a picture":           {"a.csv", "table.no-list", []byte("\x89PNG\r\n\x1a\n0000")},
		"a PDF":               {"a.csv", "table.no-list", []byte("%PDF-1.7\n")},
		"an encrypted book":   {"a.xlsx", "table.encrypted", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1more")},
		"an old book":         {"a.xls", "table.old-excel", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1more")},
		"a book cut short":    {"a.xlsx", "table.excel-broken", book.Bytes()[:book.Len()/2]},
		"a zip of other":      {"a.xlsx", "table.not-excel", zipped(t, map[string]string{"a.txt": "hello"})},
		"a book with a DTD":   {"a.xlsx", "table.excel-broken", zipped(t, map[string]string{"xl/workbook.xml": `<!DOCTYPE x [<!ENTITY a "b">]><workbook/>`})},
		"a NUL":               {"a.csv", "import.nul", []byte("sku;name\n1;a\x00b\n")},
		"a row of 10 MB":      {"a.csv", "import.row-large", []byte("sku;name\n1;" + strings.Repeat("x", 10<<20) + "\n")},
		"a quote left open":   {"a.csv", "import.row-large", []byte("sku;name\n1;\"" + strings.Repeat("x", 100_000))},
		"a bomb of one text":  {"a.xlsx", "table.excel-bomb", zipped(t, bookParts(`<row r="1"><c t="str"><v>`+strings.Repeat("0", 4<<20)+`</v></c></row>`))},
		"too many columns":    {"a.xlsx", "table.columns-many", zipped(t, bookParts(`<row r="1"><c r="ZZZ1"><v>1</v></c></row>`))},
		"a text of no number": {"a.xlsx", "table.excel-broken", zipped(t, bookParts(`<row r="1"><c r="A1" t="s"><v>7</v></c></row>`))},
		"a sheet cut short":   {"a.xlsx", "table.excel-broken", zipped(t, bookParts(`<row r="1"><c r="A1"><v>7`))},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := read(t, write(t, tt.file, tt.content), imports.Format{})
			refusedAs(t, err, tt.id)
		})
	}
	t.Run("a missing file and a folder", func(t *testing.T) {
		_, err := tables.Open(filepath.Join(t.TempDir(), "no.csv"), imports.Format{})
		refusedAs(t, err, "table.missing")
		_, err = tables.Open(t.TempDir(), imports.Format{})
		refusedAs(t, err, "table.unreadable")
	})
}

func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		require.NoError(t, err)
		_, err = io.WriteString(w, text)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

func bookParts(rows string) map[string]string {
	return map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/a.xml"/></Relationships>`,
		"xl/worksheets/a.xml":        `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`,
	}
}

// The library writes what Excel would; our reader must take it exactly.
func TestOpen_ReadsABook(t *testing.T) {
	f := excelize.NewFile()
	require.NoError(t, f.SetSheetName("Sheet1", "Товары"))
	date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	require.NoError(t, err)
	require.NoError(t, f.SetSheetRow("Товары", "A1", &[]any{"Артикул", "Наименование", "Цена", "Дата", "Весовой", "Штрихкод"}))
	require.NoError(t, f.SetSheetRow("Товары", "A3", &[]any{"00123", "Молоко & <сыр>", 0.1 + 0.2, time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC), true, 4600000000015}))
	require.NoError(t, f.SetCellStyle("Товары", "D3", "D3", date))
	require.NoError(t, f.SetCellRichText("Товары", "B4", []excelize.RichTextRun{{Text: "Хлеб "}, {Text: "ржаной"}}))
	require.NoError(t, f.SetCellFormula("Товары", "C4", "=1+1"))
	_, err = f.NewSheet("Склад")
	require.NoError(t, err)
	require.NoError(t, f.SetSheetVisible("Склад", false))
	require.NoError(t, f.SetSheetRow("Склад", "A1", &[]any{"другой"}))
	path := filepath.Join(t.TempDir(), "a.xlsx")
	require.NoError(t, f.SaveAs(path))

	rows, err := tables.Open(path, imports.Format{})
	require.NoError(t, err)
	defer rows.Close()
	require.Equal(t, []imports.Sheet{{Name: "Товары", Table: true}, {Name: "Склад", Hidden: true}}, rows.Sheets())
	_, line, err := rows.Next()
	require.NoError(t, err)
	require.Equal(t, 1, line)
	cells, line, err := rows.Next()
	require.NoError(t, err)
	require.Equal(t, 3, line)
	require.Equal(t, []string{"00123", "Молоко & <сыр>", "0.3", "2026-11-21", "TRUE", "4600000000015"}, cells)
	cells, _, err = rows.Next()
	require.NoError(t, err)
	require.Equal(t, "Хлеб ржаной", cells[1])

	other, found, err := read(t, path, imports.Format{Sheet: "Склад"})
	require.NoError(t, err)
	require.Equal(t, [][]string{{"другой"}}, other)
	require.Equal(t, "Склад", found.Sheet)
	_, _, err = read(t, path, imports.Format{Sheet: "Нет"})
	refusedAs(t, err, "table.no-sheet")
}

func TestWriter(t *testing.T) {
	cells := []exports.Cell{{Name: "sku", Value: "00123"}, {Name: "name", Value: "=HYPERLINK(\"x\");\nдва"}, {Name: "price", Value: "89.90", Kind: exports.Number}}
	written := func(t *testing.T, f exports.Format, rows int) []byte {
		var b bytes.Buffer
		w, err := tables.NewWriter(&b, f)
		require.NoError(t, err)
		for range rows {
			require.NoError(t, w.Row(cells))
		}
		require.NoError(t, w.End())
		return b.Bytes()
	}
	t.Run("a book is read by the library as it was meant", func(t *testing.T) {
		f, err := excelize.OpenReader(bytes.NewReader(written(t, exports.XLSX, 2)))
		require.NoError(t, err)
		rows, err := f.GetRows("1")
		require.NoError(t, err)
		require.Equal(t, [][]string{{"sku", "name", "price"}, {"00123", cells[1].Value, "89.90"}, {"00123", cells[1].Value, "89.90"}}[:1], rows[:1])
		require.Equal(t, cells[1].Value, rows[1][1])
		kind, err := f.GetCellType("1", "C2")
		require.NoError(t, err)
		require.NotEqual(t, excelize.CellTypeInlineString, kind, "a price is a number")
		formula, err := f.GetCellFormula("1", "B2")
		require.NoError(t, err)
		require.Empty(t, formula)
	})
	t.Run("CSV is safe against formulas", func(t *testing.T) {
		text := string(written(t, exports.CSV, 1))
		require.True(t, strings.HasPrefix(text, "\uFEFFsku;name;price\r\n"))
		require.Contains(t, text, `"'=HYPERLINK`)
	})
	t.Run("JSON, whole and by lines", func(t *testing.T) {
		var list []map[string]string
		require.NoError(t, json.Unmarshal(written(t, exports.JSON, 2), &list))
		require.Len(t, list, 2)
		require.Equal(t, "89.90", list[0]["price"])
		lines := strings.Split(strings.TrimSpace(string(written(t, exports.JSONL, 2))), "\n")
		require.Len(t, lines, 2)
		require.JSONEq(t, `[]`, string(written(t, exports.JSON, 0)))
		require.Empty(t, written(t, exports.JSONL, 0))
	})
	t.Run("an empty book opens", func(t *testing.T) {
		_, err := excelize.OpenReader(bytes.NewReader(written(t, exports.XLSX, 0)))
		require.NoError(t, err)
	})
}

func TestWriteNew(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.csv")
	fails := errors.New("no")
	_, err := tables.WriteNew(path, func(io.Writer) error { return fails })
	refusedAs(t, err, "table.unwritable")
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left, "nothing half done stays")
	got, err := tables.WriteNew(path, func(w io.Writer) error { _, err := io.WriteString(w, "whole"); return err })
	require.NoError(t, err)
	require.Equal(t, path, got)
	_, err = tables.WriteNew(path, func(io.Writer) error { return nil })
	refusedAs(t, err, "table.taken")
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "whole", string(text))
}

func TestRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "goods.csv")
	none, err := tables.NewRefused(path, "line", "reason").Close()
	require.NoError(t, err)
	require.Empty(t, none)
	for _, name := range []string{"goods-refused.csv", "goods-refused-2.csv"} {
		r := tables.NewRefused(path, "line", "reason")
		require.NoError(t, r.Add([]string{"sku", "name"}, []string{"1", "=cmd"}, 7, "no"))
		got, err := r.Close()
		require.NoError(t, err)
		require.Equal(t, name, filepath.Base(got))
		text, err := os.ReadFile(got)
		require.NoError(t, err)
		require.Equal(t, "\uFEFFsku;name;line;reason\r\n1;'=cmd;7;no\r\n", string(text))
	}
}

// FuzzOpen holds the reader to its promises for any bytes: no panic, and an
// error has a sentence.
func FuzzOpen(f *testing.F) {
	f.Add([]byte(list))
	f.Add([]byte("\xFF\xFEa\x00;\x00"))
	f.Add([]byte("PK\x03\x04broken"))
	f.Add(zipped(f, bookParts(`<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c><c r="C1"><v>1E+400</v></c></row>`)))
	f.Add(zipped(f, bookParts(`<row><c><v>0.30000000000000004</v></c></row>`)))
	f.Add([]byte(excelXMLHead + `<Worksheet ss:Name="a"><Table><Row ss:Index="7"><Cell ss:StyleID="p"><Data ss:Type="Number">1</Data></Cell></Row></Table></Worksheet>`))
	f.Add([]byte(`<table><tr><td rowspan=3 colspan=2>a<td>b<tr><td><table><tr><td>c`))
	f.Add(zipped(f, map[string]string{"content.xml": `<a><table name="a"><table-row number-rows-repeated="2"><table-cell value-type="float" value="1"><p>01</p></table-cell></table-row></table></a>`}))
	f.Fuzz(func(t *testing.T, content []byte) {
		rows, _, err := read(t, write(t, "a.csv", content), imports.Format{})
		var e *pos.Error
		if err != nil && !errors.As(err, &e) {
			t.Fatalf("error without a sentence after %d rows: %v", len(rows), err)
		}
	})
}
