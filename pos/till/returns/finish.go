package returns

import (
	"context"
	"errors"
	"strconv"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/refund"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/store"
	"kassa/pos/wire"
)

// FinishReturn stores the open return and gives back what its view told. The
// right is that of ReturnView.Needs, for the sum. CodeInvalid without a reason;
// CodeConflict with nothing picked, while goods are taken in exchange, or when
// the drawer does not hold the cash. Nothing of it is stored on an error.
func (t *Till) FinishReturn(ctx context.Context, a pos.Actor, reason string) (*pos.Return, error) {
	var r *pos.Return
	err := t.desk.Change(ctx, a, pos.RightSell, func(o *op) error {
		d, shift, err := o.draftToFinish()
		if err != nil {
			return err
		}
		c, err := o.counter.CurrentCheque()
		if err != nil {
			return err
		}
		if c.Exchange() != nil {
			return pos.E(pos.CodeConflict, "return.exchange-open", nil)
		}
		from, err := o.origin(d.Sale)
		if err != nil {
			return err
		}
		if r, err = o.settled(d, from, shift, reason, nil); err != nil {
			return err
		}
		return o.storeReturn(r)
	})
	if errors.Is(err, store.ErrUnknown) && r != nil {
		return t.storedReturn(ctx, r.ID)
	}
	return desk.OrNil(r, err)
}

// storedReturn answers for a commit nobody knows the outcome of, as StoredSale of
// the counter does.
func (t *Till) storedReturn(ctx context.Context, id pos.ReturnID) (*pos.Return, error) {
	var r *pos.Return
	err := t.desk.Store.Update(context.WithoutCancel(ctx), func(tx store.Tx) (err error) {
		r, err = tx.Return(id)
		return err
	})
	switch {
	case err == nil:
		return r, nil
	case pos.CodeOf(err) == pos.CodeNotFound:
		return nil, pos.E(pos.CodeUnavailable, "return.not-stored", nil)
	}
	return nil, t.desk.Told(pos.Wrap(pos.CodeUnavailable, "return.outcome-unknown", err))
}

// draftToFinish is the open return with something in it, and the open shift.
func (o *op) draftToFinish() (*pos.ReturnDraft, *pos.Shift, error) {
	shift, err := o.drawer.WorkingShift()
	if err != nil {
		return nil, nil, err
	}
	d, err := o.draft()
	if err == nil && len(d.Lines) == 0 {
		err = pos.E(pos.CodeConflict, "return.empty", nil)
	}
	return d, shift, err
}

// settled makes the document; sold is what it is exchanged for, nil for nothing.
func (o *op) settled(d *pos.ReturnDraft, from *origin, shift *pos.Shift, reason string, sold *pos.Sale) (*pos.Return, error) {
	reason, err := desk.NeedReason(reason)
	if err != nil {
		return nil, err
	}
	f, err := o.facts(from, d)
	if err != nil {
		return nil, err
	}
	lines, err := from.lines(d)
	if err != nil {
		return nil, err
	}
	right, err := o.returnRight(f.Sale)
	if err != nil {
		return nil, err
	}
	var turned money.Amount
	if sold != nil {
		turned = sold.Exchanged()
		if sold.Customer != "" && sold.Customer == f.Owner {
			if err := o.coverFrom(f, sold); err != nil {
				return nil, err
			}
		}
	}
	r := f.Settle(lines, turned, o.Settings.Rules, o.At, func() pos.LotID { return pos.LotID(o.NewID()) })
	o.About(string(d.ID))
	if err := o.DemandSum(right, r.Total); err != nil {
		return nil, err
	}
	if err := o.mayGiveBack(r); err != nil {
		return nil, err
	}
	for i := range r.Refunds {
		if d := &r.Refunds[i]; d.Method.NeedsCertificate() {
			if _, err := o.counter.RefundCertificate(d.Certificate); err != nil {
				return nil, err
			}
		}
	}
	cash, err := o.drawer.ExpectedCash()
	if err != nil {
		return nil, err
	}
	if out := r.OutOfDrawer(); out > cash {
		return nil, pos.E(pos.CodeConflict, "return.drawer", pos.Args{"Amount": out, "Expected": cash})
	}
	r.ID, r.Till, r.Shift, r.Employee, r.Currency, r.Reason = d.ID, o.Settings.Till, shift.ID, o.Actor.ID, o.Settings.Currency, reason
	if sold != nil {
		r.Exchange = sold.ID
	}
	if r.Epoch, err = o.Epoch(); err != nil {
		return nil, err
	}
	r.Number, err = o.NextReturnNumber()
	return r, err
}

