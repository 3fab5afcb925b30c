package shop

import (
	"context"
	"sync"
	"sync/atomic"

	"kassa/pos"
	"kassa/pos/health"
	"kassa/pos/history"
	"kassa/pos/till"
	"kassa/storage/backup"
	"kassa/storage/local"
	"kassa/storage/secret"
	"kassa/storage/witness"
)

// witnessing is who remembers the shop's history outside its database, and what
// they showed to be missing. A witness is asked by Known and hears by Keep: the
// file beside the secrets does both, the copies remember what they hold, and
// whoever else comes to know the history stands beside them.
type witnessing struct {
	dir    string // of the secrets
	pepper []byte

	mu     sync.Mutex
	file   *witness.File
	origin string
	shift  int64 // the newest when the file last went to the disk

	gap atomic.Pointer[history.Gap]
}

// source is somebody who remembers how far a history has come.
type source interface {
	// known tells what is remembered of the history with that origin. whole is
	// for a check that takes its time.
	known(ctx context.Context, origin string, whole bool) ([]history.Witness, error)
}

// sources are all who are asked.
func (s *Shop) sources() []source { return []source{&s.history, copiesOf{s.Home.Backups()}} }

// beginWitness compares the history with all who remember it and has it
// remembered from now on, unless something is missing.
func (s *Shop) beginWitness(ctx context.Context, pepper []byte, beside bool) error {
	s.history.dir = s.Home.Secrets()
	if s.Keys == nil { // else there is no key to seal under, or to read with
		s.history.pepper = pepper
	}
	now, err := s.Till.Standing(ctx)
	if err != nil {
		return err
	}
	known := s.witnesses(ctx, now.Origin, false)
	gap, err := s.Till.Behind(ctx, known)
	if err != nil {
		return err
	}
	if gap != nil && gap.Known.Kind == history.ByCopy {
		// What lies beside a copy may tell anything: the copy itself must say so.
		gap, err = s.Till.Behind(ctx, s.witnesses(ctx, now.Origin, true))
		if err != nil {
			return err
		}
	}
	if gap != nil {
		s.history.gap.Store(gap)
		s.Log.Error("the data is not what it was", "finding", gap.ID(), "witness", gap.Known.Where,
			"known_events", gap.Known.Events, "events", gap.Now.Events, "known_entries", gap.Known.Entries, "entries", gap.Now.Entries)
		return nil
	}
	for i := range known {
		reached := now.SealsSince(&known[i])
		s.Store.SealsReached(reached)
		now.Seals = now.Seals.With(reached)
	}
	if !beside {
		s.hear(now)
	}
	s.Store.Watch(s.hear)
	return nil
}

// witnesses asks everybody. Who cannot be asked says nothing, which is logged:
// that a witness is gone is no sign of what became of the data.
func (s *Shop) witnesses(ctx context.Context, origin string, whole bool) []history.Witness {
	var all []history.Witness
	for _, one := range s.sources() {
		known, err := one.known(ctx, origin, whole)
		if err != nil {
			s.Log.Warn("a witness of the history cannot be asked", "error", err)
		}
		all = append(all, known...)
	}
	return all
}

// hear has a standing remembered.
func (s *Shop) hear(now history.Standing) {
	f := s.history.of(now.Origin)
	if f == nil {
		return
	}
	if err := f.Keep(now); err != nil {
		s.Log.Warn("how far the history has come is not remembered", "error", err)
		return
	}
	if s.history.shiftBegan(now.Most[history.Shifts]) && !s.closing.Load() {
		s.copies.Go(s.syncWitness)
	}
}

// syncWitness makes what was heard outlast a power cut.
func (s *Shop) syncWitness() {
	s.history.mu.Lock()
	f := s.history.file
	s.history.mu.Unlock()
	if f == nil {
		return
	}
	if err := f.Sync(); err != nil {
		s.Log.Warn("how far the history has come may be forgotten with the power", "error", err)
	}
}

// endWitness gives the file back.
func (s *Shop) endWitness() error {
	if s.Store != nil {
		s.Store.Watch(nil)
	}
	s.history.mu.Lock()
	defer s.history.mu.Unlock()
	if s.history.file == nil {
		return nil
	}
	return s.history.file.Close()
}

