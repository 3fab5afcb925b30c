package counter

import (
	"context"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/receipt"
	"kassa/pos/till/internal/desk"
)

// Sale returns a stored sale; "" is the last one. Whoever sells may look at
// what was sold.
func (t *Till) Sale(ctx context.Context, a pos.Actor, id pos.SaleID) (*pos.Sale, error) {
	var s *pos.Sale
	err := t.desk.Look(ctx, a, "", func(o *Op) (err error) {
		if err := o.DemandAny(pos.RightReports, pos.RightReprint, pos.RightSell); err != nil {
			return err
		}
		if id == "" {
			s, err = o.LastSale()
		} else {
			s, err = o.Tx.Sale(id)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Sales lists stored sales without lines, newest first, before a number (0:
// from the newest).
func (t *Till) Sales(ctx context.Context, a pos.Actor, before int64, limit int) ([]pos.Sale, error) {
	var list []pos.Sale
	err := t.desk.Look(ctx, a, "", func(o *Op) (err error) {
		if err := o.DemandAny(pos.RightReports, pos.RightReprint); err != nil {
			return err
		}
		list, err = o.ListSales("", before, desk.ClampLimit(limit))
		return err
	})
	return list, err
}

// NoteReprint records that a receipt is printed again.
func (t *Till) NoteReprint(ctx context.Context, a pos.Actor, id pos.SaleID) error {
	return t.desk.Change(ctx, a, pos.RightReprint, func(o *Op) error {
		s, err := o.Tx.Sale(id)
		if err != nil {
			return err
		}
		return o.Note(pos.EventReprinted, string(s.ID), nil)
	})
}

// ReceiptOf is what the receipt of a stored sale tells, on the screen, on paper
// and through the door alike. A copy is marked so and tells of the sale, not of
// what became of its certificates since. Whoever may look at the sale may have
// its receipt; see clients.Op.OnPaper for what it then tells of the customer.
func (t *Till) ReceiptOf(ctx context.Context, a pos.Actor, s *pos.Sale, isCopy bool) (receipt.Input, error) {
	in := receipt.Input{Sale: s, Copy: isCopy}
	err := t.desk.Look(ctx, a, "", func(o *Op) (err error) {
		in.Shop = o.Settings
		if in.Cashier, err = o.staff.NameOf(s.Employee); err != nil {
			return err
		}
		if in.Customer, err = o.clients.OnPaper(s.Customer, isCopy); err != nil || isCopy {
			return err
		}
		in.CertificatesLeft, err = o.certificatesLeft(s)
		return err
	})
	return in, err
}

// certificatesLeft is what is left on the certificates that paid for a sale, nil
// for none.
func (o *Op) certificatesLeft(s *pos.Sale) (map[string]money.Amount, error) {
	var left map[string]money.Amount
	for i := range s.Tenders {
		number := s.Tenders[i].Certificate
		if number == "" {
			continue
		}
		c, err := o.Tx.Certificate(number, s.Currency)
		if err != nil {
			return nil, err
		}
		if left == nil {
			left = map[string]money.Amount{}
		}
		left[number] = c.Left
	}
	return left, nil
}
