// Package people is the backend's room of those who may sign in at its pages: who
// they are and what they may do, how they set a password, and in which browsers
// they are signed in.
//
// What a browser, a link or an authenticator brings is kept as a digest alone,
// except the authenticator's secret, which has to be computed with: that is sealed
// under a key that is not in the database. Tries are
// counted in the database, so that neither a restart nor a second copy of the
// program gives anybody more of them.
package people

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"sync"
	"time"

	"kassa/backend/internal/desk"
	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/email"
	"kassa/pos/hidden"
	pay "kassa/pos/manual"
)

// What the room speaks of.
type (
	Person  = store.Person
	Level   = store.Level
	Session = store.Session
)

// People is the room.
type People struct {
	desk  *desk.Desk
	slots chan struct{} // as many slow hashes are made at once
	dummy func() string // a hash nobody's password has
}

// hashesAtOnce bounds the memory that signing in may take.
const hashesAtOnce = 2

// New makes the room.
func New(d *desk.Desk) *People {
	p := &People{desk: d, slots: make(chan struct{}, hashesAtOnce)}
	p.dummy = sync.OnceValue(func() string {
		h, err := p.slow(context.Background(), hidden.New(secret()))
		if err != nil {
			return ""
		}
		return h
	})
	return p
}

// LinkLives is how long a password can be set by a link.
const LinkLives = 24 * time.Hour

// Link lets one person set a password: told once, it is kept nowhere.
type Link struct {
	Person Person
	Text   hidden.Text // what follows the address of the page
	Ends   time.Time
}

// mostMail is how many runes an address may have, as it is the name of who decides.
const mostMail = 100

// normal is an address as it is kept.
func normal(mail string) string { return strings.ToLower(strings.TrimSpace(mail)) }

// AddPerson lets somebody come, and makes the link by which they set a password; for
// one who may come already it makes another link, by which a forgotten password is
// set anew. level may be empty: the first person is the owner, others decide, and
// who is there stays what they are. CodeInvalid "person.email" or "backend.cli.level".
func (p *People) AddPerson(ctx context.Context, mail string, level Level) (Link, error) {
	return p.AddPersonWithin(ctx, mail, level, Bounds{})
}

// AddPersonWithin is AddPerson with the sums a person decides and gives back up to.
// CodeInvalid "person.cap-owner" for bounds of who may do everything, "person.cap-in"
// for two of different currencies.
func (p *People) AddPersonWithin(ctx context.Context, mail string, level Level, bounds Bounds) (Link, error) {
	mail = normal(mail)
	if !email.Plausible(mail) || pos.HasControl(mail) || len([]rune(mail)) > mostMail {
		return Link{}, pos.E(pos.CodeInvalid, "person.email", nil)
	}
	if level != "" && !known(level) {
		return Link{}, pos.E(pos.CodeInvalid, "backend.cli.level", nil)
	}
	l := Link{Text: hidden.New(secret())}
	err := p.desk.Change(ctx, func(o *desk.Op) error {
		who, err := o.PersonByEmail(mail)
		if pos.CodeOf(err) == pos.CodeNotFound {
			who, err = beginner(o, mail, level)
		}
		if err != nil {
			return err
		}
		if level != "" {
			who.Level = level
		}
		if err := bounds.put(who); err != nil {
			return err
		}
		if err := o.PutPerson(who); err != nil {
			return err
		}
		l.Person, l.Ends = *who, o.At.Add(LinkLives)
		return o.PutPasswordLink(&store.PasswordLink{Hash: hash(l.Text.Reveal()), Person: who.ID, Made: o.At, Ends: l.Ends})
	})
	if err != nil {
		return Link{}, err
	}
	return l, nil
}

func known(l Level) bool {
	for _, k := range store.Levels {
		if l == k {
			return true
		}
	}
	return false
}

// beginner is a person who was not there.
func beginner(o *desk.Op, mail string, level Level) (*Person, error) {
	all, err := o.ListPeople()
	if err != nil {
		return nil, err
	}
	switch {
	case level != "":
	case len(all) == 0:
		level = store.LevelOwner
	default:
		level = store.LevelDecide
	}
	return &Person{ID: o.IDs.NewID(), Email: mail, Level: level, Added: o.At}, nil
}

// ListPeople lists all who ever might come, by e-mail.
func (p *People) ListPeople(ctx context.Context) (all []Person, err error) {
	err = p.desk.Look(ctx, func(o *desk.Op) error { all, err = o.ListPeople(); return err })
	return all, err
}

// RevokePerson lets somebody in no more and ends their sessions. CodeNotFound
// "person.unknown".
func (p *People) RevokePerson(ctx context.Context, mail string) (who *Person, err error) {
	err = p.desk.Change(ctx, func(o *desk.Op) error {
		if who, err = o.PersonByEmail(normal(mail)); err != nil {
			return err
		}
		who.Revoked = o.At
		who.Secret, who.Offered = "", "" // nobody needs them any more
		if err := o.PutPerson(who); err != nil {
			return err
		}
		return o.EndSessions(who.ID)
	})
	return who, err
}

// RightsOf are what a person may do with payments.
func RightsOf(p *Person) pay.Rights {
	switch p.Level {
	case store.LevelOwner:
		return pay.AllRights()
	case store.LevelRefund:
		return pay.Rights{Decide: true, Correct: true, Refund: true, DecideCap: p.DecideCap, RefundCap: p.RefundCap, Currency: p.CapIn}
	case store.LevelDecide:
		return pay.Rights{Decide: true, Correct: true, DecideCap: p.DecideCap, Currency: p.CapIn}
	}
	return pay.Rights{}
}

// MaySettle reports a person who may close exception cases.
func MaySettle(p *Person) bool { return p.Level != store.LevelSee }

// AsPayer names a person in what happened to a payment.
func AsPayer(p *Person) pay.Person { return pay.Person{ID: "person:" + p.ID, Name: p.Email} }

// secret is 32 bytes nobody can guess, as text.
func secret() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
