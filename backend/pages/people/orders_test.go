package people_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/pages/pagestest"
	"kassa/backend/store"
	pay "kassa/pos/manual"
)

func TestOrders_ApprovedAndDeclined(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		b := h.person("olga@example.ru", "")
		require.Contains(t, b.See("/people/").Body, "Решать нечего")
		h.order("p1", "Курс <script>кройки</script>")
		h.order("p2", "Примерка")
		page := b.See("/people/").Body
		assert.Contains(t, page, "Курс &lt;script&gt;кройки")
		assert.Contains(t, page, "Нина &lt;b&gt;")
		assert.Contains(t, page, "1\u2009000,00")
		assert.Contains(t, page, `Ждут решения <span class="count">2</span>`)
		assert.Contains(t, page, "01.04.2026 15:00, осталось 30 дней")
		assert.NotContains(t, page, "+7900", "a list has no telephones")
		assert.Contains(t, b.See("/people/orders/p1").Body, "&#43;79000000001")

		approve := b.form("/people/", "/people/orders/p1")
		approve.Set("do", "approve")
		require.Equal(t, "/people/", b.send("/people/orders/p1", approve).To)
		require.Contains(t, b.See("/people/").Body, "Оплата подтверждена")
		require.Equal(t, "/people/", b.send("/people/orders/p1", approve).To, "sent twice, made once")
		k := h.kept("p1")
		assert.Equal(t, pay.Approved, k.State)
		assert.Equal(t, "olga@example.ru", k.Decider.Name)
		assert.Len(t, k.Events, 2)
		assert.Equal(t, pay.AtPeople, k.Events[1].Where)
		b.fill("/people/", "/people/orders/p2", "do", "decline")
		assert.Equal(t, pay.Declined, h.kept("p2").State)
		assert.Contains(t, b.See("/people/orders").Body, ">Разрешен</span>")
		assert.Contains(t, b.See("/people/orders?state=declined").Body, ">Отклонен</span>")
		told, err := h.Changes(t.Context(), "", 0)
		require.NoError(t, err)
		var states []string
		for _, c := range told.Changes {
			if c.ID == "p1" {
				states = append(states, string(c.Body))
			}
		}
		require.Len(t, states, 1, "tills are told")
		assert.Contains(t, states[0], `"state":"approved"`)
		faults, err := h.VerifyManual(t.Context())
		require.NoError(t, err)
		assert.Empty(t, faults)
		assert.NotContains(t, h.log.String(), "79000000001")
	})
}

func TestOrders_Corrected(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		b := h.person("olga@example.ru", "")
		h.order("p1", "Курс")
		to := "/people/orders/p1"
		for typed, want := range map[string]string{
			"-5": "больше нуля", "0": "больше нуля", "1.999": "знаков после точки", "много": "цифрами", "999999999999999": "цифрами",
		} {
			a := b.fill(to, `value="approve"`, "do", "approve", "price", typed, "currency", "RUB", "date", "2026-03-02", "comment", "по карте")
			assert.Equal(t, http.StatusBadRequest, a.Status, typed)
			assert.Contains(t, a.Body, want)
			assert.Contains(t, a.Body, `value="`+typed+`"`, "what was typed stays")
			assert.Contains(t, a.Body, "по карте</textarea>")
		}
		refused := func(status int, says string, fields ...string) {
			t.Helper()
			a := b.fill(to, `value="approve"`, append([]string{"do", "approve", "price", "1000", "currency", "RUB", "date", "2026-03-02", "comment", ""}, fields...)...)
			assert.Equal(t, status, a.Status, a.Body)
			assert.Contains(t, a.Body, says)
		}
		refused(http.StatusBadRequest, "не может быть в будущем", "date", "2026-03-03")
		refused(http.StatusBadRequest, "Такого дня нет", "date", "завтра")
		refused(http.StatusBadRequest, "не принимает EUR", "currency", "EUR")
		refused(http.StatusBadRequest, "Валюты ЁЖ нет", "currency", "ёж")
		refused(http.StatusBadRequest, "номер", "comment", "карта 4111 1111 1111 1111")
		require.Equal(t, pay.Open, h.kept("p1").State)
		require.Equal(t, "/people/", b.fill(to, `value="approve"`, "do", "approve", "price", "1 262,61", "currency", "USD", "date", "2026-03-01", "comment", "пришло\r\nпо частям").To)
		k := h.kept("p1")
		assert.EqualValues(t, 1262_61, k.Confirmed.Price)
		assert.EqualValues(t, "USD", k.Confirmed.Currency)
		assert.Equal(t, time.Date(2026, 3, 1, 12, 0, 0, 0, pagestest.Zone).UTC(), k.Confirmed.Date)
		assert.Equal(t, "пришло по частям", k.Confirmed.Comment)
		assert.EqualValues(t, 1000_00, k.Requested.Price, "the first entry stays")
		assert.Contains(t, b.See(to).Body, "Сначала было: 1\u2009000,00\u2009₽, 02.03.2026")
	})
}

