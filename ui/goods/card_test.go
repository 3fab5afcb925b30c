package goods

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/uitest"
)

func TestCard_WhatTheShopKnowsOfGoods(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru").open()
	d.press("Enter")
	sku := d.Facts["goods.card"]["sku"]
	was := d.product(sku)
	// name, SKU, unit, price, VAT, category, known ones, stock, least, cost, supplier's number
	d.press("Tab", "Tab", "Tab", "Tab", "Tab", "Ctrl+A")
	d.typed("Новая полка")
	d.press("Tab", "Tab", "Tab")
	d.typed("12,5")
	d.press("Tab")
	d.typed("40,10")
	d.press("Tab")
	d.typed("ЗВД-7")
	d.press("Ctrl+S")
	require.Equal(t, "goods", d.Last(), uitest.Texts(d.Window))
	now := d.product(sku)
	assert.Equal(t, "Новая полка", now.Category)
	assert.EqualValues(t, 12_500, now.MinStock)
	assert.EqualValues(t, 4010, now.Cost)
	assert.Equal(t, "ЗВД-7", now.Article)
	assert.Equal(t, was.Price, now.Price)
	d.press("Enter", "Ctrl+H")
	require.Equal(t, "1", d.Facts["goods.prices"]["rows"])
	assert.True(t, uitest.HasText(d.Window, "40,10"))
	d.press("Esc", "Ctrl+M")
	require.Equal(t, "stock.moves", d.Last())
}

func TestCard_ANewProductFromABarcodeNobodyKnew(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru").open()
	uitest.Scan(d.Window, "4609999999999")
	require.Equal(t, "0", d.Facts["goods"]["rows"])
	d.press("F3")
	d.typed("Мёд")
	d.press("Ctrl+S")
	require.Equal(t, "goods.card", d.Last(), "a price is missing")
	require.True(t, uitest.HasText(d.Window, "У товара нет цены"), uitest.Texts(d.Window))
	d.typed("350") // the cursor stands in the field of the price
	d.press("Ctrl+S")
	require.Equal(t, "goods", d.Last(), uitest.Texts(d.Window))
	sku := d.Facts["goods"]["selected"]
	require.NotEmpty(t, sku, "a number of the till's own")
	p := d.product(sku)
	assert.Equal(t, "Мёд", p.Name)
	assert.Equal(t, []string{"4609999999999"}, p.Barcodes)
	assert.EqualValues(t, 35_000, p.Price)
}

func TestDraft_BeginsWithWhatWasSought(t *testing.T) {
	for sought, want := range map[string]draft{
		"4609999999999": {barcodes: "4609999999999"},
		"Мёд липовый":   {name: "Мёд липовый"},
		"7":             {name: "7"},
		"7 злаков 5000": {name: "7 злаков 5000"},
		"":              {},
	} {
		var d draft
		d.begin(sought)
		assert.Equal(t, want, d, sought)
	}
}

func TestCard_RefusesAScaleCodeThatIsTaken(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru")
	p := d.Demo.Products[0]
	p.ScaleCode = "42"
	_, err := d.Till.PutProduct(t.Context(), d.Env.Actor, p)
	require.NoError(t, err)
	c := newDraft(d.Env, &d.Demo.Products[1])
	c.scale = "00042"
	q, _, err := c.read()
	require.NoError(t, err)
	_, err = d.Till.PutProduct(t.Context(), d.Env.Actor, q)
	require.Error(t, err)
	assert.Equal(t, fieldScale, fieldOf(err))
}

func TestCard_KilogramsAreSoldByWeightUnlessSomebodySaysOtherwise(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru").open()
	uitest.Scan(d.Window, "4609999999998")
	d.press("F3")
	d.typed("Морковь")
	d.press("Tab", "Tab", "Ctrl+A")
	d.typed("кг")
	require.True(t, uitest.HasText(d.Window, "касса отметила"), "never in silence: %q", uitest.Texts(d.Window))
	d.press("Tab")
	d.typed("60")
	d.press("Ctrl+S")
	require.Equal(t, "goods", d.Last(), uitest.Texts(d.Window))
	p := d.product(d.Facts["goods"]["selected"])
	assert.True(t, p.Flags.Weighed)

	p.Flags.Weighed = false
	stored, err := d.Till.PutProduct(t.Context(), d.Env.Actor, *p)
	require.NoError(t, err)
	openCard(d.Env, stored, func() {})
	d.press("Ctrl+S")
	require.Equal(t, "weighed", d.Facts["goods.card"]["error"], "asked once")
	require.True(t, uitest.HasText(d.Window, "не отмечено"))
	d.press("Ctrl+S")
	assert.False(t, d.product(p.SKU).Flags.Weighed, "saving again is the answer")
	require.False(t, uitest.HasText(d.Window, "не отмечено"), "the card is gone")
}

// A code that was not found at the counter becomes goods, the tick for goods by weight
// has a key, and whoever asked hears what was stored.
func TestAdd_MakesGoodsOfACodeNobodyKnew(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru")
	var stored []pos.Product
	closed := 0
	Add(d.Env, "4609999999998", func(p pos.Product) { stored = append(stored, p) }, func() { closed++ })
	d.typed("Морковь")
	d.press("Tab", "Tab", "Tab")
	d.typed("60")
	require.True(t, uitest.HasText(d.Window, "Ctrl+W"), uitest.Texts(d.Window))
	d.press("Ctrl+W", "Ctrl+W", "Ctrl+W", "Ctrl+S")
	require.Len(t, stored, 1, uitest.Texts(d.Window))
	assert.Equal(t, []string{"4609999999998"}, stored[0].Barcodes)
	assert.True(t, stored[0].Flags.Weighed)
	assert.Equal(t, 1, closed)
}
