package imports_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/imports"
	"kassa/pos/money"
)

func products(t testing.TB, file string) ([]imports.Product, []imports.BadRow, []string, error) {
	t.Helper()
	var rows []imports.Product
	var bad []imports.BadRow
	ignored, err := imports.Products(strings.NewReader(file), func(p imports.Product, b []imports.BadRow) error {
		if len(b) == 0 {
			rows = append(rows, p)
		}
		bad = append(bad, b...)
		return nil
	})
	return rows, bad, ignored, err
}

func ptr[T any](v T) *T { return &v }

func TestProducts_ReadsWhatSpreadsheetsWrite(t *testing.T) {
	milk := imports.Product{Line: 2, SKU: "1001", Name: "Молоко", Barcodes: []string{"4600000000015", "2000000000015"},
		Price: ptr(money.Amount(8990)), VAT: ptr(money.Percent(2000))}
	for name, file := range map[string]string{
		"semicolons, Russian headers":  "Артикул;Наименование;Штрихкод;Цена;НДС\n1001;Молоко;4600000000015|2000000000015;89,90;20%\n",
		"commas, English headers":      "sku,name,barcodes,price,vat\n1001,Молоко,4600000000015 2000000000015,89.90,20\n",
		"tabs":                         "sku\tname\tbarcode\tprice\tvat\n1001\tМолоко\t4600000000015|2000000000015\t89.90\t20 %\n",
		"byte order mark and CRLF":     "\uFEFFsku;name;barcode;price;vat\r\n1001;Молоко;4600000000015|2000000000015;89.90;20\r\n",
		"any order and case":           "ЦЕНА, руб.;НДС %;ШТРИХ-КОДЫ;НАЗВАНИЕ;АРТИКУЛ\n89.90;20;4600000000015|2000000000015;Молоко;1001\n",
		"no line end after the last":   "sku;name;barcode;price;vat\n1001; Молоко ;4600000000015|2000000000015;89.90;20",
		"empty rows between":           "sku;name;barcode;price;vat\n1001;Молоко;4600000000015|2000000000015;89.90;20\n;;;;\n\n",
		"quoted cells":                 "\"sku\";\"name\";\"barcode\";\"price\";\"vat\"\n\"1001\";\"Молоко\";\"4600000000015|2000000000015\";\"89,90\";\"20\"\n",
		"a code twice in its own cell": "sku;name;barcode;price;vat\n1001;Молоко;4600000000015|2000000000015|4600000000015;89.90;20\n",
	} {
		t.Run(name, func(t *testing.T) {
			rows, bad, _, err := products(t, file)
			require.NoError(t, err)
			require.Empty(t, bad)
			require.Empty(t, cmp.Diff([]imports.Product{milk}, rows))
		})
	}
}

func TestProducts_ReadsEveryColumn(t *testing.T) {
	rows, bad, ignored, err := products(t, "артикул;товар;ед;категория;остаток;весовой;цена на кассе;без баллов;не списывать баллы;ндс;Поставщик\n"+
		"7;Яблоки;кг;Фрукты;-2,5;да;нет;1;0;без НДС;ООО\n")
	require.NoError(t, err)
	require.Empty(t, bad)
	require.Equal(t, []string{"Поставщик"}, ignored)
	require.Empty(t, cmp.Diff([]imports.Product{{Line: 2, SKU: "7", Name: "Яблоки", Unit: ptr("кг"), Category: ptr("Фрукты"),
		Stock: ptr(money.Quantity(-2500)), Weighed: ptr(true), AskPrice: ptr(false), NoEarn: ptr(true), NoPoints: ptr(false),
		VAT: ptr(pos.NoVAT)}}, rows))
}

func TestProducts_KeepsFormulasAsText(t *testing.T) {
	rows, bad, _, err := products(t, "sku;name\n1;=1+1\n2;'=HYPERLINK(1)\n3;'кавычка\n4;Диск 5\" чёрный\n")
	require.NoError(t, err)
	require.Empty(t, bad)
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.Name
	}
	require.Equal(t, []string{"=1+1", "=HYPERLINK(1)", "'кавычка", "Диск 5\" чёрный"}, names)
}

