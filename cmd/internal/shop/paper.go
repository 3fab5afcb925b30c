package shop

import (
	"cmp"
	"context"
	"strings"

	"kassa/pos"
	"kassa/pos/receipt"
)

// Receipt is a sale as text in the language of the shop's receipts, for whoever
// asks. width 0 is the shop's; duplicate marks a reprint, which the caller has
// noted.
func (s *Shop) Receipt(ctx context.Context, a pos.Actor, sale *pos.Sale, width int, duplicate bool) (string, error) {
	in, err := s.Till.ReceiptOf(ctx, a, sale, duplicate)
	if err != nil {
		return "", err
	}
	lines := receipt.Render(in, cmp.Or(width, in.Shop.Width), s.Words(in.Shop.ReceiptLanguage))
	return strings.Join(lines, "\n") + "\n", nil
}
