package backup

import (
	"context"
	"encoding/json"
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
	imagesName = "images"
)

// Stage is a copy on its way to become a shop's data. Until it is placed the
// shop's own data is not touched.
type Stage struct {
	Dir   string // holds the opened copy under the usual name of a database
	home  string
	Holds *pos.CopyContents
	// Foreign says that the copy is another shop's: what stands behind the till of now
	// knows nothing of it, and goes aside.
	Foreign bool
	// Backend says that the copy carried what stands behind the till.
	Backend bool
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
	} else if space.Free < 3*st.Size()+storage.SpaceStop {
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
	if err := s.unload(ctx); err != nil {
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

// unload takes the pictures of goods, and what stands behind the till, out of the copy
// and lays them beside it.
func (s *Stage) unload(ctx context.Context) error {
	dir := filepath.Join(s.Dir, imagesName)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return storage.FileError(err, dir)
	}
	err := local.Unload(ctx, s.database(), func(name string, data []byte) error {
		path := filepath.Join(dir, name)
		if name == storage.BackendFile {
			s.Backend, path = true, filepath.Join(s.Dir, name)
		}
		if err := os.WriteFile(path, data, privateBit); err != nil {
			return storage.FileError(err, path)
		}
		return storage.SyncFile(path)
	})
	if err != nil || !s.Backend {
		return err
	}
	return sqlite.Sound(ctx, filepath.Join(s.Dir, storage.BackendFile))
}

func (s *Stage) database() string { return filepath.Join(s.Dir, sqlite.FileName) }

// Drop forgets the copy.
func (s *Stage) Drop() error { return storage.FileError(os.RemoveAll(s.Dir), s.Dir) }

// marker is what restore.json holds.
type marker struct {
	Aside   string `json:"aside"`             // folder within the home
	Foreign bool   `json:"foreign,omitempty"` // what stands behind the till is another's
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
	for _, dir := range []string{filepath.Join(s.Dir, imagesName), s.Dir} {
		if err := storage.SyncDir(dir); err != nil {
			return "", err
		}
	}
	m := marker{Aside: asideName + now.Format("20060102-150405"), Foreign: s.Foreign}
	text, err := json.Marshal(m)
	if err != nil {
		return "", pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	return filepath.Join(s.home, m.Aside), storage.ReplaceFile(filepath.Join(s.home, markerName), text)
}
