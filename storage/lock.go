package storage

import (
	"errors"
	"os"
	"path/filepath"

	"kassa/pos"
)

// LockName is the file that is held while a till works in its folder. It is
// never the database itself: closing a second descriptor of a database file
// drops the engine's own locks.
const LockName = "kassa.lock"

// Lock is the right to work in a data folder. It ends with the process.
type Lock struct{ f *os.File }

var errLocked = errors.New("lock is held")

// LockDir takes the folder for this process, or returns CodeUnavailable
// IDRunning when another one has it.
func LockDir(dir string) (*Lock, error) {
	path := filepath.Join(dir, LockName)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, FileError(err, dir)
	}
	if err := lockFile(f); err != nil {
		f.Close()
		if errors.Is(err, errLocked) {
			return nil, unavailable(IDRunning, pos.Args{"Dir": dir}, err)
		}
		return nil, FileError(err, dir)
	}
	return &Lock{f: f}, nil
}

// Release gives the folder back. The file stays: removing it would let two
// processes hold two different files of one name.
func (l *Lock) Release() error { return l.f.Close() }
