package shop

import (
	"context"

	"kassa/pos"
)

// checkCurrency refuses another currency once something was sold: the books,
// debts and points of the shop are kept in the old one and stay what they are.
func (s *Shop) checkCurrency(ctx context.Context, set pos.Settings) error {
	was := s.Config.Settings().Currency
	if set.Currency == was || s.Till == nil {
		return nil
	}
	holds, err := s.Till.Contents(ctx)
	if err != nil {
		return err
	}
	if holds.Entries > 0 {
		return pos.E(pos.CodeConflict, "shop.currency-kept", pos.Args{"Currency": string(was)})
	}
	return nil
}
