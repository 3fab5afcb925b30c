package goods

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/ui/uitest"
)

func TestCard_AsksBeforeTypedWorkIsDropped(t *testing.T) {
	typed := func(t *testing.T) *desk {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("F3")
		d.typed("Чай")
		d.press("Esc")
		require.Contains(t, d.Facts, "goods.card.leave")
		return d
	}
	t.Run("nothing typed, nothing asked", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("F3", "Esc")
		require.NotContains(t, d.Facts, "goods.card.leave")
		d.press("Esc")
		require.Equal(t, 1, d.closed)
	})
	t.Run("Esc goes back to what was typed", func(t *testing.T) {
		d := typed(t)
		d.press("Esc", "Ctrl+S")
		require.True(t, uitest.HasText(d.Window, "Чай"))
		require.Equal(t, "invalid", d.Facts["goods.card"]["error"], "the card is still there and lacks a SKU")
	})
	t.Run("Enter saves, and a refusal stays in the card", func(t *testing.T) {
		d := typed(t)
		d.press("Enter")
		require.Equal(t, "invalid", d.Facts["goods.card"]["error"])
	})
	t.Run("Del drops it", func(t *testing.T) {
		d := typed(t)
		d.press("Del", "Esc")
		require.Equal(t, 1, d.closed)
	})
}
