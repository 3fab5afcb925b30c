package shop

import (
	"context"
	"errors"

	"kassa/pos"
)

// OpenOrCreate opens the shop of a home to sell from it, and makes one first
// where there is none: what the window does on its first start.
func OpenOrCreate(ctx context.Context, o Options, demo bool) (*Shop, error) {
	s, err := Open(ctx, o)
	switch {
	case pos.CodeOf(err) == pos.CodeNotFound:
		s, _, err = Create(ctx, o, demo)
		return s, err
	case err != nil:
		return nil, err
	}
	made, err := s.made(ctx)
	if err == nil && made {
		return s, nil
	}
	if err := errors.Join(err, s.Close()); err != nil {
		return nil, err
	}
	s, _, err = Create(ctx, o, demo)
	return s, err
}
