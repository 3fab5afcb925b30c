package sms

// Outcome is what became of one request to a provider: the first of the two axes. Where the message itself is
// now is the other axis, State; providers use the same numbers on both with different meanings.
type Outcome string

// The request outcomes. Their names are permanent: they are stored and reported.
const (
	Accepted          Outcome = "accepted"            // the provider took the message
	FailedPermanent   Outcome = "failed-permanent"    // it will never take this message
	FailedRequest     Outcome = "failed-request"      // our own mistake or a wrong setting; another channel will not help
	InsufficientFunds Outcome = "insufficient-funds"  // no money on the account
	AuthError         Outcome = "auth-error"          // key, login or state of the account
	BadNumber         Outcome = "bad-number"          // malformed, not mobile, or no route to it
	RateLimited       Outcome = "rate-limited"        // too many messages; only after a pause
	Blocked           Outcome = "blocked"             // stop list, spam filter, forbidden country or text
	Duplicate         Outcome = "duplicate"           // an identical message was taken before and is probably on its way
	TemporaryError    Outcome = "temporary-error"     // try later: the provider says so, 5xx, or no network
	SenderNotApproved Outcome = "sender-not-approved" // sender's name missing, not registered or not paid for
	Unknown           Outcome = "unknown"             // nobody can say; never sent again by itself
)

// Outcomes lists every outcome.
func Outcomes() []Outcome {
	return []Outcome{Accepted, FailedPermanent, FailedRequest, InsufficientFunds, AuthError, BadNumber, RateLimited,
		Blocked, Duplicate, TemporaryError, SenderNotApproved, Unknown}
}

// State is where a message that a provider took is now.
type State string

// The message states.
const (
	StateQueued    State = "queued"    // waiting, or on its way
	StateDelivered State = "delivered" // on the person's phone
	StateFailed    State = "failed"    // it will not arrive
	StateUnknown   State = "unknown"   // the provider does not know it, or said what we do not know
)

// Status is a provider's answer about one message.
type Status struct {
	State        State
	Reason       Outcome // why it failed, for example BadNumber; empty unless State is StateFailed
	ProviderCode string  // as the provider wrote it
	ProviderText string  // cleaned of numbers and secrets; may be empty
	Cost         *Cost   // nil when the answer does not tell
}
