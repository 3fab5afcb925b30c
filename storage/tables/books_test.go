package tables_test

// Workbooks as the programs of shops write them, each with its habit.

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"kassa/pos/imports"
	"kassa/storage/tables"
)

const (
	bookHead = `<workbook xmlns:r="r"><sheets>`
	relation = `<Relationship Id="r1" Type="x/worksheet" Target="worksheets/a.xml"/>`
)

// parts are those of a workbook with some put in other words.
func parts(rows string, others ...string) map[string]string {
	all := bookParts(rows)
	for i := 0; i < len(others); i += 2 {
		all[others[i]] = others[i+1]
	}
	return all
}

func styled(formats ...string) string {
	var b strings.Builder
	b.WriteString(`<styleSheet><numFmts>`)
	for i, f := range formats {
		b.WriteString(`<numFmt numFmtId="` + string(rune('2'+i)) + `00" formatCode="` + strings.NewReplacer(`"`, "&quot;", "<", "&lt;").Replace(f) + `"/>`)
	}
	b.WriteString(`</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>`)
	for i := range formats {
		b.WriteString(`<xf numFmtId="` + string(rune('2'+i)) + `00"/>`)
	}
	b.WriteString(`<xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>`)
	return b.String()
}

func utf16Text(s string) string {
	var b bytes.Buffer
	b.WriteString("\xFF\xFE")
	for _, u := range utf16.Encode([]rune(s)) {
		_ = binary.Write(&b, binary.LittleEndian, u)
	}
	return b.String()
}

