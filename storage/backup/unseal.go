package backup

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"kassa/storage"
)

// Unseal puts a copy, opened if it is sealed, into a new file. It returns
// CodeNotFound "backup.no-file", CodeInvalid for a key that does not fit, and
// CodeUnavailable for a copy that is damaged, by its name, or a disk of ours that
// refuses; the file is not there then.
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
	var r io.Reader = &stoppable{ctx: ctx, r: &reading{from: in, path: from}}
	if sealed {
		if r, err = open(r, from, key); err != nil {
			return err
		}
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, privateBit)
	if err != nil {
		return storage.FileError(err, to)
	}
	w := &writing{to: out}
	_, err = io.Copy(w, r)
	full := storage.FileError(errors.Join(w.err, out.Sync(), out.Close()), filepath.Dir(to))
	switch {
	case full != nil:
		err = full
	case err != nil:
		err = Blame(err, from)
	default:
		return nil
	}
	os.Remove(to)
	return err
}

// writing remembers what our own disk refused, so that it is not told of the
// copy that was read.
type writing struct {
	to  io.Writer
	err error
}

func (w *writing) Write(p []byte) (int, error) {
	n, err := w.to.Write(p)
	if w.err == nil {
		w.err = err
	}
	return n, err
}
