package vendorhttp

// What went wrong with a request, and whether it may have been carried out all the same.

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"
)

// Reason is why a request brought no answer that can be used.
type Reason string

// The reasons. The first four end before anything has left.
const (
	Offline   Reason = "offline"   // no network, no such host, refused, not connected in time
	Untrusted Reason = "untrusted" // the other side could not prove who it is
	Cancelled Reason = "cancelled" // given up by us
	Portal    Reason = "portal"    // a web page or a redirect of somebody in between, who passed nothing on

	NoAnswer  Reason = "no-answer"  // it left and nobody answered
	BadAnswer Reason = "bad-answer" // an answer came that cannot be understood, or broke off

	TooMany      Reason = "too-many"      // 429: not carried out
	Busy         Reason = "busy"          // 408 and 503: not carried out
	Trouble      Reason = "trouble"       // any other 5xx: a gateway may have passed it on before
	WrongAddress Reason = "wrong-address" // any other 4xx: what refused is not the vendor's API, or a filter
)

// Reasons lists every reason.
func Reasons() []Reason {
	return []Reason{Offline, Untrusted, Cancelled, Portal, NoAnswer, BadAnswer, TooMany, Busy, Trouble, WrongAddress}
}

// Failure is a request without a usable answer.
type Failure struct {
	Reason      Reason
	MayHaveLeft bool          // the server may have carried it out: nothing is to be sent again by itself
	Status      int           // of HTTP, 0 when none came
	RetryAfter  time.Duration // how long the server asks to wait, 0 when it does not say
	Err         error         // the cause, for the log; holds no secret and none of the vendor's words
}

// Error describes the failure for the log.
func (f *Failure) Error() string {
	text := string(f.Reason)
	if f.Status != 0 {
		text += fmt.Sprintf(" (HTTP %d)", f.Status)
	}
	if f.Err != nil {
		text += ": " + f.Err.Error()
	}
	return text
}

// Unwrap returns the cause, which may be nil.
func (f *Failure) Unwrap() error { return f.Err }

// unanswered explains a request that got no answer. left tells whether it may have reached the server.
func (c *Client) unanswered(err error, left bool) *Failure {
	f := &Failure{Reason: Offline, Err: c.quiet(err)}
	switch {
	case left:
		f.Reason, f.MayHaveLeft = NoAnswer, true
	case untrusted(err):
		// A wrong clock, a proxy or an attacker; trying again or without TLS is no way out.
		f.Reason = Untrusted
	case errors.Is(err, context.Canceled):
		f.Reason = Cancelled
	}
	return f
}

// untrusted tells whether the connection failed because the other side could not prove who it is, or does not speak
// TLS that can be relied on.
func untrusted(err error) bool {
	var (
		verification *tls.CertificateVerificationError
		authority    x509.UnknownAuthorityError
		host         x509.HostnameError
		invalid      x509.CertificateInvalidError
		record       tls.RecordHeaderError
		alert        *net.OpError
	)
	return errors.Is(err, http.ErrSchemeMismatch) || errors.As(err, &verification) || errors.As(err, &authority) ||
		errors.As(err, &host) || errors.As(err, &invalid) || errors.As(err, &record) ||
		// The words by which crypto/tls marks an alert of the handshake, sent or received.
		errors.As(err, &alert) && (alert.Op == "remote error" || alert.Op == "local error")
}

// quiet makes a cause fit for a log. The address before net/http's errors goes, since tokens may stand in it and it
// adds nothing to a line that names the vendor. An error of the network, of TLS or of a context is written by the
// standard library alone; what else there is may quote the answer or a proxy's password and is masked.
func (c *Client) quiet(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		err = e.Err
	}
	var (
		network *net.OpError
		name    *net.DNSError
	)
	if errors.As(err, &network) || errors.As(err, &name) || untrusted(err) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if masked := c.mask.Line(err.Error()); masked != err.Error() {
		return errors.New(masked)
	}
	return err
}