// coverFrom lets points that are missing be taken out of what the new sale has
// just earned.
func (o *op) coverFrom(f *refund.Facts, sold *pos.Sale) error {
	lots, err := o.Lots(f.Owner)
	for _, l := range lots {
		if l.Sale == sold.ID && l.Return == "" {
			f.Earned = append(f.Earned, l)
		}
	}
	return err
}

// storeReturn writes the return and everything that follows from it, and ends
// the draft.
func (o *op) storeReturn(r *pos.Return) error {
	if err := o.PutReturn(r); err != nil {
		return err
	}
	for _, step := range []func(*pos.Return) error{o.pointsBack, o.debtBack, o.goodsBack, o.ordersBack} {
		if err := step(r); err != nil {
			return err
		}
	}
	entry := ledger.OfReturn(r)
	if err := o.Book(entry); err != nil {
		return err
	}
	if err := o.Note(pos.EventReturned, string(r.ID), returnDetail(r, entry.Digest)); err != nil {
		return err
	}
	if err := o.Tell(wire.OfReturn(r, entry.Digest)); err != nil {
		return err
	}
	return o.DropReturnDraft()
}

// pointsBack moves the points of lots; those of an expired lot come back in a
// fresh one.
func (o *op) pointsBack(r *pos.Return) error {
	var moves []pos.LotMove
	for i := range r.Points {
		m := &r.Points[i]
		if m.Fresh != "" {
			err := o.PutLot(&pos.Lot{ID: m.Fresh, Customer: m.Customer, Sale: m.Sale, Return: r.ID, Points: m.Points, Left: m.Points,
				At: r.At, ActiveFrom: r.At, Expires: m.Expires})
			if err != nil {
				return err
			}
			continue
		}
		l, err := o.Lot(m.Lot)
		if err != nil {
			return err
		}
		l.Left += m.Points
		if err := o.PutLot(l); err != nil {
			return err
		}
		moves = append(moves, pos.LotMove{Lot: m.Lot, Sale: pos.SaleID(r.ID), Points: m.Points})
	}
	if len(moves) == 0 {
		return nil
	}
	return o.PutLotMoves(moves, o.At)
}

func (o *op) debtBack(r *pos.Return) error {
	for i := range r.Refunds {
		f := &r.Refunds[i]
		if f.Method != pos.Credit {
			continue
		}
		debt, err := o.Debt(f.Debt)
		if err != nil {
			return err
		}
		debt.Left = debt.Left.Sub(f.Amount)
		if err := o.PutDebt(debt); err != nil {
			return err
		}
	}
	return nil
}

// goodsBack puts what is fit to be sold back on the shelf.
func (o *op) goodsBack(r *pos.Return) error {
	return r.Restocked(func(id pos.ProductID, qty money.Quantity) error {
		return o.MoveStock(id, qty, string(r.ID), o.At)
	})
}

// returnDetail is what the audit trail tells of a return.
func returnDetail(r *pos.Return, digest string) map[string]string {
	d := map[string]string{"number": strconv.FormatInt(r.Number, 10), "total": desk.Minor(r.Total), "reason": r.Reason, "digest": digest}
	if r.Sale != "" {
		d["sale"] = string(r.Sale)
	}
	if r.Exchange != "" {
		d["exchange"] = string(r.Exchange)
	}
	return d
}
