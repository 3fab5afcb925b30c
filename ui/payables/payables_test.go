package payables_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/ui/keys"
	"kassa/ui/payables"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// desk is a shop with a true backend, seen by somebody.
type desk struct {
	*shoptest.Shop
	b      *shoptest.SetUp
	behind *shoptest.Behind
	owner  pos.Actor
	closed int
}

func newDesk(t *testing.T, look shoptest.Look, who pos.GroupID) *desk {
	t.Helper()
	s := shoptest.Open(t, look.Size, look.Lang)
	s.SetTheme(theme.New(look.Mode, look.Scale))
	behind := s.Behind()
	d := &desk{Shop: s, behind: behind, b: behind.SetUp()}
	owner, err := d.Till.Login(t.Context(), d.Employee(pos.GroupOwner).PIN)
	require.NoError(t, err)
	d.owner = owner
	s.Login(who)
	return d
}

func (d *desk) open() { payables.Open(d.Env, d.b, func() { d.closed++ }) }

// merchant makes a merchant past the window.
func (d *desk) merchant(id, name string, c ...money.Currency) manual.Merchant {
	d.T.Helper()
	m, err := d.b.PutMerchant(d.T.Context(), d.owner, manual.Merchant{ID: id, Name: name, Account: c[0], Currencies: c})
	require.NoError(d.T, err)
	return m
}

// offer makes an offer past the window.
func (d *desk) offer(o manual.Offer) manual.Offer {
	d.T.Helper()
	o, err := d.b.PutOffer(d.T.Context(), d.owner, o)
	require.NoError(d.T, err)
	return o
}

func (d *desk) kept() []manual.Offer {
	d.T.Helper()
	all, err := d.behind.Offers(d.T.Context())
	require.NoError(d.T, err)
	return all
}

// again types over what a field holds.
func (d *desk) again(text string) {
	uitest.Press(d.Window, "Ctrl+A")
	uitest.Type(d.Window, text)
}

func course() manual.Offer {
	return manual.Offer{ID: "o1", Kind: manual.OfferService, Text: "Курс кройки", Price: 150000, Currency: "RUB", Merchants: []string{"m1"}}
}

func TestPayables_AServiceIsMadeByKeysAlone(t *testing.T) {
	d := newDesk(t, shoptest.Looks[0], pos.GroupOwner)
	d.merchant("m1", "Курьер", "RUB")
	d.merchant("m2", "Карта", "RUB", "USD")
	d.open()
	d.Shows("payables", "rows", "0")
	uitest.Press(d.Window, "F3")
	d.Shows("payables.card", "kind", "text", "chosen", "0")
	uitest.Press(d.Window, "Ctrl+S")
	d.Shows("payables.card", "error", "invalid", "wrong", "text price merchants")
	uitest.Press(d.Window, "Shift+Tab", keys.Left)
	d.Shows("payables.card", "kind", "service")
	uitest.Press(d.Window, keys.Tab)
	uitest.Type(d.Window, "Курс кройки")
	uitest.Press(d.Window, keys.Tab)
	uitest.Type(d.Window, "1500,50")
	uitest.Press(d.Window, keys.Tab, keys.Tab, keys.Space, keys.Tab, keys.Space)
	d.Shows("payables.card", "chosen", "2", "wrong", "")
	uitest.Press(d.Window, "F7")
	d.again("367")
	d.Shows("payables.card", "wrong", "window")
	assert.True(t, uitest.HasText(d.Window, "от 1 до 366"))
	d.again("14")
	uitest.Press(d.Window, "Ctrl+S")
	d.Shows("payables", "rows", "1")
	o := d.kept()[0]
	o.ID = ""
	assert.Equal(t, manual.Offer{Kind: manual.OfferService, Text: "Курс кройки", Price: 150050, Currency: "RUB", Merchants: []string{"m1", "m2"}, Window: 14, Version: 1}, o)
	uitest.Press(d.Window, keys.Enter)
	d.Shows("payables.card", "version", "1", "wrong", "")
	uitest.Press(d.Window, keys.Esc, keys.Esc)
	assert.Equal(t, 1, d.closed)
	d.Fine()
}

func TestPayables_GoodsAreTakenFromTheCatalogue(t *testing.T) {
	d := newDesk(t, shoptest.Looks[0], pos.GroupOwner)
	d.merchant("m1", "Курьер", "RUB")
	d.open()
	uitest.Press(d.Window, "F3")
	d.Shows("payables.card", "chosen", "1")
	uitest.Press(d.Window, "F5")
	p := d.Demo.Products[0]
	uitest.Type(d.Window, p.Name)
	uitest.Press(d.Window, keys.Enter)
	d.Shows("payables.card", "kind", "product", "product", string(p.ID), "wrong", "")
	uitest.Press(d.Window, "Ctrl+S")
	o := d.kept()[0]
	assert.Equal(t, p.Name, o.Text)
	assert.Equal(t, p.Price, o.Price)
	assert.Equal(t, string(p.ID), o.Product)

	uitest.Press(d.Window, keys.Enter, "F5")
	other := d.Demo.Products[1]
	uitest.Scan(d.Window, other.Barcodes[0])
	d.Shows("payables.card", "product", string(other.ID))
	uitest.Press(d.Window, "Shift+Tab", "Shift+Tab", "Shift+Tab", keys.Right)
	d.Shows("payables.card", "kind", "service")
	uitest.Press(d.Window, "Ctrl+S")
	require.Empty(t, d.kept()[0].Product, "a service has no goods")
	d.Fine()
}

