package check

import (
	"kassa/pos"
	"kassa/pos/seal"
)

// allSeals is I15: every record that guards money is as the till wrote it last.
func (w *walk) allSeals() error { return w.seals(false) }

// fewSeals is I15 for what is looked at quickly: the staff, what is given off, and
// goods and customers of a shop that has not too many.
func (w *walk) fewSeals() error { return w.seals(true) }

func (w *walk) seals(quick bool) error {
	stand, err := w.Seals(quick, func(r *seal.Record) error {
		id := "check.seal-broken"
		switch {
		case r.ID == "":
			id = "check.seal-count"
		case r.Seal == pos.SealMissing:
			id = "check.seal-missing"
		}
		w.broken("I15", id, pos.Args{"Kind": r.Kind, "Name": r.Kind.Called(r.Name)})
		return nil
	})
	if err == nil && stand.Foreign {
		w.broken("I15", "check.seals-foreign", pos.Args{"Count": stand.Sealed})
	}
	return err
}

// hearSealed takes what the trail tells of a customer or a group that was sealed
// again for what was told of it last.
func (w *walk) hearSealed(e *pos.Event) {
	if e.Kind != pos.EventSealed || e.Subject == "" {
		return
	}
	switch pos.SealKind(e.Detail[pos.DetailSealKind]) {
	case pos.SealCustomer:
		id := pos.CustomerID(e.Subject)
		w.cards.phones[id] = e.Detail["phone"]
		w.cards.member[id] = pos.CustomerGroupID(e.Detail["group"])
		w.toldLimit(id, e.Detail["credit_limit"])
	case pos.SealCustomerGroup:
		w.cards.groups[pos.CustomerGroupID(e.Subject)] = groupPrint(e.Detail["earn_rate"], e.Detail["points_share"],
			e.Detail["credit_limit"], e.Detail["due_days"])
	}
}
