package imports_test

// These tests read lists as the programs and people of our markets lay them out.

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/imports"
)

// outcome is what became of a list, line by line, as a person would note it down.
type outcome struct {
	found  imports.Found
	rows   []string
	notes  []string // "line column: id"
	bad    []string
	doubts []string
	err    error
}

func said(list []imports.BadRow) (lines []string) {
	for _, b := range list {
		lines = append(lines, fmt.Sprintf("%d %s: %s", b.Line, b.Column, b.ID))
	}
	return lines
}

// understand reads a list as the till does after its first rows were looked at.
func understand(t testing.TB, k imports.Kind, open imports.Opener, preset imports.Preset) (o outcome) {
	t.Helper()
	rows, err := open()
	require.NoError(t, err)
	sample, err := imports.Sample(rows)
	require.NoError(t, err)
	o.found = imports.Understand(k, sample, rows.Sheets() != nil, preset)
	for _, d := range append(imports.FormatDoubts(rows, imports.Format{}), o.found.Doubts...) {
		o.doubts = append(o.doubts, string(d.About)+" "+d.ID)
	}
	if rows, err = open(); err != nil {
		t.Fatal(err)
	}
	r, err := imports.NewReader(rows, k, imports.Options{Region: "RU", Mapping: &o.found.Mapping, Numbered: true})
	if o.err = err; err != nil {
		return o
	}
	for {
		var bad []imports.BadRow
		var raw imports.Raw
		text := ""
		if k == imports.KindProducts {
			var p imports.Product
			p, raw, bad, err = r.Product()
			text = goods(p)
		} else {
			var c imports.Customer
			c, raw, bad, err = r.Customer()
			text = person(c)
		}
		o.notes = append(o.notes, said(r.Passed())...)
		if errors.Is(err, io.EOF) {
			return o
		}
		require.NoError(t, err)
		if len(bad) > 0 {
			o.bad = append(o.bad, said(bad)...)
			continue
		}
		o.rows, o.notes = append(o.rows, text), append(o.notes, said(raw.Notes)...)
	}
}

func part[T any](name string, v *T) string {
	if v == nil {
		return ""
	}
	return fmt.Sprintf(" %s=%v", name, *v)
}

func goods(p imports.Product) string {
	return p.SKU + " " + p.Name + " [" + strings.Join(p.Barcodes, " ") + "]" + part("price", p.Price) + part("cost", p.Cost) + part("vat", p.VAT) + part("in", p.Category) +
		part("unit", p.Unit) + part("stock", p.Stock) + part("min", p.MinStock) + part("article", p.Article) + part("scale", p.Scale) + part("weighed", p.Weighed)
}

func person(c imports.Customer) string {
	due := ""
	if c.DebtDue != nil {
		due = " due=" + c.DebtDue.Format("2006-01-02")
	}
	return c.Name + " " + c.Phone + part("born", c.Birthday) + part("debt", c.Debt) + due + part("points", c.Points) + strings.TrimRight(" card="+c.Card, "= card") + strings.TrimSuffix(" more="+c.More, " more=")
}

// sheet is a list as a spreadsheet hands it over.
type sheet struct {
	cells [][]string
	n     int
}

func book(cells ...[]string) imports.Opener {
	return func() (imports.Rows, error) { return &sheet{cells: cells}, nil }
}

func (s *sheet) Next() ([]string, int, error) {
	if s.n == len(s.cells) {
		return nil, 0, io.EOF
	}
	s.n++
	return s.cells[s.n-1], s.n, nil
}
func (s *sheet) Format() imports.Format  { return imports.Format{Sheet: "Лист1"} }
func (s *sheet) Sheets() []imports.Sheet { return []imports.Sheet{{Name: "Лист1"}} }
func (s *sheet) Share() (int64, int64)   { return 0, 0 }
func (s *sheet) Close() error            { return nil }

