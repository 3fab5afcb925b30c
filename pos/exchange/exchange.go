// Package exchange is what a till and the backend behind it say to each other:
// commands, and how each is answered. It says nothing
// of how they are carried.
//
// Two kinds of commands travel. A fact has happened, whoever receives it: it is
// booked, and what is odd about it becomes a case somebody sees. A request asks for
// something that others decide too, and is answered.
package exchange

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"kassa/pos"
)

// Limits of one batch of commands.
const (
	// MostCommands is how many commands go together.
	MostCommands = 200
	// MostBytes is how large the bodies of a batch are together. A longer single
	// command goes alone, up to MostAlone.
	MostBytes = 1 << 20
	// MostAlone is how large a single command may be.
	MostAlone = 9 << 20
	// MostHeld is how many ids of what is held are read at once.
	MostHeld = 1000
)

// Command is one thing a till tells or asks. Its id and its place (till, epoch,
// seq) were fixed before it was first sent and stay through every retry.
type Command struct {
	ID      string
	Epoch   int64
	Seq     int64
	Kind    pos.EventKind
	Subject string // id of what it tells of
	Object  string // id of what is told of in order
	At      time.Time
	Body    json.RawMessage // the exact bytes that were stored, never written anew
}

// Of makes the command that tells a message of the outbox. A payload that was
// overwritten because somebody is forgotten ends in blanks, which do not travel.
func Of(m *pos.OutboxMessage) Command {
	return Command{ID: m.ID, Epoch: m.Epoch, Seq: m.Seq, Kind: m.Kind, Subject: m.Subject, Object: m.Object, At: m.At, Body: bytes.TrimSpace(m.Payload)}
}

// Message is the command as a message of the outbox, for package wire to decode.
func (c *Command) Message() *pos.OutboxMessage {
	return &pos.OutboxMessage{ID: c.ID, Epoch: c.Epoch, Seq: c.Seq, Kind: c.Kind, Subject: c.Subject, Object: c.Object, At: c.At, Payload: c.Body}
}

// Digest is the SHA-256 of the body in hex. Two commands of one id are the same
// when their digests are.
func (c *Command) Digest() string {
	sum := sha256.Sum256(c.Body)
	return hex.EncodeToString(sum[:])
}

// Head is how far a till's chains have come when it sends. A till whose head is
// behind one it sent before works on data that went backwards.
type Head struct {
	Till    string // hash of its first audit event: the same in every copy of one till
	Epoch   int64
	Events  int64  // number and hash of its newest audit event
	Trail   string // "" for none
	Entries int64  // number and hash of its newest entry of the journal
	Journal string
}

// Drift is what a head shows beside the one that was known before.
type Drift string

// The drifts, permanent words; "" for none.
const (
	Older    Drift = "older-epoch" // sent from data of an epoch that ended
	Backward Drift = "backward"    // the history is shorter than it was
	Forked   Drift = "forked"      // the history is another one
)

// Since compares a head with the one known before.
func (h *Head) Since(known *Head) Drift {
	switch {
	case known.Epoch == 0:
		return ""
	case h.Epoch < known.Epoch:
		return Older
	case h.Epoch > known.Epoch:
		return ""
	case h.Events < known.Events, h.Entries < known.Entries:
		return Backward
	case h.Events == known.Events && h.Trail != known.Trail, h.Entries == known.Entries && h.Journal != known.Journal:
		return Forked
	}
	return ""
}

// Batch is what a till sends at once: commands in the order of their Seq.
type Batch struct {
	Head     Head
	Commands []Command
}

// Verdict is how one command was answered. Words are permanent.
type Verdict string

// The verdicts.
const (
	Applied   Verdict = "applied"   // it is booked, now
	Duplicate Verdict = "duplicate" // it was before: the same id, the same content
	Rejected  Verdict = "rejected"  // it cannot be taken; Problem says why
	Conflict  Verdict = "conflict"  // its id or its place is taken by other content, which both are kept; of a request, somebody else came first
	Denied    Verdict = "refused"   // of a request: it was looked at and is not done; Problem says why
)

// Done reports that whoever a command is for has it.
func (v Verdict) Done() bool { return v == Applied || v == Duplicate }

// Answer is what became of one command.
type Answer struct {
	ID      string
	Verdict Verdict
	Problem *pos.Error // of Rejected, Conflict and Denied
}

// IDBehind is the problem of a command that was not looked at, because one of the
// same object before it was rejected: order is kept for each object.
const IDBehind = "backend.behind"

// Held is what the backend has of a till, to see by that nothing was lost on
// either side.
type Held struct {
	Count      int64 // commands of all epochs
	Epoch, Seq int64 // of the newest of them, 0 for none
}

// Span is a stretch of what a till told, within one epoch: so many of the places
// after one and up to another were acknowledged. A till that was restored does not
// know of all a backend has of it, but of each such stretch it knows all there is.
type Span struct {
	Epoch       int64
	After, UpTo int64 // Seqs
	Count       int64
}

// Reply answers a batch.
type Reply struct {
	Answers []Answer // one for each command, in their order
	Held    Held
}
