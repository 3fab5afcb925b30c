package tables_test

// Lists that bear the name of a workbook and are something else, and workbooks
// of other programs.

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"

	"kassa/pos"
	"kassa/pos/imports"
	"kassa/storage/tables"
)

const excelXMLHead = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style><Style ss:ID="z"><NumberFormat ss:Format="00000"/></Style>
<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="m"><NumberFormat ss:Format="Fixed"/></Style></Styles>`

func TestOpen_ReadsExcelXML(t *testing.T) {
	doc := excelXMLHead + `<Worksheet ss:Name="Обложка"><Table><Row><Cell><Data ss:Type="String">Прайс</Data></Cell></Row></Table></Worksheet>
<Worksheet ss:Name="Товары"><Table><Column ss:StyleID="z"/><Column ss:Index="4" ss:StyleID="m"/>
<Row><Cell><Data ss:Type="String">Артикул</Data></Cell><Cell><ss:Data ss:Type="String"><B>Наиме</B>нование</ss:Data><Comment><ss:Data>нет</ss:Data></Comment></Cell><Cell ss:Index="4"><Data ss:Type="String">Цена</Data></Cell></Row>
<Row ss:Index="5"><Cell><Data ss:Type="Number">123</Data></Cell><Cell ss:MergeAcross="1"><Data ss:Type="String"> Хлеб &amp; соль </Data></Cell><Cell><Data ss:Type="Number">12.345</Data></Cell><Cell ss:StyleID="p"><Data ss:Type="Number">0.2</Data></Cell>
<Cell><Data ss:Type="DateTime">2025-12-31T00:00:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell ss:Formula="=RC[-1]"></Cell><Cell><Data ss:Type="Number">4.608000000015E12</Data></Cell></Row>
<Row/></Table><WorksheetOptions><Visible>SheetVisible</Visible></WorksheetOptions></Worksheet>
<Worksheet ss:Name="Тайный"><Table><Row><Cell><Data ss:Type="String">а</Data></Cell><Cell><Data ss:Type="String">б</Data></Cell></Row><Row><Cell><Data ss:Type="String">а</Data></Cell><Cell><Data ss:Type="String">б</Data></Cell></Row></Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>`
	for _, name := range []string{"a.xls", "a.xml", "a.csv"} {
		rows, err := tables.Open(write(t, name, []byte(doc)), imports.Format{})
		require.NoError(t, err)
		defer rows.Close()
		require.Equal(t, []imports.Sheet{{Name: "Обложка"}, {Name: "Товары", Table: true}, {Name: "Тайный", Hidden: true}}, rows.Sheets())
		require.Equal(t, "Товары", rows.Format().Sheet)
		cells, line, err := rows.Next()
		require.NoError(t, err)
		require.Equal(t, 1, line)
		require.Equal(t, []string{"Артикул", "Наименование", "", "Цена"}, cells)
		cells, line, err = rows.Next()
		require.NoError(t, err)
		require.Equal(t, 5, line)
		require.Equal(t, []string{"00123", "Хлеб & соль", "", "12.35", "20%", "2025-12-31", "TRUE", "#N/A", imports.Uncomputed, "4608000000015"}, cells)
		_, _, err = rows.Next()
		require.ErrorIs(t, err, io.EOF)
	}
	hidden, _, err := read(t, write(t, "a.xls", []byte(doc)), imports.Format{Sheet: "Тайный"})
	require.NoError(t, err)
	require.Len(t, hidden, 2)
	_, _, err = read(t, write(t, "a.xls", []byte(doc[:len(doc)/2])), imports.Format{})
	refusedAs(t, err, "table.excel-broken")
}

func TestOpen_ReadsWebTables(t *testing.T) {
	cp1251 := func(s string) []byte {
		b, err := charmap.Windows1251.NewEncoder().Bytes([]byte(s))
		require.NoError(t, err)
		return b
	}
	want := [][]string{{"Артикул", "Наименование", "Цена"}, {"1", "Хлеб «Утро» & соль", "1 234,50"}}
	for name, content := range map[string][]byte{
		"a page":             []byte("<html><head><meta charset=utf-8><style>td{mso-number-format:\"\\@\"}</style></head><body><table><thead><tr><th>Артикул</th><th>Наименование</th><th>Цена</th></tr></thead><tbody><tr><td>1</td><td>Хлеб\n  <b>«Утро»</b> &amp; соль</td><td>1 234,50</td></tr></tbody></table></body></html>"),
		"open ends":          []byte("<TABLE><TR><TD>Артикул<TD>Наименование<TD>Цена<TR><TD>1<TD>Хлеб «Утро» & соль<TD>1&#160;234,50"),
		"Windows-1251":       cp1251("<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\"></head><table><tr><td>Артикул</td><td>Наименование</td><td>Цена</td></tr><tr><td>1</td><td>Хлеб «Утро» &amp; соль</td><td>1 234,50</td></tr></table>"),
		"a table in a table": []byte("\uFEFF<!DOCTYPE html><table><tr><td><table><tr><td>Артикул</td><td>Наименование</td><td>Цена</td></tr><tr><td>1</td><td>Хлеб «Утро» &amp; соль</td><td>1 234,50</td></tr></table></td></tr></table>"),
		"a page of XML":      []byte("<?xml version=\"1.0\"?><html xmlns=\"x\"><body><table><tr><td>Артикул</td><td>Наименование</td><td>Цена</td></tr><tr><td>1</td><td>Хлеб «Утро» &amp; соль</td><td>1 234,50</td></tr></table></body></html>"),
	} {
		t.Run(name, func(t *testing.T) {
			rows, f, err := read(t, write(t, "a.xls", content), imports.Format{})
			require.NoError(t, err)
			for _, r := range rows {
				for i := range r {
					r[i] = string(bytes.ReplaceAll([]byte(r[i]), []byte("\u00A0"), []byte(" ")))
				}
			}
			require.Equal(t, want, rows)
			require.Empty(t, f.Doubt)
		})
	}
	t.Run("cells that reach", func(t *testing.T) {
		rows, _, err := read(t, write(t, "a.xls", []byte("<table><tr><td colspan=2>а</td><td rowspan=2>б</td><td>в</td></tr><tr><td>г</td><td>д</td><td>е</td></tr><tr><td>ж<br>з</td></tr></table>")), imports.Format{})
		require.NoError(t, err)
		require.Equal(t, [][]string{{"а", "", "б", "в"}, {"г", "д", "", "е"}, {"ж\nз"}}, rows)
	})
	t.Run("a page too long between two tags", func(t *testing.T) {
		_, _, err := read(t, write(t, "a.xls", append([]byte("<table><tr><td>"), bytes.Repeat([]byte("x"), 3<<20)...)), imports.Format{})
		refusedAs(t, err, "table.excel-bomb")
	})
}

func TestOpen_ReadsOpenDocument(t *testing.T) {
	content := `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s">
