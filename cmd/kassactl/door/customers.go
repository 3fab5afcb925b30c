package door

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

// flag reads true or false, false when absent.
func (r *request) flag(name string) bool {
	var yes bool
	if r.given(name) && json.Unmarshal(r.fields[name], &yes) != nil {
		r.fail("door.not-flag", name)
	}
	return yes
}

// kept reads a text that may be absent: then it stays as it is.
func (r *request) kept(name string, now *string) {
	if r.given(name) {
		*now = r.optional(name)
	}
}

// editCustomer changes the fields that are given; a phone that stands is changed
// by customer.phone.
func (s *Session) editCustomer(ctx context.Context, r *request) (any, error) {
	id := pos.CustomerID(r.text("id"))
	if r.err != nil {
		return nil, r.err
	}
	v, err := s.Till.CustomerCard(ctx, s.actor, id)
	if err != nil {
		return nil, err
	}
	n := till.NewCustomer{Name: v.Name, Phone: v.Phone, Email: v.Email, Card: v.Card, Language: v.Language, Birthday: v.Birthday,
		Note: v.Note, Group: v.Group, CreditLimit: v.CreditLimit}
	r.kept("name", &n.Name)
	r.kept("phone", &n.Phone)
	r.kept("email", &n.Email)
	r.kept("card", &n.Card)
	r.kept("language", &n.Language)
	r.kept("birthday", &n.Birthday)
	r.kept("note", &n.Note)
	r.kept("group", (*string)(&n.Group))
	if limit := r.amountIf("credit_limit"); limit != nil {
		n.CreditLimit = *limit
	}
	if err := r.done(); err != nil {
		return nil, err
	}
	return carded(s.Till.UpdateCustomer(ctx, s.actor, v.ID, n))
}

// carded is a customer's card as the result of a command.
func carded(c *pos.CustomerState, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return newCard(c), nil
}

// changePhone asks the number there is; code.enter or code.skip then change it.
func (s *Session) changePhone(ctx context.Context, r *request) (any, error) {
	id, number := pos.CustomerID(r.text("id")), r.text("phone")
	if err := r.done(); err != nil {
		return nil, err
	}
	c, err := s.Till.StartPhoneChange(ctx, s.actor, id, number)
	return s.brought(ctx, c, err)
}

type mergeJSON struct {
	Points string    `json:"points"` // that pass over
	Debt   string    `json:"debt"`   // that passes over
	Held   bool      `json:"held"`   // nothing may be spent for a day
	Card   *cardJSON `json:"becomes"`
}

// list reads a list of words, nil when absent.
func (r *request) list(name string) []string {
	var words []string
	if r.given(name) && json.Unmarshal(r.fields[name], &words) != nil {
		r.fail("door.not-list", name)
	}
	return words
}

// mergeCustomers makes one card of two; with preview it only tells what would
// come of it. take lists what the duplicate's card gives where both have it.
func (s *Session) mergeCustomers(ctx context.Context, r *request) (any, error) {
	m := till.MergeChoice{Survivor: pos.CustomerID(r.text("survivor")), Duplicate: pos.CustomerID(r.text("duplicate"))}
	preview := r.flag("preview")
	takes := map[string]*bool{"name": &m.TakeName, "phone": &m.TakePhone, "card": &m.TakeCard, "email": &m.TakeEmail,
		"birthday": &m.TakeBirthday, "group": &m.TakeGroup, "credit_limit": &m.TakeLimit}
	for _, word := range r.list("take") {
		if takes[word] == nil {
			return nil, pos.E(pos.CodeInvalid, "door.unknown-word", pos.Args{"Field": "take", "Word": shown(word),
				"Words": strings.Join(slices.Sorted(maps.Keys(takes)), ", ")})
		}
		*takes[word] = true
	}
	if err := r.done(); err != nil {
		return nil, err
	}
	p, err := s.Till.PreviewMerge(ctx, s.actor, m)
	if err != nil {
		return nil, err
	}
	out := mergeJSON{Points: Count(p.Points), Debt: p.Debt.String(), Held: p.Held, Card: newCard(&p.Becomes)}
	if preview {
		return out, nil
	}
	c, err := s.Till.MergeCustomers(ctx, s.actor, m)
	if err != nil {
		return nil, err
	}
	out.Card = newCard(c)
	return out, nil
}

func (s *Session) archiveCustomer(ctx context.Context, r *request) (any, error) {
	id, back := pos.CustomerID(r.text("id")), r.flag("restore")
	if err := r.done(); err != nil {
		return nil, err
	}
	return carded(s.Till.ArchiveCustomer(ctx, s.actor, id, !back))
}

