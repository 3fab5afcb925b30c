package sale

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/sale/places"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// arrange is the dialog in which the tiles of quick goods are moved about.
type arrange struct {
	s      *Screen
	m      *places.Arrangement
	saved  func()
	field  *widgets.Entry
	banner *widgets.Banner
	where  *widgets.Text
	tiles  []*widgets.Tile
	save   *widgets.Button
	dialog *widgets.Dialog
}

// onArrange lets whoever looks after the goods move the tiles.
func (b *board) onArrange() {
	a := b.s.env.Actor
	approval.Run(b.s.env,
		func(ctx context.Context) (*till.Board, error) {
			if err := b.s.env.Till.Demand(ctx, a, pos.RightProducts); err != nil {
				return nil, err
			}
			return b.s.env.Till.Board(ctx, a)
		},
		func(all *till.Board, err error) {
			if err != nil {
				b.show(err)
				return
			}
			openArrange(b.s, all, func() {
				b.into, b.in, b.page, b.at = "", nil, 0, 0
				b.load()
			})
		})
}

func openArrange(s *Screen, all *till.Board, saved func()) {
	v := &arrange{s: s, m: places.New(all), saved: saved, banner: widgets.NewBanner("", widgets.Bad), where: widgets.NewText("", widgets.Muted)}
	k := s.env.Kit
	v.field = k.Entry(widgets.SearchEntry, s.t("arrange.field", nil))
	v.field.MaxLength = 160
	v.field.OnChanged = func(text string) {
		if strings.Trim(text, " 0123456789") != "" { // digits may be the beginning of a scan
			v.field.Clear()
			v.onPut(text)
		}
	}
	v.field.OnScan = func(_, code string) { v.field.Clear(); v.onPut(code) }
	rows := make([]fyne.CanvasObject, 0, pos.TilesOfPage/places.Across)
	for i := range pos.TilesOfPage {
		v.tiles = append(v.tiles, widgets.NewTile(func() { v.onTap(i) }))
	}
	for i := 0; i < pos.TilesOfPage; i += places.Across {
		row := make([]fyne.CanvasObject, places.Across)
		for j := range row {
			row[j] = v.tiles[i+j]
		}
		rows = append(rows, widgets.Grow(widgets.Equal(theme.GapSmall, row...)))
	}
	v.save = k.ActionButton(s.t("arrange.save", nil), widgets.Primary, actSaveTiles)
	v.dialog = k.Dialog(widgets.DialogSpec{Name: "sale.arrange", Title: s.t("arrange.title", nil), Width: widgets.Wide, Height: 700, Fills: true, OnEsc: v.onLeave,
		Body: widgets.VBox(theme.GapSmall, v.field, v.banner,
			widgets.HBox(theme.GapInside, v.where, widgets.Grow(widgets.NewText(s.t("arrange.hint", nil), widgets.SmallMuted.Right()).Ellipsis())),
			widgets.Grow(widgets.VBox(theme.GapSmall, rows...))),
		Footer: widgets.Footer(theme.GapSmall, k.KeyButton(s.env.T("word.cancel", nil), widgets.Secondary, keys.Esc, v.onLeave),
			k.KeyButton(s.t("arrange.remove", nil), widgets.Secondary, keys.Del, v.onRemove),
			k.ActionButton(s.t("arrange.colour", nil), widgets.Secondary, actTileColour),
			k.KeyButton(s.t("tiles.next", nil), widgets.Secondary, keys.PgDn, func() { v.change(func() { v.m.Turn(1) }) }),
			k.ActionButton(s.t("arrange.usual", nil), widgets.Secondary, actUsualTiles),
			k.KeyButton(s.t("arrange.put", nil), widgets.Secondary, keys.Enter, func() { v.onPut("") }), v.save)})
	v.dialog.Show(v.field.Focusable(), v.bind)
	v.show()
}