<office:automatic-styles><style:style style:name="ta1"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="Тайный" table:style-name="ta2"><table:table-row><table:table-cell office:value-type="string"><text:p>а</text:p></table:table-cell></table:table-row></table:table>
<table:table table:name="Товары" table:style-name="ta1"><table:table-header-rows><table:table-row><table:table-cell office:value-type="string"><text:p>Артикул</text:p><office:annotation><text:p>нет</text:p></office:annotation></table:table-cell><table:table-cell office:value-type="string"><text:p>Имя<text:s text:c="2"/>и</text:p><text:p>марка</text:p></table:table-cell></table:table-row></table:table-header-rows>
<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="123"><text:p>00123</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>Хлеб</text:p></table:table-cell><table:covered-table-cell/>
<table:table-cell office:value-type="currency" office:value="1234.567"><text:p>1 234,57 ₽</text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.2"><text:p>20%</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2025-12-31T14:05:00"><text:p>31.12.25</text:p></table:table-cell>
<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>ИСТИНА</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="4608000000015"><text:p>4,608E+12</text:p></table:table-cell><table:table-cell table:formula="of:=[.A1]"/><table:table-cell table:formula="x" office:value-type="string"><text:p>#N/A</text:p></table:table-cell><table:table-cell office:value-type="time" office:time-value="PT14H05M00S"><text:p>14:05</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="5"><text:p>№ 5</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`
	file := zipped(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})
	rows, err := tables.Open(write(t, "a.ods", file), imports.Format{})
	require.NoError(t, err)
	defer rows.Close()
	require.Equal(t, []imports.Sheet{{Name: "Тайный", Hidden: true}, {Name: "Товары", Table: true}}, rows.Sheets())
	cells, _, err := rows.Next()
	require.NoError(t, err)
	require.Equal(t, []string{"Артикул", "Имя  и\nмарка"}, cells)
	for line := range 2 {
		cells, at, err := rows.Next()
		require.NoError(t, err)
		require.Equal(t, line+5, at)
		require.Equal(t, []string{"00123", "Хлеб", "Хлеб", "", "1234.57", "20%", "2025-12-31 14:05", "TRUE", "4608000000015", imports.Uncomputed, "#N/A", "14:05", "№ 5"}, cells)
	}
	_, _, err = rows.Next()
	require.ErrorIs(t, err, io.EOF)
	_, _, err = read(t, write(t, "a.ods", zipped(t, map[string]string{"content.xml": "<a/>"})), imports.Format{})
	refusedAs(t, err, "table.no-list")
}

