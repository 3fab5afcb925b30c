package quick

import (
	"context"
	"image"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// The actions of the strip. Their names are permanent.
const (
	ActMore  keys.ActionID = "sale.tiles.more"
	ActShelf keys.ActionID = "sale.tiles.shelf"
	ActBack  keys.ActionID = "sale.tiles.shelf-back"
)

// DefineKeys names the actions of the strip.
func DefineKeys(r *keys.Router) {
	r.Define(keys.Action{ID: ActMore, Label: "key.sale.tiles.more", Key: keys.PgDn},
		keys.Action{ID: ActShelf, Label: "key.sale.tiles.shelf", Key: "Ctrl+PgDn"},
		keys.Action{ID: ActBack, Label: "key.sale.tiles.shelf-back", Key: "Ctrl+PgUp"})
}

// Measures of the strip at scale 1.
const (
	leastTile  = 132 // a tile is no narrower
	gap        = theme.GapSmall
	mostAcross = 10
	mostRows   = 2
	mostGoods  = till.MaxTileNumber // of a category; the catalogue has them all
	settling   = 400 * time.Millisecond
)

// Strip is the tiles with the categories over them. It belongs to the window's
// goroutine.
type Strip struct {
	// OnLoaded hears that goods came, which may ask for another height.
	OnLoaded func()
	// OnChanged hears that somebody looks at other tiles.
	OnChanged func()

	env    *ui.Env
	take   func(pos.Product)
	latest *task.Latest
	m      model

	often *widgets.Pill // then one for each category
	pills []*widgets.Pill
	more  *widgets.Pill  // to the pills that have no room
	from  int            // the first category whose pill is in sight
	shown pos.CategoryID // the open category whose pill was brought into sight
	hint  *widgets.Text
	next  *widgets.Button
	tiles []*widgets.Tile
	box   *fyne.Container

	size   fyne.Size
	rows   int
	moved  time.Time // when tiles last changed their places under a hand
	marked string    // the number being typed
	drawn  int       // how often the tiles were gone through, watched by a test
}

// New builds the strip; Load fills it. take hears of goods whose tile was
// pressed.
func New(env *ui.Env, take func(pos.Product)) *Strip {
	DefineKeys(env.Kit.Keys)
	s := &Strip{env: env, take: take, latest: task.NewLatest(env.Runner)}
	s.often = widgets.NewPill(func() { s.choose("") })
	s.more = widgets.NewPill(s.onMorePills)
	s.more.Set(widgets.PillFace{Label: "…", Colour: theme.ColorNone})
	s.hint = widgets.NewText(s.t("hint", nil), widgets.SmallMuted)
	s.next = env.Kit.ActionButton("", widgets.Quiet, ActMore)
	s.next.Height = widgets.Normal
	s.box = container.New(&stripLayout{s}, s.often, s.more, s.hint, s.next)
	s.box.Hide()
	return s
}

// Content is what the screen places.
func (s *Strip) Content() fyne.CanvasObject { return s.box }

// Empty tells that there is nothing to show.
func (s *Strip) Empty() bool { return len(s.m.often) == 0 && len(s.m.shelves) == 0 }

// HeightFor is how high the strip is with rows of tiles.
func (s *Strip) HeightFor(rows int) float32 {
	if rows == 0 {
		return 0
	}
	return theme.Px(theme.TouchHeight + float32(rows)*(widgets.TileHeight+gap))
}

// Rows is how many rows of tiles there are to show in a width, at most. Another
// category does not change it: the tiles would move under the hand.
func (s *Strip) Rows(width float32) int {
	switch {
	case s.Empty():
		return 0
	case len(s.m.shelves) < 2 && len(s.m.often) <= s.across(width):
		return 1 // a new shop's first goods
	}
	return mostRows
}

func (s *Strip) across(width float32) int {
	g := theme.Px(gap)
	return min(max(int((width+g)/(theme.Px(leastTile)+g)), 1), mostAcross)
}

// Place puts the strip into its room with so many rows of tiles; 0 puts it away.
func (s *Strip) Place(at fyne.Position, width float32, rows int) {
	see(s.box, rows > 0)
	s.box.Move(at)
	size := fyne.NewSize(width, s.HeightFor(rows))
	if size == s.size && rows == s.rows {
		return
	}
	if s.rows != 0 && rows != s.rows {
		s.moved = s.env.Kit.Timers.Now()
	}
	s.size, s.rows = size, rows
	s.m.room(rows * s.across(width))
	s.show()
	s.box.Resize(size)
}

// Load reads the goods anew, in the background; tiles that stay what they are
// are not drawn again.
func (s *Strip) Load() {
	a, open, shelf, stand := s.env.Actor, s.m.open, s.m.shelf(), s.m.standing()
	task.RunLatest(s.env.Ctx, s.latest, func(ctx context.Context) (loaded, error) {
		q, err := s.env.Till.QuickGoods(ctx, a, stand...)
		l := loaded{quick: q, of: open}
		if err == nil && open != "" {
			l.goods, err = s.env.Till.ProductsOf(ctx, a, shelf, "", "", mostGoods)
		}
		return l, err
	}, func(l loaded, err error) {
		if err != nil {
			return // goods are sold without tiles as well; what is wrong is told where something is done
		}
		s.m.take(l)
		s.show()
		if s.OnLoaded != nil {
			s.OnLoaded()
		}
	})
}

// Stop forgets what is being read.
func (s *Strip) Stop() { s.latest.Cancel() }

func (s *Strip) choose(id pos.CategoryID) {
	s.m.choose(id)
	if id == "" {
		s.from = 0
	}
	s.show()
	if id != "" {
		s.Load()
	}
	s.changed()
}

// Step opens the next category, or the one before.
func (s *Strip) Step(by int) {
	if s.rows > 0 {
		s.choose(s.m.beside(by))
	}
}

// Turn shows the next tiles.
func (s *Strip) Turn() {
	if s.rows > 0 {
		s.m.turn()
		s.show()
		s.changed()
	}
}

// Named is what a typed number takes: nil goods where a category opens instead.
// ok is false for what is no number of a tile in sight.
func (s *Strip) Named(text string) (goods *pos.Product, open func(), ok bool) {
	at := -1
	if s.rows > 0 {
		at = s.m.at(text)
	}
	if at < 0 {
		return nil, nil, false
	}
	it := s.m.seen()[at]
	return it.goods, func() { s.choose(it.leads) }, true
}

// Mark shows which tile a number that is being typed would take.
func (s *Strip) Mark(text string) {
	if s.m.at(text) < 0 {
		text = ""
	}
	if s.marked != text {
		s.marked = text
		s.show()
		s.changed()
	}
}

// onTile takes what stands on a tile. Right after tiles changed their places a
// finger aimed at what stood there before: that is let go.
func (s *Strip) onTile(place int) {
	seen := s.m.seen()
	if place >= len(seen) || s.env.Kit.Timers.Now().Sub(s.moved) < settling {
		s.changed()
		return
	}
	if it := seen[place]; it.goods != nil {
		s.take(*it.goods)
	} else {
		s.choose(it.leads)
	}
}

func (s *Strip) onMorePills() {
	s.from += max(s.pillsSeen(), 1)
	if s.from >= len(s.m.shelves) {
		s.from = 0
	}
	s.box.Layout.Layout(s.box.Objects, s.box.Size())
	s.changed()
}

func (s *Strip) t(id string, args pos.Args) string { return s.env.T("sale.tiles."+id, args) }

// show draws what changed.
func (s *Strip) show() {
	s.drawn++
	had := len(s.box.Objects)
	s.showPills()
	seen := s.m.seen()
	marked := s.m.at(s.marked)
	for len(s.tiles) < len(seen) {
		place := len(s.tiles)
		tile := widgets.NewTile(func() { s.onTile(place) })
		s.tiles = append(s.tiles, tile)
		s.box.Objects = append(s.box.Objects, tile)
	}
	for i, tile := range s.tiles {
		if see(tile, i < len(seen)) {
			tile.Set(s.face(i, seen[i], i == marked))
		}
	}
	at, of := s.m.pages()
	see(s.next, of > 1)
	s.next.SetLabel(s.t("pages", pos.Args{"Page": at, "Pages": of}))
	if len(s.box.Objects) != had {
		s.box.Refresh()
	} else {
		s.box.Layout.Layout(s.box.Objects, s.box.Size())
	}
}

// Facts are what the strip shows, in pairs of name and value.
func (s *Strip) Facts() []string {
	at, _ := s.m.pages()
	n := 0
	if s.rows > 0 {
		n = len(s.m.seen())
	}
	return []string{"tiles", strconv.Itoa(n), "tile-rows", strconv.Itoa(s.rows), "tile-page", strconv.Itoa(at),
		"tile-shelf", s.m.shelf(), "tile-marked", s.marked}
}

// RowsShown is how many rows of tiles are in sight.
func (s *Strip) RowsShown() int { return s.rows }

// Drawn counts how often the tiles were gone through.
func (s *Strip) Drawn() int { return s.drawn }

func (s *Strip) changed() {
	if s.OnChanged != nil {
		s.OnChanged()
	}
}

// face is what a tile shows.
func (s *Strip) face(place int, it item, marked bool) widgets.TileFace {
	f := widgets.TileFace{Name: it.name, Number: s.m.number(place), Colour: theme.TileColour(it.colour), Selected: marked}
	if it.goods != nil {
		f.Figure, f.Picture = s.figure(it.goods), s.picture(it.goods.Image)
	}
	return f
}

// figure is the price, of goods that are weighed with its unit, held together.
func (s *Strip) figure(p *pos.Product) string {
	switch {
	case p.Flags.AskPrice:
		return s.env.T("sale.price-asked", nil)
	case p.Flags.Weighed && p.Unit != "":
		return s.env.Words.Money().Bare(p.Price) + "\u00a0/\u00a0" + p.Unit
	}
	return s.env.Words.Money().Bare(p.Price)
}

func (s *Strip) picture(name string) image.Image { return s.env.Pictures.Small(name, s.show) }
