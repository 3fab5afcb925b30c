package clients

import (
	"kassa/pos"
)

// RevokePhoneChanges voids the changes of a customer's phone that wait for their
// code.
func (o *Op) RevokePhoneChanges(id pos.CustomerID) error {
	all, err := o.ChallengesOf("")
	if err != nil {
		return err
	}
	for i := range all {
		if all[i].Customer != id {
			continue
		}
		if err := o.Revoke(&all[i], "code.revoked-phone-change"); err != nil {
			return err
		}
	}
	return nil
}

// checkPhone refuses with CodeCodeRequired to replace a number outside of
// StartPhoneChange, and holds a first number that is given to somebody who has
// points already: nobody can be asked whether it is theirs.
func (o *Op) checkPhone(old, c *pos.Customer) error {
	if c.Phone == old.Phone || !o.Settings.Guarded() {
		return nil
	}
	if old.Phone != "" {
		return pos.E(pos.CodeCodeRequired, "customer.phone-by-code", pos.Args{"Name": old.Name})
	}
	return o.HoldPhone(c)
}

// HoldPhone holds a number nobody confirmed where there is something to take.
func (o *Op) HoldPhone(c *pos.Customer) error {
	s, err := o.StateOf(c)
	if err == nil && s.Points+s.PointsSoon > 0 {
		c.PhoneHeldUntil = o.Steady.Add(pos.PhoneHold)
	}
	return err
}
