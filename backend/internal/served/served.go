// Package served is what every request to a backend goes through, a program's and a
// browser's alike: it has a trace, it is told in the log, and what breaks is answered.
package served

import (
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/http"
	"time"
)

// NewTrace is the name of a request in the log and in its answer.
func NewTrace() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// Watch says what of a request is told.
type Watch struct {
	Log      *slog.Logger
	Requests bool   // each is told in the log, by its pattern: paths may hold secrets
	Broke    string // what the log calls one that panicked
}

// Serve has a request answered. Where that panics, and nothing was answered yet,
// broken answers instead.
func (x Watch) Serve(w http.ResponseWriter, r *http.Request, trace string, broken, serve func(out http.ResponseWriter)) {
	began := time.Now()
	out := &watched{ResponseWriter: w}
	defer func() {
		if v := recover(); v != nil {
			x.Log.Error(x.Broke, "trace", trace, "path", r.Pattern, "panic", v)
			if !out.began {
				broken(out)
			}
		}
		if x.Requests {
			x.Log.Info("request", "trace", trace, "method", r.Method, "path", r.Pattern, "status", out.status, "took_ms", time.Since(began).Milliseconds())
		}
	}()
	serve(out)
}

// Allowed lists the methods a path can be asked with.
func Allowed(mux *http.ServeMux, r *http.Request) (all []string) {
	for _, m := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		try := r.Clone(r.Context())
		try.Method = m
		if _, pattern := mux.Handler(try); pattern != "" {
			all = append(all, m)
		}
	}
	return all
}

// watched remembers whether and how an answer began.
type watched struct {
	http.ResponseWriter
	began  bool
	status int
}

// WriteHeader implements http.ResponseWriter.
func (w *watched) WriteHeader(status int) {
	if !w.began {
		w.began, w.status = true, status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *watched) Write(b []byte) (int, error) {
	if !w.began {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }
