package clients

import (
	"context"
	"errors"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/phone"
	"kassa/pos/till/internal/desk"
	"kassa/pos/wire"
)

// historyLength is how many lines of history a customer's card shows.
const historyLength = 100

// AddCustomer makes a customer. CodeConflict when phone or card are taken.
func (t *Till) AddCustomer(ctx context.Context, a pos.Actor, n NewCustomer) (*pos.CustomerState, error) {
	var state *pos.CustomerState
	err := t.desk.Change(ctx, a, pos.RightCustomerAdd, func(o *Op) error {
		c := &pos.Customer{ID: pos.CustomerID(o.NewID()), CreatedAt: o.At}
		if err := o.fill(c, n); err != nil {
			return err
		}
		if err := o.mayLend(&pos.Customer{}, c); err != nil {
			return err
		}
		if err := o.StoreCustomer(c); err != nil {
			return err
		}
		var err error
		if state, err = o.StateOf(c); err != nil {
			return err
		}
		return o.NoteCustomer(pos.EventCustomerAdded, nil, c)
	})
	return state, err
}

// UpdateCustomer replaces what may be changed of a customer.
func (t *Till) UpdateCustomer(ctx context.Context, a pos.Actor, id pos.CustomerID, n NewCustomer) (*pos.CustomerState, error) {
	var state *pos.CustomerState
	err := t.desk.Change(ctx, a, pos.RightCustomerEdit, func(o *Op) error {
		old, err := o.Customer(id)
		if err != nil {
			return err
		}
		if err := Alive(old); err != nil {
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
		if err := o.StoreCustomer(&c); err != nil {
			return err
		}
		if state, err = o.StateOf(&c); err != nil {
			return err
		}
		return o.NoteCustomer(pos.EventCustomerChanged, old, &c)
	})
	return state, err
}

// CustomerCard tells everything of a customer.
func (t *Till) CustomerCard(ctx context.Context, a pos.Actor, id pos.CustomerID) (*CardView, error) {
	var card *CardView
	err := t.desk.Look(ctx, a, pos.RightCustomerView, func(o *Op) error {
		c, err := o.Surviving(o.Customer(id))
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
		g, err := o.GroupOf(c)
		if err != nil {
			return err
		}
		card = &CardView{CustomerState: pos.NewCustomerState(*c, g, lots, debts, o.Due()), Lots: unexpired(lots, o.Due()), Debts: debts, History: history}
		return nil
	})
	return card, err
}

// SearchCustomers finds customers while somebody types. Where nobody is found, a
// text that is a card's number in one of its forms finds the card.
func (t *Till) SearchCustomers(ctx context.Context, a pos.Actor, text string, limit int) ([]pos.CustomerState, error) {
	var found []pos.CustomerState
	err := t.desk.Look(ctx, a, pos.RightCustomerView, func(o *Op) error {
		list, err := o.Tx.SearchCustomers(text, desk.ClampLimit(limit))
		if err != nil {
			return err
		}
		if text := strings.TrimSpace(text); len(list) == 0 && text != "" && len(text) <= pos.MaxNameRunes {
			c, err := o.Surviving(o.byCard(text))
			switch {
			case err == nil:
				list = append(list, *c)
			case pos.CodeOf(err) != pos.CodeNotFound:
				return err
			}
		}
		found, err = o.statesOf(list)
		return err
	})
	return found, err
}

// CustomerPage is a part of the customers in the order of their names.
type CustomerPage struct {
	List      []pos.CustomerState
	More      bool // the next page begins after these:
	AfterName string
	AfterID   pos.CustomerID
}

// mostReads bounds how many pages are read for one in which everybody is archived.
const mostReads = 8

// Customers lists the customers by name, a page at a time, after the place the page
// before names; the zero place begins. Who is archived, merged or forgotten is left
// out and found by SearchCustomers alone.
func (t *Till) Customers(ctx context.Context, a pos.Actor, afterName string, afterID pos.CustomerID, limit int) (CustomerPage, error) {
	page := CustomerPage{AfterName: afterName, AfterID: afterID, More: true}
	limit = desk.ClampLimit(limit)
	err := t.desk.Look(ctx, a, pos.RightCustomerView, func(o *Op) error {
		for range mostReads {
			list, err := o.Tx.ListCustomers(page.AfterName, page.AfterID, limit)
			if err != nil {
				return err
			}
			for i := range list {
				c := &list[i]
				page.AfterName, page.AfterID = c.Name, c.ID
				if c.Archived || c.MergedInto != "" || !c.ErasedAt.IsZero() {
					continue
				}
				s, err := o.StateOf(c)
				if err != nil {
					return err
				}
				page.List = append(page.List, *s)
				if len(page.List) == limit {
					return nil
				}
			}
			if page.More = len(list) == limit; !page.More {
				return nil
			}
		}
		return nil
	})
	return page, err
}

// FindCustomers is SearchCustomers that forgives: where nobody is found, it answers
// with those the text may have been meant for and says so.
func (t *Till) FindCustomers(ctx context.Context, a pos.Actor, text string, limit int) (pos.Found[pos.CustomerState], error) {
	var f pos.Found[pos.CustomerState]
	found, err := t.SearchCustomers(ctx, a, text, limit)
	if err != nil || len(found) > 0 {
		f.List = found
		return f, err
	}
	err = t.desk.Look(ctx, a, pos.RightCustomerView, func(o *Op) error {
		list, meant, err := o.Tx.GuessCustomers(text, desk.ClampLimit(limit))
		if err != nil {
			return err
		}
		f.Meant = meant
		f.List, err = o.statesOf(list)
		return err
	})
	return f, err
}

// statesOf are customers with the figures of now.
func (o *Op) statesOf(list []pos.Customer) ([]pos.CustomerState, error) {
	all := make([]pos.CustomerState, 0, len(list))
	for i := range list {
		s, err := o.StateOf(&list[i])
		if err != nil {
			return nil, err
		}
		all = append(all, *s)
	}
	return all, nil
}

// StateOf is a customer with the figures of now.
func (o *Op) StateOf(c *pos.Customer) (*pos.CustomerState, error) {
	lots, err := o.Lots(c.ID)
	if err != nil {
		return nil, err
	}
	debts, err := o.Debts(c.ID)
	if err != nil {
		return nil, err
	}
	g, err := o.GroupOf(c)
	if err != nil {
		return nil, err
	}
	s := pos.NewCustomerState(*c, g, lots, debts, o.Due())
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
func (o *Op) fill(c *pos.Customer, n NewCustomer) error {
	number := ""
	if strings.TrimSpace(n.Phone) != "" {
		var err error
		if number, err = ParsePhone(n.Phone, o.Settings.Country); err != nil {
			return err
		}
	}
	if number != c.Phone {
		// A number counts as the customer's own only once a code sent to it came
		// back right.
		if c.Phone != "" {
			c.PhoneChangedAt = o.At
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
	if c.Birthday, err = pos.ParseBirthday(n.Birthday, o.At); err != nil {
		return err
	}
	c.Language = strings.ToLower(strings.TrimSpace(n.Language))
	if c.Language == "" {
		c.Language = o.Settings.Language
	}
	c.CreditLimit = n.CreditLimit
	return c.Check()
}

// StoreCustomer refuses a phone or card of somebody else by that person's name,
// which the store's own refusal cannot tell.
//
// A number of a card that was merged into this one may be taken back.
func (o *Op) StoreCustomer(c *pos.Customer) error {
	if c.Phone != "" {
		if err := TakenBy(c, "customer.phone-taken", func() (*pos.Customer, error) { return o.CustomerByPhone(c.Phone) }); err != nil {
			return err
		}
	}
	if c.Card != "" {
		if err := TakenBy(c, "customer.card-taken", func() (*pos.Customer, error) { return o.CustomerByCard(c.Card) }); err != nil {
			return err
		}
	}
	merged, err := o.MergedCards(c.ID)
	if err != nil {
		return err
	}
	for i := range merged {
		d, was := &merged[i], merged[i]
		if c.Phone != "" && d.Phone == c.Phone {
			d.Phone = ""
		}
		if c.Card != "" && d.Card == c.Card {
			d.Card = ""
		}
		if *d == was {
			continue
		}
		if err := o.PutCustomer(d); err != nil {
			return err
		}
		if err := o.Tell(wire.OfCustomer(pos.EventCustomerChanged, d, o.Act())); err != nil {
			return err
		}
	}
	return o.PutCustomer(c)
}

// TakenBy refuses what find tells belongs to somebody else than the customer, as
// the conflict with that id.
func TakenBy(c *pos.Customer, id string, find func() (*pos.Customer, error)) error {
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

// NoteCustomer writes what became of a customer; old is nil for a new one. A
// change of phone is an event of its own: codes go there from now on.
func (o *Op) NoteCustomer(k pos.EventKind, old, c *pos.Customer) error {
	if err := o.Note(k, string(c.ID), customerDetail(old, c)); err != nil {
		return err
	}
	if old != nil && old.Phone != c.Phone {
		err := o.Note(pos.EventPhoneChanged, string(c.ID), map[string]string{"phone": MaskPhone(c.Phone), "phone_was": MaskPhone(old.Phone)})
		if err != nil {
			return err
		}
	}
	return o.Tell(wire.OfCustomer(k, c, o.Act()))
}

// customerDetail is what the trail tells of a customer: the limit and the group
// where they are new or changed. It holds no personal data.
func customerDetail(old, c *pos.Customer) map[string]string {
	detail := map[string]string{}
	if old == nil || old.CreditLimit != c.CreditLimit {
		detail[pos.DetailLimit] = desk.Minor(c.CreditLimit)
		if old != nil {
			detail["limit_was"] = desk.Minor(old.CreditLimit)
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
func (o *Op) noteLimit(old, c *pos.Customer) error {
	detail := customerDetail(old, c)
	if len(detail) == 0 {
		return nil
	}
	return o.Note(pos.EventCustomerChanged, string(c.ID), detail)
}

// Surviving is the card a customer goes by: that into which the one found was
// merged.
func (o *Op) Surviving(c *pos.Customer, err error) (*pos.Customer, error) {
	if err != nil || c.MergedInto == "" {
		return c, err
	}
	return o.Customer(c.MergedInto)
}

// MaskPhone is a number as it may be written down where the whole one may not;
// "" for none.
func MaskPhone(e164 string) string {
	if e164 == "" {
		return ""
	}
	return phone.Mask(e164)
}

// ParsePhone reads a number as typed; the refusal says what is wrong with it.
func ParsePhone(raw, region string) (string, error) {
	number, err := phone.Parse(raw, region)
	var bad *phone.ParseError
	if errors.As(err, &bad) {
		return "", &pos.Error{Code: pos.CodeInvalid, ID: "phone.reason." + string(bad.Reason), Err: err}
	}
	return number, err
}

// CardView is a customer's card.
type CardView struct {
	pos.CustomerState
	Lots    []pos.Lot  // usable and future ones with points left, soonest expiry first
	Debts   []pos.Debt // open, oldest first
	History []pos.HistoryItem
}

// NewCustomer is what adding a customer takes. Phone is as typed.
type NewCustomer struct {
	Name, Phone, Email, Card, Language string
	Birthday                           string // "MM-DD" or "YYYY-MM-DD"
	Note                               string
	Group                              pos.CustomerGroupID // "" for none
	CreditLimit                        money.Amount        // needs RightCreditLimit when not zero, as does a Group that lends
}

// FindCustomer names a customer by exactly one of its fields. Phone is as
// typed: a whole number, or at least its last four digits when only one
// customer has them.
type FindCustomer struct {
	ID    pos.CustomerID
	Phone string
	Card  string
}
