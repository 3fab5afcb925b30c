package backup

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"kassa/pos"
	"kassa/storage"
)

// Unseal puts a copy, opened if it is sealed, into a new file. It returns
// CodeNotFound "backup.no-file", CodeInvalid for a key that does not fit, and
// CodeUnavailable for a copy that is damaged; the file is not there then.
func Unseal(ctx context.Context, from, to string, key Opener) (err error) {
	sealed, err := Sealed(from)
	if err != nil {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return missing(from, err)
	}
	defer in.Close()
	var r io.Reader = &stoppable{ctx: ctx, r: in}
	if sealed {
		if r, err = open(r, from, key); err != nil {
			return err
		}
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, privateBit)
	if err != nil {
		return storage.FileError(err, to)
	}
	_, err = io.Copy(out, r)
	told := storage.FileError(errors.Join(out.Sync(), out.Close()), filepath.Dir(to))
	switch {
	case err == nil && told == nil:
		return nil
	case sealed && err != nil && ctx.Err() == nil:
		told = &pos.Error{Code: pos.CodeUnavailable, ID: "backup.damaged", Args: pos.Args{"Path": from}, Err: err}
	case err != nil:
		told = storage.FileError(err, to)
	}
	os.Remove(to)
	return told
}
