package confirm

import (
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

// Ended reports a challenge that can never confirm anything any more.
func (c *Challenge) Ended() bool {
	switch c.State {
	case Consumed, Dead, Revoked, Locked:
		return true
	}
	return false
}

// AttemptsLeft is how many wrong entries are still allowed.
func (c *Challenge) AttemptsLeft() int {
	if c.Ended() {
		return 0
	}
	return max(MaxWrong-c.Wrong, 0)
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

// StartSend begins one more message with a new code; the one before is void
// from here on. The caller has asked CanResend or made the challenge anew.
func (c *Challenge) StartSend(hash string, lifetime time.Duration, now time.Time) {
	c.State = Sending
	c.CodeHash = hash
	c.Sends++
	c.SentAt = now
	c.ExpiresAt = now.Add(lifetime)
	c.ResendAt = now.Add(resendWait(c.Sends))
	c.VerifiedAt = time.Time{}
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

// sendLost is after what time a sending whose outcome was never recorded
// counts as unknown; every sending is given up long before.
const sendLost = time.Minute

// Interrupt settles a sending that nobody waits for any more, because the
// process that began it ended: it may have left.
func (c *Challenge) Interrupt() {
	c.State, c.ReasonID, c.ReasonArgs = SendUnknown, "code.interrupted", nil
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
	c.State, c.CodeHash = Expired, ""
	c.ReasonID, c.ReasonArgs = "code.expired", nil
	return true
}

// Open reports that a right code would be accepted at now.
func (c *Challenge) Open(now time.Time) bool {
	return (c.State == Sent || c.State == SendUnknown) && c.Override == nil && c.CodeHash != "" && runs(c.SentAt, c.ExpiresAt, now)
}

// Enter takes the outcome of comparing an entry with CodeHash. A right one
// verifies an open challenge. Every other entry counts as wrong, whether the
// code was wrong, late or never sent, so that the answer gives nothing away;
// the last one allowed makes the challenge dead. Entries into a challenge that
// is verified, skipped or ended change nothing.
func (c *Challenge) Enter(right bool, now time.Time) {
	if c.Ended() || c.State == Verified || c.Override != nil {
		return
	}
	if right && c.Open(now) {
		c.State, c.VerifiedAt, c.CodeHash = Verified, now, ""
		c.ReasonID, c.ReasonArgs = "", nil
		return
	}
	c.Wrong++
	if c.Wrong >= MaxWrong {
		c.State, c.CodeHash = Dead, ""
		c.ReasonID, c.ReasonArgs = "code.dead", nil
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

// SkipCause tells what makes going on without the code possible at now:
// "failed", "unknown" or "timeout". It returns CodeWait with Args "Until" while
// the code may still arrive in time, CodeConflict when it is no longer needed.
func (c *Challenge) SkipCause(now time.Time) (string, error) {
	switch {
	case c.Override != nil:
		return "", pos.E(pos.CodeConflict, "code.skipped", nil)
	case c.State == Verified:
		return "", pos.E(pos.CodeConflict, "code.verified", nil)
	case c.Ended():
		return "", pos.E(pos.CodeConflict, "code.ended", nil)
	case c.State == SendFailed:
		return "failed", nil
	case c.State == SendUnknown:
		return "unknown", nil
	case c.State == Expired, c.State == Sent && !now.Before(c.SentAt.Add(SkipAfter)):
		return "timeout", nil
	}
	return "", pos.E(pos.CodeWait, "code.skip-wait", pos.Args{"Until": c.SentAt.Add(SkipAfter)})
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