func TestOpen_ReadsTheBooksOfShops(t *testing.T) {
	plain := `<row r="1"><c r="A1" t="inlineStr"><is><t>Хлеб</t></is></c><c r="B1"><v>45.5</v></c></row>`
	want := [][]string{{"Хлеб", "45.5"}}
	for name, tt := range map[string]struct {
		parts map[string]string
		want  [][]string
	}{
		"strokes of Windows in the archive": {map[string]string{
			`xl\workbook.xml`:            bookHead + `<sheet name="A" r:id="r1"/></sheets></workbook>`,
			`xl\_rels\workbook.xml.rels`: `<Relationships>` + strings.ReplaceAll(relation, "/a.xml", `\a.xml`) + `</Relationships>`,
			`xl\worksheets\a.xml`:        `<worksheet><sheetData>` + plain + `</sheetData></worksheet>`}, want},
		"names from the root":        {parts("", "/xl/worksheets/a.xml", `<worksheet><sheetData>`+plain+`</sheetData></worksheet>`, "xl/worksheets/a.xml", `<worksheet><sheetData>`+plain+`</sheetData></worksheet>`), want},
		"a target from the root":     {parts(plain, "xl/_rels/workbook.xml.rels", `<Relationships>`+strings.ReplaceAll(relation, `"worksheets`, `"/xl/worksheets`)+`</Relationships>`), want},
		"another case":               {parts(plain, "xl/_rels/workbook.xml.rels", `<Relationships>`+strings.ReplaceAll(relation, "worksheets/a.xml", "Worksheets/A.XML")+`</Relationships>`), want},
		"comments and CDATA":         {parts(`<!-- of <1C> - > --><row><c t="inlineStr"><is><t><![CDATA[Хле]]>б<!--x--></t></is></c><c><v>45.5</v></c></row>`), want},
		"prefixes":                   {parts("", "xl/worksheets/a.xml", `<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>Хлеб</x:t></x:is></x:c><x:c r="B1"><x:v>45.5</x:v></x:c></x:row></x:sheetData></x:worksheet>`), want},
		"a mark before XML":          {parts("", "xl/worksheets/a.xml", "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><worksheet><sheetData>"+plain+"</sheetData></worksheet>"), want},
		"XML in UTF-16":              {parts("", "xl/worksheets/a.xml", utf16Text("<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet><sheetData>"+plain+"</sheetData></worksheet>")), want},
		"XML in Windows-1251":        {parts("", "xl/worksheets/a.xml", "<?xml version=\"1.0\" encoding=\"windows-1251\"?><worksheet><sheetData><row><c t=\"str\"><v>\xd5\xeb\xe5\xe1</v></c><c><v>45.5</v></c></row></sheetData></worksheet>"), want},
		"no references, small ones":  {parts(`<row><c t="inlineStr"><is><t>Хлеб</t></is></c><c r="b1"><v>45.5</v></c></row>`), want},
		"no relations":               {map[string]string{"xl/workbook.xml": bookHead + `<sheet name="A" r:id="q"/></sheets></workbook>`, "xl/worksheets/sheet1.xml": `<worksheet><sheetData>` + plain + `</sheetData></worksheet>`}, want},
		"shared texts unrelated":     {parts(`<row><c t="s"><v>1</v></c><c><v>45.5</v></c></row>`, "xl/SharedStrings.xml", `<sst><si/><si><r><t>Хл</t></r><r><t>еб</t></r><rPh><t>x</t></rPh></si></sst>`), want},
		"the strict standard":        {parts(`<row r="1"><c r="A1" t="d" s="2"><v>2025-12-31T00:00:00.000</v></c><c r="B1" t="d"><v>2025-12-31T14:05:00</v></c></row>`), [][]string{{"2025-12-31", "2025-12-31 14:05"}}},
		"colours to the last column": {parts(strings.Replace(plain, `</row>`, `<c r="XFD1" s="3"/></row>`, 1)), want},
		"unseen signs at the ends":   {parts(`<row><c t="str"><v>` + "\uFEFF\u200B Хлеб\u00A0\u00AD" + `</v></c><c t="str"><v>45.5` + "\u200E" + `</v></c></row>`), want},
		"far from A1":                {parts(`<row r="5"/><row r="7"><c r="C7" t="str"><v>Хлеб</v></c></row>`), [][]string{{"", "", "Хлеб"}}},
		"formulas by their result":   {parts(`<row><c><f>1+1</f><v>2</v></c><c t="str"><f>A1&amp;""</f><v></v></c><c><f>B2*2</f></c><c><f>B3</f><v/></c><c t="str"><f>x</f><v>да</v></c></row>`), [][]string{{"2", "", imports.Uncomputed, imports.Uncomputed, "да"}}},
		"errors by their name":       {parts(`<row><c t="e"><v>#N/A</v></c><c t="e"><f>x</f><v>#REF!</v></c><c t="str"><v>#Н/Д</v></c></row>`), [][]string{{"#N/A", "#REF!", "#Н/Д"}}},
		"yes and no":                 {parts(`<row><c t="b"><v>1</v></c><c t="b"><v>0</v></c></row>`), [][]string{{"TRUE", "FALSE"}}},
		"formats by number and code": {parts(`<row><c s="3"><v>0.2</v></c><c s="1"><v>123</v></c><c s="2"><v>12.345</v></c><c s="4"><v>46022</v></c><c s="5"><v>46022.5</v></c><c s="99"><v>7</v></c></row>`,
			"xl/styles.xml", styled("00000", `#,##0.00" ₽"`)), [][]string{{"20%", "00123", "12.35", "2025-12-31", "2025-12-31 12:00", "7"}}},
		"days since 1904": {parts(`<row><c s="2"><v>44560</v></c></row>`, "xl/workbook.xml", `<workbook xmlns:r="r"><workbookPr date1904="true"/><sheets><sheet name="A" r:id="r1"/></sheets></workbook>`, "xl/styles.xml", styled()), [][]string{{"2025-12-31"}}},
	} {
		t.Run(name, func(t *testing.T) {
			rows, _, err := read(t, write(t, "a.xlsx", zipped(t, tt.parts)), imports.Format{})
			require.NoError(t, err)
			require.Equal(t, tt.want, rows)
		})
	}
}

// bookOf is a workbook of several sheets: each a name, a state, and rows.
func bookOf(sheets ...[3]string) map[string]string {
	all, list, rels := map[string]string{}, "", ""
	for i, s := range sheets {
		n := string(rune('1' + i))
		list += `<sheet name="` + s[0] + `" state="` + s[1] + `" r:id="r` + n + `"/>`
		kind := "worksheet"
		if s[2] == "chart" {
			kind = "chartsheet"
		}
		rels += `<Relationship Id="r` + n + `" Type="x/` + kind + `" Target="worksheets/s` + n + `.xml"/>`
		all["xl/worksheets/s"+n+".xml"] = `<worksheet><sheetData>` + s[2] + `</sheetData></worksheet>`
	}
	all["xl/workbook.xml"] = bookHead + list + `</sheets></workbook>`
	all["xl/_rels/workbook.xml.rels"] = `<Relationships>` + rels + `</Relationships>`
	return all
}

