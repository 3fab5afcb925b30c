package imports_test

// These tests read single cells as people fill them.

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/imports"
)

// cell reads a list of one row with a value in the last column; the other
// columns leave no doubt how decimals are written.
func cell(t testing.TB, head, value string) outcome {
	t.Helper()
	return understand(t, imports.KindProducts, imports.Text("Артикул;Наименование;Цена;Закупочная цена;"+head+"\nМ1;Молоко;89,90;1,00;\""+value+"\"\n"), "")
}

func TestProduct_ReadsNumbersAsPeopleWriteThem(t *testing.T) {
	for value, want := range map[string]string{
		"1 234,50 руб.": "1234.50", "1\u00A0234,50": "1234.50", "1\u202F234,5 ₽": "1234.50", "1.234,50": "1234.50", "'120": "120.00", "1'234,50": "1234.50", "1’234,50 р": "1234.50",
		"руб. 120": "120.00", "120 руб./шт": "120.00", "12.345": "12345.00", "1.234.567,8": "1234567.80", "12": "12.00", "12.5": "12.50", "15,5 RUB": "15.50", "0": "0.00",
	} {
		o := understand(t, imports.KindProducts, imports.Text("Артикул;Наименование;Закупочная цена;Цена\nМ1;Молоко;1,00;\""+value+"\"\n"), "")
		if assert.Len(t, o.rows, 1, value) {
			assert.Contains(t, o.rows[0], "price="+want+" ", value)
			assert.Empty(t, o.notes, value)
		}
	}
	t.Run("rounds what is more exact than money, and says so", func(t *testing.T) {
		for value, want := range map[string]string{"61,3333": "61.33", "61,335": "61.34", "0,005": "0.01", "9,99999": "10.00", "1 234,5678 руб.": "1234.57"} {
			o := understand(t, imports.KindProducts, imports.Text("Артикул;Наименование;Закупочная цена;Цена\nМ1;Молоко;1,00;"+value+"\n"), "")
			if assert.Len(t, o.rows, 1, value) {
				assert.Contains(t, o.rows[0], "price="+want+" ", value)
				assert.Equal(t, []string{"2 Цена: import.note.rounded"}, o.notes, value)
			}
		}
	})
	t.Run("refuses what is no sum of the shop", func(t *testing.T) {
		for value, id := range map[string]string{"120 USD": "import.number-words", "$120": "number.reason.not_number", "дорого": "number.reason.not_number", "12 шт": "import.number-words",
			"1,23,4": "number.reason.not_number", "12/5": "number.reason.not_number", "-5": "number.reason.negative"} {
			o := understand(t, imports.KindProducts, imports.Text("Артикул;Наименование;Закупочная цена;Цена\nМ1;Молоко;1,00;\""+value+"\"\n"), "")
			assert.Equal(t, []string{"2 Цена: " + id}, o.bad, value)
		}
	})
	t.Run("takes a dash or a word for none", func(t *testing.T) {
		for _, value := range []string{"-", "—", "–", "нет", "н/д", "N/A", "не указано"} {
			o := understand(t, imports.KindProducts, imports.Text("Артикул;Наименование;Цена;Штрихкод;Остаток;Категория\nМ1;Молоко;"+value+";"+value+";"+value+";"+value+"\n"), "")
			assert.Equal(t, []string{"М1 Молоко []"}, o.rows, value)
			assert.Empty(t, o.notes, value)
		}
	})
	t.Run("empties a spreadsheet's error with a note", func(t *testing.T) {
		for _, value := range []string{"#N/A", "#Н/Д", "#ССЫЛКА!", "#DIV/0!", "#ЗНАЧ!", "#ИМЯ?", "#####", "Err:502", "#FORMULA!"} {
			o := cell(t, "Остаток", value)
			assert.Equal(t, []string{"М1 Молоко [] price=89.90 cost=1.00"}, o.rows, value)
			assert.Equal(t, []string{"2 Остаток: import.note.error-cell"}, o.notes, value)
		}
	})
	t.Run("reads a stock with its unit", func(t *testing.T) {
		require.Contains(t, cell(t, "Остаток", "12 шт").rows[0], "unit=шт stock=12")
		require.Contains(t, cell(t, "Остаток", "-2,5 кг.").rows[0], "unit=кг stock=-2.5")
		o := understand(t, imports.KindProducts, imports.Text("Артикул;Наименование;Цена;Ед. изм.;Остаток\nМ1;Молоко;1,00;кг;500 г\n"), "")
		require.Equal(t, []string{"2 Остаток: import.other-unit"}, o.bad)
	})
}

