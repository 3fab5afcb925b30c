package storage

import (
	"os"
	"path/filepath"
)

// Room on the disk: what is warned about, what stops new sales, and what is
// kept in reserve so that a shift can still be closed.
const (
	SpaceWarn   = 1 << 30
	SpaceStop   = 100 << 20
	BallastSize = 16 << 20

	BallastName = "ballast" // the file in the data folder
)

// Space says how the disk stands.
type Space struct {
	Free int64 // bytes this process may still write
	Low  bool  // below SpaceWarn: tell somebody
	Stop bool  // below SpaceStop: begin no sale
}

// SpaceIn asks the disk the folder lies on.
func SpaceIn(dir string) (Space, error) {
	free, err := freeBytes(dir)
	if err != nil {
		return Space{}, FileError(err, dir)
	}
	return Space{Free: free, Low: free < SpaceWarn, Stop: free < SpaceStop}, nil
}

// KeepBallast lays the reserve down while there is plenty of room.
func KeepBallast(dir string) error {
	path := filepath.Join(dir, BallastName)
	if st, err := os.Stat(path); err == nil && st.Size() >= BallastSize {
		return nil
	}
	if s, err := SpaceIn(dir); err != nil || s.Stop {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return FileError(err, dir)
	}
	// Real bytes, not a hole: a hole reserves nothing.
	block := make([]byte, 1<<20)
	for range BallastSize / len(block) {
		if _, err := f.Write(block); err != nil {
			f.Close()
			os.Remove(path)
			return FileError(err, dir)
		}
	}
	return FileError(f.Close(), dir)
}

// DropBallast gives the reserve back to the disk. It reports whether there was
// one.
func DropBallast(dir string) bool { return os.Remove(filepath.Join(dir, BallastName)) == nil }
