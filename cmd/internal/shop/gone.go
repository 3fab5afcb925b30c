package shop

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"kassa/pos"
	"kassa/storage"
	"kassa/storage/backup"
	"kassa/storage/config"
)

// What is in a home beside its database, and how a folder is called that keeps
// what was there before.
const (
	asidePrefix = "aside-"
	asideStamp  = "20060102-150405"
)

// Remains are what a shop left in a home whose database is gone. Where there are
// any, no empty shop is made over them by itself.
type Remains struct {
	Copies []pos.Copy // of the shop's own folder, newest first
	Aside  []string   // folders in which an earlier database was laid aside
	Log    bool       // the log of the database lies there alone
}

// Any reports whether a shop left anything.
func (r *Remains) Any() bool { return len(r.Copies) > 0 || len(r.Aside) > 0 || r.Log }

// Best is the copy to restore: the newest whose list does not speak against it,
// else the newest; nil for none.
func (r *Remains) Best() *pos.Copy {
	if i := slices.IndexFunc(r.Copies, func(c pos.Copy) bool { return c.Verified || c.Holds == nil }); i >= 0 {
		return &r.Copies[i]
	}
	if len(r.Copies) > 0 {
		return &r.Copies[0]
	}
	return nil
}

// FindRemains looks for what a shop left in a home. What cannot be looked into is
// as good as not there.
func FindRemains(home config.Home) *Remains {
	r := &Remains{}
	r.Copies, _ = backup.List(home.Backups())
	folders, _ := filepath.Glob(filepath.Join(home.Dir, asidePrefix+"*"))
	for _, dir := range folders {
		if _, err := os.Lstat(filepath.Join(dir, filepath.Base(home.Database()))); err == nil {
			r.Aside = append(r.Aside, dir)
		}
	}
	slices.Reverse(r.Aside)
	if st, err := os.Lstat(home.Database() + "-wal"); err == nil && st.Size() > 0 {
		r.Log = true
	}
	return r
}

// refuseGone refuses a home in which there was a shop whose database is gone, as
// CodeConflict "shop.gone": it names the copy to restore, or "shop.gone-bare" where
// there is none.
func refuseGone(home config.Home) error {
	r := FindRemains(home)
	if !r.Any() {
		return nil
	}
	c := r.Best()
	if c == nil {
		return pos.E(pos.CodeConflict, "shop.gone-bare", pos.Args{"Dir": home.Dir, "Path": home.Database()})
	}
	return pos.E(pos.CodeConflict, "shop.gone", pos.Args{"Dir": home.Dir, "Path": home.Database(), "Copy": c.Path, "At": c.At})
}

// IsGone reports that an error tells of a shop whose database is gone.
func IsGone(err error) bool {
	e, ok := errors.AsType[*pos.Error](err)
	return ok && (e.ID == "shop.gone" || e.ID == "shop.gone-bare")
}

// Broken reports that an error tells of a database that is gone or cannot be
// read, so that a copy is what helps.
func Broken(err error) bool {
	e, ok := errors.AsType[*pos.Error](err)
	if !ok {
		return false
	}
	switch e.ID {
	case storage.IDCorrupt, storage.IDForeign, storage.IDEmpty:
		return true
	}
	return IsGone(err)
}

// layAside moves what a shop left in a home into a folder of its own, so that a
// new one begins with nothing of it: neither do its settings hold, nor do its
// copies make room for those of another shop. Each step can be done again.
func layAside(home config.Home, at time.Time) (aside string, err error) {
	lock, err := storage.LockDir(home.Dir)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	first := filepath.Join(home.Dir, asidePrefix+at.Format(asideStamp))
	aside = first
	for n := 2; ; n++ {
		if err = os.Mkdir(aside, 0o700); !errors.Is(err, fs.ErrExist) {
			break
		}
		aside = first + "-" + strconv.Itoa(n)
	}
	if err != nil {
		return "", storage.FileError(err, aside)
	}
	// The database last: until it has gone the home is one that has remains.
	for _, path := range []string{home.Images(), home.Config(), home.Database() + "-shm", home.Database() + "-wal", home.Backups(), home.Database()} {
		err := os.Rename(path, filepath.Join(aside, filepath.Base(path)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", storage.FileError(err, path)
		}
	}
	if err := storage.SyncDir(home.Dir); err != nil {
		return "", err
	}
	_, err = config.FindHome(home.Dir) // the folders it needs, empty
	return aside, err
}
