package returns

import (
	"context"
	"strconv"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/receipt"
	"kassa/pos/refund"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/store"
)

// saleSpan is how far back sales of a product or of a sum are looked for when no
// time is given.
const saleSpan = 30 * 24 * time.Hour

// FindSales lists sales without lines, newest first, at most limit: by number,
// time, customer, product or sum, each narrowing. Sales of a product and of a sum
// are looked for in the last thirty days unless From is given. Whoever sells may look for the
// sale a customer brings back.
func (t *Till) FindSales(ctx context.Context, a pos.Actor, q store.SaleQuery, limit int) ([]pos.Sale, error) {
	var found []pos.Sale
	err := t.desk.Look(ctx, a, pos.RightSell, func(o *op) (err error) {
		if (q.Product != "" || q.Total != 0) && q.From.IsZero() {
			q.From = o.At.Add(-saleSpan)
		}
		found, err = o.SearchSales(q, desk.ClampLimit(limit))
		return err
	})
	return found, err
}

// saleNumber reads the number of a receipt as it is typed: digits, with or
// without a number sign before them.
func saleNumber(text string) (int64, error) {
	text = strings.TrimSpace(strings.TrimLeft(text, "№#N "))
	n, err := strconv.ParseInt(text, 10, 40)
	if err != nil || n <= 0 {
		return 0, pos.Wrap(pos.CodeInvalid, "return.find-number", err)
	}
	return n, nil
}

// Return tells a stored return; "" is the last one.
func (t *Till) Return(ctx context.Context, a pos.Actor, id pos.ReturnID) (*pos.Return, error) {
	var r *pos.Return
	err := t.desk.Look(ctx, a, "", func(o *op) (err error) {
		if err := o.DemandAny(pos.RightReports, pos.RightReprint, pos.RightSell); err != nil {
			return err
		}
		if id != "" {
			r, err = o.Tx.Return(id)
			return err
		}
		last, err := o.ListReturns("", 0, 1)
		if err == nil && len(last) == 0 {
			err = pos.E(pos.CodeNotFound, "return.missing", nil)
		}
		if err == nil {
			r, err = o.Tx.Return(last[0].ID)
		}
		return err
	})
	return desk.OrNil(r, err)
}

// Returns lists stored returns without lines, newest first, before a place
// (pos.Place; 0: from the newest).
func (t *Till) Returns(ctx context.Context, a pos.Actor, before int64, limit int) ([]pos.Return, error) {
	var list []pos.Return
	err := t.desk.Look(ctx, a, "", func(o *op) (err error) {
		if err := o.DemandAny(pos.RightReports, pos.RightReprint); err != nil {
			return err
		}
		list, err = o.ListReturns("", before, desk.ClampLimit(limit))
		return err
	})
	return list, err
}

// CameBack tells what of a sale came back: the returns, oldest first, and the
// quantity of each line by its number.
func (t *Till) CameBack(ctx context.Context, a pos.Actor, sale pos.SaleID) ([]pos.Return, map[int]money.Quantity, error) {
	var list []pos.Return
	back := refund.Returned{}
	err := t.desk.Look(ctx, a, "", func(o *op) (err error) {
		if err := o.DemandAny(pos.RightReports, pos.RightReprint, pos.RightSell); err != nil {
			return err
		}
		list, err = o.ReturnsOf(sale)
		for i := range list {
			back.Add(&list[i])
		}
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	return list, back, nil
}

// Corrections are the corrections of a sale's tenders, oldest first.
func (t *Till) Corrections(ctx context.Context, a pos.Actor, sale pos.SaleID) ([]pos.Correction, error) {
	var list []pos.Correction
	err := t.desk.Look(ctx, a, "", func(o *op) (err error) {
		if err := o.DemandAny(pos.RightReports, pos.RightReprint, pos.RightSell); err != nil {
			return err
		}
		list, err = o.CorrectionsOf(sale)
		return err
	})
	return list, err
}

// NoteReturnReprint records that the slip of a return is printed again.
// CodeNotFound for an unknown return.
func (t *Till) NoteReturnReprint(ctx context.Context, a pos.Actor, id pos.ReturnID) error {
	return t.desk.Tend(ctx, a, pos.RightReprint, func(o *op) error {
		r, err := o.Tx.Return(id)
		if err != nil {
			return err
		}
		return o.Note(pos.EventReprinted, string(r.ID), nil)
	})
}

// SlipOf is what the slip of a stored return tells, as counter.Till.ReceiptOf.
func (t *Till) SlipOf(ctx context.Context, a pos.Actor, r *pos.Return, isCopy bool) (receipt.ReturnInput, error) {
	in := receipt.ReturnInput{Return: r, Copy: isCopy}
	err := t.desk.Look(ctx, a, "", func(o *op) (err error) {
		in.Shop = o.Settings
		if in.Cashier, err = o.staff.NameOf(r.Employee); err != nil {
			return err
		}
		in.Customer, err = o.clients.OnPaper(r.Customer, isCopy)
		return err
	})
	return in, err
}
