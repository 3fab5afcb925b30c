package clients

import (
	"slices"
	"strings"

	"kassa/pos"
	"kassa/pos/barcode"
	"kassa/pos/phone"
)

// Find finds by the one field given: CodeInvalid when there are several
// or a phone that is none, CodeNotFound for nobody, CodeConflict when the last
// digits of a phone belong to more than one.
func (o *Op) Find(f FindCustomer) (*pos.Customer, error) {
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
		return Known(o.Surviving(o.Customer(f.ID)))
	case f.Card != "":
		return Known(o.Surviving(o.byCard(strings.TrimSpace(f.Card))))
	}
	if e164, err := phone.Parse(f.Phone, o.Settings.Country); err == nil {
		return Known(o.Surviving(o.CustomerByPhone(e164)))
	}
	return o.findByLastDigits(f.Phone)
}

// byCard knows a customer by the card that was scanned or typed, maybe behind a
// prefix or under another layout. CodeConflict when that fits the cards of two.
func (o *Op) byCard(text string) (*pos.Customer, error) {
	c, err := o.CustomerByCard(text)
	if pos.CodeOf(err) != pos.CodeNotFound {
		return c, err
	}
	for _, keys := range barcode.Typed(barcode.Shown(text)) {
		var found *pos.Customer
		for _, key := range keys {
			c, err := o.CustomerByCard(key)
			switch {
			case pos.CodeOf(err) == pos.CodeNotFound:
			case err != nil:
				return nil, err
			case found != nil && found.ID != c.ID:
				return nil, pos.E(pos.CodeConflict, "customer.several", pos.Args{"Count": 2})
			default:
				found = c
			}
		}
		if found != nil {
			return found, nil
		}
	}
	return nil, err
}

// findByLastDigits knows a customer by the end of the number, four digits or
// more, as long as nobody else's number ends the same.
func (o *Op) findByLastDigits(typed string) (*pos.Customer, error) {
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

// Known names the missing customer in words a cashier can act on.
func Known(c *pos.Customer, err error) (*pos.Customer, error) {
	if pos.CodeOf(err) == pos.CodeNotFound {
		return nil, pos.E(pos.CodeNotFound, "customer.unknown", nil)
	}
	return c, err
}
