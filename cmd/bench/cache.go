package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"kassa/storage/local"
	"kassa/storage/sqlite"
)

// What is filled in bulk is kept beside the program for the next run, under
// the hash of the schema it was made for.
const cacheDir = "bench-cache"

// fillVersion grows when what fills the cache changes.
const fillVersion = "5"

// cached is the folder of a filled store, made by fill when there is none yet.
// Afterwards the file is packed and has no log: every size starts alike.
func cached(ctx context.Context, name string, fill func(ctx context.Context, dir string) error) (string, error) {
	key, err := schemaKey(ctx)
	if err != nil {
		return "", err
	}
	root := filepath.Join(workDir(), cacheDir)
	dir := filepath.Join(root, key, name)
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return dir, err
	}
	if err := dropOthers(root, key); err != nil {
		return "", err
	}
	began := time.Now()
	fmt.Printf("filling %s, once\n", name)
	part := dir + ".part"
	if err := errors.Join(os.RemoveAll(part), os.MkdirAll(part, 0o755)); err != nil {
		return "", err
	}
	if err := fill(ctx, part); err != nil {
		return "", err
	}
	if err := pack(ctx, part); err != nil {
		return "", err
	}
	fmt.Printf("filled %s in %s\n", name, time.Since(began).Round(time.Second))
	return dir, os.Rename(part, dir)
}

// dropOthers removes what was filled for another schema.
func dropOthers(root, key string) error {
	olds, err := os.ReadDir(root)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, old := range olds {
		if old.Name() != key {
			if err := os.RemoveAll(filepath.Join(root, old.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// schemaKey is the hash of the schema of a new store.
func schemaKey(ctx context.Context) (string, error) {
	dir, err := os.MkdirTemp(workDir(), "kassa-bench-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	s, err := local.Open(ctx, local.Params{Dir: dir})
	if err != nil {
		return "", err
	}
	if err := s.Close(); err != nil {
		return "", err
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, sqlite.FileName)+"?mode=ro")
	if err != nil {
		return "", err
	}
	defer db.Close()
	var schema string
	err = db.QueryRowContext(ctx, `SELECT group_concat(sql, char(10)) FROM sqlite_schema`).Scan(&schema)
	sum := sha256.Sum256([]byte(fillVersion + schema))
	return hex.EncodeToString(sum[:8]), err
}

func pack(ctx context.Context, dir string) error {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, sqlite.FileName))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	for _, text := range []string{`VACUUM`, `PRAGMA wal_checkpoint(TRUNCATE)`} {
		if _, err := db.ExecContext(ctx, text); err != nil {
			return errors.Join(err, db.Close())
		}
	}
	return db.Close()
}

// copyStore copies a filled store to be worked in, and leaves nothing for the
// system to write later, in the middle of a measurement.
func copyStore(from, to string) error {
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	src, err := os.Open(filepath.Join(from, sqlite.FileName))
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := os.Create(filepath.Join(to, sqlite.FileName))
	if err != nil {
		return err
	}
	_, err = dst.ReadFrom(src)
	return errors.Join(err, dst.Sync(), dst.Close())
}
