// Package pagestest is a person's browser for tests of pages that need no script, and
// a log that several goroutines write.
package pagestest

import (
	"bytes"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/backend/pages"
)

// Zone is where the shop of the tests is: three hours ahead.
var Zone = time.FixedZone("Minsk", 3*60*60)

// Log is what a server wrote.
type Log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (l *Log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// Serve serves a site with the pages that mount puts on it, over TLS on loopback
// until the test ends.
func Serve(t testing.TB, log *Log, mount func(*pages.Site, *http.ServeMux)) *httptest.Server {
	site := pages.New(pages.Params{Log: slog.New(slog.NewJSONHandler(log, nil)), Zone: Zone, Requests: true})
	mux := http.NewServeMux()
	site.Static(mux)
	mount(site, mux)
	server := httptest.NewTLSServer(site.Guard(mux))
	t.Cleanup(server.Close)
	return server
}

// Browser is one person's browser. It keeps cookies and follows no redirect by itself.
type Browser struct {
	Client *http.Client
	Lang   string      // it asks for; "" for none
	Head   http.Header // of the last answer

	t  testing.TB
	at func() *httptest.Server
}

// NewBrowser is a browser without cookies; at is the server as it stands, which may be
// started anew while the browser lives.
func NewBrowser(t testing.TB, at func() *httptest.Server) *Browser {
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &Browser{t: t, at: at, Client: &http.Client{Transport: at().Client().Transport, Jar: jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// At is the same browser, cookies and all, at another copy of the server.
func (b *Browser) At(server *httptest.Server) *Browser {
	other := *b
	other.at = func() *httptest.Server { return server }
	return &other
}

// Answer is what a page said.
type Answer struct {
	Status int
	To     string // of a redirect
	Body   string
}

// Ask asks a page, with a form where f is not nil.
func (b *Browser) Ask(method, path string, f url.Values) Answer {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.at().URL+path, strings.NewReader(f.Encode()))
	require.NoError(b.t, err)
	r.Header.Set("User-Agent", "Mozilla/5.0 (Linux; Android 16) Chrome/156.0")
	if f != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if b.Lang != "" {
		r.Header.Set("Accept-Language", b.Lang)
	}
	return b.Carry(r)
}

// Carry sends a request that was made by hand.
func (b *Browser) Carry(r *http.Request) Answer {
	b.t.Helper()
	res, err := b.Client.Do(r)
	require.NoError(b.t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	require.NoError(b.t, err)
	b.Head = res.Header
	return Answer{res.StatusCode, res.Header.Get("Location"), string(body)}
}

// See opens a page.
func (b *Browser) See(path string) Answer { b.t.Helper(); return b.Ask(http.MethodGet, path, nil) }

var hidden = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)

// Fields are the hidden fields of a page or of a part of it.
func Fields(page string) url.Values {
	f := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(page, -1) {
		f.Set(m[1], html.UnescapeString(m[2]))
	}
	return f
}
