package lists

import (
	"slices"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/imports"
	"kassa/pos/till/clients"
)

// customerRow is one row of a list of customers, read and not yet stored.
type customerRow struct {
	imports.Customer
	raw imports.Raw
	bad []BadRow
}

func (i *importing) nextCustomer() (customerRow, error) {
	c, raw, bad, err := i.reader.Customer()
	raw.Cells = slices.Clone(raw.Cells)
	return customerRow{c, raw, bad}, err
}

// importCustomers stores a portion row by row.
func (o *op) importCustomers(i *importing, rows []customerRow) error {
	for _, r := range rows {
		i.report.Total++
		if len(r.bad) > 0 {
			i.refuse(r.raw, r.bad...)
			continue
		}
		done, err := o.importCustomer(r.Customer, i)
		if e, ok := aboutRow(err); ok {
			i.refuse(r.raw, BadRow{Line: r.Line, ID: e.ID, Args: e.Args})
			continue
		}
		if err != nil {
			return err
		}
		i.count(done)
		i.noteRow(r.raw)
	}
	return nil
}

// importCustomer stores one row: over the customer with its phone or card, or
// as a new one with its opening balances. i.people tells which row of the file
// was about whom: a second one about the same person, known once by the phone
// and once by the card, would silently undo the first.
func (o *op) importCustomer(row imports.Customer, i *importing) (outcome, error) {
	old, err := o.customerOfRow(row)
	if err != nil {
		return 0, err
	}
	if old != nil {
		if first, twice := i.people[old.ID]; twice {
			return 0, pos.E(pos.CodeConflict, "import.same-person", pos.Args{"Name": old.Name, "First": first})
		}
		i.people[old.ID] = row.Line
	}
	if old != nil && i.im.Existing == ExistingSkip || old == nil && i.im.SkipNew {
		return rowSkipped, nil
	}
	if row.CreditLimit != nil && (old == nil && *row.CreditLimit != 0 || old != nil && *row.CreditLimit != old.CreditLimit) {
		if err := o.Demand(pos.RightCreditLimit); err != nil {
			return 0, err
		}
	}
	if old == nil {
		id, err := o.importNewCustomer(row, i.im.DryRun)
		if err == nil {
			i.people[id] = row.Line
		}
		return rowNew, err
	}
	if err := o.keepBalances(old, row); err != nil {
		return 0, err
	}
	if err := clients.Alive(old); err != nil {
		return 0, err
	}
	next := *old
	if err := o.putRow(&next, row, i.im.DryRun); err != nil {
		return 0, err
	}
	if next == *old {
		return rowUnchanged, nil
	}
	if i.im.DryRun {
		return rowUpdated, next.Check()
	}
	if err := o.clients.StoreCustomer(&next); err != nil {
		return 0, err
	}
	return rowUpdated, o.clients.NoteCustomer(pos.EventCustomerChanged, old, &next)
}

func (o *op) importNewCustomer(row imports.Customer, dry bool) (pos.CustomerID, error) {
	c := pos.Customer{ID: pos.CustomerID(o.NewID()), CreatedAt: o.At, Language: o.Settings.Language}
	if err := o.putRow(&c, row, dry); err != nil {
		return "", err
	}
	if err := c.Check(); err != nil || dry {
		return c.ID, err
	}
	rules, err := o.clients.RulesFor(&c)
	if err != nil {
		return "", err
	}
	if err := o.clients.StoreCustomer(&c); err != nil {
		return "", err
	}
	b := clients.Opening{Customer: c.ID, Since: o.At, Due: rules.DueDate(o.At)}
	put(&b.Points, row.Points)
	put(&b.Debt, row.Debt)
	if row.DebtDue != nil {
		y, m, d := row.DebtDue.Date()
		b.Due = time.Date(y, m, d, 23, 59, 59, 0, o.At.Location())
		// A debt is older than its due date: the oldest is repaid first.
		if since := b.Due.AddDate(0, 0, -rules.CreditDays); since.Before(b.Since) {
			b.Since = since
		}
	}
	if err := o.clients.BringIn(b); err != nil {
		return "", err
	}
	return c.ID, o.clients.NoteCustomer(pos.EventCustomerAdded, nil, &c)
}

func (o *op) putRow(c *pos.Customer, row imports.Customer, dry bool) error {
	c.Name = row.Name
	if row.Phone != "" && row.Phone != c.Phone {
		at := o.At.Truncate(time.Millisecond)
		switch {
		case c.Phone != "":
			c.PhoneChangedAt = at
			if o.Settings.Guarded() { // nobody asked the number before
				c.PhoneHeldUntil = at.Add(pos.PhoneHold)
			}
		case !c.CreatedAt.Equal(o.At) && o.Settings.Guarded():
			if err := o.clients.HoldPhone(c); err != nil {
				return err
			}
		}
		c.Phone, c.PhoneConfirmed = row.Phone, false
	}
	if row.Card != "" {
		c.Card = row.Card
	}
	put(&c.Email, row.Email)
	put(&c.Language, row.Language)
	put(&c.CreditLimit, row.CreditLimit)
	put(&c.Birthday, row.Birthday)
	put(&c.Note, row.Note)
	if row.More != "" && !strings.Contains(c.Note, row.More) {
		c.Note = strings.TrimPrefix(c.Note+"; "+row.More, "; ")
	}
	if row.Group == nil {
		return nil
	}
	var err error
	c.Group, err = o.clients.GroupNamed(*row.Group, dry)
	return err
}

// customerOfRow finds whom a row is about; nil for somebody new. Phone and card
// of two different people are refused: nobody can tell whom the row means.
func (o *op) customerOfRow(row imports.Customer) (*pos.Customer, error) {
	var byPhone, byCard *pos.Customer
	var err error
	if row.Phone != "" {
		if byPhone, err = found(o.clients.Surviving(o.CustomerByPhone(row.Phone))); err != nil {
			return nil, err
		}
	}
	if row.Card != "" {
		if byCard, err = found(o.clients.Surviving(o.CustomerByCard(row.Card))); err != nil {
			return nil, err
		}
	}
	switch {
	case byPhone == nil:
		return byCard, nil
	case byCard != nil && byCard.ID != byPhone.ID:
		return nil, pos.E(pos.CodeConflict, "import.two-people", pos.Args{"Phone": byPhone.Name, "Card": byCard.Name})
	}
	return byPhone, nil
}

// found turns CodeNotFound into nil.
func found(c *pos.Customer, err error) (*pos.Customer, error) {
	if pos.CodeOf(err) == pos.CodeNotFound {
		return nil, nil
	}
	return c, err
}

// keepBalances refuses a row that would set the points or the debt of somebody
// known here. The figures as they are may stand in it: a list that was exported
// can be imported again.
func (o *op) keepBalances(c *pos.Customer, row imports.Customer) error {
	if row.Points == nil && row.Debt == nil {
		return nil
	}
	s, err := o.clients.StateOf(c)
	if err != nil {
		return err
	}
	if row.Points != nil && *row.Points != s.Points {
		return pos.E(pos.CodeConflict, "import.points-known", pos.Args{"Name": c.Name, "Points": s.Points})
	}
	if row.Debt != nil && *row.Debt != s.Debt {
		return pos.E(pos.CodeConflict, "import.debt-known", pos.Args{"Name": c.Name, "Debt": s.Debt})
	}
	return nil
}
