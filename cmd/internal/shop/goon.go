package shop

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/till"
	"kassa/storage"
	"kassa/storage/sqlite"
)

// What becomes of a shop that goes on although its history lacks something, and
// what it must not do before that is decided.

// GoOn lets the shop trade although something of its history is missing: in a new
// epoch above everything that is known, recorded with what was missing. The data
// as it was found is kept in a folder beside, whose path is the answer. It needs
// the right to restore; CodeConflict "history.whole" where nothing is missing.
func (s *Shop) GoOn(ctx context.Context, a pos.Actor) (aside string, err error) {
	gap := s.history.gap.Load()
	if gap == nil {
		return "", pos.E(pos.CodeConflict, "history.whole", nil)
	}
	if err := s.Till.Demand(ctx, a, pos.RightRestore); err != nil {
		return "", err
	}
	if aside, err = s.keepFound(ctx, gap); err != nil {
		return "", err
	}
	now, err := s.Till.GoOn(ctx, a, gap, s.everKnown(ctx, gap.Now.Origin), aside)
	if err != nil {
		return "", err
	}
	s.history.gap.Store(nil)
	s.hear(now)
	s.Store.Watch(s.hear)
	s.syncWitness()
	if err := s.forgetAgain(ctx, a, s.Till); err != nil {
		s.Log.Warn("who had been erased may be back with older data", "error", err)
	}
	return aside, nil
}

// Names of what is kept of data that was found to be behind.
const (
	asideStart = "aside-"
	foundName  = "found.json"
	partEnd    = ".part"
)

// keepFound copies the data as it is, with what showed that something is missing,
// into a folder that gets its name when all of it is there.
func (s *Shop) keepFound(ctx context.Context, gap *history.Gap) (string, error) {
	aside := filepath.Join(s.Home.Dir, asideStart+s.Clock.Now().Format("20060102-150405"))
	part := aside + partEnd
	if err := os.RemoveAll(part); err != nil {
		return "", storage.FileError(err, part)
	}
	if err := os.Mkdir(part, 0o700); err != nil {
		return "", storage.FileError(err, part)
	}
	data := filepath.Join(part, sqlite.FileName)
	made := storage.PartName(data)
	if _, err := s.Store.Snapshot(ctx, made, nil); err != nil {
		return "", errors.Join(err, os.RemoveAll(part))
	}
	text, err := json.MarshalIndent(gap, "", "  ")
	if err != nil {
		return "", pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	err = storage.ReplaceFile(filepath.Join(part, foundName), append(text, '\n'))
	if err == nil {
		err = os.Rename(made, data)
	}
	if err == nil {
		err = os.Rename(part, aside)
	}
	if err != nil {
		return "", errors.Join(storage.FileError(err, aside), os.RemoveAll(part))
	}
	return aside, storage.SyncDir(s.Home.Dir)
}

// keepsGoodCopies refuses copies to the folders of the settings while something is
// missing of the history: they would take the place of the copy that has it. A
// folder somebody names may have one.
func (s *Shop) keepsGoodCopies(folder string) error {
	g := s.Missing()
	if g == nil {
		return nil
	}
	abs, err := filepath.Abs(folder)
	if folder != "" && err == nil && abs != s.Home.Backups() {
		return nil
	}
	return till.GapError(g)
}
