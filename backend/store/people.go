package store

import (
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// Level is what a person may do on the people's page. Words are permanent.
type Level string

// The levels, each with what the one before it may.
const (
	LevelSee    Level = "see"    // look
	LevelDecide Level = "decide" // decide payments, settle cases
	LevelRefund Level = "refund" // ask for refunds, and allow those of others
	LevelOwner  Level = "owner"  // everything
)

// Levels are all of them.
var Levels = []Level{LevelSee, LevelDecide, LevelRefund, LevelOwner}

// Person is somebody who may sign in.
type Person struct {
	ID       string
	Email    string // in small letters; of those who may come each has their own
	Level    Level
	Password string // argon2id, with its parameters; "" until it is set
	Secret   string // of the authenticator, sealed, "" without one
	Offered  string // one that was shown and not yet confirmed, sealed too
	Step     int64  // of the newest code of the authenticator that was used
	// The most one decision and one refund may come to, in CapIn; nil for no bound.
	DecideCap, RefundCap *money.Amount
	CapIn                money.Currency
	Added                time.Time
	Revoked              time.Time // zero for one who may come
}

// PasswordLink lets one person set a password, once.
type PasswordLink struct {
	Hash   string // SHA-256 of what is in the link, hex
	Person string
	Made   time.Time
	Ends   time.Time
	Used   time.Time // zero while nobody has; another link voids it too
}

// Session is one browser in which a person is signed in.
type Session struct {
	ID     string
	Token  string // SHA-256 of what the browser keeps, hex
	Person string
	Agent  string // which browser, in few words
	From   string // the address it began at
	Made   time.Time
	Seen   time.Time
	Ends   time.Time
	Half   bool // the code of the authenticator is still asked for
}

// People are those who may sign in.
type People interface {
	// PutPerson stores a person, new or changed.
	PutPerson(p *Person) error
	// Person returns one, CodeNotFound "person.unknown".
	Person(id string) (*Person, error)
	// PersonAlone is Person for a transaction that will write of them.
	PersonAlone(id string) (*Person, error)
	// PersonByEmail returns the one of those who may come, CodeNotFound likewise.
	PersonByEmail(email string) (*Person, error)
	ListPeople() ([]Person, error) // by e-mail

	// PutPasswordLink stores one and voids the others of that person.
	PutPasswordLink(l *PasswordLink) error
	// PasswordLink returns one, CodeNotFound "person.link".
	PasswordLink(hash string) (*PasswordLink, error)
	// UsePasswordLink marks one as used, unless it is: false then.
	UsePasswordLink(hash string, at time.Time) (bool, error)

	AddSession(s *Session) error
	// SessionByToken returns one, nil for none.
	SessionByToken(hash string) (*Session, error)
	ListSessions(person string) ([]Session, error) // newest first
	SeeSession(id string, at time.Time) error
	// EndSession forgets one of a person's: false when there is none.
	EndSession(person, id string) (bool, error)
	// EndSessions forgets all of a person's.
	EndSessions(person string) error

	// CountTry counts a try under a key and tells how many there were, this one
	// included, since the first of them. Tries that began before a time are
	// forgotten.
	CountTry(key string, now, before time.Time) (count int64, since time.Time, err error)
	// ForgetTries lets a key begin anew.
	ForgetTries(key string) error
	// Sweep removes sessions that ended and tries that began before a time.
	Sweep(now, before time.Time) error
}

// Sold are the facts about sales within a stretch of time.
type Sold interface {
	// EachSold calls fn for each fact that a sale, a return or a correction of a
	// tender told, of those with a body that were received since a time, in no order.
	EachSold(from, to, since time.Time, fn func(till string, m *pos.OutboxMessage) error) error
}
