package main

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/till"
)

// served is a server under an address, "" for one that nobody said.
func served(t *testing.T, public func(own string) string) (*backend.Backend, *httptest.Server) {
	t.Helper()
	p := &program{log: slog.New(slog.DiscardHandler), options: options{database: "sqlite:" + filepath.Join(t.TempDir(), "backend.db"), lang: "ru"}}
	require.NoError(t, p.readShop())
	b, s, err := p.open(t.Context(), false)
	require.NoError(t, err)
	var h http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }))
	t.Cleanup(func() { server.Close(); require.NoError(t, s.Close()) })
	p.publicURL = public(server.URL)
	h = p.handler(b)
	return b, server
}

// joined is a shop whose till has the server behind it, and its owner.
func joined(t *testing.T, b *backend.Backend, server string) (*shop.Shop, pos.Actor) {
	t.Helper()
	t.Setenv("KASSA_SECRETS", "file")
	s, demo, err := shop.Create(t.Context(), shop.Options{Home: filepath.Join(t.TempDir(), "home"), HashCost: till.HashCost{MemoryKiB: 8, Passes: 1}}, true)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	owner, err := s.Till.Login(t.Context(), demo.Employees[0].PIN)
	require.NoError(t, err)
	code, err := b.AddTill(t.Context(), "Касса 1")
	require.NoError(t, err)
	_, err = s.JoinServer(t.Context(), owner, server, code.Text, time.Time{})
	require.NoError(t, err)
	require.Nil(t, s.TellAll(t.Context()).Trouble)
	return s, owner
}

// offered sets up at the till what is paid for.
func offered(t *testing.T, s *shop.Shop, owner pos.Actor) manual.Offer {
	t.Helper()
	set := s.SetUp()
	m, err := set.PutMerchant(t.Context(), owner, manual.Merchant{ID: set.NewID(), Name: "Карта на карту", Account: s.Settings().Currency})
	require.NoError(t, err)
	o, err := set.PutOffer(t.Context(), owner, manual.Offer{ID: set.NewID(), Text: "Курс кройки", Price: 1500_00, Currency: m.Account, Merchants: []string{m.ID}})
	require.NoError(t, err)
	return o
}

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)

// A till joined to a server that is seen from outside gives the link of an offer; what
// a customer says there comes to the till, is decided there, and the customer sees it.
func TestOffers_FromTheTillsLinkToTheTill(t *testing.T) {
	b, server := served(t, func(own string) string { return own + "/" })
	s, owner := joined(t, b, server.URL)
	o := offered(t, s, owner)
	link, err := s.SetUp().OfferPage(t.Context(), owner, o.ID)
	require.NoError(t, err)
	require.Equal(t, server.URL+"/o/"+o.ID, link)

	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	c := &http.Client{Jar: secure{jar}}
	read := func(res *http.Response, err error) string {
		t.Helper()
		require.NoError(t, err)
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, res.StatusCode, string(body))
		return string(body)
	}
	require.Contains(t, read(c.Get(link)), "Купить")
	f := url.Values{"comment": {"цифры 4411"}}
	for _, m := range hiddenField.FindAllStringSubmatch(read(c.Get(link+"/pay")), -1) {
		f.Set(m[1], m[2])
	}
	require.Contains(t, read(c.PostForm(link+"/pay", f)), "Оплата обрабатывается")

	require.Nil(t, s.TellAll(t.Context()).Trouble)
	mirrored, err := s.Till.MirroredOrders(t.Context(), till.MirroredChoice{State: manual.Open, Limit: 10})
	require.NoError(t, err)
	require.Len(t, mirrored.Orders, 1, "the till is told of it by itself")
	m, err := s.Manual(t.Context(), owner)
	require.NoError(t, err)
	page, err := m.Orders(t.Context(), backend.Orders{State: manual.Open})
	require.NoError(t, err)
	require.Len(t, page.Orders, 1)
	assert.Equal(t, "цифры 4411", page.Orders[0].Requested.Comment)
	_, err = m.Decide(t.Context(), m.Asker, "d1", page.Orders[0].ID, manual.Ruling{Decision: manual.Approve, Version: 1, Where: manual.AtOrders})
	require.NoError(t, err)
	require.Contains(t, read(c.Get(link+"/paid/"+f.Get("key"))), "Оплата подтверждена")

	_, err = s.SetUp().PutOffer(t.Context(), owner, manual.Offer{ID: o.ID, Kind: o.Kind, Text: o.Text, Price: o.Price, Currency: o.Currency, Merchants: o.Merchants, Window: o.Window, Version: o.Version, Archived: true})
	require.NoError(t, err)
	link, err = s.SetUp().OfferPage(t.Context(), owner, o.ID)
	require.NoError(t, err)
	assert.Empty(t, link, "an archived offer has no page")
}

// secure keeps the cookies of pages though a test server has no certificate, as
// browsers do for this computer.
type secure struct{ http.CookieJar }

func onTLS(u *url.URL) *url.URL {
	u2 := *u
	u2.Scheme = "https"
	return &u2
}

func (s secure) SetCookies(u *url.URL, all []*http.Cookie) { s.CookieJar.SetCookies(onTLS(u), all) }
func (s secure) Cookies(u *url.URL) []*http.Cookie         { return s.CookieJar.Cookies(onTLS(u)) }

// A server nobody outside could open gives no link, and has no such page.
func TestOffers_NoPublicAddress(t *testing.T) {
	for _, public := range []string{"", "http://shop.example", "ftp://shop.example", "shop.example"} {
		b, server := served(t, func(string) string { return public })
		s, owner := joined(t, b, server.URL)
		o := offered(t, s, owner)
		link, err := s.SetUp().OfferPage(t.Context(), owner, o.ID)
		require.NoError(t, err)
		assert.Empty(t, link, public)
		res, err := http.Get(server.URL + "/o/" + o.ID)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		assert.Equal(t, http.StatusNotFound, res.StatusCode, public)
		assert.False(t, strings.HasPrefix(res.Header.Get("Content-Type"), "text/html"))
	}
}
