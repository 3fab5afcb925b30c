package merchants_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/ui/keys"
	"kassa/ui/merchants"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// desk is a shop with a true backend, seen by somebody.
type desk struct {
	*shoptest.Shop
	b      *shoptest.SetUp
	behind *shoptest.Behind
	closed int
}

func newDesk(t *testing.T, look shoptest.Look, who pos.GroupID) *desk {
	t.Helper()
	s := shoptest.Open(t, look.Size, look.Lang)
	s.SetTheme(theme.New(look.Mode, look.Scale))
	behind := s.Behind()
	d := &desk{Shop: s, behind: behind, b: behind.SetUp()}
	s.Login(who)
	return d
}

func (d *desk) open() { merchants.Open(d.Env, d.b, func() { d.closed++ }) }

// kept are all merchants with their images, as the backend has them.
func (d *desk) kept() []manual.Merchant {
	d.T.Helper()
	all, err := d.behind.Merchants(d.T.Context())
	require.NoError(d.T, err)
	for i := range all {
		m, err := d.behind.Merchant(d.T.Context(), all[i].ID)
		require.NoError(d.T, err)
		all[i] = *m
	}
	return all
}

// put makes a merchant past the window.
func (d *desk) put(m manual.Merchant) manual.Merchant {
	d.T.Helper()
	owner, err := d.Till.Login(d.T.Context(), d.Employee(pos.GroupOwner).PIN)
	require.NoError(d.T, err)
	m, err = d.b.PutMerchant(d.T.Context(), owner, m)
	require.NoError(d.T, err)
	return m
}

func courier() manual.Merchant {
	return manual.Merchant{ID: "m1", Name: "Курьер", Account: "RUB", Currencies: []money.Currency{"RUB"}}
}

// again types over what a field holds.
func (d *desk) again(text string) {
	uitest.Press(d.Window, "Ctrl+A")
	uitest.Type(d.Window, text)
}

func TestMerchants_MadeByKeysAlone(t *testing.T) {
	d := newDesk(t, shoptest.Looks[0], pos.GroupOwner)
	d.open()
	d.Shows("merchants", "rows", "0", "error", "")
	uitest.Press(d.Window, "F3")
	d.Shows("merchants.kind")
	assert.True(t, uitest.HasText(d.Window, "мерчант для ручных оплат"))
	uitest.Press(d.Window, keys.Enter)
	d.Shows("merchants.card", "net", "1000.00")
	uitest.Press(d.Window, "Ctrl+S")
	d.Shows("merchants.card", "error", "invalid", "wrong", "name")
	uitest.Type(d.Window, "Перевод на карту")
	d.Shows("merchants.card", "wrong", "")
	uitest.Press(d.Window, keys.Tab)
	uitest.Type(d.Window, "карта Ольги")
	uitest.Press(d.Window, keys.Tab)
	d.again("2.5")
	d.Shows("merchants.card", "net", "975.00")
	uitest.Press(d.Window, keys.Tab)
	d.again("10")
	d.Shows("merchants.card", "net", "965.00")
	assert.True(t, uitest.HasText(d.Window, "965,00"), "shown while typing")
	uitest.Press(d.Window, keys.Tab)
	d.again("usd")
	d.Shows("merchants.card", "net", "975.00")
	assert.True(t, uitest.HasText(d.Window, "снимают отдельно"), "never converted")
	uitest.Press(d.Window, keys.Tab, keys.Tab, keys.Tab)
	d.again("rub, usd")
	uitest.Press(d.Window, "F7")
	d.Shows("merchants.card", "more", "true")
	uitest.Type(d.Window, "Ваше имя")
	d.Picture("merchants-card-by-keys")
	uitest.Press(d.Window, "Ctrl+S")
	d.Shows("merchants", "rows", "1", "error", "")
	m := d.kept()[0]
	m.ID = ""
	assert.Equal(t, manual.Merchant{Name: "Перевод на карту", Description: "карта Ольги", Hint: "Ваше имя", Commission: 25000, Fee: 1000, FeeCurrency: "USD",
		Account: "RUB", Transaction: "RUB", Currencies: []money.Currency{"RUB", "USD"}, Version: 1}, m)
	uitest.Press(d.Window, keys.Enter, keys.Esc, keys.Esc)
	assert.Equal(t, 1, d.closed, "nothing was changed, so nothing is asked")
	d.Fine()
}

func TestMerchants_ArchivedAndTakenBackNeverDeleted(t *testing.T) {
	d := newDesk(t, shoptest.Looks[0], pos.GroupOwner)
	d.put(courier())
	d.open()
	d.Shows("merchants", "rows", "1")
	uitest.Press(d.Window, "F8")
	d.Shows("merchants", "rows", "0", "all", "1")
	require.True(t, d.kept()[0].Archived)
	uitest.Press(d.Window, "F4")
	d.Shows("merchants", "rows", "1")
	uitest.Press(d.Window, "F8")
	require.False(t, d.kept()[0].Archived)
	d.Shows("merchants", "rows", "1", "all", "1")
	d.Fine()
}

// file writes a file of a name and returns its path.
func file(t *testing.T, name string, raw []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, raw, 0o600))
	return path
}

func picture(t *testing.T, side int) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, image.NewGray(image.Rect(0, 0, side, side))))
	return out.Bytes()
}

