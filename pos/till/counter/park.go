package counter

import (
	"context"
	"slices"
	"time"

	"kassa/pos"
	"kassa/pos/till/internal/desk"
)

// Park puts the open cheque aside; its tenders must be taken off first
// (CodeConflict). Points and credit leave it by themselves and their codes are
// revoked: what stands aside must not hold anybody's confirmation. A manual
// payment stays: it is decided elsewhere.
func (t *Till) Park(ctx context.Context, a pos.Actor, note string) (*ChequeView, error) {
	var v *ChequeView
	err := t.desk.Change(ctx, a, pos.RightPark, func(o *Op) error {
		c, err := o.chequeToChange()
		if err != nil {
			return err
		}
		if c.Live() == 0 {
			return pos.E(pos.CodeConflict, "cheque.empty", nil)
		}
		if c.Note, err = desk.NoteText(note); err != nil {
			return err
		}
		for _, d := range c.Tenders {
			if !d.Method.NeedsCustomer() && !d.Method.NeedsApproval() {
				return pos.E(pos.CodeConflict, "cheque.park-tenders", nil)
			}
		}
		if err := o.clients.RevokeAll(c, "code.revoked-parked"); err != nil {
			return err
		}
		c.State, c.ParkedAt = pos.ChequeParked, o.At
		c.Rev++
		if err := o.PutChequeHead(c); err != nil {
			return err
		}
		v = &ChequeView{Cheque: pos.Cheque{State: pos.ChequeOpen}}
		return o.Note(pos.EventChequeParked, string(c.ID), map[string]string{"note": c.Note})
	})
	return desk.OrNil(v, err)
}

// Parked lists the cheques put aside, oldest first.
func (t *Till) Parked(ctx context.Context) ([]ChequeView, error) {
	var views []ChequeView
	err := t.desk.Look(ctx, pos.Actor{}, "", func(o *Op) error {
		parked, err := o.ParkedCheques()
		if err != nil {
			return err
		}
		for i := range parked {
			v, err := o.View(&parked[i])
			if err != nil {
				return err
			}
			if len(v.Awaited) == 0 {
				last, err := o.lastOf(&parked[i])
				if err != nil {
					return err
				}
				if last != nil {
					v.Awaited = []AwaitedView{*last}
				}
			}
			views = append(views, *v)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return views, nil
}

// Recall brings a parked cheque back; CodeConflict while another is open with
// lines in it, CodeNotFound for one that is not parked (any more).
func (t *Till) Recall(ctx context.Context, a pos.Actor, id pos.SaleID) (*ChequeView, error) {
	var v *ChequeView
	err := t.desk.Change(ctx, a, pos.RightPark, func(o *Op) error {
		c, err := o.Tx.Cheque(id)
		if pos.CodeOf(err) == pos.CodeNotFound || (err == nil && c.State != pos.ChequeParked) {
			return pos.E(pos.CodeNotFound, "cheque.not-parked", nil)
		}
		if err != nil {
			return err
		}
		if err := o.NoReturn(); err != nil {
			return err
		}
		if err := o.ClearScreen(); err != nil {
			return err
		}
		c.State, c.ParkedAt, c.Note = pos.ChequeOpen, time.Time{}, ""
		if !slices.ContainsFunc(c.Tenders, func(d pos.Tender) bool { return d.Method.NeedsApproval() }) { // what was asked for is paid as it was asked
			if err := o.applyOffers(c); err != nil { // its time and its coupons may have passed
				return err
			}
		}
		c.Rev++
		if err := o.PutChequeHead(c); err != nil {
			return err
		}
		if err := o.Note(pos.EventChequeRecalled, string(c.ID), nil); err != nil {
			return err
		}
		v, err = o.View(c)
		return err
	})
	return desk.OrNil(v, err)
}

// ClearScreen makes room for a recalled cheque. An open cheque in which
// everything was removed stays in the records as cancelled; one that never had
// a line leaves no trace.
func (o *Op) ClearScreen() error {
	c, err := o.CurrentCheque()
	switch {
	case err != nil:
		return err
	case c.ID == "":
		return nil
	case c.Live() > 0 || len(c.Tenders) > 0:
		return pos.E(pos.CodeConflict, "cheque.open", nil)
	case len(c.Lines) == 0:
		return o.DeleteCheque(c.ID)
	}
	c.State = pos.ChequeCancelled
	c.Rev++
	if err := o.PutChequeHead(c); err != nil {
		return err
	}
	return o.Note(pos.EventChequeCancelled, string(c.ID), map[string]string{"reason": "", "total": "0", "lines": "0"})
}
