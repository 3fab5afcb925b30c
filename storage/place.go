package storage

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"kassa/pos"
)

// syncedFolders are names under which cloud services keep their copies, in
// lower case. A name also counts when it goes on after a space or a dash
// ("OneDrive - Company").
var syncedFolders = []string{
	"dropbox", "onedrive", "google drive", "googledrive", "my drive", "мой диск",
	"yandex.disk", "yandexdisk", "яндекс.диск", "яндекс диск",
	"icloud drive", "iclouddrive", "mobile documents", "com~apple~clouddocs",
	"nextcloud", "owncloud", "pcloud drive", "mega", "megasync", "box sync", "syncthing",
	"облако mail.ru", "cloud mail.ru", "облако mail", "sync.com",
}

// PrepareDir makes the folder if it is missing (mode 0700) and refuses places
// where a database cannot be kept safe: network drives, where locks do not
// hold, and folders a cloud service copies while they change. It returns the
// folder's real path.
func PrepareDir(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", FileError(err, dir)
	}
	if err := os.MkdirAll(abs, 0o700); err != nil {
		return "", FileError(err, abs)
	}
	real, err := filepath.EvalSymlinks(abs)
	if err != nil {
		return "", FileError(err, abs)
	}
	for _, p := range []string{abs, real} {
		if name := syncedPart(p); name != "" {
			return "", unavailable(IDSynced, pos.Args{"Dir": real, "Service": name}, nil)
		}
	}
	kind, err := networkKind(real)
	if err != nil {
		return "", FileError(err, real)
	}
	if kind != "" {
		return "", unavailable(IDNetwork, pos.Args{"Dir": real, "Kind": kind}, nil)
	}
	return real, nil
}

// syncedPart returns the part of a path that names a cloud service, or "".
func syncedPart(path string) string {
	for _, part := range strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '\\' }) {
		low := strings.ToLower(part)
		for _, s := range syncedFolders {
			rest, ok := strings.CutPrefix(low, s)
			if ok && (rest == "" || strings.HasPrefix(rest, " -") || strings.HasPrefix(rest, " (") || strings.HasPrefix(rest, "-")) {
				return part
			}
		}
	}
	return ""
}

// FileError translates an error of the file system.
func FileError(err error, path string) error {
	args := pos.Args{"Path": path}
	var known *pos.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case isFull(err):
		return unavailable(IDFull, args, err)
	case errors.Is(err, syscall.EROFS):
		return unavailable(IDDiskReadOnly, args, err)
	case errors.Is(err, fs.ErrPermission):
		return unavailable(IDReadOnly, args, err)
	}
	return unavailable(IDIO, args, err)
}

// BackendFile is the database of a backend on SQLite within its folder. Copies of a
// till's data carry the one that stands behind it.
const BackendFile = "backend.db"

// CarriedName tells the names of files that copies of the data carry, pictures of
// goods and the logo: nothing that could lie elsewhere than in its folder.
func CarriedName(name string) bool {
	const most = 128
	return name != "" && len(name) <= most && name[0] != '.' && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789.-") == ""
}
