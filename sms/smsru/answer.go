package smsru

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"kassa/sms"
)

// answer is a JSON object of an answer. Its fields are read tolerantly: a number may come as a string, and any
// field may be null, missing or of another shape, which all count as "not told".
type answer map[string]json.RawMessage

// parseAnswer reads the outer object.
func parseAnswer(body []byte) (answer, error) {
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	var a answer
	if err := json.Unmarshal(body, &a); err != nil {
		return nil, errors.New("answer is not a JSON object") // the decoder's own words may quote the answer
	}
	_, hasStatus := a["status"]
	_, hasCode := a["status_code"]
	if !hasStatus && !hasCode {
		return nil, errors.New("answer has no status")
	}
	return a, nil
}

// text returns a string or a number as it is written, else "".
func (a answer) text(key string) string {
	raw := a[key]
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		return n.String()
	}
	return ""
}

// number returns a whole number.
func (a answer) number(key string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(a.text(key)))
	return n, err == nil
}

// Bounds of a sum worth believing; they keep a hostile exponent from being written out in full.
const (
	maxSumLength   = 32
	maxSumExponent = 20
	maxSumDigits   = 15
)

// minor returns a sum in hundredths, rounded to the nearest: the provider prints its own floats.
func (a answer) minor(key string) (int64, bool) {
	s := strings.TrimSpace(a.text(key))
	if s == "" || len(s) > maxSumLength {
		return 0, false
	}
	d, err := decimal.NewFromString(s)
	if err != nil || d.Exponent() > maxSumExponent || d.Exponent() < -maxSumLength {
		return 0, false
	}
	d = d.Shift(2).Round(0)
	if d.NumDigits() > maxSumDigits || d.Exponent() > maxSumDigits {
		return 0, false
	}
	return d.IntPart(), true
}

const maxIDLength = 64

// id returns an id that can be stored and sent back, else "".
func (a answer) id(key string) string {
	id := a.text(key)
	odd := func(r rune) bool { return r <= ' ' || r > '~' }
	if len(id) > maxIDLength || strings.ContainsFunc(id, odd) {
		return ""
	}
	return id
}

// entry returns what the answer says about one recipient or message: the one under want, or the only one, since
// the provider may write the number in its own way. An object, a list of objects and a single bare object all
// pass.
func (a answer) entry(key, want string) (answer, bool) {
	var entries map[string]json.RawMessage
	if json.Unmarshal(a[key], &entries) == nil {
		if e, ok := object(entries[want]); ok {
			return e, true
		}
		if _, bare := entries["status_code"]; bare {
			return entries, true
		}
		if len(entries) == 1 {
			for _, raw := range entries {
				return object(raw)
			}
		}
		return nil, false
	}
	var list []json.RawMessage
	if json.Unmarshal(a[key], &list) == nil && len(list) == 1 {
		return object(list[0])
	}
	return nil, false
}

func object(raw json.RawMessage) (answer, bool) {
	var a answer
	err := json.Unmarshal(raw, &a)
	return a, err == nil && a != nil
}

// single checks the answer and its entry about the one recipient, and returns the entry when both say that the
// request was taken.
func (c *Client) single(a answer, key, want string) (answer, error) {
	if err := c.taken(a); err != nil {
		return nil, err
	}
	entry, ok := a.entry(key, want)
	if !ok {
		return nil, badAnswer(errors.New("the recipient is missing in the answer"))
	}
	if err := c.taken(entry); err != nil {
		return nil, err
	}
	return entry, nil
}

// taken returns nil when this level of an answer says OK and 100. When its two words contradict one another, or
// the code is new to us, nobody can say what the provider did.
func (c *Client) taken(a answer) error {
	status := a.text("status")
	code, ok := a.number("status_code")
	outcome := RequestOutcome(code)
	switch {
	case ok && outcome == sms.Accepted && status == "OK":
		return nil
	case !ok:
		return badAnswer(errors.New("no code in the answer"))
	case outcome == sms.Accepted, status == "OK":
		return badAnswer(fmt.Errorf("code %d with another status", code))
	}
	return &sms.Error{Kind: outcome, Provider: name, ProviderCode: strconv.Itoa(code),
		ProviderText: c.clean(a.text("status_text"))}
}

// badAnswer is an answer that does not tell what happened to a request that has left.
func badAnswer(cause error) error {
	return &sms.Error{Kind: sms.Unknown, Provider: name, MessageID: sms.MsgBadAnswer, Err: cause}
}

// strangeAnswer explains an answer that is not the provider's JSON, by the HTTP status and the kind of body.
//
//   - A web page with 2xx, or a redirect, comes from somebody in between, such as a network that wants a login:
//     the provider never saw the request, so it was not sent.
//   - 429, 408 and 503 by their meaning say that the request was not handled.
//   - Any other 5xx may come from a gateway that had already passed the request on: a temporary error, but unclear.
//   - Any other 4xx is refused by something that is not the provider's API: a wrong address or a filter.
//   - The rest (empty, cut off, of another shape) came from the provider's place and tells nothing: unknown.
func strangeAnswer(status int, contentType string, body []byte, cause error) error {
	e := &sms.Error{Kind: sms.TemporaryError, Provider: name, Err: fmt.Errorf("HTTP %d: %w", status, cause)}
	switch {
	case status >= 300 && status < 400, status < 300 && webPage(contentType, body):
		e.MessageID = sms.MsgPortal
	case status == http.StatusTooManyRequests:
		e.Kind = sms.RateLimited
	case status == http.StatusRequestTimeout, status == http.StatusServiceUnavailable:
	case status >= 500:
		e.MessageID, e.Unclear = sms.MsgServerTrouble, true
	case status >= 400:
		e.Kind, e.MessageID = sms.FailedRequest, sms.MsgWrongAddress
	default:
		return badAnswer(e.Err)
	}
	return e
}

func webPage(contentType string, body []byte) bool {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\ufeff")))
	if len(body) == 0 {
		return false
	}
	media, _, _ := mime.ParseMediaType(contentType)
	return body[0] == '<' || media == "text/html" && body[0] != '{' && body[0] != '['
}

// longDigits are numbers that could be a phone or a code, also when written in groups.
var longDigits = regexp.MustCompile(`\d(?:[\s().-]{0,2}\d){3,}`)

const maxTextLength = 160

// clean makes the provider's words fit for a screen and a log: one short line without the key, without anything
// that could be somebody's phone or code.
func (c *Client) clean(text string) string {
	text = strings.ReplaceAll(text, c.apiID.Reveal(), "***")
	text = longDigits.ReplaceAllString(text, "***")
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.In(r, unicode.C), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, text)
	runes := []rune(strings.TrimSpace(text))
	if len(runes) > maxTextLength {
		return string(runes[:maxTextLength]) + "…"
	}
	return string(runes)
}