// programs are lists as programs write them. Each goes in without a question.
var programs = []struct {
	name  string
	open  imports.Opener
	rows  []string
	notes []string
}{
	{"MoySklad", imports.Text("Группы;UUID;Тип;Код;Наименование;Внешний код;Артикул;Единица измерения;Цена: Цена продажи;Валюта (Цена продажи);Закупочная цена;Валюта (Закупочная цена);Неснижаемый остаток;" +
		"Штрихкод EAN13;Штрихкод EAN8;Штрихкод Code128;Штрихкод UPC;Штрихкод GTIN;Описание;Минимальная цена;Валюта (Минимальная цена);НДС;Поставщик;Архивный;Весовой товар;Доп. поле: Цвет;Остаток\n" +
		"Бакалея/Крупы;5d0f0001-aaaa-11ee-0a80-000000000001;Товар;00021;Рис круглый 800 г;zX1;KR-800;шт;'94,50;руб;61,3333;руб;5;4607999000011;;RIS-800;;;Круглый;0,00;руб;10;ООО Зерно;нет;нет;белый;120\n" +
		"Сыры;5d0f0003-aaaa-11ee-0a80-000000000003;Товар;00023;Сыр «Лесной» вес;zX3;;кг;1 640,00;руб;420,00;руб;;2000023000007;;;;;;0,00;руб;без НДС;;нет;да;;12,345\n" +
		"Одежда;5d0f0004-aaaa-11ee-0a80-000000000004;Модификация;00024-1;Футболка (46, белая);zX4;FB;шт;900,00;руб;;;;4607999000042;;;;;;;;20;;нет;;;3\n" +
		"Сыры;5d0f0005-aaaa-11ee-0a80-000000000005;Товар;00025;Старый сыр;zX5;;кг;1,00;руб;;;;;;;;;;;;20;;да;;;0\n"),
		[]string{
			"00021 Рис круглый 800 г [4607999000011 RIS-800] price=94.50 cost=61.33 vat=10 in=Бакалея/Крупы unit=шт stock=120 min=5 article=KR-800 weighed=false",
			"00023 Сыр «Лесной» вес [2000023000007] price=1640.00 cost=420.00 vat=-0.01 in=Сыры unit=кг stock=12.345 weighed=true",
			"00024-1 Футболка (46, белая) [4607999000042] price=900.00 vat=20 in=Одежда unit=шт stock=3 article=FB",
			"00025 Старый сыр [] price=1.00 vat=20 in=Сыры unit=кг stock=0",
		}, []string{"2 Закупочная цена: import.note.rounded"}},
	{"1C trade, a price list with groups", imports.Text("Прайс-лист;;;;;;\nНа дату: 31.12.2025;;;;;;\n;;;;;;\nНоменклатура.Код;Номенклатура.Артикул;Номенклатура;Характеристика;Номенклатура, Базовая единица;Цена;\n;;;;;Розничная;Закупочная\n" +
		";;Обувь;;;;\n00-00000101;ОБ-1;Кроссовки беговые;42, синий;пара;5 490,00;3 100,00\n00-00000101;ОБ-1;Кроссовки беговые;43, синий;пара;5 490,00;3 100,00\n" +
		";;Носки;;;;\n00-00000102;НС-7;Носки белые;;пара;90,00 руб.;45,50 руб.\n;;;;;;\nИтого;;;;;;6 245,50\nОтветственный: Иванова А. П.;;;;;;\n"),
		[]string{
			"00-00000101/42, синий Кроссовки беговые, 42, синий [] price=5490.00 cost=3100.00 in=Обувь unit=пар article=ОБ-1",
			"00-00000101/43, синий Кроссовки беговые, 43, синий [] price=5490.00 cost=3100.00 in=Обувь unit=пар article=ОБ-1",
			"00-00000102 Носки белые [] price=90.00 cost=45.50 in=Носки unit=пар article=НС-7",
		}, []string{"6 : import.note.group", "7 Характеристика: import.note.variant", "8 Характеристика: import.note.variant", "9 : import.note.group", "12 : import.note.total", "13 : import.note.text"}},
	{"1C retail, the list of goods", imports.Text("Код;Наименование;Артикул;Единица хранения;Ставка НДС;Вид номенклатуры;Штрихкод;Код на весах;Пометка удаления\n" +
		"УТ-00000001;Молоко 3,2%;М-32;шт.;10%;Молочное;4607999000103, 4607999000110;;Нет\nУТ-00000002;Огурцы;;кг;НДС 10%;Овощи;-;00017;Нет\nУТ-00000003;Пакет;;шт;Без НДС;Разное;—;;Да\n"),
		[]string{
			"УТ-00000001 Молоко 3,2% [4607999000103 4607999000110] vat=10 in=Молочное unit=шт article=М-32",
			"УТ-00000002 Огурцы [] vat=10 in=Овощи unit=кг scale=17",
			"УТ-00000003 Пакет [] vat=-0.01 in=Разное unit=шт",
		}, nil},
	{"Excel in Russian, saved as CSV", imports.Text("Артикул;Наименование;Штрихкод;Цена, руб.;НДС, %;Ед. изм.;Остаток на 31.12.2025\r\nА-1;\"Чай \"\"Майский\"\" 100 г\";4607999000127;1 234,50;20;шт;12\r\nА-2;Кофе;;99,9;20/120\r\n"),
		[]string{"А-1 Чай \"Майский\" 100 г [4607999000127] price=1234.50 vat=20 unit=шт stock=12", "А-2 Кофе [] price=99.90 vat=20"}, nil},
	{"LibreOffice, with tabs and quotes", imports.Text("\"Артикул\"\t\"Название\"\t\"Цена\"\t\"Кол-во\"\t\"Категория\"\n\"Л-1\"\t\"Мыло\"\t45,5\t10\t\"Быт\"\n\"Л-2\"\t\"Порошок\"\t\"1 200,00\"\t3,5\t\"Быт\"\n"),
		[]string{"Л-1 Мыло [] price=45.50 in=Быт stock=10", "Л-2 Порошок [] price=1200.00 in=Быт stock=3.5"}, nil},
	{"Google, commas and dots", imports.Text("SKU,Name,Barcode,Price,Stock\nG-1,\"Bread, white\",4607999000134,\"1,234.50\",5\nG-2,Milk,,99.9,1.250\n"),
		[]string{"G-1 Bread, white [4607999000134] price=1234.50 stock=5", "G-2 Milk [] price=99.90 stock=1.25"}, nil},
	{"Evotor", book([]string{"Группа", "Код", "Название", "Цена продажи", "Цена закупки", "Остаток", "Ед. изм.", "НДС", "Штрихкод", "Тип товара"},
		[]string{"Напитки", "1", "Квас 1 л", "89.9", "55", "12", "шт", "НДС 20%", "4607999000141\n4607999000158", "Обычный"},
		[]string{"Напитки", "2", "Кофе на разлив", "640", "", "#Н/Д", "л", "Без НДС", "", "Обычный"}),
		[]string{"1 Квас 1 л [4607999000141 4607999000158] price=89.90 cost=55.00 vat=20 in=Напитки unit=шт stock=12",
			"2 Кофе на разлив [] price=640.00 vat=-0.01 in=Напитки unit=л"}, []string{"3 Остаток: import.note.error-cell"}},
	{"Kontur.Market", book([]string{"Наименование товара", "Код товара", "Код PLU", "Группа товаров", "Единица измерения", "Розничная цена", "Ставка НДС", "Штрихкоды"},
		[]string{"Колбаса", "77", "0105", "Мясо", "Килограмм", "820.50", "10%", "2100105000004"}),
		[]string{"77 Колбаса [2100105000004] price=820.50 vat=10 in=Мясо unit=кг scale=105"}, nil},
}

