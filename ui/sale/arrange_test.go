package sale

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/uitest"
)

// arranging opens the arrangement of an owner's tiles.
func arranging(t *testing.T) *shop {
	s := open(t, uitest.Usual, "ru")
	s.Login(pos.GroupOwner)
	s.show()
	uitest.Press(s.Window, "Home", "F4")
	require.Equal(t, "sale.arrange", s.Last())
	return s
}

func (s *shop) board() *till.Board {
	s.T.Helper()
	b, err := s.Till.Board(s.T.Context(), s.Env.Actor)
	require.NoError(s.T, err)
	return b
}

// at is the name of what stands on a place, both from 1.
func (s *shop) at(page, place int) string {
	s.T.Helper()
	for _, t := range s.board().Tiles {
		switch {
		case t.Page != page-1 || t.Place != place-1:
		case t.Goods != nil:
			return t.Goods.Name
		default:
			return t.Leads.Name
		}
	}
	return ""
}

func TestScreen_Arrange(t *testing.T) {
	t.Run("a tile is moved, another one removed", func(t *testing.T) {
		s := arranging(t)
		first, second := s.at(1, 1), s.at(1, 2)
		uitest.Press(s.Window, "Ctrl+Right", "Down", "Del", "Ctrl+S")
		require.Equal(t, "sale.tiles", s.Last())
		assert.True(t, s.board().Arranged)
		assert.Equal(t, second, s.at(1, 1))
		assert.Equal(t, first, s.at(1, 2))
		assert.Empty(t, s.at(1, 7))
	})
	t.Run("a category and a product are put", func(t *testing.T) {
		s := arranging(t)
		list, err := s.Till.Categories(t.Context(), s.Env.Actor)
		require.NoError(t, err)
		uitest.Type(s.Window, list[0].Name)
		require.Equal(t, "sale.arrange.pick", s.Last())
		uitest.Press(s.Window, "Enter", "F8", "F8")
		require.Equal(t, list[0].Name, s.Facts["sale.arrange"]["name"])
		require.Equal(t, "2", s.Facts["sale.arrange"]["colour"])
		uitest.Press(s.Window, "Right", "Enter")
		uitest.Type(s.Window, s.Demo.Products[5].SKU)
		uitest.Press(s.Window, "Enter", "Ctrl+S")
		assert.Equal(t, list[0].Name, s.at(1, 1))
		assert.Equal(t, 2, s.board().Tiles[0].Colour)
		assert.Equal(t, s.Demo.Products[5].Name, s.at(1, 2))
	})
	t.Run("a scanned product is found", func(t *testing.T) {
		s := arranging(t)
		s.Scan(4)
		require.Equal(t, "sale.arrange.pick", s.Last())
		uitest.Press(s.Window, "Enter")
		require.Equal(t, s.Demo.Products[4].Name, s.Facts["sale.arrange"]["name"])
	})
	t.Run("a tile goes to another page", func(t *testing.T) {
		s := arranging(t)
		name := s.at(1, 3)
		pages := s.board().Pages
		uitest.Press(s.Window, "Right", "Right")
		for range pages {
			uitest.Press(s.Window, "Ctrl+PgDn")
		}
		uitest.Press(s.Window, "Ctrl+S")
		assert.Equal(t, name, s.at(pages+1, 1))
		assert.Empty(t, s.at(1, 3))
	})
	t.Run("back to the most sold", func(t *testing.T) {
		s := arranging(t)
		first := s.at(1, 1)
		uitest.Press(s.Window, "Del", "Ctrl+S")
		require.Empty(t, s.at(1, 1))
		uitest.Press(s.Window, "F4", "F6")
		require.Equal(t, "sale.tiles", s.Last())
		assert.False(t, s.board().Arranged)
		assert.Equal(t, first, s.at(1, 1))
	})
	t.Run("work that is not saved is asked about", func(t *testing.T) {
		s := arranging(t)
		uitest.Press(s.Window, "Del", "Esc")
		require.Equal(t, "sale.arrange.leave", s.Last())
		uitest.Press(s.Window, "Del")
		assert.False(t, s.board().Arranged)
		s = arranging(t)
		uitest.Press(s.Window, "Esc")
		assert.NotContains(t, s.Facts, "sale.arrange.leave")
	})
	t.Run("needs the right, or somebody who has it", func(t *testing.T) {
		s := open(t, uitest.Usual, "ru")
		s.Login(pos.GroupCashier)
		s.show()
		uitest.Press(s.Window, "Home", "F4")
		require.Equal(t, "approval", s.Last())
		uitest.Press(s.Window, "Esc")
		require.Equal(t, "sale.tiles", s.Last())
		require.NotEmpty(t, s.Facts["sale.tiles"]["error"])
		require.NotContains(t, s.Facts, "sale.arrange")
	})
}
