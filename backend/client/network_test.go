package client_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/backend/client"
	"kassa/pos/exchange"
	"kassa/pos/hidden"
)

// to makes a client of a server at an address, believing roots.
func to(t *testing.T, base string, roots *x509.CertPool) *client.Client {
	c := client.New(client.Params{Base: base, Till: "a till", Token: hidden.New("credential"), Lang: "ru", Roots: roots})
	t.Cleanup(c.Close)
	return c
}

// reason asks who the till is and returns why that came to nothing.
func reason(t *testing.T, c *client.Client) *exchange.Trouble {
	t.Helper()
	_, err := c.Self(t.Context())
	trouble, ok := errors.AsType[*exchange.Trouble](err)
	require.True(t, ok, "%v", err)
	return trouble
}

// authority signs certificates of servers.
type authority struct {
	key  *ecdsa.PrivateKey
	cert *x509.Certificate
}

func newAuthority(t *testing.T) *authority {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	about := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "an authority"}, NotBefore: time.Unix(0, 0), NotAfter: time.Now().AddDate(10, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	raw, err := x509.CreateCertificate(rand.Reader, about, about, key.Public(), key)
	require.NoError(t, err)
	cert, err := x509.ParseCertificate(raw)
	require.NoError(t, err)
	return &authority{key, cert}
}

func (a *authority) roots() *x509.CertPool {
	p := x509.NewCertPool()
	p.AddCert(a.cert)
	return p
}

// serve answers by TLS as an address, with a certificate that ends at a time, and
// returns the server and whether anybody's request ever arrived.
func (a *authority) serve(t *testing.T, ip string, ends time.Time, most uint16) (*httptest.Server, *bool) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	about := &x509.Certificate{SerialNumber: big.NewInt(2), NotBefore: time.Unix(0, 0), NotAfter: ends, IPAddresses: []net.IP{net.ParseIP(ip)},
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	raw, err := x509.CreateCertificate(rand.Reader, about, a.cert, key.Public(), a.key)
	require.NoError(t, err)
	asked := new(bool)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		*asked = true
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"till":"a till","name":"x","held":{}}`)
	}))
	s.Config.ErrorLog = silent
	s.TLS = &tls.Config{MaxVersion: most, Certificates: []tls.Certificate{{Certificate: [][]byte{raw}, PrivateKey: key}}}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s, asked
}

// A server whose certificate is not to be trusted hears nothing of us: not even the
// request, in which the credential is.
func TestClient_Certificates(t *testing.T) {
	a, later := newAuthority(t), time.Now().AddDate(1, 0, 0)
	for name, c := range map[string]struct {
		ip    string
		ends  time.Time
		most  uint16
		roots *x509.CertPool
		want  exchange.Reason
	}{
		"a good one":        {"127.0.0.1", later, tls.VersionTLS13, a.roots(), ""},
		"an expired one":    {"127.0.0.1", time.Now().Add(-time.Hour), tls.VersionTLS13, a.roots(), exchange.Insecure},
		"of another host":   {"192.0.2.1", later, tls.VersionTLS13, a.roots(), exchange.Insecure},
		"of no authority":   {"127.0.0.1", later, tls.VersionTLS13, newAuthority(t).roots(), exchange.Insecure},
		"an old encryption": {"127.0.0.1", later, tls.VersionTLS11, a.roots(), exchange.Insecure},
	} {
		t.Run(name, func(t *testing.T) {
			s, asked := a.serve(t, c.ip, c.ends, c.most)
			if c.want == "" {
				_, err := to(t, s.URL, c.roots).Self(t.Context())
				require.NoError(t, err)
				require.True(t, *asked)
				return
			}
			trouble := reason(t, to(t, s.URL, c.roots))
			require.Equal(t, c.want, trouble.Reason, trouble.Error())
			require.True(t, trouble.Stands(), "time does not mend it")
			require.False(t, *asked)
		})
	}
	t.Run("none at all", func(t *testing.T) {
		s := httptest.NewServer(http.NotFoundHandler())
		t.Cleanup(s.Close)
		trouble := reason(t, to(t, strings.Replace(s.URL, "http:", "https:", 1), a.roots()))
		require.Equal(t, exchange.Insecure, trouble.Reason, trouble.Error())
	})
}

// answers serves without encryption what a handler answers.
func answers(t *testing.T, h http.HandlerFunc) *client.Client {
	s := httptest.NewUnstartedServer(h)
	s.Config.ErrorLog = silent
	s.Start()
	t.Cleanup(s.Close)
	return to(t, s.URL, nil)
}

// says answers with a body of a kind.
func says(status int, kind, body string, more ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		for i := 0; i+1 < len(more); i += 2 {
			w.Header().Set(more[i], more[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// squeezed is so many bytes of one sign, by gzip.
func squeezed(t *testing.T, n int) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write(bytes.Repeat([]byte(" "), n))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.String()
}

// What comes over a network instead of an answer, each told as what it is. Nothing of
// it is believed, and nothing is left running.
func TestClient_Answers(t *testing.T) {
	const ours = `{"till":"a till","name":"x","held":{}}`
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   exchange.Reason
	}{
		"a page that wants a login":  {says(200, "text/html", "<html>login</html>"), exchange.Portal},
		"a page named as JSON":       {says(200, "application/json", "<html>login</html>"), exchange.BadAnswer},
		"ours, named as a page":      {says(200, "text/html", ours), exchange.Portal},
		"511":                        {says(511, "text/html", "<html>login</html>"), exchange.Broken},
		"nothing":                    {says(204, "application/json", ""), exchange.BadAnswer},
		"null":                       {says(200, "application/json", "null"), exchange.Foreign},
		"a list":                     {says(200, "application/json", "[]"), exchange.BadAnswer},
		"deeply nested":              {says(200, "application/json", `{"till":`+strings.Repeat("[", 100_000)), exchange.BadAnswer},
		"numbers beyond all":         {says(200, "application/json", `{"till":"a till","held":{"Count":1e400}}`), exchange.BadAnswer},
		"the answer to another till": {says(200, "application/json", `{"till":"b till","name":"x","held":{}}`), exchange.Foreign},
		"a refusal with 200":         {says(200, "application/problem+json", `{"code":"internal","status":500}`), exchange.Portal},
		"a refusal that is cut":      {says(403, "application/problem+json", `{"code":"forb`), exchange.Portal},
		"a bomb":                     {says(200, "application/json", squeezed(t, 256<<20), "Content-Encoding", "gzip"), exchange.BadAnswer},
		"no gzip, named as such":     {says(200, "application/json", ours, "Content-Encoding", "gzip"), exchange.BadAnswer},
		"a body that is cut":         {says(200, "application/json", ours[:12], "Content-Length", "38"), exchange.BadAnswer},
		"408":                        {says(408, "text/plain", "slow"), exchange.Busy},
		"502 of a proxy":             {says(502, "text/html", "<html>bad gateway</html>"), exchange.Broken},
		"a connection that is cut": {func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				_ = conn.Close()
			}
		}, exchange.Offline},
		"something that is no HTTP": {func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				_, _ = io.WriteString(conn, "220 mail.example ESMTP\r\n")
				_ = conn.Close()
			}
		}, exchange.Offline},
		"a header without an end": {func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nX-Long: "+strings.Repeat("x", 200<<10))
				_ = conn.Close()
			}
		}, exchange.Offline},
	} {
		t.Run(name, func(t *testing.T) {
			trouble := reason(t, answers(t, c.answer))
			require.Equal(t, c.want, trouble.Reason, trouble.Error())
			require.Equal(t, c.want == exchange.Foreign, trouble.Stands())
		})
	}
}

