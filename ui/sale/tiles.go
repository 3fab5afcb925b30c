package sale

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/sale/places"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// halfBelow is the height of the window, at scale 1, below which the board shows half a
// page at a time.
const halfBelow = 640

// board is the dialog of quick goods: pages of tiles, each a product or a
// category that leads in. Typing a tile's number and Enter takes it; any other
// text goes to the list of all goods.
type board struct {
	s      *Screen
	latest *task.Latest
	field  *widgets.Entry
	banner *widgets.Banner
	where  *widgets.Text
	tiles  []*widgets.Tile
	dialog *widgets.Dialog

	all  *till.Board   // as arranged
	into string        // the category that is open, "" for the board itself
	in   []pos.Product // its goods, as far as they were read
	page int           // of those in sight, half a page of the board in a low window
	at   int           // the chosen place of it
}

// openBoard shows the quick goods.
func (s *Screen) openBoard() {
	b := &board{s: s, latest: task.NewLatest(s.env.Runner), banner: widgets.NewBanner("", widgets.Bad), where: widgets.NewText("", widgets.Muted)}
	k := s.env.Kit
	b.field = k.Entry(widgets.SearchEntry, s.t("tiles.field", nil))
	b.field.MaxLength = 160
	b.field.OnChanged = b.onTyped
	b.field.OnScan = func(_, code string) { b.take(entry{text: code}) }
	shown, take := pos.TilesOfPage, s.t("catalogue.do", nil)
	if k.Window.Canvas().Size().Height < theme.Px(halfBelow) {
		shown, take = shown/2, s.t("tiles.take", nil)
	}
	rows := make([]fyne.CanvasObject, 0, shown/places.Across)
	for i := range shown {
		b.tiles = append(b.tiles, widgets.NewTile(func() { b.at = i; b.onEnter() }))
	}
	for i := 0; i < shown; i += places.Across {
		row := make([]fyne.CanvasObject, places.Across)
		for j := range row {
			row[j] = b.tiles[i+j]
		}
		rows = append(rows, widgets.Grow(widgets.Equal(theme.GapSmall, row...)))
	}
	back := k.KeyButton(s.env.T("word.close", nil), widgets.Secondary, keys.Esc, b.onBack)
	arrange := k.ActionButton(s.t("tiles.arrange", nil), widgets.Secondary, actArrange)
	list := k.KeyButton(s.t("tiles.list", nil), widgets.Secondary, keys.Home, func() { b.toList("") })
	next := k.KeyButton(s.t("tiles.next", nil), widgets.Secondary, keys.PgDn, func() { b.turn(1) })
	blue := k.KeyButton(take, widgets.Primary, keys.Enter, b.onEnter)
	b.dialog = k.Dialog(widgets.DialogSpec{Name: "sale.tiles", Title: s.t("tiles.title", nil), Width: widgets.Wide, Height: 680, Fills: true, OnEsc: b.onBack,
		Body: widgets.VBox(theme.GapSmall, b.field, b.banner, b.where,
			widgets.Grow(widgets.VBox(theme.GapSmall, rows...))),
		Footer: widgets.Footer(theme.GapSmall, back, arrange, next, list, blue)})
	b.dialog.OnClosed = func() { b.latest.Cancel(); s.report() }
	b.dialog.Show(b.field.Focusable(), b.bind)
	b.load()
}

func (b *board) bind(sc *keys.Scope) {
	sc.Home = b.field.Focusable()
	sc.Empty = func() bool { return b.field.Text() == "" }
	for key, by := range map[keys.Key]int{keys.Left: -1, keys.Right: 1, keys.Up: -places.Across, keys.Down: places.Across} {
		sc.BindKey(key, func() { b.step(by) }, keys.WhenEmpty(), keys.Repeating())
	}
	sc.BindKey(keys.PgDn, func() { b.turn(1) })
	sc.BindKey(keys.PgUp, func() { b.turn(-1) })
	sc.BindKey(keys.Home, func() { b.toList("") }, keys.WhenEmpty())
	sc.BindKey(keys.Enter, b.onEnter)
	sc.Bind(actArrange, b.onArrange)
}

func (b *board) load() {
	a := b.s.env.Actor
	task.RunLatest(b.s.env.Ctx, b.latest,
		func(ctx context.Context) (*till.Board, error) { return b.s.env.Till.Board(ctx, a, b.s.places...) },
		func(all *till.Board, err error) {
			if err == nil {
				b.all = all
				b.s.keepPlaces(all)
			}
			b.show(err)
		})
}

// keepPlaces remembers where goods stand that nobody arranged: a finger has learnt it,
// and what sells more often since does not push them aside.
func (s *Screen) keepPlaces(b *till.Board) {
	s.places = nil
	for i := range b.Tiles {
		if p := b.Tiles[i].Goods; p != nil && !b.Arranged {
			s.places = append(s.places, p.ID)
		}
	}
}

// place is the number of a place of the page in sight among all of the board.
func (b *board) place(i int) int { return b.page*len(b.tiles) + i }

// slot is what stands on one place of the page in sight; nil for nothing.
func (b *board) slot(i int) *till.TileView {
	if b.into != "" {
		if n := b.place(i); n < len(b.in) {
			return &till.TileView{Goods: &b.in[n]}
		}
		return nil
	}
	if b.all == nil {
		return nil
	}
	for j := range b.all.Tiles {
		if t := &b.all.Tiles[j]; t.Page*pos.TilesOfPage+t.Place == b.place(i) {
			return t
		}
	}
	return nil
}

