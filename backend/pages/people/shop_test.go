package people_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend/pages/pagestest"
	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/wire"
)

// joined puts a till there as if it had joined.
func (h *house) joined(id, name string, change ...func(*store.Till)) {
	h.Helper()
	till := &store.Till{ID: id, Name: name, TokenHash: "hash of " + id, Joined: h.Now(), Seen: h.Now(), Head: exchange.Head{Till: id, Epoch: 1}}
	for _, c := range change {
		c(till)
	}
	require.NoError(h, h.store.Change(h.Context(), func(x store.Tx) error { return x.PutTill(till) }))
}

// tell lets a till tell something.
func (h *house) tell(till, id string, seq int64, at time.Time, p wire.Payload) {
	h.Helper()
	m, err := wire.Pack(id, 1, at, p)
	require.NoError(h, err)
	b := exchange.Batch{Head: exchange.Head{Till: till, Epoch: 1, Events: seq, Entries: seq}, Commands: []exchange.Command{{
		ID: id, Epoch: 1, Seq: seq, Kind: m.Kind, Subject: m.Subject, Object: m.Object, At: at, Body: m.Payload}}}
	r, err := h.Take(h.Context(), till, b, 3)
	require.NoError(h, err)
	require.Equal(h, exchange.Applied, r.Answers[0].Verdict, "%v", r.Answers[0].Problem)
}

func sale(id string, total, change int64, at time.Time, tenders ...wire.Tender) *wire.Sale {
	return &wire.Sale{Head: wire.Head{V: wire.Version}, ID: id, Currency: "RUB", Total: total, Change: change, At: at.UnixMilli(), Digest: "d", Tenders: tenders}
}

func TestShop_Tills(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		b := h.person("olga@example.ru", "")
		require.Contains(t, b.See("/people/tills").Body, "Ни одна касса ещё не подключена")
		h.joined("a", "У входа <i>")
		h.joined("b", "Склад", func(t *store.Till) { t.Seen, t.Queue = h.Now().Add(-time.Hour), 41 })
		h.joined("c", "Старая", func(t *store.Till) { t.Revoked = h.Now() })
		h.joined("d", "Новая", func(t *store.Till) { t.Seen = time.Time{} })
		page := b.See("/people/tills").Body
		assert.Contains(t, page, "У входа &lt;i&gt;</h2><span class=\"state good\">на связи")
		assert.Contains(t, page, "Склад</h2><span class=\"state warn\">молчит")
		assert.Contains(t, page, "02.03.2026 14:00", "in the shop's zone")
		assert.Contains(t, page, "<dd>41</dd>")
		assert.Contains(t, page, "Старая</h2><span class=\"state bad\">отключена")
		assert.Contains(t, page, "ещё не было")
	})
}

