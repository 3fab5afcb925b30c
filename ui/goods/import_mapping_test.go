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
