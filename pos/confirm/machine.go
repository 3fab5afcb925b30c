package confirm

import (
	"errors"
	"time"

	"kassa/pos"
)

// clockSlip is how far the clock may be put back before what it measured counts
// as over: turning it back must not make a code live longer.
const clockSlip = 2 * time.Minute

// runs reports that now lies between from and until.
func runs(from, until, now time.Time) bool {
	return !now.Before(from.Add(-clockSlip)) && now.Before(until)
}

// Ended reports the state of a challenge that can never confirm anything any
// more.
func (s State) Ended() bool {
	switch s {
	case Consumed, Dead, Revoked, Locked:
		return true
	}
	return false
}

// Ended reports a challenge that can never confirm anything any more.
func (c *Challenge) Ended() bool { return c.State.Ended() }

// AttemptsLeft is how many wrong entries are still allowed.
func (c *Challenge) AttemptsLeft() int {
	if c.Ended() {
		return 0
	}
	return max(c.Tries()-c.Wrong, 0)
}

// Tries is how many wrong entries end the challenge.
func (c *Challenge) Tries() int {
	if c.short() {
		return shortWrong
	}
	return MaxWrong
}

// short reports a code that is easier to guess than the till's own.
func (c *Challenge) short() bool { return c.Digits > 0 && c.Digits < Digits }

// Unreadable reports that a message may have left whose code was never told:
// whatever the customer reads, nobody can compare it.
func (c *Challenge) Unreadable() bool {
	return c.State == SendUnknown && c.CodeHash == "" && c.Override == nil
}

// Confirmed reports that the operation may go on at now: the right code was
// entered or an employee skipped it, and that still holds.
func (c *Challenge) Confirmed(now time.Time) bool {
	switch {
	case c.Ended():
		return false
	case c.Override != nil:
		return runs(c.Override.At, c.Override.At.Add(Hold), now)
	}
	return c.State == Verified && runs(c.VerifiedAt, c.VerifiedAt.Add(Hold), now)
}

// Place asks for one more message by a route; the code before is void from here
// on, and nothing has left yet. The caller has asked CanResend or made the
// challenge anew.
func (c *Challenge) Place(r Route, now time.Time) {
	c.Channel, c.Provider, c.Digits = string(r.By), r.Provider, Digits
	if r.Foreign {
		c.Digits = 0
	}
	c.renew(Created, now)
	c.ResendAt = now.Add(resendWait(c.Sends + 1))
	c.ExpiresAt = time.Time{}
}

// StartSend begins the message that was placed, with a new code; hash is empty
// where the provider makes it.
func (c *Challenge) StartSend(hash string, lifetime time.Duration, now time.Time) {
	c.renew(Sending, now)
	c.CodeHash = hash
	c.Sends++
	c.ExpiresAt = now.Add(lifetime)
	c.ResendAt = now.Add(resendWait(c.Sends))
}

func (c *Challenge) renew(s State, now time.Time) {
	c.State, c.SentAt, c.VerifiedAt, c.CodeHash = s, now, time.Time{}, ""
	c.MessageID, c.ReasonID, c.ReasonArgs = "", "", nil
}

// FinishSend records what became of message number n and reports whether it
// was still the one waited for. A result that makes no sense counts as unknown.
func (c *Challenge) FinishSend(n int, r Result) bool {
	if c.State != Sending || c.Sends != n {
		return false
	}
	r = r.Sane()
	c.State, c.MessageID = r.State, r.MessageID
	c.ReasonID, c.ReasonArgs = r.ReasonID, r.ReasonArgs
	if r.Channel != "" {
		c.Channel = r.Channel
	}
	if r.Provider != "" {
		c.Provider = r.Provider
	}
	if r.State == SendFailed {
		// Nobody has the code, so whoever entered it would have guessed; and a
		// message that never left needs no pause before the next.
		c.CodeHash = ""
		c.ResendAt = c.SentAt
	}
	return true
}

// TakeCode takes over the code that the provider made for the message just
// sent: from here on it may be entered, as long as a code of its length may be.
func (c *Challenge) TakeCode(hash string, digits int) {
	c.CodeHash, c.Digits = hash, digits
	if until := c.SentAt.Add(shortLifetime); c.short() && until.Before(c.ExpiresAt) {
		c.ExpiresAt = until
	}
}

// Made reads the result of a delivery whose code the provider makes: what was
// sent without a code that can be read or used counts as unknown, and so does an
// answer that was lost. It returns the digits of the code, "" for none.
func (r Result) Made(op Operation) (Result, string) {
	r = r.Sane()
	switch r.State {
	case Sent:
		code, err := MadeCode(r.Code.Reveal(), op)
		if e, ok := errors.AsType[*pos.Error](err); ok {
			r.State, r.ReasonID, r.ReasonArgs, r.Err = SendUnknown, e.ID, e.Args, err
		}
		return r, code
	case SendUnknown:
		r.ReasonID, r.ReasonArgs = "code.unreadable", nil
	}
	return r, ""
}

// Sane is the result with anything but the three outcomes read as unknown.
func (r Result) Sane() Result {
	switch r.State {
	case Sent, SendFailed, SendUnknown:
	default:
		r.State = SendUnknown
	}
	if r.State != Sent && r.ReasonID == "" {
		r.ReasonID = "code.no-answer"
	}
	return r
}

