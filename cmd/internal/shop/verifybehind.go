package shop

import (
	"context"
	"errors"

	"kassa/backend"
	"kassa/cmd/internal/books"
	"kassa/pos"
	"kassa/pos/health"
	"kassa/pos/manual"
	"kassa/pos/till"
)

// SelfCheck checks every invariant: of the till's whole history, and of the books that
// the backend carried in it keeps. It needs RightVerify.
func (s *Shop) SelfCheck(ctx context.Context, a pos.Actor) ([]till.Problem, error) {
	problems, err := s.Till.SelfCheck(ctx, a)
	if err != nil {
		return nil, err
	}
	faults, err := s.VerifyBehind(ctx)
	return append(problems, books.Problems(faults)...), err
}

// booksHealth tells whether the books of manual payments add up that are kept here.
func (s *Shop) booksHealth(ctx context.Context) health.Line {
	faults, err := s.VerifyBehind(ctx)
	server, errServer := s.Till.Server(ctx)
	return books.Health(faults, server, errors.Join(err, errServer))
}

// VerifyBehind proves the books of manual payments that the backend carried in the
// till keeps; without a backend.db there is nothing to prove. A server proves its own.
func (s *Shop) VerifyBehind(ctx context.Context) ([]manual.Fault, error) {
	return books.Carried(ctx, s.Home.Dir, backend.Params{Clock: s.Clock, IDs: uuids{}, Log: s.Log})
}
