package till

import (
	"context"
	"slices"
	"strings"

	"kassa/pos"
	"kassa/pos/phone"
)

// SetCustomer attaches a customer to the open cheque; the zero FindCustomer
// takes the customer off. Points and credit of another customer leave the
// payment and their codes are revoked.
func (t *Till) SetCustomer(ctx context.Context, a pos.Actor, f FindCustomer) (*ChequeView, error) {
	var v *ChequeView
	err := t.change(ctx, a, pos.RightSell, func(o *op) error {
		c, err := o.openCheque()
		if err != nil {
			return err
		}
		var id pos.CustomerID
		if f != (FindCustomer{}) {
			found, err := o.findCustomer(f)
			if err != nil {
				return err
			}
			id = found.ID
		}
		if err := o.attach(c, id); err != nil {
			return err
		}
		v, err = o.view(c)
		return err
	})
	return orNil(v, err)
}

func (o *op) attach(c *pos.Cheque, id pos.CustomerID) error {
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
	}
	if err := o.start(c); err != nil {
		return err
	}
	if err := o.revokeAll(c, "code.revoked-customer"); err != nil {
		return err
	}
	c.Customer = id
	if err := o.applyOffers(c); err != nil {
		return err
	}
	c.Rev++
	return o.PutChequeHead(c)
}

// attachAgain puts down to a cheque whoever bought before, by the card in use
// now; an archived one is left out.
func (o *op) attachAgain(c *pos.Cheque, id pos.CustomerID) error {
	if id == "" {
		return o.attach(c, "")
	}
	buyer, err := o.surviving(o.Customer(id))
	if err != nil {
		return err
	}
	if buyer.Archived {
		return o.attach(c, "")
	}
	return o.attach(c, buyer.ID)
}

// findCustomer finds by the one field given: CodeInvalid when there are several
// or a phone that is none, CodeNotFound for nobody, CodeConflict when the last
// digits of a phone belong to more than one.
func (o *op) findCustomer(f FindCustomer) (*pos.Customer, error) {
	given := 0
	for _, s := range []string{string(f.ID), f.Phone, f.Card} {
		if s != "" {
			given++
		}
		if len(s) > pos.MaxNameRunes {
			return nil, pos.E(pos.CodeInvalid, "customer.find-long", nil)
		}
	}
	switch {
	case given != 1:
		return nil, pos.E(pos.CodeInvalid, "customer.find-one", nil)
	case f.ID != "":
		return known(o.surviving(o.Customer(f.ID)))
	case f.Card != "":
		return known(o.surviving(o.CustomerByCard(strings.TrimSpace(f.Card))))
	}
	if e164, err := phone.Parse(f.Phone, o.set.Country); err == nil {
		return known(o.surviving(o.CustomerByPhone(e164)))
	}
	return o.findByLastDigits(f.Phone)
}

// findByLastDigits knows a customer by the end of the number, four digits or
// more, as long as nobody else's number ends the same.
func (o *op) findByLastDigits(typed string) (*pos.Customer, error) {
	digits := phone.Digits(typed)
	if len(digits) < 4 {
		return nil, pos.E(pos.CodeInvalid, "customer.find-phone", nil)
	}
	// More than enough to see that the digits do not decide.
	const several = 20
	candidates, err := o.SearchCustomers(digits, several)
	if err != nil {
		return nil, err
	}
	var found []pos.Customer
	for _, c := range candidates {
		ends := strings.HasSuffix(c.Phone, digits)
		if !ends {
			merged, err := o.MergedCards(c.ID)
			if err != nil {
				return nil, err
			}
			ends = slices.ContainsFunc(merged, func(d pos.Customer) bool { return strings.HasSuffix(d.Phone, digits) })
		}
		if ends {
			found = append(found, c)
		}
	}
	switch len(found) {
	case 0:
		return nil, pos.E(pos.CodeNotFound, "customer.unknown", nil)
	case 1:
		return &found[0], nil
	}
	return nil, pos.E(pos.CodeConflict, "customer.several", pos.Args{"Count": len(found)})
}

// known names the missing customer in words a cashier can act on.
func known(c *pos.Customer, err error) (*pos.Customer, error) {
	if pos.CodeOf(err) == pos.CodeNotFound {
		return nil, pos.E(pos.CodeNotFound, "customer.unknown", nil)
	}
	return c, err
}
