package counter

import (
	"context"

	"kassa/pos"
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
