package main

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"time"

	"kassa/storage/images"
	"kassa/ui/keys"
)

// pictured gives most goods of the shop a picture: a fruit on a plain ground.
func (b *book) pictured() *book {
	keeper := images.New(b.dir)
	var names []string
	for _, c := range []color.NRGBA{{R: 214, G: 60, B: 48, A: 255}, {R: 240, G: 180, B: 40, A: 255}, {R: 70, G: 150, B: 70, A: 255}} {
		path := filepath.Join(b.dir, "photo.png")
		must(os.WriteFile(path, fruit(c), 0o600))
		name, err := keeper.Take(path)
		must(err)
		names = append(names, name)
	}
	for i := range b.demo.Products {
		if i%4 != 3 {
			_, err := b.till.SetImage(b.env.Ctx, b.env.Actor, b.demo.Products[i].ID, names[i%len(names)])
			must(err)
		}
	}
	return b
}

// fruit draws a ball of a colour.
func fruit(c color.NRGBA) []byte {
	const side = 240
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			at := color.NRGBA{R: 250, G: 248, B: 243, A: 255}
			if dx, dy := x-side/2, y-side/2; dx*dx+dy*dy < 95*95 {
				light := uint8(max(0, 50-(dx+dy+100)/4))
				at = color.NRGBA{R: c.R - c.R/8 + light/4, G: c.G - c.G/8 + light/4, B: c.B - c.B/8 + light/4, A: 255}
			}
			img.SetNRGBA(x, y, at)
		}
	}
	var out buffer
	must(png.Encode(&out, img))
	return out
}

// buffer is what was written.
type buffer []byte

func (b *buffer) Write(p []byte) (int, error) { *b = append(*b, p...); return len(p), nil }

// arranging opens the arrangement of the tiles.
func (b *book) arranging() *book { return b.owner().pictured().press(keys.Home, "F4") }

var shelfStories = []story{
	{name: "goods-pictures", shows: "goods", wide: true, play: func(b *book) { b.owner().pictured().menu("goods") }},
	{name: "goods-card-picture", shows: "goods.card", play: func(b *book) { b.owner().pictured().menu("goods").press(keys.Enter) }},
	{name: "goods-picture", shows: "goods.picture", play: func(b *book) { b.owner().pictured().menu("goods").press(keys.Enter, "Ctrl+I") }},
	{name: "goods-picture-none", shows: "goods.picture", play: func(b *book) {
		b.owner().menu("goods").press(keys.Enter, "Ctrl+I").typed("/home/kassa/none.jpg").press(keys.Enter)
	}},
	{name: "categories", shows: "categories", wide: true, play: func(b *book) {
		b.owner().menu("goods").press("F4", keys.Enter, keys.Tab, keys.Down, "Ctrl+S")
	}},
	{name: "categories-card", shows: "categories.card", play: func(b *book) { b.owner().menu("goods").press("F4", keys.Enter) }},
	{name: "categories-merge", shows: "categories.merge", play: func(b *book) { b.owner().menu("goods").press("F4", "F6") }},
	{name: "quick-pictures", shows: "sale", wide: true, play: func(b *book) {
		b.owner().pictured().press("Ctrl+PgDn", "Ctrl+PgDn", "Ctrl+PgUp", "Ctrl+PgUp").scan(0, 5)
	}},
	{name: "quick-category", shows: "sale", wide: true, play: func(b *book) { b.senior().five().press("Ctrl+PgUp", "Ctrl+PgUp") }},
	{name: "quick-folded", shows: "sale", play: func(b *book) { b.senior().five().scan(9, 10) }},
	{name: "quick-number", shows: "sale", play: func(b *book) { b.senior().scan(0).typed("7").wait(time.Second) }},
	{name: "tiles-pictures", shows: "sale.tiles", wide: true, play: func(b *book) { b.owner().pictured().press(keys.Home) }},
	{name: "tiles-arrange", shows: "sale.arrange", wide: true, play: func(b *book) { b.arranging().press(keys.Right, "F8", "F8", keys.Down, keys.Del) }},
	{name: "tiles-arrange-pick", shows: "sale.arrange.pick", play: func(b *book) { b.arranging().typed("ко") }},
}
