package goods

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/uitest"
)

func (d *desk) categories() []till.CategoryView {
	d.T.Helper()
	list, err := d.Till.Categories(d.T.Context(), d.Env.Actor)
	require.NoError(d.T, err)
	return list
}

func TestCategories(t *testing.T) {
	begin := func(t *testing.T) *desk {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("F4")
		require.Equal(t, "categories", d.Last())
		return d
	}
	t.Run("a new one stands last", func(t *testing.T) {
		d := begin(t)
		d.press("F3")
		d.typed("Сезонное")
		d.press("Enter")
		list := d.categories()
		require.Equal(t, "Сезонное", list[len(list)-1].Name)
		require.Equal(t, "Сезонное", d.Facts["categories"]["name"], "and is the chosen one")
	})
	t.Run("a new name is one on its goods too", func(t *testing.T) {
		d := begin(t)
		was := d.categories()[0]
		d.press("Enter", "Ctrl+A")
		d.typed("Переименованная")
		d.press("Ctrl+S")
		now := d.categories()[0]
		assert.Equal(t, "Переименованная", now.Name)
		assert.Equal(t, was.Goods, now.Goods)
		goods, err := d.Till.ProductsOf(t.Context(), d.Env.Actor, "Переименованная", "", "", 100)
		require.NoError(t, err)
		assert.Len(t, goods, int(was.Goods))
	})
	t.Run("a name that is taken is refused in the card", func(t *testing.T) {
		d := begin(t)
		other := d.categories()[1].Name
		d.press("Enter", "Ctrl+A")
		d.typed(other)
		d.press("Ctrl+S")
		require.Equal(t, "conflict", d.Facts["categories.card"]["error"])
		d.press("Esc", "Del")
		require.Equal(t, other, d.categories()[1].Name)
	})
	t.Run("Ctrl with arrows changes the order and keeps the choice", func(t *testing.T) {
		d := begin(t)
		was := d.categories()
		d.press("Ctrl+Down", "Ctrl+Down", "Ctrl+Up")
		now := d.categories()
		assert.Equal(t, was[1].ID, now[0].ID)
		assert.Equal(t, was[0].ID, now[1].ID)
		assert.Equal(t, was[0].Name, d.Facts["categories"]["name"])
		d.press("Home", "Ctrl+Up")
		assert.Equal(t, now, d.categories(), "the first goes no further")
	})
	t.Run("merging gives the goods away", func(t *testing.T) {
		d := begin(t)
		was := d.categories()
		d.press("F6", "Down", "Enter")
		now := d.categories()
		require.Len(t, now, len(was)-1)
		assert.Equal(t, was[2].Name, d.Facts["categories"]["name"])
		for _, c := range now {
			assert.NotEqual(t, was[0].ID, c.ID)
			if c.ID == was[2].ID {
				assert.Equal(t, was[0].Goods+was[2].Goods, c.Goods)
			}
		}
	})
	t.Run("colour, parent and archive are kept", func(t *testing.T) {
		d := begin(t)
		was := d.categories()
		d.press("Enter", "Tab", "Down", "Down", "Tab", "Down", "Tab", "Space", "Ctrl+S")
		for _, c := range d.categories() {
			if c.ID == was[0].ID {
				assert.NotEqual(t, was[0].Colour, c.Colour)
				assert.NotEmpty(t, c.Parent)
				assert.True(t, c.Archived)
			}
		}
	})
	t.Run("nobody changes them without the right", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		was := d.categories()
		d.Login(pos.GroupCashier)
		Categories(d.Env, d.onClosed)
		d.press("Ctrl+Down")
		require.Equal(t, "approval", d.Last(), "somebody else may allow it")
		d.press("Esc")
		require.Equal(t, "forbidden", d.Facts["categories"]["error"])
		assert.Equal(t, was, d.categories())
		d.press("Esc")
		assert.Equal(t, 1, d.closed)
	})
}
