package till

import (
	"context"
	"errors"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/phone"
)

// historyLength is how many lines of history a customer's card shows.
const historyLength = 100

// AddCustomer makes a customer. CodeConflict when phone or card are taken.
func (t *Till) AddCustomer(ctx context.Context, a pos.Actor, n NewCustomer) (*pos.CustomerState, error) {
	var state *pos.CustomerState
	err := t.change(ctx, a, pos.RightCustomerAdd, func(o *op) error {
		c := &pos.Customer{ID: pos.CustomerID(o.t.IDs.NewID()), CreatedAt: o.at}
		if err := o.fill(c, n); err != nil {
			return err
		}
		if err := o.mayLend(&pos.Customer{}, c); err != nil {
			return err
		}
		if err := o.storeCustomer(c); err != nil {
			return err
		}
		var err error
		if state, err = o.stateOf(c); err != nil {
			return err
		}
		return o.noteCustomer(pos.EventCustomerAdded, nil, c)
	})
	return state, err
}

// UpdateCustomer replaces what may be changed of a customer.
func (t *Till) UpdateCustomer(ctx context.Context, a pos.Actor, id pos.CustomerID, n NewCustomer) (*pos.CustomerState, error) {
	var state *pos.CustomerState
	err := t.change(ctx, a, pos.RightCustomerEdit, func(o *op) error {
		old, err := o.Customer(id)
		if err != nil {
			return err
		}
		if err := alive(old); err != nil {
			return err
		}
		c := *old
		if err := o.fill(&c, n); err != nil {
			return err
		}
		if err := o.mayLend(old, &c); err != nil {
			return err
		}
		if err := o.checkPhone(old, &c); err != nil {
			return err
		}
		if err := o.storeCustomer(&c); err != nil {
			return err
		}
		if state, err = o.stateOf(&c); err != nil {
			return err
		}
		return o.noteCustomer(pos.EventCustomerChanged, old, &c)
	})
	return state, err
}

// CustomerCard tells everything of a customer.
func (t *Till) CustomerCard(ctx context.Context, a pos.Actor, id pos.CustomerID) (*CardView, error) {
	var card *CardView
	err := t.look(ctx, a, pos.RightCustomerView, func(o *op) error {
		c, err := o.surviving(o.Customer(id))
		if err != nil {
			return err
		}
		id := c.ID
		lots, err := o.Lots(id)
		if err != nil {
			return err
		}
		debts, err := o.Debts(id)
		if err != nil {
			return err
		}
		history, err := o.History(id, historyLength)
		if err != nil {
			return err
		}
		g, err := o.groupOf(c)
		if err != nil {
			return err
		}
		card = &CardView{CustomerState: pos.NewCustomerState(*c, g, lots, debts, o.at), Lots: unexpired(lots, o.at), Debts: debts, History: history}
		return nil
	})
	return card, err
}

// SearchCustomers finds customers while somebody types.
func (t *Till) SearchCustomers(ctx context.Context, a pos.Actor, text string, limit int) ([]pos.CustomerState, error) {
	var found []pos.CustomerState
	err := t.look(ctx, a, pos.RightCustomerView, func(o *op) error {
		list, err := o.Tx.SearchCustomers(text, clampLimit(limit))
		if err != nil {
			return err
		}
		found = make([]pos.CustomerState, 0, len(list))
		for i := range list {
			s, err := o.stateOf(&list[i])
			if err != nil {
				return err
			}
			found = append(found, *s)
		}
		return nil
	})
	return found, err
}

// stateOf is a customer with the figures of now.
func (o *op) stateOf(c *pos.Customer) (*pos.CustomerState, error) {
	lots, err := o.Lots(c.ID)
	if err != nil {
		return nil, err
	}
	debts, err := o.Debts(c.ID)
	if err != nil {
		return nil, err
	}
	g, err := o.groupOf(c)
	if err != nil {
		return nil, err
	}
	s := pos.NewCustomerState(*c, g, lots, debts, o.at)
	return &s, nil
}

func unexpired(lots []pos.Lot, now time.Time) []pos.Lot {
	kept := make([]pos.Lot, 0, len(lots))
	for _, l := range lots {
		if l.Expires.IsZero() || l.Expires.After(now) {
			kept = append(kept, l)
		}
	}
	return kept
}

