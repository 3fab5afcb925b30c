package images

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"kassa/storage"
)

// This file gives the pictures, and whatever else was put beside them, to copies of
// the shop's data.

// Names are the files of the folder, none where there is no folder.
func (k *Keeper) Names() ([]string, error) {
	list, err := os.ReadDir(k.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, storage.FileError(err, k.dir)
	}
	var names []string
	for _, f := range list {
		if f.Type().IsRegular() && storage.CarriedName(f.Name()) {
			names = append(names, f.Name())
		}
	}
	return names, nil
}

// File reads one of them whole.
func (k *Keeper) File(name string) ([]byte, error) {
	path := filepath.Join(k.dir, name)
	raw, err := bounded(path, mostKept)
	return raw, storage.FileError(err, path)
}
