package pdf

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"kassa/pos"
)

// Files saves documents as PDF files, each whole or not at all: what was there
// before stays until the new one is complete. Its methods return CodeUnavailable
// "print.pdf-not-kept" when the file cannot be written, beside what is refused in
// the document itself.
type Files struct{}

// Slip saves lines of text as Slip of the package lays them out.
func (Files) Slip(path, title string, lines []string) error {
	return save(path, func(w io.Writer) error { return Slip(w, title, lines) })
}

// Labels saves price labels as Labels of the package lays them out.
func (Files) Labels(path, title string, paper pos.LabelPaper, labels []pos.PriceLabel) error {
	return save(path, func(w io.Writer) error { return Labels(w, title, paper, labels) })
}

func save(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*.pdf")
	if err != nil {
		return notKept(path, err)
	}
	if err := write(f); err != nil {
		_ = f.Close()
		_ = os.Remove(f.Name())
		var known *pos.Error
		if errors.As(err, &known) && known.Code == pos.CodeInvalid {
			return err
		}
		return notKept(path, err)
	}
	err = errors.Join(f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return notKept(path, err)
	}
	return nil
}

func notKept(path string, err error) error {
	return &pos.Error{Code: pos.CodeUnavailable, ID: "print.pdf-not-kept", Args: pos.Args{"File": path}, Err: err}
}
