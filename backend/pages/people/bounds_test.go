package people_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/pages/pagestest"
	"kassa/backend/store"
	pay "kassa/pos/manual"
	"kassa/pos/money"
)

// bounded gives a person who is there bounds in roubles.
func (h *house) bounded(mail string, decide, refund money.Amount) {
	h.Helper()
	_, err := h.AddPersonWithin(h.Context(), mail, "", backend.Bounds{Currency: "RUB",
		Decide: backend.Bound{Set: true, Most: &decide}, Refund: backend.Bound{Set: true, Most: &refund}})
	require.NoError(h, err)
}

// Whoever has bounds decides up to them, whatever they send: the page says why not,
// and a price made smaller on the way does not help.
func TestOrders_UpToASum(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		b := h.person("boris@example.ru", store.LevelRefund)
		h.order("p1", "Курс")
		h.bounded("boris@example.ru", 999_99, 300_00)
		within := b.form("/people/account", `value="sign-out"`).Get("form")
		for _, path := range []string{"/people/", "/people/orders/p1"} {
			page := b.See(path).Body
			require.Contains(t, page, "Вам можно до 999.99 RUB, а здесь 1000.00 RUB")
			require.NotContains(t, page, `value="approve"`)
		}
		require.Contains(t, b.See("/people/account").Body, "Решает оплаты до 999,99")
		require.Contains(t, b.See("/people/account").Body, "Разрешает возвраты до 300,00")
		for _, do := range []string{"approve", "decline"} {
			got := b.send("/people/orders/p1", map[string][]string{"form": {within}, "key": {"k-" + do}, "version": {"1"}, "do": {do},
				"price": {"1"}, "currency": {"RUB"}, "date": {h.clock.Now().In(pagestest.Zone).Format(time.DateOnly)}, "comment": {""}})
			require.Equal(t, http.StatusForbidden, got.Status, do)
		}
		require.Equal(t, pay.Open, h.kept("p1").State)
		require.Len(t, h.kept("p1").Events, 1)

		h.bounded("boris@example.ru", 1000_00, 300_00)
		require.Equal(t, "/people/", b.fill("/people/", "/people/orders/p1", "do", "approve").To)
		require.Equal(t, pay.Approved, h.kept("p1").State)
		for id, sum := range map[string]money.Amount{"r1": 300_01, "r2": 300_00} {
			_, err := h.AskRefund(t.Context(), cashier, "p1", pay.AskRefund{ID: id, Amount: sum, Reason: "брак", Where: pay.AtOrders})
			require.NoError(t, err)
		}
		page := b.See("/people/orders/p1").Body
		require.Contains(t, page, "Вам можно до 300.00 RUB, а здесь 300.01 RUB")
		send := func(refund, do string) int {
			f := b.form("/people/orders/p1", `name="refund" value="`+refund+`"`)
			f.Set("do", do)
			return b.send("/people/orders/p1", f).Status
		}
		require.Equal(t, http.StatusForbidden, send("r1", "refund-approve"))
		require.Equal(t, http.StatusSeeOther, send("r2", "refund-approve"))
		require.Equal(t, http.StatusSeeOther, send("r1", "refund-refuse"), "to refuse is in nobody's way")

		_, err := h.New(t.Context(), cashier, pay.Ask{ID: "p2", Where: pay.AtTill, Text: "x", Price: 1, Currency: "USD", Customer: "c1"})
		require.NoError(t, err)
		require.Contains(t, b.See("/people/").Body, "а здесь 0.01 USD", "a bound in roubles says nothing of dollars")
		_, err = h.AddPersonWithin(t.Context(), "boris@example.ru", "", backend.Bounds{Decide: backend.Bound{Set: true}})
		require.NoError(t, err)
		require.Equal(t, "/people/", b.fill("/people/", "/people/orders/p2", "do", "approve").To, "without a bound in any")
	})
}
