package people

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"kassa/backend/internal/desk"
	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/hidden"
)

// Lengths of a password, in runes. Length is what makes one hard to guess; signs of
// several kinds are not asked for.
const (
	PasswordLeast = 10
	passwordMost  = 200
)

// usualMemory is what one slow hash takes, in KiB.
const usualMemory = 64 << 10

// slow hashes a password.
func (p *People) slow(ctx context.Context, password hidden.Text) (string, error) {
	if err := p.enter(ctx); err != nil {
		return "", err
	}
	defer p.leave()
	memory := p.desk.HashMemoryKiB
	if memory == 0 {
		memory = usualMemory
	}
	h, err := argon2id.CreateHash(password.Reveal(), &argon2id.Params{Memory: memory, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		return "", pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	return h, nil
}

// matches compares a password with a hash; with none it takes as long and is false.
func (p *People) matches(ctx context.Context, password hidden.Text, hash string) (bool, error) {
	if password.Empty() || len(password.Reveal()) > passwordMost*utf8.UTFMax {
		return false, nil
	}
	there := hash != ""
	if !there {
		hash = p.dummy()
	}
	if err := p.enter(ctx); err != nil {
		return false, err
	}
	defer p.leave()
	same, err := argon2id.ComparePasswordAndHash(password.Reveal(), hash)
	return there && same && err == nil, nil
}

func (p *People) enter(ctx context.Context) error {
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return pos.Wrap(pos.CodeUnavailable, "person.busy", ctx.Err())
	}
}

func (p *People) leave() { <-p.slots }

// fit refuses a password that is easily guessed.
func fit(password hidden.Text, who *Person) error {
	text := password.Reveal()
	n := utf8.RuneCountInString(text)
	switch {
	case n < PasswordLeast:
		return pos.E(pos.CodeInvalid, "person.password-short", pos.Args{"Least": PasswordLeast})
	case n > passwordMost || !utf8.ValidString(text):
		return pos.E(pos.CodeInvalid, "person.password-long", pos.Args{"Most": passwordMost})
	}
	first, _ := utf8.DecodeRuneInString(text)
	name, _, _ := strings.Cut(who.Email, "@")
	if strings.Trim(text, string(first)) == "" || strings.EqualFold(text, who.Email) || strings.EqualFold(text, name) {
		return pos.E(pos.CodeInvalid, "person.password-easy", nil)
	}
	return nil
}

// LinkOf is the person a link belongs to; the link is not used by looking at it.
// CodeNotFound "person.link", CodeConflict "person.link-used" or "person.link-ended".
func (p *People) LinkOf(ctx context.Context, link hidden.Text) (who *Person, err error) {
	err = p.desk.Look(ctx, func(o *desk.Op) error { _, who, err = linked(o, link, o.Person); return err })
	return who, err
}

// linked finds what a link stands for; person reads a person, alone where they will
// be written.
func linked(o *desk.Op, link hidden.Text, person func(string) (*Person, error)) (*store.PasswordLink, *Person, error) {
	l, err := o.PasswordLink(hash(link.Reveal()))
	if err != nil {
		return nil, nil, err
	}
	switch {
	case !l.Used.IsZero():
		return nil, nil, pos.E(pos.CodeConflict, "person.link-used", nil)
	case !o.At.Before(l.Ends):
		return nil, nil, pos.E(pos.CodeConflict, "person.link-ended", nil)
	}
	who, err := person(l.Person)
	if err == nil && !who.Revoked.IsZero() {
		err = pos.E(pos.CodeNotFound, "person.link", nil)
	}
	if err != nil {
		return nil, nil, err
	}
	return l, who, nil
}

// SetPassword sets a password by a link, once, and signs the person out everywhere.
// An authenticator stays: who lost it is revoked and added again. Errors are those of
// LinkOf, and CodeInvalid for a password that is easily guessed, which leaves the
// link as it was.
func (p *People) SetPassword(ctx context.Context, link, password hidden.Text) error {
	who, err := p.LinkOf(ctx, link)
	if err != nil {
		return err
	}
	if err := fit(password, who); err != nil {
		return err
	}
	slow, err := p.slow(ctx, password)
	if err != nil {
		return err
	}
	return p.desk.Change(ctx, func(o *desk.Op) error {
		l, who, err := linked(o, link, o.PersonAlone)
		if err != nil {
			return err
		}
		used, err := o.UsePasswordLink(l.Hash, o.At)
		if err != nil {
			return err
		}
		if !used { // by somebody else, since we looked
			return pos.E(pos.CodeConflict, "person.link-used", nil)
		}
		who.Password = slow
		return putAndSignOut(o, who)
	})
}

func putAndSignOut(o *desk.Op, who *Person) error {
	if err := o.PutPerson(who); err != nil {
		return err
	}
	return o.EndSessions(who.ID)
}

// ChangePassword sets another password for somebody who knows theirs, and signs
// them out everywhere. CodeForbidden "person.password-wrong", CodeWait after too
// many wrong ones.
func (p *People) ChangePassword(ctx context.Context, id string, old, password hidden.Text) error {
	who, err := p.prove(ctx, id, old)
	if err != nil {
		return err
	}
	if err := fit(password, who); err != nil {
		return err
	}
	slow, err := p.slow(ctx, password)
	if err != nil {
		return err
	}
	return p.unchanged(ctx, who, func(o *desk.Op, now *Person) error {
		now.Password = slow
		return putAndSignOut(o, now)
	})
}

// prove lets on who knows the password of a person. Tries count as those of signing
// in do: a browser somebody left open helps nobody to guess.
func (p *People) prove(ctx context.Context, id string, password hidden.Text) (who *Person, err error) {
	err = p.desk.Look(ctx, func(o *desk.Op) error { who, err = o.Person(id); return err })
	if err != nil {
		return nil, err
	}
	if err := p.try(ctx, tries{Key: accountKey(who.Email), Most: accountTries}); err != nil {
		return nil, err
	}
	same, err := p.matches(ctx, password, who.Password)
	if err != nil {
		return nil, err
	}
	if !same {
		return nil, pos.E(pos.CodeForbidden, "person.password-wrong", nil)
	}
	return who, nil
}

// unchanged runs fn over a person unless their password was changed or they were
// revoked since it was proved.
func (p *People) unchanged(ctx context.Context, seen *Person, fn func(*desk.Op, *Person) error) error {
	return p.desk.Change(ctx, func(o *desk.Op) error {
		now, err := o.PersonAlone(seen.ID)
		if err != nil {
			return err
		}
		if now.Password != seen.Password || !now.Revoked.IsZero() {
			return pos.E(pos.CodeForbidden, IDSignedOut, nil)
		}
		if err := o.ForgetTries(accountKey(now.Email)); err != nil {
			return err
		}
		return fn(o, now)
	})
}
