package pages_test

import (
	"html"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend/pages"
	"kassa/pos"
)

var greeting = pages.Template(fstest.MapFS{"a.html": {Data: []byte(`{{define "content"}}<form method="post"><input name="form" value="{{.Form}}"><p>{{.Data}}</p></form>{{end}}`)}}, "a.html")

// site serves one page with a form, and one that breaks.
func site(p pages.Params) http.Handler {
	s := pages.New(p)
	mux := http.NewServeMux()
	s.Static(mux)
	mux.HandleFunc("GET /hello", func(w http.ResponseWriter, r *http.Request) {
		page := s.NewPage(w, r, "pages.begin")
		page.Data = `<script>alert(1)</script>`
		s.Show(w, r, http.StatusOK, greeting, page)
	})
	mux.HandleFunc("POST /hello", func(w http.ResponseWriter, r *http.Request) {
		f, err := s.Form(w, r, 200)
		if err != nil {
			s.Refuse(w, r, err)
			return
		}
		_, _ = io.WriteString(w, "got "+f.Get("name"))
	})
	mux.HandleFunc("GET /broken", func(http.ResponseWriter, *http.Request) { panic("a secret") })
	mux.HandleFunc("GET /unknown", func(w http.ResponseWriter, r *http.Request) { s.Refuse(w, r, io.ErrUnexpectedEOF) })
	return s.Guard(mux)
}

