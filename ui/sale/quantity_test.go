package sale

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/ui/uitest"
)

func TestScreen_HalfAPieceIsRefusedAndNotReadAsMany(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(0) // sold by the piece
	uitest.Press(s.Window, "*")
	uitest.Type(s.Window, "1,5")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "sale.qty", s.Last(), "the dialog stays with what was typed")
	require.True(t, uitest.HasText(s.Window, "» продаётся поштучно: введите целое число"))
	uitest.Press(s.Window, "Esc")
	require.Equal(t, "1", s.Facts["sale"]["qty"], "not fifteen")
}