// of is the file of the history with that origin; nil where it has not begun.
func (h *witnessing) of(origin string) *witness.File {
	h.mu.Lock()
	defer h.mu.Unlock()
	if origin == "" || len(h.pepper) == 0 {
		return nil
	}
	if h.file == nil || h.origin != origin {
		h.file, h.origin = witness.At(h.dir, origin, h.pepper), origin
	}
	return h.file
}

// shiftBegan reports a newer shift than before.
func (h *witnessing) shiftBegan(newest int64) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	began := newest > h.shift
	h.shift = max(h.shift, newest)
	return began
}

func (h *witnessing) known(_ context.Context, origin string, _ bool) ([]history.Witness, error) {
	f := h.of(origin)
	if f == nil {
		return nil, nil
	}
	stands, ok, err := f.Read()
	if err != nil || !ok {
		return nil, err
	}
	return []history.Witness{{Kind: history.ByFile, Where: f.Path(), Standing: stands}}, nil
}

// copiesOf are the copies in the shop's own folder, of which the newest whole one
// of a history remembers it.
type copiesOf struct{ folder string }

func (c copiesOf) known(ctx context.Context, origin string, whole bool) ([]history.Witness, error) {
	list, err := backup.List(c.folder)
	if err != nil {
		return nil, err
	}
	for i := range list {
		one := &list[i]
		if !one.Verified || one.Sealed || one.Holds == nil || one.Holds.Origin != origin {
			continue
		}
		holds := one.Holds
		if whole {
			if holds, err = local.Contents(ctx, one.Path); err != nil {
				return nil, err
			}
		}
		return []history.Witness{{Kind: history.ByCopy, Where: one.Path, Standing: standingOf(holds)}}, nil
	}
	return nil, nil
}

// standingOf is how far the history had come when a copy was made. One made by a
// program that did not tell is known by its heads and its last sale.
func standingOf(c *pos.CopyContents) history.Standing {
	if c.Stands != nil {
		return *c.Stands
	}
	s := history.Standing{Origin: c.Origin, Epoch: c.Epoch, Entries: c.Entries, Journal: c.Journal, Events: c.Events, Head: c.Head,
		Sale: c.LastSale, Most: history.Numbers{}, At: c.LastAt}
	s.Most.Raise(history.Sales, c.LastSale)
	return s
}

// everKnown is everything that is known of the histories with these origins: a
// number in any of it is never given again.
func (s *Shop) everKnown(ctx context.Context, origins ...string) []history.Standing {
	if len(s.history.pepper) == 0 { // the shop was opened without its database
		s.history.dir = s.Home.Secrets()
		if pepper, err := secret.Pepper(s.Secrets, false); err == nil {
			s.history.pepper = pepper
		}
	}
	copies, err := backup.List(s.Home.Backups())
	if err != nil {
		s.Log.Warn("the copies cannot be looked at", "error", err)
	}
	var all []history.Standing
	for _, origin := range origins {
		if origin == "" {
			continue
		}
		if len(s.history.pepper) > 0 {
			if stands, ok, err := witness.At(s.history.dir, origin, s.history.pepper).Read(); err == nil && ok {
				all = append(all, stands)
			}
		}
		for i := range copies {
			if h := copies[i].Holds; h != nil && h.Origin == origin {
				all = append(all, standingOf(h))
			}
		}
	}
	return all
}

// historyHealth looks at what is remembered of the history.
func (s *Shop) historyHealth() health.Line {
	l := health.Line{Name: "history", State: health.Good, ID: "health.history-ok", Place: health.Copies}
	if g := s.Missing(); g != nil {
		l.State, l.ID, l.Err = health.Bad, "", till.GapError(g)
		return l
	}
	s.history.mu.Lock()
	f := s.history.file
	s.history.mu.Unlock()
	if f == nil {
		return l
	}
	if _, _, err := f.Read(); err != nil {
		l.State, l.ID, l.Err = health.Warn, "", err
	}
	return l
}

// Missing is what is missing of the history; nil for nothing, or for a shop that
// was opened without its database.
func (s *Shop) Missing() *history.Gap { return s.history.gap.Load() }

// witnessedBy are what a self-check of the shop's till compares with.
func (s *Shop) witnessedBy(whole bool) []history.Witness {
	ctx := context.Background()
	s.history.mu.Lock()
	origin := s.history.origin
	s.history.mu.Unlock()
	if origin == "" {
		return nil
	}
	return s.witnesses(ctx, origin, whole)
}
