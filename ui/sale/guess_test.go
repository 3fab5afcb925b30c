package sale

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/ui/keys"
	"kassa/ui/uitest"
)

// TestScreen_AGuessIsNeverRungUpUnchosen: what the text was only taken for is shown
// as that, and Enter takes it after somebody chose it.
func TestScreen_AGuessIsNeverRungUpUnchosen(t *testing.T) {
	for _, typed := range []string{"vjkjrj", "малоко", "МЛОКО"} {
		t.Run(typed, func(t *testing.T) {
			s := open(t, uitest.Usual, "ru").show()
			uitest.Type(s.Window, typed)
			s.Shows("sale", "meant", "молоко")
			require.True(t, uitest.HasText(s.Window, "Точно такого нет. Похоже на «молоко»:"))
			require.Equal(t, -1, s.screen.v.found.Selected())
			uitest.Press(s.Window, keys.Enter)
			s.Shows("sale", "lines", "0", "error", "scan.unknown")
			uitest.Type(s.Window, typed)
			uitest.Press(s.Window, keys.Down, keys.Enter)
			s.Shows("sale", "lines", "1", "found", "0", "meant", "")
			s.Fine()
		})
	}
}

func TestCatalogue_AGuessIsNotTakenUnchosen(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Press(s.Window, keys.Home, keys.Home)
	uitest.Type(s.Window, "vjkjrj")
	require.True(t, uitest.HasText(s.Window, "Точно такого нет. Похоже на «молоко»:"))
	uitest.Press(s.Window, keys.Enter)
	s.Shows("sale.catalogue", "error", "")
	require.Equal(t, "0", s.Facts["sale"]["lines"])
	uitest.Press(s.Window, keys.Down, keys.Enter)
	s.Shows("sale", "lines", "1")
}
