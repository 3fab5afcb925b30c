package vendorhttp

// What a server answered, before its vendor's package has read it: status, kind of body, charset.

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// Answer is what a server answered, whatever its status: many vendors tell a refusal with 200 and a success with an id
// beside an error, so only the vendor's package can tell what an answer means.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte // at most MaxBody bytes, in UTF-8 without a byte mark
}

// Unreadable explains an answer that is not in the vendor's own format, by the HTTP status and the kind of body.
//
//   - A web page with 2xx, or a redirect, comes from somebody in between, such as a network that wants a login:
//     the vendor never saw the request, so it was not sent.
//   - 429, 408 and 503 by their meaning say that the request was not handled.
//   - Any other 5xx may come from a gateway that had already passed the request on.
//   - Any other 4xx is refused by something that is not the vendor's API: a wrong address or a filter.
//   - The rest (empty, cut off, of another shape) came from the vendor's place and tells nothing.
func (a Answer) Unreadable(cause error) *Failure {
	f := &Failure{Status: a.Status, RetryAfter: a.retryAfter(), Err: cause}
	switch {
	case a.Status >= 300 && a.Status < 400, a.Status < 300 && a.page():
		f.Reason = Portal
	case a.Status == http.StatusTooManyRequests:
		f.Reason = TooMany
	case a.Status == http.StatusRequestTimeout, a.Status == http.StatusServiceUnavailable:
		f.Reason = Busy
	case a.Status >= 500:
		f.Reason, f.MayHaveLeft = Trouble, true
	case a.Status >= 400:
		f.Reason = WrongAddress
	default:
		f.Reason, f.MayHaveLeft = BadAnswer, true
	}
	return f
}

// page tells a web page from everything else. An answer in XML is none, unless it is one of the pages written so; nor
// is the line in which PHP reports its own failure, since it is the vendor's server that speaks there.
func (a Answer) page() bool {
	body := bytes.TrimSpace(a.Body)
	if len(body) == 0 {
		return false
	}
	head := bytes.ToLower(body[:min(len(body), 1024)])
	media, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type"))
	switch {
	case body[0] != '<':
		return media == "text/html" && body[0] != '{' && body[0] != '['
	case bytes.HasPrefix(head, []byte("<br")), bytes.HasPrefix(head, []byte("<b>")):
		return false
	case bytes.HasPrefix(head, []byte("<?xml")), strings.HasSuffix(media, "xml"):
		return bytes.Contains(head, []byte("<html"))
	}
	return true
}

// maxWait bounds what a server may ask to wait.
const maxWait = time.Hour

// retryAfter reads the header of that name, in seconds or as a date.
func (a Answer) retryAfter() time.Duration {
	value := strings.TrimSpace(a.Header.Get("Retry-After"))
	wait := time.Duration(0)
	if n, err := strconv.ParseUint(value, 10, 31); err == nil {
		wait = time.Duration(n) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		if now, err := http.ParseTime(a.Header.Get("Date")); err == nil { // by the server's own clock
			wait = at.Sub(now)
		}
	}
	return min(max(wait, 0), maxWait)
}

func readBody(r io.ReadCloser) ([]byte, error) {
	defer func() { _ = r.Close() }()
	body, err := io.ReadAll(io.LimitReader(r, MaxBody+1))
	if err != nil {
		return nil, fmt.Errorf("read answer: %w", err)
	}
	if len(body) > MaxBody {
		return nil, fmt.Errorf("answer is larger than %d bytes", MaxBody)
	}
	return body, nil
}

// inUTF8 turns a body into UTF-8. What is valid UTF-8 is taken as such whatever is said about it, since a text in
// another encoding hardly ever is; UTF-16 alone may look so and is believed. Otherwise the declared charset counts, and
// without a usable one windows-1251, in which vendors here answer when they do not in UTF-8.
func inUTF8(body []byte, contentType string) []byte {
	_, params, _ := mime.ParseMediaType(contentType)
	charset := strings.ToLower(params["charset"])
	wide := strings.HasPrefix(charset, "utf-16")
	if utf8.Valid(body) && !wide {
		return bytes.TrimPrefix(body, []byte("\ufeff"))
	}
	encoding, err := htmlindex.Get(charset)
	if name, _ := htmlindex.Name(encoding); err != nil || name == "utf-8" {
		encoding = charmap.Windows1251
	}
	decoded, err := encoding.NewDecoder().Bytes(body)
	if err != nil {
		return bytes.ToValidUTF8(body, []byte("\ufffd"))
	}
	return bytes.TrimPrefix(decoded, []byte("\ufeff"))
}
