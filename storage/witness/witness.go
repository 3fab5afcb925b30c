// Package witness remembers, outside the database and apart from it, how far a
// till's history has come. A database that is older than that has lost something.
//
// The file has two slots, written in turn, each sealed under a key that is not in
// the folder of the database. A slot that was half written when the power went
// does not count; the other one is a little older, and an older witness proves
// less and never too much. So nothing waits for the disk but Sync.
package witness

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/storage"
)

// A slot is its mark, the length of what it says, what it says, and the seal over
// all of it.
const (
	slotSize = 2048
	mark     = "KASSAW01"
	headSize = len(mark) + 4
	sealSize = sha256.Size
	maxSaid  = slotSize - headSize - sealSize
)

// fileStart begins the name of a witness; the rest names the history it is about.
const fileStart = "witness-"

// namePart is how much of a history's origin its witness is named by.
const namePart = 16

// File is the witness of one history. It is safe for use by several goroutines,
// and several processes may keep one file.
type File struct {
	path string
	key  []byte

	mu     sync.Mutex
	f      *os.File // nil until something is kept
	newest history.Standing
	raw    []byte // the file as it was read or written last
	read   slots  // what it says
}

// slots are what both say; one that is not whole and ours is nil.
type slots [2]*history.Standing

// At is the witness of the history with that origin, in a folder; pepper is the
// secret its seals are made under. Nothing is read yet.
func At(dir, origin string, pepper []byte) *File {
	h := hmac.New(sha256.New, pepper)
	h.Write([]byte("kassa: witness of a history"))
	return &File{path: filepath.Join(dir, fileStart+name(origin)), key: h.Sum(nil)}
}

// name is the part of an origin that can stand in a file's name.
func name(origin string) string {
	if raw, err := hex.DecodeString(origin); err == nil && len(origin) >= namePart {
		return hex.EncodeToString(raw)[:namePart]
	}
	sum := sha256.Sum256([]byte(origin))
	return hex.EncodeToString(sum[:])[:namePart]
}

// Path is the file.
func (w *File) Path() string { return w.path }

// Read tells what is remembered; ok is false where nothing is: there is no file,
// or none of its slots is sealed as ours. The error is one of reading, or
// CodeUnavailable "witness.damaged" for a file in which no slot is whole.
func (w *File) Read() (s history.Standing, ok bool, err error) {
	f, err := os.Open(w.path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, false, nil
	} else if err != nil {
		return s, false, storage.FileError(err, w.path)
	}
	defer f.Close()
	raw, err := w.bytes(f)
	if err != nil {
		return s, false, err
	}
	for _, one := range w.said(raw) {
		if one != nil && (!ok || one.After(&s)) {
			s, ok = *one, true
		}
	}
	if !ok {
		return s, false, &pos.Error{Code: pos.CodeUnavailable, ID: "witness.damaged", Args: pos.Args{"Path": w.path}}
	}
	return s, true, nil
}

// Keep remembers a standing, unless a later one is remembered already. It does
// not wait for the disk: what it wrote is lost with the power, not with the
// process.
func (w *File) Keep(s history.Standing) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.newest.Events > 0 && !s.After(&w.newest) {
		return nil
	}
	if err := w.open(); err != nil {
		return err
	}
	raw, err := w.bytes(w.f)
	if err != nil {
		return err
	}
	if !bytes.Equal(raw, w.raw) { // another process was there, or it is the first time
		w.raw, w.read = raw, w.said(raw)
	}
	into := 0 // the older one
	if r := w.read; r[0] != nil && (r[1] == nil || r[0].After(r[1])) {
		into = 1
	}
	if last := w.read[1-into]; last != nil && !s.After(last) {
		return nil
	}
	text, err := w.slot(&s)
	if err != nil {
		return err
	}
	if _, err := w.f.WriteAt(text, int64(into)*slotSize); err != nil {
		w.raw = nil
		return storage.FileError(err, w.path)
	}
	copy(w.raw[into*slotSize:], text)
	w.read[into], w.newest = &s, s
	return nil
}

// Sync makes what was kept outlast a power cut.
func (w *File) Sync() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.f == nil {
		return nil
	}
	if err := w.f.Sync(); err != nil {
		return storage.FileError(err, w.path)
	}
	// A file that somebody took away or replaced meanwhile is begun anew with the
	// next standing.
	ours, err := w.f.Stat()
	if err != nil {
		return storage.FileError(err, w.path)
	}
	if there, err := os.Stat(w.path); err != nil || !os.SameFile(ours, there) {
		err := w.f.Close()
		w.f, w.raw, w.newest = nil, nil, history.Standing{}
		return storage.FileError(err, w.path)
	}
	return nil
}

// Close makes what was kept outlast a power cut and gives the file back; keeping
// more opens it again.
func (w *File) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.f == nil {
		return nil
	}
	err := errors.Join(w.f.Sync(), w.f.Close())
	w.f = nil
	return storage.FileError(err, w.path)
}

func (w *File) open() (err error) {
	if w.f != nil {
		return nil
	}
	w.f, err = os.OpenFile(w.path, os.O_RDWR|os.O_CREATE, 0o600)
	return storage.FileError(err, w.path)
}

// bytes are both slots as they are; what the file has not is empty.
func (w *File) bytes(f io.ReaderAt) ([]byte, error) {
	raw := make([]byte, 2*slotSize)
	if _, err := f.ReadAt(raw, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, storage.FileError(err, w.path)
	}
	return raw, nil
}

func (w *File) said(raw []byte) (found slots) {
	for i := range found {
		found[i] = w.unseal(raw[i*slotSize : (i+1)*slotSize])
	}
	return found
}

// unseal reads a slot, nil where it is not whole and ours.
func (w *File) unseal(slot []byte) *history.Standing {
	if !strings.HasPrefix(string(slot), mark) {
		return nil
	}
	n := int(binary.BigEndian.Uint32(slot[len(mark):]))
	if n > maxSaid || !hmac.Equal(w.seal(slot[:headSize+n]), slot[headSize+n:headSize+n+sealSize]) {
		return nil
	}
	s := &history.Standing{}
	if json.Unmarshal(slot[headSize:headSize+n], s) != nil {
		return nil
	}
	return s
}

func (w *File) slot(s *history.Standing) ([]byte, error) {
	text, err := json.Marshal(s)
	if err != nil || len(text) > maxSaid {
		return nil, pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	slot := make([]byte, slotSize)
	copy(slot, mark)
	binary.BigEndian.PutUint32(slot[len(mark):], uint32(len(text)))
	copy(slot[headSize:], text)
	copy(slot[headSize+len(text):], w.seal(slot[:headSize+len(text)]))
	return slot, nil
}

func (w *File) seal(said []byte) []byte {
	h := hmac.New(sha256.New, w.key)
	h.Write(said)
	return h.Sum(nil)
}
