package quick

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
)

// goods are tiles of goods with those ids.
func goods(ids ...string) []till.TileView {
	var out []till.TileView
	for _, id := range ids {
		out = append(out, till.TileView{Goods: &pos.Product{ID: pos.ProductID(id), Name: "n" + id}})
	}
	return out
}

// names are what stands on the tiles in sight.
func names(m *model) string {
	text := ""
	for _, it := range m.seen() {
		text += it.name
	}
	return text
}

func many(n int) []till.TileView {
	var ids []string
	for i := range n {
		ids = append(ids, fmt.Sprint(i))
	}
	return goods(ids...)
}

func TestModel_TilesKeepTheirPlaces(t *testing.T) {
	m := &model{}
	m.room(9)
	m.take(loaded{quick: &till.Quick{Tiles: goods("1", "2", "3")}})
	m.take(loaded{quick: &till.Quick{Tiles: goods("3", "4", "1")}})
	assert.Equal(t, "n1n3n4", names(m), "what is known stays, what is new comes behind it, what is gone leaves")
	m.take(loaded{quick: &till.Quick{Tiles: goods("4", "3"), Arranged: true}})
	assert.Equal(t, "n4n3", names(m), "as somebody arranged them")
	m.take(loaded{quick: &till.Quick{Tiles: goods("9", "3")}})
	assert.Equal(t, "n9n3", names(m), "and back to the most sold")
}

func TestModel_Numbers(t *testing.T) {
	m := &model{}
	m.take(loaded{quick: &till.Quick{Tiles: many(20), Named: map[int]bool{3: true}}})
	assert.Equal(t, -1, m.at("1"), "nothing is in sight yet")
	m.room(12)
	assert.Equal(t, 0, m.at("1"))
	assert.Equal(t, 11, m.at("12"))
	for _, text := range []string{"13", "0", "", "01", "+1", "x", "3", "999999999999999999999"} {
		assert.Equal(t, -1, m.at(text), text)
	}
	assert.Empty(t, m.number(2), "a number that is an article is on no tile")
	m.turn()
	assert.Equal(t, "13", m.number(0), "a tile has one number wherever it stands")
	assert.Equal(t, 0, m.at("13"))
	assert.Equal(t, -1, m.at("1"), "what is out of sight is not taken")
	m.room(6)
	assert.Equal(t, "13", m.number(0), "the first in sight stays in sight")
	m.turn()
	m.room(12)
	assert.Equal(t, "19", m.number(0), "and where it is when there is room for more: a cheque was parked")
	at, of := m.pages()
	assert.Equal(t, []int{3, 3}, []int{at, of})
	m.room(6)
	m.first = 12
	m.turn()
	m.turn()
	assert.Equal(t, "1", m.number(0), "after the last ones the first")
}

func TestModel_NoNumberIsPromisedWhereNoTileHasOne(t *testing.T) {
	m := &model{}
	m.take(loaded{quick: &till.Quick{Tiles: many(2), Named: map[int]bool{1: true, 2: true}}})
	m.room(12)
	assert.False(t, m.numbered(), "both numbers are articles")
	m.take(loaded{quick: &till.Quick{Tiles: many(3), Named: map[int]bool{1: true, 2: true}}})
	assert.True(t, m.numbered())
}

func TestModel_NumbersEnd(t *testing.T) {
	m := &model{}
	m.take(loaded{quick: &till.Quick{Tiles: many(till.MaxTileNumber + 1)}})
	m.room(till.MaxTileNumber + 1)
	assert.Equal(t, till.MaxTileNumber-1, m.at(fmt.Sprint(till.MaxTileNumber)))
	assert.Equal(t, -1, m.at(fmt.Sprint(till.MaxTileNumber+1)))
}

func TestModel_Shelves(t *testing.T) {
	m := &model{}
	m.room(6)
	bread, milk := pos.Category{ID: "b", Name: "Хлеб", Colour: 2}, pos.Category{ID: "m", Name: "Молочное", Colour: 3}
	both := &till.Quick{Tiles: many(3), Shelves: []pos.Category{bread, milk}}
	m.take(loaded{quick: both})
	require.Equal(t, bread.ID, m.beside(1))
	require.Equal(t, milk.ID, m.beside(-1), "round in a ring")
	m.choose(milk.ID)
	assert.Empty(t, m.seen(), "until they were read")
	m.take(loaded{quick: both, of: bread.ID, goods: []pos.Product{{ID: "x", Name: "x"}}})
	assert.Empty(t, m.seen(), "those of another category come too late")
	m.take(loaded{quick: both, of: milk.ID, goods: []pos.Product{{ID: "k", Name: "Кефир"}}})
	assert.Equal(t, "Кефир", names(m))
	assert.Equal(t, 3, m.seen()[0].colour)
	assert.Empty(t, m.beside(1), "after the last one what sells often")
	m.take(loaded{quick: &till.Quick{Tiles: many(3), Shelves: []pos.Category{bread}}, of: milk.ID})
	assert.Equal(t, "n0n1n2", names(m), "a category that is gone leads nowhere")
}
