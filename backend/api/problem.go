package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/manual"
)

// Problem is a refusal as RFC 9457 tells it, with our permanent words.
type Problem struct {
	Type    string         `json:"type" doc:"Always about:blank; code and id say what is meant"`
	Title   string         `json:"title" doc:"The status in words"`
	Status  int            `json:"status"`
	Detail  string         `json:"detail,omitempty" doc:"A sentence for a person, in the language of Accept-Language"`
	Code    string         `json:"code" doc:"A permanent word for a program: invalid, not_found, forbidden, conflict, limit, wait, unavailable, internal"`
	ID      string         `json:"id,omitempty" doc:"Names the sentence; permanent too"`
	Args    map[string]any `json:"args,omitempty" doc:"What the sentence speaks of"`
	Errors  []Pointed      `json:"errors,omitempty"`
	Order   *manual.Order  `json:"order,omitempty" doc:"How the order stands, where somebody else came first"`
	TraceID string         `json:"traceId,omitempty" doc:"By it the log of the backend is found"`

	retryAfter time.Duration
}

// Pointed says what is wrong with one field.
type Pointed struct {
	Pointer string `json:"pointer" doc:"Where in the request, such as /commands/3/seq"`
	Detail  string `json:"detail"`
}

// Error implements error.
func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders implements huma.HeadersError.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.retryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(int((p.retryAfter+time.Second-1)/time.Second)))
	}
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="kassa"`)
	}
	return h
}

// statuses are what our codes are in HTTP.
var statuses = map[pos.Code]int{
	pos.CodeInvalid: http.StatusBadRequest, pos.CodeNotFound: http.StatusNotFound, pos.CodeForbidden: http.StatusForbidden,
	pos.CodeConflict: http.StatusConflict, pos.CodeCodeRequired: http.StatusConflict, pos.CodeNotPaid: http.StatusConflict,
	pos.CodeLimit: http.StatusUnprocessableEntity, pos.CodeOverdue: http.StatusConflict, pos.CodeWait: http.StatusTooManyRequests,
	pos.CodeUnavailable: http.StatusServiceUnavailable, pos.CodeInternal: http.StatusInternalServerError,
}

// codes are our words for what HTTP and the reader of requests refuse by
// themselves.
var codes = map[int]pos.Code{
	http.StatusNotFound: pos.CodeNotFound, http.StatusMethodNotAllowed: pos.CodeNotFound, http.StatusUnauthorized: pos.CodeForbidden,
	http.StatusForbidden: pos.CodeForbidden, http.StatusConflict: pos.CodeConflict, http.StatusRequestEntityTooLarge: pos.CodeLimit,
	http.StatusTooManyRequests: pos.CodeWait, http.StatusServiceUnavailable: pos.CodeUnavailable, http.StatusInternalServerError: pos.CodeInternal,
	http.StatusRequestTimeout: pos.CodeUnavailable, // sent again by itself
}

// sentences are what is said of those statuses; backend.shape of the others.
var sentences = map[int]string{
	http.StatusNotFound: "backend.no-place", http.StatusMethodNotAllowed: IDNoMethod, http.StatusUnsupportedMediaType: "backend.no-json",
	http.StatusRequestEntityTooLarge: "backend.large", http.StatusRequestTimeout: "backend.slow",
}

// plain makes the problem of a status that nobody of ours answered with, in the
// words of whoever asks.
func plain(ctx context.Context, status int) *Problem {
	r := requestOf(ctx)
	code, ok := codes[status]
	if !ok {
		code = pos.CodeInvalid
	}
	id, ok := sentences[status]
	if !ok {
		id = "backend.shape"
	}
	if !ok && status >= http.StatusInternalServerError {
		code, id = pos.CodeInternal, "till.internal"
	}
	p := problemOf(r, pos.E(code, id, nil))
	p.Status, p.Title = status, http.StatusText(status)
	return p
}

// requestKey names what a context holds of its request.
type requestKey struct{}

// request is what is known of a request beside its content.
type request struct {
	words *words.Words
	trace string
	log   *slog.Logger
}

func requestOf(ctx context.Context) *request {
	if r, ok := ctx.Value(requestKey{}).(*request); ok {
		return r
	}
	return &request{words: words.New("", "", ""), log: slog.New(slog.DiscardHandler)}
}

// refused turns an error of a room into a problem. What nobody foresaw is logged
// and told as such, without its text.
func refused(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	r := requestOf(ctx)
	e, known := asError(err)
	if !known || e.Code == pos.CodeInternal || e.Code == pos.CodeUnavailable {
		r.log.Error("a command failed", "trace", r.trace, "error", err)
	}
	return problemOf(r, e)
}

// asError is the error for whoever asked.
func asError(err error) (*pos.Error, bool) {
	if e, ok := errors.AsType[*pos.Error](err); ok {
		return e, true
	}
	return pos.E(pos.CodeInternal, "till.internal", nil), false
}

func problemOf(r *request, e *pos.Error) *Problem {
	status := StatusOf(e)
	p := &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: r.words.Error(e),
		Code: string(e.Code), ID: e.ID, Args: scalars(e.Args), TraceID: r.trace}
	p.Order, _ = e.Args["Order"].(*manual.Order)
	if until, ok := e.Args["Until"].(time.Time); ok {
		p.retryAfter = max(time.Until(until), time.Second)
	}
	return p
}

// scalars are the values of an error that can be told without their types: texts,
// numbers and times. The others are in the sentence.
func scalars(args pos.Args) map[string]any {
	told := map[string]any{}
	for name, v := range args {
		switch v := v.(type) {
		case string, int, int64, bool:
			told[name] = v
		case pos.Right:
			told[name] = string(v)
		case time.Time:
			told[name] = v.UTC().Format(time.RFC3339Nano)
		}
	}
	if len(told) == 0 {
		return nil
	}
	return told
}

// newError makes the errors the library answers with by itself. The texts of their
// parts tell the shape of the request and never its values: those may be a phone.
func newError(ctx context.Context, status int, errs ...error) huma.StatusError {
	p := plain(ctx, status)
	for _, err := range errs {
		d, ok := err.(huma.ErrorDetailer)
		if !ok {
			continue // the text of an error nobody foresaw is for the log alone
		}
		e := d.ErrorDetail()
		p.Errors = append(p.Errors, Pointed{Pointer: pointer(e.Location), Detail: e.Message})
	}
	return p
}

// pointer writes body.commands[3].seq as /commands/3/seq (RFC 6901).
func pointer(location string) string {
	var b []byte
	for i := 0; i < len(location); i++ {
		switch c := location[i]; c {
		case '.', '[':
			b = append(b, '/')
		case ']':
		default:
			b = append(b, c)
		}
	}
	const body = "body"
	if len(b) >= len(body) && string(b[:len(body)]) == body {
		return string(b[len(body):])
	}
	return "/" + string(b)
}

// write answers outside of the library.
func (p *Problem) write(w http.ResponseWriter) {
	for name, values := range p.GetHeaders() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // whoever asked may be gone
}
