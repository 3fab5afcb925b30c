package images

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"kassa/pos"
)

// mostBytes bounds the file of a picture that is taken in.
const mostBytes = 20 << 20

// read returns the whole of a file somebody chose. What stands under the name is
// looked at before it is opened: opening a pipe waits for whoever writes to it.
func read(path string, most int64) ([]byte, error) {
	args := pos.Args{"File": path}
	st, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &pos.Error{Code: pos.CodeNotFound, ID: "picture.missing", Args: args, Err: err}
	case err != nil:
		return nil, &pos.Error{Code: pos.CodeUnavailable, ID: "picture.unreadable", Args: args, Err: err}
	case st.IsDir():
		return nil, pos.E(pos.CodeInvalid, "picture.folder", args)
	case !st.Mode().IsRegular():
		return nil, pos.E(pos.CodeInvalid, "picture.special", args)
	case st.Size() == 0:
		return nil, pos.E(pos.CodeInvalid, "picture.empty", args)
	}
	raw, err := bounded(path, most)
	switch {
	case errors.Is(err, errLarge):
		return nil, pos.E(pos.CodeInvalid, "picture.large", pos.Args{"Max": most >> 20})
	case err != nil:
		return nil, &pos.Error{Code: pos.CodeUnavailable, ID: "picture.unreadable", Args: args, Err: err}
	}
	return raw, nil
}

var errLarge = errors.New("the file is larger than it may be")

// bounded reads a file of at most so many bytes.
func bounded(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(raw)) > most {
		err = errLarge
	}
	return raw, err
}