// anonymise removes a customer's data for good; forfeit gives up the points that
// are left.
func (s *Session) anonymise(ctx context.Context, r *request) (any, error) {
	id, forfeit := pos.CustomerID(r.text("id")), r.flag("forfeit")
	if err := r.done(); err != nil {
		return nil, err
	}
	if err := s.Till.EraseCustomer(ctx, s.actor, id, forfeit); err != nil {
		return nil, err
	}
	// Copies made before name the customer still: until when, and how many newer
	// ones take their place.
	copies := s.Till.CopiesNaming()
	return struct {
		Before *Timestamp `json:"copies_before"`
		Until  *Timestamp `json:"copies_until"`
		Keep   int        `json:"copies_keep"`
		Says   string     `json:"message"`
	}{Stamp(copies.Before), Stamp(copies.Until), copies.Keep, s.Words.T(copies.ID(), copies.Args())}, nil
}

type consentJSON struct {
	Channel  pos.Channel       `json:"channel"`
	Purpose  pos.Purpose       `json:"purpose"`
	Given    bool              `json:"given"`
	Source   pos.ConsentSource `json:"source"`
	Employee pos.EmployeeID    `json:"employee"`
	At       *Timestamp        `json:"at"`
}

// statements lists what a customer said, in the order it was said.
func statements(list []pos.Consent, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	out := struct {
		Consents []consentJSON `json:"consents"`
	}{make([]consentJSON, len(list))}
	for i, c := range list {
		out.Consents[i] = consentJSON{c.Channel, c.Purpose, c.Given, c.Source, c.Employee, Stamp(c.At)}
	}
	return out, nil
}

func (s *Session) consents(ctx context.Context, r *request) (any, error) {
	id := pos.CustomerID(r.text("id"))
	if err := r.done(); err != nil {
		return nil, err
	}
	return statements(s.Till.Consents(ctx, s.actor, id))
}

func (s *Session) consent(ctx context.Context, r *request) (any, error) {
	id, source := pos.CustomerID(r.text("id")), pos.ConsentSource(r.text("source"))
	to := pos.ConsentTo{Channel: pos.Channel(r.text("channel")), Purpose: pos.Purpose(r.text("purpose"))}
	answer := till.Answer{ConsentTo: to, Given: r.flag("given")}
	if err := r.done(); err != nil {
		return nil, err
	}
	return statements(s.Till.RecordConsents(ctx, s.actor, id, []till.Answer{answer}, source))
}

// customerGroupJSON is a group of customers; a rule that is null is the shop's.
type customerGroupJSON struct {
	ID       pos.CustomerGroupID `json:"id"`
	Name     string              `json:"name"`
	Earn     *string             `json:"earn_percent"`
	Share    *string             `json:"max_share_percent"`
	Limit    *string             `json:"credit_limit"`
	Days     *int                `json:"due_days"`
	Archived bool                `json:"archived"`
	Members  *int64              `json:"members,omitempty"`
}

func newCustomerGroup(g *pos.CustomerGroup) customerGroupJSON {
	out := customerGroupJSON{ID: g.ID, Name: g.Name, Days: g.DueDays, Archived: g.Archived}
	if g.EarnRate != nil {
		out.Earn = new(g.EarnRate.String())
	}
	if g.MaxPointsShare != nil {
		out.Share = new(g.MaxPointsShare.String())
	}
	if g.CreditLimit != nil {
		out.Limit = new(g.CreditLimit.String())
	}
	return out
}

func (s *Session) customerGroups(ctx context.Context, r *request) (any, error) {
	list, err := s.Till.CustomerGroups(ctx, s.actor)
	if err != nil {
		return nil, err
	}
	out := struct {
		Groups []customerGroupJSON `json:"groups"`
	}{make([]customerGroupJSON, len(list))}
	for i := range list {
		out.Groups[i] = newCustomerGroup(&list[i].CustomerGroup)
		out.Groups[i].Members = &list[i].Members
	}
	return out, nil
}

// percentIf reads a share that may be absent.
func (r *request) percentIf(name string) *money.Percent {
	if !r.given(name) {
		return nil
	}
	p, err := money.ParsePercent(r.decimal(name))
	r.number(name, err)
	return &p
}

// saveCustomerGroup makes a group (no id) or replaces one, whole: a rule that is
// absent is the shop's.
func (s *Session) saveCustomerGroup(ctx context.Context, r *request) (any, error) {
	g := pos.CustomerGroup{ID: pos.CustomerGroupID(r.optional("id")), Name: r.text("name"), EarnRate: r.percentIf("earn_percent"),
		MaxPointsShare: r.percentIf("max_share_percent"), CreditLimit: r.amountIf("credit_limit"), Archived: r.flag("archived")}
	if r.given("due_days") {
		g.DueDays = new(int(r.whole("due_days")))
	}
	if err := r.done(); err != nil {
		return nil, err
	}
	saved, err := s.Till.SaveCustomerGroup(ctx, s.actor, g)
	if err != nil {
		return nil, err
	}
	return newCustomerGroup(saved), nil
}
