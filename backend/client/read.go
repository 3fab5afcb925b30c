package client

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/go-resty/resty/v2"

	"kassa/backend/api"
	"kassa/pos"
	"kassa/pos/exchange"
)

// unanswered tells why nobody answered.
func unanswered(err error) *exchange.Trouble {
	reason := exchange.Offline
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case errors.Is(err, http.ErrSchemeMismatch), agreedOnNothing(err):
		reason = exchange.Insecure
	case errors.As(err, &unknown), errors.As(err, &host), errors.As(err, &invalid), errors.As(err, &verify), errors.As(err, &record):
		reason = exchange.Insecure
	case errors.Is(err, errBroken):
		reason = exchange.Broken
	case errors.Is(err, io.ErrUnexpectedEOF):
		reason = exchange.BadAnswer
	}
	return &exchange.Trouble{Reason: reason, Err: err}
}

// agreedOnNothing reports that both sides speak TLS and found no way of it that both
// take.
func agreedOnNothing(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && (op.Op == "remote error" || op.Op == "local error")
}

// bounded reads a body to its end, or refuses one of more bytes.
func bounded(r io.ReadCloser, most int) ([]byte, error) {
	defer func() { _ = r.Close() }()
	raw, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > most {
		return nil, fmt.Errorf("an answer of more than %d bytes", most)
	}
	return raw, nil
}

// read takes an answer apart: ours, a refusal of ours, or somebody else's.
func read(resp *resty.Response, raw []byte, out any) error {
	status, kind := resp.StatusCode(), resp.Header().Get("Content-Type")
	wait := retryAfter(resp.Header())
	switch {
	case status >= 200 && status < 300 && strings.HasPrefix(kind, "application/json"):
		d := json.NewDecoder(bytes.NewReader(raw))
		if err := d.Decode(out); err != nil {
			return &exchange.Trouble{Reason: exchange.BadAnswer, Err: err}
		}
		return nil
	case status >= 300 && status < 400, status < 300:
		return &exchange.Trouble{Reason: exchange.Portal, Err: fmt.Errorf("status %d, %s", status, kind)}
	}
	if e := problemIn(kind, raw); e != nil {
		switch {
		case e.Code == pos.CodeUnavailable || e.Code == pos.CodeInternal:
			return &exchange.Trouble{Reason: exchange.Broken, RetryAfter: wait, Err: e}
		case e.Code == pos.CodeWait:
			return &exchange.Trouble{Reason: exchange.Busy, RetryAfter: wait, Problem: e}
		}
		return &exchange.Trouble{Reason: exchange.Refused, RetryAfter: wait, Problem: e}
	}
	err := fmt.Errorf("status %d, %s", status, kind)
	switch {
	case status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable || status == http.StatusRequestTimeout:
		return &exchange.Trouble{Reason: exchange.Busy, RetryAfter: wait, Err: err}
	case status >= 500:
		return &exchange.Trouble{Reason: exchange.Broken, RetryAfter: wait, Err: err}
	}
	// A refusal that is not ours comes from a proxy or from a page of somebody else.
	return &exchange.Trouble{Reason: exchange.Portal, RetryAfter: wait, Err: err}
}

// problemIn reads a refusal of ours; nil for what is none.
func problemIn(kind string, raw []byte) *pos.Error {
	if !strings.HasPrefix(kind, "application/problem+json") {
		return nil
	}
	var p api.Problem
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&p); err != nil {
		return nil
	}
	return errorOf(&p)
}

// errorOf is a problem as an error of ours: by its id where it names one, which the
// till says in its own language, else by the sentence the backend told.
func errorOf(p *api.Problem) *pos.Error {
	if p == nil || p.Code == "" {
		return nil
	}
	e := &pos.Error{Code: pos.Code(p.Code), ID: p.ID, Args: pos.Args{}, Err: fmt.Errorf("status %d, trace %s", p.Status, p.TraceID)}
	if e.ID == "" {
		e.ID, e.Args["Text"] = "exchange.said", p.Detail
		return e
	}
	for name, v := range p.Args {
		e.Args[name] = value(v)
	}
	if right, ok := e.Args["What"].(string); ok { // which the till calls by its own name
		e.Args["What"] = pos.Right(right)
	}
	if p.Order != nil {
		e.Args["Order"] = p.Order
	}
	return e
}

// value reads what a sentence speaks of: times and whole numbers are told as such.
func value(v any) any {
	switch v := v.(type) {
	case string:
		if t, err := time.Parse(time.RFC3339Nano, v); err == nil {
			return t
		}
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		return v.String()
	case float64:
		return int64(v)
	}
	return v
}

// mostWait bounds what a backend may ask to wait.
const mostWait = time.Hour

// retryAfter reads the header of that name, in seconds or as a date by the
// server's own clock.
func retryAfter(h http.Header) time.Duration {
	text := strings.TrimSpace(h.Get("Retry-After"))
	wait := time.Duration(0)
	if n, err := strconv.ParseUint(text, 10, 31); err == nil {
		wait = time.Duration(n) * time.Second
	} else if at, err := http.ParseTime(text); err == nil {
		if now, err := http.ParseTime(h.Get("Date")); err == nil {
			wait = at.Sub(now)
		}
	}
	return min(max(wait, 0), mostWait)
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }
