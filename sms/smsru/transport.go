package smsru

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/go-resty/resty/v2"

	"kassa/sms"
)

// Limits of one request: a customer stands at the till and waits.
const (
	connectTimeout = 5 * time.Second
	tlsTimeout     = 5 * time.Second
	headerTimeout  = 10 * time.Second
	totalTimeout   = 15 * time.Second

	maxBody   = 1 << 20 // bytes of an answer, after decompression
	maxHeader = 64 << 10
)

type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// within limits the dialling itself, which net/http goes on with when the request it was for has been given up.
func (dial dialFunc) within(limit time.Duration) dialFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		ctx, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		return dial(ctx, network, address)
	}
}

// newHTTP makes the HTTP client. Every request has a connection of its own: with a kept one the transport could
// send a request a second time by itself, and nobody could say whether the first had left.
func newHTTP(base string, dial dialFunc) *resty.Client {
	transport := &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dial.within(connectTimeout),
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    tlsTimeout,
		ResponseHeaderTimeout:  headerTimeout,
		MaxResponseHeaderBytes: maxHeader,
		DisableKeepAlives:      true,
	}
	plain := &http.Client{
		Transport: transport,
		// A redirect is handed back as the answer: following it would carry the key to somebody else.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return resty.NewWithClient(plain).SetBaseURL(base).SetRetryCount(0).SetLogger(silent{}).
		SetHeader("Accept", "application/json")
}

// silent keeps resty from logging: requests hold the key and the code.
type silent struct{}

func (silent) Errorf(string, ...any) {}
func (silent) Warnf(string, ...any)  {}
func (silent) Debugf(string, ...any) {}

// call sends one form and returns the answer's outer object. The key goes into the body, because proxies and logs
// keep addresses. Its errors say whether the request may have left.
func (c *Client) call(ctx context.Context, method string, form map[string]string) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, totalTimeout)
	defer cancel()

	// Headers are written to the connection's buffer before any byte of it is flushed, so as long as this has
	// not been called nothing of the request has left the machine.
	var left atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { left.Store(true) }})

	resp, err := c.http.R().
		SetContext(ctx).
		SetDoNotParseResponse(true).
		SetQueryParam("json", "1").
		SetFormData(form).
		SetFormData(map[string]string{"api_id": c.apiID.Reveal()}).
		Post(method)
	if err != nil {
		return nil, connectionError(err, left.Load())
	}
	body, err := readBody(resp.RawBody())
	if err != nil {
		return nil, badAnswer(err)
	}
	a, err := parseAnswer(body)
	if err != nil {
		return nil, strangeAnswer(resp.StatusCode(), resp.Header().Get("Content-Type"), body, err)
	}
	return a, nil
}

func readBody(r io.ReadCloser) ([]byte, error) {
	defer func() { _ = r.Close() }()
	body, err := io.ReadAll(io.LimitReader(r, maxBody+1))
	if err != nil {
		return nil, fmt.Errorf("read answer: %w", withoutURL(err))
	}
	if len(body) > maxBody {
		return nil, fmt.Errorf("answer is larger than %d bytes", maxBody)
	}
	return body, nil
}

// connectionError explains a request that got no answer. left tells whether it may have reached the provider.
func connectionError(err error, left bool) error {
	e := &sms.Error{Kind: sms.TemporaryError, Provider: name, MessageID: sms.MsgOffline, Err: withoutURL(err)}
	switch {
	case left:
		e.Kind, e.MessageID = sms.Unknown, sms.MsgNoAnswer
	case untrusted(err):
		// A wrong clock, a proxy or an attacker; trying again or without TLS is no way out.
		e.Kind, e.MessageID = sms.FailedRequest, sms.MsgTLS
	case errors.Is(err, context.Canceled):
		e.MessageID = sms.MsgCancelled
	}
	return e
}

// untrusted tells whether the connection failed because the other side could not prove who it is.
func untrusted(err error) bool {
	var (
		verification *tls.CertificateVerificationError
		authority    x509.UnknownAuthorityError
		host         x509.HostnameError
		invalid      x509.CertificateInvalidError
		record       tls.RecordHeaderError
		alert        tls.AlertError
	)
	return errors.Is(err, http.ErrSchemeMismatch) || errors.As(err, &verification) || errors.As(err, &authority) || errors.As(err, &host) ||
		errors.As(err, &invalid) || errors.As(err, &record) || errors.As(err, &alert)
}

// withoutURL drops the address net/http puts before its errors: it adds nothing to a log line that names the
// provider.
func withoutURL(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}
