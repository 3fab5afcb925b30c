package confirm

// This file judges why a message did not arrive: only what was measured on the
// way to the customer lets somebody go on without the code.

import (
	"time"

	"kassa/pos"
)

// fault is where a failure lies.
type fault int

const (
	// own is the shop's or the till's: it is put right and the code sent again. A
	// cashier who can bring it about must win nothing by it, however long it lasts.
	own fault = iota
	// unclear is what nobody measured. The customer may have the code, or only this
	// one number is refused: it counts once SkipAfter has passed without a code.
	unclear
	// measured is the way to the customer: no network, a server in trouble, silence.
	measured
	// nobody is a shop that has chosen no provider: no code can come, now or later,
	// and there is nothing to wait for. Choosing one is a right of its own and sealed,
	// so a cashier cannot bring it about; a provider that is set wrongly stays own.
	nobody
)

// faults are the reasons a message may end with. What is not among them is own
// where the message was not sent, and unclear where nobody knows.
var faults = map[string]fault{
	"sms.err.offline":         measured,
	"sms.err.portal":          measured,
	"sms.err.temporary-error": measured,
	"sms.err.server-trouble":  measured,
	"sms.err.no-answer":       measured,
	"code.no-answer":          measured,
	"code.unreadable":         measured,

	"sms.err.unknown":            unclear,
	"sms.err.bad-answer":         unclear,
	"sms.err.duplicate":          unclear,
	"sms.err.tls":                unclear, // a wrong clock does it, and the clock is at hand
	"sms.err.rate-limited":       unclear,
	"sms.err.daily-limit":        unclear,
	"sms.err.insufficient-funds": unclear,
	"sms.err.blocked":            unclear,
	"sms.err.bad-number":         unclear,
	"sms.err.failed-permanent":   unclear,
	"code.interrupted":           unclear, // ending the program is no failure of the network
	"code.hash":                  unclear,
	"code.expired":               unclear,

	"sms.err.failed-request":      own,
	"sms.err.auth-error":          own,
	"sms.err.sender-not-approved": own,
	"sms.err.wrong-address":       own,
	"sms.err.unsupported":         own,
	"sms.err.unknown-provider":    own,
	"sms.err.setting-missing":     own,
	"sms.err.setting-invalid":     own,
	"sms.err.insecure-address":    own,
	"sms.err.no-text":             own,
	"sms.err.text-too-long":       own,
	"sms.err.sandbox-file":        own,
	"sms.err.cancelled":           own,
	"shop.template":               own,
	NoProvider:                    nobody,
	"shop.provider-changed":       own,
	"code.too-short":              own,
	"code.phone-limit":            own, // asking often must not be a way around the code
	"code.dead-wait":              own,
	"code.never-sent":             own,
	RanOut:                        own, // the customer had the code
}

// RanOut is the reason of a code that was entered rightly and then not used in
// time.
const RanOut = "code.ran-out"

// NoProvider is the reason of a code that is not sent because the shop has chosen
// nobody to bring it.
const NoProvider = "shop.no-provider"

// CauseNobody is the cause of a skip in a shop whose codes nobody brings. It is kept
// apart from failures: the answer to it is a setting.
const CauseNobody = "no-provider"

// Judged reports a reason whose fault was decided, for whoever adds one.
func Judged(reasonID string) bool {
	_, ok := faults[reasonID]
	return ok
}

// fault is where the failure of a challenge lies that has not arrived.
func (c *Challenge) fault() fault {
	known, ok := faults[c.ReasonID]
	switch {
	case ok:
		return known
	case c.State == SendFailed:
		return own
	}
	return unclear
}

// SkipCause tells what makes going on without the code possible at now:
// "failed", "unknown", "timeout" or CauseNobody. It returns CodeWait with Args "Until" while
// the code may still arrive in time, CodeConflict when it is no longer needed or
// when what failed is no failure on the way to the customer.
func (c *Challenge) SkipCause(now time.Time) (string, error) {
	switch {
	case c.Override != nil:
		return "", pos.E(pos.CodeConflict, "code.skipped", nil)
	case c.State == Verified:
		return "", pos.E(pos.CodeConflict, "code.verified", nil)
	case c.Ended():
		return "", pos.E(pos.CodeConflict, "code.ended", nil)
	}
	from := c.SkipFrom()
	switch {
	case from.IsZero() && c.ReasonID == RanOut:
		return "", pos.E(pos.CodeConflict, RanOut, nil)
	case from.IsZero():
		return "", pos.E(pos.CodeConflict, "code.skip-own", pos.Args{"Reason": pos.E(pos.CodeConflict, c.ReasonID, c.ReasonArgs)})
	case c.State == Created, c.State == Sending, now.Before(from):
		return "", pos.E(pos.CodeWait, "code.skip-wait", pos.Args{"Until": from})
	}
	switch {
	case c.State == SendFailed && c.fault() == nobody:
		return CauseNobody, nil
	case c.State == SendFailed:
		return "failed", nil
	case c.State == SendUnknown:
		return "unknown", nil
	}
	return "timeout", nil
}

// SkipFrom is when going on without the code is offered, or was: at once where a
// failure on the way was measured or nobody brings codes, after a wait where the code may still arrive.
// It is zero when the code is no longer needed, and when what failed is the
// shop's own to put right.
func (c *Challenge) SkipFrom() time.Time {
	if !c.waits() {
		return time.Time{}
	}
	switch c.State {
	case SendFailed, SendUnknown, Expired:
		switch c.fault() {
		case own:
			return time.Time{}
		case measured, nobody:
			return c.SentAt
		}
	}
	return c.SentAt.Add(SkipAfter)
}
