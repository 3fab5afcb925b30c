package reports

import (
	"context"

	"kassa/pos"
	"kassa/pos/confirm"
)

// CustomerStates calls fn with every customer and the figures of now, by name,
// for reports of points and debts. The debts are given beside the state, oldest
// first. An error from fn ends the walk and is returned.
func (t *Till) CustomerStates(ctx context.Context, a pos.Actor, fn func(*pos.CustomerState, []pos.Debt) error) error {
	return t.desk.Look(ctx, a, pos.RightReports, func(o *op) error {
		return o.EachCustomer(func(c *pos.Customer) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			lots, err := o.Lots(c.ID)
			if err != nil {
				return err
			}
			debts, err := o.Debts(c.ID)
			if err != nil {
				return err
			}
			g, err := o.clients.GroupOf(c)
			if err != nil {
				return err
			}
			s := pos.NewCustomerState(*c, g, lots, debts, o.Due())
			return fn(&s, debts)
		})
	})
}

// Counts are how much of each kind a history holds.
type Counts struct {
	Sales, Entries, Events, Shifts, Challenges, Customers, Products int64
}

// Count tells how much a self-check has to look at.
func (t *Till) Count(ctx context.Context, a pos.Actor) (Counts, error) {
	var n Counts
	err := t.desk.Look(ctx, a, pos.RightVerify, func(o *op) (err error) {
		if n.Entries, _, err = o.LedgerHead(); err != nil {
			return err
		}
		if n.Events, _, err = o.AuditHead(); err != nil {
			return err
		}
		if n.Products, err = o.ProductCount(); err != nil {
			return err
		}
		// Numbers tell nothing of it: after a restore they go on above all that are known.
		if n.Sales, err = o.SaleCount(); err != nil {
			return err
		}
		if err := o.EachShift(func(*pos.Shift) error { n.Shifts++; return nil }); err != nil {
			return err
		}
		if err := o.EachCustomer(func(*pos.Customer) error { n.Customers++; return ctx.Err() }); err != nil {
			return err
		}
		return o.EachChallenge(func(*confirm.Challenge) error { n.Challenges++; return ctx.Err() })
	})
	return n, err
}
