package offer_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend/pages/pagestest"
	pay "kassa/pos/manual"
	"kassa/pos/money"
)

// From the link to the answer of the shop: what is offered, what the customer says,
// and how it stands, with not a word of what staff say.
func TestOffer_FromTheLinkToTheAnswer(t *testing.T) {
	engines(t, func(h *house) {
		t, b := h.T, h.browser()
		a := b.See(root)
		require.Equal(t, http.StatusOK, a.Status)
		assert.Contains(t, a.Body, "<h1>Курс &lt;b&gt;кройки&lt;/b&gt;</h1>")
		assert.Contains(t, a.Body, "1\u2009500,00\u2009₽")
		assert.Contains(t, a.Body, `<a class="button main" href="`+toPay+`">Купить</a>`)
		assert.NotContains(t, a.Body, "77777", "what the merchant keeps is not told")
		a = b.See(toPay)
		assert.Contains(t, a.Body, `type="date" max="2026-03-02" value="2026-03-02"`)
		assert.Contains(t, a.Body, "Последние 4 цифры карты")
		assert.Contains(t, a.Body, `<button class="main">Оплатить</button>`)
		f := pagestest.Fields(a.Body)
		a = b.pay(f, "date", "2026-03-01", "comment", "цифры 4411,\r\n <script>alert(1)</script>")
		require.Equal(t, http.StatusSeeOther, a.Status, a.Body)
		require.Equal(t, root+"/paid/"+f.Get("key"), a.To)
		paid := a.To
		a = b.See(paid)
		require.Equal(t, http.StatusOK, a.Status)
		assert.Contains(t, a.Body, "<h1>Оплата обрабатывается</h1>")
		assert.Contains(t, a.Body, `<span class="state warn">Открыто</span>`)
		assert.Contains(t, a.Body, "01.03.2026")
		assert.Contains(t, a.Body, "цифры 4411, &lt;script&gt;")
		assert.Contains(t, b.See(toPay).Body, `Вы уже отправили оплату за это, и магазин её проверяет. Отправьте ещё одну, только если платите второй раз. <a href="`+paid+`"`)
		assert.NotContains(t, h.browser().See(toPay).Body, "Вы уже отправили", "another browser did not")
		all := h.orders()
		require.Len(t, all, 1)
		o := all[0]
		assert.Equal(t, time.Date(2026, 3, 1, 12, 0, 0, 0, pagestest.Zone).UTC(), o.Requested.Date)
		assert.NotContains(t, a.Body, o.ID)
		assert.Equal(t, paid, b.pay(f).To, "sent twice")
		a = b.pay(f, "comment", "иное")
		assert.Equal(t, http.StatusConflict, a.Status)
		assert.Contains(t, a.Body, "вы уже отправили")
		assert.Contains(t, a.Body, "цифры 4411")
		require.Len(t, h.orders(), 1)

		price := money.Amount(1400_00)
		_, err := h.Decide(t.Context(), owner, "d1", o.ID, pay.Ruling{Decision: pay.Approve, Version: 1, Where: pay.AtOrders, Price: &price, Comment: "скидка как своей"})
		require.NoError(t, err)
		a = b.See(paid)
		assert.Contains(t, a.Body, "<h1>Оплата подтверждена</h1>")
		assert.Contains(t, a.Body, ">Разрешен</span>")
		assert.Contains(t, a.Body, "1\u2009400,00")
		assert.NotContains(t, b.See(toPay).Body, "Вы уже отправили")
		for _, secret := range []string{"как своей", "Ольга</", "Обновить"} {
			assert.NotContains(t, a.Body, secret)
		}
		_, err = h.AskRefund(t.Context(), owner, o.ID, pay.AskRefund{ID: "r1", Reason: "скандал", Where: pay.AtOrders, Finish: true})
		require.NoError(t, err)
		a = b.See(paid)
		assert.Contains(t, a.Body, ">Возврат средств</span>")
		assert.NotContains(t, a.Body, "скандал")
		assert.Equal(t, paid, b.pay(f, "comment", "цифры 4411,\r\n <script>alert(1)</script>").To, "and once more after all of it")
		require.Len(t, h.orders(), 1)
		faults, err := h.VerifyManual(t.Context())
		require.NoError(t, err)
		assert.Empty(t, faults)
		assert.NotContains(t, h.log.String(), f.Get("key"), "the log leads nobody there")
		assert.NotContains(t, h.log.String(), "4411")
	})
}

