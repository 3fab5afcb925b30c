package shop

import (
	"cmp"
	"context"
	"strings"

	"kassa/pos"
	"kassa/pos/phone"
	"kassa/pos/receipt"
	"kassa/pos/till"
)

// Receipt is a sale as text in the language of the shop's receipts, with the
// customer's points and debt of now. width 0 is the shop's; duplicate marks a
// reprint, which the caller has noted.
func (s *Shop) Receipt(ctx context.Context, sale *pos.Sale, width int, duplicate bool) (string, error) {
	set := s.Settings()
	in := receipt.Input{Sale: sale, Shop: set, Copy: duplicate}
	staff, err := s.Till.Employees(ctx)
	if err != nil {
		return "", err
	}
	for _, e := range staff {
		if e.ID == sale.Employee {
			in.Cashier = e.Name
		}
	}
	if in.Customer, err = s.receiptCustomer(ctx, sale.Customer); err != nil {
		return "", err
	}
	lines := receipt.Render(in, cmp.Or(width, set.Width), s.Words(set.ReceiptLanguage))
	return strings.Join(lines, "\n") + "\n", nil
}

// receiptCustomer is nil for nobody. The paper belongs to the customer, so no
// right of the cashier's is asked.
func (s *Shop) receiptCustomer(ctx context.Context, id pos.CustomerID) (*receipt.CustomerInfo, error) {
	if id == "" {
		return nil, nil
	}
	c, err := s.Till.CustomerCard(ctx, till.System(), id)
	if err != nil {
		return nil, err
	}
	info := &receipt.CustomerInfo{Name: c.Name, PointsLeft: c.Points, Debt: c.Debt}
	if c.Phone != "" {
		info.MaskedPhone = phone.Mask(c.Phone)
	}
	return info, nil
}
