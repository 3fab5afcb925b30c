package goods

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"

	"kassa/pos/imports"
	"kassa/ui/uitest"
)

// supplier is a list as a supplier sends it: in Windows-1251, with two prices
// of which the wrong one bears the known name.
func supplier(t *testing.T, rows int) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("Номенклатура.Код;Номенклатура;Цена;Рекомендованная\r\n")
	for i := range rows {
		fmt.Fprintf(&b, "S%05d;Товар поставщика %05d;10,00;15,50\r\n", i, i)
	}
	text, err := charmap.Windows1251.NewEncoder().String(b.String())
	require.NoError(t, err)
	return text
}

func TestImport_TenThousandGoodsByKeys(t *testing.T) {
	const rows = 10_000
	d := newDesk(t, uitest.Usual, "ru")
	path := d.file("supplier.csv", supplier(t, rows))
	d.open().press("F5")
	d.path(path)
	d.press("Enter")
	f := d.Facts["goods.import"]
	require.Equal(t, "windows-1251", f["charset"])
	require.Equal(t, "sku,name,price,", f["columns"])
	require.Equal(t, fmt.Sprint(rows), f["new"])

	// The fourth column is the price: down to it, and on to that meaning.
	d.press("Down", "Down", "Down")
	for range 20 {
		if d.press("Right"); d.Facts["goods.import"]["columns"] == "sku,name,,price" {
			break
		}
	}
	require.Equal(t, "sku,name,,price", d.Facts["goods.import"]["columns"])
	require.Equal(t, "", d.Facts["goods.import"]["new"], "what was tried no longer holds")
	d.press("Enter")
	require.Equal(t, fmt.Sprint(rows), d.Facts["goods.import"]["new"])
	d.press("Enter")
	require.Equal(t, "true", d.Facts["goods.import"]["done"])
	list, err := d.Till.SearchProducts(t.Context(), "поставщика 09999", 3)
	require.NoError(t, err)
	require.EqualValues(t, 1550, list[0].Price)

	// The next list of this supplier is understood at once.
	d.press("Enter", "F5")
	d.path(path)
	d.press("Enter")
	assert.Equal(t, "true", d.Facts["goods.import"]["remembered"])
	assert.Equal(t, fmt.Sprint(rows), d.Facts["goods.import"]["same"])
	assert.Empty(t, uitest.Faults(d.Window))
}

func TestImport_HowAFileIsReadCanBeChanged(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru")
	path := d.file("p.csv", "артикул;название;цена\nN1;Хлеб;12,50\nN2;;5\n")
	Import(d.Env, KindProducts, d.onClosed)
	d.path(path)
	d.press("Enter")
	require.Equal(t, "1", d.Facts["goods.import"]["bad"])
	d.press("F5")
	require.Equal(t, "false", d.Facts["goods.import"]["header"])
	d.press("F5", "F4")
	require.Equal(t, ",", d.Facts["goods.import"]["comma"])
	for range 3 {
		d.press("F4")
	}
	require.Equal(t, ";", d.Facts["goods.import"]["comma"])
	d.press("F3")
	require.Equal(t, "windows-1251", d.Facts["goods.import"]["charset"])
	for range len(imports.Charsets) - 1 {
		d.press("F3")
	}
	require.Equal(t, "utf-8", d.Facts["goods.import"]["charset"])

	// What is good is stored, what is bad lies in a list beside.
	d.press("Enter", "Ctrl+Enter")
	require.Equal(t, "true", d.Facts["goods.import"]["done"])
	require.NotNil(t, d.product("N1"))
	require.Nil(t, d.product("N2"))
	require.FileExists(t, strings.TrimSuffix(path, ".csv")+"-refused.csv")
}

func TestImport_ListsAsProgramsLayThemOutGoInByEnterAlone(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru")
	d.open().press("F5")
	d.path(d.file("mysklad.csv", "Остатки на 31.12.2025;;;;;;\nГруппы;Код;Наименование;Артикул;Цена: Цена продажи;Закупочная цена;Остаток\nКрупы;00021;Рис;KR-8;94,50;61,3333;12\nИтого;;;;;;12\n"))
	d.press("Enter")
	f := d.Facts["goods.import"]
	require.Equal(t, [3]string{"", "2", "2"}, [3]string{f["doubts"], f["row"], f["notes"]})
	require.Equal(t, "category,sku,name,article,price,cost,stock", f["columns"])
	require.True(t, uitest.HasText(d.Window, "«61,3333» округлено"), "what is changed is seen before it is stored")
	d.press("F11")
	require.True(t, uitest.HasText(d.Window, "Цена: Цена продажи"))
	d.press("Enter")
	require.Equal(t, "true", d.Facts["goods.import"]["done"])
	rice := d.product("00021")
	require.Equal(t, [2]any{"KR-8", "Рис"}, [2]any{rice.Article, rice.Name})
	require.FileExists(t, strings.TrimSuffix(d.file("mysklad.csv", ""), ".csv")+"-notes.csv")
	assert.Empty(t, uitest.Faults(d.Window))
}