// ask asks from this computer.
func ask(h http.Handler, method, path, body string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:4000"
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, c := range change {
		c(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func head(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

var tokenIn = regexp.MustCompile(`name="form" value="([^"]+)"`)

// form gets the page and returns its token with a request changer that brings its cookie.
func form(t *testing.T, h http.Handler) (string, func(*http.Request)) {
	t.Helper()
	w := ask(h, "GET", "/hello", "")
	require.Equal(t, http.StatusOK, w.Code)
	cookies := w.Result().Cookies()
	require.Len(t, cookies, 1)
	c := cookies[0]
	assert.True(t, c.HttpOnly && c.Secure && c.SameSite == http.SameSiteLaxMode && strings.HasPrefix(c.Name, "__Host-") && c.Path == "/")
	return tokenIn.FindStringSubmatch(w.Body.String())[1], func(r *http.Request) { r.AddCookie(c) }
}

func TestPages_NoScriptAndTextStaysText(t *testing.T) {
	h := site(pages.Params{})
	w := ask(h, "GET", "/hello", "")
	policy := w.Header().Get("Content-Security-Policy")
	assert.Contains(t, policy, "default-src 'none'")
	assert.NotContains(t, policy, "unsafe")
	assert.NotContains(t, policy, "script-src")
	assert.Equal(t, "nosniff", w.Header().Get("X-Content-Type-Options"))
	assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))
	assert.NotContains(t, w.Body.String(), "<script")
	assert.NotContains(t, w.Body.String(), " style=", "nothing the policy would forbid")
	assert.Contains(t, w.Body.String(), "&lt;script&gt;")

	link := regexp.MustCompile(`href="(/static/[^"]+)"`).FindStringSubmatch(w.Body.String())
	css := ask(h, "GET", link[1], "")
	assert.Equal(t, "text/css; charset=utf-8", css.Header().Get("Content-Type"))
	assert.Contains(t, css.Header().Get("Cache-Control"), "immutable")
	assert.Contains(t, css.Body.String(), "prefers-color-scheme: dark")
}

func TestPages_Refusals(t *testing.T) {
	h := site(pages.Params{})
	for path, status := range map[string]int{"/none": http.StatusNotFound, "/broken": http.StatusInternalServerError, "/unknown": http.StatusInternalServerError} {
		w := ask(h, "GET", path, "")
		assert.Equal(t, status, w.Code, path)
		assert.Contains(t, w.Body.String(), "<h1>Не получилось</h1>")
		assert.NotContains(t, w.Body.String(), "secret")
		assert.NotContains(t, w.Body.String(), "EOF")
	}
}

// Another method than a page can be asked with is told as over the API.
func TestPages_AnotherMethod(t *testing.T) {
	w := ask(site(pages.Params{}), "DELETE", "/hello", "")
	assert.Equal(t, http.StatusMethodNotAllowed, w.Code)
	assert.Equal(t, "GET, POST", w.Header().Get("Allow"))
}

func TestPages_FormsOfOurOwnAlone(t *testing.T) {
	h := site(pages.Params{})
	token, cookie := form(t, h)
	body := url.Values{"form": {token}, "name": {"Ольга"}}.Encode()
	w := ask(h, "POST", "/hello", body, cookie)
	assert.Equal(t, "got Ольга", w.Body.String())

	other, foreign := form(t, h)
	require.NotEqual(t, token, other)
	for name, w := range map[string]*httptest.ResponseRecorder{
		"without a cookie":       ask(h, "POST", "/hello", body),
		"another browser's form": ask(h, "POST", "/hello", body, foreign),
		"without the token":      ask(h, "POST", "/hello", "name=a", cookie),
		"sent by another site":   ask(h, "POST", "/hello", body, cookie, head("Sec-Fetch-Site", "cross-site")),
		"of another origin":      ask(h, "POST", "/hello", body, cookie, head("Origin", "https://evil.example")),
	} {
		assert.Equal(t, http.StatusForbidden, w.Code, name)
		assert.NotContains(t, w.Body.String(), "got", name)
	}
	large := ask(h, "POST", "/hello", body+"&x="+strings.Repeat("y", 300), cookie)
	assert.Equal(t, http.StatusRequestEntityTooLarge, large.Code, "as it is over the API")
	assert.Equal(t, http.StatusBadRequest, ask(h, "POST", "/hello", "a=%zz", cookie).Code)
}

func TestPages_OverAConnectionNobodyListensTo(t *testing.T) {
	away := func(r *http.Request) { r.RemoteAddr = "192.0.2.7:4000" }
	assert.Equal(t, http.StatusForbidden, ask(site(pages.Params{}), "GET", "/hello", "", away).Code)
	assert.Equal(t, http.StatusOK, ask(site(pages.Params{PublicURL: "https://shop.example"}), "GET", "/hello", "", away).Code)
	assert.Equal(t, http.StatusOK, ask(site(pages.Params{PublicURL: "https://shop.example"}), "GET", "/hello", "", away, head("Origin", "https://shop.example")).Code)
}

func TestPages_Languages(t *testing.T) {
	h := site(pages.Params{})
	for asked, begin := range map[string]string{
		"": "На главную", "ru": "На главную", "en-US,en;q=0.9": "To the start", "kk,ru;q=0.8": "Басты бетке", "fr,uk;q=0.5": "На головну",
		"be-BY": "На галоўную", "fr": "На главную", "q=;;": "На главную",
	} {
		assert.Contains(t, ask(h, "GET", "/hello", "", head("Accept-Language", asked)).Body.String(), "<h1>"+begin+"</h1>", asked)
	}
	w := ask(h, "GET", "/hello?lang=en&x=%22%3E", "")
	assert.Contains(t, w.Body.String(), `<html lang="en">`)
	chosen := w.Result().Cookies()[0]
	again := ask(h, "GET", "/hello", "", func(r *http.Request) { r.AddCookie(chosen) }, head("Accept-Language", "kk"))
	assert.Contains(t, again.Body.String(), `<html lang="en">`, "what was chosen stays")
	assert.NotContains(t, html.UnescapeString(strings.ReplaceAll(w.Body.String(), "%22", "")), `x=">`)
}

func TestSite_From(t *testing.T) {
	s := pages.New(pages.Params{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}})
	for _, c := range []struct{ peer, told, want string }{
		{"192.0.2.7:1", "", "192.0.2.7"},
		{"192.0.2.7:1", "198.51.100.1", "192.0.2.7"}, // anybody can say so
		{"127.0.0.1:1", "198.51.100.1", "198.51.100.1"},
		{"10.1.1.1:1", "203.0.113.9, 198.51.100.1, 10.2.2.2", "198.51.100.1"},
		{"10.1.1.1:1", "rubbish", "10.1.1.1"},
		{"[2001:db8:1:2:3::4]:1", "", "2001:db8:1:2::/64"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		if c.told != "" {
			r.Header.Set("X-Forwarded-For", c.told)
		}
		assert.Equal(t, c.want, s.From(r), "%v", c)
	}
}

func TestSite_Address(t *testing.T) {
	r := httptest.NewRequest("GET", "https://10.0.0.1:8443/x", nil)
	assert.Equal(t, "https://10.0.0.1:8443/a", pages.New(pages.Params{}).Address(r, "/a"))
	r.TLS = nil
	assert.Equal(t, "http://10.0.0.1:8443/a", pages.New(pages.Params{}).Address(r, "/a"))
	assert.Equal(t, "https://shop.example/a", pages.New(pages.Params{PublicURL: "https://shop.example/"}).Address(r, "/a"))
}

func TestSite_SentenceOfWhatIsKnown(t *testing.T) {
	s := pages.New(pages.Params{})
	r, w := httptest.NewRequest("GET", "/", nil), httptest.NewRecorder()
	p := s.NewPage(w, r, "pages.begin")
	assert.Contains(t, s.Sentence(p, r, pos.E(pos.CodeNotFound, "pages.missing", nil)), "Такой страницы нет")
}

// luminance is that of WCAG 2 for "#abc" or "#aabbcc".
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	hex = strings.TrimPrefix(hex, "#")
	if len(hex) == 3 {
		hex = hex[:1] + hex[:1] + hex[1:2] + hex[1:2] + hex[2:] + hex[2:]
	}
	v, err := strconv.ParseUint(hex, 16, 24)
	require.NoError(t, err, hex)
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		x := float64(v>>(16-8*i)&0xff) / 0xff
		if x <= 0.04045 {
			x /= 12.92
		} else {
			x = math.Pow((x+0.055)/1.055, 2.4)
		}
		sum += weight * x
	}
	return sum
}

