package backup

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"kassa/pos"
	"kassa/storage"
	"kassa/storage/sqlite"
)

// This file puts a copy that was placed into the place of the data.

// Finish puts a placed copy into its place while nobody works in the home. Until
// its marker is there nothing was changed; from then on every step can be done
// again, so that whatever happens in between the home holds either the data from
// before or the copy, whole, and the data from before lies aside. done is false
// when there was nothing to do, or a till works there.
func Finish(home string) (done bool, err error) { return finish(home, func(string) {}) }

func finish(home string, at func(step string)) (bool, error) {
	mark := filepath.Join(home, markerName)
	text, err := os.ReadFile(mark)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	} else if err != nil {
		return false, storage.FileError(err, mark)
	}
	lock, err := storage.LockDir(home)
	if e, ok := errors.AsType[*pos.Error](err); ok && e.ID == storage.IDRunning {
		return false, nil
	} else if err != nil {
		return false, err
	}
	defer lock.Release()
	var m marker
	if err := json.Unmarshal(text, &m); err != nil || filepath.Base(m.Aside) != m.Aside {
		return false, &pos.Error{Code: pos.CodeUnavailable, ID: "backup.marker-bad", Args: pos.Args{"Path": mark}, Err: err}
	}
	stage := filepath.Join(home, stageName)
	fresh := filepath.Join(stage, sqlite.FileName)
	if _, err := os.Stat(fresh); err == nil {
		if err := exchange(home, stage, &m, at); err != nil {
			return false, err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return false, storage.FileError(err, fresh)
	}
	at("clear")
	if err := os.RemoveAll(stage); err != nil {
		return false, storage.FileError(err, stage)
	}
	at("unmark")
	if err := os.Remove(mark); err != nil {
		return false, storage.FileError(err, mark)
	}
	return true, storage.SyncDir(home)
}

// exchange lays the data aside and puts the copy into its place.
func exchange(home, stage string, m *marker, at func(step string)) error {
	aside := filepath.Join(home, m.Aside)
	fresh, data := filepath.Join(stage, sqlite.FileName), filepath.Join(home, sqlite.FileName)
	at("aside")
	if err := layAside(home, aside, at); err != nil {
		return err
	}
	at("settings")
	if err := bringConfig(stage, home); err != nil {
		return err
	}
	at("pictures")
	if err := bringImages(stage, home); err != nil {
		return err
	}
	at("backend")
	if err := bringBackend(stage, home, m.Foreign, func(step string) { at("backend " + step) }); err != nil {
		return err
	}
	if err := dropLogs(data, at); err != nil {
		return err
	}
	if err := storage.SyncDir(home); err != nil { // the old log never comes back beside it
		return err
	}
	at("replace")
	if err := os.Rename(fresh, data); err != nil {
		return storage.FileError(err, data)
	}
	at("sync")
	return storage.SyncDir(home)
}

// dropLogs removes the log of old data, which lies aside with it: beside a new file it
// would be taken for its own.
func dropLogs(data string, at func(step string)) error {
	for _, end := range []string{"-wal", "-shm", "-journal"} {
		at("log" + end)
		if err := os.Remove(data + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return storage.FileError(err, data+end)
		}
	}
	return nil
}

// bringBackend puts what stood behind the till of the copy into its place. A copy that
// carries none leaves what is there, which the till tells what it lacks, unless that
// is another shop's.
func bringBackend(stage, home string, foreign bool, at func(step string)) error {
	fresh, data := filepath.Join(stage, storage.BackendFile), filepath.Join(home, storage.BackendFile)
	_, err := os.Stat(fresh)
	if errors.Is(err, fs.ErrNotExist) && !foreign {
		return nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return storage.FileError(err, fresh)
	}
	brought := err == nil
	if err := dropLogs(data, at); err != nil {
		return err
	}
	if err := storage.SyncDir(home); err != nil {
		return err
	}
	at("replace")
	if brought {
		return storage.FileError(os.Rename(fresh, data), data)
	}
	if err := os.Remove(data); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return storage.FileError(err, data)
	}
	return nil
}

// layAside keeps the data as it is in a folder that gets its name when all of it
// is there.
func layAside(home, aside string, at func(string)) error {
	if _, err := os.Stat(aside); err == nil {
		return nil
	}
	part := aside + ".part"
	if err := os.RemoveAll(part); err != nil {
		return storage.FileError(err, part)
	}
	if err := os.Mkdir(part, 0o700); err != nil {
		return storage.FileError(err, part)
	}
	for _, name := range []string{sqlite.FileName, sqlite.FileName + "-wal", configName, storage.BackendFile, storage.BackendFile + "-wal"} {
		at("aside " + name)
		from := filepath.Join(home, name)
		if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		keep := copyFile
		if name == sqlite.FileName {
			keep = link // the new file takes its name, not its place on the disk
		}
		if err := keep(from, filepath.Join(part, name)); err != nil {
			return err
		}
	}
	at("aside whole")
	if err := storage.SyncDir(part); err != nil {
		return err
	}
	if err := os.Rename(part, aside); err != nil {
		return storage.FileError(err, aside)
	}
	return storage.SyncDir(home)
}

// bringImages gives a home the pictures of the copy that it has not. Their names say
// what is in them, so that nothing that is there is another.
func bringImages(stage, home string) error {
	from, to := filepath.Join(stage, imagesName), filepath.Join(home, imagesName)
	list, err := os.ReadDir(from)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(list) == 0 {
		return nil // a stage of a program before this one, or a copy that carries none
	} else if err != nil {
		return storage.FileError(err, from)
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return storage.FileError(err, to)
	}
	for _, f := range list {
		place := filepath.Join(to, f.Name())
		if _, err := os.Stat(place); err == nil {
			continue
		}
		if err := os.Rename(filepath.Join(from, f.Name()), place); err != nil {
			return storage.FileError(err, place)
		}
	}
	return storage.SyncDir(to)
}

// bringConfig gives a home without settings those of the copy.
func bringConfig(stage, home string) error {
	to := filepath.Join(home, configName)
	if _, err := os.Stat(to); err == nil {
		return nil
	}
	text, err := os.ReadFile(filepath.Join(stage, configName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return storage.FileError(err, stage)
	}
	return storage.ReplaceFile(to, text)
}
