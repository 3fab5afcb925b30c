// This file exchanges the keys of a till: for a new pepper where the old one is
// lost, or for those a copy of the data carried. What was there is kept.
package secret

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"kassa/pos"
	"kassa/storage"
)

// PepperName is the name the pepper is kept and carried under.
const PepperName = pepperName

// What is kept beside: secrets that wait for their data, and those that were
// replaced.
const (
	waitingMark = "restored."
	beforeMark  = ".before."
	stampForm   = "20060102-150405"
)

// Lost reports that an error tells of keys that are gone, damaged or another
// till's, so that somebody must bring them back or exchange them.
func Lost(err error) bool {
	e, ok := errors.AsType[*pos.Error](err)
	if !ok {
		return false
	}
	switch e.ID {
	case "secret.pepper-lost", "secret.foreign":
		return true
	}
	return unreadable(e)
}

// unreadable reports keys that are there and of no use.
func unreadable(e *pos.Error) bool {
	return e.ID == "secret.key-missing" || e.ID == "secret.damaged" || e.ID == "secret.unreadable"
}

// Renew puts a new pepper in the place of the one there, which is kept under
// another name; files that cannot be read are moved into a folder beside. Every
// hash made under the old one is void from now on.
func Renew(s Store, dir string, at time.Time) ([]byte, error) {
	if err := Clear(s, dir, at); err != nil {
		return nil, err
	}
	raw := make([]byte, PepperBytes)
	_, _ = rand.Read(raw) // never fails
	return raw, replace(s, pepperName, New(base64.StdEncoding.EncodeToString(raw)), at)
}

// Clear makes a store of secrets usable that cannot be read: its files are moved
// into a folder beside. One that can be read stays as it is.
func Clear(s Store, dir string, at time.Time) error {
	_, err := s.Get(pepperName)
	if e, ok := errors.AsType[*pos.Error](err); !ok || !unreadable(e) {
		return err
	}
	aside := filepath.Join(dir, "aside-"+at.Format(stampForm))
	if err := os.MkdirAll(aside, 0o700); err != nil {
		return fault(pos.CodeUnavailable, "secret.folder", aside, err)
	}
	for _, name := range []string{keyFile, valueFile} {
		err := os.Rename(filepath.Join(dir, name), filepath.Join(aside, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fault(pos.CodeUnavailable, "secret.not-saved", filepath.Join(dir, name), err)
		}
	}
	_ = storage.SyncDir(dir)
	return nil
}

// replace keeps a secret; another value under its name is kept beside.
func replace(s Store, name string, value Secret, at time.Time) error {
	was, err := s.Get(name)
	if err != nil {
		return err
	}
	if was.Reveal() == value.Reveal() {
		return nil
	}
	if !was.Empty() {
		if err := s.Set(name+beforeMark+at.Format(stampForm), was); err != nil {
			return err
		}
	}
	return s.Set(name, value)
}

// Carry reads the pepper and the secrets of the names for a copy of the data.
// What there is none of, and what the environment gives, is left out.
func Carry(s Store, names []string) (map[string]Secret, error) {
	found := map[string]Secret{}
	for _, name := range append([]string{pepperName}, names...) {
		if s.Overridden(name) && name != pepperName {
			continue
		}
		v, err := s.Get(name)
		if err != nil {
			return nil, err
		}
		if !v.Empty() {
			found[name] = v
		}
	}
	return found, nil
}

// Raw is the pepper as a text of the store holds it, nil for what is none.
func Raw(text Secret) []byte {
	raw, err := base64.StdEncoding.DecodeString(text.Reveal())
	if err != nil || len(raw) != PepperBytes {
		return nil
	}
	return raw
}

// Await keeps what a copy carried until its data has taken its place; the keys of
// now stay in force.
func Await(s Store, carried map[string]Secret) error {
	for name, v := range carried {
		if err := s.Set(waitingMark+name, v); err != nil {
			return err
		}
	}
	return nil
}

// Waiting is the pepper that waits for its data, nil for none.
func Waiting(s Store) []byte {
	v, err := s.Get(waitingMark + pepperName)
	if err != nil {
		return nil
	}
	return Raw(v)
}

// Accept puts what waits in force: the pepper last, so that whatever happens in
// between it can be done again. What was there is kept beside.
func Accept(s Store, names []string, at time.Time) error {
	for _, name := range append(append([]string{}, names...), pepperName) {
		v, err := s.Get(waitingMark + name)
		if err != nil {
			return err
		}
		if v.Empty() {
			continue
		}
		if err := replace(s, name, v, at); err != nil {
			return err
		}
		if name == pepperName {
			continue
		}
		if err := s.Delete(waitingMark + name); err != nil {
			return err
		}
	}
	return s.Delete(waitingMark + pepperName)
}
