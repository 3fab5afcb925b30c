package upkeep

import (
	"context"
	"path/filepath"
	"strconv"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
)

// RestorePlan is what would become of the shop's data if a copy took its place.
type RestorePlan struct {
	File        string
	Holds       pos.CopyContents
	Now         *pos.CopyContents // of the data as it is; nil when there is none or it cannot be read
	Foreign     bool              // the copy is another till's: both would go on as the same one
	Epoch       int64             // the one the shop goes on in
	Above       history.Numbers   // its numbers go on above these
	Lost        SalesAfter        // sold after the copy was made, and not in it
	Problems    []Problem         // of the copy's self-check
	LostPINs    bool              // the secret behind the PINs is not on this computer: each must be set anew
	Keys        KeysOf            // what the copy's own keys are needed for
	SealsUnread bool              // the seals of its records cannot be looked at: the secret behind them is not here
}

// KeysOf says what becomes of the keys a copy carries; "" for nothing: it carries
// none, or those of this computer fit it.
type KeysOf string

// The fates of carried keys, permanent words.
const (
	KeysBrought   KeysOf = "brought"   // this computer has none
	KeysExchanged KeysOf = "exchanged" // this computer has others, which are kept aside
)

// SalesAfter are the sales after some moment.
type SalesAfter struct {
	Count int64
	Sum   money.Amount
}

// Contents tells what the data holds, as a copy of it would.
func (t *Till) Contents(ctx context.Context) (*pos.CopyContents, error) {
	c := &pos.CopyContents{}
	err := t.desk.Look(ctx, pos.Actor{}, "", func(o *op) (err error) {
		*c = pos.CopyContents{Shop: o.Settings.Shop, Till: o.Settings.Till}
		if c.Epoch, err = o.Epoch(); err != nil {
			return err
		}
		if c.Entries, c.Journal, err = o.LedgerHead(); err != nil {
			return err
		}
		if c.Events, c.Head, err = o.AuditHead(); err != nil {
			return err
		}
		newest, err := o.Tx.Events("", 1)
		if err != nil {
			return err
		}
		for _, e := range newest {
			c.LastAt = e.At
		}
		if c.Origin, err = o.Origin(); err != nil {
			return err
		}
		switch s, err := o.LastSale(); {
		case err == nil:
			c.LastSale, c.LastSaleAt = s.Number, s.At
		case pos.CodeOf(err) != pos.CodeNotFound:
			return err
		}
		if c.Sales, err = o.SaleCount(); err != nil {
			return err
		}
		stands, err := o.Tx.Standing()
		c.Stands = &stands
		return err
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

// salesPage is how many sales are looked at at once, most how many at most.
const (
	salesPage = 500
	salesMost = 100_000
)

// SoldAfter sums the sales that a copy does not hold because they came later.
// It needs the right to restore.
func (t *Till) SoldAfter(ctx context.Context, a pos.Actor, c *pos.CopyContents) (SalesAfter, error) {
	var sum SalesAfter
	err := t.desk.Look(ctx, a, pos.RightRestore, func(o *op) error {
		sum = SalesAfter{}
		for before := int64(0); sum.Count < salesMost; {
			list, err := o.ListSales("", before, salesPage)
			if err != nil {
				return err
			}
			for i := range list {
				s := &list[i]
				if s.Epoch < c.Epoch || s.Epoch == c.Epoch && s.Number <= c.LastSale {
					return nil
				}
				sum.Sum, sum.Count = sum.Sum.Add(s.Total), sum.Count+1
				before = history.Place(s.Epoch, s.Number)
			}
			if len(list) < salesPage {
				return nil
			}
		}
		return nil
	})
	return sum, err
}

// Restored makes the data of a copy the till's next: a new epoch whose numbers are
// above all that are known, so that none is given twice, an event that tells where
// it came from, and no PIN where the secret behind them is lost. It is done to the copy before it takes its
// place. a is who asked for it, as known to the data it replaces.
func (t *Till) Restored(ctx context.Context, a pos.Actor, p *RestorePlan) error {
	return t.desk.Change(ctx, pos.Actor{}, "", func(o *op) error {
		if err := o.BeginEpoch(p.Epoch, p.Above); err != nil {
			return err
		}
		if err := o.PutMeta(metaRunning, ""); err != nil {
			return err
		}
		if p.LostPINs {
			// Whoever is made the owner there does it under another secret.
			if err := o.PutMeta(desk.MetaKeys, ""); err != nil {
				return err
			}
			people, err := o.Tx.Employees()
			if err != nil {
				return err
			}
			for i := range people {
				people[i].PINHash, people[i].PINTag = "", ""
				if err := o.PutEmployee(&people[i]); err != nil {
					return err
				}
			}
		}
		detail := map[string]string{
			"file": filepath.Base(p.File), "epoch": strconv.FormatInt(p.Epoch, 10), "events": strconv.FormatInt(p.Holds.Events, 10),
			"lost_sales": strconv.FormatInt(p.Lost.Count, 10), "lost_sum": strconv.FormatInt(int64(p.Lost.Sum), 10), pos.DetailPINsLost: desk.YesNo(p.LostPINs),
			"keys": string(p.Keys),
		}
		p.Above.TellFirst(detail)
		if p.Now != nil {
			detail["head_before"] = p.Now.Head
		}
		o.Actor = a
		return o.Note(pos.EventDataRestored, "", detail)
	})
}