func TestProduct_ReadsRatesOfVAT(t *testing.T) {
	for value, want := range map[string]string{"20%": "20", "20 %": "20", "НДС 20%": "20", "ндс 10": "10", "20/120": "20", "НДС 10/110": "10", "22%/122%": "22", "22%/123%": "", "0%": "0", "0": "0",
		"без НДС": "-0.01", "Без налога (НДС)": "-0.01", "НДС не облагается": "-0.01", "нет": "-0.01", "-": "-0.01", "20% (основная)": "20", "ПДВ 20%": "20", "no VAT": "-0.01"} {
		o := cell(t, "Ставка НДС", value)
		if want == "" {
			assert.NotEmpty(t, o.bad, value)
			continue
		}
		if assert.Len(t, o.rows, 1, value) {
			assert.Contains(t, o.rows[0]+" ", "vat="+want+" ", value)
			assert.Empty(t, o.notes, value)
		}
	}
	for _, value := range []string{"0,2", "0.2"} {
		o := cell(t, "НДС", value)
		assert.Contains(t, o.rows[0], "vat=20", value)
		assert.Equal(t, []string{"2 НДС: import.note.share"}, o.notes, value)
	}
}

func TestProduct_ReadsCodes(t *testing.T) {
	for value, want := range map[string]string{
		"4607999000103,4607999000110": "4607999000103 4607999000110", "4607999000103; 4607999000110": "4607999000103 4607999000110", "4607999000103\n4607999000110": "4607999000103 4607999000110",
		"4607999000103|4607999000103": "4607999000103", "-": "", "нет": "", "ABC-1234": "ABC-1234",
	} {
		o := cell(t, "Штрихкод", value)
		if assert.Len(t, o.rows, 1, value) {
			assert.Contains(t, o.rows[0], "["+want+"]", value)
			assert.Empty(t, o.notes, value)
		}
	}
	t.Run("undoes the format of numbers", func(t *testing.T) {
		for _, value := range []string{"4607999000103,00", "4607999000103.0", "4 607 999 000 103", "4\u00A0607\u00A0999\u00A0000\u00A0103,00"} {
			o := cell(t, "Штрихкод", value)
			assert.Contains(t, o.rows[0], "[4607999000103]", value)
			assert.Equal(t, []string{"2 Штрихкод: import.note.code"}, o.notes, value)
		}
	})
	t.Run("refuses a number that lost digits, wherever it names something", func(t *testing.T) {
		for _, value := range []string{"4,608E+12", "4.60799E+12", "4,6E+12"} {
			assert.Equal(t, []string{"2 Штрихкод: import.lost-digits"}, cell(t, "Штрихкод", value).bad, value)
			o := understand(t, imports.KindProducts, imports.Text("Артикул;Наименование;Цена\n\""+value+"\";Молоко;1,00\n"), "")
			assert.Equal(t, []string{"2 Артикул: import.lost-digits"}, o.bad, value)
			o = understand(t, imports.KindCustomers, imports.Text("Имя;Телефон;Номер карты\nАнна;\""+value+"\";\nВера;+79000000002;\""+value+"\"\n"), "")
			assert.Equal(t, []string{"2 Телефон: import.lost-digits", "3 Номер карты: import.lost-digits"}, o.bad, value)
		}
		assert.Empty(t, cell(t, "Артикул поставщика", "2E10").bad, "an article may look so")
	})
}

func TestProduct_TakesOutWhatNobodySees(t *testing.T) {
	for _, value := range []string{"Мо\u200Bлоко", "Мол\uFEFFоко", "Мо\u00ADлоко", "М\u202Aоло\u202Cко", "Молок\u2060о"} {
		o := understand(t, imports.KindProducts, imports.Text("Артикул;Наименование;Цена\nМ1;"+value+";1,00\n"), "")
		assert.Equal(t, []string{"М1 Молоко [] price=1.00"}, o.rows, "%q", value)
		assert.Equal(t, []string{"2 Наименование: import.note.hidden"}, o.notes, "%q", value)
	}
	for _, value := range []string{"\uFEFFМолоко", "\u202AМолоко\u202C", "Молоко\u2060", " Молоко\u00A0"} {
		o := understand(t, imports.KindProducts, imports.Text("Артикул;Наименование;Цена\nМ1;"+value+";1,00\n"), "")
		assert.Equal(t, []string{"М1 Молоко [] price=1.00"}, o.rows, "%q", value)
		assert.Empty(t, o.notes, "at the ends they are as good as spaces: %q", value)
	}
	o := understand(t, imports.KindProducts, imports.Text("Арти\u00ADкул;\u200BНаименование;Цена\u00A0\nМ1;Молоко;1,00\n"), "")
	require.Equal(t, []string{"М1 Молоко [] price=1.00"}, o.rows, "in the head too")
	o = understand(t, imports.KindProducts, imports.Text("Артикул;Наименование;Цена;Категория\nМ1;Молоко;1,00;Све\x02жее\n"), "")
	require.Equal(t, []string{"2 Категория: text.control"}, o.bad)
}

