package clients

import (
	"context"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/till/internal/desk"
	"kassa/pos/wire"
)

// CustomerGroupView is a group of customers with how many are in it.
type CustomerGroupView struct {
	pos.CustomerGroup
	Members int64
}

// CustomerGroups lists the groups by name, archived ones last. Whoever may see
// customers may see them.
func (t *Till) CustomerGroups(ctx context.Context, a pos.Actor) ([]CustomerGroupView, error) {
	list := []CustomerGroupView{}
	err := t.desk.Look(ctx, a, pos.RightCustomerView, func(o *Op) error {
		groups, err := o.Tx.CustomerGroups()
		if err != nil {
			return err
		}
		for _, g := range groups {
			n, err := o.GroupMembers(g.ID)
			if err != nil {
				return err
			}
			list = append(list, CustomerGroupView{CustomerGroup: g, Members: n})
		}
		return nil
	})
	return list, err
}

// SaveCustomerGroup makes a group (ID "") or replaces one. CodeConflict when
// another has the name, CodeNotFound for an unknown id. A group's credit limit
// needs RightCreditLimit as well.
func (t *Till) SaveCustomerGroup(ctx context.Context, a pos.Actor, g pos.CustomerGroup) (*pos.CustomerGroup, error) {
	var saved *pos.CustomerGroup
	err := t.desk.Change(ctx, a, pos.RightCustomerGroups, func(o *Op) error {
		was := &pos.CustomerGroup{}
		if g.ID != "" {
			var err error
			if was, err = o.CustomerGroup(g.ID); err != nil {
				return err
			}
		}
		if figure(g.CreditLimit) != figure(was.CreditLimit) {
			if err := o.Demand(pos.RightCreditLimit); err != nil {
				return err
			}
		}
		var err error
		saved, err = o.putCustomerGroup(g)
		return err
	})
	return desk.OrNil(saved, err)
}

// putCustomerGroup checks and stores a group and tells of it.
func (o *Op) putCustomerGroup(g pos.CustomerGroup) (*pos.CustomerGroup, error) {
	g.Name = strings.Join(strings.Fields(g.Name), " ")
	if err := g.Check(); err != nil {
		return nil, err
	}
	all, err := o.Tx.CustomerGroups()
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].ID != g.ID && pos.Fold(all[i].Name) == pos.Fold(g.Name) {
			return nil, pos.E(pos.CodeConflict, "customer-group.name-taken", pos.Args{"Name": all[i].Name})
		}
	}
	if g.ID == "" {
		g.ID = pos.CustomerGroupID(o.NewID())
	}
	if err := o.PutCustomerGroup(&g); err != nil {
		return nil, err
	}
	if err := o.Note(pos.EventCustomerGroup, string(g.ID), customerGroupDetail(&g)); err != nil {
		return nil, err
	}
	return &g, o.Tell(wire.OfCustomerGroup(&g, o.Act()))
}

// customerGroupDetail is what the trail tells of a group: every rule, "" where it is
// the shop's.
func customerGroupDetail(g *pos.CustomerGroup) map[string]string {
	return map[string]string{
		"name": g.Name, pos.DetailEarn: figure(g.EarnRate), pos.DetailShare: figure(g.MaxPointsShare),
		pos.DetailLimit: figure(g.CreditLimit), pos.DetailDays: figure(g.DueDays), "archived": desk.YesNo(g.Archived),
	}
}

func figure[T ~int | ~int64](v *T) string {
	if v == nil {
		return ""
	}
	return strconv.FormatInt(int64(*v), 10)
}

// GroupOf is a customer's group, nil for none.
func (o *Op) GroupOf(c *pos.Customer) (*pos.CustomerGroup, error) {
	if c.Group == "" {
		return nil, nil
	}
	return o.CustomerGroup(c.Group)
}

// Untouched refuses a customer whose card, or whose group, was changed past the
// till: neither its phone nor its terms are to be relied on.
func (o *Op) Untouched(c *pos.Customer) error {
	if err := c.Seal.Guard(pos.SealCustomer, c.Name); err != nil {
		return err
	}
	g, err := o.GroupOf(c)
	if err != nil || g == nil {
		return err
	}
	return g.Seal.Guard(pos.SealCustomerGroup, g.Name)
}

// mayLend asks RightCreditLimit for a customer whose own limit changes, or who
// may owe more by becoming a member of a group.
func (o *Op) mayLend(old, c *pos.Customer) error {
	was, err := o.GroupOf(old)
	if err != nil {
		return err
	}
	now, err := o.GroupOf(c)
	if err != nil {
		return err
	}
	if c.CreditLimit == old.CreditLimit && c.Limit(now) <= old.Limit(was) {
		return nil
	}
	return o.Demand(pos.RightCreditLimit)
}

// GroupNamed finds a group by its name, or makes one without rules of its own:
// a list of customers names groups the till has not seen yet. "" is no group.
// A dry run makes none, and goes on with an id that is nobody's.
func (o *Op) GroupNamed(name string, dry bool) (pos.CustomerGroupID, error) {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return "", nil
	}
	all, err := o.Tx.CustomerGroups()
	if err != nil {
		return "", err
	}
	for i := range all {
		if pos.Fold(all[i].Name) == pos.Fold(name) {
			return all[i].ID, nil
		}
	}
	if g := (pos.CustomerGroup{Name: name}); dry {
		return "new", g.Check()
	}
	g, err := o.putCustomerGroup(pos.CustomerGroup{Name: name})
	if err != nil {
		return "", err
	}
	return g.ID, nil
}

// RulesFor are the rules for a customer: those of the group, where it has rules
// of its own, else the shop's.
func (o *Op) RulesFor(c *pos.Customer) (pos.Rules, error) {
	g, err := o.GroupOf(c)
	return o.Settings.Rules.For(g), err
}