func cellsOf(rows ...string) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString("<row>")
		for _, c := range strings.Split(r, ";") {
			b.WriteString(`<c t="str"><v>` + c + `</v></c>`)
		}
		b.WriteString("</row>")
	}
	return b.String()
}

func TestOpen_ChoosesTheSheet(t *testing.T) {
	list := cellsOf("Артикул;Наименование;Цена", "1;Хлеб;45", "2;Молоко;89")
	cover := cellsOf("Прайс-лист", "ООО «Ромашка»", "Телефон;+7 900 123-45-67", "Адрес;Тверь")
	sheet := func(name string, table bool) imports.Sheet { return imports.Sheet{Name: name, Table: table} }
	for name, tt := range map[string]struct {
		sheets [][3]string
		want   string
		tell   []imports.Sheet
	}{
		"a cover before it":  {[][3]string{{"Обложка", "", cover}, {"Товары", "", list}}, "Товары", []imports.Sheet{sheet("Обложка", false), sheet("Товары", true)}},
		"an empty one first": {[][3]string{{"Лист1", "", ""}, {"Лист2", "", list}, {"Лист3", "", ""}}, "Лист2", []imports.Sheet{sheet("Лист1", false), sheet("Лист2", true), sheet("Лист3", false)}},
		"a hidden one first": {[][3]string{{"Служебный", "veryHidden", list}, {"Товары", "visible", list}}, "Товары", []imports.Sheet{{Name: "Служебный", Hidden: true}, sheet("Товары", true)}},
		"a chart first":      {[][3]string{{"Диаграмма", "", "chart"}, {"Товары", "", list}}, "Товары", []imports.Sheet{sheet("Товары", true)}},
		"several lists":      {[][3]string{{"Обувь", "", list}, {"Одежда", "", list}}, "Обувь", []imports.Sheet{sheet("Обувь", true), sheet("Одежда", true)}},
		"two columns alone":  {[][3]string{{"Обложка", "", cellsOf("Прайс")}, {"Цены", "", cellsOf("1;45", "2;50")}}, "Цены", []imports.Sheet{sheet("Обложка", false), sheet("Цены", true)}},
		"no list at all":     {[][3]string{{"А", "", cellsOf("Хлеб")}, {"Б", "", ""}}, "А", []imports.Sheet{sheet("А", false), sheet("Б", false)}},
		"all hidden":         {[][3]string{{"А", "hidden", list}}, "А", []imports.Sheet{{Name: "А", Hidden: true}}},
	} {
		t.Run(name, func(t *testing.T) {
			rows, err := tables.Open(write(t, "a.xlsx", zipped(t, bookOf(tt.sheets...))), imports.Format{})
			require.NoError(t, err)
			defer rows.Close()
			require.Equal(t, tt.want, rows.Format().Sheet)
			require.Equal(t, tt.tell, rows.Sheets())
		})
	}
}

func TestOpen_RefusesOtherBooksInWordsThatHelp(t *testing.T) {
	t.Run("whatever is named so is an archive", func(t *testing.T) {
		_, _, err := read(t, write(t, "a.zip", zipped(t, map[string]string{"goods.txt": "1;2"})), imports.Format{})
		refusedAs(t, err, "table.archive")
	})
	for name, tt := range map[string]struct {
		id    string
		parts map[string]string
	}{
		"Apple Numbers":      {"table.numbers", map[string]string{"Index/Document.iwa": "x"}},
		"a list in a zip":    {"table.archive", map[string]string{"goods.csv": "1;2"}},
		"a binary workbook":  {"table.old-excel", map[string]string{"xl/workbook.bin": "x", "_rels/.rels": `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>`}},
		"a letter":           {"table.not-excel", map[string]string{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}},
		"entities":           {"table.excel-broken", parts("", "xl/worksheets/a.xml", `<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>`)},
		"a comment too long": {"table.excel-bomb", parts(`<!--` + strings.Repeat("<a>", 1<<20) + `-->`)},
		"an endless CDATA":   {"table.excel-bomb", parts(`<row><c t="str"><v><![CDATA[` + strings.Repeat("<a>", 1<<20) + `]]></v></c></row>`)},
		"an instruction":     {"table.excel-bomb", parts(`<?a ` + strings.Repeat("<a>", 1<<20) + `?>`)},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := read(t, write(t, "a.xlsx", zipped(t, tt.parts)), imports.Format{})
			refusedAs(t, err, tt.id)
		})
	}
}
