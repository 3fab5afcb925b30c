package shop

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"kassa/backend"
	"kassa/pos/manual"
	"kassa/storage"
	"kassa/storage/central"
)

// VerifyBehind proves the books of manual payments that the backend carried in the
// till keeps: invariant I9, each entry's balance and the journal's chain. It reads a
// copy, so that a till that sells meanwhile is not held up; without a backend.db there
// is nothing to prove. A server proves its own.
func (s *Shop) VerifyBehind(ctx context.Context) (faults []manual.Fault, err error) {
	from := filepath.Join(s.Home.Dir, central.FileName)
	if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	dir, err := os.MkdirTemp("", "kassa-verify-")
	if err != nil {
		return nil, storage.FileError(err, os.TempDir())
	}
	defer os.RemoveAll(dir)
	at := filepath.Join(dir, central.FileName)
	if err := central.CopyFile(ctx, from, at); err != nil {
		return nil, err
	}
	st, err := central.OpenFile(ctx, at, false, s.Log)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	return backend.New(backend.Params{Store: st, Clock: s.Clock, IDs: uuids{}, Log: s.Log, Carried: true}).VerifyManual(ctx)
}