// Text stands out from what is under it 4.5 to 1 and frames 3 to 1, by day and by
// night, as in the till's window.
func TestPages_EverythingIsReadable(t *testing.T) {
	css := ask(site(pages.Params{}), "GET", regexp.MustCompile(`href="(/static/[^"]+)"`).FindStringSubmatch(ask(site(pages.Params{}), "GET", "/hello", "").Body.String())[1], "").Body.String()
	blocks := regexp.MustCompile(`:root \{([^}]+)\}`).FindAllStringSubmatch(css, -1)
	require.Len(t, blocks, 2, "light and dark")
	for i, block := range blocks {
		colour := map[string]float64{}
		for _, m := range regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]+);`).FindAllStringSubmatch(block[1], -1) {
			colour[m[1]] = luminance(t, m[2])
		}
		for _, pair := range strings.Fields(`ink/bg ink/card muted/bg muted/card accent/bg accent/card bad/card on/accent ink/accent-soft accent/accent-soft
			good/good-soft warn/warn-soft bad/bad-soft frame/card:3 frame/bg:3 accent/bg:3`) {
			names, least, bounded := strings.Cut(pair, ":")
			need := 4.5
			if bounded {
				need, _ = strconv.ParseFloat(least, 64)
			}
			a, b, _ := strings.Cut(names, "/")
			require.Contains(t, colour, a)
			require.Contains(t, colour, b)
			light, dark := max(colour[a], colour[b]), min(colour[a], colour[b])
			assert.GreaterOrEqual(t, (light+0.05)/(dark+0.05), need, "%s, scheme %d", pair, i)
		}
	}
}

// An address is given to people outside only where they can open it.
func TestPages_PublicAddress(t *testing.T) {
	for public, want := range map[string]string{
		"https://shop.example": "https://shop.example/o/1", "https://shop.example/": "https://shop.example/o/1", "https://shop.example:8443": "https://shop.example:8443/o/1",
		"http://127.0.0.1:8088": "http://127.0.0.1:8088/o/1", "http://[::1]:8088": "http://[::1]:8088/o/1", "http://localhost:8088": "http://localhost:8088/o/1",
		"": "", "http://shop.example": "", "http://192.0.2.1": "", "shop.example": "", "ftp://shop.example": "", "https://": "", "%": "",
	} {
		assert.Equal(t, want, pages.New(pages.Params{PublicURL: public}).Public("/o/1"), public)
	}
}

// Whoever asks for no language there is reads the shop's.
func TestPages_LanguageOfTheShop(t *testing.T) {
	for lang, want := range map[string]string{"en": "en", "kk": "kk", "": "ru", "de": "ru"} {
		h := site(pages.Params{Lang: lang})
		assert.Contains(t, ask(h, "GET", "/hello", "").Body.String(), `<html lang="`+want+`">`, lang)
		assert.Contains(t, ask(h, "GET", "/hello", "", head("Accept-Language", "sv")).Body.String(), `<html lang="`+want+`">`, lang)
		assert.Contains(t, ask(h, "GET", "/hello", "", head("Accept-Language", "be")).Body.String(), `<html lang="be">`, lang)
	}
}
