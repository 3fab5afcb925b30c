package people_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend/pages/pagestest"
	"kassa/backend/store"
)

// What no database keeps, and numbers of cards, are refused by a page with a sentence,
// on both engines alike: it is no trouble of the server's.
func TestPeople_BadInput(t *testing.T) {
	const nul, card = "a\x00b", "4111 1111 1111 1111"
	engines(t, func(h *house) {
		t := h.T
		h.order("p1", "Курс")
		b := h.person("olga@example.ru", store.LevelOwner)
		for _, path := range []string{"/people/orders/%00", "/people/?after=%00", "/people/orders?after=%ff", "/people/orders/p1%00"} {
			got := b.See(path)
			assert.Equal(t, http.StatusBadRequest, got.Status, path)
			assert.Contains(t, got.Body, `role="alert"`, path)
		}
		form := b.form("/people/", "/people/orders/p1")
		with := func(fields ...string) url.Values {
			f := url.Values{}
			for name, values := range form {
				f[name] = values
			}
			for i := 0; i < len(fields); i += 2 {
				f.Set(fields[i], fields[i+1])
			}
			return f
		}
		for name, f := range map[string]url.Values{
			"NUL in the name of the request": with("do", "approve", "key", nul),
			"a card as that":                 with("do", "approve", "key", card),
			"a card in the comment":          with("do", "approve", "comment", "на "+card, "price", "1000", "currency", "RUB", "date", h.clock.Now().In(pagestest.Zone).Format("2006-01-02")),
			"99 decimals":                    with("do", "approve", "price", "1."+"333333333333333333333333333333333333", "currency", "RUB", "date", ""),
			"minus five":                     with("do", "approve", "price", "-5", "currency", "RUB", "date", ""),
			"a currency of nobody's":         with("do", "approve", "price", "5", "currency", "<script>", "date", ""),
			"a day to come":                  with("do", "approve", "price", "1000", "currency", "RUB", "date", "2031-01-01"),
			"a day of no month":              with("do", "approve", "price", "1000", "currency", "RUB", "date", "2026-02-31"),
			"a version of words":             with("do", "approve", "version", "newest"),
			"something of nobody's":          with("do", "eat"),
		} {
			got := b.send("/people/orders/p1", f)
			assert.Equal(t, http.StatusBadRequest, got.Status, name)
			assert.Contains(t, got.Body, `role="alert"`, name)
			assert.NotContains(t, got.Body, "<script>", name)
		}
		require.Len(t, h.kept("p1").Events, 1, "nothing of it was done")
		got := h.browser().signIn("olga"+nul+"@example.ru", password)
		assert.GreaterOrEqual(t, got.Status, 400)
		assert.Less(t, got.Status, 500)
		assert.NotContains(t, h.log.String(), `"level":"ERROR"`)
		assert.NotContains(t, h.log.String(), card)
	})
}
