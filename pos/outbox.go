package pos

import "time"

// OutboxMessage tells others of something that happened. It is written in the
// transaction in which it happens and stays: being acknowledged is a state of
// it, not its end.
type OutboxMessage struct {
	ID string // UUIDv7, the event id for whoever receives it
	// Epoch and Seq name the message beside its id: the till's epoch when it was
	// written, and its place among all the till ever told, which the store gives.
	Epoch, Seq int64
	Kind       EventKind
	Subject    string // id of what it tells of
	Object     string // id of what is told of in order: a message waits for those before it that have the same
	// Payload is JSON, see package wire. It is fixed when it is written, but for
	// what names a customer who was made anonymous since.
	Payload []byte
	At      time.Time

	State OutboxState
	Since time.Time // when it came into its state; zero for one that has only waited
	Why   string    // why somebody put it aside; "" in the other states, and where Trouble did

	// Tries is how often it was brought and not taken, Tried when last, Trouble
	// what was wrong; 0, zero and nil while it never was.
	Tries   int
	Tried   time.Time
	Trouble *Error
}

// Answered reports a request that was refused: nobody sends it again by itself, and
// nothing waits behind it.
func (m *OutboxMessage) Answered() bool {
	return m.Kind.Asks() && m.State == OutboxAside && m.Why == "" && m.Trouble != nil
}

// OutboxTries is how often a message is brought that is not taken before it is put
// aside, so that what stands behind it is seen to wait for somebody.
const OutboxTries = 5

// OutboxState is how far a message has come. States are permanent words.
type OutboxState string

// States of a message.
const (
	OutboxWaiting      OutboxState = "waiting"      // nobody is known to have it
	OutboxAcknowledged OutboxState = "acknowledged" // whoever it is for has it
	OutboxAside        OutboxState = "aside"        // not sent, nor what is told after it of the same object, until it is taken back
)

// OutboxCounts are the messages somebody may have to look after.
type OutboxCounts struct {
	Waiting int64
	Aside   int64
}