// Whoever comes second is told how it stands, and nothing of theirs is written.
func TestOrders_LostRace(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		olga, boris := h.person("olga@example.ru", ""), h.person("boris@example.ru", store.LevelDecide)
		h.order("p1", "Курс")
		late := boris.form("/people/orders/p1", `value="approve"`)
		olga.fill("/people/", "/people/orders/p1", "do", "decline")
		late.Set("do", "approve")
		late.Set("comment", "мне звонили")
		a := boris.send("/people/orders/p1", late)
		assert.Equal(t, http.StatusConflict, a.Status)
		assert.Contains(t, a.Body, "Пока вы решали, оплату изменили")
		assert.Contains(t, a.Body, ">Отклонен</span>", "how it stands")
		assert.Contains(t, a.Body, "olga@example.ru", "who decided")
		assert.NotContains(t, a.Body, `value="approve"`)
		assert.Equal(t, pay.Declined, h.kept("p1").State)

		h.order("p2", "Примерка")
		approve, decline := olga.form("/people/orders/p2", `value="approve"`), boris.form("/people/orders/p2", `value="approve"`)
		approve.Set("do", "approve")
		decline.Set("do", "decline")
		answers := make([]pagestest.Answer, 2)
		var all sync.WaitGroup
		all.Go(func() { answers[0] = olga.send("/people/orders/p2", approve) })
		all.Go(func() { answers[1] = boris.send("/people/orders/p2", decline) })
		all.Wait()
		assert.ElementsMatch(t, []int{http.StatusSeeOther, http.StatusConflict}, []int{answers[0].Status, answers[1].Status})
		h.clock.Move(40 * 24 * time.Hour)
		olga.signIn("olga@example.ru", password)
		h.order("p3", "Ждёт")
		expired := olga.form("/people/orders/p3", `value="approve"`)
		expired.Set("do", "approve")
		h.clock.Move(31 * 24 * time.Hour)
		olga.signIn("olga@example.ru", password)
		expired.Set("form", olga.form("/people/account", `value="sign-out"`).Get("form"))
		a = olga.send("/people/orders/p3", expired)
		assert.Equal(t, http.StatusConflict, a.Status)
		assert.Contains(t, a.Body, ">Отклонено</span>")
		assert.Contains(t, a.Body, "истёк срок")
	})
}

func TestOrders_Levels(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		owner := h.person("olga@example.ru", "")
		require.Contains(t, owner.See("/people/account").Body, "Владелец", "the first one is, unless it is said")
		looks, decides := h.person("inna@example.ru", store.LevelSee), h.person("boris@example.ru", store.LevelDecide)
		asks := h.person("vera@example.ru", store.LevelRefund)
		h.order("p1", "Курс")
		assert.NotContains(t, looks.See("/people/").Body, `value="approve"`)
		form := decides.form("/people/orders/p1", `value="approve"`)
		form.Set("form", looks.form("/people/account", `value="sign-out"`).Get("form"))
		form.Set("do", "approve")
		a := looks.send("/people/orders/p1", form)
		assert.Equal(t, http.StatusForbidden, a.Status, "whatever the page let pass")
		assert.Equal(t, pay.Open, h.kept("p1").State)
		require.Equal(t, "/people/", decides.fill("/people/", "/people/orders/p1", "do", "approve").To)
		assert.NotContains(t, decides.See("/people/orders/p1").Body, "Сделать возврат")
		assert.Contains(t, asks.See("/people/orders/p1").Body, "Сделать возврат")
	})
}

