package shop

import (
	"context"
	"crypto/rand"
	"errors"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/till"
	"kassa/storage/backup"
	"kassa/storage/local"
	"kassa/storage/secret"
)

// openKeys finds the secret under which the data was kept. Under another one no
// stored PIN would be right, so a new one is made only where nobody has a PIN yet,
// and one that the data does not know is refused: CodeUnavailable
// "secret.pepper-lost", "secret.foreign" or what is wrong with the keys' files.
func (s *Shop) openKeys(ctx context.Context, unstaffed bool) ([]byte, error) {
	mark, err := s.keysMark(ctx)
	if err != nil {
		return nil, err
	}
	pepper, err := secret.Pepper(s.Secrets, unstaffed)
	if err == nil && !unstaffed && !till.FitsKeys(pepper, mark) {
		err = pos.E(pos.CodeUnavailable, "secret.foreign", pos.Args{"Dir": s.Home.Secrets()})
	}
	if err == nil || !secret.Lost(err) {
		return pepper, err
	}
	// The data of a copy has taken its place: so do the keys it carried.
	brought := secret.Waiting(s.Secrets)
	if brought == nil || mark == "" || !till.FitsKeys(brought, mark) {
		return nil, err
	}
	return brought, secret.Accept(s.Secrets, s.secretNames(), s.Clock.Now())
}

func (s *Shop) keysMark(ctx context.Context) (mark string, err error) {
	err = s.Store.View(ctx, func(tx till.Tx) (err error) { mark, err = tx.Meta(till.MetaKeys); return err })
	return mark, err
}

// keyless stands in for keys that are not there, to look at the data and to copy
// it: nobody logs in under it.
func keyless() []byte {
	pepper := make([]byte, secret.PepperBytes)
	_, _ = rand.Read(pepper) // never fails
	return pepper
}

// secretNames are the secrets of a shop beside its pepper.
func (s *Shop) secretNames() []string {
	names := []string{PassphraseName}
	for _, d := range s.Declarations() {
		for _, f := range d.Fields {
			if f.IsSecret() {
				names = append(names, d.Key(f.Key))
			}
		}
	}
	return names
}

// carryKeys gives the copies under a passphrase the shop's own keys, where the
// settings want that and the data has proved that they are its own. Keys that
// cannot be read keep no copy from being made.
func (s *Shop) carryKeys(ctx context.Context, targets []backup.Target) {
	if s.Keys != nil || !s.Settings().Backup.Keys {
		return
	}
	var keys map[string]secret.Secret
	for i := range targets {
		if targets[i].Key.Seal != pos.SealPassphrase {
			continue
		}
		if keys == nil {
			var err error
			if keys, err = s.provedKeys(ctx); err != nil {
				s.Log.Warn("the copies do not carry the keys", "error", err)
				return
			}
		}
		targets[i].Key.Carried = keys
	}
}

// provedKeys are the keys the data is known to stand under; none where nobody has
// logged in since the till marks its data.
func (s *Shop) provedKeys(ctx context.Context) (map[string]secret.Secret, error) {
	mark, err := s.keysMark(ctx)
	if err != nil || mark == "" {
		return nil, err
	}
	keys, err := secret.Carry(s.Secrets, s.secretNames())
	if err != nil || !till.FitsKeys(secret.Raw(keys[secret.PepperName]), mark) {
		return nil, err
	}
	return keys, nil
}

// planKeys tells what becomes of the keys when a copy takes the place of the
// data: whether those of this computer fit it, else those it carries, else none.
func (s *Shop) planKeys(ctx context.Context, store *local.Store, r *Restoring) error {
	staffed, mark := false, ""
	err := store.View(ctx, func(tx till.Tx) error {
		people, err := tx.Employees()
		for _, e := range people {
			staffed = staffed || e.PINHash != ""
		}
		if err != nil {
			return err
		}
		mark, err = tx.Meta(till.MetaKeys)
		return err
	})
	if err != nil || !staffed {
		return err
	}
	own, err := secret.Pepper(s.Secrets, false)
	switch {
	case err == nil && till.FitsKeys(own, mark):
		return nil
	case err != nil && !secret.Lost(err):
		return err
	}
	brought := secret.Raw(r.stage.Keys[secret.PepperName])
	switch {
	case brought == nil || mark == "" || !till.FitsKeys(brought, mark):
		r.LostPINs = true
	case err == nil:
		r.Keys = till.KeysExchanged
	default:
		r.Keys = till.KeysBrought
	}
	return nil
}

// awaitKeys keeps the keys the copy carries until it has taken its place.
func (s *Shop) awaitKeys(r *Restoring) error {
	if r.Keys == "" {
		return nil
	}
	if err := secret.Clear(s.Secrets, s.Home.Secrets(), s.Clock.Now()); err != nil {
		return err
	}
	return secret.Await(s.Secrets, r.stage.Keys)
}

// Recovered is what a recovery left.
type Recovered struct {
	Owner pos.Actor
	Next  hidden.Text // the recovery code from now on; empty where none could be made
}

// Recover lets the owner of a shop whose keys are lost in by the recovery code,
// while no till works there: a new secret is made, every PIN is void, the owner has
// the new one, and a new recovery code takes the place of the one used. The keys
// that were there are kept aside. Refusals are those of till.CheckRecovery and of
// a PIN that cannot be one; nothing is changed by them but the count of wrong
// codes.
func Recover(ctx context.Context, o Options, code hidden.Text, pin string) (r Recovered, err error) {
	o.Beside, o.Create, o.Storeless, o.Keyless = false, false, false, true
	s, err := Open(ctx, o)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := pos.CheckPIN(pin); err != nil {
		return r, err
	}
	if _, err := s.Till.CheckRecovery(ctx, code); err != nil {
		return r, err
	}
	// The secret first: a process that ends before the data knows it leaves keys
	// that do not belong to it, and the same code lets the owner in again.
	pepper, err := secret.Renew(s.Secrets, s.Home.Secrets(), s.Clock.Now())
	if err != nil {
		return r, err
	}
	s.Keys = nil
	s.putTill(o, pepper)
	if r.Owner, err = s.Till.Recover(ctx, code, pin); err != nil {
		return r, err
	}
	if r.Next, err = s.Till.NewRecovery(ctx, r.Owner); err != nil {
		s.Log.Error("the next recovery code was not made", "error", err)
	}
	return r, nil
}
