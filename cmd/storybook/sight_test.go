package main

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/ui/theme"
	"kassa/ui/uitest"
)

// pad are the keys of a number pad.
var pad = []string{"7", "8", "9", "4", "5", "6", "1", "2", "3", "0"}

// inSight are words of a story that have to be seen whole without scrolling, from a
// scale of the letters on.
var inSight = []struct {
	story  string
	size   fyne.Size
	scales []float32
	words  []string
}{
	{"payment", uitest.Usual, large, append([]string{",", "Наличные", "Карта", "Перевод", "Баллы", "В долг", "Сертификат", "1\u2009300"}, pad...)},
	{"payment-mixed", uitest.Usual, large, append([]string{",", "Наличные", "Карта", "Перевод", "Баллы", "В долг", "Сертификат", "800", "1\u2009000"}, pad...)},
	{"payment-short", uitest.Usual, large, []string{"800", "1\u2009000", "Сертификат", "Картой без сдачи"}},
	{"payment-short", uitest.Small, []float32{1}, []string{"Ручная оплата", "Убрать оплату"}},
	{"figures", uitest.Usual, large, []string{"Выручка", "День", "вс 01.11.2026"}},
	{"approval", uitest.Usual, large, append([]string{"Почему", "PIN-код того, кто разрешает", "Решение руководителя", "Разрешить один раз"}, pad...)},
	{"labels", uitest.Usual, large, []string{"Добавить", "Больше", "Размер", "58 × 40 мм", "Кофе молотый «Утро», 250 г", "389,00\u2009₽"}},
	{"labels-printer", uitest.Usual, large, []string{"Молоко 2,5 % «Луговое», 1 л", "Хлеб пшеничный нарезной, 400 г", "Размер", "Напечатать"}},
	{"tiles", uitest.Usual, large, []string{"1", "5", "6", "10", "Закрыть"}},
	{"returns-pick", uitest.Usual, []float32{1.25}, []string{"Вернуть 226,30\u2009₽"}},
	{"keys", uitest.Usual, []float32{1}, []string{"Очистить поле ввода", "Заблокировать кассу", "Понятно"}},
	{"orders", uitest.Usual, []float32{theme.MaxScale}, []string{"Оплаты", "Все покупатели", "Все 9", "Доставка по городу", "Курс кройки и шитья, 8 занятий", "подтвердить"}},
	{"people-caps", uitest.Wide, []float32{1}, []string{"Подтверждать и отклонять ручные оплаты", "Возвращать деньги по ручным оплатам"}},
	{"rescue-keys", uitest.Usual, large, []string{"Ввести код восстановления владельца", "Выйти из программы"}},
}

var large = []float32{1.4, theme.MaxScale}

// TestStories_InSight looks, with large letters, for what nobody may have to scroll to.
func TestStories_InSight(t *testing.T) {
	shelf := lent(t)
	for _, one := range inSight {
		for _, scale := range one.scales {
			o := options{scale: scale}
			t.Run(one.story+o.named(one.size), func(t *testing.T) {
				s := stories[slices.IndexFunc(stories, func(s story) bool { return s.name == one.story })]
				b, err := shelf.open(s, one.size, "ru")
				require.NoError(t, err)
				defer b.Close()
				b.SetTheme(theme.New(theme.Light, scale))
				require.NoError(t, b.tell())
				seen := seenWhole(b)
				for _, text := range one.words {
					assert.True(t, seen[text], "%q", text)
				}
			})
		}
	}
}

// seenWhole are the texts of which nothing is scrolled away.
func seenWhole(b *book) map[string]bool {
	seen := map[string]bool{}
	for _, spot := range uitest.Spots(b.Window) {
		low := spot.Position.Y + spot.Size.Height
		seen[spot.Text] = seen[spot.Text] || low <= spot.Clip.Max.Y+1 && spot.Position.Y >= spot.Clip.Min.Y-1
	}
	return seen
}

// TestStories_WhatAKeyIsCalledIsWhatItOpens compares the words on the key bar with the
// title of the window the key opens.
func TestStories_WhatAKeyIsCalledIsWhatItOpens(t *testing.T) {
	shelf := lent(t)
	for _, lang := range []string{"ru", "en", "be", "uk", "kk"} {
		s := stories[slices.IndexFunc(stories, func(s story) bool { return s.name == "tiles" })]
		b, err := shelf.open(s, uitest.Usual, lang)
		require.NoError(t, err)
		require.NoError(t, b.tell())
		title, _, open := b.Kit.KeysShown()
		require.True(t, open)
		assert.Equal(t, b.env.T("sale.bar.catalogue", nil), title, lang)
		assert.Equal(t, title, b.env.T("key.sale.catalogue", nil), lang)
		assert.Equal(t, b.env.T("sale.tiles.list", nil), b.env.T("sale.catalogue.title", nil), lang)
		b.Close()
	}
}

// TestStories_NoButtonOfPaymentLiesOverAnother looks for the last tender and the button
// under it, which have the least room where a part is paid.
func TestStories_NoButtonOfPaymentLiesOverAnother(t *testing.T) {
	s := stories[slices.IndexFunc(stories, func(s story) bool { return s.name == "payment-short" })]
	b, err := lent(t).open(s, uitest.Small, "ru")
	require.NoError(t, err)
	defer b.Close()
	require.NoError(t, b.tell())
	at := map[string]float32{}
	for _, spot := range uitest.Spots(b.Window) {
		at[spot.Text] = spot.Position.Y
	}
	assert.GreaterOrEqual(t, at["Убрать оплату"]-at["Ручная оплата"], float32(theme.TouchHeight), "%v", at)
}
