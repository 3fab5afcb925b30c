package settings

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos/scale"
	"kassa/ui/uitest"
)

// weighing is the page of labels of a shop with a scale that sells apples as 42.
func weighing(t *testing.T) *desk {
	d := newDesk(t, uitest.Usual, "ru")
	p := d.Demo.Products[6]
	p.ScaleCode = "42"
	_, err := d.Till.PutProduct(t.Context(), d.Env.Actor, p)
	require.NoError(t, err)
	d.Settings.Labels.Rules = "24=price/5"
	return d.open(TabLabels)
}

func label(t *testing.T, r scale.Rule, item string, figure int64) string {
	code, err := r.Write(item, figure)
	require.NoError(t, err)
	return code
}

func TestSettings_Labels(t *testing.T) {
	weight := scale.Rule{Prefix: 20, Kind: scale.Weight, Item: 5}
	price := scale.Rule{Prefix: 24, Kind: scale.Price, Item: 5}
	t.Run("a label is read by the rules in the field, before they are kept", func(t *testing.T) {
		d := weighing(t)
		uitest.Press(d.Window, "Tab", "Tab")
		uitest.Scan(d.Window, label(t, price, "42", 12345))
		require.Equal(t, d.Demo.Products[6].Name, d.Facts["settings.label"]["product"])
		require.Contains(t, d.Facts["settings.label"]["sum"], "123,45")
		uitest.Scan(d.Window, label(t, weight, "42", 500))
		require.Equal(t, "invalid", d.Facts["settings.label"]["error"], "that prefix is not set up")
		uitest.Press(d.Window, "Shift+Tab", "Ctrl+A")
		uitest.Type(d.Window, "20=weight/5")
		uitest.Press(d.Window, "Tab")
		uitest.Scan(d.Window, label(t, weight, "42", 500))
		require.Equal(t, "42", d.Facts["settings.label"]["item"])
		require.Empty(t, d.Facts["settings.label"]["error"])
		uitest.Scan(d.Window, label(t, weight, "41", 500))
		require.Equal(t, "not_found", d.Facts["settings.label"]["error"])
		require.Equal(t, "41", d.Facts["settings.label"]["item"], "what could be read is shown all the same")
		uitest.Press(d.Window, "Ctrl+S")
		require.Equal(t, "20=weight/5", d.office.saved[0].Settings.Labels.Rules)
	})
	t.Run("rules that make no sense are told", func(t *testing.T) {
		d := weighing(t)
		uitest.Press(d.Window, "Tab", "Ctrl+A")
		uitest.Type(d.Window, "19=weight/5")
		uitest.Press(d.Window, "Tab")
		uitest.Scan(d.Window, label(t, price, "42", 1))
		require.Equal(t, "invalid", d.Facts["settings.label"]["error"])
		require.True(t, uitest.HasText(d.Window, "от 20 до 29"))
	})
}
