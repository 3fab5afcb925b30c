package offer_test

import (
	"bytes"
	"context"
	"html"
	"image"
	"image/color"
	"image/png"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/manual"
	"kassa/backend/pages"
	"kassa/backend/pages/offer"
	"kassa/backend/store"
	pay "kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/postest"
	"kassa/storage/central"
	"kassa/storage/postgres"
	"kassa/storage/postgres/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// minsk is three hours ahead.
var minsk = time.FixedZone("Minsk", 3*60*60)

// slug is an offer's id as the till makes one.
const slug = "0190f2e1-5b1c-7a00-8000-00000000a001"

var owner = manual.From{Till: "t1", By: pay.Person{ID: "e1", Name: "Ольга"}, Rights: pay.AllRights()}

// house is a backend with an offer whose page is served, and what its log says.
type house struct {
	*testing.T
	*backend.Backend
	clock  *postest.Clock
	server *httptest.Server
	log    *logged
}

// logged is a log several goroutines write.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// engines runs a test on both.
func engines(t *testing.T, test func(h *house)) {
	t.Run("sqlite", func(t *testing.T) { test(onFile(t)) })
	t.Run("postgres", func(t *testing.T) {
		s, err := postgres.OpenBackend(t.Context(), pgtest.URL(t), nil)
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, s.Close()) })
		test(open(t, s))
	})
}

func onFile(t *testing.T) *house {
	s, err := central.OpenFile(t.Context(), filepath.Join(t.TempDir(), central.FileName), false, nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return open(t, s)
}

func open(t *testing.T, s store.Store) *house {
	h := &house{T: t, clock: postest.NewClock(), log: &logged{}}
	h.Backend = backend.New(backend.Params{Store: s, Clock: h.clock, IDs: postest.IDsAfter(1 << 40), Elapsed: func() time.Duration { return h.clock.Read().Since }})
	_, err := h.PutMerchant(t.Context(), owner, pay.Merchant{ID: "m1", Name: "Карта на карту", Description: "Перевод по номеру телефона +7 900 000-00-00, получатель Ольга П.",
		Hint: "Последние 4 цифры карты, с которой платили", Commission: 77777, Fee: 10_00, Account: "RUB", Currencies: []money.Currency{"RUB", "USD"}})
	require.NoError(t, err)
	_, err = h.PutOffer(t.Context(), owner, pay.Offer{ID: slug, Text: "Курс <b>кройки</b>", Price: 1500_00, Currency: "RUB", Merchants: []string{"m1"}})
	require.NoError(t, err)
	site := pages.New(pages.Params{Log: slog.New(slog.NewJSONHandler(h.log, nil)), Zone: minsk, Requests: true})
	mux := http.NewServeMux()
	site.Static(mux)
	offer.New(site, h.Backend).Mount(mux)
	h.server = httptest.NewTLSServer(site.Guard(mux))
	t.Cleanup(h.server.Close)
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

// browser is one customer's browser, which follows no redirect by itself.
type browser struct {
	*house
	*http.Client
	lang string
}

func (h *house) browser() *browser {
	jar, err := cookiejar.New(nil)
	require.NoError(h, err)
	return &browser{h, &http.Client{Transport: h.server.Client().Transport, Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, ""}
}

// answer is what a page said.
type answer struct {
	Status int
	To     string // of a redirect
	Body   string
	Head   http.Header
}

func (b *browser) ask(method, path string, f url.Values) answer {
	b.Helper()
	r, err := http.NewRequestWithContext(b.Context(), method, b.server.URL+path, strings.NewReader(f.Encode()))
	require.NoError(b, err)
	if f != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if b.lang != "" {
		r.Header.Set("Accept-Language", b.lang)
	}
	res, err := b.Client.Do(r)
	require.NoError(b, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	require.NoError(b, err)
	return answer{res.StatusCode, res.Header.Get("Location"), string(body), res.Header}
}

func (b *browser) see(path string) answer { b.Helper(); return b.ask(http.MethodGet, path, nil) }

const (
	root  = "/o/" + slug
	toPay = root + "/pay"
)

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)

// form is what the form has in it before anything is typed.
func (b *browser) form() url.Values {
	b.Helper()
	a := b.see(toPay)
	require.Equal(b, http.StatusOK, a.Status, a.Body)
	return fields(a.Body)
}

// fields are the hidden fields of a page.
func fields(page string) url.Values {
	f := url.Values{}
	for _, m := range hiddenField.FindAllStringSubmatch(page, -1) {
		f.Set(m[1], html.UnescapeString(m[2]))
	}
	return f
}

// pay sends a form with more in it.
func (b *browser) pay(f url.Values, more ...string) answer {
	b.Helper()
	for i := 0; i < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	return b.ask(http.MethodPost, toPay, f)
}