func TestProducts_NamesEveryBadRow(t *testing.T) {
	const head = "sku;name;barcode;price;vat;stock;weighed\n"
	for _, tt := range []struct {
		name, rows string
		line       int
		column, id string
	}{
		{"no SKU", ";Хлеб;;1;;;\n", 2, "sku", "product.sku-empty"},
		{"no name", "1;;;1;;;\n", 2, "name", "product.name-empty"},
		{"a long name", "1;" + strings.Repeat("я", 201) + ";;1;;;\n", 2, "name", "product.name-long"},
		{"a control character", "1;Хлеб\x07;;1;;;\n", 2, "name", "text.control"},
		{"a price that is a word", "1;Хлеб;;дорого;;;\n", 2, "price", "number.reason.not_number"},
		{"a price below zero", "1;Хлеб;;-5;;;\n", 2, "price", "number.reason.negative"},
		{"a price with three decimals", "1;Хлеб;;1,234;;;\n", 2, "price", "number.reason.too_precise"},
		{"a huge price", "1;Хлеб;;99999999999999999999;;;\n", 2, "price", "number.reason.too_large"},
		{"VAT over the whole", "1;Хлеб;;1;101;;\n", 2, "vat", "number.reason.too_large"},
		{"a stock with two signs", "1;Хлеб;;1;;--5;\n", 2, "stock", "number.reason.negative"},
		{"a flag that is a number", "1;Хлеб;;1;;;7\n", 2, "weighed", "import.yes-no"},
		{"a barcode with an escape", "1;Хлеб;46\x1b00;1;;;\n", 2, "barcode", "barcode.characters"},
		{"too few cells for a name", "1\n", 2, "name", "product.name-empty"},
		{"too many cells", "1;Хлеб;;1;;;;лишнее\n", 2, "", "import.cells"},
		{"a letter that was lost", "1;Хл\uFFFDб;;1;;;\n", 2, "name", "import.lost-letter"},
		{"the same SKU", "1;Хлеб;;1;;;\n1;Булка;;1;;;\n", 3, "sku", "import.twice"},
		{"the same barcode", "1;Хлеб;4600000000015;1;;;\n2;Булка;4600000000015;1;;;\n", 3, "barcode", "import.twice"},
		{"after a name of two lines", "1;\"Хлеб\nбелый\";;1;;;\n2;;;1;;;\n", 4, "name", "product.name-empty"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, bad, _, err := products(t, head+tt.rows)
			require.NoError(t, err)
			require.Len(t, bad, 1)
			require.Equal(t, [3]any{tt.line, tt.column, tt.id}, [3]any{bad[0].Line, bad[0].Column, bad[0].ID})
		})
	}
}

func TestProducts_RefusesWhatIsNoList(t *testing.T) {
	for name, tt := range map[string]struct{ file, id string }{
		"nothing":                 {"", "import.empty"},
		"a mark and nothing":      {"\uFEFF \n", "import.empty"},
		"no SKU column":           {"name;price\nХлеб;1\n", "import.no-column"},
		"no name column":          {"sku;price\n1;1\n", "import.no-column"},
		"a column twice":          {"sku;name;цена;price\n1;Хлеб;1;2\n", "import.column-twice"},
		"Windows-1251":            {"sku;name\n1;\xd5\xeb\xe5\xe1\n", "import.not-utf8"},
		"a rune cut at the end":   {"sku;name\n1;Хле\xd0", "import.not-utf8"},
		"UTF-16":                  {"\xff\xfes\x00k\x00u\x00", "import.nul"},
		"a NUL":                   {"sku;name\n1;Хл\x00еб\n", "import.nul"},
		"a long row":              {"sku;name\n1;" + strings.Repeat("я", imports.MaxRowBytes) + "\n", "import.row-large"},
		"a quote that never ends": {"sku;name\n1;\"Хлеб" + strings.Repeat(" и булка", imports.MaxRowBytes/8), "import.row-large"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, _, err := products(t, tt.file)
			var e *pos.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, tt.id, e.ID)
			require.Equal(t, pos.CodeInvalid, e.Code)
		})
	}
}

// endless is a file of rows without an end.
type endless struct{ n int }

func (e *endless) Read(p []byte) (int, error) {
	e.n++
	if e.n == 1 {
		return copy(p, "sku;name\n"), nil
	}
	return copy(p, fmt.Sprintf("%d;%s\n", e.n, strings.Repeat("x", 4000))), nil
}

func TestProducts_StopsAtTheLimitOfAFile(t *testing.T) {
	_, err := imports.Products(&endless{}, func(imports.Product, []imports.BadRow) error { return nil })
	var e *pos.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, "import.file-large", e.ID)
}

