// Package books proves the books of manual payments that the backend carried in a till
// keeps in a file.
package books

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"kassa/backend"
	"kassa/pos"
	"kassa/pos/health"
	"kassa/pos/manual"
	"kassa/pos/till"
	"kassa/storage"
	"kassa/storage/central"
)

// Carried proves the books in the folder of a shop: invariant I9, each entry's balance
// and the journal's chain. It reads a copy, so that a till that sells meanwhile is not
// held up; where there is no such file there is nothing to prove. p says what a backend
// stands on, but for its store.
func Carried(ctx context.Context, dir string, p backend.Params) (faults []manual.Fault, err error) {
	from := filepath.Join(dir, central.FileName)
	if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	apart, err := os.MkdirTemp("", "kassa-verify-")
	if err != nil {
		return nil, storage.FileError(err, os.TempDir())
	}
	defer os.RemoveAll(apart)
	at := filepath.Join(apart, central.FileName)
	if err := central.CopyFile(ctx, from, at); err != nil {
		return nil, err
	}
	st, err := central.OpenFile(ctx, at, false, p.Log)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	p.Store, p.Carried = st, true
	return backend.New(p).VerifyManual(ctx)
}

// Problems are faults as the self-check tells of them.
func Problems(faults []manual.Fault) []till.Problem {
	list := make([]till.Problem, len(faults))
	for i := range faults {
		id, args := faults[i].Told()
		list[i] = till.Problem{Invariant: faults[i].Invariant(), ID: id, Args: args}
	}
	return list
}

// Health tells how the books stand, with what proving them came to; server is who keeps
// others, "" where nobody does.
func Health(faults []manual.Fault, server string, err error) health.Line {
	l := health.Line{Name: "books", State: health.Good, ID: "health.books-ok", Place: health.SelfCheck}
	switch {
	case err != nil:
		return health.Line{Name: l.Name, State: health.Bad, Err: err}
	case len(faults) > 0:
		id, args := faults[0].Told()
		l.State, l.ID, l.Args = health.Bad, "health.books-broken", pos.Args{"Count": len(faults), "Problem": &pos.Error{ID: id, Args: args}}
	case server != "":
		l.ID = "health.books-server"
	}
	return l
}
