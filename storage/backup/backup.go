// Package backup makes checked copies of a shop's data in any folder, sealed if
// wished, keeps as many as the shop wants, and brings a shop back from one.
//
// A copy is one database file; a small list of what it holds lies beside it, for
// whoever has many and looks for one. A copy gets its name only when every byte
// of it was read back and found to be what was checked.
package backup

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"kassa/pos"
	"kassa/storage"
	"kassa/storage/local"
)

const (
	prefix     = "kassa-"
	lackingEnd = "-pictures-missing" // in the name of a copy that lacks some
	plainEnd   = ".db"
	listEnd    = ".json"
	stampForm  = "20060102-150405.000"
	privateBit = 0o600
)

// Store makes the copy all others are taken from.
type Store interface {
	Snapshot(ctx context.Context, path string, files local.Files) (lacking, err error)
}

// Target is a folder copies go to.
type Target struct {
	Folder string
	Key    Key
	Make   bool // the folder is made when missing; otherwise that is a refusal
	Keep   int  // newest copies kept, 0: all
	Days   int  // copies older than so many days go, 0: none
}

// Order is one making of copies.
type Order struct {
	Store   Store
	Work    string // the shop's own folder of copies: the first is made here
	Targets []Target
	Now     time.Time
	Program string      // version of the program
	Files   local.Files // pictures of goods that copies carry; nil: none

	// Patience is how long a folder may do nothing before it is given up; it may
	// change meanwhile. nil: Patience.
	Patience func() time.Duration
	// Create makes a new file, for tests; nil: the system's.
	Create func(path string) (*os.File, error)
}

// Make makes one copy in each target's folder. What fails in one does not keep
// the others from theirs, nor does one that answers nothing any more; the results
// have the order of the targets. err is for what kept every copy from being made.
func Make(ctx context.Context, o Order) (results []pos.CopyResult, err error) {
	if o.Patience == nil {
		o.Patience = func() time.Duration { return Patience }
	}
	if o.Create == nil {
		o.Create = create
	}
	if err := os.MkdirAll(o.Work, 0o700); err != nil {
		return nil, storage.FileError(err, o.Work)
	}
	stamp := o.Now.UTC().Format(stampForm)
	first := storage.PartName(filepath.Join(o.Work, prefix+stamp+plainEnd))
	lacking, err := o.Store.Snapshot(ctx, first, o.Files)
	if err != nil {
		return nil, err
	}
	defer os.Remove(first)
	holds, err := local.Contents(ctx, first)
	if err != nil {
		return nil, err
	}
	m := &maker{Order: o, first: first, name: prefix + stamp + plainEnd, holds: holds, lacking: lacking}
	if lacking != nil {
		m.name = prefix + stamp + lackingEnd + plainEnd
	}
	if m.sum, m.bytes, err = digest(first); err != nil {
		return nil, err
	}
	for _, t := range o.Targets {
		r := pos.CopyResult{Folder: t.Folder}
		if t.Folder == o.Work {
			r.Copy, r.Err = m.one(ctx, t, &pulse{})
		} else {
			r.Copy, r.Err = apart(ctx, "copy", t.Folder, o.Patience, func(ctx context.Context, p *pulse) (*pos.Copy, error) {
				return m.one(ctx, t, p)
			})
		}
		if r.Err == nil && lacking != nil {
			r.Err = &pos.Error{Code: pos.CodeUnavailable, ID: "backup.pictures-missing", Args: pos.Args{"Path": t.Folder}, Err: lacking}
		}
		results = append(results, r)
	}
	return results, nil
}

type maker struct {
	Order
	first string
	name  string
	holds *pos.CopyContents
	sum   []byte
	bytes int64

	lacking error // why some pictures are not in it
}

func create(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, privateBit)
}

// one makes the copy of one target.
func (m *maker) one(ctx context.Context, t Target, p *pulse) (*pos.Copy, error) {
	if err := m.ready(t); err != nil {
		return nil, err
	}
	p.beat()
	s, err := newSeal(t.Key)
	if err != nil {
		return nil, err
	}
	name := m.name
	if s != nil {
		name += SealedSuffix
	}
	final := filepath.Join(t.Folder, name)
	part := storage.PartName(final)
	if s == nil && t.Folder == m.Work {
		// Made in this very folder and read whole when it was checked.
		if err := m.keep(final, s != nil); err != nil {
			return nil, err
		}
		if err := link(m.first, final); err != nil {
			os.Remove(final + listEnd)
			return nil, err
		}
		return m.done(t, final, s)
	}
	defer os.Remove(part)
	storage.ClearParts(t.Folder, m.Now, nil)
	if err := m.write(ctx, part, s, p); err != nil {
		return nil, err
	}
	if err := m.verify(ctx, part, s, p); err != nil {
		return nil, err
	}
	if err := m.keep(final, s != nil); err != nil {
		return nil, err
	}
	p.beat()
	if err := call(ctx, part, final); err != nil {
		os.Remove(final + listEnd)
		return nil, err
	}
	p.beat()
	return m.done(t, final, s)
}

