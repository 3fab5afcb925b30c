package api_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend/api"
	"kassa/backend/client"
	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/manual"
	"kassa/pos/money"
)

const (
	aTill = "a till"
	aPDF  = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"
)

var ruler = api.Asker{By: manual.Person{ID: "e1", Name: "Ольга"}, Rights: manual.AllRights()}

// withOrder is a served backend with an open order of a till, and the till's client.
func withOrder(t *testing.T) (*face, string, *client.Client) {
	f := serve(t)
	bearer := f.joined(aTill)
	c := client.New(client.Params{Till: aTill, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("Authorization", bearer)
		f.Handler.ServeHTTP(w, r)
	})})
	_, err := c.PutMerchant(t.Context(), ruler, manual.Merchant{ID: "m1", Name: "Карта", Account: "RUB", Transaction: "RUB", Currencies: []money.Currency{"RUB"}})
	require.NoError(t, err)
	for _, id := range []string{"p1", "p2"} {
		_, err = c.NewOrder(t.Context(), ruler, manual.Ask{ID: id, Where: manual.AtTill, Text: "Курс", Price: 5_00})
		require.NoError(t, err)
	}
	return f, bearer, c
}

func shot(t *testing.T) []byte {
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 30, 20))))
	return b.Bytes()
}

// A file goes to the backend and comes back through the client, as it does in a till.
func TestAPI_Proofs(t *testing.T) {
	f, bearer, c := withOrder(t)
	in := manual.AskProof{ID: "f1", Where: manual.AtOrders, Comment: "перевод «Ольге»"}
	for range 2 {
		o, err := c.AddProof(t.Context(), ruler, "p1", in, shot(t))
		require.NoError(t, err)
		require.EqualValues(t, 1, o.Proofs)
	}
	_, err := c.AddProof(t.Context(), ruler, "p1", in, []byte(aPDF))
	require.Equal(t, pos.CodeConflict, codeOf(err))
	_, err = c.AddProof(t.Context(), ruler, "p1", manual.AskProof{ID: "f2", Where: manual.AtOrders}, []byte(aPDF))
	require.NoError(t, err)
	_, err = c.AddProof(t.Context(), ruler, "p1", manual.AskProof{ID: "f3", Where: manual.AtOrders}, make([]byte, manual.MaxProof+1))
	require.Equal(t, pos.CodeLimit, codeOf(err))
	all, err := c.Proofs(t.Context(), "p1")
	require.NoError(t, err)
	require.Len(t, all, 2)
	require.Equal(t, "перевод «Ольге»", all[0].Comment)
	file, err := c.Proof(t.Context(), "p1", all[0].Proof)
	require.NoError(t, err)
	require.Equal(t, all[0].Digest, manual.Digest(file))
	_, err = c.Proof(t.Context(), "p2", all[0].Proof)
	require.Equal(t, pos.CodeNotFound, codeOf(err), "another order's")
	other := all[0].Proof
	other.Digest = all[1].Digest
	_, err = c.Proof(t.Context(), "p1", other)
	require.ErrorContains(t, err, "another file")

	r := httptest.NewRequest(http.MethodGet, "/v1/manual/orders/p1/proofs/f2", nil)
	r.Header.Set("Authorization", bearer)
	w := httptest.NewRecorder()
	f.ServeHTTP(w, r)
	assert.Equal(t, aPDF, w.Body.String())
	for name, want := range map[string]string{"Content-Type": "application/pdf", "Content-Disposition": `attachment; filename="proof.pdf"`,
		"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "no-store"} {
		assert.Equal(t, want, w.Header().Get(name), name)
	}
	for _, path := range []string{"/v1/manual/orders/p1/proofs", "/v1/manual/orders/p1/proofs/f2"} {
		status, _, _ := f.ask(http.MethodGet, path, "")
		assert.Equal(t, http.StatusUnauthorized, status, path)
	}
	faults, err := f.backend.VerifyManual(t.Context())
	require.NoError(t, err)
	require.Empty(t, faults)
}

func codeOf(err error) pos.Code {
	if t, ok := err.(*exchange.Trouble); ok {
		return pos.CodeOf(t.Told())
	}
	return pos.CodeOf(err)
}

