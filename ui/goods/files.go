package goods

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kassa/pos"
	"kassa/ui"
)

// entry is one line of the file chooser.
type entry struct {
	name   string // as shown; ".." is the folder above
	folder bool
}

// mostEntries bounds what is shown of one folder.
const mostEntries = 2000

// browse lists a folder: the way up, its folders, then the files that are
// wanted. Hidden ones are left out.
func browse(dir string, wanted func(name string) bool) ([]entry, error) {
	found, err := os.ReadDir(dir)
	if err != nil {
		return nil, unreadable(dir, err)
	}
	var folders, files []entry
	for _, f := range found {
		switch name := f.Name(); {
		case strings.HasPrefix(name, "."), len(folders)+len(files) >= mostEntries:
		case isFolder(dir, f):
			folders = append(folders, entry{name, true})
		case wanted(name):
			files = append(files, entry{name, false})
		}
	}
	byName := func(a, b entry) int { return strings.Compare(pos.Fold(a.name), pos.Fold(b.name)) }
	slices.SortFunc(folders, byName)
	slices.SortFunc(files, byName)
	if filepath.Dir(dir) != dir {
		folders = slices.Insert(folders, 0, entry{"..", true})
	}
	return append(folders, files...), nil
}

// isFolder follows links, as people put their sticks and shares behind them.
func isFolder(dir string, f fs.DirEntry) bool {
	if f.Type()&fs.ModeSymlink == 0 {
		return f.IsDir()
	}
	st, err := os.Stat(filepath.Join(dir, f.Name()))
	return err == nil && st.IsDir()
}

// importable tells a file by its ending.
func importable(name string) bool {
	return slices.Contains([]string{".csv", ".txt", ".tsv", ".xlsx", ".xlsm"}, strings.ToLower(filepath.Ext(name)))
}

// expandHome reads the ~ people know from elsewhere.
func expandHome(path string) string {
	path = strings.Trim(strings.TrimSpace(path), `"`)
	if rest, ok := strings.CutPrefix(path, "~"); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
		return ui.Home() + rest
	}
	return path
}

func unreadable(path string, err error) error {
	e := &pos.Error{Code: pos.CodeUnavailable, ID: "goods.import.unreadable", Args: pos.Args{"File": path}, Err: err}
	if errors.Is(err, fs.ErrNotExist) {
		e.Code, e.ID = pos.CodeNotFound, "goods.import.missing"
	}
	return e
}
