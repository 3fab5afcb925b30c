package stock

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/ui/uitest"
)

func TestReceiving_Labels(t *testing.T) {
	t.Run("one for every piece that came in, at the new price", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		d.receiving().press("Ctrl+B")
		require.NotEqual(t, "labels", d.Last(), "a draft has not come in")
		d.press("F9", "Enter", "Enter", "Ctrl+B")
		d.Shows("labels", "goods", "2", "labels", "13")
		assert.True(t, uitest.HasText(d.Window, "55,00"), uitest.Texts(d.Window))
		d.Fine()
		d.press("Esc", "F6")
		d.Shows("stock.reverse", "error", "")
	})
	t.Run("none of what was taken back", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		d.receiving().press("F9", "Enter", "Enter", "F6").typed("не тот поставщик").press("Enter", "Enter", "Ctrl+B")
		require.Equal(t, "stock.doc", d.Last())
	})
	t.Run("none of a write-off", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		d.open().press("F3").scan(d.Demo.Products[0].Barcodes[0]).press("Shift+Tab").typed("истёк срок").
			press("F9", "Enter", "Enter", "Ctrl+B")
		require.Equal(t, "stock.doc", d.Last())
		d.Shows("stock.doc", "kind", "writeoff", "number", "1")
	})
}