func (b *board) show(err error) {
	b.banner.Set(b.s.env.Words.Error(err), widgets.Bad)
	filled := 0
	for i, tile := range b.tiles {
		t := b.slot(i)
		tile.Name, tile.Figure, tile.Number, tile.Colour, tile.Picture = "", "", "", theme.ColorNone, nil
		if t != nil {
			filled++
			tile.Number, tile.Colour = strconv.Itoa(b.place(i)%pos.TilesOfPage+1), theme.TileColour(t.Colour)
			b.s.fillTile(tile, t)
		}
		tile.Selected = i == b.at
		tile.Refresh()
	}
	b.where.Set(b.told(), widgets.Muted)
	b.dialog.Refresh()
	b.s.env.Shown("sale.tiles", "tiles", strconv.Itoa(filled), "page", strconv.Itoa(b.page+1), "at", strconv.Itoa(b.at+1),
		"into", b.into, "error", errorID(err))
}

// fillTile shows what stands on a tile.
func (s *Screen) fillTile(tile *widgets.Tile, t *till.TileView) {
	if t.Goods != nil {
		image := t.Goods.Image
		tile.Picture = s.env.Pictures.Small(image, func() { s.showTilePicture(tile, t.Goods.Name, image) })
	}
	switch {
	case t.Leads != nil:
		tile.Name, tile.Figure = t.Leads.Name, s.t("tiles.goods", pos.Args{"Count": t.Shelf})
	case t.Goods.Flags.AskPrice:
		tile.Name = t.Goods.Name
	default:
		tile.Name, tile.Figure = t.Goods.Name, short(s.env.Words.Money(), t.Goods.Price)
	}
}

// showTilePicture puts a picture that has just come on its tile, unless the tile
// shows something else by now.
func (s *Screen) showTilePicture(tile *widgets.Tile, name, image string) {
	if tile.Name == name {
		tile.Picture = s.env.Pictures.Small(image, func() {})
		tile.Refresh()
	}
}

// told names the category that is open, and the page.
func (b *board) told() string {
	text := b.s.t("tiles.page", pos.Args{"Page": b.page + 1, "Pages": b.pages()})
	if b.into != "" {
		text = b.into + ". " + text
	}
	return text
}

func (b *board) pages() int {
	if b.into != "" {
		return max(1, (len(b.in)+len(b.tiles)-1)/len(b.tiles))
	}
	if b.all == nil {
		return 1
	}
	last := 0
	for i := range b.all.Tiles {
		last = max(last, b.all.Tiles[i].Page*pos.TilesOfPage+b.all.Tiles[i].Place)
	}
	return last/len(b.tiles) + 1
}

func (b *board) step(by int) {
	if to := b.at + by; to >= 0 && to < len(b.tiles) {
		b.at = to
		b.show(nil)
	}
}

func (b *board) turn(by int) {
	b.page = (b.page + by + b.pages()) % b.pages()
	b.at = 0
	b.show(nil)
}

// onTyped goes on to the list of all goods, but for what may be the number of a
// tile.
func (b *board) onTyped(text string) {
	if text = strings.TrimSpace(text); text == "" || b.number(text) >= 0 {
		return
	}
	if strings.Trim(text, "0123456789") == "" {
		return // a code typed by hand: Enter rings it up
	}
	b.toList(text)
}

// number is the place a typed number names among all of the board, -1 for none.
func (b *board) number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || len(text) > 2 || n < 1 || n > pos.TilesOfPage {
		return -1
	}
	return b.place(0)/pos.TilesOfPage*pos.TilesOfPage + n - 1
}

func (b *board) onEnter() {
	if text := strings.TrimSpace(b.field.Text()); text != "" {
		n := b.number(text)
		if n < 0 {
			b.take(entry{text: text})
			return
		}
		b.field.Clear()
		b.page, b.at = n/len(b.tiles), n%len(b.tiles)
	}
	t := b.slot(b.at)
	switch {
	case t == nil:
		b.show(nil)
	case t.Leads != nil:
		b.enter(t.Leads.Name)
	default:
		b.take(entry{product: t.Goods.ID})
	}
}

// enter opens a category.
func (b *board) enter(name string) {
	a := b.s.env.Actor
	task.RunLatest(b.s.env.Ctx, b.latest,
		func(ctx context.Context) ([]pos.Product, error) {
			return b.s.env.Till.ProductsOf(ctx, a, name, "", "", pos.MaxTilePages*pos.TilesOfPage)
		},
		func(goods []pos.Product, err error) {
			if err == nil {
				b.into, b.in, b.page, b.at = name, goods, 0, 0
			}
			b.show(err)
		})
}

// onBack leaves a category, then the board.
func (b *board) onBack() {
	if b.into == "" {
		b.dialog.Close()
		return
	}
	b.into, b.in, b.page, b.at = "", nil, 0, 0
	b.show(nil)
}

func (b *board) toList(text string) {
	b.dialog.Close()
	b.s.openCatalogue(text)
}

// take closes the board and rings up.
func (b *board) take(e entry) {
	b.dialog.Close()
	b.s.ring(e)
}