func TestUnderstand_ProgramsGoInWithoutAQuestion(t *testing.T) {
	for _, tt := range programs {
		t.Run(tt.name, func(t *testing.T) {
			o := understand(t, imports.KindProducts, tt.open, "")
			require.NoError(t, o.err)
			require.Empty(t, o.doubts)
			require.Empty(t, o.bad)
			require.Equal(t, tt.rows, o.rows)
			require.Equal(t, tt.notes, o.notes)
		})
	}
}

func TestUnderstand_PresetsTakeTheHeadsOfTheirProgramAlone(t *testing.T) {
	for preset, list := range map[imports.Preset]int{imports.PresetMoySklad: 0, imports.Preset1C: 2} {
		o := understand(t, imports.KindProducts, programs[list].open, preset)
		require.Empty(t, o.doubts, preset)
		require.Empty(t, o.bad, preset)
		require.Equal(t, programs[list].rows, o.rows, preset)
	}
	o := understand(t, imports.KindProducts, imports.Text("Код;Наименование;Цена: Цена продажи;Цена: Опт;Характеристика:Размер\n1;Майка;500,00;400,00;46\n1;Майка;500,00;400,00;48\n"), imports.PresetMoySklad)
	require.Empty(t, o.doubts)
	require.Equal(t, []string{"1/46 Майка, 46 [] price=500.00", "1/48 Майка, 48 [] price=500.00"}, o.rows)
	o = understand(t, imports.KindProducts, imports.Text("Артикул;Название;Цена\n1;Майка;500,00\n"), imports.Preset1C)
	require.Equal(t, pos.CodeInvalid, pos.CodeOf(o.err), "«Название» is no head of 1C")
	require.True(t, imports.IsPreset("1c"))
	require.False(t, imports.IsPreset("excel"))
}