// sendLost is after what time a message that was never brought counts as not
// sent, and one whose outcome was never recorded as unknown; every sending is
// given up long before.
const sendLost = time.Minute

// Refuse settles a message that was placed and will not be brought.
func (c *Challenge) Refuse(reasonID string, args pos.Args) {
	c.State, c.ReasonID, c.ReasonArgs = SendFailed, reasonID, args
	c.ResendAt = c.SentAt
}

// Interrupt settles a message that nobody waits for any more, because the
// process that was to bring it ended. One on its way may have left; one that was
// only placed has not.
func (c *Challenge) Interrupt() {
	if c.State == Created {
		c.Refuse("code.never-sent", nil)
		return
	}
	c.State, c.ReasonID, c.ReasonArgs = SendUnknown, "code.interrupted", nil
	if c.Unreadable() {
		c.ReasonID = "code.unreadable"
	}
}

// Lapse ends what time has ended, a code nobody entered or a confirmation
// nobody used, and reports whether it did.
func (c *Challenge) Lapse(now time.Time) bool {
	lost := (c.State == Created || c.State == Sending) && !now.Before(c.SentAt.Add(sendLost))
	if lost {
		c.Interrupt()
	}
	return c.expire(now) || lost
}

func (c *Challenge) expire(now time.Time) bool {
	switch {
	case c.Override != nil && c.State != Expired && !c.Ended():
		if c.Confirmed(now) {
			return false
		}
	case c.State == Sent, c.State == SendUnknown:
		if runs(c.SentAt, c.ExpiresAt, now) {
			return false
		}
	case c.State == Verified:
		if c.Confirmed(now) {
			return false
		}
	default:
		return false
	}
	c.ranOut()
	return true
}

// ranOut ends a challenge whose time is over. What was the shop's own fault stays
// told: waiting puts nothing right.
func (c *Challenge) ranOut() {
	entered := c.State == Verified
	blamed := c.State == SendUnknown && c.fault() == own
	c.State, c.CodeHash = Expired, ""
	switch {
	case entered:
		c.ReasonID, c.ReasonArgs = RanOut, nil
	case !blamed:
		c.ReasonID, c.ReasonArgs = "code.expired", nil
	}
}

// Open reports that a right code would be accepted at now.
func (c *Challenge) Open(now time.Time) bool {
	return (c.State == Sent || c.State == SendUnknown) && c.Override == nil && c.CodeHash != "" && runs(c.SentAt, c.ExpiresAt, now)
}

// Enter takes the outcome of comparing an entry with CodeHash. A right one
// verifies an open challenge. Every other entry counts as wrong, whether the
// code was wrong, late or never sent, so that the answer gives nothing away;
// the last one allowed makes the challenge dead, and the next one for the same
// waits as a further message would. Entries into a challenge that is verified,
// skipped or ended change nothing.
func (c *Challenge) Enter(right bool, now time.Time) {
	if c.Ended() || c.State == Verified || c.Override != nil {
		return
	}
	if right && c.Open(now) && c.Wrong < c.Tries() {
		c.State, c.VerifiedAt, c.CodeHash = Verified, now, ""
		c.ReasonID, c.ReasonArgs = "", nil
		return
	}
	c.Wrong++
	if c.Wrong >= c.Tries() {
		c.State, c.CodeHash = Dead, ""
		c.ReasonID, c.ReasonArgs = "code.dead", nil
		c.ResendAt = now.Add(resendWait(c.Sends))
	}
}

// CanResend tells whether a further message may be sent at now: CodeConflict
// when the code is no longer needed, CodeLimit after the last message, CodeWait
// with Args "Until" before its time.
func (c *Challenge) CanResend(now time.Time) error {
	switch {
	case c.Override != nil:
		return pos.E(pos.CodeConflict, "code.skipped", nil)
	case c.State == Verified:
		return pos.E(pos.CodeConflict, "code.verified", nil)
	case c.Ended():
		return pos.E(pos.CodeConflict, "code.ended", nil)
	case c.State == Created, c.State == Sending:
		return pos.E(pos.CodeWait, "code.sending", pos.Args{"Until": c.ResendAt})
	case c.Sends >= MaxSends:
		return pos.E(pos.CodeLimit, "code.resend-limit", pos.Args{"Max": MaxSends})
	case now.Before(c.ResendAt):
		return pos.E(pos.CodeWait, "code.resend-wait", pos.Args{"Until": c.ResendAt})
	}
	return nil
}

// waits reports that the code is still needed.
func (c *Challenge) waits() bool { return !c.Ended() && c.State != Verified && c.Override == nil }

// ResendFrom is ResendAt, zero when there will be no further message.
func (c *Challenge) ResendFrom() time.Time {
	if !c.waits() || c.Sends >= MaxSends {
		return time.Time{}
	}
	return c.ResendAt
}

// Skip lets the operation go on without the code. The state stays what it was;
// no code works any more.
func (c *Challenge) Skip(o pos.Override) {
	c.Override = &o
	c.CodeHash = ""
}

// Revoke voids the challenge, verified and skipped ones included, and says why.
// It reports false when there was nothing left to void.
func (c *Challenge) Revoke(reasonID string) bool {
	if c.Ended() {
		return false
	}
	c.State, c.CodeHash = Revoked, ""
	c.ReasonID, c.ReasonArgs = reasonID, nil
	return true
}
