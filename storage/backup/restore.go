package backup

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/storage"
	"kassa/storage/local"
	"kassa/storage/sqlite"
)

// Names within a shop's folder.
const (
	stageName  = "restoring"    // the copy that is to become the data
	markerName = "restore.json" // says that it shall
	asideName  = "aside-"       // what the data was before
	configName = "config.toml"
)

// Stage is a copy on its way to become a shop's data. Until it is placed the
// shop's own data is not touched.
type Stage struct {
	Dir   string // holds the opened copy under the usual name of a database
	home  string
	Holds *pos.CopyContents
	// Keys are the shop's keys the copy carried, by name; nil for none.
	Keys map[string]hidden.Text
}

// NewStage opens a copy and checks it: that it opens, that the engine finds it
// sound, that it is a till's, and that this program knows its schema. What is
// wrong with the file is told of it by its name: CodeNotFound "backup.no-file",
// CodeInvalid for a key that does not fit, CodeUnavailable "backup.damaged",
// "backup.not-copy", "backup.empty", "backup.newer", "backup.unreadable" or
// "backup.is-folder"; else it is what our own disk refuses.
func NewStage(ctx context.Context, home, file string, key Opener) (_ *Stage, err error) {
	s := &Stage{Dir: filepath.Join(home, stageName), home: home}
	if _, err := os.Stat(filepath.Join(home, markerName)); err == nil {
		return nil, pos.E(pos.CodeConflict, "backup.restore-begun", nil)
	}
	if err := s.Drop(); err != nil {
		return nil, err
	}
	st, err := given(file)
	if err != nil {
		return nil, err
	}
	if space, err := storage.SpaceIn(home); err != nil {
		return nil, err
	} else if space.Free < 2*st.Size()+storage.SpaceStop {
		return nil, pos.E(pos.CodeUnavailable, storage.IDFull, pos.Args{"Path": home})
	}
	if err := os.Mkdir(s.Dir, 0o700); err != nil {
		return nil, storage.FileError(err, s.Dir)
	}
	defer func() {
		if err != nil {
			_ = s.Drop()
		}
	}()
	open := s.database()
	if s.Keys, err = unsealed(ctx, file, open, key); err != nil {
		return nil, err
	}
	if s.Holds, err = local.Contents(ctx, open); err != nil {
		return nil, Blame(err, file)
	}
	if err := sqlite.Sound(ctx, open); err != nil {
		return nil, Blame(err, file)
	}
	known, err := local.Schema()
	if err != nil {
		return nil, err
	}
	if s.Holds.Schema > known {
		return nil, Blame(pos.E(pos.CodeUnavailable, storage.IDNewer, pos.Args{"Have": s.Holds.Schema, "Known": known}), file)
	}
	return s, nil
}

func (s *Stage) database() string { return filepath.Join(s.Dir, sqlite.FileName) }

// Drop forgets the copy.
func (s *Stage) Drop() error { return storage.FileError(os.RemoveAll(s.Dir), s.Dir) }

// marker is what restore.json holds.
type marker struct {
	Aside string `json:"aside"` // folder within the home
}

// Place makes the copy the shop's next data: from now on Finish puts it into its
// place, also after a crash. The till must be begun anew. config is config.toml
// for a shop that has none, "" to leave it. It returns the folder into which the
// data of now goes.
func (s *Stage) Place(now time.Time, config string) (aside string, err error) {
	if config != "" {
		if err := storage.ReplaceFile(filepath.Join(s.Dir, configName), []byte(config)); err != nil {
			return "", err
		}
	}
	if err := storage.SyncFile(s.database()); err != nil {
		return "", err
	}
	if err := storage.SyncDir(s.Dir); err != nil {
		return "", err
	}
	m := marker{Aside: asideName + now.Format("20060102-150405")}
	text, err := json.Marshal(m)
	if err != nil {
		return "", pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	return filepath.Join(s.home, m.Aside), storage.ReplaceFile(filepath.Join(s.home, markerName), text)
}

// Finish puts a placed copy into its place while nobody works in the home. Until
// its marker is there nothing was changed; from then on every step can be done
// again, so that whatever happens in between the home holds either the data from
// before or the copy, whole, and the data from before lies aside. done is false
// when there was nothing to do, or a till works there.
func Finish(home string) (done bool, err error) { return finish(home, func(string) {}) }

func finish(home string, at func(step string)) (bool, error) {
	mark := filepath.Join(home, markerName)
	text, err := os.ReadFile(mark)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	} else if err != nil {
		return false, storage.FileError(err, mark)
	}
	lock, err := storage.LockDir(home)
	if e, ok := errors.AsType[*pos.Error](err); ok && e.ID == storage.IDRunning {
		return false, nil
	} else if err != nil {
		return false, err
	}
	defer lock.Release()
	var m marker
	if err := json.Unmarshal(text, &m); err != nil || filepath.Base(m.Aside) != m.Aside {
		return false, &pos.Error{Code: pos.CodeUnavailable, ID: "backup.marker-bad", Args: pos.Args{"Path": mark}, Err: err}
	}
	stage := filepath.Join(home, stageName)
	fresh, data := filepath.Join(stage, sqlite.FileName), filepath.Join(home, sqlite.FileName)
	if _, err := os.Stat(fresh); err == nil {
		at("aside")
		if err := layAside(home, filepath.Join(home, m.Aside), at); err != nil {
			return false, err
		}
		at("settings")
		if err := bringConfig(stage, home); err != nil {
			return false, err
		}
		// The log of the old data lies aside with it; beside the new file it
		// would be taken for its own.
		for _, end := range []string{"-wal", "-shm", "-journal"} {
			at("log" + end)
			if err := os.Remove(data + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return false, storage.FileError(err, data+end)
			}
		}
		at("replace")
		if err := os.Rename(fresh, data); err != nil {
			return false, storage.FileError(err, data)
		}
		at("sync")
		if err := storage.SyncDir(home); err != nil {
			return false, err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return false, storage.FileError(err, fresh)
	}
	at("clear")
	if err := os.RemoveAll(stage); err != nil {
		return false, storage.FileError(err, stage)
	}
	at("unmark")
	if err := os.Remove(mark); err != nil {
		return false, storage.FileError(err, mark)
	}
	return true, storage.SyncDir(home)
}

// layAside keeps the data as it is in a folder that gets its name when all of it
// is there.
func layAside(home, aside string, at func(string)) error {
	if _, err := os.Stat(aside); err == nil {
		return nil
	}
	part := aside + ".part"
	if err := os.RemoveAll(part); err != nil {
		return storage.FileError(err, part)
	}
	if err := os.Mkdir(part, 0o700); err != nil {
		return storage.FileError(err, part)
	}
	for _, name := range []string{sqlite.FileName, sqlite.FileName + "-wal", configName} {
		at("aside " + name)
		from := filepath.Join(home, name)
		if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		keep := copyFile
		if name == sqlite.FileName {
			keep = link // the new file takes its name, not its place on the disk
		}
		if err := keep(from, filepath.Join(part, name)); err != nil {
			return err
		}
	}
	at("aside whole")
	if err := storage.SyncDir(part); err != nil {
		return err
	}
	if err := os.Rename(part, aside); err != nil {
		return storage.FileError(err, aside)
	}
	return storage.SyncDir(home)
}

// bringConfig gives a home without settings those of the copy.
func bringConfig(stage, home string) error {
	to := filepath.Join(home, configName)
	if _, err := os.Stat(to); err == nil {
		return nil
	}
	text, err := os.ReadFile(filepath.Join(stage, configName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return storage.FileError(err, stage)
	}
	return storage.ReplaceFile(to, text)
}
