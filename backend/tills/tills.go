// Package tills is the backend's room of those it serves: how a till joins, by
// what it is known, and what it tells.
package tills

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"
	"time"
	"unicode"

	"kassa/backend/internal/desk"
	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/hidden"
	"kassa/pos/wire"
)

// Till is one that is joined.
type Till = store.Till

// Tills is the room.
type Tills struct {
	desk    *desk.Desk
	request Requests
	heard   Facts

	mu    sync.Mutex
	wrong []time.Time // when wrong codes were brought lately
}

// Requests carries out what a till asks for, in a transaction that is open: known is
// false for what nobody knows, the error why it is refused.
type Requests func(o *desk.Op, till string, c *exchange.Command) (known bool, err error)

// Facts hears of each fact a till tells that can be read, in the transaction that
// takes it. A fact is refused by nobody: what is odd about it becomes a case.
type Facts func(o *desk.Op, till string, p wire.Payload) error

// New makes the room; request is asked for each request a till brings, heard hears of
// each fact.
func New(d *desk.Desk, request Requests, heard Facts) *Tills {
	return &Tills{desk: d, request: request, heard: heard}
}

// CodeLives is how long a till can be joined by a code.
const CodeLives = 15 * time.Minute

// A code is eight signs that are not taken for one another: 22^8 of them, of which
// wrongLimit may be tried within wrongSpan.
const (
	codeSigns  = "0123456789ACDEGHMNRUWX"
	codeLength = 8

	wrongLimit = 10
	wrongSpan  = time.Minute
)

// Code lets one till join: told once, it is kept nowhere.
type Code struct {
	Text hidden.Text
	Ends time.Time
}

// AddTill makes a code by which a till of that name can join. CodeInvalid without
// a name.
func (t *Tills) AddTill(ctx context.Context, name string) (Code, error) {
	name = strings.TrimSpace(name)
	if name == "" || len([]rune(name)) > 100 {
		return Code{}, pos.E(pos.CodeInvalid, "backend.till-name", nil)
	}
	text, err := drawCode()
	if err != nil {
		return Code{}, err
	}
	ends := t.desk.Now().Add(CodeLives)
	err = t.desk.Change(ctx, func(o *desk.Op) error {
		return o.PutEnrolment(&store.Enrolment{CodeHash: hash(plain(text)), Name: name, Made: o.At, Ends: ends})
	})
	if err != nil {
		return Code{}, err
	}
	return Code{Text: hidden.New(text), Ends: ends}, nil
}

// drawCode draws a code and writes it in two groups.
func drawCode() (string, error) {
	var b strings.Builder
	for i := range codeLength {
		if i == codeLength/2 {
			b.WriteByte('-')
		}
		n, err := draw(len(codeSigns))
		if err != nil {
			return "", err
		}
		b.WriteByte(codeSigns[n])
	}
	return b.String(), nil
}

// draw is a number below n that nobody can guess; each is as likely.
func draw(n int) (int, error) {
	var b [1]byte
	for {
		if _, err := rand.Read(b[:]); err != nil {
			return 0, pos.Wrap(pos.CodeUnavailable, "till.internal", err)
		}
		if v := int(b[0]); v < 256-256%n {
			return v % n, nil
		}
	}
}

// plain is a code or credential without what people put between its signs.
func plain(code string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, code)
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Joining is what a till brings to join. It made its credential itself and keeps
// it before it asks, so that an answer that is lost costs nothing: it asks again.
type Joining struct {
	Code  hidden.Text
	Till  string // exchange.Head.Till
	Token hidden.Text
}

// tokenLeast is the least length of a credential.
const tokenLeast = 32

// Join lets a till join by a code. The same joining again is answered as the first
// time. It returns CodeNotFound "backend.code-wrong", CodeConflict
// "backend.code-ended" or "backend.code-used", and CodeWait after too many wrong
// codes.
func (t *Tills) Join(ctx context.Context, j Joining) (*Till, error) {
	if j.Till == "" || len(j.Till) > 128 || pos.HasControl(j.Till) || len(j.Token.Reveal()) < tokenLeast {
		return nil, pos.E(pos.CodeInvalid, "backend.joining", nil)
	}
	if err := t.mayTry(); err != nil {
		return nil, err
	}
	token := hash(j.Token.Reveal())
	var joined *Till
	err := t.desk.Change(ctx, func(o *desk.Op) error {
		e, err := o.Enrolment(hash(plain(j.Code.Reveal())))
		if err != nil {
			return err
		}
		joined, err = join(o, e, j.Till, token)
		return err
	})
	if pos.CodeOf(err) == pos.CodeNotFound {
		t.tried()
	}
	if err != nil {
		return nil, err
	}
	return joined, nil
}

