package client

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"kassa/pos/exchange"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func get(t *testing.T, ctx context.Context, h http.HandlerFunc) (*http.Response, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://in-process/v1/x", strings.NewReader("asked"))
	require.NoError(t, err)
	return inProcess{h}.RoundTrip(r)
}

// The answer is what a network would bring: status, headers as they were when the
// answer began, body to its end.
func TestInProcess_Answers(t *testing.T) {
	resp, err := get(t, t.Context(), func(w http.ResponseWriter, r *http.Request) {
		asked, err := io.ReadAll(r.Body)
		if err != nil || r.URL.Path != "/v1/x" {
			t.Errorf("asked %s: %v", r.URL, err)
		}
		w.Header().Set("X-Before", "yes")
		w.WriteHeader(http.StatusTeapot)
		w.Header().Set("X-After", "no")
		_, _ = w.Write(append([]byte("told "), asked...))
	})
	require.NoError(t, err)
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, "told asked", string(body))
	require.Equal(t, http.StatusTeapot, resp.StatusCode)
	require.Equal(t, "yes", resp.Header.Get("X-Before"))
	require.Empty(t, resp.Header.Get("X-After"))
}

// A handler that says nothing has answered.
func TestInProcess_Silent(t *testing.T) {
	resp, err := get(t, t.Context(), func(http.ResponseWriter, *http.Request) {})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, resp.StatusCode)
	require.NoError(t, resp.Body.Close())
}

// A handler that breaks is a broken connection, before its answer and within it,
// and not the end of the till.
func TestInProcess_Breaks(t *testing.T) {
	_, err := get(t, t.Context(), func(http.ResponseWriter, *http.Request) { panic("no") })
	require.ErrorIs(t, err, errBroken)
	require.Equal(t, exchange.Broken, unanswered(err).Reason)
	resp, err := get(t, t.Context(), func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "half")
		panic("no")
	})
	require.NoError(t, err)
	_, err = io.ReadAll(resp.Body)
	require.ErrorIs(t, err, errBroken)
	require.NoError(t, resp.Body.Close())
}

// Whoever stops waiting gets away at once, and the handler hears of it.
func TestInProcess_GivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var heard sync.WaitGroup
	heard.Add(1)
	_, err := get(t, ctx, func(w http.ResponseWriter, r *http.Request) {
		defer heard.Done()
		cancel()
		<-r.Context().Done()
		if _, err := io.WriteString(w, "too late"); err == nil {
			t.Error("somebody read it")
		}
	})
	if !errors.Is(err, context.Canceled) {
		require.Error(t, err)
	}
	heard.Wait()
}

// Many at once each get their own answer.
func TestInProcess_ManyAtOnce(t *testing.T) {
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			resp, err := get(t, t.Context(), func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(w, r.Body) })
			if err != nil {
				t.Error(err)
				return
			}
			body, err := io.ReadAll(resp.Body)
			if err != nil || string(body) != "asked" {
				t.Errorf("%q, %v", body, err)
			}
			_ = resp.Body.Close()
		})
	}
	all.Wait()
}
