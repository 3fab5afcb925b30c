package people_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/backend/pages"
	"kassa/backend/pages/chromium"
	"kassa/backend/pages/people"
	"kassa/storage/central/centraltest"
)

// On the server itself a browser signs in without TLS: it takes cookies that are
// for secure connections from this computer too.
func TestLook_WithoutTLSOnThisComputer(t *testing.T) {
	longRun(t)
	s := centraltest.File(t)
	h := open(t, s)
	site, mux := pages.New(pages.Params{Log: slog.New(slog.DiscardHandler)}), http.NewServeMux()
	site.Static(mux)
	people.New(site, h.Backend).Mount(mux)
	plain := httptest.NewServer(site.Guard(mux))
	defer plain.Close()
	b := chromium.Start(t)
	b.Screen(390, 844, false)
	b.Open(plain.URL + h.link("olga@example.ru", ""))
	b.Type("#password", password)
	b.Type("#again", password)
	b.Send("button.main")
	b.Type("#email", "olga@example.ru")
	b.Type("#password", password)
	b.Send("button.main")
	require.Contains(t, b.Text("h1"), "Ждут решения")
}
