// Package places is the board of tiles while somebody moves them: what stands where,
// without a widget. Nothing of it is stored yet.
package places

import (
	"kassa/pos"
	"kassa/pos/till"
)

// Across is how many tiles stand in a row of the board.
const Across = 5

// Spot is a place of the board.
type Spot struct{ Page, Place int }

// Arrangement is the board while somebody moves its tiles; nothing of it is
// stored yet.
type Arrangement struct {
	Tiles map[Spot]till.TileView
	At    Spot
	Dirty bool
}

// New begins with the tiles of a board.
func New(b *till.Board) *Arrangement {
	m := &Arrangement{Tiles: map[Spot]till.TileView{}}
	for _, t := range b.Tiles {
		m.Tiles[Spot{t.Page, t.Place}] = t
	}
	return m
}

// Pages counts those with tiles, and an empty one behind them to go on with.
func (m *Arrangement) Pages() int {
	last := 0
	for s := range m.Tiles {
		last = max(last, s.Page+1)
	}
	return min(max(last+1, m.At.Page+1), pos.MaxTilePages)
}

// Step chooses another place of the page; false at its edge.
func (m *Arrangement) Step(by int) bool {
	to := m.At.Place + by
	if to < 0 || to >= pos.TilesOfPage || ((by == 1 || by == -1) && to/Across != m.At.Place/Across) {
		return false
	}
	m.At.Place = to
	return true
}

// Turn shows another page.
func (m *Arrangement) Turn(by int) {
	n := m.Pages()
	m.At = Spot{Page: (m.At.Page + by + n) % n}
}

// Carry moves the chosen tile as step moves the choice; what stood there takes
// its place.
func (m *Arrangement) Carry(by int) {
	from := m.At
	if _, ok := m.Tiles[from]; ok && m.Step(by) {
		m.swap(from, m.At)
	}
}

func (m *Arrangement) swap(a, b Spot) {
	one, two := m.Tiles[a], m.Tiles[b]
	m.Set(a, two)
	m.Set(b, one)
}

// Set puts a tile on a place; one without anything clears it.
func (m *Arrangement) Set(at Spot, t till.TileView) {
	m.Dirty = true
	if t.Goods == nil && t.Leads == nil {
		delete(m.Tiles, at)
		return
	}
	t.Page, t.Place = at.Page, at.Place
	m.Tiles[at] = t
}

// Send moves the chosen tile to the first free place of the next or previous
// page and follows it; full is that page's number where there is no room, 0 else.
func (m *Arrangement) Send(by int) (full int) {
	page := m.At.Page + by
	t, ok := m.Tiles[m.At]
	if !ok || page < 0 || page >= pos.MaxTilePages {
		return 0
	}
	for place := range pos.TilesOfPage {
		to := Spot{page, place}
		if _, taken := m.Tiles[to]; !taken {
			m.Set(m.At, till.TileView{})
			m.Set(to, t)
			m.At = to
			return 0
		}
	}
	return page + 1
}

// Put puts goods or a category on the chosen place.
func (m *Arrangement) Put(goods *pos.Product, leads *till.CategoryView) {
	var t till.TileView
	if goods != nil {
		t.Goods, t.Product = goods, goods.ID
	} else {
		t.Leads, t.Tile.Category, t.Shelf, t.Colour = &leads.Category, leads.ID, leads.Goods, leads.Colour
	}
	m.Set(m.At, t)
}

// Colour gives the chosen tile the next colour of its own; after the last it has
// none of its own again and shows that of its category.
func (m *Arrangement) Colour() {
	t, ok := m.Tiles[m.At]
	if !ok {
		return
	}
	t.Tile.Colour = (t.Tile.Colour + 1) % (pos.CategoryColours + 1)
	t.Colour = t.Tile.Colour
	if t.Colour == 0 && t.Leads != nil {
		t.Colour = t.Leads.Colour
	}
	m.Set(m.At, t)
}

// Stored are the tiles as they are saved.
func (m *Arrangement) Stored() []pos.Tile {
	all := make([]pos.Tile, 0, len(m.Tiles))
	for _, t := range m.Tiles {
		all = append(all, t.Tile)
	}
	return all
}
