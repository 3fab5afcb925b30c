package people

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"kassa/backend/internal/desk"
	"kassa/pos"
	"kassa/pos/hidden"
)

// A code is six digits of a step of 30 seconds; the step before and the one after
// count too, as telephones' clocks go.
const (
	stepLength = 30 * time.Second
	around     = 1
	issuer     = "Kassa"
	secretSize = 20
)

var codeForm = hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

// stepOf finds the step a code belongs to, among those after the last that was used:
// each code lets in once.
func stepOf(secret, code string, last int64, now time.Time) (int64, bool) {
	code = strings.Join(strings.Fields(code), "")
	middle := now.Unix() / int64(stepLength/time.Second)
	for step := max(middle-around, last+1); step <= middle+around; step++ {
		// An error is a code that is none.
		if ok, err := hotp.ValidateCustom(code, uint64(step), secret, codeForm); ok && err == nil {
			return step, true
		}
	}
	return 0, false
}

// SecondStep brings the authenticator's code, and returns what the browser keeps
// from now on. CodeForbidden "person.code-wrong", CodeWait after too many.
func (p *People) SecondStep(ctx context.Context, token hidden.Text, code string) (fresh hidden.Text, err error) {
	half, err := p.Signed(ctx, token)
	if err != nil {
		return fresh, err
	}
	if !half.Session.Half {
		return fresh, pos.E(pos.CodeForbidden, IDSignedOut, nil)
	}
	if err := p.try(ctx, codeKey(half.Person.ID)); err != nil {
		return fresh, err
	}
	err = p.desk.Change(ctx, func(o *desk.Op) error {
		who, err := o.PersonAlone(half.Person.ID)
		if err != nil {
			return err
		}
		in, err := signed(o, token) // it may have ended while this waited
		if err != nil {
			return err
		}
		clear, err := p.unsealed(who.ID, who.Secret)
		if err != nil {
			return err
		}
		step, ok := stepOf(clear, code, who.Step, o.At)
		if !ok || who.Secret == "" {
			return pos.E(pos.CodeForbidden, "person.code-wrong", nil)
		}
		who.Step = step
		if err := o.PutPerson(who); err != nil {
			return err
		}
		if err := o.ForgetTries(codeKey(who.ID).Key); err != nil {
			return err
		}
		if _, err := o.EndSession(who.ID, in.Session.ID); err != nil {
			return err
		}
		fresh, err = begin(o, &Session{Person: who.ID, Agent: in.Session.Agent, From: in.Session.From})
		return err
	})
	return fresh, err
}

func codeKey(person string) tries { return tries{Key: "code:" + person, Most: codeTries} }

// Offered is a secret for an authenticator, to be typed or read from a picture.
type Offered struct {
	Secret hidden.Text
	URL    hidden.Text // otpauth://
}

// OfferSecret makes a secret and keeps it until a code of it is brought; another
// one takes its place. CodeUnavailable "person.no-key" where there is nothing to seal
// it with.
func (p *People) OfferSecret(ctx context.Context, person string) (out Offered, err error) {
	if !p.MayOffer() {
		return out, pos.E(pos.CodeUnavailable, "person.no-key", nil)
	}
	var raw [secretSize]byte
	_, _ = rand.Read(raw[:]) // never fails
	err = p.desk.Change(ctx, func(o *desk.Op) error {
		who, err := o.PersonAlone(person)
		if err != nil {
			return err
		}
		key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: who.Email, Secret: raw[:]})
		if err != nil {
			return pos.Wrap(pos.CodeInternal, "till.internal", err)
		}
		if who.Offered, err = p.desk.Sealer.Seal(placeOf(who.ID), key.Secret()); err != nil {
			return err
		}
		out = Offered{Secret: hidden.New(key.Secret()), URL: hidden.New(key.URL())}
		return o.PutPerson(who)
	})
	return out, err
}

// OfferedTo is the secret that waits for its first code; empty where none does.
func (p *People) OfferedTo(who *Person) (Offered, error) {
	if who.Offered == "" {
		return Offered{}, nil
	}
	clear, err := p.unsealed(who.ID, who.Offered)
	if err != nil {
		return Offered{}, err
	}
	key, err := otp.NewKeyFromURL("otpauth://totp/" + issuer + ":" + who.Email + "?secret=" + clear + "&issuer=" + issuer)
	if err != nil {
		return Offered{}, pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	return Offered{Secret: hidden.New(clear), URL: hidden.New(key.URL())}, nil
}

// TakeSecret has the authenticator asked for from now on, once it made a code of
// what was offered. It needs the password. CodeForbidden "person.code-wrong".
func (p *People) TakeSecret(ctx context.Context, person string, password hidden.Text, code string) error {
	who, err := p.prove(ctx, person, password)
	if err != nil {
		return err
	}
	return p.unchanged(ctx, who, func(o *desk.Op, now *Person) error {
		clear, err := p.unsealed(now.ID, now.Offered)
		if err != nil {
			return err
		}
		step, ok := stepOf(clear, code, 0, o.At)
		if !ok || now.Offered == "" {
			return pos.E(pos.CodeForbidden, "person.code-wrong", nil)
		}
		now.Secret, now.Offered, now.Step = now.Offered, "", step
		return o.PutPerson(now)
	})
}

// DropSecret asks for no authenticator any more. It needs the password.
func (p *People) DropSecret(ctx context.Context, person string, password hidden.Text) error {
	who, err := p.prove(ctx, person, password)
	if err != nil {
		return err
	}
	return p.unchanged(ctx, who, func(o *desk.Op, now *Person) error {
		now.Secret, now.Offered = "", ""
		return o.PutPerson(now)
	})
}
