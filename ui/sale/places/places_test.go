package places

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"kassa/pos"
	"kassa/pos/till"
)

func TestArrangement_Send(t *testing.T) {
	b := &till.Board{}
	for page := range 2 {
		for place := range pos.TilesOfPage {
			b.Tiles = append(b.Tiles, till.TileView{Tile: pos.Tile{Page: page, Place: place}, Goods: &pos.Product{}})
		}
	}
	m := New(b)
	assert.Equal(t, 0, m.Send(-1), "there is no page before the first")
	assert.Equal(t, 2, m.Send(1), "the second page is full")
	assert.Equal(t, Spot{}, m.At)
	assert.False(t, m.Dirty)
	m.Turn(1)
	m.Turn(1)
	m.Set(m.At, till.TileView{Goods: &pos.Product{}})
	assert.Equal(t, 2, m.Send(-1))
	m.At.Page = pos.MaxTilePages - 1
	m.Set(m.At, till.TileView{Goods: &pos.Product{}})
	assert.Equal(t, 0, m.Send(1), "nor one behind the last")
	assert.Equal(t, pos.MaxTilePages, m.Pages())
}
