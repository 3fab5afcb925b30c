package people

import (
	"context"
	"time"

	"kassa/backend/internal/desk"
	"kassa/pos"
	"kassa/pos/hidden"
)

// How long somebody stays signed in: at most, without looking at anything, and
// while the code of the authenticator is asked for.
const (
	SessionLives = 30 * 24 * time.Hour
	idleFor      = 7 * 24 * time.Hour
	halfLives    = 10 * time.Minute
	seenEvery    = time.Minute // how exactly the last look is noted
)

// Tries within desk.TrySpan: of one account, of one address, of an authenticator's code.
const (
	accountTries = 5
	addressTries = 30
	codeTries    = 5
)

// IDSignedOut is how a session is refused that is none, or no more.
const IDSignedOut = "person.signed-out"

// tries are how often something may be tried.
type tries = desk.Tries

func accountKey(mail string) string { return "account:" + hash(mail) }

// try counts a try under each key before it is made. CodeWait "person.wait" with
// "Until" after too many.
func (p *People) try(ctx context.Context, all ...tries) error {
	until, err := p.desk.Try(ctx, all...)
	if err == nil && !until.IsZero() {
		err = pos.E(pos.CodeWait, "person.wait", pos.Args{"Until": until})
	}
	return err
}

// SignIn is what somebody brings to sign in.
type SignIn struct {
	Email    string
	Password hidden.Text
	From     string      // the address they ask from
	Agent    string      // their browser, in few words
	Before   hidden.Text // what the browser kept; it is worth nothing after
}

// SignIn begins a session. What it returns is for the browser alone, and new each
// time. half says that the code of the authenticator is asked for first. It returns
// CodeForbidden "person.wrong", the same for whoever is not there, and CodeWait
// after too many tries.
func (p *People) SignIn(ctx context.Context, in SignIn) (token hidden.Text, half bool, err error) {
	mail := normal(in.Email)
	if err := p.try(ctx, append(desk.From("address:", in.From, addressTries), tries{Key: accountKey(mail), Most: accountTries})...); err != nil {
		return token, false, err
	}
	who := &Person{}
	err = p.desk.Look(ctx, func(o *desk.Op) error {
		found, err := o.PersonByEmail(mail)
		if pos.CodeOf(err) == pos.CodeNotFound {
			return nil
		}
		if err == nil {
			who = found
		}
		return err
	})
	if err != nil {
		return token, false, err
	}
	same, err := p.matches(ctx, in.Password, who.Password)
	if err != nil {
		return token, false, err
	}
	if !same {
		return token, false, pos.E(pos.CodeForbidden, "person.wrong", nil)
	}
	err = p.unchanged(ctx, who, func(o *desk.Op, now *Person) error {
		half = now.Secret != ""
		if err := endBefore(o, in.Before); err != nil {
			return err
		}
		token, err = begin(o, &Session{Person: now.ID, Agent: in.Agent, From: in.From, Half: half})
		return err
	})
	return token, half, err
}

// endBefore ends the session a browser had.
func endBefore(o *desk.Op, token hidden.Text) error {
	if token.Empty() {
		return nil
	}
	s, err := o.SessionByToken(hash(token.Reveal()))
	if err != nil || s == nil {
		return err
	}
	_, err = o.EndSession(s.Person, s.ID)
	return err
}

// begin stores a session under a new token.
func begin(o *desk.Op, s *Session) (hidden.Text, error) {
	token := secret()
	s.ID, s.Token, s.Made, s.Seen, s.Ends = o.IDs.NewID(), hash(token), o.At, o.At, o.At.Add(SessionLives)
	if s.Half {
		s.Ends = o.At.Add(halfLives)
	}
	return hidden.New(token), o.AddSession(s)
}

// Signed is somebody in a browser.
type Signed struct {
	Person  Person
	Session Session
}

// Signed is who a browser is signed in as. One whose code is still asked for has
// Session.Half. CodeForbidden IDSignedOut.
func (p *People) Signed(ctx context.Context, token hidden.Text) (in *Signed, err error) {
	var now time.Time
	err = p.desk.Look(ctx, func(o *desk.Op) error {
		now = o.At
		in, err = signed(o, token)
		return err
	})
	if err != nil {
		return nil, err
	}
	if now.Sub(in.Session.Seen) >= seenEvery {
		err = p.desk.Change(ctx, func(o *desk.Op) error { return o.SeeSession(in.Session.ID, o.At) })
	}
	return in, err
}

func signed(o *desk.Op, token hidden.Text) (*Signed, error) {
	out := pos.E(pos.CodeForbidden, IDSignedOut, nil)
	if token.Empty() {
		return nil, out
	}
	s, err := o.SessionByToken(hash(token.Reveal()))
	switch {
	case err != nil:
		return nil, err
	case s == nil || !o.At.Before(s.Ends) || o.At.Sub(s.Seen) >= idleFor:
		return nil, out
	}
	who, err := o.Person(s.Person)
	switch {
	case err != nil:
		return nil, err
	case !who.Revoked.IsZero():
		return nil, out
	}
	return &Signed{Person: *who, Session: *s}, nil
}

// SignOut ends the session of a browser; one that is none is signed out already.
func (p *People) SignOut(ctx context.Context, token hidden.Text) error {
	return p.desk.Change(ctx, func(o *desk.Op) error { return endBefore(o, token) })
}

// ListSessions lists the browsers a person is signed in, newest first.
func (p *People) ListSessions(ctx context.Context, person string) (all []Session, err error) {
	err = p.desk.Look(ctx, func(o *desk.Op) error {
		kept, err := o.ListSessions(person)
		all = nil
		for _, s := range kept {
			if o.At.Before(s.Ends) && o.At.Sub(s.Seen) < idleFor {
				all = append(all, s)
			}
		}
		return err
	})
	return all, err
}

// EndSession signs a person out of one browser. CodeNotFound "person.session" for a
// session that is not theirs.
func (p *People) EndSession(ctx context.Context, person, id string) error {
	return p.desk.Change(ctx, func(o *desk.Op) error {
		done, err := o.EndSession(person, id)
		if err == nil && !done {
			err = pos.E(pos.CodeNotFound, "person.session", nil)
		}
		return err
	})
}

// EndAllSessions signs a person out everywhere.
func (p *People) EndAllSessions(ctx context.Context, person string) error {
	return p.desk.Change(ctx, func(o *desk.Op) error { return o.EndSessions(person) })
}