// What is no proof is refused by its head where that says so, and of what is too
// large nobody reads more than its bound.
func TestAPI_Proofs_Refused(t *testing.T) {
	f, bearer, _ := withOrder(t)
	say := func(proof manual.AskProof, by api.Asker) string {
		told, err := api.Told(api.AttachTold{Asker: by, Proof: proof})
		require.NoError(t, err)
		return told
	}
	good := say(manual.AskProof{ID: "f1", Where: manual.AtOrders}, ruler)
	for name, c := range map[string]struct {
		path, kind, told string
		length           int64 // -1: it is not said
		body             []byte
		status           int
		id               string
		most             int64
	}{
		"300 MiB, as it says":     {told: good, length: 300 << 20, status: 413, id: "manual.proof-large"},
		"300 MiB, and not said":   {told: good, length: -1, status: 413, most: manual.MaxProof + 1},
		"a web page by its type":  {told: good, kind: "text/html", length: 10, status: 415, id: "manual.proof-type"},
		"a drawing by its type":   {told: good, kind: "image/svg+xml", length: 10, status: 415, id: "manual.proof-type"},
		"no type":                 {told: good, kind: " ", length: 10, status: 415, id: "manual.proof-type"},
		"a page that says png":    {told: good, kind: "image/png", body: []byte("<html><script>"), status: 400, id: "manual.proof-kind"},
		"nothing":                 {told: good, body: []byte{}, status: 400, id: "manual.proof-empty"},
		"nothing told of it":      {body: []byte(aPDF), status: 422},
		"nonsense told of it":     {told: "%%%", body: []byte(aPDF), status: 400, id: "manual.proof-told"},
		"more told than there is": {told: "eyJwcmljZSI6NX0", body: []byte(aPDF), status: 400, id: "manual.proof-told"},
		"two of one thing told":   {told: base64.RawURLEncoding.EncodeToString([]byte(`{"proof":{"id":"f1","where":"till"},"proof":{"id":"f2","where":"till"}}`)), body: []byte(aPDF), status: 400, id: "manual.proof-told"},
		"another shop's order":    {path: "theirs", told: good, body: []byte(aPDF), status: 404, id: "manual.order-unknown"},
		"no right to":             {told: say(manual.AskProof{ID: "f1", Where: manual.AtOrders}, api.Asker{By: manual.Person{ID: "e2"}}), body: []byte(aPDF), status: 403, id: "manual.forbidden"},
		"a card's number":         {told: say(manual.AskProof{ID: "f1", Where: manual.AtOrders, Comment: "4111 1111 1111 1111"}, ruler), body: []byte(aPDF), status: 400, id: "text.card-number"},
	} {
		t.Run(name, func(t *testing.T) {
			body := &endless{left: 300 << 20}
			r := httptest.NewRequest(http.MethodPost, "/v1/manual/orders/"+or(c.path, "p1")+"/proofs", body)
			r.ContentLength = c.length
			if c.body != nil {
				r = httptest.NewRequest(http.MethodPost, "/v1/manual/orders/"+or(c.path, "p1")+"/proofs", bytes.NewReader(c.body))
			}
			r.Header.Set("Authorization", bearer)
			r.Header.Set("Content-Type", or(c.kind, "application/pdf"))
			if c.told != "" {
				r.Header.Set(api.ToldHeader, c.told)
			}
			w := httptest.NewRecorder()
			f.ServeHTTP(w, r)
			var p api.Problem
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &p), w.Body.String())
			assert.Equal(t, []any{c.status, c.status}, []any{w.Code, p.Status}, w.Body.String())
			assert.Equal(t, "application/problem+json", w.Header().Get("Content-Type"))
			if c.id != "" {
				assert.Equal(t, c.id, p.ID)
				assert.NotEmpty(t, p.Detail)
			}
			assert.LessOrEqual(t, body.read, c.most)
			assert.NotContains(t, w.Body.String(), "4111")
		})
	}
	all, err := f.backend.Proofs(t.Context(), "p1")
	require.NoError(t, err)
	require.Empty(t, all, "nothing half done")
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// What another backend kept goes from one to the other, file before order.
func TestAPI_Proofs_Brought(t *testing.T) {
	_, _, from := withOrder(t)
	_, err := from.AddProof(t.Context(), ruler, "p1", manual.AskProof{ID: "f1", Where: manual.AtTill}, shot(t))
	require.NoError(t, err)
	f := serve(t)
	bearer := f.joined(aTill)
	to := client.New(client.Params{Till: aTill, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("Authorization", bearer)
		f.Handler.ServeHTTP(w, r)
	})})
	k, err := from.Order(t.Context(), "p1")
	require.NoError(t, err)
	p := k.Attached()[0].Proof
	file, err := from.Proof(t.Context(), "p1", p)
	require.NoError(t, err)
	require.Equal(t, pos.CodeInvalid, codeOf(to.BringProof(t.Context(), "p1", p, shot(t))), "not made anew")
	for range 2 {
		require.NoError(t, to.BringProof(t.Context(), "p1", p, file))
	}
	_, err = to.Bring(t.Context(), manual.Handover{Orders: []manual.Kept{k}})
	require.NoError(t, err)
	back, err := to.Proof(t.Context(), "p1", p)
	require.NoError(t, err)
	require.Equal(t, file, back)
}