func TestProducts_PassesOnTheErrorOfItsCaller(t *testing.T) {
	stop := errors.New("stop")
	_, err := imports.Products(strings.NewReader("sku;name\n1;a\n2;b\n"), func(imports.Product, []imports.BadRow) error { return stop })
	require.ErrorIs(t, err, stop)
}

func TestCustomers(t *testing.T) {
	read := func(file string) (rows []imports.Customer, bad []imports.BadRow, err error) {
		_, err = imports.Customers(strings.NewReader(file), "RU", func(c imports.Customer, b []imports.BadRow) error {
			rows, bad = append(rows, c), append(bad, b...)
			return nil
		})
		return rows, bad, err
	}
	t.Run("reads every column", func(t *testing.T) {
		rows, bad, err := read("ФИО;Телефон;Почта;Карта;Группа;Язык;Баллы;Долг;Долг до;Лимит\n" +
			"Анна  Лебедева;8 (900) 000-00-01;anna@example.com;77;Свои;ru;120;1 500,50;31.12.2026;5000\n")
		require.NoError(t, err)
		require.Empty(t, bad)
		require.Equal(t, "Анна Лебедева", rows[0].Name)
		require.Equal(t, "+79000000001", rows[0].Phone)
		require.Equal(t, int64(120), *rows[0].Points)
		require.Equal(t, money.Amount(150050), *rows[0].Debt)
		require.Equal(t, "2026-12-31", rows[0].DebtDue.Format("2006-01-02"))
		require.Equal(t, money.Amount(500000), *rows[0].CreditLimit)
	})
	for name, tt := range map[string]struct{ rows, column, id string }{
		"neither phone nor card": {"Анна;;;;\n", "", "import.no-phone-or-card"},
		"a short phone":          {"Анна;123;;;\n", "phone", "phone.reason.too_short"},
		"half a point":           {"Анна;+79000000001;;1,5;\n", "points", "import.points-whole"},
		"a date of no calendar":  {"Анна;+79000000001;;;31.02.2026\n", "debt due", "import.date"},
		"one phone twice":        {"Анна;+79000000001;;;\nБорис;8 900 000-00-01;;;\n", "phone", "import.twice"},
		"one card twice":         {"Анна;;5;;\nБорис;;5;;\n", "card", "import.twice"},
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			_, bad, err := read("name;phone;card;points;debt due\n" + tt.rows)
			require.NoError(t, err)
			require.Len(t, bad, 1)
			require.Equal(t, [2]string{tt.column, tt.id}, [2]string{bad[0].Column, bad[0].ID})
		})
	}
	t.Run("needs a column that finds the customer", func(t *testing.T) {
		_, _, err := read("name;points\nАнна;5\n")
		require.Equal(t, pos.CodeInvalid, pos.CodeOf(err))
	})
}

// FuzzImport holds both readers to their promises for any bytes: no panic, a
// *pos.Error or none, and no row both good and beyond the rules.
func FuzzImport(f *testing.F) {
	for _, seed := range []string{
		"", "sku;name\n1;Хлеб\n", "\uFEFFартикул,товар,цена\n1,\"a\"\"b\",5\n", "sku\tname\n\"\n;\"x\"y\n",
		"name;phone;points\nАнна;+79000000001;5\n", "sku;name\n1;=cmd|' /C calc'!A0\n", "sku;name;остаток\n1;x;-0\n", "\xff\xfe",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		known := func(err error) {
			var e *pos.Error
			if err != nil && !errors.As(err, &e) {
				t.Fatalf("error without a sentence: %v", err)
			}
		}
		_, err := imports.Products(strings.NewReader(string(file)), func(p imports.Product, bad []imports.BadRow) error {
			probe := pos.Product{SKU: p.SKU, Name: p.Name, Barcodes: p.Barcodes}
			if len(bad) == 0 && probe.Check() != nil {
				t.Fatalf("row %d is good, yet %v", p.Line, probe.Check())
			}
			return nil
		})
		known(err)
		_, err = imports.Customers(strings.NewReader(string(file)), "RU", func(c imports.Customer, bad []imports.BadRow) error {
			if len(bad) == 0 && c.Phone == "" && c.Card == "" {
				t.Fatalf("row %d has neither phone nor card", c.Line)
			}
			return nil
		})
		known(err)
	})
}
