package vendorhttp

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-resty/resty/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"kassa/pos/hidden"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// canary is a secret that must show up nowhere.
const canary = "CANARY+KEY/1"

// vendor is a server that answers as a test says and counts what reaches it.
func vendor(t *testing.T, answer http.HandlerFunc) (*httptest.Server, *atomic.Int64) {
	t.Helper()
	reached := new(atomic.Int64)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reached.Add(1)
		_, _ = io.Copy(io.Discard, r.Body)
		answer(w, r)
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	t.Cleanup(s.Close)
	return s, reached
}

func ask(t *testing.T, p Params) (Answer, error) {
	t.Helper()
	return askWithin(t.Context(), p)
}

func askWithin(ctx context.Context, p Params) (Answer, error) {
	p.Mask = NewMask(hidden.New(canary))
	return New(p).Do(ctx, "POST", "/send", func(r *resty.Request) {
		r.SetFormData(map[string]string{"key": canary, "to": "79000000001"})
	})
}

func failed(t *testing.T, err error) *Failure {
	t.Helper()
	f, ok := errors.AsType[*Failure](err)
	require.True(t, ok, "%v", err)
	shown := fmt.Sprintf("%v %+v %#v", f, f.Err, f)
	assert.NotContains(t, shown, canary)
	assert.NotContains(t, shown, "9000000001")
	return f
}

func TestClient_Do(t *testing.T) {
	t.Run("hands back whatever answers, of any status", func(t *testing.T) {
		for _, status := range []int{200, 201, 302, 400, 404, 500, 800} {
			s, reached := vendor(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("X-Vendor", "yes")
				w.WriteHeader(status)
				_, _ = io.WriteString(w, "\ufeff{}")
			})
			s.Start()
			a, err := ask(t, Params{Base: s.URL})
			require.NoError(t, err)
			assert.Equal(t, status, a.Status)
			assert.Equal(t, "{}", string(a.Body))
			assert.Equal(t, "yes", a.Header.Get("X-Vendor"))
			assert.EqualValues(t, 1, reached.Load())
		}
	})
	t.Run("follows no redirect, neither elsewhere nor home", func(t *testing.T) {
		elsewhere, strangers := vendor(t, func(http.ResponseWriter, *http.Request) {})
		elsewhere.Start()
		for _, to := range []string{elsewhere.URL + "/send", "/other"} {
			s, reached := vendor(t, func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, to, http.StatusTemporaryRedirect)
			})
			s.Start()
			a, err := ask(t, Params{Base: s.URL})
			require.NoError(t, err)
			assert.Equal(t, Portal, a.Unreadable(ErrNoObject).Reason)
			assert.EqualValues(t, 1, reached.Load())
		}
		assert.Zero(t, strangers.Load(), "the key went to somebody else")
	})
	t.Run("reads no more than its bound, also of what unpacks", func(t *testing.T) {
		for size, fits := range map[int]bool{MaxBody: true, MaxBody + 1: false, 64 * MaxBody: false} {
			for _, packed := range []bool{false, true} {
				s, _ := vendor(t, func(w http.ResponseWriter, r *http.Request) { blocks(w, size, packed) })
				s.Start()
				a, err := ask(t, Params{Base: s.URL})
				if fits {
					require.NoError(t, err)
					assert.Len(t, a.Body, size)
					continue
				}
				f := failed(t, err)
				assert.Equal(t, BadAnswer, f.Reason)
				assert.True(t, f.MayHaveLeft)
			}
		}
	})
	t.Run("keeps no connection", func(t *testing.T) {
		s, _ := vendor(t, func(http.ResponseWriter, *http.Request) {})
		var opened atomic.Int64
		s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				opened.Add(1)
			}
		}
		s.Start()
		c := New(Params{Base: s.URL})
		for range 3 {
			_, err := c.Do(t.Context(), "GET", "/", nil)
			require.NoError(t, err)
		}
		assert.EqualValues(t, 3, opened.Load())
	})
}

