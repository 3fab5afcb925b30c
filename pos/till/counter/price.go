package counter

import (
	"kassa/pos"
	"kassa/pos/money"
)

// priced is a cheque's figures by the rules that apply to it.
type priced struct {
	pos.Totals
	buyer *pos.Customer // nil for nobody
	rules pos.Rules     // the buyer's group's, where it has its own, else the shop's
}

// price prices a cheque. Nothing at the till prices one by itself: whose rules
// apply is decided here.
func (o *Op) price(c *pos.Cheque) (priced, error) {
	c.Brought = pos.Brought{}
	if c.Exchange() != nil {
		var err error
		if c.Brought, err = o.t.brought(o.Op, c); err != nil {
			return priced{}, err
		}
	}
	if c.Customer == "" {
		return priced{Totals: pos.Price(c, o.Settings.Rules), rules: o.Settings.Rules}, nil
	}
	buyer, err := o.Customer(c.Customer)
	if err != nil {
		return priced{}, err
	}
	rules, err := o.clients.RulesFor(buyer)
	return priced{Totals: pos.Price(c, rules), buyer: buyer, rules: rules}, err
}

// Total is what is to be paid for a cheque.
func (o *Op) Total(c *pos.Cheque) (money.Amount, error) {
	p, err := o.price(c)
	return p.Total, err
}
