package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"kassa/pos"
	"kassa/storage"
)

// BackupFolder is where copies lie within the data folder.
const BackupFolder = "backups"

// Backup copies the database as it stands into dir ("" for the usual folder, the
// only one that is made when missing) while work goes on, checks the copy, and removes the oldest copies beyond the
// number kept. It returns the copy's path. A copy that is not whole and sound
// never gets its name.
func (d *DB) Backup(ctx context.Context, dir string) (string, error) {
	if dir == "" {
		dir = filepath.Join(d.dir, BackupFolder)
	}
	return d.copyTo(ctx, dir, "kassa")
}

func (d *DB) copyTo(ctx context.Context, dir, kind string) (string, error) {
	if dir == filepath.Join(d.dir, BackupFolder) {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return "", storage.FileError(err, dir)
		}
	}
	if err := d.roomFor(dir); err != nil {
		return "", err
	}
	name := kind + "-" + d.p.Now().UTC().Format("20060102-150405.000") + ".db"
	final := filepath.Join(dir, name)
	part := storage.PartName(final)
	storage.ClearParts(dir, d.p.Now(), d.p.Log)
	// Left by an attempt that came to nothing: VACUUM INTO wants a place that is free.
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