// blocks writes so many zeros, plain or packed.
func blocks(w http.ResponseWriter, size int, packed bool) {
	if packed {
		w.Header().Set("Content-Encoding", "gzip")
	}
	for left := size; left > 0; left -= MaxBody {
		block := zeros[:min(left, MaxBody)]
		if packed { // packed streams one after the other are one
			block = pack(len(block))
		}
		if _, err := w.Write(block); err != nil {
			return // the client had enough
		}
	}
}

var zeros = make([]byte, MaxBody)

// packed keeps what pack made: packing under a race detector takes longer than a client waits.
var packed sync.Map

func pack(size int) []byte {
	if b, ok := packed.Load(size); ok {
		return b.([]byte)
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(zeros[:size]) // neither fails: it goes into memory
	_ = z.Close()
	packed.Store(size, b.Bytes())
	return b.Bytes()
}

func TestClient_WhatNeverLeft(t *testing.T) {
	refusing := func(err error) DialFunc {
		return func(context.Context, string, string) (net.Conn, error) { return nil, err }
	}
	t.Run("is told as offline", func(t *testing.T) {
		for _, cause := range []error{
			&net.DNSError{Err: "no such host", Name: "vendor.example", IsNotFound: true},
			&net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")},
			errors.New("a proxy that wants //user:" + canary + "@10.0.0.1 first"),
		} {
			f := failed(t, second(ask(t, Params{Base: "https://vendor.example", Dial: refusing(cause)})))
			assert.Equal(t, Offline, f.Reason, "%v", cause)
			assert.False(t, f.MayHaveLeft)
			assert.Zero(t, f.Status)
		}
	})
	t.Run("nor where a proxy's address is wrong, whose password is not told", func(t *testing.T) {
		broken := proxied(func(*http.Request) error { return fmt.Errorf("invalid proxy address %q", "http://user:hunter2@[") })
		f := failed(t, second(ask(t, Params{Base: "https://vendor.example", Transport: broken})))
		assert.NotContains(t, f.Error(), "hunter2")
	})
	t.Run("when given up before", func(t *testing.T) {
		s, reached := vendor(t, func(http.ResponseWriter, *http.Request) {})
		s.Start()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		f := failed(t, second(askWithin(ctx, Params{Base: s.URL})))
		assert.Equal(t, Cancelled, f.Reason)
		assert.False(t, f.MayHaveLeft)
		assert.Zero(t, reached.Load())
	})
}

// proxied fails before anything is sent.
type proxied func(*http.Request) error

func (p proxied) RoundTrip(r *http.Request) (*http.Response, error) { return nil, p(r) }

func second[T any](_ T, err error) error { return err }

func TestClient_TLS(t *testing.T) {
	start := func(t *testing.T, change func(*tls.Config)) (*httptest.Server, *x509.CertPool) {
		s, _ := vendor(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "{}") })
		s.TLS = &tls.Config{}
		if change != nil {
			change(s.TLS)
		}
		s.StartTLS()
		roots := x509.NewCertPool()
		roots.AddCert(s.Certificate())
		return s, roots
	}
	t.Run("trusts whom it is told to", func(t *testing.T) {
		s, roots := start(t, nil)
		a, err := ask(t, Params{Base: s.URL, Roots: roots})
		require.NoError(t, err)
		assert.Equal(t, "{}", string(a.Body))
	})
	t.Run("and nobody else", func(t *testing.T) {
		s, roots := start(t, nil)
		old, known := start(t, func(c *tls.Config) { c.MaxVersion = tls.VersionTLS11; c.MinVersion = tls.VersionTLS10 })
		plain, _ := vendor(t, func(http.ResponseWriter, *http.Request) {})
		plain.Start()
		elsewhere := func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, s.Listener.Addr().String())
		}
		for name, p := range map[string]Params{
			"a certificate nobody knows": {Base: s.URL},
			"that of another host":       {Base: "https://vendor.test", Roots: roots, Dial: elsewhere},
			"below the floor":            {Base: old.URL, Roots: known},
			"no TLS at all":              {Base: "https" + strings.TrimPrefix(plain.URL, "http")},
		} {
			f := failed(t, second(ask(t, p)))
			assert.Equal(t, Untrusted, f.Reason, "%s: %v", name, f)
			assert.False(t, f.MayHaveLeft, name)
		}
	})
}

