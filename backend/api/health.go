package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// readyIn is how long the database may take to answer before the process is told
// to be unready.
const readyIn = 3 * time.Second

// health answers whoever watches the process.
func (a *api) health(mux *http.ServeMux) {
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "ok", a.Version) })
	mux.HandleFunc("GET /readyz", a.ready)
	if a.Metrics != nil {
		mux.Handle("GET /metrics", a.Metrics)
	}
}

func (a *api) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyIn)
	defer cancel()
	if err := a.Backend.Ready(ctx); err != nil {
		a.Log.Warn("not ready", "part", "database", "error", err)
		say(w, http.StatusServiceUnavailable, "database", a.Version)
		return
	}
	say(w, http.StatusOK, "ok", a.Version)
}

func say(w http.ResponseWriter, status int, state, version string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"status": state, "version": version}) // whoever asked may be gone
}
