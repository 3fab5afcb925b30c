// Package vendorhttp is how the program asks a vendor's server something, whatever the vendor sells: one request over a
// connection of its own, within limits, whose answer is bounded, read tolerantly and shown to nobody with a secret in
// it. What went wrong is told as a Failure, which always says whether the request may have been carried out.
//
// It knows nothing of messages or payments and imports nothing of the house but the vocabulary, so that every adapter
// may stand on it without knowing another.
package vendorhttp

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"github.com/go-resty/resty/v2"
)

// Limits of one request: somebody stands at the till and waits.
const (
	ConnectTimeout = 5 * time.Second
	TLSTimeout     = 5 * time.Second
	HeaderTimeout  = 10 * time.Second
	TotalTimeout   = 15 * time.Second

	MaxBody   = 1 << 20 // bytes of an answer, after decompression
	maxHeader = 64 << 10
)

// DialFunc opens a connection, as net.Dialer.DialContext does.
type DialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// within limits the dialling itself, which net/http goes on with when the request it was for has been given up.
func (dial DialFunc) within(limit time.Duration) DialFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		ctx, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		return dial(ctx, network, address)
	}
}

// Params say whom to ask and how.
type Params struct {
	Base string // address of the server, as integration.ParseAddress returns it

	Mask Mask // what must not be shown

	Dial  DialFunc       // nil: the network
	Roots *x509.CertPool // who may vouch for this server alone; nil: whom the system trusts

	// Transport answers instead of the network, for tests that need none.
	Transport http.RoundTripper
}

// Client asks one server. It is safe for use by several goroutines and holds no connection between requests.
type Client struct {
	http *resty.Client
	mask Mask
}

// New makes a client; it contacts nobody.
//
// Every request has a connection of its own: with a kept one the transport could send a request a second time by
// itself, and nobody could say whether the first had left. For the same reason nothing is ever sent again by itself,
// and a redirect is handed back as the answer: following it would carry the key to somebody else.
func New(p Params) *Client {
	transport := p.Transport
	if transport == nil {
		transport = network(p)
	}
	plain := &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	client := resty.NewWithClient(plain).SetBaseURL(p.Base).SetRetryCount(0).SetLogger(silent{}).
		SetHeader("Accept", "application/json")
	return &Client{http: client, mask: p.Mask}
}

func network(p Params) *http.Transport {
	dial := p.Dial
	if dial == nil {
		dial = (&net.Dialer{}).DialContext
	}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dial.within(ConnectTimeout),
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: p.Roots},
		TLSHandshakeTimeout:    TLSTimeout,
		ResponseHeaderTimeout:  HeaderTimeout,
		MaxResponseHeaderBytes: maxHeader,
		DisableKeepAlives:      true,
	}
}

// silent keeps resty from logging: requests hold keys and codes.
type silent struct{}

func (silent) Errorf(string, ...any) {}
func (silent) Warnf(string, ...any)  {}
func (silent) Debugf(string, ...any) {}

// Do sends one request, once, and returns whatever answers, of any status. build puts in the query, header and body;
// secrets go into header or body, because proxies and logs keep addresses. The error is a *Failure.
func (c *Client) Do(ctx context.Context, method, path string, build func(*resty.Request)) (Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, TotalTimeout)
	defer cancel()

	// Headers are written to the connection's buffer before any byte of it is flushed, so as long as this has
	// not been called nothing of the request has left the machine.
	var left atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { left.Store(true) }})

	request := c.http.R().SetContext(ctx).SetDoNotParseResponse(true)
	if build != nil {
		build(request)
	}
	resp, err := request.Execute(method, path)
	if err != nil {
		return Answer{}, c.unanswered(err, left.Load())
	}
	a := Answer{Status: resp.StatusCode(), Header: resp.Header()}
	if a.Body, err = readBody(resp.RawBody()); err != nil {
		return Answer{}, &Failure{Reason: BadAnswer, MayHaveLeft: true, Status: a.Status, Err: c.quiet(err)}
	}
	a.Body = inUTF8(a.Body, a.Header.Get("Content-Type"))
	return a, nil
}
