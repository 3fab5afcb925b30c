package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"kassa/backend/jobs"
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

// ready tells whether the database answers and what becomes of jobs. One whose jobs
// are not done answers tills all the same, but what waits there waits for ever.
func (a *api) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyIn)
	defer cancel()
	if err := a.Backend.Ready(ctx); err != nil {
		a.Log.Warn("not ready", "part", "database", "error", err)
		say(w, http.StatusServiceUnavailable, "database", a.Version)
		return
	}
	switch mode := a.Backend.JobsMode(); mode {
	case jobs.Working, jobs.Resting:
		more := []string{"queue", string(mode)}
		if a.Backend.ClockDoubted() { // tills are answered all the same; deadlines wait
			more = append(more, "clock", "doubted")
		}
		say(w, http.StatusOK, "ok", a.Version, more...)
	default:
		a.Log.Warn("not ready", "part", "queue", "mode", mode)
		say(w, http.StatusServiceUnavailable, "queue", a.Version, "queue", string(mode))
	}
}

// say answers with a state, the version, and names with what they are.
func say(w http.ResponseWriter, status int, state, version string, more ...string) {
	told := map[string]string{"status": state, "version": version}
	for i := 0; i+1 < len(more); i += 2 {
		told[more[i]] = more[i+1]
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(told) // whoever asked may be gone
}