func TestOrders_Refunds(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		owner, asks := h.person("olga@example.ru", ""), h.person("vera@example.ru", store.LevelRefund)
		h.order("p1", "Курс")
		owner.fill("/people/", "/people/orders/p1", "do", "approve")
		to := "/people/orders/p1"
		much := asks.fill(to, `value="refund"`, "do", "refund", "amount", "1000,01", "reason", "передумала")
		assert.Equal(t, http.StatusUnprocessableEntity, much.Status)
		assert.Contains(t, much.Body, "передумала</textarea>")
		assert.Equal(t, http.StatusBadRequest, asks.fill(to, `value="refund"`, "do", "refund", "amount", "0", "reason", "передумала").Status)
		assert.Equal(t, http.StatusBadRequest, asks.fill(to, `value="refund"`, "do", "refund", "amount", "5", "reason", " ").Status)
		require.Equal(t, to, asks.fill(to, `value="refund"`, "do", "refund", "amount", "400", "reason", "передумала").To)
		page := asks.See(to).Body
		assert.Contains(t, page, ">запрошен<")
		assert.NotContains(t, page, "refund-approve", "another person allows it")
		forged := owner.form(to, `value="refund-approve"`)
		forged.Set("form", asks.form("/people/account", `value="sign-out"`).Get("form"))
		forged.Set("do", "refund-approve")
		assert.Equal(t, http.StatusForbidden, asks.send(to, forged).Status)
		require.Equal(t, to, owner.fill(to, `value="refund-approve"`, "do", "refund-approve").To)
		require.Equal(t, to, asks.fill(to, `value="refund-done"`, "do", "refund-done").To)
		assert.EqualValues(t, 400_00, h.kept("p1").Refunded)
		require.Equal(t, to, owner.fill(to, `value="refund"`, "do", "refund", "reason", "остальное").To, "an owner's is done at once")
		k := h.kept("p1")
		assert.Equal(t, pay.Refunded, k.State)
		page = owner.See(to).Body
		assert.Contains(t, page, ">Возврат средств</span>")
		assert.Equal(t, 2, strings.Count(page, "<strong>Деньги возвращены</strong>"))
		faults, err := h.VerifyManual(t.Context())
		require.NoError(t, err)
		assert.Empty(t, faults)
	})
}

// A form of this page that another site, or another person's browser, sends does nothing.
func TestOrders_CSRF(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		olga, boris := h.person("olga@example.ru", ""), h.person("boris@example.ru", store.LevelDecide)
		h.order("p1", "Курс")
		form := boris.form("/people/orders/p1", `value="approve"`)
		form.Set("do", "approve")
		assert.Equal(t, http.StatusForbidden, olga.send("/people/orders/p1", form).Status, "another browser's form")
		form.Del("form")
		assert.Equal(t, http.StatusForbidden, olga.send("/people/orders/p1", form).Status)
		own := olga.form("/people/orders/p1", `value="approve"`)
		own.Set("do", "approve")
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.server.URL+"/people/orders/p1", strings.NewReader(own.Encode()))
		require.NoError(t, err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		assert.Equal(t, http.StatusForbidden, olga.Carry(r).Status)
		assert.Equal(t, pay.Open, h.kept("p1").State)
		assert.Equal(t, http.StatusNotFound, olga.See("/people/orders/unknown").Status)
		assert.Equal(t, http.StatusConflict, olga.fill("/people/orders/p1", `value="approve"`, "do", "approve", "version", "7").Status)
		assert.Equal(t, http.StatusBadRequest, olga.fill("/people/orders/p1", `value="approve"`, "do", "approve", "version", "x").Status)
		assert.Equal(t, http.StatusBadRequest, olga.fill("/people/orders/p1", `value="approve"`, "do", "explode").Status)
	})
}

func TestOrders_PagesOfThem(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		b := h.person("olga@example.ru", "")
		for i := range 27 {
			h.order("p"+string(rune('a'+i)), "Курс")
			h.clock.Move(time.Minute)
		}
		first := b.See("/people/").Body
		assert.Equal(t, 25, strings.Count(first, "<article"))
		_, rest, found := strings.Cut(first, `href="/people/?after=`)
		require.True(t, found)
		after, _, _ := strings.Cut(rest, `"`)
		assert.Equal(t, 2, strings.Count(b.See("/people/?after="+after).Body, "<article"))
		assert.Equal(t, http.StatusNotFound, b.See("/people/?after=none").Status)
	})
}

// What a customer began on an offer's page waits here like any other, and says so.
func TestOrders_BegunByTheCustomer(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		b := h.person("olga@example.ru", "")
		o, err := h.PutOffer(t.Context(), cashier, pay.Offer{ID: "o1", Text: "Курс", Price: 1500_00, Currency: "RUB", Merchants: []string{"m1"}})
		require.NoError(t, err)
		require.NoError(t, h.BeginByCustomer(t.Context(), strings.Repeat("k", 43), "192.0.2.1", backend.Wish{Offer: "o1", Saw: o.Sight(), Comment: "цифры 4411"}))
		page := b.See("/people/").Body
		assert.Contains(t, page, "<dd>покупатель</dd>")
		assert.Contains(t, page, "цифры 4411")
		f, to := b.formTo("/people/", "/people/orders/")
		f.Set("do", "approve")
		require.Equal(t, "/people/", b.send(to, f).To)
		s, err := h.Standing(t.Context(), "o1", strings.Repeat("k", 43))
		require.NoError(t, err)
		assert.Equal(t, pay.Approved, s.State)
	})
}