// call gives the copy its name, unless it was given up meanwhile.
func call(ctx context.Context, part, final string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return storage.FileError(os.Rename(part, final), final)
}

func (m *maker) done(t Target, final string, s *seal) (*pos.Copy, error) {
	if err := storage.SyncDir(t.Folder); err != nil {
		return nil, err
	}
	c := m.told(final, s != nil)
	if st, err := os.Stat(final); err == nil {
		c.Bytes = st.Size()
	}
	return c, prune(t, m.Now, final)
}

// ready asks whether the folder can take the copy.
func (m *maker) ready(t Target) error {
	if t.Make {
		if err := os.MkdirAll(t.Folder, 0o700); err != nil {
			return storage.FileError(err, t.Folder)
		}
	}
	st, err := os.Stat(t.Folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &pos.Error{Code: pos.CodeUnavailable, ID: "backup.folder-missing", Args: pos.Args{"Path": t.Folder}, Err: err}
	case err != nil:
		return storage.FileError(err, t.Folder)
	case !st.IsDir():
		return pos.E(pos.CodeUnavailable, "backup.no-folder", pos.Args{"Path": t.Folder})
	}
	if filepath.Dir(m.first) == t.Folder && t.Key.Seal == pos.SealNone {
		return nil // the room was asked for before
	}
	space, err := storage.SpaceIn(t.Folder)
	if err != nil {
		return err
	}
	if space.Free < m.bytes+m.bytes/64+1<<20 {
		return pos.E(pos.CodeUnavailable, storage.IDFull, pos.Args{"Path": t.Folder})
	}
	return nil
}

// write puts the copy beside its place.
func (m *maker) write(ctx context.Context, part string, s *seal, p *pulse) (err error) {
	in, err := os.Open(m.first)
	if err != nil {
		return storage.FileError(err, m.first)
	}
	defer in.Close()
	os.Remove(part)
	out, err := m.Create(part)
	if err != nil {
		return storage.FileError(err, filepath.Dir(part))
	}
	p.beat()
	w, r := &steady{ctx: ctx, f: out, p: p}, &stoppable{ctx: ctx, r: in}
	if s != nil {
		err = s.write(w, r)
	} else {
		_, err = io.CopyBuffer(w, r, make([]byte, 1<<20))
	}
	return storage.FileError(errors.Join(err, out.Sync(), out.Close()), filepath.Dir(part))
}

// verify reads the copy back from where it was written, opens it if it is
// sealed, and compares every byte with the copy the engine checked and whose
// heads were read: what is the same in every byte is as sound and as new.
func (m *maker) verify(ctx context.Context, part string, s *seal, p *pulse) error {
	f, err := os.Open(part)
	if err != nil {
		return storage.FileError(err, part)
	}
	defer f.Close()
	var r io.Reader = &stoppable{ctx: ctx, r: f, p: p}
	wrong := func(err error) error {
		return &pos.Error{Code: pos.CodeUnavailable, ID: "backup.changed", Args: pos.Args{"Path": filepath.Dir(part)}, Err: err}
	}
	if s != nil {
		if r, err = decrypt(r, s.check); err != nil {
			return wrong(err)
		}
	}
	h := sha256.New()
	if _, err := io.Copy(h, io.LimitReader(r, m.bytes)); err != nil {
		return wrong(err)
	}
	rest, err := io.ReadAll(io.LimitReader(r, maxKeys))
	if err != nil {
		return wrong(err)
	}
	if !bytes.Equal(h.Sum(nil), m.sum) || !bytes.Equal(rest, s.carried()) {
		return wrong(nil)
	}
	return nil
}

// told is what is known of the copy.
func (m *maker) told(final string, sealed bool) *pos.Copy {
	return &pos.Copy{Path: final, At: m.Now.UTC().Truncate(time.Millisecond), Bytes: m.bytes, Sealed: sealed, Verified: true, Lacking: m.lacking != nil, Holds: m.holds, Program: m.Program}
}

// keep writes the list of what the copy holds beside its place, before the copy
// gets its name: a list without its copy is not looked at.
func (m *maker) keep(final string, sealed bool) error {
	c := m.told(filepath.Base(final), sealed)
	text, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	return storage.ReplaceFile(final+listEnd, append(text, '\n'))
}