// The other answers have words of their own.
func TestOffer_DeclinedAndTooLate(t *testing.T) {
	engines(t, func(h *house) {
		t, b := h.T, h.browser()
		declined, late := b.pay(b.form()).To, b.pay(b.form()).To
		all := h.orders()
		require.Len(t, all, 2)
		require.Equal(t, h.Now(), all[0].Requested.Date, "today is now")
		for _, o := range all[1:] { // the older was sent first
			_, err := h.Decide(t.Context(), owner, "d-"+o.ID, o.ID, pay.Ruling{Decision: pay.Decline, Version: 1, Where: pay.AtOrders, Comment: "деньги не пришли, обман"})
			require.NoError(t, err)
		}
		h.clock.Move(31 * 24 * time.Hour)
		pages := b.See(declined).Body + b.See(late).Body
		assert.Contains(t, pages, "<h1>Оплата отклонена</h1>")
		assert.Contains(t, pages, ">Отклонен</span>")
		assert.Contains(t, pages, "<h1>Оплату не подтвердили</h1>")
		assert.Contains(t, pages, ">Отклонено</span>")
		assert.NotContains(t, pages, "обман")
	})
}

// What is wrong is said in a sentence, what was typed stays, and nothing is made.
func TestOffer_BadInput(t *testing.T) {
	engines(t, func(h *house) {
		t, b := h.T, h.browser()
		for name, c := range map[string]struct {
			field, value, says string
			status             int
		}{
			"tomorrow":       {"date", "2026-03-03", "не может быть в будущем", http.StatusBadRequest},
			"the year 9999":  {"date", "9999-12-31", "не может быть в будущем", http.StatusBadRequest},
			"no date at all": {"date", "вчера", "Не понять дату", http.StatusBadRequest},
			"a card":         {"comment", "с карты 4111 1111 1111 1111", "номер банковской карты", http.StatusBadRequest},
			"a long comment": {"comment", strings.Repeat("ё", 1001), "Комментарий слишком длинный", http.StatusBadRequest},
			"zero bytes":     {"comment", "а\x00б", "невидимые знаки", http.StatusBadRequest},
			"300 KB":         {"comment", strings.Repeat("a", 300<<10), "Отправлено слишком много", 0},
			"another way":    {"way", "none", "Так больше не платят", http.StatusBadRequest},
			"no price":       {"price", "даром", "повреждённой", http.StatusBadRequest},
			"no currency":    {"currency", "<b>", "повреждённой", http.StatusBadRequest},
			"a foreign key":  {"key", "../../people", "повреждённой", http.StatusBadRequest},
			"no form":        {"form", "", "Страница устарела", http.StatusForbidden},
		} {
			f := b.form()
			a := b.pay(f, "comment", "мои слова", c.field, c.value)
			assert.Contains(t, a.Body, c.says, name)
			assert.GreaterOrEqual(t, a.Status, 400, name)
			if c.status != 0 {
				assert.Equal(t, c.status, a.Status, name)
			}
			switch {
			case c.field == "date":
				assert.Contains(t, a.Body, `value="`+c.value+`"`, "what was typed stays")
				fallthrough
			case c.field != "comment":
				assert.Contains(t, a.Body, "мои слова</textarea>", name)
			}
			assert.NotContains(t, a.Body, "4111 1111", name)
			if c.field != "key" && len(c.value) < 1000 {
				assert.Equal(t, f.Get("key"), pagestest.Fields(a.Body).Get("key"), "it is still the same payment")
			}
		}
		require.Empty(t, h.orders())
		assert.NotContains(t, h.log.String(), "4111")
		assert.Equal(t, http.StatusSeeOther, b.pay(b.form(), "date", "1999-12-31", "comment", "").Status, "the past is allowed")
		assert.Equal(t, http.StatusSeeOther, b.pay(b.form(), "date", "").Status, "no date is today")
		require.Len(t, h.orders(), 2)
	})
}

