package offer_test

import (
	"testing"
	"time"

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
	b.Looks("offer-offer")
	b.Send(".actions a.main")
	b.Looks("offer-pay")
	b.Type("#comment", "с карты 4111 1111 1111 1111")
	b.Send("button.main")
	require.Contains(t, b.Text("[role=alert]"), "номер банковской карты")
	b.Looks("offer-pay-card")
	b.Type("#comment", "цифры 4411")
	h.put(func(o *pay.Offer) { o.Price = 1800_00 })
	b.Send("button.main")
	require.Contains(t, b.Text("[role=alert]"), "цена изменилась")
	b.Looks("offer-pay-price")
	b.Send("button.main")
	require.Contains(t, b.Text("h1"), "Оплата обрабатывается")
	b.Looks("offer-paid")
	all := h.orders()
	require.Len(t, all, 1)
	require.Equal(t, "цифры 4411", all[0].Requested.Comment)
	_, err := h.Decide(t.Context(), owner, "d1", all[0].ID, pay.Ruling{Decision: pay.Approve, Version: 1, Where: pay.AtOrders})
	require.NoError(t, err)
	b.Send(".actions a.main")
	require.Contains(t, b.Text("h1"), "Оплата подтверждена")
	b.Looks("offer-paid-approved")

	b.Open(at + toPay)
	b.Send("button.main")
	b.Open(at + toPay)
	b.Looks("offer-pay-again")
	b.Send(".note a")
	require.Contains(t, b.Text("h1"), "Оплата обрабатывается")
	h.clock.Move(31 * 24 * time.Hour)
	b.Send(".actions a.main")
	require.Contains(t, b.Text(".state"), "Отклонено")
	b.Looks("offer-paid-late")
	h.twoWays()
	b.Open(at + toPay)
	b.Looks("offer-pay-ways")
	b.Press(`input[value=m2]`)
	b.Looks("offer-pay-way")
	for _, lang := range []string{"en", "be", "uk", "kk"} {
		b.Open(at + toPay + "?lang=" + lang)
		b.Looks("offer-pay-" + lang)
	}
	b.Open(at + root + "?lang=ru")
	b.Looks("offer-offer-ways")
	h.put(func(o *pay.Offer) { o.Archived = true })
	b.Open(at + root)
	b.Looks("offer-gone")
}
