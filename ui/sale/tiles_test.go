package sale

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/uitest"
)

func TestScreen_Tiles(t *testing.T) {
	t.Run("arrows and Enter take one", func(t *testing.T) {
		s := open(t, uitest.Usual, "ru").show()
		uitest.Press(s.Window, "Home", "Right", "Down", "Left", "Up", "Down")
		require.Equal(t, "6", s.Facts["sale.tiles"]["at"])
		uitest.Press(s.Window, "Enter")
		require.Equal(t, "1", s.Facts["sale"]["lines"])
		require.Equal(t, "field", s.Facts["sale"]["focus"])
	})
	t.Run("a number and Enter take one", func(t *testing.T) {
		s := open(t, uitest.Usual, "ru").show()
		uitest.Press(s.Window, "Home")
		uitest.Type(s.Window, "12")
		uitest.Press(s.Window, "Enter")
		require.Equal(t, "1", s.Facts["sale"]["lines"])
	})
	t.Run("scanning still works", func(t *testing.T) {
		s := open(t, uitest.Usual, "ru").show()
		uitest.Press(s.Window, "Home")
		s.Scan(3)
		require.Equal(t, "1", s.Facts["sale"]["lines"])
	})
	t.Run("a name goes on in the list", func(t *testing.T) {
		s := open(t, uitest.Usual, "ru").show()
		uitest.Press(s.Window, "Home")
		uitest.Type(s.Window, "кофе")
		require.NotEqual(t, "60", s.Facts["sale.catalogue"]["found"])
		uitest.Press(s.Window, "Enter")
		require.Equal(t, "1", s.Facts["sale"]["lines"])
	})
	t.Run("a category leads in, Esc out again", func(t *testing.T) {
		s := open(t, uitest.Usual, "ru").show()
		list, err := s.Till.Categories(t.Context(), s.Env.Actor)
		require.NoError(t, err)
		owner, err := s.Till.Login(t.Context(), s.Employee(pos.GroupOwner).PIN)
		require.NoError(t, err)
		require.NoError(t, s.Till.ArrangeTiles(t.Context(), owner, []pos.Tile{{Place: 2, Category: list[0].ID, Colour: 3}}))
		uitest.Press(s.Window, "Home")
		require.Equal(t, "1", s.Facts["sale.tiles"]["tiles"])
		uitest.Press(s.Window, "Right", "Right", "Enter")
		require.Equal(t, list[0].Name, s.Facts["sale.tiles"]["into"])
		uitest.Press(s.Window, "Esc")
		require.Equal(t, "", s.Facts["sale.tiles"]["into"])
		uitest.Press(s.Window, "Right", "Right", "Enter", "Enter")
		require.Equal(t, "1", s.Facts["sale"]["lines"])
	})
}
