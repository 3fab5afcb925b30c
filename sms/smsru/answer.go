package smsru

// What an answer of SMS.RU means: two places tell it, and both must say that the request was taken.

import (
	"errors"
	"fmt"
	"strconv"

	"kassa/sms"
	"kassa/sms/vendorhttp"
)

// errNoStatus is an answer of some other place than the provider's.
var errNoStatus = errors.New("answer has no status")

// parseAnswer reads the outer object.
func parseAnswer(body []byte) (vendorhttp.Object, error) {
	a, err := vendorhttp.ParseObject(body)
	if err == nil && !a.Has("status") && !a.Has("status_code") {
		err = errNoStatus
	}
	return a, err
}

// single checks the answer and its entry about the one recipient, and returns the entry when both say that the
// request was taken.
func (c *Client) single(a vendorhttp.Object, key, want string) (vendorhttp.Object, error) {
	if err := c.taken(a); err != nil {
		return nil, err
	}
	entry, ok := a.Entry(key, want, "status_code")
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
func (c *Client) taken(a vendorhttp.Object) error {
	status := a.Text("status")
	code, ok := a.Int("status_code")
	outcome := RequestOutcome(code)
	switch {
	case ok && outcome == sms.Accepted && status == "OK":
		return nil
	case !ok:
		return badAnswer(errors.New("no code in the answer"))
	case outcome == sms.Accepted, status == "OK":
		return badAnswer(fmt.Errorf("code %d with another status", code))
	}
	e := &sms.Error{Kind: outcome, Provider: name, ProviderCode: strconv.Itoa(code), ProviderText: c.mask.Line(a.Text("status_text"))}
	if daily(code) {
		e.MessageID = sms.MsgDailyLimit
	}
	return e
}

// badAnswer is an answer that does not tell what happened to a request that has left.
func badAnswer(cause error) error { return sms.BadAnswer(name, cause) }
