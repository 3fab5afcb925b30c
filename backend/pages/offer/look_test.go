package offer_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend/pages/chromium"
	pay "kassa/pos/manual"
)

// TestLook_InABrowser pays as a customer does on a telephone, without a script, and
// looks at each page at both widths, by day and by night.
func TestLook_InABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	h := onFile(t)
	h.put(func(o *pay.Offer) { o.Text = "Курс кройки и шитья, весенний поток" })
	b := chromium.Start(t)
	at := h.server.URL
	b.Screen(390, 844, false)
	b.Open(at + root)
	everyLook(t, b, "offer")
	b.Send(".actions a.main")
	everyLook(t, b, "pay")
	b.Type("#comment", "с карты 4111 1111 1111 1111")
	b.Send("button.main")
	require.Contains(t, b.Text("[role=alert]"), "номер банковской карты")
	everyLook(t, b, "pay-card")
	b.Type("#comment", "цифры 4411")
	h.put(func(o *pay.Offer) { o.Price = 1800_00 })
	b.Send("button.main")
	require.Contains(t, b.Text("[role=alert]"), "цена изменилась")
	everyLook(t, b, "pay-price")
	b.Send("button.main")
	require.Contains(t, b.Text("h1"), "Оплата обрабатывается")
	everyLook(t, b, "paid")
	all := h.orders()
	require.Len(t, all, 1)
	require.Equal(t, "цифры 4411", all[0].Requested.Comment)
	_, err := h.Decide(t.Context(), owner, "d1", all[0].ID, pay.Ruling{Decision: pay.Approve, Version: 1, Where: pay.AtOrders})
	require.NoError(t, err)
	b.Send(".actions a.main")
	require.Contains(t, b.Text("h1"), "Оплата подтверждена")
	everyLook(t, b, "paid-approved")

	b.Open(at + toPay)
	b.Send("button.main")
	b.Open(at + toPay)
	everyLook(t, b, "pay-again")
	b.Send(".note a")
	require.Contains(t, b.Text("h1"), "Оплата обрабатывается")
	h.clock.Move(31 * 24 * time.Hour)
	b.Send(".actions a.main")
	require.Contains(t, b.Text(".state"), "Отклонено")
	everyLook(t, b, "paid-late")
	h.twoWays()
	b.Open(at + toPay)
	everyLook(t, b, "pay-ways")
	b.Press(`input[value=m2]`)
	everyLook(t, b, "pay-way")
	for _, lang := range []string{"en", "be", "uk", "kk"} {
		b.Open(at + toPay + "?lang=" + lang)
		everyLook(t, b, "pay-"+lang)
	}
	b.Open(at + root + "?lang=ru")
	everyLook(t, b, "offer-ways")
	h.put(func(o *pay.Offer) { o.Archived = true })
	b.Open(at + root)
	everyLook(t, b, "gone")
}

// everyLook looks at a page at both widths, light and dark: nothing sticks out.
func everyLook(t *testing.T, b *chromium.Browser, name string) {
	t.Helper()
	for _, width := range []int{1280, 390} {
		for _, dark := range []bool{true, false} {
			b.Screen(width, 844, dark)
			assert.LessOrEqual(t, b.Width(), width, "%s sticks out at %d", name, width)
			b.Picture(fmt.Sprintf("offer-%s-%d-%s", name, width, map[bool]string{true: "dark", false: "light"}[dark]))
		}
	}
}
