package pages

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"kassa/backend/api"
	"kassa/backend/internal/served"
	"kassa/pos"
)

//go:embed static/kassa.css
var style []byte

//go:embed templates/*.html
var templates embed.FS

// stylePath changes with its content, so that a browser may keep it for ever.
var stylePath = func() string {
	sum := sha256.Sum256(style)
	return "/static/kassa-" + hex.EncodeToString(sum[:4]) + ".css"
}()

// How long one request may take on the wire: a slow peer costs a connection and no
// more.
const (
	readIn  = 30 * time.Second
	writeIn = 60 * time.Second
)

// policy lets a page have our style sheet and our pictures, send forms to us, and
// nothing else: no script at all, no frame around it.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Static serves what all pages share: the style sheet.
func (s *Site) Static(mux *http.ServeMux) {
	mux.HandleFunc("GET "+stylePath, func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "text/css; charset=utf-8")
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		_, _ = w.Write(style) // whoever asked may be gone
	})
}

// Guard stands in front of a mux with pages: it sets the headers, turns away what
// another site sends, turns what the mux does not know and what breaks into pages,
// and lets nothing over a connection that can be listened to.
func (s *Site) Guard(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		headers(w.Header())
		c := http.NewResponseController(w)
		now := time.Now()
		_ = c.SetReadDeadline(now.Add(readIn)) // not every writer has one
		_ = c.SetWriteDeadline(now.Add(writeIn))
		served.Watch{Log: s.Log, Requests: s.Requests, Broke: "a page broke"}.Serve(w, r, served.NewTrace(),
			func(out http.ResponseWriter) { s.Refuse(out, r, pos.E(pos.CodeInternal, "till.internal", nil)) },
			func(out http.ResponseWriter) {
				_, pattern := mux.Handler(r)
				switch {
				case pattern == "":
					s.Refuse(out, r, unknown(out.Header(), served.Allowed(mux, r)))
				case !s.Secure(r):
					s.Refuse(out, r, pos.E(pos.CodeForbidden, "pages.insecure", nil))
				case s.cross.Check(r) != nil:
					s.Refuse(out, r, pos.E(pos.CodeForbidden, "pages.other-site", nil))
				default:
					mux.ServeHTTP(out, r)
				}
			})
	})
}

// unknown refuses what no page answers: another address, or another method than those
// with which it can be asked.
func unknown(h http.Header, allowed []string) error {
	if len(allowed) == 0 {
		return pos.E(pos.CodeNotFound, "pages.missing", nil)
	}
	h.Set("Allow", strings.Join(allowed, ", "))
	return pos.E(pos.CodeNotFound, api.IDNoMethod, nil)
}

func headers(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin") // an address may hold a one-time link
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
	h.Set("Cache-Control", "no-store")
}
