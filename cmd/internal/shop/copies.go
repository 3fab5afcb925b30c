package shop

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"time"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/storage/backup"
)

// PassphraseName is the name under which the passphrase of sealed copies is kept.
const PassphraseName = "backup.passphrase"

// CopyTo says where a copy goes that somebody asked for. The zero value means
// everywhere the settings say. A folder that is not there is refused, but for the
// shop's own.
type CopyTo struct {
	Folder string     // one folder; "" for those of the settings
	Key    backup.Key // how it is sealed there; the zero Key leaves it open
}

// MakeCopies makes a checked copy of the shop's data in each folder while work
// goes on, and remembers what became of each. It needs the right to make copies.
// err is for what kept every copy from being made; what one folder refused is in
// its result.
func (s *Shop) MakeCopies(ctx context.Context, a pos.Actor, to CopyTo) ([]pos.CopyResult, error) {
	if err := s.Till.Demand(ctx, a, pos.RightBackup); err != nil {
		return nil, err
	}
	if err := s.keepsGoodCopies(to.Folder); err != nil {
		return nil, err
	}
	targets := s.copyTargets()
	if to.Folder != "" {
		abs, err := filepath.Abs(to.Folder)
		if err != nil {
			return nil, pos.Wrap(pos.CodeInvalid, "shop.backup-dir", err)
		}
		// Only the shop's own folder is made: another that is not there is a stick
		// that was pulled out.
		targets = []backup.Target{{Folder: abs, Key: to.Key}}
		if abs == s.Home.Backups() {
			targets[0].Make, targets[0].Keep, targets[0].Days = true, s.Settings().Backup.Keep, s.Settings().Backup.Days
		}
	}
	s.copying.Lock()
	defer s.copying.Unlock()
	s.carryKeys(ctx, targets)
	if err := s.KeepConfig(ctx); err != nil {
		s.Log.Warn("the settings are not beside the data", "error", err)
	}
	files, done := s.carriedFiles(ctx)
	defer done()
	results, err := backup.Make(ctx, backup.Order{Store: s.Store, Work: s.Home.Backups(), Targets: targets,
		Now: s.Clock.Now(), Program: s.version, Files: files, Patience: s.patience, Create: s.createCopy})
	if err != nil {
		// The first copy is the shop's own: it is there that nothing was made.
		_ = s.Till.NoteCopies(context.WithoutCancel(ctx), a, []pos.CopyResult{{Folder: s.Home.Backups(), Err: err}})
		return nil, err
	}
	for _, r := range results {
		if r.Err != nil {
			s.Log.Error("a copy was not made", "folder", r.Folder, "error", r.Err)
		}
	}
	s.syncWitness()
	return results, s.Till.NoteCopies(context.WithoutCancel(ctx), a, results)
}

// How long a folder of copies may answer nothing: while copies are made, while the
// shop waits for them to end, and while somebody looks what is there.
const (
	closePatience = 5 * time.Second
	listPatience  = 5 * time.Second
)

func (s *Shop) patience() time.Duration {
	if s.closing.Load() {
		return cmp.Or(s.hurry, closePatience)
	}
	return backup.Patience
}

// Backup makes one checked copy and returns its path: in dir, or with "" in all
// folders of the settings, of which the answer is the shop's own. A folder that
// refused its copy is the error; the others have theirs.
func (s *Shop) Backup(ctx context.Context, a pos.Actor, dir string) (path string, err error) {
	results, err := s.MakeCopies(ctx, a, CopyTo{Folder: dir})
	if err != nil {
		return "", err
	}
	if results[0].Copy != nil {
		path = results[0].Copy.Path
	}
	return path, CopyError(results)
}

// CopyError is what the first folder that has no whole copy answered, nil when
// all have theirs.
func CopyError(results []pos.CopyResult) error {
	for _, r := range results {
		if r.Err != nil {
			return r.Err
		}
	}
	return nil
}

// copyTargets are the folders of the settings, the shop's own first: it is as
// open as the database beside it, the others are sealed as the settings say.
func (s *Shop) copyTargets() []backup.Target {
	set := s.Settings().Backup
	targets := []backup.Target{{Folder: s.Home.Backups(), Make: true, Keep: set.Keep, Days: set.Days}}
	key, keyErr := s.copyKey(set)
	for _, f := range set.FolderList() {
		if f == s.Home.Backups() {
			continue
		}
		t := backup.Target{Folder: f, Key: key, Keep: set.Keep, Days: set.Days}
		if keyErr != nil {
			s.Log.Warn("the passphrase of copies cannot be read", "error", keyErr)
		}
		targets = append(targets, t)
	}
	return targets
}

