package imports_test

// These tests read numbers that people dressed up: marks that keep noughts, codes
// as they stand under their bars.

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/imports"
)

func TestProduct_TakesMarksOffNumbers(t *testing.T) {
	for value, want := range map[string]string{`'00017`: "00017", `="00017"`: "00017", `="А-17"`: "А-17", `= "00017"`: `= "00017"`, `="1"&"7"`: `="1"&"7"`,
		`'Заря`: `'Заря`, `'='00017`: `='00017`} {
		quoted := `"` + strings.ReplaceAll(value, `"`, `""`) + `"`
		o := understand(t, imports.KindProducts, imports.Text("Артикул;Наименование;Цена\n"+quoted+";Молоко;89,90\n"), "")
		assert.Equal(t, []string{want + " Молоко [] price=89.90"}, o.rows, value)
	}
	o := cell(t, "Штрихкод", `=""4607001111217""`)
	assert.Equal(t, []string{"М1 Молоко [4607001111217] price=89.90 cost=1.00"}, o.rows)
}

func TestProduct_JoinsCodesAsPrinted(t *testing.T) {
	for value, want := range map[string]string{
		"4 607001 111337":                  "[4607001111337]",
		"4-607001-111337":                  "[4607001111337]",
		"978-5-17-118366-0":                "[9785171183660]",
		"4\u00A0607001\u00A0111337":        "[4607001111337]",
		"0 36000 29145 2":                  "[036000291452]",
		"4600 9333":                        "[46009333]",
		"4 607001 111337, 4 607001 111344": "[4607001111337 4607001111344]",
		"4 607001 111337\n46009333":        "[4607001111337 46009333]",
		"4 607001 111338":                  "[4607001111338]", // a wrong digit is kept, never a code "4"
	} {
		o := cell(t, "Штрихкод", value)
		assert.Equal(t, []string{"М1 Молоко " + want + " price=89.90 cost=1.00"}, o.rows, value)
		assert.Equal(t, []string{"2 Штрихкод: import.note.code"}, o.notes, value)
	}
	for value, want := range map[string]string{
		"4607001111337 4607001111344": "[4607001111337 4607001111344]",
		"46009333 4607001111337":      "[46009333 4607001111337]",
		"1234 56789":                  "[1234 56789]",
		"AB-12":                       "[AB-12]", "10-20-30": "[10-20-30]",
	} {
		o := cell(t, "Штрихкод", value)
		assert.Equal(t, []string{"М1 Молоко " + want + " price=89.90 cost=1.00"}, o.rows, value)
		assert.Empty(t, o.notes, value)
	}
}

func TestProduct_ReadsRatesOfOneC(t *testing.T) {
	for value, want := range map[string]string{"20% / 120%": "20", "НДС 20% / 120%": "20", "10%/110%": "10", "22 / 122": "22", "20/120": "20"} {
		o := cell(t, "Ставка НДС", value)
		if assert.Len(t, o.rows, 1, "%s: %v", value, o.bad) {
			assert.Contains(t, o.rows[0], "vat="+want, value)
		}
	}
	assert.NotEmpty(t, cell(t, "Ставка НДС", "20% / 130%").bad)
}

func TestProduct_RefusesMoneyOfAnotherCountry(t *testing.T) {
	read := func(currency, value string) []string {
		var bad []string
		rows, err := imports.Text("Артикул;Наименование;Цена\nМ1;Молоко;" + value + "\n")()
		require.NoError(t, err)
		r, err := imports.NewReader(rows, imports.KindProducts, imports.Options{Region: "RU", Currency: currency})
		require.NoError(t, err)
		_, _, wrong, err := r.Product()
		require.NoError(t, err)
		for _, b := range wrong {
			bad = append(bad, b.ID)
		}
		return bad
	}
	for value, currency := range map[string]string{"45 грн": "UAH", "45 тг": "KZT", "45 руб.": "RUB", "45 р": "BYN", "45 byn": "BYN", "45 ₽": "RUB", "45 рубля": "RUB", "45 тнг": "KZT", "45 €": "EUR", "45 usd": "USD"} {
		assert.Empty(t, read(currency, value), value)
	}
	for value, currency := range map[string]string{"45 грн": "RUB", "45 ₸": "RUB", "45 руб": "UAH", "45 uah": "KZT", "45 kzt": "BYN", "45 €": "RUB", "45 usd": "RUB", "45 £": "RUB"} {
		assert.Equal(t, []string{"import.number-words"}, read(currency, value), value)
	}
}

