// This file takes the log of a database along that lies beside a file somebody
// gave as a copy. Copies have none; data that was laid aside, or taken off a
// computer that was switched off, has: its newest sales are in there alone.
package backup

import (
	"context"
	"errors"
	"os"

	"kassa/storage/sqlite"
)

const logEnd = "-wal"

// withLog folds the log beside from, where there is one, into the copy of the file
// at to.
func withLog(ctx context.Context, from, to string) error {
	st, err := os.Stat(from + logEnd)
	if err != nil || st.Size() == 0 {
		return nil // a copy, as it should be
	}
	err = copyFile(from+logEnd, to+logEnd)
	if err == nil {
		err = Blame(sqlite.Fold(ctx, to), from)
	}
	for _, end := range []string{logEnd, "-shm"} {
		if gone := os.Remove(to + end); gone != nil && !errors.Is(gone, os.ErrNotExist) && err == nil {
			err = gone
		}
	}
	return err
}
