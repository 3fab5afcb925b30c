package images

import (
	"errors"

	"kassa/pos"
	"kassa/storage"
)

// Attached reads and writes files that are attached to something and kept elsewhere,
// whatever is in them.
type Attached struct{}

// Read returns the whole of a file somebody chose. It is refused with what is wrong
// with the file: CodeNotFound, CodeInvalid, CodeLimit for one of more than most bytes,
// which must be whole MiB, or CodeUnavailable when it cannot be read.
func (Attached) Read(path string, most int64) ([]byte, error) {
	raw, err := read(path, most)
	e, ok := errors.AsType[*pos.Error](err)
	if !ok {
		return raw, err
	}
	told := *e
	if told.ID = attachedIDs[e.ID]; e.ID == "picture.large" {
		told.Code = pos.CodeLimit
	}
	return nil, &told
}

// attachedIDs say of any file what is said of a picture's.
var attachedIDs = map[string]string{
	"picture.missing": "manual.file-missing", "picture.unreadable": "manual.file-unreadable", "picture.folder": "manual.file-folder",
	"picture.special": "manual.file-special", "picture.empty": "manual.file-empty", "picture.large": "manual.proof-large",
}

// Write keeps a file, whole or not at all, for nobody else to open.
func (Attached) Write(path string, data []byte) error {
	return storage.ReplaceFile(path, data)
}
