package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"time"

	"kassa/pos"
	"kassa/storage"
)

// BackupFolder is where copies lie within the data folder.
const BackupFolder = "backups"

const partSuffix = ".part"

// Backup copies the database as it stands into dir ("" for the usual folder)
// while work goes on, checks the copy, and removes the oldest copies beyond the
// number kept. It returns the copy's path. A copy that is not whole and sound
// never gets its name.
func (d *DB) Backup(ctx context.Context, dir string) (string, error) {
	if dir == "" {
		dir = filepath.Join(d.dir, BackupFolder)
	}
	return d.copyTo(ctx, dir, "kassa")
}

func (d *DB) copyTo(ctx context.Context, dir, kind string) (string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", storage.FileError(err, dir)
	}
	if err := d.roomFor(dir); err != nil {
		return "", err
	}
	name := kind + "-" + d.p.Now().UTC().Format("20060102-150405.000") + ".db"
	final := filepath.Join(dir, name)
	part := final + partSuffix
	d.clearParts(dir)
	// Left by a process that ended: VACUUM INTO wants a place that is free.
	os.Remove(part)
	if err := makePrivate(part); err != nil {
		return "", err
	}
	defer os.Remove(part) // gone where it got its name
	if err := vacuumInto(ctx, d.path, part, &d.p); err != nil {
		return "", err
	}
	if err := checkCopy(ctx, part, &d.p); err != nil {
		return "", err
	}
	if err := storage.SyncFile(part); err != nil {
		return "", err
	}
	if err := os.Rename(part, final); err != nil {
		return "", storage.FileError(err, final)
	}
	if err := storage.SyncDir(dir); err != nil {
		return "", err
	}
	return final, d.rotate(dir, kind)
}

// partAge is after what time a half-made copy belongs to nobody: one that is
// being made is written to all the time.
const partAge = time.Hour

// partName is a name copyTo gives, with what the engine lays down beside it;
// the folder may be anybody's.
var partName = regexp.MustCompile(`^(kassa|before-v\d+)-\d{8}-\d{6}\.\d{3}\.db\` + partSuffix + `(-journal|-wal|-shm)?$`)

// clearParts removes what processes that ended in the middle of a copy left
// behind; each is as large as the database, and no rotation ever meets it.
func (d *DB) clearParts(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return // the copy itself will tell
	}
	for _, e := range entries {
		if !partName.MatchString(e.Name()) {
			continue
		}
		st, err := e.Info()
		if err != nil || !st.Mode().IsRegular() || d.p.Now().Sub(st.ModTime()) < partAge {
			continue
		}
		if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
			d.p.Log.Warn("a half-made copy stays", "file", e.Name(), "error", err)
		}
	}
}

// privateFile is the mode of whatever holds the shop's data.
const privateFile = 0o600

// makePrivate lays down the empty file that VACUUM INTO fills: made by the
// engine itself it could be read by everybody who may enter the folder.
func makePrivate(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, privateFile)
	if err != nil {
		return storage.FileError(err, path)
	}
	return storage.FileError(f.Close(), path)
}

// roomFor refuses a copy that would leave the till without room.
func (d *DB) roomFor(dir string) error {
	size, _, err := exists(d.path)
	if err != nil {
		return err
	}
	s, err := storage.SpaceIn(dir)
	if err != nil {
		return err
	}
	if s.Free < size+storage.SpaceStop {
		return &pos.Error{Code: pos.CodeUnavailable, ID: storage.IDFull, Args: pos.Args{"Path": dir}}
	}
	return nil
}

func vacuumInto(ctx context.Context, from, to string, p *Params) error {
	v := common()
	v.Set("mode", "ro")
	setVFS(v, p)
	db, err := openPool(dsn(from, v), 1)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", to)
	return Translate(err)
}

// checkCopy reads the whole copy and asks the engine whether it is sound.
func checkCopy(ctx context.Context, path string, p *Params) error {
	v := common()
	v.Set("mode", "ro")
	v.Set("immutable", "1")
	setVFS(v, p)
	db, err := openPool(dsn(path, v), 1)
	if err != nil {
		return err
	}
	defer db.Close()
	var verdict string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return Translate(err)
	}
	if verdict != "ok" {
		return &pos.Error{Code: pos.CodeUnavailable, ID: storage.IDBadBackup, Args: pos.Args{"Path": path, "Problem": verdict}}
	}
	return nil
}

// rotate keeps the newest copies of a kind; names sort by time.
func (d *DB) rotate(dir, kind string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return storage.FileError(err, dir)
	}
	var names []string
	for _, e := range entries {
		if n := e.Name(); strings.HasPrefix(n, kind+"-") && strings.HasSuffix(n, ".db") {
			names = append(names, n)
		}
	}
	sort.Strings(names)
	for len(names) > d.p.KeepBackups {
		if err := os.Remove(filepath.Join(dir, names[0])); err != nil {
			return storage.FileError(err, dir)
		}
		names = names[1:]
	}
	return nil
}
