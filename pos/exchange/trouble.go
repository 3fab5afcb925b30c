package exchange

import (
	"time"

	"kassa/pos"
)

// Reason says why a backend could not be reached, or what is wrong with what it
// answered. Words are permanent.
type Reason string

// The reasons, as reference "network faults" has them.
const (
	Offline   Reason = "offline"    // no name, no route, refused, timed out
	Insecure  Reason = "insecure"   // its certificate is not to be trusted
	Portal    Reason = "portal"     // somebody in between answered, such as a network that wants a login
	Busy      Reason = "busy"       // it asks to come later
	Broken    Reason = "broken"     // it has trouble of its own
	BadAnswer Reason = "bad-answer" // cut, too large, of another shape
	Foreign   Reason = "foreign"    // it answered another till
	Refused   Reason = "refused"    // it understood and will not; Problem says why
)

// Trouble is an exchange that did not come about. Nothing is known of what became
// of what was sent: it is sent again.
type Trouble struct {
	Reason     Reason
	RetryAfter time.Duration // what the backend asked for, 0 for nothing
	Problem    *pos.Error    // of Refused
	Err        error         // for the log
}

// Error is for logs.
func (t *Trouble) Error() string {
	text := "exchange: " + string(t.Reason)
	if t.Problem != nil {
		text += ": " + t.Problem.Error()
	}
	if t.Err != nil {
		text += ": " + t.Err.Error()
	}
	return text
}

// Unwrap returns the cause, which may be nil.
func (t *Trouble) Unwrap() error { return t.Err }

// Told is the trouble for a person: a sentence that says what to do.
func (t *Trouble) Told() *pos.Error {
	if t.Problem != nil {
		return t.Problem
	}
	return &pos.Error{Code: pos.CodeUnavailable, ID: "exchange." + string(t.Reason), Err: t.Err}
}

// Stands reports a trouble that time does not mend: somebody has to do something.
func (t *Trouble) Stands() bool {
	switch t.Reason {
	case Insecure, Foreign:
		return true
	case Refused:
		return t.Problem == nil || t.Problem.Code != pos.CodeUnavailable && t.Problem.Code != pos.CodeWait
	}
	return false
}

// Limits of one exchange with a backend.
const (
	ConnectTimeout = 5 * time.Second
	TLSTimeout     = 5 * time.Second
	HeaderTimeout  = 20 * time.Second
	TotalTimeout   = 30 * time.Second
	FileTimeout    = 3 * time.Minute // of one that carries a file
	MostAnswer     = 1 << 20         // bytes of an answer after decompression
)
