// Package store is what the backend keeps, as the rooms of the backend see it. It
// is kept on either engine; package storage/central is the one that does.
package store

import (
	"context"
	"time"

	"kassa/pos"
	"kassa/pos/exchange"
)

// Store keeps what the backend knows. It is safe for use by several goroutines,
// and on PostgreSQL by several programs.
type Store interface {
	// Change runs fn as one durable transaction: all of it or nothing is kept. An
	// error of the commit says that nobody knows; whoever sends again learns it.
	// fn may run twice where two writers collided, and keeps nothing outside.
	Change(ctx context.Context, fn func(Tx) error) error
	// Look runs fn over one consistent state.
	Look(ctx context.Context, fn func(Tx) error) error
	// Ready asks whether the database answers.
	Ready(ctx context.Context) error
	Worker
	Close() error
}

// Tx is one transaction.
type Tx interface {
	Tills
	Messages
	Cases
	Manual
	People
	Sold
	Feed
	Jobs
}

// Till is one that is joined to the backend.
type Till struct {
	ID        string // exchange.Head.Till
	Name      string
	TokenHash string // SHA-256 of its credential in hex, "" for the carried backend's own till
	Joined    time.Time
	Seen      time.Time // when it was heard of last, zero for never
	Revoked   time.Time // zero for one that may come
	Head      exchange.Head
	Held      exchange.Held
	Queue     int64 // how much waited at it when it was heard of last
}

// Enrolment is a code somebody may join a till with, once.
type Enrolment struct {
	CodeHash string // SHA-256 in hex
	Name     string // of the till to come
	Made     time.Time
	Ends     time.Time
	Used     time.Time // zero while nobody has
	Till     string    // who joined by it
	Token    string    // hash of the credential that till brought: by it a repeated joining is known
}

// Tills are those joined, and the codes to join by.
type Tills interface {
	// PutTill stores a till, new or changed, but for what was received of it.
	PutTill(t *Till) error
	// Till returns one, CodeNotFound "backend.till-unknown".
	Till(id string) (*Till, error)
	// TillAlone is Till for a transaction that will write of it: no other one gets
	// it before this one ends.
	TillAlone(id string) (*Till, error)
	// TillByToken finds a till by the hash of its credential, CodeNotFound likewise.
	TillByToken(hash string) (*Till, error)
	ListTills() ([]Till, error) // by name

	PutEnrolment(e *Enrolment) error
	// Enrolment returns one, CodeNotFound "backend.code-wrong".
	Enrolment(codeHash string) (*Enrolment, error)
	// UseEnrolment marks one as used, unless it is: false then.
	UseEnrolment(codeHash, till, token string, at time.Time) (bool, error)
}

// Message is a command that was received.
type Message struct {
	exchange.Command
	Till     string
	Digest   string
	Received time.Time
}

// Messages are what tills told.
type Messages interface {
	// PutMessages keeps what was received of one till, in order, but for those
	// whose id or place at the till is taken, and counts what it kept. It tells
	// which it did. Without a body a message keeps its digest alone.
	PutMessages(till string, ms []Message) (put []bool, err error)
	// MessageByID returns one, nil for none.
	MessageByID(id string) (*Message, error)
	// MessageAt returns the one with a place at a till, nil for none.
	MessageAt(till string, epoch, seq int64) (*Message, error)
	// HeldAfter lists the ids of a till's messages after a place, by place.
	HeldAfter(till string, epoch, seq int64, limit int) ([]exchange.Command, error)
	// ToldOf lists what was told of a customer's card, by any till, with bodies; those
	// kept without one are left out.
	ToldOf(card pos.CustomerID) ([]Message, error)
	// ForgetMessage replaces the body and the digest of a message about a customer
	// who was made anonymous.
	ForgetMessage(id string, body []byte, digest string) error
	// CountHeld counts what is kept of a till within a stretch; Span.Count is not
	// asked.
	CountHeld(till string, s exchange.Span) (int64, error)
	// PutApart keeps a message that cannot be taken beside what is in its way.
	PutApart(m *Message, why string) error
}

// CaseKind says what a case is about. Words are permanent.
type CaseKind string

// The kinds of cases.
const (
	CaseConflict CaseKind = "conflict" // one id or place, two contents
	CaseDrift    CaseKind = "drift"    // a till's history went backwards
	CaseUnread   CaseKind = "unread"   // a fact nobody here can read
	CaseClock    CaseKind = "clock"    // the backend's clock leapt, and deadlines wait
	CaseApart    CaseKind = "apart"    // an order went on in two backends while a till turned from one to the other
	CaseOrder    CaseKind = "order"    // a sale names a manual payment that does not pay it
)

// Case is something odd that somebody should see. It is opened once for what it
// is about and stays open until somebody closes it.
type Case struct {
	ID     string
	Till   string
	Kind   CaseKind
	About  string   // what it is about; one open case for each
	Detail pos.Args // texts and numbers alone
	At     time.Time
	Seen   time.Time // when somebody said that they know of it
	SeenBy string
	Closed time.Time
	By     string
	Note   string
}

// Cases are what somebody should look at.
type Cases interface {
	// OpenCase opens one unless one is open for the same till, kind and matter.
	OpenCase(c *Case) error
	// ListCases lists the open ones, or all, newest first.
	ListCases(openOnly bool, limit int) ([]Case, error)
	// SeeCase notes who knows of an open one: false when it is not open.
	SeeCase(id, by string, at time.Time) (bool, error)
	// CloseCase closes one: false when it is not open.
	CloseCase(id, by, note string, at time.Time) (bool, error)
}
