package confirm

import (
	"time"

	"kassa/pos"
	"kassa/pos/integration"
)

// The code policy of the house. The numbers are those of the reliability
// reference, section 7; only the lifetime is a setting.
const (
	Digits      = 6                // of a code the till makes
	MaxWrong    = 5                // wrong entries over all messages of a challenge, then it is dead
	MaxSends    = 3                // messages of one challenge
	Hold        = 15 * time.Minute // how long a right code or a skip holds while nothing changes
	SkipAfter   = 120 * time.Second
	MinLifetime = 2 * time.Minute
	MaxLifetime = 10 * time.Minute
	// DefaultLifetime is used when the settings name none.
	DefaultLifetime = 5 * time.Minute

	// A provider that makes the code makes it as long as it likes, within these.
	// One shorter than Digits, such as the end of the number that calls, is
	// easier to guess: it may be tried less and for a shorter time.
	leastDigits   = 4
	mostDigits    = 8
	shortWrong    = 3
	shortLifetime = 3 * time.Minute
)

// resendWaits are the pauses after the first, second, third… message.
var resendWaits = []time.Duration{time.Minute, 3 * time.Minute, 5 * time.Minute, 10 * time.Minute}

// The per-phone limits: how many messages one number may get.
const (
	perPhoneShort      = 3
	perPhoneShortSpan  = 10 * time.Minute
	perPhoneUnanswered = 5
	perPhoneDay        = 10
	// PhoneSpan is the longest time the per-phone limits look back.
	PhoneSpan = 24 * time.Hour
)

// Lifetime is how long a code may be entered, kept between MinLifetime and
// MaxLifetime whatever the settings say.
func Lifetime(set time.Duration) time.Duration {
	if set == 0 {
		return DefaultLifetime
	}
	return min(max(set, MinLifetime), MaxLifetime)
}

// Ways are the ways by which a shop's codes go, the first to try first. There is
// one at least. Whether a code is needed is asked elsewhere: pos.ConfirmPolicy.
func Ways(*pos.Settings) []integration.Way { return []integration.Way{integration.BySMS} }

// resendWait is the pause after the n-th message.
func resendWait(n int) time.Duration {
	return resendWaits[min(max(n, 1), len(resendWaits))-1]
}

// CheckPhone tells whether one more message may go to a phone, given those of
// the last PhoneSpan, oldest first. It returns CodeWait with Args "Until" when
// the number was written to too often. Messages that certainly did not go out
// do not count; those nobody knows about do. One from after now was dated by a clock
// that somebody with the right put right since, and does not count either.
func CheckPhone(sends []Send, now time.Time) error {
	var all, unanswered []time.Time
	for _, s := range sends {
		if s.State == SendFailed || !s.At.After(now.Add(-PhoneSpan)) || s.At.After(now.Add(clockSlip)) {
			continue
		}
		all = append(all, s.At)
		if !s.Answered {
			unanswered = append(unanswered, s.At)
		}
	}
	until := latest(
		freeAt(all, perPhoneShort, perPhoneShortSpan),
		freeAt(unanswered, perPhoneUnanswered, PhoneSpan),
		freeAt(all, perPhoneDay, PhoneSpan),
	)
	if until.After(now) {
		return pos.E(pos.CodeWait, "code.phone-limit", pos.Args{"Until": until})
	}
	return nil
}

// CheckDead tells whether a new code may be asked for after others for the same
// died of wrong entries: CodeWait with Args "Until" before a further message would
// have been due. Whoever guesses must not get the next code at once.
func CheckDead(dead []Challenge, now time.Time) error {
	var until time.Time
	for i := range dead {
		until = latest(until, dead[i].ResendAt)
	}
	if until.After(now) {
		return pos.E(pos.CodeWait, "code.dead-wait", pos.Args{"Until": until})
	}
	return nil
}

// freeAt is when fewer than limit of the times lie within span; the zero time
// when that was always so.
func freeAt(times []time.Time, limit int, span time.Duration) time.Time {
	if len(times) < limit {
		return time.Time{}
	}
	return times[len(times)-limit].Add(span)
}

func latest(times ...time.Time) time.Time {
	var last time.Time
	for _, t := range times {
		if t.After(last) {
			last = t
		}
	}
	return last
}