// What nobody offers any more says so, while the form was open too; the words stay.
func TestOffer_Gone(t *testing.T) {
	engines(t, func(h *house) {
		t, b := h.T, h.browser()
		gone := func(a pagestest.Answer, status int) {
			t.Helper()
			assert.Equal(t, status, a.Status)
			assert.Contains(t, a.Body, "<h1>Больше не предлагают</h1>")
			assert.NotContains(t, a.Body, "кройки")
		}
		for _, path := range []string{"/o/none", "/o/none/pay", "/o/none/picture/m1", "/o/0190f2e1-5b1c-7a00-8000-00000000ffff"} {
			gone(b.See(path), http.StatusNotFound)
		}
		open, sent := b.form(), b.form()
		paid := b.pay(sent, "comment", "до архива").To
		h.put(func(o *pay.Offer) { o.Archived = true })
		gone(b.See(root), http.StatusGone)
		gone(b.See(toPay), http.StatusGone)
		a := b.pay(open, "comment", "мои слова")
		gone(a, http.StatusGone)
		assert.Contains(t, a.Body, "мои слова")
		assert.Equal(t, paid, b.pay(sent).To, "what was sent before is the same payment")
		assert.Equal(t, http.StatusOK, b.See(paid).Status)
		h.put(func(o *pay.Offer) { o.Archived = false })
		h.merchant("m1", func(m *pay.Merchant) { m.Archived = true })
		gone(b.See(root), http.StatusGone)
		gone(b.pay(open), http.StatusGone)
		gone(b.Ask(http.MethodPost, "/o/none/pay", open), http.StatusNotFound)
		assert.Equal(t, http.StatusNotFound, b.Ask(http.MethodPost, "/o/none/pay", sent).Status, "a form of another offer")
		require.Len(t, h.orders(), 1)
		for _, path := range []string{root + "/paid/none", root + "/paid/" + open.Get("key"), "/o/none/paid/" + sent.Get("key")} {
			a := b.See(path)
			assert.Equal(t, http.StatusNotFound, a.Status, path)
			assert.Contains(t, a.Body, "Такой оплаты здесь нет")
		}
		assert.Equal(t, http.StatusNotFound, b.See("/o/").Status)
	})
}

// Another price is never taken silently: it is said, and the customer agrees anew.
func TestOffer_ChangedWhileOpen(t *testing.T) {
	engines(t, func(h *house) {
		t, b := h.T, h.browser()
		f := b.form()
		h.put(func(o *pay.Offer) { o.Price = 1800_00 })
		a := b.pay(f, "comment", "мои слова")
		require.Equal(t, http.StatusConflict, a.Status)
		assert.Contains(t, a.Body, "была 1\u2009500,00\u2009₽, теперь 1\u2009800,00\u2009₽")
		assert.Contains(t, a.Body, "мои слова</textarea>")
		require.Empty(t, h.orders())
		next := pagestest.Fields(a.Body)
		require.Equal(t, http.StatusSeeOther, b.pay(next, "comment", "мои слова").Status, "agreed")
		require.EqualValues(t, 1800_00, h.orders()[0].Requested.Price)

		f = b.form()
		h.put(func(o *pay.Offer) { o.Text = "Курс шитья" })
		a = b.pay(f)
		require.Equal(t, http.StatusConflict, a.Status)
		assert.Contains(t, a.Body, "предложение изменили")
		assert.Contains(t, a.Body, "Курс шитья")
		require.Len(t, h.orders(), 1)
		f = b.form()
		h.put(func(o *pay.Offer) { o.Window = 3 })
		require.Equal(t, http.StatusSeeOther, b.pay(f).Status, "what customers are not shown is nothing to them")
	})
}

