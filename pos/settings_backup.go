package pos

import (
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// CopySeal is how copies that leave the shop's own folder are closed to others.
type CopySeal string

// Ways to close a copy.
const (
	SealNone       CopySeal = "none"
	SealPassphrase CopySeal = "passphrase"
	SealRecipient  CopySeal = "recipient" // for the holder of the key that fits Recipient
)

// BackupSettings are what a shop decides about the copies of its data. Every
// copy is made in the shop's own folder, as open as the database beside it, and
// from there in the other folders, sealed as Seal says.
type BackupSettings struct {
	Folders   string // other folders, one a line
	Hours     int    // a copy every so many hours; 0: not by hours
	At        string // and every day at "21:30"; "": not by the clock
	OnClose   bool   // and after each closed shift
	Keep      int    // newest copies kept in each folder
	Days      int    // copies older than so many days go, but for the newest; 0: none goes by age
	Seal      CopySeal
	Recipient string // public key, "age1…"
	Keys      bool   // copies under a passphrase carry the shop's keys too
}

// DefaultBackup are the settings of a shop that has decided nothing: a copy
// after each shift, in its own folder.
func DefaultBackup() BackupSettings {
	return BackupSettings{OnClose: true, Keep: 30, Seal: SealNone, Keys: true}
}

// FolderList are the other folders, cleaned, each once.
func (b *BackupSettings) FolderList() []string {
	var list []string
	seen := map[string]bool{}
	for _, line := range strings.Split(b.Folders, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		line = filepath.Clean(line)
		if !seen[line] {
			seen[line] = true
			list = append(list, line)
		}
	}
	return list
}

// CopyRetry is after what time a copy that failed is tried again.
const CopyRetry = 15 * time.Minute

// Due reports whether the schedule asks for a copy now. last is when the newest
// whole copy was made and tried when one was last attempted, whole or not; zero
// for never. A moment that passed while the till was off is made up for. A clock
// that was put back does not stop the copies.
func (b *BackupSettings) Due(last, tried, now time.Time) bool {
	if tried.After(last) && !tried.After(now) && now.Sub(tried) < CopyRetry {
		return false
	}
	if last.After(now) {
		last = time.Time{}
	}
	if b.Hours > 0 && now.Sub(last) >= time.Duration(b.Hours)*time.Hour {
		return true
	}
	moment, ok := b.lastMoment(now)
	return ok && last.Before(moment)
}

// lastMoment is the newest moment of the daily schedule that has come.
func (b *BackupSettings) lastMoment(now time.Time) (time.Time, bool) {
	h, m, ok := ParseTimeOfDay(b.At)
	if !ok {
		return time.Time{}, false
	}
	y, mo, d := now.Date()
	at := time.Date(y, mo, d, h, m, 0, 0, now.Location())
	if at.After(now) {
		at = time.Date(y, mo, d-1, h, m, 0, 0, now.Location())
	}
	return at, true
}

// Scheduled reports whether copies are made by the clock at all.
func (b *BackupSettings) Scheduled() bool {
	_, _, ok := ParseTimeOfDay(b.At)
	return ok || b.Hours > 0
}

// ParseTimeOfDay reads "9:05" or "21:30".
func ParseTimeOfDay(s string) (hour, minute int, ok bool) {
	h, m, found := strings.Cut(strings.TrimSpace(s), ":")
	if !found || len(m) != 2 || len(h) == 0 || len(h) > 2 {
		return 0, 0, false
	}
	hour, errH := strconv.Atoi(h)
	minute, errM := strconv.Atoi(m)
	ok = errH == nil && errM == nil && hour >= 0 && hour < 24 && minute >= 0 && minute < 60
	return hour, minute, ok
}
