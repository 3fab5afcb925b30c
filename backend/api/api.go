// Package api is the backend's HTTP face: described by OpenAPI from the Go types,
// refusals as RFC 9457, bounded bodies, a credential per till. It decides nothing:
// each operation is one call of a room.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"kassa/assets/words"
	"kassa/backend"
	"kassa/backend/internal/served"
	"kassa/pos"
	"kassa/pos/hidden"
	pay "kassa/pos/manual"
)

// Params say what is served.
type Params struct {
	Backend *backend.Backend
	Log     *slog.Logger
	Version string // of the program
	// Requests has each request logged, as on a server.
	Requests bool
	// Metrics answers /metrics; nil: nothing does.
	Metrics http.Handler
	// Carrier is the till in whose process this is served, to nobody else: it needs
	// no credential. "" on a server.
	Carrier string
	// PublicURL is where the server is seen from outside, for its description; ""
	// where nobody said.
	PublicURL string
	// OfferPage is the whole address of an offer's own page, "" for one that has
	// none; nil where no offer has.
	OfferPage func(o *pay.Offer) string
}

// How a credential is refused: one that is not known, and one that is no more.
const (
	idToken   = "backend.token-unknown"
	idRevoked = "backend.till-revoked"
)

// api are the operations.
type api struct {
	Params
}

// New makes the handler. One that is carried in a till serves the same.
func New(p Params) http.Handler {
	if p.Log == nil {
		p.Log = slog.New(slog.DiscardHandler)
	}
	useProblems()
	mux := http.NewServeMux()
	config := huma.DefaultConfig("Kassa", p.Version)
	config.CreateHooks = nil // no $schema in answers
	config.DocsPath = ""     // ours is docs.go: the library's loads scripts from elsewhere
	config.SchemasPath = ""
	config.Formats = map[string]huma.Format{"application/json": unambiguous, "json": unambiguous}
	config.Info.Description = "What stands behind tills: they tell what happened, and ask."
	if p.PublicURL != "" {
		config.Servers = []*huma.Server{{URL: p.PublicURL}}
	}
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"till": {Type: "http", Scheme: "bearer", Description: "The credential a till made when it joined."},
	}
	a := &api{Params: p}
	h := humago.New(mux, config)
	h.UseMiddleware(a.authenticate(h))
	a.sync(h)
	a.tills(h)
	a.manual(h)
	a.proofs(h)
	a.health(mux)
	a.docs(mux, h)
	return a.wrapped(mux)
}

// useProblems tells the library, which has one maker of errors for the process, to
// answer with ours.
var useProblems = sync.OnceFunc(func() {
	huma.NewErrorWithContext = func(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
		return newError(ctx.Context(), status, errs...)
	}
	huma.NewError = func(status int, _ string, errs ...error) huma.StatusError {
		return newError(context.Background(), status, errs...)
	}
})

// wrapped gives each request its words, its trace and its limits, and turns what
// the mux and a panic answer into problems.
func (a *api) wrapped(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		req := &request{words: words.New(r.Header.Get("Accept-Language"), "", ""), trace: served.NewTrace(), log: a.Log}
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, req))
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-store")
		h.Set("X-Trace-Id", req.trace)
		served.Watch{Log: a.Log, Requests: a.Requests, Broke: "a request broke"}.Serve(w, r, req.trace,
			func(out http.ResponseWriter) { plain(r.Context(), http.StatusInternalServerError).write(out) },
			func(out http.ResponseWriter) {
				_, pattern := mux.Handler(r)
				switch {
				case pattern != "" && readable(r):
					mux.ServeHTTP(out, r)
				case pattern != "":
					plain(r.Context(), http.StatusBadRequest).write(out)
				default:
					status := http.StatusNotFound
					if allowed := served.Allowed(mux, r); len(allowed) > 0 {
						status = http.StatusMethodNotAllowed
						h.Set("Allow", strings.Join(allowed, ", "))
					}
					plain(r.Context(), status).write(out)
				}
			})
	})
}

// tillKey names the till in a request's context.
type tillKey struct{}

func tillOf(ctx context.Context) *backend.Till {
	t, _ := ctx.Value(tillKey{}).(*backend.Till)
	return t
}

// authenticate lets only tills that are known to the operations that ask for one.
func (a *api) authenticate(h huma.API) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		if len(ctx.Operation().Security) == 0 {
			next(ctx)
			return
		}
		till, err := a.known(ctx.Context(), ctx.Header("Authorization"))
		if err != nil {
			r, w := humago.Unwrap(ctx)
			e, ok := refused(r.Context(), err).(*Problem)
			if ok {
				e.write(w)
			}
			return
		}
		next(huma.WithValue(ctx, tillKey{}, till))
	}
}

func (a *api) known(ctx context.Context, header string) (*backend.Till, error) {
	if a.Carrier != "" {
		return a.Backend.Carrying(ctx, a.Carrier)
	}
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" || len(token) > 512 {
		return nil, pos.E(pos.CodeForbidden, idToken, nil)
	}
	return a.Backend.Known(ctx, hidden.New(strings.TrimSpace(token)))
}

// byTill marks an operation as one for tills.
var byTill = []map[string][]string{{"till": {}}}
