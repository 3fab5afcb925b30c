package shop

import (
	"context"
	"errors"
	"path/filepath"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/history"
	"kassa/pos/till"
	"kassa/storage"
	"kassa/storage/backup"
	"kassa/storage/local"
	"kassa/storage/secret"
)

// Restoring is a copy that was looked through and can take the place of the
// shop's data. Close it when it is not wanted.
type Restoring struct {
	till.RestorePlan
	stage  *backup.Stage
	config string // config.toml of the copy
	placed bool
}

// Close forgets the copy unless it was placed.
func (r *Restoring) Close() error {
	if r.placed {
		return nil
	}
	return r.stage.Drop()
}

// PlanRestore opens a copy beside the shop's data, checks it whole and tells
// what it holds and what would be lost. Nothing is changed. It needs the right to
// restore, and works without the shop's own database where that is gone or
// damaged (Storeless): then nobody's right can be asked, and whoever may use the
// folder may do it.
func (s *Shop) PlanRestore(ctx context.Context, a pos.Actor, file string, key backup.Opener) (_ *Restoring, err error) {
	if s.Till != nil {
		if err := s.Till.Demand(ctx, a, pos.RightRestore); err != nil {
			return nil, err
		}
	}
	abs, err := filepath.Abs(file)
	if err != nil {
		return nil, pos.Wrap(pos.CodeInvalid, "shop.backup-dir", err)
	}
	stage, err := backup.NewStage(ctx, s.Home.Dir, abs, key)
	if err != nil {
		return nil, err
	}
	r := &Restoring{RestorePlan: till.RestorePlan{File: abs, Holds: *stage.Holds}, stage: stage}
	defer func() {
		if err != nil {
			err = errors.Join(err, r.Close())
		}
	}()
	err = backup.Blame(s.within(ctx, stage, func(t *till.Till, store *local.Store) error {
		if r.Problems, err = t.SelfCheck(ctx, till.System()); err != nil {
			return err
		}
		kept, err := t.StoredSettings(ctx)
		if err != nil {
			return err
		}
		r.config = kept.File
		r.SealsUnread = !t.SealsRead()
		return s.planKeys(ctx, store, r)
	}), abs)
	if err != nil {
		return nil, err
	}
	return r, s.compare(ctx, a, r)
}

// compare looks at what the shop's data has that the copy has not.
func (s *Shop) compare(ctx context.Context, a pos.Actor, r *Restoring) (err error) {
	all := append(s.everKnown(ctx, r.Holds.Origin), standingOf(&r.Holds))
	if s.Till == nil {
		r.Epoch, r.Above = history.NextEpoch(all...)
		return nil
	}
	if r.Now, err = s.Till.Contents(ctx); err != nil {
		return err
	}
	all = append(append(all, s.everKnown(ctx, r.Now.Origin)...), standingOf(r.Now))
	r.Epoch, r.Above = history.NextEpoch(all...)
	r.Foreign = r.Now.Origin != "" && r.Now.Origin != r.Holds.Origin
	r.Lost, err = s.Till.SoldAfter(ctx, a, &r.Holds)
	if r.Foreign {
		// Of two histories nothing is common: all of the present one would go.
		r.Lost.Count = r.Now.Sales
	}
	return err
}

// within opens the copy as a till of its own and closes it again.
func (s *Shop) within(ctx context.Context, stage *backup.Stage, fn func(*till.Till, *local.Store) error) error {
	store, err := local.Open(ctx, local.Params{Dir: stage.Dir, Log: s.Log, Now: s.Clock.Now, Beside: true})
	if err != nil {
		return err
	}
	set := s.Settings()
	t, err := s.tillOfCopy(ctx, stage, store, func() pos.Settings { return set })
	if err != nil {
		return errors.Join(err, store.Close())
	}
	kept, err := t.StoredSettings(ctx)
	if err != nil {
		return errors.Join(err, store.Close())
	}
	if kept.Currency != "" {
		set.Currency = kept.Currency // its books are kept in it
	}
	return errors.Join(fn(t, store), store.Close())
}

// PlaceRestore makes the copy the shop's next data, in a new epoch; the data of
// now is kept in a folder beside, whose path is the answer. It takes its place
// when the shop is opened next: sell nothing more before that. A copy whose
// self-check found faults is CodeConflict "backup.faulty" unless faulty is true.
func (s *Shop) PlaceRestore(ctx context.Context, a pos.Actor, r *Restoring, faulty bool) (aside string, err error) {
	if s.Till != nil {
		if err := s.Till.Demand(ctx, a, pos.RightRestore); err != nil {
			return "", err
		}
	}
	if len(r.Problems) > 0 && !faulty {
		return "", pos.E(pos.CodeConflict, "backup.faulty", pos.Args{"Count": len(r.Problems)})
	}
	// What was sold since the look is told of too.
	if err := s.compare(ctx, a, r); err != nil {
		return "", err
	}
	err = s.within(ctx, r.stage, func(t *till.Till, _ *local.Store) error {
		if err := t.Restored(ctx, a, &r.RestorePlan); err != nil {
			return err
		}
		if err := s.forgetAgain(ctx, a, t); err != nil || !t.SealsRead() {
			return err
		}
		return sealCopy(ctx, t)
	})
	if err != nil {
		return "", err
	}
	if err := s.awaitKeys(r); err != nil {
		return "", err
	}
	r.stage.Foreign = r.Foreign
	if aside, err = r.stage.Place(s.Clock.Now(), r.config); err != nil {
		return "", err
	}
	r.placed = true
	return aside, nil
}

// Restore puts a copy into the place of the data of a home in which no till
// works, and returns where the data from before lies. confirm is asked first with
// what would become of it; its error ends the matter with nothing changed.
func Restore(ctx context.Context, o Options, file string, key hidden.Text, confirm func(*Shop, *till.RestorePlan) error) (aside string, err error) {
	o.Beside, o.Create = true, false
	s, err := openForRestore(ctx, o)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	r, err := s.PlanRestore(ctx, till.System(), file, key)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if err := confirm(s, &r.RestorePlan); err != nil {
		return "", err
	}
	// Whoever sells must have stopped before the data is exchanged below him.
	lock, err := storage.LockDir(s.Home.Dir)
	if err != nil {
		return "", err
	}
	aside, err = s.PlaceRestore(ctx, till.System(), r, true)
	if err := errors.Join(err, s.Close(), lock.Release()); err != nil {
		return "", err
	}
	_, err = backup.Finish(s.Home.Dir)
	return aside, err
}

// openForRestore opens the shop, or without its database where there is none or
// it cannot be read: bringing it back is what this is for.
func openForRestore(ctx context.Context, o Options) (*Shop, error) {
	s, err := Open(ctx, o)
	if err == nil {
		return s, nil
	}
	e, ok := errors.AsType[*pos.Error](err)
	if !ok {
		return nil, err
	}
	if secret.Lost(err) {
		o.Keyless = true // the data is there, and what would be lost of it is told
		return Open(ctx, o)
	}
	switch e.ID {
	case "shop.gone", "shop.gone-bare", "shop.none", storage.IDCorrupt, storage.IDForeign, storage.IDEmpty, storage.IDIO:
		o.Storeless = true
		return Open(ctx, o)
	}
	return nil, err
}