func TestUnderstand_FindsTheTable(t *testing.T) {
	const milk = "М1 Молоко [] price=89.90"
	for name, tt := range map[string]struct {
		open  imports.Opener
		rows  []string
		notes []string
	}{
		"a title above":                                      {imports.Text("Прайс-лист от 31.12.2025;;\nАртикул;Наименование;Цена\nМ1;Молоко;89,90\n"), []string{milk}, nil},
		"a title, a phone and empty rows":                    {imports.Text("ООО Ромашка;;\nтел. 8 900 000-00-01;;\n;;\nАртикул;Наименование;Цена\nМ1;Молоко;89,90\n"), []string{milk}, nil},
		"beginning at C5":                                    {book(nil, nil, []string{"", "", "Цены магазина"}, nil, []string{"", "", "Артикул", "Наименование", "Цена"}, []string{"", "", "М1", "Молоко", "89.90"}), []string{milk}, nil},
		"empty columns between":                              {imports.Text("Артикул;;Наименование;;Цена\nМ1;;Молоко;;89,90\n"), []string{milk}, nil},
		"groups of columns above":                            {imports.Text("Товар;;Цена;\nКод;Название;Розничная;Закупочная\nМ1;Молоко;89,90;60,00\n"), []string{milk + " cost=60.00"}, nil},
		"parts of columns below":                             {imports.Text("Артикул;Наименование;Цена;;Остаток\n;;Розничная;Закупочная;\nМ1;Молоко;89,90;60,00;3\n"), []string{milk + " cost=60.00 stock=3"}, nil},
		"numbers of columns below":                           {imports.Text("Артикул;Наименование;Цена\n1;2;3\nМ1;Молоко;89,90\n"), []string{milk}, nil},
		"the head again on each page":                        {imports.Text("Артикул;Наименование;Цена\nМ1;Молоко;89,90\nСтраница 2;;\nАртикул;Наименование;Цена\nМ2;Хлеб;40,00\n"), []string{milk, "М2 Хлеб [] price=40.00"}, []string{"3 : import.note.text"}},
		"groups as rows":                                     {imports.Text("Артикул;Наименование;Цена\nМолочное;;\nМ1;Молоко;89,90\nХлеб и булки;;\nМ2;Хлеб;40,00\n"), []string{milk + " in=Молочное", "М2 Хлеб [] price=40.00 in=Хлеб и булки"}, []string{"2 : import.note.group", "4 : import.note.group"}},
		"groups where there are categories":                  {imports.Text("Артикул;Наименование;Цена;Категория\n;Молочное;;\nМ1;Молоко;89,90;Свежее\n"), []string{milk + " in=Свежее"}, []string{"2 : import.note.text"}},
		"a column that says what is a group":                 {imports.Text("Код;Наименование;Цена;Это группа\n001;Молочное;;Да\nМ1;Молоко;89,90;Нет\n"), []string{milk + " in=Молочное"}, []string{"2 : import.note.group"}},
		"totals":                                             {imports.Text("Артикул;Наименование;Цена;Остаток\nМ1;Молоко;89,90;2\n;Итого по складу:;89,90;2\nВсего;;;2\n"), []string{milk + " stock=2"}, []string{"3 : import.note.total", "4 : import.note.total"}},
		"notes below":                                        {imports.Text("Артикул;Наименование;Цена\nМ1;Молоко;89,90\n;;\nЦены действительны до пятницы;;\n"), []string{milk}, []string{"4 : import.note.text"}},
		"notes beside, in a sheet":                           {book([]string{"Артикул", "Наименование", "Цена"}, []string{"М1", "Молоко", "89.90", "", "спросить Ивана"}), []string{milk}, []string{"2 : import.note.beside"}},
		"rows shorter than the head":                         {imports.Text("Артикул;Наименование;Цена;Остаток;Категория;Штрихкод\nМ1;Молоко;89,90\n"), []string{milk}, nil},
		"barcodes in two columns":                            {imports.Text("Артикул;Наименование;Цена;Штрихкод;Штрихкод 2\nМ1;Молоко;89,90;4607999000103;4607999000110\n"), []string{"М1 Молоко [4607999000103 4607999000110] price=89.90"}, nil},
		"a price without VAT beside":                         {imports.Text("Артикул;Наименование;Цена без НДС;Цена с НДС\nМ1;Молоко;81,73;89,90\n"), []string{milk}, nil},
		"sums beside amounts":                                {imports.Text("Артикул;Наименование;Цена на 31.12.2025, руб;Остаток, руб;НДС, руб;Остаток, шт\nМ1;Молоко;89,90;179,80;8,17;2\n"), []string{milk + " stock=2"}, nil},
		"full names beside short ones":                       {imports.Text("Код;Полное наименование;Наименование;Цена\nМ1;Молоко пастеризованное;Молоко;89,90\n"), []string{milk}, nil},
		"no number at all":                                   {imports.Text("Название;Цена\nМолоко;89,90\n"), []string{" Молоко [] price=89.90"}, nil},
		"a number that is missing where there is an article": {imports.Text("Код;Артикул;Наименование;Цена\n;М1;Молоко;89,90\n;М2;Хлеб;40,00\n"), []string{milk, "М2 Хлеб [] price=40.00"}, nil},
		"sizes under one article":                            {imports.Text("Артикул;Наименование;Размер;Цена;Штрихкод\nФ;Футболка;46;900,00;4607999000165\nФ;Футболка;48;900,00;4607999000172\n"), []string{"Ф/46 Футболка, 46 [4607999000165] price=900.00", "Ф/48 Футболка, 48 [4607999000172] price=900.00"}, []string{"2 Размер: import.note.variant", "3 Размер: import.note.variant"}},
		"sizes with articles of their own":                   {imports.Text("Артикул;Наименование;Размер;Цена\nМ1;Молоко;1 л;89,90\nМ2;Хлеб;400 г;40,00\n"), []string{milk, "М2 Хлеб [] price=40.00"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			o := understand(t, imports.KindProducts, tt.open, "")
			require.NoError(t, o.err)
			require.Empty(t, o.doubts)
			require.Empty(t, o.bad)
			require.Equal(t, tt.rows, o.rows)
			require.Equal(t, tt.notes, o.notes)
		})
	}
}

