package offer_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/manual"
	"kassa/backend/pages"
	"kassa/backend/pages/offer"
	"kassa/backend/pages/pagestest"
	"kassa/backend/store"
	pay "kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/postest"
	"kassa/storage/central"
	"kassa/storage/central/centraltest"
	"kassa/storage/postgres/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// slug is an offer's id as the till makes one.
const slug = "0190f2e1-5b1c-7a00-8000-00000000a001"

var owner = manual.From{Till: "t1", By: pay.Person{ID: "e1", Name: "Ольга"}, Rights: pay.AllRights()}

// house is a backend with an offer whose page is served, and what its log says.
type house struct {
	*testing.T
	*backend.Backend
	clock  *postest.Clock
	server *httptest.Server
	log    *pagestest.Log
}

// engines runs a test on both.
func engines(t *testing.T, test func(h *house)) {
	centraltest.Engines(t, func(t *testing.T, s *central.Store) { test(open(t, s)) })
}

func onFile(t *testing.T) *house { return open(t, centraltest.File(t)) }

func open(t *testing.T, s store.Store) *house {
	h := &house{T: t, clock: postest.NewClock(), log: &pagestest.Log{}}
	h.Backend = backend.New(backend.Params{Store: s, Clock: h.clock, IDs: postest.IDsAfter(1 << 40), Elapsed: func() time.Duration { return h.clock.Read().Since }})
	_, err := h.PutMerchant(t.Context(), owner, pay.Merchant{ID: "m1", Name: "Карта на карту", Description: "Перевод по номеру телефона +7 900 000-00-00, получатель Ольга П.",
		Hint: "Последние 4 цифры карты, с которой платили", Commission: 77777, Fee: 10_00, Account: "RUB", Currencies: []money.Currency{"RUB", "USD"}})
	require.NoError(t, err)
	_, err = h.PutOffer(t.Context(), owner, pay.Offer{ID: slug, Text: "Курс <b>кройки</b>", Price: 1500_00, Currency: "RUB", Merchants: []string{"m1"}})
	require.NoError(t, err)
	h.server = pagestest.Serve(t, h.log, func(site *pages.Site, mux *http.ServeMux) { offer.New(site, h.Backend).Mount(mux) })
	return h
}

// put changes the offer, merchant the merchant of an id, which it may make.
func (h *house) put(change func(*pay.Offer)) {
	h.Helper()
	o, err := h.Offer(h.Context(), slug)
	require.NoError(h, err)
	change(o)
	_, err = h.PutOffer(h.Context(), owner, *o)
	require.NoError(h, err)
}

func (h *house) merchant(id string, change func(*pay.Merchant)) {
	h.Helper()
	m, err := h.Merchant(h.Context(), id)
	if err != nil {
		m = &pay.Merchant{ID: id, Account: "RUB"}
	}
	change(m)
	_, err = h.PutMerchant(h.Context(), owner, *m)
	require.NoError(h, err)
}

// twoWays has the offer paid by a courier too, who has a picture.
func (h *house) twoWays() {
	h.Helper()
	h.merchant("m2", func(m *pay.Merchant) {
		m.Name, m.Description, m.Hint, m.Image = "Курьер", "Наличными при получении", "Имя курьера", picture(h.T)
	})
	h.put(func(o *pay.Offer) { o.Merchants = []string{"m1", "m2"} })
}

// picture is a QR-like square.
func picture(t *testing.T) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 120, 120))
	for i := range m.Pix {
		x, y := i%120/12, i/120/12
		if (x*y+x+y)%3 != 0 {
			m.SetGray(i%120, i/120, color.Gray{Y: 255})
		}
	}
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, m))
	return b.Bytes()
}

func (h *house) orders() []pay.Order {
	h.Helper()
	p, err := h.ListOrders(context.Background(), pay.Choice{})
	require.NoError(h, err)
	return p.Orders
}

// browser is one customer's browser.
type browser struct {
	*house
	*pagestest.Browser
}

func (h *house) browser() *browser {
	return &browser{h, pagestest.NewBrowser(h, func() *httptest.Server { return h.server })}
}

const (
	root  = "/o/" + slug
	toPay = root + "/pay"
)

// form is what the form has in it before anything is typed.
func (b *browser) form() url.Values {
	b.Helper()
	a := b.See(toPay)
	require.Equal(b, http.StatusOK, a.Status, a.Body)
	return pagestest.Fields(a.Body)
}

// pay sends a form with more in it.
func (b *browser) pay(f url.Values, more ...string) pagestest.Answer {
	b.Helper()
	for i := 0; i < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	return b.Ask(http.MethodPost, toPay, f)
}
