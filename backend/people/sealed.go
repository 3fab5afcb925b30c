package people

import (
	"context"

	"kassa/backend/internal/desk"
	"kassa/pos"
)

// MayOffer reports that an authenticator can be set up: there is a key to seal its
// secret with.
func (p *People) MayOffer() bool { return p.desk.Sealer != nil }

// placeOf is whom a secret is sealed for.
func placeOf(person string) string { return "person:" + person }

// unsealed opens a secret. One that still lies in clear, as before there was a key, is
// good as it is. CodeUnavailable "person.key-missing" for one no key here opens.
func (p *People) unsealed(person, kept string) (string, error) {
	missing := func(err error) error {
		return &pos.Error{Code: pos.CodeUnavailable, ID: "person.key-missing", Err: err}
	}
	switch {
	case kept == "" || clearForm(kept):
		return kept, nil
	case p.desk.Sealer == nil:
		return "", missing(nil)
	}
	clear, err := p.desk.Sealer.Unseal(placeOf(person), kept)
	if err != nil {
		return "", missing(err)
	}
	return clear, nil
}

// clearForm reports a secret as authenticators write it: in base32, without the mark
// of a seal.
func clearForm(kept string) bool {
	for _, r := range kept {
		if (r < 'A' || r > 'Z') && (r < '2' || r > '7') && r != '=' {
			return false
		}
	}
	return true
}

// SealedSecrets counts the secrets of authenticators that are sealed, those of them
// that the key here opens, and those that lie in clear.
func (p *People) SealedSecrets(ctx context.Context) (sealed, opened, clear int, err error) {
	err = p.desk.Look(ctx, func(o *desk.Op) error {
		sealed, opened, clear = 0, 0, 0
		all, err := o.ListPeople()
		for i := range all {
			for _, kept := range []string{all[i].Secret, all[i].Offered} {
				switch {
				case kept == "":
				case clearForm(kept):
					clear++
				default:
					sealed++
					if _, err := p.unsealed(all[i].ID, kept); err == nil {
						opened++
					}
				}
			}
		}
		return err
	})
	return sealed, opened, clear, err
}

// SealSecrets seals whatever secret of an authenticator still lies in clear, and tells
// how many. The same again finds none; several programs may do so at once.
func (p *People) SealSecrets(ctx context.Context) (n int, err error) {
	if !p.MayOffer() {
		return 0, nil
	}
	err = p.desk.Change(ctx, func(o *desk.Op) error {
		n = 0
		all, err := o.ListPeople()
		for i := 0; i < len(all) && err == nil; i++ {
			if all[i].Secret+all[i].Offered != "" {
				err = p.sealOne(o, all[i].ID, &n)
			}
		}
		return err
	})
	return n, err
}

// sealOne seals the secrets of one person, as they are now that nobody else writes them.
func (p *People) sealOne(o *desk.Op, id string, n *int) error {
	who, err := o.PersonAlone(id)
	if err != nil {
		return err
	}
	was := *n
	for _, kept := range []*string{&who.Secret, &who.Offered} {
		if *kept == "" || !clearForm(*kept) {
			continue
		}
		if *kept, err = p.desk.Sealer.Seal(placeOf(id), *kept); err != nil {
			return err
		}
		*n++
	}
	if *n == was {
		return nil
	}
	return o.PutPerson(who)
}
