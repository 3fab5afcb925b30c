package tables

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"kassa/pos"
	"kassa/pos/exports"
)

// Write fills a new file with a list. It gets its name only when it is whole
// and on the disk; what lies there already is never overwritten, and what could
// not be finished leaves nothing behind. The answer is the file's full path.
func (Files) Write(ctx context.Context, name string, f exports.Format, fill func(exports.Writer) error) (string, error) {
	return WriteNew(name, func(w io.Writer) error {
		out, err := NewWriter(w, f)
		if err != nil {
			return err
		}
		if err := fill(out); err != nil {
			return err
		}
		return ctx.Err()
	})
}

// WriteNew is Files.Write for any content.
func WriteNew(name string, fill func(io.Writer) error) (string, error) {
	path, err := filepath.Abs(name)
	if err != nil || name == "" {
		return "", pos.E(pos.CodeInvalid, "table.no-name", nil)
	}
	if _, err := os.Lstat(path); err == nil {
		return "", taken(path)
	}
	part, err := os.CreateTemp(filepath.Dir(path), ".kassa-*.part")
	if err != nil {
		return "", unwritable(path, err)
	}
	if err := fill(part); err != nil {
		_ = part.Close()
		_ = os.Remove(part.Name())
		return "", unwritable(path, err)
	}
	if err := errors.Join(part.Sync(), part.Close()); err != nil {
		_ = os.Remove(part.Name())
		return "", unwritable(path, err)
	}
	defer os.Remove(part.Name())
	// A link fails where the name was taken meanwhile; a rename would replace it.
	switch err := os.Link(part.Name(), path); {
	case err == nil:
		return path, nil
	case errors.Is(err, os.ErrExist):
		return "", taken(path)
	}
	if err := os.Rename(part.Name(), path); err != nil {
		return "", unwritable(path, err)
	}
	return path, nil
}

func taken(path string) error {
	return pos.E(pos.CodeConflict, "table.taken", pos.Args{"File": path})
}

// unwritable names the file to what the disk answered; refusals of the till
// stay what they are.
func unwritable(path string, err error) error {
	var e *pos.Error
	if errors.As(err, &e) && e.ID != "export.unwritable" || errors.Is(err, context.Canceled) {
		return err
	}
	id := "table.unwritable"
	if fullDisk(err) {
		id = "table.disk-full"
	}
	return &pos.Error{Code: pos.CodeUnavailable, ID: id, Args: pos.Args{"File": path}, Err: err}
}
