package counter

import (
	"context"

	"kassa/pos"
	"kassa/pos/till/clients"
	"kassa/pos/till/internal/desk"
)

// SetCustomer attaches a customer to the open cheque; the zero FindCustomer
// takes the customer off. Points and credit of another customer leave the
// payment and their codes are revoked.
func (t *Till) SetCustomer(ctx context.Context, a pos.Actor, f clients.FindCustomer) (*ChequeView, error) {
	var v *ChequeView
	err := t.desk.Change(ctx, a, pos.RightSell, func(o *Op) error {
		c, err := o.CurrentCheque()
		if err != nil {
			return err
		}
		var id pos.CustomerID
		if f != (clients.FindCustomer{}) {
			found, err := o.clients.Find(f)
			if err != nil {
				return err
			}
			id = found.ID
		}
		if err := o.setBuyer(c, id); err != nil {
			return err
		}
		v, err = o.View(c)
		return err
	})
	return desk.OrNil(v, err)
}

func (o *Op) setBuyer(c *pos.Cheque, id pos.CustomerID) error {
	if c.Customer == id {
		return nil
	}
	if id != "" {
		buyer, err := o.Customer(id)
		if err != nil {
			return err
		}
		if buyer.Archived {
			return pos.E(pos.CodeConflict, "customer.in-archive", pos.Args{"Name": buyer.Name})
		}
		if err := o.clients.Untouched(buyer); err != nil {
			return err
		}
	}
	if err := o.start(c); err != nil {
		return err
	}
	if err := o.clients.RevokeAll(c, "code.revoked-customer"); err != nil {
		return err
	}
	c.Customer = id
	if err := o.applyOffers(c); err != nil {
		return err
	}
	c.Rev++
	return o.PutChequeHead(c)
}

// BuyerAgain puts down to a cheque whoever bought before, by the card in use
// now; an archived one is left out.
func (o *Op) BuyerAgain(c *pos.Cheque, id pos.CustomerID) error {
	if id == "" {
		return o.setBuyer(c, "")
	}
	buyer, err := o.clients.Surviving(o.Customer(id))
	if err != nil {
		return err
	}
	if buyer.Archived {
		return o.setBuyer(c, "")
	}
	return o.setBuyer(c, buyer.ID)
}
