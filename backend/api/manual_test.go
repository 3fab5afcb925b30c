package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/api"
	"kassa/pos/hidden"
	"kassa/pos/manual"
)

// joined lets a till join and returns its credential as a header.
func (f *face) joined(name string) string {
	f.Helper()
	code, err := f.backend.AddTill(f.Context(), name)
	require.NoError(f, err)
	token := strings.Repeat(name[:1], 40)
	_, err = f.backend.Join(f.Context(), backend.Joining{Code: code.Text, Till: name, Token: hidden.New(token)})
	require.NoError(f, err)
	return "Bearer " + token
}

const owns = `"by":{"id":"e1","name":"Ольга"},"rights":{"setUp":true,"create":true,"decide":true,"own":true,"correct":true,"refund":true}`

// An order's life over HTTP, the loser of a race told how it stands, and what a
// stranger, a thief and a mistyped request are answered.
func TestAPI_ManualPayments(t *testing.T) {
	f := serve(t)
	bearer := f.joined("a till")
	say := func(status int, method, path, body string, more ...string) map[string]any {
		t.Helper()
		got, out, _ := f.ask(method, "/v1/manual/"+path, body, append([]string{"Authorization", bearer}, more...)...)
		require.Equal(t, status, got, out)
		return out
	}
	merchant := `{` + owns + `,"merchant":{"id":"m1","name":"Карта","commission":25000,"fee":0,"accountCurrency":"RUB","transactionCurrency":"RUB","currencies":["RUB"],"version":0}}`
	say(200, http.MethodPut, "merchants/m1", merchant)
	say(400, http.MethodPut, "merchants/m2", merchant)
	say(400, http.MethodPut, "merchants/m3", strings.NewReplacer("m1", "m3", `"currencies":["RUB"]`, `"currencies":["USD"]`).Replace(merchant))
	require.Len(t, say(200, http.MethodGet, "merchants", "")["merchants"], 1)
	say(200, http.MethodPut, "offers/o1", `{`+owns+`,"offer":{"id":"o1","text":"Курс","price":100000,"currency":"RUB","merchants":["m1"],"version":0}}`)
	say(404, http.MethodGet, "offers/o2", "")
	seen := say(200, http.MethodGet, "offers/o1", "")
	require.Equal(t, "text", seen["kind"])
	require.NotContains(t, seen, "page", "this backend has no page of it")
	plain := f.Handler
	f.Handler = api.New(api.Params{Backend: f.backend, OfferPage: func(o *manual.Offer) string { return "https://kassa.example/o/" + o.ID }})
	require.Equal(t, "https://kassa.example/o/o1", say(200, http.MethodGet, "offers/o1", "")["page"])
	f.Handler = plain

	order := func(more string) string { return `{` + owns + `,"order":{"id":"p1","where":"till",` + more + `}}` }
	say(422, http.MethodPost, "orders", order(`"offer":"o1","amount":5`))
	out := say(400, http.MethodPost, "orders", order(`"offer":"o1","comment":"4111 1111 1111 1111"`))
	raw, err := json.Marshal(out)
	require.NoError(t, err)
	require.NotContains(t, string(raw), "4111")
	require.Equal(t, "text.card-number", out["id"])
	say(200, http.MethodPost, "orders", order(`"offer":"o1"`))
	require.Equal(t, "open", say(200, http.MethodPost, "orders", order(`"offer":"o1"`))["state"])
	say(409, http.MethodPost, "orders", order(`"text":"x","price":5`))

	ruling := func(d string) string {
		return fmt.Sprintf(`{%s,"ruling":{"decision":%q,"version":1,"where":"orders"}}`, owns, d)
	}
	say(400, http.MethodPost, "orders/p1/decision", ruling("approve"))
	say(200, http.MethodPost, "orders/p1/decision", ruling("approve"), "Idempotency-Key", `"d1"`)
	say(200, http.MethodPost, "orders/p1/decision", ruling("approve"), "Idempotency-Key", `d1`)
	lost := say(409, http.MethodPost, "orders/p1/decision", ruling("decline"), "Idempotency-Key", "d2")
	require.Equal(t, "conflict", lost["code"])
	require.Equal(t, "approved", lost["order"].(map[string]any)["state"])
	refund := `{` + owns + `,"refund":{"id":"r1","amount":40000,"reason":"брак","where":"orders"}}`
	require.EqualValues(t, 40000, say(200, http.MethodPost, "orders/p1/refunds", refund)["refundPending"])
	step := func(s string) string { return fmt.Sprintf(`{%s,"step":%q,"where":"orders"}`, owns, s) }
	say(200, http.MethodPost, "orders/p1/refunds/r1", step("approve"), "Idempotency-Key", "s1")
	say(200, http.MethodPost, "orders/p1/refunds/r1", step("done"), "Idempotency-Key", "s2")
	kept := say(200, http.MethodGet, "orders/p1", "")
	require.EqualValues(t, 40000, kept["refunded"])
	require.Len(t, kept["events"], 5)
	list := say(200, http.MethodGet, "orders?state=approved&limit=1", "")
	require.Len(t, list["orders"], 1)
	require.EqualValues(t, 1, list["counts"].(map[string]any)["approved"])
	say(404, http.MethodGet, "orders/another", "")
	say(403, http.MethodPost, "orders", `{"by":{"id":"e2"},"rights":{},"order":{"id":"p2","where":"till","offer":"o1"}}`)

	for _, path := range []string{"merchants", "offers", "orders", "orders/p1"} {
		status, _, _ := f.ask(http.MethodGet, "/v1/manual/"+path, "")
		require.Equal(t, http.StatusUnauthorized, status)
	}
	_, err = f.backend.Revoke(t.Context(), "a till")
	require.NoError(t, err)
	say(401, http.MethodGet, "orders/p1", "")
	faults, err := f.backend.VerifyManual(t.Context())
	require.NoError(t, err)
	require.Empty(t, faults)
}