func TestImport_AsksBeforeItTries(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru")
	Import(d.Env, KindProducts, d.onClosed)
	d.path(d.file("p.csv", "Артикул;Наименование;Цена;Цена\nХ-1;Халва;1,250;0,900\n"))
	d.press("Enter")
	f := d.Facts["goods.import"]
	require.Equal(t, "columns,decimal", f["doubts"])
	require.Empty(t, f["new"], "nothing is tried before it is answered")
	require.True(t, uitest.HasText(d.Window, "«Цена (C)» и «Цена (D)»"))
	d.press("Down", "Down", "Down")
	for range 30 {
		if d.press("Right"); d.Facts["goods.import"]["columns"] == "sku,name,cost,price" {
			break
		}
		if d.Facts["goods.import"]["columns"] == "sku,name,,price" {
			d.press("Up")
			for range 30 {
				if d.press("Right"); d.Facts["goods.import"]["columns"] == "sku,name,cost,price" {
					break
				}
			}
			break
		}
	}
	require.Equal(t, "sku,name,cost,price", d.Facts["goods.import"]["columns"])
	require.Equal(t, "decimal", d.Facts["goods.import"]["doubts"], "who chose the columns has answered")
	d.press("F6")
	require.Empty(t, d.Facts["goods.import"]["doubts"])
	d.press("Enter")
	require.Equal(t, "1", d.Facts["goods.import"]["new"])

	// Enter says that all is right, and what was agreed to is remembered.
	d.press("Esc")
	Import(d.Env, KindProducts, d.onClosed)
	d.path(d.file("q.csv", "Халва;125,00;4600000000039\nЩербет;240,00;4600000000138\n"))
	d.press("Enter")
	require.Equal(t, "columns", d.Facts["goods.import"]["doubts"])
	d.press("Enter")
	require.Empty(t, d.Facts["goods.import"]["doubts"])
}

func TestImport_TheTableMayBeginAnywhereAndInAnyProgram(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru")
	Import(d.Env, KindProducts, d.onClosed)
	d.path(d.file("p.csv", "Код;Наименование;Цена: Цена продажи;Цена: Розничная\n1;Халва;125,00;130,00\nКод;Название;Цена;Розница\n"))
	d.press("Enter")
	require.Equal(t, "columns", d.Facts["goods.import"]["doubts"])
	d.press("Shift+F3", "Shift+F3")
	require.Equal(t, [3]string{"moysklad", "", "sku,name,price,"}, [3]string{d.Facts["goods.import"]["preset"], d.Facts["goods.import"]["doubts"], d.Facts["goods.import"]["columns"]})
	d.press("Shift+F3", "Shift+F5")
	require.Equal(t, "2", d.Facts["goods.import"]["row"])
	d.press("Shift+F5", "Shift+F5")
	require.Equal(t, "1", d.Facts["goods.import"]["row"])
	require.Equal(t, "sku,name,price,", d.Facts["goods.import"]["columns"])
}

func TestImport_DatesAreAskedAbout(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru")
	Import(d.Env, KindCustomers, d.onClosed)
	d.path(d.file("c.csv", "Имя;Телефон;Дата рождения\nЗоя;8 900 000-00-55, 8 900 000-00-56;03/04/1990\n"))
	d.press("Enter")
	require.Equal(t, "dates", d.Facts["goods.import"]["doubts"])
	d.press("Shift+F6")
	require.Empty(t, d.Facts["goods.import"]["doubts"])
	d.press("Enter", "Enter")
	require.Equal(t, "true", d.Facts["goods.import"]["done"])
	list, err := d.Till.SearchCustomers(t.Context(), d.Env.Actor, "Зоя", 2)
	require.NoError(t, err)
	require.Equal(t, [2]string{"1990-03-04", "+79000000056"}, [2]string{list[0].Birthday, list[0].Note})
}

func TestImport_TheLikelierEncodingIsTheNextKey(t *testing.T) {
	list := likelier(imports.Format{Charset: "cp866", Doubt: []string{"x-mac-cyrillic", "koi8-r"}})
	require.Equal(t, []string{"cp866", "x-mac-cyrillic", "koi8-r", "utf-8"}, list[:4])
	require.ElementsMatch(t, imports.Charsets, list)
	require.Equal(t, imports.Charsets, likelier(imports.Format{Charset: imports.Charsets[0]}))
}
