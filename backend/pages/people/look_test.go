package people_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend/pages/chromium"
	"kassa/backend/store"
	"kassa/pos"
	pay "kassa/pos/manual"
	"kassa/pos/wire"
	"kassa/storage/central/centraltest"
)

// lived is a shop with something on every page.
func lived(t *testing.T) *house {
	s := centraltest.File(t)
	h := open(t, s)
	noon := h.Now()
	h.joined("a", "Касса у входа")
	h.joined("b", "Склад на Лесной", func(t *store.Till) { t.Seen = noon.Add(-3 * time.Hour) })
	h.tell("a", "s1", 1, noon, sale("s1", 84_700_00, 0, noon, wire.Tender{Method: "cash", Amount: 21_300_00}, wire.Tender{Method: "card", Amount: 63_400_00}))
	h.tell("a", "r1", 2, noon, &wire.Return{Head: wire.Head{V: wire.Version}, ID: "r1", Currency: "RUB", Total: 1_250_00, Digest: "d", Refunds: []wire.Refund{{Method: "card", Amount: 1_250_00}}})
	h.tell("b", "s2", 1, noon, sale("s2", 12_480_50, 0, noon, wire.Tender{Method: "transfer", Amount: 12_480_50}))
	require.NoError(t, h.store.Change(t.Context(), func(x store.Tx) error {
		return x.OpenCase(&store.Case{ID: "case1", Till: "b", Kind: store.CaseConflict, About: "0190f2e1-5b1c-7a00-8000-00000000a001", At: noon, Detail: pos.Args{"epoch": 1, "seq": 48, "why": "place"}})
	}))
	h.order("p1", "Курс кройки и шитья, весенний поток")
	h.order("p2", "Примерка на дому")
	h.order("p3", "Свадебное платье с вышивкой ручной работы, вторая примерка и доставка")
	h.order("p4", "Ремонт молнии")
	h.attach("p1", "f1", receipt(t))
	h.attach("p1", "f2", document)
	h.link("olga@example.ru", "")
	return h
}

// TestLook_InABrowser does what a person does with a mouse and a keyboard, without a
// script, on a telephone and at a desk, by day and by night.
func TestLook_InABrowser(t *testing.T) {
	longRun(t)
	h := lived(t)
	b := chromium.Start(t)
	at := h.server.URL
	b.Screen(390, 844, false)
	b.Open(at + h.link("olga@example.ru", ""))
	b.Looks("people-set-password")
	b.Type("#password", password)
	b.Type("#again", password)
	b.Send("button.main")
	b.Looks("people-sign-in")
	b.Type("#email", "olga@example.ru")
	b.Type("#password", "не тот пароль")
	b.Send("button.main")
	require.Contains(t, b.Text("[role=alert]"), "не подходят")
	b.Looks("people-sign-in-wrong")
	b.Type("#password", password)
	b.Send("button.main")
	require.Contains(t, b.Text("h1"), "Ждут решения")
	b.Looks("people-waiting")

	b.Send(`form[action="/people/orders/p2"] button[value=decline]`)
	require.Contains(t, b.Text("[role=status]"), "Оплата отклонена")
	b.Press(`form[action="/people/orders/p1"] summary`)
	b.Type("#price-p1", "950,50")
	b.Type("#comment-p1", "пришло без копеек")
	b.Looks("people-waiting-correct")
	b.Send(`form[action="/people/orders/p1"] button[value=approve]`)
	b.Looks("people-waiting-done")
	k := h.kept("p1")
	require.Equal(t, pay.Approved, k.State)
	assert.EqualValues(t, 950_50, k.Confirmed.Price)
	assert.Equal(t, pay.Declined, h.kept("p2").State)

	b.Open(at + "/people/orders/p1")
	b.Press("details summary")
	b.Type("#amount", "300")
	b.Type("#reason", "передумала")
	b.Send("button[value=refund]")
	require.EqualValues(t, 300_00, h.kept("p1").Refunded)
	b.Looks("people-order")
	b.Open(at + "/people/orders/none")
	b.Looks("people-error")
	b.Open(at + "/people/account")
	b.Send("button[value=offer]")
	for _, path := range []string{"orders", "sales", "tills", "cases", "account"} {
		b.Open(at + "/people/" + path)
		b.Looks("people-" + path)
	}
	for _, lang := range []string{"en", "be", "uk", "kk"} {
		b.Open(at + "/people/?lang=" + lang)
		b.Looks("people-waiting-" + lang)
	}
	b.Open(at + "/people/account")
	b.Send("button[value=sign-out]")
	b.Open(at + "/people/")
	require.True(t, b.Has("#email"), "signed out")
}

// TestLook_UpToASum looks at the pages of somebody with bounds, at a server without a
// key.
func TestLook_UpToASum(t *testing.T) {
	longRun(t)
	h := lived(t)
	h.link("boris@example.ru", store.LevelRefund)
	h.bounded("boris@example.ru", 999_99, 300_00)
	path := h.link("boris@example.ru", "")
	h.key = nil
	h.start()
	b := chromium.Start(t)
	b.Screen(390, 844, false)
	b.Open(h.server.URL + path)
	b.Type("#password", password)
	b.Type("#again", password)
	b.Send("button.main")
	b.Type("#email", "boris@example.ru")
	b.Type("#password", password)
	b.Send("button.main")
	require.Contains(t, b.Text(".note"), "Вам можно до")
	b.Looks("people-waiting-over")
	b.Open(h.server.URL + "/people/account")
	b.Looks("people-account-bounds")
}

// longRun leaves a browser out of the short run, which looks for races in our code.
func longRun(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a browser")
	}
}
