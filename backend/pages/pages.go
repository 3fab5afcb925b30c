// Package pages is what the backend shows to people in a browser: the frame every
// page stands in, one style sheet, five languages, headers that forbid scripts,
// forms that cannot be sent by another site, and refusals as sentences. Pages need
// no JavaScript. Those of the shop's own people lie in pages/people; others stand
// on the same Site.
package pages

import (
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"kassa/assets/words"
)

// Params say how pages are served.
type Params struct {
	Log *slog.Logger
	// PublicURL is where the server is seen from outside; "" where nobody said.
	PublicURL string
	// Lang is the shop's: of pages for whoever asks for no language there is.
	Lang string
	// Zone is the shop's: times are written in it. nil is the computer's.
	Zone *time.Location
	// Proxies are the addresses whose X-Forwarded-For is believed; loopback always is.
	Proxies []netip.Prefix
	// Requests has each request logged by its pattern, as on a server.
	Requests bool
}

// Site is the frame all pages stand in. It is safe for use by several goroutines.
type Site struct {
	Params
	cross  *http.CrossOriginProtection
	frames map[string]*words.Words // by language
}

// New makes a site.
func New(p Params) *Site {
	if p.Log == nil {
		p.Log = slog.New(slog.DiscardHandler)
	}
	if p.Zone == nil {
		p.Zone = time.Local
	}
	s := &Site{Params: p, cross: http.NewCrossOriginProtection(), frames: map[string]*words.Words{}}
	if u, err := url.Parse(p.PublicURL); err == nil && u.Host != "" {
		// What a proxy makes of the host must not turn our own forms away. It
		// fails for what has a path, which an origin does not.
		_ = s.cross.AddTrustedOrigin(u.Scheme + "://" + u.Host)
	}
	if !slices.Contains(words.Languages(), s.Lang) {
		s.Lang = words.Default
	}
	for _, lang := range words.Languages() {
		s.frames[lang] = words.New(lang, "", "").In(p.Zone)
	}
	return s
}

// Address is the whole address of a path as people outside see it: by PublicURL,
// else as the request came.
func (s *Site) Address(r *http.Request, path string) string {
	if s.PublicURL != "" {
		return strings.TrimSuffix(s.PublicURL, "/") + path
	}
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	return scheme + r.Host + path
}

// Public is the whole address of a path for people outside, "" where they could not
// open it: nobody said how the server is seen from there, or it can be listened to.
func (s *Site) Public(path string) string {
	u, err := url.Parse(s.PublicURL)
	if err != nil || u.Host == "" {
		return ""
	}
	here := u.Hostname() == "localhost"
	if a, err := netip.ParseAddr(u.Hostname()); err == nil {
		here = a.IsLoopback()
	}
	if u.Scheme != "https" && !(u.Scheme == "http" && here) {
		return ""
	}
	return strings.TrimSuffix(s.PublicURL, "/") + path
}

// Secure reports a request that nobody can listen to on its way: over TLS, here or
// at the proxy in front, or from this computer.
func (s *Site) Secure(r *http.Request) bool {
	if r.TLS != nil || strings.HasPrefix(s.PublicURL, "https://") {
		return true
	}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && peer.Addr().Unmap().IsLoopback()
}

// From is the address somebody asks from, as limits count it: of IPv6 the network,
// because one person has many of its addresses. A proxy that is known is believed.
func (s *Site) From(r *http.Request) string {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	from := peer.Addr().Unmap()
	told := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(told) - 1; i >= 0 && s.believed(from); i-- {
		a, err := netip.ParseAddr(strings.TrimSpace(told[i]))
		if err != nil {
			break
		}
		from = a.Unmap()
	}
	if from.Is6() {
		return netip.PrefixFrom(from.WithZone(""), 64).Masked().String()
	}
	return from.String()
}

func (s *Site) believed(a netip.Addr) bool {
	for _, p := range s.Proxies {
		if p.Contains(a) {
			return true
		}
	}
	return a.IsLoopback()
}
