// Package quick is the strip of tiles under the cheque of the sale screen: goods
// that sell often, or as somebody arranged them, and those of a category.
package quick

import (
	"slices"
	"strconv"

	"kassa/pos"
	"kassa/pos/till"
)

// loaded is what one reading brought.
type loaded struct {
	quick *till.Quick
	of    pos.CategoryID // the category that was open, "" for none
	goods []pos.Product  // those of it
}

// item is one tile: goods, or a category that leads to some.
type item struct {
	goods  *pos.Product
	leads  pos.CategoryID
	name   string
	colour int
}

// model is what the strip knows. It holds no widgets.
type model struct {
	arranged bool
	often    []item // what the strip begins with
	shelves  []pos.Category
	named    map[int]bool   // numbers that are a code of the shop's own
	open     pos.CategoryID // "" for what sells often
	goods    []item         // of the category that is open
	first    int            // the first tile in sight
	fit      int            // how many there is room for
}

// take takes over what was read. Unless somebody arranged the tiles, those that
// stand already keep their places while the screen is open: a hand has learnt
// them, and a tile moves only for a better reason than one more sale.
func (m *model) take(l loaded) {
	old := m.often
	m.often = nil
	for i := range l.quick.Tiles {
		v := &l.quick.Tiles[i]
		it := item{goods: v.Goods, colour: v.Colour}
		if v.Leads != nil {
			it.leads, it.name = v.Leads.ID, v.Leads.Name
		} else {
			it.name = v.Goods.Name
		}
		m.often = append(m.often, it)
	}
	if !l.quick.Arranged && !m.arranged {
		m.often = inPlace(old, m.often)
	}
	m.arranged, m.shelves, m.named = l.quick.Arranged, l.quick.Shelves, l.quick.Named
	if m.open != "" && !slices.ContainsFunc(m.shelves, func(c pos.Category) bool { return c.ID == m.open }) {
		m.choose("")
	}
	if m.open == l.of {
		m.fill(l.goods)
	}
}

// inPlace puts what is known where it stood, and the rest behind it.
func inPlace(old, now []item) []item {
	var out []item
	place := func(id pos.ProductID, in []item) int {
		return slices.IndexFunc(in, func(it item) bool { return it.goods != nil && it.goods.ID == id })
	}
	for i := range old {
		if at := place(old[i].goods.ID, now); at >= 0 {
			out = append(out, now[at])
		}
	}
	for i := range now {
		if place(now[i].goods.ID, out) < 0 {
			out = append(out, now[i])
		}
	}
	return out
}

// fill puts the goods of the open category onto the tiles.
func (m *model) fill(goods []pos.Product) {
	m.goods = nil
	colour := 0
	for i := range m.shelves {
		if m.shelves[i].ID == m.open {
			colour = m.shelves[i].Colour
		}
	}
	for i := range goods {
		m.goods = append(m.goods, item{goods: &goods[i], name: goods[i].Name, colour: colour})
	}
	if m.first >= len(m.goods) {
		m.first = 0
	}
}

// choose opens a category, "" what sells often.
func (m *model) choose(id pos.CategoryID) { m.open, m.goods, m.first = id, nil, 0 }

// beside is the category so many steps from the open one, round in a ring that
// begins with what sells often.
func (m *model) beside(by int) pos.CategoryID {
	n := len(m.shelves) + 1
	at := 1 + slices.IndexFunc(m.shelves, func(c pos.Category) bool { return c.ID == m.open }) // 0 for none
	at = ((at+by)%n + n) % n
	if at == 0 {
		return ""
	}
	return m.shelves[at-1].ID
}

// shelf is the name of the open category, for reading its goods.
func (m *model) shelf() string {
	for i := range m.shelves {
		if m.shelves[i].ID == m.open {
			return m.shelves[i].Name
		}
	}
	return ""
}

func (m *model) list() []item {
	if m.open != "" {
		return m.goods
	}
	return m.often
}

// room says how many tiles there is room for; the first in sight stays in sight.
func (m *model) room(n int) {
	m.fit = n
	if n > 0 {
		m.first -= m.first % n
	}
}

// seen are the tiles in sight.
func (m *model) seen() []item {
	all := m.list()
	if m.first >= len(all) {
		m.first = 0
	}
	return all[m.first:min(m.first+m.fit, len(all))]
}

// number is what the tile at a place in sight can be taken by, "" where that
// would be mistaken for a code. A tile keeps it, whatever else is in sight.
func (m *model) number(place int) string {
	n := m.first + place + 1
	if n > till.MaxTileNumber || m.named[n] {
		return ""
	}
	return strconv.Itoa(n)
}

// numbered tells whether some tile in sight can be taken by a number.
func (m *model) numbered() bool {
	for place := range m.seen() {
		if m.number(place) != "" {
			return true
		}
	}
	return false
}

// at is the place in sight that a typed number names, -1 for none.
func (m *model) at(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || text != strconv.Itoa(n) {
		return -1
	}
	place := n - 1 - m.first
	if place < 0 || place >= len(m.seen()) || m.number(place) == "" {
		return -1
	}
	return place
}

// pages counts the screens of tiles, and says which one is in sight, from 1.
func (m *model) pages() (at, of int) {
	if m.fit == 0 {
		return 1, 1
	}
	return m.first/m.fit + 1, max(1, (len(m.list())+m.fit-1)/m.fit)
}

// turn shows the next tiles, after the last ones the first again.
func (m *model) turn() {
	m.first += m.fit
	if m.first >= len(m.list()) {
		m.first = 0
	}
}