// The sums of a day come of what tills told, by the shop's day, and a fact that
// comes later is in them.
func TestShop_Sales(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		b := h.person("olga@example.ru", "")
		assert.Contains(t, b.See("/people/sales").Body, "продаж не получено")
		h.joined("a", "У входа")
		h.joined("b", "Склад")
		noon := h.Now()
		h.tell("a", "s1", 1, noon, sale("s1", 700_00, 300_00, noon, wire.Tender{Method: "cash", Amount: 1000_00}))
		h.tell("a", "s2", 2, noon, sale("s2", 1500_50, 0, noon, wire.Tender{Method: "card", Amount: 1000_50}, wire.Tender{Method: "cash", Amount: 500_00}))
		h.tell("a", "night", 3, noon.Add(-20*time.Hour), sale("night", 9_999_00, 0, noon, wire.Tender{Method: "cash", Amount: 9_999_00}))
		page := b.See("/people/sales").Body
		assert.Contains(t, page, `<span class="sum">2`+"\u2009"+`200,50`)
		assert.NotContains(t, page, "9\u2009999")
		h.tell("b", "s3", 1, noon, sale("s3", 100_00, 0, noon, wire.Tender{Method: "card", Amount: 100_00}))
		h.tell("a", "r1", 4, noon, &wire.Return{Head: wire.Head{V: wire.Version}, ID: "r1", Currency: "RUB", Total: 200_00, Digest: "d", Refunds: []wire.Refund{{Method: "cash", Amount: 200_00}}})
		h.tell("a", "c1", 5, noon, &wire.TenderCorrected{Head: wire.Head{V: wire.Version}, ID: "c1", Sale: "s2", Currency: "RUB", From: "card", To: "transfer", Amount: 500})
		day := time.Date(2026, 3, 2, 0, 0, 0, 0, pagestest.Zone)
		sold, err := h.SoldWithin(t.Context(), day, day.AddDate(0, 0, 1))
		require.NoError(t, err)
		require.Len(t, sold.All, 1)
		all := sold.All[0]
		assert.EqualValues(t, 3, all.Sales)
		assert.EqualValues(t, 2300_50, all.Sold)
		assert.EqualValues(t, 1, all.Returns)
		assert.EqualValues(t, 2100_50, all.Net())
		by := map[pos.Method]int64{}
		for _, d := range all.Tenders {
			by[d.Method] = int64(d.Amount)
		}
		assert.Equal(t, map[pos.Method]int64{"card": 1095_50, "cash": 1000_00, "transfer": 5_00}, by)
		require.Len(t, sold.Tills, 2)
		for range 3 { // what was added up is not added again, and what came late is
			h.clock.Move(3 * time.Minute)
			again, err := h.SoldWithin(t.Context(), day, day.AddDate(0, 0, 1))
			require.NoError(t, err)
			require.Equal(t, sold, again)
		}
		h.tell("b", "s4", 2, noon, sale("s4", 1_00, 0, noon, wire.Tender{Method: "card", Amount: 1_00}))
		later, err := h.SoldWithin(t.Context(), day, day.AddDate(0, 0, 1))
		require.NoError(t, err)
		assert.EqualValues(t, 4, later.All[0].Sales)
		h.tell("b", "r2", 3, noon, &wire.Return{Head: wire.Head{V: wire.Version}, ID: "r2", Currency: "RUB", Total: 1_00, Digest: "d", Refunds: []wire.Refund{{Method: "card", Amount: 1_00}}})
		assert.Equal(t, "Склад", sold.Tills[0].Name)
		page = b.See("/people/sales").Body
		assert.Contains(t, page, "2\u2009100,50", "a return takes off what it gives back")
		assert.Contains(t, page, "Наличные</th><td class=\"n\">1\u2009000,00")
		assert.Contains(t, b.See("/people/sales?day=2026-03-01").Body, "9\u2009999,00")
		bad := b.See("/people/sales?day=2026-99-01")
		assert.Equal(t, http.StatusBadRequest, bad.Status)
		assert.Contains(t, bad.Body, "Такого дня нет")
	})
}

func TestShop_Cases(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		b, looks := h.person("olga@example.ru", ""), h.person("inna@example.ru", store.LevelSee)
		require.Contains(t, b.See("/people/cases").Body, "Всё в порядке")
		h.joined("a", "У входа")
		require.NoError(t, h.store.Change(t.Context(), func(x store.Tx) error {
			return x.OpenCase(&store.Case{ID: "case1", Till: "a", Kind: store.CaseUnread, About: "m1", At: h.Now(), Detail: pos.Args{"kind": "<b>"}})
		}))
		page := b.See("/people/cases").Body
		assert.Contains(t, page, "сообщение, которого сервер не понимает")
		assert.Contains(t, page, "kind=&lt;b&gt;")
		assert.Contains(t, page, `Странности <span class="count">1</span>`)
		assert.NotContains(t, looks.See("/people/cases").Body, "case-settled")
		forged := b.form("/people/cases", "case-seen")
		forged.Set("form", looks.form("/people/account", `value="sign-out"`).Get("form"))
		forged.Set("do", "case-settled")
		assert.Equal(t, http.StatusForbidden, looks.send("/people/cases", forged).Status)

		require.Equal(t, "/people/cases", b.fill("/people/cases", "case-seen", "do", "case-seen").To)
		page = b.See("/people/cases").Body
		assert.Contains(t, page, "<dd>olga@example.ru, 02.03.2026 15:00</dd>")
		card := b.fill("/people/cases", "case-settled", "do", "case-settled", "note", "4111 1111 1111 1111")
		assert.Equal(t, http.StatusBadRequest, card.Status)
		require.Equal(t, "/people/cases", b.fill("/people/cases", "case-settled", "do", "case-settled", "note", "обновили\nкассу").To)
		assert.Contains(t, b.See("/people/cases").Body, "Всё в порядке")
		var all []store.Case
		require.NoError(t, h.store.Look(t.Context(), func(x store.Tx) (err error) { all, err = x.ListCases(false, 9); return err }))
		require.Len(t, all, 1)
		assert.Equal(t, "обновили кассу", all[0].Note)
		assert.Equal(t, "olga@example.ru", all[0].By)
		forged.Set("form", b.form("/people/account", `value="sign-out"`).Get("form"))
		assert.Equal(t, http.StatusNotFound, b.send("/people/cases", forged).Status, "it is settled already")
	})
}