func TestOpen_TellsTheMoneyOfOpenDocument(t *testing.T) {
	cell := func(value, shown string) string {
		return `<table:table-cell office:value-type="currency" office:value="` + value + `"><text:p>` + shown + `</text:p></table:table-cell>`
	}
	content := `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="Л"><table:table-row>` +
		cell("5", "5,00 €") + cell("1234.5", "1 234,50 ₽") + cell("45.5", "45,50 грн.") + cell("89.9", "89,90 руб.") + cell("-5.25", "-5,25 р.") + cell("1234.5", "1 235 руб.") + `</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`
	rows, _, err := read(t, write(t, "a.ods", zipped(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})), imports.Format{})
	require.NoError(t, err)
	require.Equal(t, [][]string{{"5 €", "1234.5", "45.5 грн", "89.9", "-5.25", "1235"}}, rows)
}

func TestOpen_RefusesAPageWithoutATable(t *testing.T) {
	for name, page := range map[string]string{
		"of an error":    "<html><body><h1>404 Not Found</h1></body></html>",
		"an empty table": "<!DOCTYPE html><html><body><table><tr><td> </td></tr></table></body></html>",
	} {
		_, _, err := read(t, write(t, "price.csv", []byte(page)), imports.Format{})
		require.Error(t, err, name)
		refusedAs(t, err, "table.no-list")
	}
}

func TestOpen_GoesByWhatAFileIs(t *testing.T) {
	for _, name := range []string{"a.xlsx", "a.xls", "a.txt", "a"} {
		rows, f, err := read(t, write(t, name, []byte(list)), imports.Format{})
		require.NoError(t, err)
		require.Equal(t, ';', f.Comma)
		require.Equal(t, "Хлеб ржаной", rows[2][1])
	}
	old := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	for name, tt := range map[string]struct{ file, id, content string }{
		"an encrypted book named .xls": {"a.xls", "table.encrypted", old + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"},
		"an old book named .xlsx":      {"a.xlsx", "table.old-excel", old + "W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00"},
		"a letter":                     {"a.xlsx", "table.no-list", old + "W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00"},
		"a book of Excel 4":            {"a.xls", "table.old-excel", "\x09\x04\x06\x00\x00\x00\x10\x00"},
		"a web archive":                {"a.xls", "table.old-excel", "MIME-Version: 1.0\r\nContent-Type: multipart/related"},
		"a packed list":                {"goods.csv.gz", "table.archive", "\x1F\x8B\x08\x00"},
		"an exchange of 1C":            {"a.xml", "table.no-list", "<?xml version=\"1.0\"?><КоммерческаяИнформация/>"},
		"no text named .xlsx":          {"a.xlsx", "table.not-excel", "\x01\x02\x03list"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := read(t, write(t, tt.file, []byte(tt.content)), imports.Format{})
			refusedAs(t, err, tt.id)
			var e *pos.Error
			require.ErrorAs(t, err, &e)
			if tt.id == "table.archive" {
				require.Equal(t, "goods.csv", e.Args["File"])
			}
		})
	}
}

// A program that writes as it goes tells the sizes after each part.
func TestOpen_ReadsPartsWithoutSizes(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range bookParts(`<row><c t="str"><v>Хлеб</v></c></row>`) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Flags: 8})
		require.NoError(t, err)
		_, err = io.WriteString(w, text)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	rows, _, err := read(t, write(t, "a.xlsx", b.Bytes()), imports.Format{})
	require.NoError(t, err)
	require.Equal(t, [][]string{{"Хлеб"}}, rows)
}
