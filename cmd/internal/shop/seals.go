package shop

import (
	"context"

	"kassa/pos"
	"kassa/pos/seal"
	"kassa/pos/till"
	"kassa/storage/backup"
	"kassa/storage/config"
	"kassa/storage/local"
	"kassa/storage/secret"
)

// sealedSecret is where the till keeps since when its records carry seals: beside
// the secrets, so that whoever empties the database of them is not given new ones.
const sealedSecret = "seals.since"

// seals begins to look at the seals of records that guard money, and seals what a
// version without seals left behind. A shop opened beside a working till only
// looks. Where nobody has a PIN (any more), what was sealed under another secret
// is sealed under the till's, which is recorded: whoever comes first is the owner
// there anyway.
func (s *Shop) seals(ctx context.Context, beside, unstaffed bool) error {
	if s.Keys != nil {
		return nil
	}
	kept, err := s.Secrets.Get(sealedSecret)
	if err != nil {
		return err
	}
	known := kept.Reveal()
	begun, err := s.Till.SealsBegun(ctx)
	if err == nil && unstaffed {
		err = s.sealUnstaffed(ctx, known != "" && !begun)
	}
	if err != nil || beside && known == "" {
		return err
	}
	since, err := s.Till.BeginSeals(ctx, known)
	if err != nil || since == known {
		return err
	}
	if err := s.Secrets.Set(sealedSecret, secret.New(since)); err != nil {
		s.Log.Warn("since when records are sealed is known to the database alone", "error", err)
	}
	return nil
}

func (s *Shop) sealUnstaffed(ctx context.Context, never bool) error {
	foreign, err := s.Till.SealsForeign(ctx)
	if err != nil || !foreign && !never {
		return err
	}
	return s.Till.SealEverything(ctx, till.System(), "new keys")
}

// tillOfCopy is a till over the data of a copy. The seals of its records are looked
// at under the till's own secret, or under that the copy carries, where one fits;
// else under none. Nobody logs in there.
func (s *Shop) tillOfCopy(ctx context.Context, stage *backup.Stage, store *local.Store, set func() pos.Settings) (*till.Till, error) {
	p := till.Params{Store: store, Clock: s.Clock, IDs: uuids{}, Sender: sender{s}, Pepper: keyless(), Keyless: true, Log: s.Log, Settings: set}
	mark := ""
	err := store.View(ctx, func(tx till.Tx) (err error) { mark, err = tx.Meta(till.MetaKeys); return err })
	if err != nil {
		return nil, err
	}
	own, err := secret.Pepper(s.Secrets, false)
	if err != nil && !secret.Lost(err) {
		return nil, err
	}
	for _, pepper := range [][]byte{own, secret.Raw(stage.Keys[secret.PepperName])} {
		if pepper == nil || !till.FitsKeys(pepper, mark) {
			continue
		}
		fits := p
		fits.Pepper, fits.Keyless = pepper, false
		t := till.New(fits)
		foreign, err := t.SealsForeign(ctx)
		if err == nil && !foreign {
			_, err = t.SealsBegun(ctx)
		}
		if err != nil || !foreign {
			return t, err
		}
	}
	return till.New(p), nil
}

// watchSettings has the settings that guard money compared with what was decided
// at the till. What a variable of the environment decides is told elsewhere.
func (s *Shop) watchSettings(ctx context.Context, note bool) error {
	w := till.WatchedSettings{Values: map[string]string{}, Defaults: map[string]string{}, Skipped: map[string]bool{}}
	standard := config.DefaultValues()
	for key, value := range s.Config.Values() {
		switch {
		case !seal.GuardsSetting(key):
		case s.Config.Overridden(key):
			w.Skipped[key] = true
		default:
			w.Values[key], w.Defaults[key] = value, standard[key]
		}
	}
	return s.Till.WatchSettings(ctx, w, note)
}

// sealCopy seals the data of a copy that is older than the seals, since it takes
// the place of data that has them: restoring it was somebody's decision, and is
// recorded.
func sealCopy(ctx context.Context, t *till.Till) error {
	begun, err := t.SealsBegun(ctx)
	if err != nil || begun {
		return err
	}
	return t.SealEverything(ctx, till.System(), "restored")
}
