// Package confirm holds a customer's confirmation code: the challenge, its
// states, the policy and the binding to the very sum. It knows no provider and
// no database.
package confirm

import (
	"time"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/integration"
	"kassa/pos/money"
)

// State says where a challenge stands. States only move forward.
type State string

// created → sending → sent | send_failed | send_unknown → verified → consumed;
// exits expired, dead, revoked, locked.
const (
	Created     State = "created" // placed; nothing has left yet
	Sending     State = "sending" // perhaps it has left
	Sent        State = "sent"
	SendFailed  State = "send_failed"  // the provider did not take it; nothing was sent
	SendUnknown State = "send_unknown" // it may have been sent; never resent by itself
	Verified    State = "verified"
	Consumed    State = "consumed"
	Expired     State = "expired"
	Dead        State = "dead" // too many wrong entries
	Revoked     State = "revoked"
	Locked      State = "locked"
)

// Operation is what the customer confirms.
type Operation string

// The operations that need a code.
const (
	SpendPoints Operation = "points"
	SellCredit  Operation = "credit"
	ChangePhone Operation = "phone" // the customer's number is replaced; belongs to no sale
)

// Binding is everything a code stands for. Any change of it voids the code.
type Binding struct {
	Shop, Store, Till string
	Epoch             int64
	Sale              pos.SaleID
	Operation         Operation
	Customer          pos.CustomerID
	Phone             string // E.164
	Currency          money.Currency
	Amount            money.Amount // of the operation
	Total             money.Amount // of the cheque
	Cashier           pos.EmployeeID
	Challenge         pos.ChallengeID
	NewPhone          string // of ChangePhone, E.164 or "" to have none
}

// Challenge is one request for a customer's code. The code itself is in none
// of its fields: CodeHash is slow and peppered, and erased on use. It is placed
// first and brought then: between the two it is Created, and nobody has a code.
type Challenge struct {
	ID         pos.ChallengeID
	Sale       pos.SaleID
	Operation  Operation
	Customer   pos.CustomerID
	Phone      string // E.164; show it masked
	NewPhone   string // of ChangePhone: what Phone is replaced by
	Amount     money.Amount
	Points     int64
	Total      money.Amount
	Cashier    pos.EmployeeID
	Digest     string // hex SHA-256 of the Binding
	CodeHash   string // "" before it is brought, once used, revoked or dead, and while nobody here knows the code
	Digits     int    // of the code to enter; 0 while the provider that makes it has not told it
	State      State
	Channel    string // "sms"
	Provider   string // "smsru"
	MessageID  string // the provider's id
	Sends      int    // messages attempted so far; the newest alone is valid
	Wrong      int    // wrong entries so far, over all sends
	CreatedAt  time.Time
	SentAt     time.Time // when the newest message was sent, or placed
	ExpiresAt  time.Time
	ResendAt   time.Time // no resend before
	VerifiedAt time.Time
	ReasonID   string // translated reason of a failure or an end, "" when none
	ReasonArgs pos.Args
	Override   *pos.Override
	Seal       pos.Seal // how the seal was found when the challenge was read
}

// Route is how a code goes: the way, who serves it, and who makes the code.
type Route struct {
	By       integration.Way
	Provider string // "smsru", "" for none
	// Foreign says that the provider makes the code and tells it in its answer.
	Foreign bool
	// Nobody says that the shop has chosen no provider: nothing can be sent.
	Nobody bool
}

// Delivery is what a sender is asked to bring to the customer's phone.
type Delivery struct {
	Challenge pos.ChallengeID
	Phone     string // E.164
	By        integration.Way
	Code      string // "" where the provider makes it, see Route.Foreign
	Operation Operation
	Amount    money.Amount
	Points    int64
	NewPhone  string // of ChangePhone
	Customer  string // name
	Language  string // of the message, "" for the shop's
	Number    int    // 1 for the first message of the challenge, 2 for the next…
}

// Result is what became of a delivery.
type Result struct {
	State      State // Sent, SendFailed or SendUnknown
	Channel    string
	Provider   string
	MessageID  string
	Code       hidden.Text // that the provider made, as it wrote it; empty where the till's own was sent
	ReasonID   string      // translation id of the reason when not Sent
	ReasonArgs pos.Args
	Err        error // for the log
}

// Send is one message that may have reached the customer; the per-phone
// limits count them.
type Send struct {
	Challenge pos.ChallengeID
	Phone     string // E.164
	At        time.Time
	State     State // Sent, SendFailed or SendUnknown
	Answered  bool  // a right code was entered for its challenge
}
