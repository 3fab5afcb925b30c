package counter

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/receipt"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/store"
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

// SaleNumbered returns the stored sale with a number, in an epoch or (with 0) in
// whichever has it. CodeNotFound "sale.missing"; where several epochs have the
// number, from the time before restored tills went on above it, CodeConflict
// "sale.several" names them.
func (t *Till) SaleNumbered(ctx context.Context, a pos.Actor, number, epoch int64) (*pos.Sale, error) {
	var s *pos.Sale
	err := t.desk.Look(ctx, a, "", func(o *Op) (err error) {
		if err := o.DemandAny(pos.RightReports, pos.RightReprint, pos.RightSell); err != nil {
			return err
		}
		s, err = o.SaleNumbered(number, epoch)
		return err
	})
	return desk.OrNil(s, err)
}

// SaleNumbered: see Till.SaleNumbered.
func (o *Op) SaleNumbered(number, epoch int64) (*pos.Sale, error) {
	if number <= 0 {
		return nil, pos.E(pos.CodeNotFound, "sale.missing", nil)
	}
	found, err := o.SearchSales(store.SaleQuery{Number: number}, mostEpochs)
	if err != nil {
		return nil, err
	}
	if epoch > 0 {
		found = slices.DeleteFunc(found, func(s pos.Sale) bool { return s.Epoch != epoch })
	}
	switch len(found) {
	case 0:
		return nil, pos.E(pos.CodeNotFound, "sale.missing", nil)
	case 1:
		return o.Tx.Sale(found[0].ID)
	}
	var epochs []string
	for i := range found {
		epochs = append(epochs, strconv.FormatInt(found[i].Epoch, 10))
	}
	return nil, pos.E(pos.CodeConflict, "sale.several", pos.Args{"Number": number, "Epochs": strings.Join(epochs, ", ")})
}

// mostEpochs bounds how many sales of one number are looked at.
const mostEpochs = 50

// Sales lists stored sales without lines, newest first, before a place
// (pos.Place; 0: from the newest).
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
	return t.desk.Tend(ctx, a, pos.RightReprint, func(o *Op) error {
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
