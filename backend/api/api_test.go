package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/api"
	"kassa/pos/postest"
	"kassa/storage/central/centraltest"
)

// face is a served backend.
type face struct {
	*testing.T
	http.Handler
	backend *backend.Backend
	clock   *postest.Clock
}

func serve(t *testing.T) *face {
	s := centraltest.File(t)
	clock := postest.NewClock()
	b := backend.New(backend.Params{Store: s, Clock: clock, IDs: postest.IDsAfter(1 << 40)})
	return &face{T: t, Handler: api.New(api.Params{Backend: b, Version: "1.2.3"}), backend: b, clock: clock}
}

// ask sends a request and reads the answer as an object.
func (f *face) ask(method, path, body string, header ...string) (int, map[string]any, http.Header) {
	f.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	r.Header.Set("Accept-Language", "ru")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	f.ServeHTTP(w, r)
	var out map[string]any
	if w.Body.Len() > 0 {
		require.NoError(f, json.Unmarshal(w.Body.Bytes(), &out), w.Body.String())
	}
	return w.Code, out, w.Header()
}

// A wrong code, an ended one and a used one are told as what they are, and after
// ten wrong ones the next waits.
func TestAPI_Joining(t *testing.T) {
	f := serve(t)
	join := func(code, till, token string) (int, map[string]any, http.Header) {
		body, err := json.Marshal(map[string]string{"code": code, "till": till, "token": token})
		require.NoError(t, err)
		return f.ask(http.MethodPost, "/v1/tills/join", string(body))
	}
	token, other := strings.Repeat("a", 40), strings.Repeat("b", 40)
	status, out, _ := join("ABCD-1234", "till", token)
	require.Equal(t, http.StatusNotFound, status)
	require.Equal(t, "backend.code-wrong", out["id"])
	require.Equal(t, "not_found", out["code"])

	code, err := f.backend.AddTill(t.Context(), "Касса 1")
	require.NoError(t, err)
	text := strings.ToLower(code.Text.Reveal())
	for range 2 { // the same joining again
		status, out, _ = join(" "+text+" ", "till", token)
		require.Equal(t, http.StatusOK, status, out)
		require.Equal(t, "Касса 1", out["name"])
	}
	status, out, _ = join(text, "another", other)
	require.Equal(t, http.StatusConflict, status)
	require.Equal(t, "backend.code-used", out["id"], "a replayed code")

	late, err := f.backend.AddTill(t.Context(), "Касса 2")
	require.NoError(t, err)
	f.clock.Move(backend.CodeLives)
	status, out, _ = join(late.Text.Reveal(), "another", other)
	require.Equal(t, http.StatusConflict, status)
	require.Equal(t, "backend.code-ended", out["id"])

	for range 10 {
		join("XXXX-0000", "another", other)
	}
	status, out, header := join("XXXX-0000", "another", other)
	require.Equal(t, http.StatusTooManyRequests, status)
	require.Equal(t, "wait", out["code"])
	require.NotEmpty(t, header.Get("Retry-After"))
}

// Nothing is told to somebody without a credential, and a stolen one that was
// revoked is nobody's.
func TestAPI_Credentials(t *testing.T) {
	f := serve(t)
	for _, header := range []string{"", "Bearer", "Bearer nobody", "Basic eDp5", "Bearer " + strings.Repeat("x", 600)} {
		status, out, h := f.ask(http.MethodGet, "/v1/tills/self", "", "Authorization", header)
		require.Equal(t, http.StatusUnauthorized, status, header)
		require.Equal(t, "backend.token-unknown", out["id"])
		require.NotEmpty(t, h.Get("WWW-Authenticate"))
	}
}

// Whatever comes that is no request of ours is answered as a problem, without an
// echo of what was sent.
func TestAPI_Problems(t *testing.T) {
	f := serve(t)
	for name, c := range map[string]struct {
		method, path, body string
		status             int
	}{
		"no such place": {http.MethodGet, "/v1/nothing", "", http.StatusNotFound},
		"other method":  {http.MethodGet, "/v1/tills/join", "", http.StatusMethodNotAllowed},
		"no JSON":       {http.MethodPost, "/v1/tills/join", "{", http.StatusBadRequest},
		"other shape":   {http.MethodPost, "/v1/tills/join", `{"code":7,"till":"+79000000000","token":"` + strings.Repeat("s", 40) + `"}`, http.StatusUnprocessableEntity},
		"unknown field": {http.MethodPost, "/v1/tills/join", `{"code":"x","till":"y","token":"` + strings.Repeat("s", 40) + `","more":1}`, http.StatusUnprocessableEntity},
		"too large":     {http.MethodPost, "/v1/tills/join", `{"code":"` + strings.Repeat("x", 5000) + `"}`, http.StatusRequestEntityTooLarge},
		"a short token": {http.MethodPost, "/v1/tills/join", `{"code":"x","till":"y","token":"secret"}`, http.StatusUnprocessableEntity},
	} {
		t.Run(name, func(t *testing.T) {
			status, out, h := f.ask(c.method, c.path, c.body)
			require.Equal(t, c.status, status, out)
			require.Equal(t, "application/problem+json", h.Get("Content-Type"))
			require.NotEmpty(t, out["code"])
			raw, err := json.Marshal(out)
			require.NoError(t, err)
			assert.NotContains(t, string(raw), "+7900")
			assert.NotContains(t, string(raw), "ssss")
			assert.NotContains(t, string(raw), "secret")
		})
	}
}

// The description is of the version that tells webhooks and schemas apart, and the
// page shows every operation without a script.
func TestAPI_Description(t *testing.T) {
	f := serve(t)
	status, out, _ := f.ask(http.MethodGet, "/openapi.json", "")
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, "3.1.0", out["openapi"])
	w := httptest.NewRecorder()
	f.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/docs", nil))
	require.Equal(t, http.StatusOK, w.Code)
	for path := range out["paths"].(map[string]any) {
		require.Contains(t, w.Body.String(), path)
	}
	require.False(t, bytes.Contains(w.Body.Bytes(), []byte("<script")))
}

// A server is ready when its database answers and its jobs are done.
func TestAPI_Ready(t *testing.T) {
	f := serve(t)
	status, out, _ := f.ask(http.MethodGet, "/readyz", "")
	require.Equal(t, http.StatusServiceUnavailable, status)
	require.Equal(t, map[string]any{"status": "queue", "version": "1.2.3", "queue": "stopped"}, out)

	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); f.backend.RunJobs(ctx) }()
	require.Eventually(t, func() bool {
		status, out, _ = f.ask(http.MethodGet, "/readyz", "")
		return status == http.StatusOK
	}, 10*time.Second, time.Millisecond)
	require.Equal(t, map[string]any{"status": "ok", "version": "1.2.3", "queue": "working"}, out)
	stop()
	<-ended
	status, _, _ = f.ask(http.MethodGet, "/readyz", "")
	require.Equal(t, http.StatusServiceUnavailable, status)
	status, _, _ = f.ask(http.MethodGet, "/healthz", "")
	require.Equal(t, http.StatusOK, status)
}

// Where somebody said under which address the server is seen, its description does.
func TestAPI_PublicURL(t *testing.T) {
	f := serve(t)
	f.Handler = api.New(api.Params{Backend: f.backend, PublicURL: "https://kassa.example.com"})
	_, out, _ := f.ask(http.MethodGet, "/openapi.json", "")
	require.Equal(t, []any{map[string]any{"url": "https://kassa.example.com"}}, out["servers"])
}
