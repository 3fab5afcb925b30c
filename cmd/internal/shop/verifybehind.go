package shop

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

// SelfCheck checks every invariant: of the till's whole history, and of the books that
// the backend carried in it keeps. It needs RightVerify.
func (s *Shop) SelfCheck(ctx context.Context, a pos.Actor) ([]till.Problem, error) {
	problems, err := s.Till.SelfCheck(ctx, a)
	if err != nil {
		return nil, err
	}
	faults, err := s.VerifyBehind(ctx)
	for i := range faults {
		id, args := faults[i].Told()
		problems = append(problems, till.Problem{Invariant: faults[i].Invariant(), ID: id, Args: args})
	}
	return problems, err
}

// booksHealth tells whether the books of manual payments add up that are kept here.
func (s *Shop) booksHealth(ctx context.Context) health.Line {
	l := health.Line{Name: "books", State: health.Good, ID: "health.books-ok", Place: health.SelfCheck}
	faults, err := s.VerifyBehind(ctx)
	server, errServer := s.Till.Server(ctx)
	switch {
	case errors.Join(err, errServer) != nil:
		return health.Line{Name: l.Name, State: health.Bad, Err: errors.Join(err, errServer)}
	case len(faults) > 0:
		id, args := faults[0].Told()
		l.State, l.ID, l.Args = health.Bad, "health.books-broken", pos.Args{"Count": len(faults), "Problem": &pos.Error{ID: id, Args: args}}
	case server != "":
		l.ID = "health.books-server"
	}
	return l
}

// VerifyBehind proves the books of manual payments that the backend carried in the
// till keeps: invariant I9, each entry's balance and the journal's chain. It reads a
// copy, so that a till that sells meanwhile is not held up; without a backend.db there
// is nothing to prove. A server proves its own.
func (s *Shop) VerifyBehind(ctx context.Context) (faults []manual.Fault, err error) {
	from := filepath.Join(s.Home.Dir, central.FileName)
	if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	dir, err := os.MkdirTemp("", "kassa-verify-")
	if err != nil {
		return nil, storage.FileError(err, os.TempDir())
	}
	defer os.RemoveAll(dir)
	at := filepath.Join(dir, central.FileName)
	if err := central.CopyFile(ctx, from, at); err != nil {
		return nil, err
	}
	st, err := central.OpenFile(ctx, at, false, s.Log)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	return backend.New(backend.Params{Store: st, Clock: s.Clock, IDs: uuids{}, Log: s.Log, Carried: true}).VerifyManual(ctx)
}
