package pos

import "strings"

// CategoryColours is how many colours there are to choose from; 0 is none.
const CategoryColours = 8

// Category is a named shelf of the catalogue. Goods refer to it by its name,
// which is how lists and people know it; renaming it renames it on its goods.
type Category struct {
	ID       CategoryID
	Name     string     // unique whatever the case
	Parent   CategoryID // "" for the top
	Colour   int        // 1…CategoryColours, 0 for none
	Place    int        // order among the others
	Archived bool       // no longer offered; its goods keep the name
}

// Check tells the first thing wrong with a category as CodeInvalid.
func (c *Category) Check() error {
	switch {
	case strings.TrimSpace(c.Name) == "":
		return E(CodeInvalid, "category.name-empty", nil)
	case len([]rune(c.Name)) > MaxNameRunes:
		return E(CodeInvalid, "category.name-long", Args{"Max": MaxNameRunes})
	case HasControl(c.Name):
		return E(CodeInvalid, "text.control", nil)
	case c.Colour < 0 || c.Colour > CategoryColours:
		return E(CodeInvalid, "category.colour", Args{"Max": CategoryColours})
	case c.Parent != "" && c.Parent == c.ID:
		return E(CodeInvalid, "category.own-parent", nil)
	}
	return nil
}

// Tile is one place of the quick goods on the sale screen: a product, or a
// category that leads in.
type Tile struct {
	Page, Place int // both from 0
	Product     ProductID
	Category    CategoryID
	Colour      int // 0: that of the category
}

// Bounds of the board of tiles.
const (
	MaxTilePages = 9
	TilesOfPage  = 20
)

// Check tells what is wrong with a tile as CodeInvalid.
func (t *Tile) Check() error {
	if t.Page < 0 || t.Page >= MaxTilePages || t.Place < 0 || t.Place >= TilesOfPage ||
		t.Colour < 0 || t.Colour > CategoryColours || (t.Product == "") == (t.Category == "") {
		return E(CodeInvalid, "tile.place", Args{"Pages": MaxTilePages, "Places": TilesOfPage})
	}
	return nil
}
