package till

import (
	"context"
	"time"

	"kassa/pos"
)

// Sale returns a stored sale; "" is the last one. Whoever sells may look at
// what was sold.
func (t *Till) Sale(ctx context.Context, a pos.Actor, id pos.SaleID) (*pos.Sale, error) {
	var s *pos.Sale
	err := t.look(ctx, a, "", func(o *op) (err error) {
		if err := o.demandAny(pos.RightReports, pos.RightReprint, pos.RightSell); err != nil {
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
	err := t.look(ctx, a, "", func(o *op) (err error) {
		if err := o.demandAny(pos.RightReports, pos.RightReprint); err != nil {
			return err
		}
		list, err = o.ListSales("", before, clampLimit(limit))
		return err
	})
	return list, err
}

// NoteReprint records that a receipt is printed again.
func (t *Till) NoteReprint(ctx context.Context, a pos.Actor, id pos.SaleID) error {
	return t.change(ctx, a, pos.RightReprint, func(o *op) error {
		s, err := o.Tx.Sale(id)
		if err != nil {
			return err
		}
		return o.note(pos.EventReprinted, string(s.ID), nil)
	})
}

// Skips lists the codes skipped in a period: from included, to excluded.
func (t *Till) Skips(ctx context.Context, a pos.Actor, from, to time.Time) ([]pos.Override, error) {
	var list []pos.Override
	err := t.look(ctx, a, pos.RightReports, func(o *op) (err error) {
		list, err = o.Overrides(from, to)
		return err
	})
	return list, err
}

// Demand asks for a right outside an operation of the till (settings, test
// SMS); a refusal is noted and names the right.
func (t *Till) Demand(ctx context.Context, a pos.Actor, r pos.Right) error {
	return t.look(ctx, a, r, func(*op) error { return nil })
}

// Note writes an audit record of something done outside the till's operations.
func (t *Till) Note(ctx context.Context, a pos.Actor, k pos.EventKind, subject string, detail map[string]string) error {
	return t.change(ctx, a, "", func(o *op) error { return o.note(k, subject, detail) })
}

// SearchProducts finds goods while somebody types, most sold first.
func (t *Till) SearchProducts(ctx context.Context, text string, limit int) ([]pos.Product, error) {
	var found []pos.Product
	err := t.look(ctx, pos.Actor{}, "", func(o *op) (err error) {
		found, err = o.Tx.SearchProducts(text, clampLimit(limit))
		return err
	})
	return found, err
}
