package people_test

import (
	"bytes"
	"context"
	"html"
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
	"kassa/backend/pages/people"
	"kassa/backend/store"
	pay "kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/postest"
	"kassa/storage/central"
	"kassa/storage/postgres"
	"kassa/storage/postgres/pgtest"
	sealing "kassa/storage/secret"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// minsk is three hours ahead.
var minsk = time.FixedZone("Minsk", 3*60*60)

const password = "лодка едет в сельпо"

// house is a backend with its pages served, and what its log says.
type house struct {
	*testing.T
	*backend.Backend
	store  store.Store
	clock  *postest.Clock
	ids    *postest.IDs
	server *httptest.Server
	log    *logged
	key    *sealing.SealKey // of authenticators' secrets
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
	t.Run("sqlite", func(t *testing.T) {
		s, err := central.OpenFile(t.Context(), filepath.Join(t.TempDir(), central.FileName), false, nil)
		require.NoError(t, err)
		defer func() { require.NoError(t, s.Close()) }()
		test(open(t, s))
	})
	t.Run("postgres", func(t *testing.T) {
		s, err := postgres.OpenBackend(t.Context(), pgtest.URL(t), nil)
		require.NoError(t, err)
		defer func() { require.NoError(t, s.Close()) }()
		test(open(t, s))
	})
}

var cashier = manual.From{Till: "t1", By: pay.Person{ID: "e1", Name: "Анна"}, Rights: pay.AllRights()}

func open(t *testing.T, s store.Store) *house {
	h := &house{T: t, store: s, clock: postest.NewClock(), ids: postest.IDsAfter(1 << 40), log: &logged{}}
	key, err := sealing.MakeSealKey(filepath.Join(t.TempDir(), "backend.key"))
	require.NoError(t, err)
	h.key = key
	h.start()
	_, err = h.PutMerchant(t.Context(), cashier, pay.Merchant{ID: "m1", Name: "Карта на карту", Commission: 25000, Fee: 10_00, Account: "RUB", Currencies: []money.Currency{"RUB", "USD"}})
	require.NoError(t, err)
	return h
}

// start serves the pages, as a program does that was just started.
func (h *house) start() {
	p := backend.Params{Store: h.store, Clock: h.clock, IDs: h.ids, HashMemoryKiB: 64, Elapsed: func() time.Duration { return h.clock.Read().Since }}
	if h.key != nil {
		p.Sealer = h.key
	}
	h.Backend = backend.New(p)
	site := pages.New(pages.Params{Log: slog.New(slog.NewJSONHandler(h.log, nil)), Zone: minsk, Requests: true})
	mux := http.NewServeMux()
	site.Static(mux)
	people.New(site, h.Backend).Mount(mux)
	if h.server != nil {
		h.server.Close()
	}
	h.server = httptest.NewTLSServer(site.Guard(mux))
	h.Cleanup(h.server.Close)
}

// order notes a payment of 1000 roubles at the till.
func (h *house) order(id, text string) {
	h.Helper()
	_, err := h.New(h.Context(), cashier, pay.Ask{ID: id, Where: pay.AtTill, Text: text, Price: 1000_00, Customer: "c1", CustomerName: "Нина <b>", Phone: "+79000000001"})
	require.NoError(h, err)
}

func (h *house) kept(id string) *pay.Kept {
	h.Helper()
	k, err := h.Order(context.Background(), id)
	require.NoError(h, err)
	return k
}

// link adds a person and returns the path of the link they get.
func (h *house) link(mail string, level backend.Level) string {
	h.Helper()
	l, err := h.AddPerson(h.Context(), mail, level)
	require.NoError(h, err)
	return people.PasswordPath + l.Text.Reveal()
}

// browser is one person's browser, which follows no redirect by itself.
type browser struct {
	*house
	*http.Client
}

func (h *house) browser() *browser {
	jar, err := cookiejar.New(nil)
	require.NoError(h, err)
	c := h.server.Client()
	return &browser{h, &http.Client{Transport: c.Transport, Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// answer is what a page said.
type answer struct {
	Status int
	To     string // of a redirect
	Body   string
}

func (b *browser) do(r *http.Request) answer {
	b.Helper()
	res, err := b.Client.Do(r)
	require.NoError(b, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	require.NoError(b, err)
	return answer{res.StatusCode, res.Header.Get("Location"), string(body)}
}

func (b *browser) see(path string) answer {
	b.Helper()
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, b.server.URL+path, nil)
	require.NoError(b, err)
	return b.do(r)
}

// send posts a form as it stands.
func (b *browser) send(path string, f url.Values) answer {
	b.Helper()
	r, err := http.NewRequestWithContext(b.Context(), http.MethodPost, b.server.URL+path, strings.NewReader(f.Encode()))
	require.NoError(b, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("User-Agent", "Mozilla/5.0 (Linux; Android 16) Chrome/156.0")
	return b.do(r)
}

var hidden = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)

var action = regexp.MustCompile(`^[^>]* action="([^"]+)"`)

// form is the hidden fields of a page, of the form the text stands in.
func (b *browser) form(path, holds string) url.Values {
	b.Helper()
	f, _ := b.formTo(path, holds)
	return f
}

// formTo is form with where the form is sent.
func (b *browser) formTo(path, holds string) (url.Values, string) {
	b.Helper()
	page := b.see(path)
	require.Equal(b, http.StatusOK, page.Status, page.Body)
	f := url.Values{}
	for _, part := range strings.Split(page.Body, "<form")[1:] {
		part, _, _ = strings.Cut(part, "</form>")
		if !strings.Contains(part, holds) {
			continue
		}
		for _, m := range hidden.FindAllStringSubmatch(part, -1) {
			f.Set(m[1], html.UnescapeString(m[2]))
		}
		if to := action.FindStringSubmatch(part); to != nil {
			path = to[1]
		}
		return f, path
	}
	require.Fail(b, "no such form", "%s on %s", holds, path)
	return nil, ""
}

// fill opens a page, fills its form and sends it.
func (b *browser) fill(path, holds string, fields ...string) answer {
	b.Helper()
	f, to := b.formTo(path, holds)
	for i := 0; i < len(fields); i += 2 {
		f.Set(fields[i], fields[i+1])
	}
	return b.send(to, f)
}

func (b *browser) signIn(mail, pass string) answer {
	b.Helper()
	return b.fill("/people/sign-in", `name="password"`, "email", mail, "password", pass)
}

// person is a browser in which a new person of a level is signed in.
func (h *house) person(mail string, level backend.Level) *browser {
	h.Helper()
	b := h.browser()
	a := b.fill(h.link(mail, level), `name="again"`, "password", password, "again", password)
	require.Equal(h, http.StatusSeeOther, a.Status, a.Body)
	a = b.signIn(mail, password)
	require.Equal(h, answer{http.StatusSeeOther, "/people/", ""}, a)
	return b
}