// copyKey is how the settings seal copies. A passphrase that cannot be read is
// left empty: those copies are then refused, never made open.
func (s *Shop) copyKey(set pos.BackupSettings) (backup.Key, error) {
	key := backup.Key{Seal: set.Seal, Recipient: set.Recipient, Work: s.copyWork}
	if set.Seal != pos.SealPassphrase {
		return key, nil
	}
	var err error
	key.Passphrase, err = s.Secrets.Get(PassphraseName)
	return key, err
}

// Copies tells what lies in the shop's own folder of copies and in those of the
// settings. A folder that cannot be looked into says why.
func (s *Shop) Copies(ctx context.Context, a pos.Actor) ([]pos.CopyFolder, error) {
	if err := s.Till.Demand(ctx, a, pos.RightBackup); err != nil {
		return nil, err
	}
	standings, err := s.Till.CopyStandings(ctx)
	if err != nil {
		return nil, err
	}
	var list []pos.CopyFolder
	for i, t := range s.copyTargets() {
		f := pos.CopyFolder{Folder: t.Folder, Own: i == 0, Set: true}
		if j := slices.IndexFunc(standings, func(c pos.CopyStanding) bool { return c.Folder == t.Folder }); j >= 0 {
			f.Standing = standings[j]
		}
		f.Copies, f.Err = backup.ListWithin(ctx, t.Folder, listPatience)
		list = append(list, f)
	}
	return list, nil
}

// KeepConfig stores the settings beside the data, so that a copy alone brings a
// shop back.
func (s *Shop) KeepConfig(ctx context.Context) error {
	text, err := s.Config.Text()
	if err != nil {
		return err
	}
	set := s.Settings()
	return s.Till.KeepSettings(ctx, till.KeptSettings{Shop: set.Shop, Till: set.Till, File: text, Currency: set.Currency})
}

// copyLook is how often the schedule is looked at.
const copyLook = time.Minute

// KeepCopies makes the copies of the schedule while ctx lasts; what was missed
// is made up for, and what failed is tried again later.
func (s *Shop) KeepCopies(ctx context.Context) {
	s.copies.Go(func() {
		for tick := time.NewTicker(copyLook); ; {
			s.copyIfDue(ctx)
			select {
			case <-ctx.Done():
				tick.Stop()
				return
			case <-tick.C:
			}
			if s.closing.Load() {
				tick.Stop()
				return
			}
		}
	})
}

// copyIfDue makes the copies when their time has come.
func (s *Shop) copyIfDue(ctx context.Context) {
	set := s.Settings().Backup
	if !set.Scheduled() || ctx.Err() != nil || s.closing.Load() || s.Missing() != nil {
		return
	}
	standings, err := s.Till.CopyStandings(ctx)
	if err != nil {
		s.Log.Warn("how the copies stand cannot be read", "error", err)
		return
	}
	now := s.Clock.Now()
	for _, t := range s.copyTargets() {
		var c pos.CopyStanding
		if i := slices.IndexFunc(standings, func(c pos.CopyStanding) bool { return c.Folder == t.Folder }); i >= 0 {
			c = standings[i]
		}
		if set.Due(c.LastAt.In(now.Location()), c.TriedAt, now) {
			s.copyNow(ctx)
			return
		}
	}
}

// copyNow makes the copies nobody waits for and tells what became of them.
func (s *Shop) copyNow(ctx context.Context) []pos.CopyResult {
	results, err := s.MakeCopies(ctx, till.System(), CopyTo{})
	if err != nil && results == nil {
		if errors.Is(err, context.Canceled) {
			return nil
		}
		results = []pos.CopyResult{{Folder: s.Home.Backups(), Err: err}}
	}
	if err != nil {
		s.Log.Error("copies were not made, or not remembered", "error", err)
	}
	if s.OnCopies != nil {
		s.OnCopies(results)
	}
	return results
}

// shiftCopies are the copies that belong to a closed shift.
type shiftCopies struct {
	made    chan struct{}
	results []pos.CopyResult // once made is closed
}

// copyAfter makes the copies that belong to a closed shift, while the cashier is
// already doing something else. The shift stays closed whatever becomes of them.
func (s *Shop) copyAfter(pos.ShiftReport) {
	if !s.Settings().Backup.OnClose {
		s.lastShift.Store(nil)
		return
	}
	c := &shiftCopies{made: make(chan struct{})}
	s.lastShift.Store(c)
	s.copies.Go(func() {
		defer close(c.made)
		c.results = s.copyNow(context.Background())
	})
}

// ShiftCopies waits at most so long for the copies that belong to the shift that
// was closed last and tells what became of them: none where the settings want
// none. made is false while they are still being made.
func (s *Shop) ShiftCopies(ctx context.Context, most time.Duration) (results []pos.CopyResult, made bool) {
	c := s.lastShift.Load()
	if c == nil {
		return nil, true
	}
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	select {
	case <-c.made:
		return c.results, true
	case <-ctx.Done():
		return nil, false
	}
}
