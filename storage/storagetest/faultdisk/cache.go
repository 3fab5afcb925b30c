//go:build linux && (amd64 || arm64)

package faultdisk

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"modernc.org/libc"
)

// This file is what the disk keeps beside what the system shows of it. Programs
// read the cache; a power cut leaves what was synced. A sync that fails forgets
// which pages it had to write, as Linux does: they are shown as before and, unless
// somebody writes them again, never reach the disk, though the next sync succeeds.

const pageSize = 4096

// kept is one file. Its fields are guarded by mu.
type kept struct {
	cache, disk []byte
	dirty       map[int64]bool // pages of the cache that a sync has to write
	inFolder    bool           // the folder knows its name: it was synced once
}

var (
	files = map[string]*kept{}  // by path, for as long as the process lasts
	names = map[uintptr]*kept{} // by the engine's handle
	none  = &kept{}             // stands for files without a name
)

// track looks at a file before the engine opens it: to open a database beside the
// engine would end its locks.
func track(name uintptr) string {
	if name == 0 {
		return ""
	}
	mu.Lock()
	defer mu.Unlock()
	path := libc.GoString(name)
	if _, known := files[path]; !known {
		b, err := os.ReadFile(path)
		if err == nil || errors.Is(err, fs.ErrNotExist) {
			files[path] = &kept{cache: b, disk: slices.Clone(b), dirty: map[int64]bool{}, inFolder: err == nil}
		}
	}
	return path
}

func opened(file uintptr, path string) {
	mu.Lock()
	defer mu.Unlock()
	delete(names, file)
	if f := files[path]; f != nil {
		names[file] = f
	}
}

func of(file uintptr) *kept {
	mu.Lock()
	defer mu.Unlock()
	if f := names[file]; f != nil {
		return f
	}
	return none
}

func forget(path string) {
	mu.Lock()
	defer mu.Unlock()
	delete(files, path)
}

func (k *kept) write(b []byte, at int64) {
	mu.Lock()
	defer mu.Unlock()
	if k == none {
		return
	}
	end := at + int64(len(b))
	k.resize(end, false)
	copy(k.cache[at:], b)
	for p := at / pageSize; p*pageSize < end; p++ {
		k.dirty[p] = true
	}
}

func (k *kept) truncate(size int64) {
	mu.Lock()
	defer mu.Unlock()
	if k != none {
		k.resize(size, true)
	}
}

// resize makes the cache at least so long, or exactly.
func (k *kept) resize(size int64, exactly bool) {
	if n := int64(len(k.cache)); size > n {
		k.cache = append(k.cache, make([]byte, size-n)...)
	} else if exactly {
		k.cache = k.cache[:size]
	}
}

// keep is a sync that succeeds.
func (k *kept) keep() {
	mu.Lock()
	defer mu.Unlock()
	if k != none {
		k.put()
		k.inFolder = true
	}
}

// put writes the pages that wait.
func (k *kept) put() {
	size := len(k.cache)
	if n := len(k.disk); size > n {
		k.disk = append(k.disk, make([]byte, size-n)...)
	} else {
		k.disk = k.disk[:size]
	}
	for p := range k.dirty {
		if from := p * pageSize; from < int64(size) {
			copy(k.disk[from:], k.cache[from:min(from+pageSize, int64(size))])
		}
	}
	clear(k.dirty)
}

// lose is a sync that fails.
func (k *kept) lose() {
	mu.Lock()
	defer mu.Unlock()
	clear(k.dirty)
}

// Renew is storage.Renew on this disk: it writes what the cache holds of a file
// again.
func Renew(path string) error {
	mu.Lock()
	k := files[path]
	if k != nil {
		for p := int64(0); p*pageSize < int64(len(k.cache)); p++ {
			k.dirty[p] = true
		}
	}
	mu.Unlock()
	switch {
	case k == nil:
		return nil
	case fails(true):
		k.lose()
		return errors.New("faultdisk: not synced")
	}
	k.keep()
	return nil
}

// PowerCut lays into the folder to what a power cut now would leave of the files
// in from. With torn every second page that no sync had been asked to write yet
// has reached the disk by itself, as a system does at its leisure.
func PowerCut(from, to string, torn bool) error {
	return each(from, func(name string, k *kept) error {
		if !k.inFolder {
			return nil
		}
		left := kept{cache: k.cache, disk: slices.Clone(k.disk), dirty: map[int64]bool{}}
		for p := range k.dirty {
			left.dirty[p] = torn && p%2 == 1
		}
		maps.DeleteFunc(left.dirty, func(_ int64, reached bool) bool { return !reached })
		if len(left.dirty) > 0 {
			left.put()
		}
		return os.WriteFile(filepath.Join(to, name), left.disk, 0o600)
	})
}

// Killed lays into the folder to what is found after the process working in from
// was killed. The disk under it is in the same state: what was lost stays lost.
func Killed(from, to string) error {
	return each(from, func(name string, k *kept) error {
		path := filepath.Join(to, name)
		files[path] = &kept{cache: slices.Clone(k.cache), disk: slices.Clone(k.disk), dirty: maps.Clone(k.dirty), inFolder: k.inFolder}
		return os.WriteFile(path, k.cache, 0o600)
	})
}

// each walks the files of a folder that a killed process leaves; the index of the
// log lies in memory.
func each(dir string, fn func(name string, k *kept) error) error {
	mu.Lock()
	defer mu.Unlock()
	for _, path := range slices.Sorted(maps.Keys(files)) {
		if filepath.Dir(path) != dir || strings.HasSuffix(path, "-shm") {
			continue
		}
		if err := fn(filepath.Base(path), files[path]); err != nil {
			return err
		}
	}
	return nil
}
