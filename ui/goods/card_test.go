package goods

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

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
