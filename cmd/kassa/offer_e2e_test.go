package main

import (
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/backend/api"
	"kassa/pos"
	"kassa/pos/manual"
)

// customer is somebody with a browser, which keeps the cookies of a server on this
// computer though it has no certificate, as browsers do.
type customer struct {
	t   *testing.T
	jar http.CookieJar
	web http.Client
}

func newCustomer(t *testing.T) *customer {
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	c := &customer{t: t, jar: jar}
	c.web.Jar = c
	return c
}

func sealed(u *url.URL) *url.URL {
	as := *u
	as.Scheme = "https"
	return &as
}

// SetCookies implements http.CookieJar.
func (c *customer) SetCookies(u *url.URL, all []*http.Cookie) { c.jar.SetCookies(sealed(u), all) }

// Cookies implements http.CookieJar.
func (c *customer) Cookies(u *url.URL) []*http.Cookie { return c.jar.Cookies(sealed(u)) }

func (c *customer) read(res *http.Response, err error) string {
	c.t.Helper()
	require.NoError(c.t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	require.NoError(c.t, err)
	require.Equal(c.t, http.StatusOK, res.StatusCode, string(body))
	return string(body)
}

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)

// pay says on the page of an offer that it was paid, and returns where it stands how
// that is.
func (c *customer) pay(link, comment string) string {
	c.t.Helper()
	require.Contains(c.t, c.read(c.web.Get(link)), "Купить")
	f := url.Values{"comment": {comment}}
	for _, m := range hiddenField.FindAllStringSubmatch(c.read(c.web.Get(link+"/pay")), -1) {
		f.Set(m[1], html.UnescapeString(m[2]))
	}
	res, err := c.web.PostForm(link+"/pay", f)
	require.Contains(c.t, c.read(res, err), "Оплата обрабатывается")
	return res.Request.URL.String()
}

// The till shows the link of an offer, a customer pays by it, the order is in «Заказы и
// продажи» like any other, and the customer sees that it was approved there.
func TestE2E_OfferPage(t *testing.T) {
	behind := newServer(t)
	office, boss := behind.office(), api.Asker{By: manual.Person{ID: "boss", Name: "Борис"}, Rights: manual.AllRights()}
	_, err := office.PutMerchant(t.Context(), boss, manual.Merchant{ID: "m1", Name: "Card to card", Account: "RUB"})
	require.NoError(t, err)
	_, err = office.PutOffer(t.Context(), boss, manual.Offer{ID: "o1", Text: "Sewing course", Price: 1500_00, Currency: "RUB", Merchants: []string{"m1"}})
	require.NoError(t, err)
	r := newRig(t)
	r.begin(pos.GroupOwner, "500")
	r.join(behind, behind.address)
	link := "http://" + behind.address + "/o/o1"
	r.place("p", "payables", "rows", "1")
	r.key("Return")
	r.see("payables.card", "page", link)
	r.key("F9")
	r.see("payables.page", "page", link)
	r.key("Escape", "Escape", "Escape")
	r.see("sale")

	c := newCustomer(t)
	stands := c.pay(link, "digits 4411")
	r.place("m", "orders", "found", "1", "open", "1", "state", "open")
	r.key("F9")
	r.see("orders", "open", "0", "state", "approved")
	require.Contains(t, c.read(c.web.Get(stands)), "Оплата подтверждена")
}