// fill puts what was typed into c and checks it.
func (o *op) fill(c *pos.Customer, n NewCustomer) error {
	number := ""
	if strings.TrimSpace(n.Phone) != "" {
		var err error
		if number, err = parsePhone(n.Phone, o.set.Country); err != nil {
			return err
		}
	}
	if number != c.Phone {
		// A number counts as the customer's own only once a code sent to it came
		// back right.
		if c.Phone != "" {
			c.PhoneChangedAt = o.at
		}
		c.Phone, c.PhoneConfirmed = number, false
	}
	c.Name = strings.Join(strings.Fields(n.Name), " ")
	c.Email, c.Card, c.Note = strings.TrimSpace(n.Email), strings.TrimSpace(n.Card), strings.TrimSpace(n.Note)
	if n.Group != "" && n.Group != c.Group {
		if _, err := o.CustomerGroup(n.Group); err != nil {
			return err
		}
	}
	c.Group = n.Group
	var err error
	if c.Birthday, err = pos.ParseBirthday(n.Birthday, o.at); err != nil {
		return err
	}
	c.Language = strings.ToLower(strings.TrimSpace(n.Language))
	if c.Language == "" {
		c.Language = o.set.Language
	}
	c.CreditLimit = n.CreditLimit
	return c.Check()
}

// storeCustomer refuses a phone or card of somebody else by that person's name,
// which the store's own refusal cannot tell.
//
// A number of a card that was merged into this one may be taken back.
func (o *op) storeCustomer(c *pos.Customer) error {
	if c.Phone != "" {
		if err := takenBy(c, "customer.phone-taken", func() (*pos.Customer, error) { return o.CustomerByPhone(c.Phone) }); err != nil {
			return err
		}
	}
	if c.Card != "" {
		if err := takenBy(c, "customer.card-taken", func() (*pos.Customer, error) { return o.CustomerByCard(c.Card) }); err != nil {
			return err
		}
	}
	merged, err := o.MergedCards(c.ID)
	if err != nil {
		return err
	}
	for i := range merged {
		d := &merged[i]
		if c.Phone != "" && d.Phone == c.Phone {
			d.Phone = ""
		}
		if c.Card != "" && d.Card == c.Card {
			d.Card = ""
		}
		if err := o.PutCustomer(d); err != nil {
			return err
		}
	}
	return o.PutCustomer(c)
}

func takenBy(c *pos.Customer, id string, find func() (*pos.Customer, error)) error {
	other, err := find()
	switch {
	case pos.CodeOf(err) == pos.CodeNotFound:
		return nil
	case err != nil:
		return err
	case other.ID != c.ID && other.MergedInto != c.ID:
		return pos.E(pos.CodeConflict, id, pos.Args{"Name": other.Name})
	}
	return nil
}

// noteCustomer writes what became of a customer; old is nil for a new one. A
// change of phone is an event of its own: codes go there from now on.
func (o *op) noteCustomer(k pos.EventKind, old, c *pos.Customer) error {
	if err := o.note(k, string(c.ID), customerDetail(old, c)); err != nil {
		return err
	}
	if old == nil || old.Phone == c.Phone {
		return o.tell(k, string(c.ID), map[string]any{"id": c.ID})
	}
	err := o.note(pos.EventPhoneChanged, string(c.ID), map[string]string{"phone": maskPhone(c.Phone), "phone_was": maskPhone(old.Phone)})
	if err != nil {
		return err
	}
	return o.tell(k, string(c.ID), map[string]any{"id": c.ID})
}

// customerDetail is what the trail tells of a customer: the limit and the group
// where they are new or changed. It holds no personal data.
func customerDetail(old, c *pos.Customer) map[string]string {
	detail := map[string]string{}
	if old == nil || old.CreditLimit != c.CreditLimit {
		detail[pos.DetailLimit] = minor(c.CreditLimit)
		if old != nil {
			detail["limit_was"] = minor(old.CreditLimit)
		}
	}
	if old == nil && c.Group != "" || old != nil && old.Group != c.Group {
		detail[pos.DetailGroup] = string(c.Group)
		if old != nil {
			detail["group_was"] = string(old.Group)
		}
	}
	return detail
}

// noteLimit tells of a limit or group that changed by the way.
func (o *op) noteLimit(old, c *pos.Customer) error {
	detail := customerDetail(old, c)
	if len(detail) == 0 {
		return nil
	}
	return o.note(pos.EventCustomerChanged, string(c.ID), detail)
}

// surviving is the card a customer goes by: that into which the one found was
// merged.
func (o *op) surviving(c *pos.Customer, err error) (*pos.Customer, error) {
	if err != nil || c.MergedInto == "" {
		return c, err
	}
	return o.Customer(c.MergedInto)
}

func maskPhone(e164 string) string {
	if e164 == "" {
		return ""
	}
	return phone.Mask(e164)
}

// parsePhone reads a number as typed; the refusal says what is wrong with it.
func parsePhone(raw, region string) (string, error) {
	number, err := phone.Parse(raw, region)
	var bad *phone.ParseError
	if errors.As(err, &bad) {
		return "", &pos.Error{Code: pos.CodeInvalid, ID: "phone.reason." + string(bad.Reason), Err: err}
	}
	return number, err
}