// Nobody there, and a name nobody has: the till is without a connection and goes on.
func TestClient_NobodyThere(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	at := l.Addr().String()
	require.NoError(t, l.Close())
	require.Equal(t, exchange.Offline, reason(t, to(t, "http://"+at, nil)).Reason)
	c := client.New(client.Params{Base: "https://kassa.example", Till: "a till", Transport: noName{}})
	require.Equal(t, exchange.Offline, reason(t, c).Reason)
}

type noName struct{}

func (noName) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "kassa.example", IsNotFound: true}}
}

// Whoever is sent elsewhere does not go there: the credential stays with whom it is
// for.
func TestClient_NotSentElsewhere(t *testing.T) {
	arrived := false
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { arrived = true }))
	t.Cleanup(elsewhere.Close)
	for _, status := range []int{301, 302, 307, 308} {
		trouble := reason(t, answers(t, says(status, "text/html", "", "Location", elsewhere.URL)))
		require.Equal(t, exchange.Portal, trouble.Reason)
	}
	require.False(t, arrived)
}

// A server that never ends what it says holds nobody for longer than they wait.
func TestClient_NeverEnding(t *testing.T) {
	for name, headers := range map[string]bool{"after its headers": true, "before them": false} {
		t.Run(name, func(t *testing.T) {
			asked := make(chan struct{})
			c := answers(t, func(w http.ResponseWriter, r *http.Request) {
				if headers {
					w.Header().Set("Content-Type", "application/json")
					_, _ = io.WriteString(w, "{")
					_ = http.NewResponseController(w).Flush()
				}
				close(asked)
				<-r.Context().Done() // whoever asked is gone
			})
			ctx, cancel := context.WithCancel(t.Context())
			go func() { <-asked; cancel() }()
			_, err := c.Self(ctx)
			trouble, ok := errors.AsType[*exchange.Trouble](err)
			require.True(t, ok, "%v", err)
			require.Contains(t, []exchange.Reason{exchange.Offline, exchange.BadAnswer}, trouble.Reason)
			require.False(t, trouble.Stands())
		})
	}
}

// How long a server may have us wait is its own to say, within an hour.
func TestClient_RetryAfter(t *testing.T) {
	date := "Mon, 30 Nov 2026 12:00:00 GMT"
	for said, want := range map[string]time.Duration{
		"120": 2 * time.Minute, "0": 0, "-5": 0, "soon": 0, "1e9": 0, "999999999": time.Hour, "99999999999999999999": 0,
		"Mon, 30 Nov 2026 12:05:00 GMT": 5 * time.Minute, "Mon, 30 Nov 2026 11:00:00 GMT": 0, "Tue, 30 Nov 2027 12:00:00 GMT": time.Hour,
	} {
		trouble := reason(t, answers(t, says(503, "text/plain", "later", "Retry-After", said, "Date", date)))
		require.Equal(t, exchange.Busy, trouble.Reason)
		require.Equal(t, want, trouble.RetryAfter, said)
	}
}

// silent is the log of servers whose peers leave.
var silent = log.New(io.Discard, "", 0)
