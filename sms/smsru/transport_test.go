package smsru

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/sms"
	"kassa/sms/smstest"
	"kassa/sms/vendorhttp"
)

// pipeListener is a network in memory, so that the real limits pass in the virtual time of synctest.
type pipeListener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newPipeListener() *pipeListener {
	return &pipeListener{conns: make(chan net.Conn), closed: make(chan struct{})}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *pipeListener) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }

func (l *pipeListener) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case l.conns <- theirs:
		return ours, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func pipeClient(t *testing.T, base string, dial vendorhttp.DialFunc) *Client {
	t.Helper()
	c, err := newClient(Config{APIID: sms.NewSecret(smstest.TestAPIID), BaseURL: base}, vendorhttp.Params{Dial: dial})
	require.NoError(t, err)
	return c
}

func TestClient_Limits(t *testing.T) {
	tests := []struct {
		name    string
		fault   smstest.Fault
		after   time.Duration
		message string
	}{
		{"no answer", smstest.Silence(), vendorhttp.HeaderTimeout, sms.MsgNoAnswer},
		{"an answer that does not end", smstest.Drip(), vendorhttp.TotalTimeout, sms.MsgBadAnswer},
	}
	for _, test := range tests {
		t.Run("gives up on "+test.name+", which leaves the outcome unknown", func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newPipeListener()
				server := smstest.NewServerOn(l, smstest.Options{})
				defer server.Close()
				server.Next(test.fault)
				began := time.Now()
				_, err := pipeClient(t, "http://127.0.0.1:1", l.dial).Send(t.Context(), toSend())
				assert.Equal(t, test.after, time.Since(began))
				assert.Equal(t, test.message, asError(t, err).Message())
				assert.Equal(t, sms.Unknown, sms.OutcomeOf(err))
				assert.Len(t, server.Messages(), 1)
			})
		})
	}

	t.Run("gives up on a network that does not connect, and nothing was sent", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			began := time.Now()
			_, err := pipeClient(t, "http://127.0.0.1:1", newPipeListener().dial).Send(t.Context(), toSend())
			assert.Equal(t, vendorhttp.ConnectTimeout, time.Since(began))
			assert.Equal(t, sms.MsgOffline, asError(t, err).Message())
			assert.True(t, sms.NotSent(err))
		})
	})

	t.Run("gives up on a handshake that does not go on, and nothing was sent", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			l := newPipeListener()
			defer func() { _ = l.Close() }()
			go func() {
				if conn, err := l.Accept(); err == nil {
					_, _ = io.Copy(io.Discard, conn)
				}
			}()
			began := time.Now()
			_, err := pipeClient(t, "https://sms.example.org", l.dial).Send(t.Context(), toSend())
			assert.Equal(t, vendorhttp.TLSTimeout, time.Since(began))
			assert.Equal(t, sms.MsgOffline, asError(t, err).Message())
			assert.True(t, sms.NotSent(err))
		})
	})
}

func TestClient_GivenUp(t *testing.T) {
	t.Run("after the request left: the outcome is unknown", func(t *testing.T) {
		c, server := start(t)
		server.Next(smstest.Silence())
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		waited := make(chan error, 1)
		go func() {
			_, err := server.WaitMessages(t.Context(), 1)
			waited <- err
			cancel()
		}()
		_, err := c.Send(ctx, toSend())
		require.NoError(t, <-waited)
		assert.Equal(t, sms.MsgNoAnswer, asError(t, err).Message())
		assert.True(t, sms.MayHaveLeft(err))
	})
	t.Run("while the answer comes: the outcome is unknown", func(t *testing.T) {
		c, server := start(t)
		server.Next(smstest.Drip())
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		_, err := c.Send(ctx, toSend())
		assert.True(t, sms.MayHaveLeft(err))
	})
	t.Run("before: nothing was sent", func(t *testing.T) {
		c, server := start(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := c.Send(ctx, toSend())
		assert.Equal(t, sms.MsgCancelled, asError(t, err).Message())
		assert.True(t, sms.NotSent(err))
		assert.Empty(t, server.Requests())
	})
}

func TestClient_Untrusted(t *testing.T) {
	answered := func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "{}") }
	t.Run("certificate nobody knows", func(t *testing.T) {
		server := httptest.NewUnstartedServer(http.HandlerFunc(answered))
		server.Config.ErrorLog = quiet()
		server.StartTLS()
		defer server.Close()
		_, err := client(t, server.URL).Send(t.Context(), toSend())
		assert.Equal(t, sms.MsgTLS, asError(t, err).Message())
		assert.Equal(t, sms.FailedRequest, sms.OutcomeOf(err))
		assert.True(t, sms.NotSent(err))
	})
	t.Run("no TLS at all", func(t *testing.T) {
		server := httptest.NewServer(http.HandlerFunc(answered))
		defer server.Close()
		_, err := client(t, "https"+server.URL[len("http"):]).Send(t.Context(), toSend())
		require.Error(t, err)
		assert.True(t, sms.NotSent(err), "%v", err)
		assert.Equal(t, sms.MsgTLS, asError(t, err).Message(), "%v", err)
	})
}

func TestClient_FollowsNoRedirect(t *testing.T) {
	elsewhere, err := smstest.NewServer(smstest.Options{})
	require.NoError(t, err)
	defer elsewhere.Close()
	c, server := start(t)
	server.Next(smstest.Redirect(elsewhere.URL() + "/sms/send?json=1"))
	_, err = c.Send(t.Context(), toSend())
	assert.Equal(t, sms.MsgPortal, asError(t, err).Message())
	assert.Empty(t, elsewhere.Requests(), "the key went to somebody else")
}