func TestProduct_RefusesWhatWasLostBeforeTheFile(t *testing.T) {
	o := understand(t, imports.KindProducts, imports.Text("Артикул;Наименование;Цена\nМ1;?????? 100?;89,90\nМ2;Что это??;5,00\n"), "")
	assert.Equal(t, []string{"2 Наименование: import.lost-letter"}, o.bad, "letters that became question marks")
	assert.Equal(t, []string{"М2 Что это?? [] price=5.00"}, o.rows)
	for value, lost := range map[string]bool{"4.607E12": true, "4,60700111133E12": true, "4.6E+12": true, "12E5": false, "E12": false, "1.5E": false} {
		o := cell(t, "Штрихкод", value)
		assert.Equal(t, lost, len(o.bad) > 0, "%s: %v", value, o.bad)
	}
	assert.Equal(t, []string{"2 Ставка НДС: number.reason.not_number"}, cell(t, "Ставка НДС", "Общая").bad)
}

func TestProduct_ReadsHowGoodsAreSold(t *testing.T) {
	assert.Contains(t, cell(t, "Весовой", "Весовой").rows[0], "weighed=true")
	assert.Contains(t, cell(t, "Весовой", "штучный").rows[0], "weighed=false")
	assert.NotEmpty(t, cell(t, "Без баллов", "штучный").bad)
}

func TestCustomer_ReadsWhatDatabasesWrite(t *testing.T) {
	for _, none := range []string{"0000-00-00", "01.01.0001", "01.01.0001 0:00:00", "00.00.0000", "0001-01-01T00:00:00"} {
		o := understand(t, imports.KindCustomers, imports.Text("ФИО;Телефон;Дата рождения\nАнна;79000000001.0;"+none+"\n"), "")
		assert.Empty(t, o.bad, none)
		if assert.Len(t, o.rows, 1, none) {
			assert.NotContains(t, o.rows[0], "0001-01", none)
			assert.Contains(t, o.rows[0], "+79000000001", none)
		}
	}
}

func TestProduct_TakesTheUnitOfTheHead(t *testing.T) {
	for head, unit := range map[string]string{"Цена, руб./кг;Остаток": "кг", "Цена за кг;Остаток": "кг", "Цена;Остаток, кг": "кг", "Цена за кг;Остаток, шт": "кг",
		"Цена за шт;Остаток": "", "Цена;Остаток": "", "Цена за шт/кг;Остаток": ""} {
		o := understand(t, imports.KindProducts, imports.Text("Код;Наименование;"+head+"\n1;Лук;38,50;80,5\n"), "")
		if assert.Len(t, o.rows, 1, "%s: %v", head, o.bad) {
			assert.Equal(t, unit != "", strings.Contains(o.rows[0], "unit="+unit) && unit != "", "%s: %s", head, o.rows[0])
		}
	}
	o := understand(t, imports.KindProducts, imports.Text("Код;Наименование;Цена за кг;Ед.\n1;Лук;38,50;шт\n2;Сыр;500,00;\n"), "")
	assert.Contains(t, o.rows[0], "unit=шт", "the column says it")
	assert.NotContains(t, o.rows[1], "unit=")
}

func TestProduct_PassesOverNotesBesideText(t *testing.T) {
	o := understand(t, imports.KindProducts, imports.Text("Артикул;Название;Цена;;;\nA;Сыр;5,00;;;\nB;Хлеб;6,00;;;спросить\nC;Сыр; сорт 1;5,00;;\n"), "")
	assert.Equal(t, []string{"A Сыр [] price=5.00", "B Хлеб [] price=6.00"}, o.rows)
	assert.Contains(t, o.notes, "3 : import.note.beside")
	assert.Contains(t, o.bad, "4 : import.cells", "a row that has shifted")
}
