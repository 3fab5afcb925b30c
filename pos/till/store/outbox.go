package store

import (
	"time"

	"kassa/pos"
	"kassa/pos/exchange"
)

// Outbox is what others are told. Nothing of it is ever deleted: a document is
// told by exactly one message, whatever became of it.
type Outbox interface {
	// Enqueue stores a message as waiting, after all there are; its Seq and State
	// are the store's to give. CodeConflict when the id is there.
	Enqueue(m *pos.OutboxMessage) error
	// OutboxMessage returns one message, CodeNotFound "outbox.unknown".
	OutboxMessage(id string) (*pos.OutboxMessage, error)
	// WaitingOutbox lists messages that wait and may be sent, after a Seq, by
	// Seq. Those behind one of the same object that was put aside are left out:
	// order is kept for each object, and nothing else waits for it. A request that was
	// refused is answered and holds up nothing. Its cost does not depend on what was
	// acknowledged.
	WaitingOutbox(after int64, limit int) ([]pos.OutboxMessage, error)
	AsideOutbox() ([]pos.OutboxMessage, error) // by Seq
	CountOutbox() (pos.OutboxCounts, error)
	// OpenRequests lists requests that wait or were put aside, of one object unless that
	// is "", by Seq.
	OpenRequests(object string) ([]pos.OutboxMessage, error)

	// AcknowledgeOutbox notes that whoever a message is for has it. It reports
	// false for one that is acknowledged already, or not there.
	AcknowledgeOutbox(id string, at time.Time) (bool, error)
	// DismissOutbox notes that somebody saw a request refused that was put aside. It
	// is acknowledged then, but whoever it was for has nothing of it: it is none of
	// those acknowledged that are listed, counted and taken back. It reports false for
	// anything else.
	DismissOutbox(id string, at time.Time) (bool, error)
	// PutOutboxAside takes a waiting message out of the way, with the reason somebody
	// gave, "" where its Trouble is the reason. It reports false for one that does
	// not wait.
	PutOutboxAside(id string, at time.Time, why string) (bool, error)
	// TryOutbox notes that a waiting message was brought and not taken, and returns
	// how often that was; 0 for one that does not wait.
	TryOutbox(id string, at time.Time, trouble *pos.Error) (int, error)
	// TakeOutboxBack lets a message wait again: one that was put aside, or one
	// that whoever had it has lost, as if it had never been tried. It reports false
	// for one that waits.
	TakeOutboxBack(id string, at time.Time) (bool, error)
	// TakeOutboxBackSince lets all that were acknowledged and happened since a time
	// wait again, and counts them.
	TakeOutboxBackSince(since, at time.Time) (int64, error)

	// OutboxPage lists what somebody may look after, waiting and put aside, after a
	// Seq, by Seq.
	OutboxPage(after int64, limit int) ([]pos.OutboxMessage, error)
	// AcknowledgedOutbox lists those acknowledged after a Seq, by Seq; without their
	// payloads.
	AcknowledgedOutbox(after int64, limit int) ([]pos.OutboxMessage, error)
	// SpansAcknowledged counts those acknowledged after a Seq, for each epoch.
	SpansAcknowledged(after int64) ([]exchange.Span, error)
	// OutboxSeq is the Seq of the newest message, 0 for none.
	OutboxSeq() (int64, error)

	// ToldOfCustomer lists what was told of a customer's card, by Seq.
	ToldOfCustomer(id pos.CustomerID) ([]pos.OutboxMessage, error)
	// ForgetTold replaces the payload of a message about a customer who is made
	// anonymous; another message's is refused.
	ForgetTold(id string, payload []byte) error

	EachOutbox(fn func(*pos.OutboxMessage) error) error // by Seq
}