func (v *arrange) bind(sc *keys.Scope) {
	sc.Home = v.field.Focusable()
	sc.Empty = func() bool { return v.field.Text() == "" }
	for key, by := range map[keys.Key]int{keys.Left: -1, keys.Right: 1, keys.Up: -places.Across, keys.Down: places.Across} {
		sc.BindKey(key, func() { v.change(func() { v.m.Step(by) }) }, keys.WhenEmpty(), keys.Repeating())
		sc.BindKey("Ctrl+"+key, func() { v.change(func() { v.m.Carry(by) }) }, keys.Repeating())
	}
	for key, by := range map[keys.Key]int{keys.PgDn: 1, keys.PgUp: -1} {
		sc.BindKey(key, func() { v.change(func() { v.m.Turn(by) }) })
		sc.BindKey("Ctrl+"+key, func() { v.onSend(by) })
	}
	sc.BindKey(keys.Del, v.onRemove, keys.WhenEmpty())
	sc.BindKey(keys.Enter, func() {
		text := v.field.Text()
		v.field.Clear()
		v.onPut(text)
	})
	sc.Bind(actTileColour, func() { v.change(v.m.Colour) })
	sc.Bind(actUsualTiles, func() { v.store(nil, "arrange.usual-again") })
	sc.Bind(actSaveTiles, v.onSave)
}

// change does something to the arrangement and shows it.
func (v *arrange) change(do func()) {
	v.banner.Set("", widgets.Bad)
	do()
	v.show()
}

func (v *arrange) show() {
	m := v.m
	for i, tile := range v.tiles {
		tile.Name, tile.Figure, tile.Colour, tile.Picture = "", "", theme.ColorNone, nil
		tile.Number = strconv.Itoa(i + 1)
		if t, ok := m.Tiles[places.Spot{Page: m.At.Page, Place: i}]; ok {
			tile.Colour = theme.TileColour(t.Colour)
			v.s.fillTile(tile, &t)
		}
		tile.Selected = i == m.At.Place
		tile.Refresh()
	}
	v.where.Set(v.s.t("tiles.page", pos.Args{"Page": m.At.Page + 1, "Pages": m.Pages()}), widgets.Muted)
	v.dialog.Refresh()
	v.tell("")
}

func (v *arrange) tell(problem string) {
	m := v.m
	name := ""
	if t, ok := m.Tiles[m.At]; ok && t.Goods != nil {
		name = t.Goods.Name
	} else if ok {
		name = t.Leads.Name
	}
	v.s.env.Shown("sale.arrange", "tiles", strconv.Itoa(len(m.Tiles)), "page", strconv.Itoa(m.At.Page+1), "at", strconv.Itoa(m.At.Place+1),
		"name", name, "colour", strconv.Itoa(m.Tiles[m.At].Tile.Colour), "error", problem)
}

// onTap chooses a place; a tap on the chosen one puts something there.
func (v *arrange) onTap(i int) {
	if v.m.At.Place == i {
		v.onPut("")
		return
	}
	v.change(func() { v.m.At.Place = i })
}

func (v *arrange) onRemove() { v.change(func() { v.m.Set(v.m.At, till.TileView{}) }) }

func (v *arrange) onSend(by int) {
	v.change(func() {
		if full := v.m.Send(by); full > 0 {
			v.banner.Set(v.s.t("arrange.full", pos.Args{"Page": full}), widgets.Warn)
		}
	})
}

func (v *arrange) onPut(text string) {
	pickTile(v.s, text, func(goods *pos.Product, leads *till.CategoryView) {
		v.change(func() { v.m.Put(goods, leads) })
	})
}

// onLeave closes the arrangement; unsaved changes are asked about first.
func (v *arrange) onLeave() {
	if !v.m.Dirty {
		v.dialog.Close()
		return
	}
	v.s.env.Leave("sale.arrange", v.onSave, v.dialog.Close)
}

func (v *arrange) onSave() { v.store(v.m.Stored(), "arrange.saved") }

// store keeps the tiles; none at all are the most sold again.
func (v *arrange) store(all []pos.Tile, say string) {
	if v.save.Disabled() {
		return
	}
	v.save.Disable()
	a := v.s.env.Actor
	approval.Run(v.s.env,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, v.s.env.Till.ArrangeTiles(ctx, a, all) },
		func(_ struct{}, err error) {
			v.save.Enable()
			if err != nil {
				v.banner.Set(v.s.env.Words.Error(err), widgets.Bad)
				v.dialog.Refresh()
				v.tell(errorID(err))
				return
			}
			v.dialog.Close()
			v.s.env.Kit.Toast(v.s.t(say, nil), widgets.Good)
			v.saved()
		})
}