// pipe is a network in memory, so that the real limits pass in the virtual time of synctest.
type pipe struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newPipe() *pipe { return &pipe{conns: make(chan net.Conn), closed: make(chan struct{})} }

func (l *pipe) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipe) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *pipe) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }

func (l *pipe) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case l.conns <- theirs:
		return ours, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func TestClient_Limits(t *testing.T) {
	// silence hears a request, says what it is told to and no more, and lets go when the client has gone.
	silence := func(l *pipe, say string) {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		if say != "" {
			if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
				go func() { _, _ = io.WriteString(conn, say) }()
			}
		}
		_, _ = io.Copy(io.Discard, conn)
	}
	tests := []struct {
		name   string
		base   string
		serve  func(*pipe)
		after  time.Duration
		reason Reason
		left   bool
	}{
		{"a network that does not connect", "http://127.0.0.1:1", func(*pipe) {}, ConnectTimeout, Offline, false},
		{"a handshake that does not go on", "https://vendor.example", func(l *pipe) { silence(l, "") }, TLSTimeout, Offline, false},
		{"no answer", "http://127.0.0.1:1", func(l *pipe) { silence(l, "") }, HeaderTimeout, NoAnswer, true},
		{"a header that does not end", "http://127.0.0.1:1", func(l *pipe) { silence(l, "HTTP/1.1 200 OK\r\nX: y") }, HeaderTimeout, NoAnswer, true},
		{"a body that does not end", "http://127.0.0.1:1", func(l *pipe) {
			silence(l, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")
		}, TotalTimeout, BadAnswer, true},
	}
	for _, test := range tests {
		t.Run("gives up on "+test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newPipe()
				defer func() { _ = l.Close() }()
				go test.serve(l)
				began := time.Now()
				f := failed(t, second(ask(t, Params{Base: test.base, Dial: l.dial})))
				assert.Equal(t, test.after, time.Since(began))
				assert.Equal(t, test.reason, f.Reason, "%v", f)
				assert.Equal(t, test.left, f.MayHaveLeft)
			})
		})
	}
	t.Run("is given up while it waits: it may have left", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			l := newPipe()
			defer func() { _ = l.Close() }()
			go silence(l, "")
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			f := failed(t, second(askWithin(ctx, Params{Base: "http://127.0.0.1:1", Dial: l.dial})))
			assert.Equal(t, NoAnswer, f.Reason)
			assert.True(t, f.MayHaveLeft)
		})
	})
}

func TestClient_BrokenAnswers(t *testing.T) {
	hijacked := func(say string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				panic(err) // a server that is no plain HTTP/1
			}
			_, _ = io.WriteString(conn, say)
			_ = conn.Close()
		}
	}
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		reason Reason
	}{
		"nothing at all":           {hijacked(""), NoAnswer},
		"what is no HTTP":          {hijacked(canary + " 79000000001 said so\r\n\r\n"), NoAnswer},
		"a header without end":     {hijacked("HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 100_000) + "\r\n\r\n"), NoAnswer},
		"a body cut off":           {hijacked("HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{\"status\":"), BadAnswer},
		"a body cut in its chunks": {hijacked("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\""), BadAnswer},
		"what does not unpack":     {hijacked("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!"), BadAnswer},
	} {
		t.Run(name, func(t *testing.T) {
			s, reached := vendor(t, test.answer)
			s.Start()
			f := failed(t, second(ask(t, Params{Base: s.URL})))
			assert.Equal(t, test.reason, f.Reason, "%v", f)
			assert.True(t, f.MayHaveLeft)
			assert.EqualValues(t, 1, reached.Load(), "it must not be sent again by itself")
		})
	}
}
