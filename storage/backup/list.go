package backup

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"kassa/pos"
	"kassa/storage"
)

// copyName is how copies are called: those of the shop, and those made before
// the schema was changed.
var copyName = regexp.MustCompile(`^(kassa|before-v\d+)-(\d{8}-\d{6}\.\d{3})(` + lackingEnd + `)?\.db(\.age)?$`)

// maxList bounds the list beside a copy; a longer one is not ours.
const maxList = 64 << 10

// List tells the copies in a folder, newest first. A folder that is not there
// has none: CodeUnavailable "backup.folder-missing".
func List(folder string) ([]pos.Copy, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &pos.Error{Code: pos.CodeUnavailable, ID: "backup.folder-missing", Args: pos.Args{"Path": folder}, Err: err}
	} else if err != nil {
		return nil, storage.FileError(err, folder)
	}
	var list []pos.Copy
	for _, e := range entries {
		if c, ok := describe(folder, e); ok {
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b pos.Copy) int { return b.At.Compare(a.At) })
	return list, nil
}

// describe tells one copy, by its name and the list beside it.
func describe(folder string, e fs.DirEntry) (pos.Copy, bool) {
	part := copyName.FindStringSubmatch(e.Name())
	st, err := e.Info()
	if part == nil || err != nil || !st.Mode().IsRegular() {
		return pos.Copy{}, false
	}
	at, err := time.Parse(stampForm, part[2])
	if err != nil {
		return pos.Copy{}, false
	}
	c := pos.Copy{Path: filepath.Join(folder, e.Name()), At: at, Bytes: st.Size(), Sealed: part[4] != "", Lacking: part[3] != ""}
	told, err := readList(c.Path + listEnd)
	if err != nil {
		return c, true
	}
	// What the list says of a file that changed size since is not about it.
	c.Holds, c.Program = told.Holds, told.Program
	c.Verified = told.Verified && (c.Sealed || told.Bytes == c.Bytes)
	return c, true
}

func readList(path string) (*pos.Copy, error) {
	st, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if st.Size() > maxList || !st.Mode().IsRegular() {
		return nil, fs.ErrInvalid
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	c := &pos.Copy{}
	return c, json.Unmarshal(text, c)
}

// prune removes the shop's copies beyond those to be kept, oldest first; the one
// just made stays whatever the settings say. Copies made before a change of the
// schema are not counted.
func prune(t Target, now time.Time, made string) error {
	list, err := List(t.Folder)
	if err != nil {
		return err
	}
	kept := 0
	for _, c := range list {
		name := filepath.Base(c.Path)
		if !strings.HasPrefix(name, prefix) {
			continue
		}
		kept++
		old := t.Days > 0 && now.Sub(c.At) > time.Duration(t.Days)*24*time.Hour
		if c.Path == made || (t.Keep == 0 || kept <= t.Keep) && !old {
			continue
		}
		if err := os.Remove(c.Path); err != nil {
			return storage.FileError(err, c.Path)
		}
		_ = os.Remove(c.Path + listEnd) // a list alone tells of no copy
	}
	return nil
}