func TestOffer_SeveralWays(t *testing.T) {
	engines(t, func(h *house) {
		t, b := h.T, h.browser()
		h.twoWays()
		a := b.See(toPay)
		assert.Equal(t, 2, strings.Count(a.Body, `type="radio"`))
		assert.NotContains(t, a.Body, " checked", "nobody chooses for the customer")
		assert.Contains(t, a.Body, "Курьер: Имя курьера")
		b.See(root + "/picture/m2")
		assert.Equal(t, "image/png", b.Head.Get("Content-Type"))
		assert.Equal(t, "nosniff", b.Head.Get("X-Content-Type-Options"))
		assert.NotEqual(t, http.StatusOK, b.See(root+"/picture/m1").Status)
		f := pagestest.Fields(a.Body)
		a = b.pay(f)
		assert.Equal(t, http.StatusBadRequest, a.Status)
		assert.Contains(t, a.Body, "Выберите, как вы платите")
		h.merchant("m2", func(m *pay.Merchant) { m.Archived = true })
		a = b.pay(f, "way", "m2", "comment", "мои слова")
		assert.Equal(t, http.StatusConflict, a.Status)
		assert.Contains(t, a.Body, "Так больше не платят")
		assert.Contains(t, a.Body, "мои слова</textarea>")
		require.Empty(t, h.orders())
		h.merchant("m2", func(m *pay.Merchant) { m.Archived = false })
		require.Equal(t, http.StatusSeeOther, b.pay(f, "way", "m2").Status)
		assert.Equal(t, "Курьер", h.orders()[0].Account)
	})
}

// However often the button is pressed at once, it is one payment, and each press leads
// to it.
func TestOffer_PressedAtOnce(t *testing.T) {
	engines(t, func(h *house) {
		t, b := h.T, h.browser()
		for range 5 {
			f := b.form()
			f.Set("comment", f.Get("key"))
			before := len(h.orders())
			var wg sync.WaitGroup
			said := make([]pagestest.Answer, 4)
			for i := range said {
				wg.Go(func() { said[i] = b.pay(f) })
			}
			wg.Wait()
			for _, a := range said {
				assert.Equal(t, root+"/paid/"+f.Get("key"), a.To, a.Body)
			}
			require.Len(t, h.orders(), before+1)
		}
	})
}

// Forms of others are turned away, too many are asked to wait, nothing may run.
func TestOffer_Guarded(t *testing.T) {
	engines(t, func(h *house) {
		t, b := h.T, h.browser()
		a := b.See(toPay)
		assert.Contains(t, b.Head.Get("Content-Security-Policy"), "default-src 'none'")
		assert.NotContains(t, a.Body, "<script")
		assert.NotContains(t, a.Body, " style=")
		assert.Contains(t, a.Body, `name="robots" content="noindex"`)
		stranger := h.browser()
		assert.Equal(t, http.StatusForbidden, stranger.pay(b.form()).Status, "without the browser's own cookie")
		require.Empty(t, h.orders())
		for range 20 {
			require.Equal(t, http.StatusSeeOther, b.pay(b.form()).Status)
		}
		f := b.form()
		a = b.pay(f, "comment", "мои слова")
		assert.Equal(t, http.StatusTooManyRequests, a.Status)
		assert.Contains(t, a.Body, "Слишком много оплат подряд")
		assert.Contains(t, a.Body, "мои слова</textarea>")
		h.clock.Move(15 * time.Minute)
		assert.Equal(t, http.StatusSeeOther, b.pay(f).Status)
		assert.Contains(t, h.log.String(), "a payment by a customer was refused")
	})
}

func TestOffer_Languages(t *testing.T) {
	h := onFile(t)
	for lang, says := range map[string]string{"en-GB,en": "Buy", "be": "Купіць", "uk;q=0.9": "Купити", "kk": "Сатып алу", "de": "Купить", "": "Купить"} {
		b := h.browser()
		b.Lang = lang
		assert.Contains(t, b.See(root).Body, ">"+says+"</a>", lang)
	}
	b := h.browser()
	assert.Contains(t, b.See(root+"?lang=kk").Body, ">Сатып алу</a>")
	assert.Contains(t, b.See(toPay).Body, ">Төлеу</button>", "it stays chosen")
}
