package storage

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// This file is about copies that are half made. Each is as large as the database,
// and no rotation ever meets it, so what a process left that ended in the middle
// goes with the next copy into that folder.

const partEnd = ".part"

// partAge is after what time a half-made copy of an owner nobody can ask belongs
// to nobody: one that is being made is written to all the time.
const partAge = time.Hour

// partName is a name PartName gives, or one a program before it gave, with what
// the engine lays down beside it. The folder may be anybody's.
var partName = regexp.MustCompile(`^(?:kassa|before-v\d+)-\d{8}-\d{6}\.\d{3}[-a-z]*\.db(?:\.age)?(?:\.([a-z0-9-]+)-(\d+))?\` +
	partEnd + `(?:-journal|-wal|-shm)?$`)

// PartName is where a copy is made that is to be called path. It names the owner:
// the computer and the process.
func PartName(path string) string {
	return path + "." + thisComputer() + "-" + strconv.Itoa(os.Getpid()) + partEnd
}

// thisComputer is its name in letters that can stand in a file's.
func thisComputer() string {
	const most = 32
	name, err := os.Hostname()
	if err != nil {
		name = "" // which computer is then never known for sure
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		}
		return '-'
	}, name)
	return "on-" + name[:min(len(name), most)]
}

// ClearParts removes half-made copies from a folder: at once where the process
// that made one has certainly ended, otherwise after an hour.
func ClearParts(dir string, now time.Time, log *slog.Logger) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return // the copy itself will tell
	}
	for _, e := range entries {
		part := partName.FindStringSubmatch(e.Name())
		if part == nil {
			continue
		}
		st, err := e.Info()
		if err != nil || !st.Mode().IsRegular() || !orphan(part[1], part[2]) && now.Sub(st.ModTime()) < partAge {
			continue
		}
		if err := os.Remove(filepath.Join(dir, e.Name())); err != nil && log != nil {
			log.Warn("a half-made copy stays", "file", e.Name(), "error", err)
		}
	}
}

// orphan reports that a process of this computer made the part and has ended. A
// number that another process has by now is no proof.
func orphan(computer, process string) bool {
	pid, err := strconv.Atoi(process)
	if err != nil || computer != thisComputer() || computer == "on-" || pid == os.Getpid() {
		return false
	}
	p, err := os.FindProcess(pid)
	if err != nil {
		return true // Windows answers so; elsewhere the signal tells
	}
	defer func() { _ = p.Release() }()
	return errors.Is(p.Signal(syscall.Signal(0)), os.ErrProcessDone)
}