func join(o *desk.Op, e *store.Enrolment, id, token string) (*Till, error) {
	again := !e.Used.IsZero() && e.Till == id && e.Token == token
	switch {
	case !e.Used.IsZero() && !again:
		return nil, pos.E(pos.CodeConflict, "backend.code-used", nil)
	case !again && !o.At.Before(e.Ends):
		return nil, pos.E(pos.CodeConflict, "backend.code-ended", nil)
	}
	t, err := o.TillAlone(id)
	if pos.CodeOf(err) == pos.CodeNotFound {
		t, err = &Till{ID: id}, nil
	}
	if err != nil || again {
		return t, err
	}
	used, err := o.UseEnrolment(e.CodeHash, id, token, o.At)
	if err != nil {
		return nil, err
	}
	if !used { // by somebody else, since we looked
		return nil, pos.E(pos.CodeConflict, "backend.code-used", nil)
	}
	t.Name, t.TokenHash, t.Joined, t.Revoked = e.Name, token, o.At, time.Time{}
	return t, o.PutTill(t)
}

// mayTry refuses a code while too many wrong ones came lately.
func (t *Tills) mayTry() error {
	now := t.desk.Now()
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(t.wrong) > 0 && now.Sub(t.wrong[0]) >= wrongSpan {
		t.wrong = t.wrong[1:]
	}
	if len(t.wrong) < wrongLimit {
		return nil
	}
	return pos.E(pos.CodeWait, "backend.code-wait", pos.Args{"Until": t.wrong[0].Add(wrongSpan)})
}

func (t *Tills) tried() {
	now := t.desk.Now()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.wrong = append(t.wrong, now)
}

// Known is the till a credential belongs to. CodeForbidden
// "backend.token-unknown" or "backend.till-revoked".
func (t *Tills) Known(ctx context.Context, token hidden.Text) (till *Till, err error) {
	err = t.desk.Look(ctx, func(o *desk.Op) error {
		till, err = o.TillByToken(hash(token.Reveal()))
		return err
	})
	switch {
	case pos.CodeOf(err) == pos.CodeNotFound:
		return nil, pos.E(pos.CodeForbidden, "backend.token-unknown", nil)
	case err != nil:
		return nil, err
	case !till.Revoked.IsZero():
		return nil, pos.E(pos.CodeForbidden, "backend.till-revoked", pos.Args{"Name": till.Name})
	}
	return till, nil
}

// Carry lets the till that carries the backend be known without a credential.
func (t *Tills) Carry(ctx context.Context, id, name string) error {
	return t.desk.Change(ctx, func(o *desk.Op) error {
		known, err := o.TillAlone(id)
		switch {
		case pos.CodeOf(err) == pos.CodeNotFound:
			return o.PutTill(&Till{ID: id, Name: name, Joined: o.At})
		case err != nil || known.Name == name:
			return err
		}
		known.Name = name
		return o.PutTill(known)
	})
}

// Carrying is the till that carries the backend, by its id.
func (t *Tills) Carrying(ctx context.Context, id string) (till *Till, err error) {
	err = t.desk.Look(ctx, func(o *desk.Op) error { till, err = o.Till(id); return err })
	return till, err
}

// ListTills lists all that ever joined, by name.
func (t *Tills) ListTills(ctx context.Context) (all []Till, err error) {
	err = t.desk.Look(ctx, func(o *desk.Op) error { all, err = o.ListTills(); return err })
	return all, err
}

// Revoke lets a till in no more, by its id or the beginning of it that no other
// has, or by its name. Revoking twice is harmless. CodeNotFound
// "backend.till-unknown", CodeConflict "backend.till-many" when several are meant.
func (t *Tills) Revoke(ctx context.Context, which string) (*Till, error) {
	var found *Till
	err := t.desk.Change(ctx, func(o *desk.Op) error {
		all, err := o.ListTills()
		if err != nil {
			return err
		}
		if found, err = one(all, which); err != nil || !found.Revoked.IsZero() {
			return err
		}
		found.Revoked = o.At
		return o.PutTill(found)
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// shortID is how much of an id tells a till.
const shortID = 8

func one(all []Till, which string) (*Till, error) {
	var found *Till
	for i := range all {
		t := &all[i]
		if t.ID == which {
			return t, nil
		}
		if t.Name != which && (len(which) < shortID || !strings.HasPrefix(t.ID, which)) {
			continue
		}
		if found != nil {
			return nil, pos.E(pos.CodeConflict, "backend.till-many", pos.Args{"Name": which})
		}
		found = t
	}
	if found == nil {
		return nil, pos.E(pos.CodeNotFound, "backend.till-unknown", nil)
	}
	return found, nil
}
