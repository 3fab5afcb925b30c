package sale

import (
	"kassa/pos"
	"kassa/pos/till"
)

// spot is a place of the board.
type spot struct{ page, place int }

// arrangement is the board while somebody moves its tiles; nothing of it is
// stored yet.
type arrangement struct {
	tiles map[spot]till.TileView
	at    spot
	dirty bool
}

func newArrangement(b *till.Board) *arrangement {
	m := &arrangement{tiles: map[spot]till.TileView{}}
	for _, t := range b.Tiles {
		m.tiles[spot{t.Page, t.Place}] = t
	}
	return m
}

// pages counts those with tiles, and an empty one behind them to go on with.
func (m *arrangement) pages() int {
	last := 0
	for s := range m.tiles {
		last = max(last, s.page+1)
	}
	return min(max(last+1, m.at.page+1), pos.MaxTilePages)
}

// step chooses another place of the page; false at its edge.
func (m *arrangement) step(by int) bool {
	to := m.at.place + by
	if to < 0 || to >= pos.TilesOfPage || ((by == 1 || by == -1) && to/tilesAcross != m.at.place/tilesAcross) {
		return false
	}
	m.at.place = to
	return true
}

// turn shows another page.
func (m *arrangement) turn(by int) {
	n := m.pages()
	m.at = spot{page: (m.at.page + by + n) % n}
}

// carry moves the chosen tile as step moves the choice; what stood there takes
// its place.
func (m *arrangement) carry(by int) {
	from := m.at
	if _, ok := m.tiles[from]; ok && m.step(by) {
		m.swap(from, m.at)
	}
}

func (m *arrangement) swap(a, b spot) {
	one, two := m.tiles[a], m.tiles[b]
	m.set(a, two)
	m.set(b, one)
}

// set puts a tile on a place; one without anything clears it.
func (m *arrangement) set(at spot, t till.TileView) {
	m.dirty = true
	if t.Goods == nil && t.Leads == nil {
		delete(m.tiles, at)
		return
	}
	t.Page, t.Place = at.page, at.place
	m.tiles[at] = t
}

// send moves the chosen tile to the first free place of the next or previous
// page and follows it; full is that page's number where there is no room, 0 else.
func (m *arrangement) send(by int) (full int) {
	page := m.at.page + by
	t, ok := m.tiles[m.at]
	if !ok || page < 0 || page >= pos.MaxTilePages {
		return 0
	}
	for place := range pos.TilesOfPage {
		to := spot{page, place}
		if _, taken := m.tiles[to]; !taken {
			m.set(m.at, till.TileView{})
			m.set(to, t)
			m.at = to
			return 0
		}
	}
	return page + 1
}

// put puts goods or a category on the chosen place.
func (m *arrangement) put(goods *pos.Product, leads *till.CategoryView) {
	var t till.TileView
	if goods != nil {
		t.Goods, t.Product = goods, goods.ID
	} else {
		t.Leads, t.Tile.Category, t.Shelf, t.Colour = &leads.Category, leads.ID, leads.Goods, leads.Colour
	}
	m.set(m.at, t)
}

// colour gives the chosen tile the next colour of its own; after the last it has
// none of its own again and shows that of its category.
func (m *arrangement) colour() {
	t, ok := m.tiles[m.at]
	if !ok {
		return
	}
	t.Tile.Colour = (t.Tile.Colour + 1) % (pos.CategoryColours + 1)
	t.Colour = t.Tile.Colour
	if t.Colour == 0 && t.Leads != nil {
		t.Colour = t.Leads.Colour
	}
	m.set(m.at, t)
}

// stored are the tiles as they are saved.
func (m *arrangement) stored() []pos.Tile {
	all := make([]pos.Tile, 0, len(m.tiles))
	for _, t := range m.tiles {
		all = append(all, t.Tile)
	}
	return all
}