func TestUnderstand_AsksWhatOnlyAPersonKnows(t *testing.T) {
	for name, tt := range map[string]struct{ list, doubt string }{
		"no head":                              {"4607999000103;Молоко;89,90\n4607999000110;Хлеб;40,00\n", "columns import.doubt.no-head"},
		"a column without a name":              {"Артикул;;Цена\nМ1;Молоко;89,90\n", "columns import.doubt.content"},
		"the same head twice":                  {"Артикул;Наименование;Цена;Цена\nМ1;Молоко;89,90;60,00\n", "columns import.doubt.twice"},
		"two prices of other names":            {"Артикул;Наименование;Цена;Розничная цена\nМ1;Молоко;60,00;89,90\n", "columns import.doubt.twice"},
		"a price for a part":                   {"Артикул;Наименование;Цена за 100 г\nМ1;Сыр;89,90\n", "columns import.doubt.perhaps"},
		"a price in a foreign sign":            {"Артикул;Наименование;Цена, €\nМ1;Сыр;89,90\n", "columns import.doubt.perhaps"},
		"a numbered price":                     {"Артикул;Наименование;Цена 1\nМ1;Сыр;89,90\n", "columns import.doubt.perhaps"},
		"a price of another kind":              {"Артикул;Наименование;Цена закупа у Ивана\nМ1;Молоко;89,90\n", "columns import.doubt.perhaps"},
		"thousands or decimals, with a comma":  {"Артикул;Наименование;Цена\nМ1;Молоко;1,234\nМ2;Хлеб;2,500\n", "decimal import.doubt.decimal"},
		"thousands or decimals, with a dot":    {"Артикул;Наименование;Остаток\nМ1;Молоко;1.234\n", "decimal import.doubt.decimal"},
		"thousands or decimals among integers": {"Артикул;Наименование;Цена\nМ1;Молоко;12\nМ2;Хлеб;1.500\n", "decimal import.doubt.decimal"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, understand(t, imports.KindProducts, imports.Text(tt.list), "").doubts, tt.doubt)
		})
	}
	t.Run("but not where the list answers", func(t *testing.T) {
		o := understand(t, imports.KindProducts, imports.Text("Артикул;Наименование;Цена;Остаток\nМ1;Молоко;1.234,50;1.500\nМ2;Хлеб;2.500;0,125\n"), "")
		require.Empty(t, o.doubts)
		require.Equal(t, []string{"М1 Молоко [] price=1234.50 stock=1500", "М2 Хлеб [] price=2500.00 stock=0.125"}, o.rows)
	})
	t.Run("never by its content where the head says otherwise", func(t *testing.T) {
		o := understand(t, imports.KindProducts, imports.Text("Артикул;Поставщик;Рекомендованная\nМ1;Молоко;89,90\n"), "")
		require.Equal(t, pos.CodeInvalid, pos.CodeOf(o.err))
		require.Equal(t, "В файле не найден столбец «Название». Если он назван иначе, укажите его сами; если его нет, добавьте и повторите.", words.New("ru", "RUB", "").Error(o.err))
	})
	t.Run("the order of dates", func(t *testing.T) {
		o := understand(t, imports.KindCustomers, imports.Text("Имя;Телефон;Дата рождения\nАнна;+79000000001;03/04/1990\n"), "")
		require.Equal(t, []string{"dates import.doubt.dates"}, o.doubts)
		o = understand(t, imports.KindCustomers, imports.Text("Имя;Телефон;Дата рождения\nАнна;+79000000001;03/04/1990\nВера;+79000000002;12/31/1991\n"), "")
		require.Empty(t, o.doubts)
		require.Equal(t, "Анна +79000000001 born=1990-03-04", o.rows[0])
	})
	t.Run("several sheets with tables", func(t *testing.T) {
		rows := &severalSheets{sheet{cells: [][]string{{"Артикул", "Наименование"}}}}
		require.Equal(t, imports.SettingSheet, imports.FormatDoubts(rows, imports.Format{})[0].About)
		require.Empty(t, imports.FormatDoubts(rows, imports.Format{Sheet: "Лист1"}))
	})
}

type severalSheets struct{ sheet }

func (s *severalSheets) Sheets() []imports.Sheet {
	return []imports.Sheet{{Name: "Лист1", Table: true}, {Name: "Обложка"}, {Name: "Лист2", Table: true}, {Name: "Скрытый", Table: true, Hidden: true}}
}