func TestMerchants_AnImageIsTakenMadeSmallAndTakenAway(t *testing.T) {
	d := newDesk(t, shoptest.Looks[0], pos.GroupOwner)
	d.put(courier())
	d.open()
	uitest.Press(d.Window, keys.Enter, "F7", "Ctrl+I")
	d.Shows("merchants.image")
	for name, raw := range map[string][]byte{
		"script.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`),
		"film.gif":   []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"),
		"heavy.png":  append(picture(t, 8), make([]byte, manual.MaxImage)...),
		"cut.png":    picture(t, 64)[:40],
		"empty.png":  {},
	} {
		d.again(file(t, name, raw))
		uitest.Press(d.Window, keys.Enter)
		d.Shows("merchants.image", "error", "invalid")
	}
	d.again(filepath.Join(t.TempDir(), "none.png"))
	uitest.Press(d.Window, keys.Enter)
	d.Shows("merchants.image", "error", "not_found")
	d.again(file(t, "card.png", picture(t, 900)))
	uitest.Press(d.Window, keys.Enter)
	d.Shows("merchants.card", "image", "yes")
	uitest.Press(d.Window, "Ctrl+S")
	head, _, err := image.DecodeConfig(bytes.NewReader(d.kept()[0].Image))
	require.NoError(t, err)
	assert.Equal(t, 512, head.Width, "made small")

	uitest.Press(d.Window, keys.Enter)
	d.Shows("merchants.card", "image", "yes", "more", "true")
	uitest.Press(d.Window, "Ctrl+I", keys.Del)
	d.Shows("merchants.card", "image", "no")
	uitest.Press(d.Window, keys.Esc)
	d.Shows("merchants.card.leave")
	uitest.Press(d.Window, keys.Enter)
	assert.Empty(t, d.kept()[0].Image)
	d.Fine()
}

func TestMerchants_SomebodyElseChangedItMeanwhile(t *testing.T) {
	d := newDesk(t, shoptest.Looks[0], pos.GroupOwner)
	m := d.put(courier())
	d.open()
	uitest.Press(d.Window, keys.Enter)
	m.Description = "наличные"
	d.put(m)
	d.again("Курьер вечером")
	uitest.Press(d.Window, "Ctrl+S")
	d.Shows("merchants.card", "error", "conflict", "version", "1")
	assert.True(t, uitest.HasText(d.Window, "Курьер вечером"), "what was typed stays")
	assert.Equal(t, "наличные", d.kept()[0].Description)
	d.Fine()
}

func TestMerchants_WithoutTheBackendItSaysSo(t *testing.T) {
	d := newDesk(t, shoptest.Looks[0], pos.GroupOwner)
	d.put(courier())
	d.open()
	d.behind.Cut()
	uitest.Press(d.Window, "F8")
	d.Shows("merchants", "error", "unavailable", "rows", "1")
	d.behind.Mend()
	uitest.Press(d.Window, "F8")
	d.Shows("merchants", "error", "", "rows", "0")
	d.Fine()
}

func TestMerchants_WhoMayNotChangeLooks(t *testing.T) {
	d := newDesk(t, shoptest.Looks[0], pos.GroupSeniorCashier)
	d.put(courier())
	d.open()
	d.Shows("merchants", "rows", "1")
	uitest.Press(d.Window, "F3", "F8")
	d.Shows("merchants", "rows", "1")
	uitest.Press(d.Window, keys.Enter)
	d.Shows("merchants.card")
	uitest.Type(d.Window, "1")
	uitest.Press(d.Window, "Ctrl+S", keys.Esc)
	assert.EqualValues(t, 1, d.kept()[0].Version)
	_, err := d.b.PutMerchant(context.Background(), d.Env.Actor, courier())
	assert.Equal(t, pos.CodeForbidden, pos.CodeOf(err), "and would be refused")
	uitest.Press(d.Window, keys.Esc)
	assert.Equal(t, 1, d.closed)
	d.Fine()
}

func TestMerchants_HelpAboutAField(t *testing.T) {
	d := newDesk(t, shoptest.Looks[0], pos.GroupOwner)
	d.open()
	uitest.Press(d.Window, "F3", keys.Enter, keys.Tab, keys.Tab, "F1")
	d.Shows("help", "about", "merchants.commission")
	uitest.Press(d.Window, keys.Esc)
	d.Fine()
}

func TestMerchants_InEveryLook(t *testing.T) {
	for _, l := range shoptest.Looks {
		t.Run(l.Name, func(t *testing.T) {
			d := newDesk(t, l, pos.GroupOwner)
			m := courier()
			m.Name, m.Commission, m.Fee, m.Hint, m.Image = "Перевод на карту банка, который никто не интегрировал", 999999, 123456789, "Напишите имя", picture(t, 64)
			m.Currencies = []money.Currency{"RUB", "USD", "EUR", "KZT", "BYN", "UAH", "CNY", "GEL"}
			d.put(m)
			d.open()
			d.Fine()
			uitest.Press(d.Window, "F3")
			d.Fine()
			uitest.Press(d.Window, keys.Esc, keys.Enter)
			d.Picture("merchants-card-" + l.Name)
			uitest.Press(d.Window, "Ctrl+A", keys.Backspace, keys.Tab, keys.Tab)
			d.again("100")
			uitest.Press(d.Window, "Ctrl+S")
			d.Fine()
			uitest.Press(d.Window, "Ctrl+I")
			d.Fine()
		})
	}
}
