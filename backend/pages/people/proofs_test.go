package people_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend/store"
	pay "kassa/pos/manual"
)

// document is a small PDF with what a browser could be made to run.
var document = []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n<script>alert(1)</script>\n%%EOF\n")

// receipt is the picture of a bank's screen.
func receipt(t *testing.T) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 320, 480))
	draw.Draw(img, img.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	for i := range 9 {
		draw.Draw(img, image.Rect(24, 40+i*44, 296-i%4*60, 58+i*44), image.NewUniform(color.RGBA{R: 60, G: 120, B: 90, A: 255}), image.Point{}, draw.Src)
	}
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, img))
	return append(b.Bytes(), "<script>alert(1)</script>"...)
}

func (h *house) attach(order, id string, file []byte) {
	h.Helper()
	_, err := h.AddProof(h.Context(), cashier, order, pay.AskProof{ID: id, Where: pay.AtTill, Comment: "квитанция <b>банка</b>"}, file)
	require.NoError(h, err)
}

// Proofs of a payment are seen by whoever is signed in, and by nobody else; nothing in
// them runs.
func TestProofs(t *testing.T) {
	engines(t, func(h *house) {
		t := h.T
		h.order("p1", "Курс")
		h.attach("p1", "f1", receipt(t))
		h.attach("p1", "f2", document)
		h.order("p2", "Иное")
		sees := h.person("vera@example.ru", store.LevelSee)
		page := sees.See("/people/orders/p1").Body
		assert.Contains(t, page, `<img src="/people/orders/p1/proofs/f1" alt="Квитанция 1" loading="lazy">`)
		assert.Contains(t, page, `href="/people/orders/p1/proofs/f2"`)
		assert.Contains(t, page, "квитанция &lt;b&gt;банка&lt;/b&gt;")
		assert.Contains(t, page, "Приложена квитанция")
		assert.Contains(t, sees.See("/people/").Body, `<dd><a href="/people/orders/p1">2</a></dd>`)
		assert.NotContains(t, sees.See("/people/orders/p2").Body, "Квитанции")

		for id, want := range map[string][]string{"f1": {"image/jpeg", "inline"}, "f2": {"application/pdf", "attachment"}} {
			r, err := sees.Client.Get(h.server.URL + "/people/orders/p1/proofs/" + id)
			require.NoError(t, err)
			var file bytes.Buffer
			_, err = file.ReadFrom(r.Body)
			require.NoError(t, err)
			require.NoError(t, r.Body.Close())
			assert.Equal(t, http.StatusOK, r.StatusCode)
			assert.Equal(t, want[0], r.Header.Get("Content-Type"))
			assert.True(t, strings.HasPrefix(r.Header.Get("Content-Disposition"), want[1]))
			assert.Equal(t, "default-src 'none'; sandbox", r.Header.Get("Content-Security-Policy"))
			assert.Equal(t, "nosniff", r.Header.Get("X-Content-Type-Options"))
			assert.Equal(t, "no-store", r.Header.Get("Cache-Control"))
			assert.Equal(t, id == "f2", strings.Contains(file.String(), "<script>"), "a picture is made anew, a document is kept as it is and never shown")
		}
		for _, path := range []string{"/people/orders/p2/proofs/f1", "/people/orders/p1/proofs/none", "/people/orders/none/proofs/f1"} {
			assert.Equal(t, http.StatusNotFound, sees.See(path).Status, path)
		}
		stranger := h.browser().See("/people/orders/p1/proofs/f1")
		assert.Equal(t, http.StatusSeeOther, stranger.Status)
		assert.Contains(t, stranger.To, "/people/sign-in")

		require.NoError(t, h.store.Change(t.Context(), func(x store.Tx) error { _, err := x.ForgetPayer("c1"); return err }))
		gone := sees.See("/people/orders/p1").Body
		assert.Contains(t, gone, "Квитанция 1: файла больше нет")
		assert.NotContains(t, gone, "<img")
	})
}
