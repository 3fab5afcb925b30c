package orders_test

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	pays "kassa/backend/manual"
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/ui/keys"
	"kassa/ui/uitest"
)

const aPDF = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"

// file keeps bytes on the till's computer.
func (o *office) file(name string, raw []byte) string {
	o.T.Helper()
	path := filepath.Join(o.T.TempDir(), name)
	require.NoError(o.T, os.WriteFile(path, raw, 0o600))
	return path
}

func screenshot(t *testing.T) []byte {
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 60, 40))))
	return b.Bytes()
}

// opened is what the system's own program was given, and what was in it.
func (o *office) opens() map[string]string {
	seen := map[string]string{}
	o.Env.OpenFile = func(path string) error {
		raw, err := os.ReadFile(path)
		seen[path] = string(raw)
		return err
	}
	return seen
}

// By keys alone: a picture and a document are attached to a payment, looked at, given
// to the system's program and taken away again.
func TestProofs_ByKeys(t *testing.T) {
	o := open(t, pos.GroupOwner).board()
	seen := o.opens()
	o.press(keys.Enter, "F2")
	o.Shows("orders.proofs", "proofs", "0", "error", "")
	require.True(t, uitest.HasText(o.Window, "Квитанций нет"), "%q", uitest.Texts(o.Window))
	o.press(keys.Enter) // there is nothing to open
	o.press("F2")
	o.Shows("orders.attach", "error", "")
	uitest.Type(o.Window, o.file("экран.png", screenshot(t)))
	o.press(keys.Tab)
	uitest.Type(o.Window, "перевод в 18:40")
	o.press(keys.Enter)
	o.Shows("orders.proofs", "proofs", "1", "kind", "image/jpeg", "seen", "true", "error", "")
	require.True(t, uitest.HasText(o.Window, "перевод в 18:40"), "%q", uitest.Texts(o.Window))

	o.press("F2")
	uitest.Type(o.Window, o.file("банк.pdf", []byte(aPDF)))
	o.press(keys.Enter)
	o.Shows("orders.proofs", "proofs", "2", "kind", "application/pdf")
	require.Contains(t, o.fact("orders.proofs", "hint"), "PDF здесь не показывается")
	o.press(keys.Enter)
	require.Len(t, seen, 1)
	for path, what := range seen {
		assert.Equal(t, aPDF, what)
		assert.Equal(t, ".pdf", filepath.Ext(path))
	}
	o.press(keys.Down)
	o.Shows("orders.proofs", "kind", "image/jpeg", "seen", "true", "hint", "")
	o.press(keys.Enter)
	require.Len(t, seen, 2)
	o.press(keys.Esc)
	for path := range seen {
		assert.NoFileExists(t, path, "nobody else is to find it")
	}
	o.Shows("orders.order", "proofs", "2", "events", "3")
	require.True(t, uitest.HasText(o.Window, "Квитанции: 2"))
	require.True(t, uitest.HasText(o.Window, "Приложена квитанция"))
	o.press("F9")
	o.Shows("orders.order", "state", "approved", "error", "")
	o.Fine()
}

// What is no proof, and what cannot be sent, is said in the window, and the file stays
// where it was.
func TestProofs_Refused(t *testing.T) {
	o := open(t, pos.GroupOwner).board()
	o.Env.OpenFile = func(string) error { return errors.New("no program") }
	o.press(keys.Enter, "F2", "F2")
	drawing := o.file("снимок.png", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`))
	uitest.Type(o.Window, drawing)
	o.press(keys.Enter)
	o.Shows("orders.attach", "error", "invalid")
	require.Contains(t, o.fact("orders.attach", "news"), "Это не снимок и не PDF")
	o.press("Ctrl+A")
	uitest.Type(o.Window, filepath.Join(t.TempDir(), "none.pdf"))
	o.press(keys.Enter)
	o.Shows("orders.attach", "error", "not_found")
	o.press("Ctrl+A")
	large := o.file("большой.pdf", append([]byte(aPDF), make([]byte, manual.MaxProof)...))
	uitest.Type(o.Window, large)
	o.press(keys.Enter)
	o.Shows("orders.attach", "error", "limit")

	o.press("Ctrl+A")
	path := o.file("банк.pdf", []byte(aPDF))
	uitest.Type(o.Window, path)
	o.back.Cut()
	o.press(keys.Enter)
	o.Shows("orders.attach", "error", "unavailable")
	require.Contains(t, o.fact("orders.attach", "news"), "остался на месте")
	require.FileExists(t, path)
	o.back.Mend()
	o.press(keys.Enter)
	o.Shows("orders.proofs", "proofs", "1", "error", "")
	assert.EqualValues(t, 1, o.order("p1").Proofs)

	o.press(keys.Enter)
	o.Shows("orders.proofs", "error", "unavailable")
	require.Contains(t, o.fact("orders.proofs", "news"), "нет программы")
	o.Fine()
}

// Who neither decides nor noted the payment needs somebody who does; their own they
// prove themselves.
func TestProofs_NeedsWhoDecides(t *testing.T) {
	o := open(t, pos.GroupCashier).board()
	o.press(keys.Enter, "F2", "F2")
	uitest.Type(o.Window, o.file("банк.pdf", []byte(aPDF)))
	o.press(keys.Enter)
	o.Shows("approval", "right", "manual.decide")
	o.press(keys.Esc)
	o.Shows("orders.attach", "error", "forbidden")
	assert.Zero(t, o.order("p1").Proofs)

	o.by(pays.From{Till: o.marina.Till, By: manual.Person{ID: string(o.Env.Actor.ID), Name: "Анна"}, Rights: manual.AllRights()}, "p2")
	k := o.order("p2")
	_, err := o.Env.Payments.AddProof(t.Context(), o.Env.Actor, &k.Order, manual.AskProof{ID: "f1", Where: manual.AtOrders}, o.file("банк.pdf", []byte(aPDF)))
	require.NoError(t, err)
	o.Fine()
}