func TestCustomer_ReadsPhonesAndNames(t *testing.T) {
	for value, want := range map[string]string{
		"8 (900) 000-00-01":                           "Анна +79000000001",
		"007 900 000-00-01":                           "Анна +79000000001",
		"8 495 000-00-01, 8 900 000-00-02":            "Анна +79000000002 more=+74950000001",
		"+79000000001; +79000000002":                  "Анна +79000000001 more=+79000000002",
		"+79000000001 / +79000000001":                 "Анна +79000000001",
		"моб. +7 900 000-00-01":                       "Анна +79000000001",
		"+7 900 000-00-01 (Иван)":                     "Анна +79000000001 more=Иван",
		"тел.: 8-900-000-00-01, Иван Петрович":        "Анна +79000000001 more=Иван Петрович",
		"дом. 8 (495) 000-00-01 моб. 8 900 000 00 02": "Анна +79000000002 more=+74950000001",
	} {
		o := understand(t, imports.KindCustomers, imports.Text("Имя;Телефон\nАнна;\""+value+"\"\n"), "")
		assert.Equal(t, []string{want}, o.rows, value)
		assert.Equal(t, strings.Contains(want, "more="), len(o.notes) == 1, "%s: %v", value, o.notes)
	}
	o := understand(t, imports.KindCustomers, imports.Text("Фамилия;Имя;Отчество;Мобильный телефон;Домашний телефон;Номер дисконтной карты;Дата рождения\n"+
		"Иванова;Анна;Петровна;89000000001;84950000001;000123;01.02.85\nПетров;Олег;;нет;;124;31.12.1990 0:00:00\nСидорова;Вера;;;;125;1 января 1990 г.\nЛи;Ян;;;;126;1990-05-03\n"), "")
	require.Empty(t, o.doubts)
	require.Equal(t, []string{"Иванова Анна Петровна +79000000001 born=1985-02-01 card=000123 more=+74950000001", "Петров Олег  born=1990-12-31 card=124",
		"Сидорова Вера  born=1990-01-01 card=125", "Ли Ян  born=1990-05-03 card=126"}, o.rows)
	require.Equal(t, []string{"2 Дата рождения: import.note.year", "2 Мобильный телефон: import.note.phones"}, o.notes)
	o = understand(t, imports.KindCustomers, imports.Text("ФИО;Фамилия;Телефон;Долг;Долг до\nИванова Анна;Иванова;89000000001;1 500,50 руб.;31.12.26\nИтого;;;1 500,50;\n"), "")
	require.Equal(t, []string{"Иванова Анна +79000000001 debt=1500.50 due=2026-12-31"}, o.rows)
	o = understand(t, imports.KindCustomers, imports.Text("Имя;Телефон;Дата рождения\nАнна;+79000000001;33239\n"), "")
	require.Equal(t, []string{"2 Дата рождения: customer.birthday"}, o.bad, "a number is no date")
}

func TestUnit(t *testing.T) {
	for text, want := range map[string]string{"шт.": "шт", "ШТ": "шт", "Штука": "шт", "796": "шт", "кг.": "кг", "Килограмм": "кг", "л": "л", "м²": "м2", "упак.": "упак", "уп": "упак", "пачка": "упак", "ведро": "ведро"} {
		assert.Equal(t, want, imports.Unit(text), text)
	}
}

func TestProduct_RefusesThePricesOfAnotherCurrency(t *testing.T) {
	list := "Код;Наименование;Цена: Цена продажи;Валюта (Цена продажи);Закупочная цена;Валюта (Закупочная цена)\n" +
		"1;Рис;94,50;руб;61,00;руб.\n2;Чай;94,50;EUR;61,00;руб\n3;Кофе;94,50;RUB;61,00;евро\n4;Соль;94,50;;61,00;\n"
	rows, err := imports.Text(list)()
	require.NoError(t, err)
	r, err := imports.NewReader(rows, imports.KindProducts, imports.Options{Currency: "RUB"})
	require.NoError(t, err)
	var got []string
	for {
		p, raw, bad, err := r.Product()
		if err != nil {
			break
		}
		got = append(got, strings.Join(append(said(bad), said(raw.Notes)...), "; "))
		if p.SKU == "3" {
			require.Nil(t, p.Cost)
		}
	}
	require.Equal(t, []string{"", "3 Цена: Цена продажи: import.other-currency", "4 Закупочная цена: import.note.currency", ""}, got)
}
