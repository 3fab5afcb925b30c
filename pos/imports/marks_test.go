package imports_test

// These tests read numbers that people dressed up: marks that keep noughts, codes
// as they stand under their bars.

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

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
