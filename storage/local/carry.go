package local

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"

	"kassa/pos"
	"kassa/storage"
	"kassa/storage/sqlite"
)

// A copy of the data carries the pictures of goods in a table of its own, which
// the data itself never has: so a copy is one file still, sealed and checked like
// the rest of it, and a program that knows nothing of pictures can open it.
const (
	sqlDropCarried  = `DROP TABLE IF EXISTS carried_files`
	sqlMakeCarried  = `CREATE TABLE carried_files (name TEXT NOT NULL PRIMARY KEY, data BLOB NOT NULL) STRICT`
	sqlAddCarried   = `INSERT INTO carried_files (name, data) VALUES (?,?)`
	sqlCarried      = `SELECT name, data FROM carried_files ORDER BY name`
	sqlHasCarried   = `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'carried_files'`
	sqlCountCarried = `SELECT count(*) FROM carried_files`
	sqlVacuum       = `VACUUM`
)

// Files are what a copy carries beside the data.
type Files interface {
	Names() ([]string, error)
	File(name string) ([]byte, error)
}

// Snapshot puts the search in order and copies the database as it stands to a
// new file at path, a storage.PartName, with the files (nil: none). The copy is
// whole and sound when the answer is nil, and removed otherwise. lacking is why
// some files are not in it, nil for none: the data is worth more than they are.
func (s *Store) Snapshot(ctx context.Context, path string, files Files) (lacking, err error) {
	if err := s.Rank(ctx); err != nil {
		return nil, err
	}
	err = s.db.Snapshot(ctx, path, func(db *sql.DB) (err error) {
		lacking, err = carry(ctx, db, files, filepath.Dir(path))
		return err
	})
	return lacking, err
}

// carry puts what can be read of the files into the copy. What cannot be written
// there takes all of them with it and leaves the copy as it was.
func carry(ctx context.Context, db *sql.DB, files Files, dir string) (lacking, err error) {
	// A copy that somebody put into the data's place by hand has brought the table.
	if _, err := db.ExecContext(ctx, sqlDropCarried); err != nil || files == nil {
		return nil, err
	}
	names, err := files.Names()
	if err != nil || len(names) == 0 {
		return err, nil
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() //nolint:errcheck // nothing to undo after a commit
	if _, err := tx.ExecContext(ctx, sqlMakeCarried); err != nil {
		return sqlite.Translate(err), ctx.Err()
	}
	for _, name := range names {
		data, err := files.File(name)
		if err != nil {
			lacking = errors.Join(lacking, err)
			continue
		}
		if err := roomBeside(dir, len(data)); err != nil {
			return err, nil
		}
		if _, err := tx.ExecContext(ctx, sqlAddCarried, name, data); err != nil {
			return sqlite.Translate(err), ctx.Err()
		}
	}
	if err := tx.Commit(); err != nil {
		return sqlite.Translate(err), ctx.Err()
	}
	return lacking, nil
}

// roomBeside refuses what would leave the till without room.
func roomBeside(dir string, bytes int) error {
	space, err := storage.SpaceIn(dir)
	if err == nil && space.Free < int64(bytes)+storage.SpaceStop {
		err = pos.E(pos.CodeUnavailable, storage.IDFull, pos.Args{"Path": dir})
	}
	return err
}

func countCarried(ctx context.Context, db *sql.DB) (n int64, err error) {
	if err := db.QueryRowContext(ctx, sqlHasCarried).Scan(&n); err != nil || n == 0 {
		return 0, sqlite.Translate(err)
	}
	return n, sqlite.Translate(db.QueryRowContext(ctx, sqlCountCarried).Scan(&n))
}

// Unload takes the files out of a copy that is to become the data and gives each to
// put; a copy may carry none. Names that are none of ours are left out. The file is
// one that nobody has open; it is not on the disk for certain before it is synced.
func Unload(ctx context.Context, path string, put func(name string, data []byte) error) error {
	return sqlite.Amend(path, func(db *sql.DB) error {
		n, err := countCarried(ctx, db)
		if err != nil {
			return err
		}
		if n > 0 {
			if err := unload(ctx, db, put); err != nil {
				return err
			}
		}
		var has int
		if err := db.QueryRowContext(ctx, sqlHasCarried).Scan(&has); err != nil || has == 0 {
			return err
		}
		if _, err := db.ExecContext(ctx, sqlDropCarried); err != nil {
			return err
		}
		_, err = db.ExecContext(ctx, sqlVacuum)
		return err
	})
}

func unload(ctx context.Context, db *sql.DB, put func(name string, data []byte) error) error {
	rows, err := db.QueryContext(ctx, sqlCarried)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var data []byte
		if err := rows.Scan(&name, &data); err != nil {
			return err
		}
		if !storage.CarriedName(name) {
			continue
		}
		if err := put(name, data); err != nil {
			return err
		}
	}
	return rows.Err()
}
