package shop

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"kassa/storage"
	"kassa/storage/central"
	"kassa/storage/images"
	"kassa/storage/local"
)

// withBackend are the pictures of goods with what stands behind the till.
type withBackend struct {
	*images.Keeper
	path string // a copy of its database
	err  error  // why there is none
}

var _ local.Files = (*withBackend)(nil)

// Names implements local.Files.
func (w *withBackend) Names() ([]string, error) {
	names, err := w.Keeper.Names()
	return append([]string{storage.BackendFile}, names...), err
}

// File implements local.Files.
func (w *withBackend) File(name string) ([]byte, error) {
	if name != storage.BackendFile {
		return w.Keeper.File(name)
	}
	if w.err != nil {
		return nil, w.err
	}
	data, err := os.ReadFile(w.path)
	return data, storage.FileError(err, w.path)
}

// carriedFiles are what a copy carries beside the data. The backend that is carried in
// the till is copied before the data is: what it lacks of that, it is told again, while
// what it had more of would belong to nothing. done removes what was laid down.
func (s *Shop) carriedFiles(ctx context.Context) (files local.Files, done func()) {
	from := filepath.Join(s.Home.Dir, central.FileName)
	if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
		return s.Images, func() {} // nothing was ever told to one
	}
	// By this name it is cleared away with what else a process leaves that ended here.
	part := filepath.Join(s.Home.Backups(), "kassa-"+s.Clock.Now().UTC().Format("20060102-150405.000")+"-behind.db")
	w := &withBackend{Keeper: s.Images, path: storage.PartName(part)}
	if w.err = storage.FileError(os.MkdirAll(s.Home.Backups(), 0o700), s.Home.Backups()); w.err == nil {
		w.err = central.CopyFile(ctx, from, w.path)
	}
	if w.err != nil {
		s.Log.Error("the copy lacks what stands behind the till", "error", w.err)
	}
	return w, func() { os.Remove(w.path) }
}
