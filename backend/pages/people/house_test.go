package people_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/manual"
	"kassa/backend/pages"
	"kassa/backend/pages/pagestest"
	"kassa/backend/pages/people"
	"kassa/backend/store"
	pay "kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/postest"
	"kassa/storage/central"
	"kassa/storage/central/centraltest"
	"kassa/storage/postgres/pgtest"
	sealing "kassa/storage/secret"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

const password = "лодка едет в сельпо"

// house is a backend with its pages served, and what its log says.
type house struct {
	*testing.T
	*backend.Backend
	store  store.Store
	clock  *postest.Clock
	ids    *postest.IDs
	server *httptest.Server
	log    *pagestest.Log
	key    *sealing.SealKey // of authenticators' secrets
}

// engines runs a test on both.
func engines(t *testing.T, test func(h *house)) {
	centraltest.Engines(t, func(t *testing.T, s *central.Store) { test(open(t, s)) })
}

var cashier = manual.From{Till: "t1", By: pay.Person{ID: "e1", Name: "Анна"}, Rights: pay.AllRights()}

func open(t *testing.T, s store.Store) *house {
	h := &house{T: t, store: s, clock: postest.NewClock(), ids: postest.IDsAfter(1 << 40), log: &pagestest.Log{}}
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
	if h.server != nil {
		h.server.Close()
	}
	h.server = pagestest.Serve(h, h.log, func(site *pages.Site, mux *http.ServeMux) { people.New(site, h.Backend).Mount(mux) })
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

// browser is one person's browser.
type browser struct {
	*house
	*pagestest.Browser
}

func (h *house) browser() *browser {
	return &browser{h, pagestest.NewBrowser(h, func() *httptest.Server { return h.server })}
}

// send posts a form as it stands.
func (b *browser) send(path string, f url.Values) pagestest.Answer {
	b.Helper()
	return b.Ask(http.MethodPost, path, f)
}

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
	page := b.See(path)
	require.Equal(b, http.StatusOK, page.Status, page.Body)
	for _, part := range strings.Split(page.Body, "<form")[1:] {
		part, _, _ = strings.Cut(part, "</form>")
		if !strings.Contains(part, holds) {
			continue
		}
		if to := action.FindStringSubmatch(part); to != nil {
			path = to[1]
		}
		return pagestest.Fields(part), path
	}
	require.Fail(b, "no such form", "%s on %s", holds, path)
	return nil, ""
}

// fill opens a page, fills its form and sends it.
func (b *browser) fill(path, holds string, fields ...string) pagestest.Answer {
	b.Helper()
	f, to := b.formTo(path, holds)
	for i := 0; i < len(fields); i += 2 {
		f.Set(fields[i], fields[i+1])
	}
	return b.send(to, f)
}

func (b *browser) signIn(mail, pass string) pagestest.Answer {
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
	require.Equal(h, pagestest.Answer{Status: http.StatusSeeOther, To: "/people/"}, a)
	return b
}
