package goods

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

func TestGoods_Labels(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru").open()
	d.press("Down", "Ctrl+B")
	d.Shows("labels", "goods", "1", "labels", "1")
	d.Fine()
	d.press("Esc")
	d.typed("нет такого товара")
	d.press("Ctrl+B")
	d.Shows("labels", "goods", "0", "labels", "0")
}

func TestCard_Labels(t *testing.T) {
	t.Run("are those of the product", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("Enter")
		name := d.product(d.Facts["goods.card"]["sku"]).Name
		d.press("Ctrl+B")
		d.Shows("labels", "goods", "1", "labels", "1")
		assert.True(t, uitest.HasText(d.Window, name))
	})
	t.Run("wait until a new price is saved", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("Enter")
		d.typed("!")
		d.press("Ctrl+B")
		require.Equal(t, "goods.card", d.Last())
		assert.Equal(t, string(pos.CodeConflict), d.Facts["goods.card"]["error"])
		assert.True(t, uitest.HasText(d.Window, "Ctrl+S): на ценник"), uitest.Texts(d.Window))
	})
	t.Run("are not offered for what is not there yet", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("F3", "Ctrl+B")
		require.Equal(t, "goods.card", d.Last())
	})
}

func TestGoods_LabelsLook(t *testing.T) {
	for _, l := range shoptest.Looks {
		t.Run(l.Name, func(t *testing.T) {
			d := newDesk(t, l.Size, l.Lang)
			d.SetTheme(theme.New(l.Mode, l.Scale))
			d.open()
			d.Picture("goods-list-" + l.Name)
			d.press("Enter")
			d.Picture("goods-card-" + l.Name)
		})
	}
}