func TestPayables_ACurrencyNoMerchantTakesIsSaidBesideThem(t *testing.T) {
	d := newDesk(t, shoptest.Looks[0], pos.GroupOwner)
	d.merchant("m1", "Курьер", "RUB")
	d.offer(course())
	d.open()
	uitest.Press(d.Window, keys.Enter, keys.Tab, keys.Tab)
	d.again("eur")
	uitest.Press(d.Window, "Ctrl+S")
	d.Shows("payables.card", "error", "invalid", "wrong", "merchants")
	assert.True(t, uitest.HasText(d.Window, "не принимает EUR"))
	uitest.Press(d.Window, keys.Esc)
	d.Shows("payables.card.leave")
	uitest.Press(d.Window, keys.Del)
	assert.EqualValues(t, "RUB", d.kept()[0].Currency)
	d.Fine()
}

func TestPayables_FoundArchivedAndTakenBack(t *testing.T) {
	d := newDesk(t, shoptest.Looks[0], pos.GroupOwner)
	d.merchant("m1", "Курьер", "RUB")
	m := d.merchant("m2", "Карта", "RUB")
	d.offer(course())
	other := course()
	other.ID, other.Text, other.Merchants = "o2", "Пожертвование", []string{"m2"}
	d.offer(other)
	d.open()
	d.Shows("payables", "rows", "2")
	uitest.Type(d.Window, "кур")
	d.Shows("payables", "rows", "1")
	d.again("карта пожер")
	d.Shows("payables", "rows", "1")
	d.again("ничего")
	d.Shows("payables", "rows", "0")
	uitest.Press(d.Window, "Ctrl+A", keys.Backspace, "F8")
	d.Shows("payables", "rows", "1", "all", "2")
	uitest.Press(d.Window, "F4")
	d.Shows("payables", "rows", "2")
	uitest.Press(d.Window, keys.Down, "F8", "F4")
	d.Shows("payables", "rows", "2")
	for _, o := range d.kept() {
		assert.False(t, o.Archived)
	}
	m.Archived = true
	_, err := d.b.PutMerchant(t.Context(), d.owner, m)
	require.NoError(t, err)
	uitest.Press(d.Window, "F6")
	d.Shows("merchants", "rows", "1")
	uitest.Press(d.Window, keys.Esc)
	d.Shows("payables", "rows", "2")
	assert.True(t, uitest.HasText(d.Window, "Нечем платить"))
	d.Fine()
}

func TestPayables_TheLinkIsShownOnlyWhereThereIsAPage(t *testing.T) {
	d := newDesk(t, shoptest.Looks[0], pos.GroupOwner)
	d.merchant("m1", "Курьер", "RUB")
	d.offer(course())
	d.open()
	uitest.Press(d.Window, keys.Enter, "F9")
	d.Shows("payables.card", "page", "")
	require.False(t, uitest.HasText(d.Window, "QR"))
	uitest.Press(d.Window, keys.Esc)
	d.behind.Pages = "https://kassa.example/o/"
	uitest.Press(d.Window, keys.Enter, "F9")
	d.Shows("payables.page", "page", "https://kassa.example/o/o1", "copied", "no")
	d.Picture("payables-page")
	uitest.Press(d.Window, keys.Enter)
	d.Shows("payables.page", "copied", "yes")
	assert.Equal(t, "https://kassa.example/o/o1", fyne.CurrentApp().Clipboard().Content())
	uitest.Type(d.Window, "x")
	require.True(t, uitest.HasText(d.Window, "https://kassa.example/o/o1"), "it is read, not written")
	uitest.Press(d.Window, keys.Esc, keys.Esc)
	d.behind.Pages = "javascript:alert(1)//"
	uitest.Press(d.Window, keys.Enter)
	d.Shows("payables.card", "page", "")
	d.Fine()
}

func TestPayables_WhoMayNotChangeLooks(t *testing.T) {
	d := newDesk(t, shoptest.Looks[0], pos.GroupSeniorCashier)
	d.merchant("m1", "Курьер", "RUB")
	d.offer(course())
	d.open()
	uitest.Press(d.Window, "F3", "F8")
	d.Shows("payables", "rows", "1")
	uitest.Press(d.Window, keys.Enter)
	d.Shows("payables.card")
	uitest.Type(d.Window, "1")
	uitest.Press(d.Window, "F5", "F7", "Ctrl+S", keys.Esc)
	assert.EqualValues(t, 1, d.kept()[0].Version)
	_, err := d.b.PutOffer(t.Context(), d.Env.Actor, course())
	assert.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
	uitest.Press(d.Window, keys.Esc)
	assert.Equal(t, 1, d.closed)
	d.Fine()
}

func TestPayables_InEveryLook(t *testing.T) {
	for _, l := range shoptest.Looks {
		t.Run(l.Name, func(t *testing.T) {
			d := newDesk(t, l, pos.GroupOwner)
			d.merchant("m1", "Перевод на карту банка, который никто не интегрировал", "RUB")
			d.merchant("m2", "Курьер", "RUB")
			o := course()
			o.Text, o.Price = "Курс кройки и шитья, восемь встреч", 123456789
			d.offer(o)
			d.open()
			d.Picture("payables-" + l.Name)
			uitest.Press(d.Window, keys.Enter, "F7")
			d.Picture("payables-card-" + l.Name)
			uitest.Press(d.Window, "F5")
			d.Fine()
			uitest.Press(d.Window, keys.Esc, "Ctrl+A", keys.Backspace)
			uitest.Type(d.Window, "0")
			uitest.Press(d.Window, "Ctrl+S")
			d.Fine()
		})
	}
}
