package tilltest

// This file holds the verbs with which tests arrange people, customers and
// lists.

import (
	"io"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/exports"
	"kassa/pos/imports"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/storage/tables"
)

// Hire adds an employee, as the owner, and logs them in.
func (s *Shop) Hire(name string, g pos.GroupID, pin string) pos.Actor {
	s.Helper()
	_, err := s.AddEmployee(s.Context(), s.Owner, name, g, pin)
	require.NoError(s, err)
	a, err := s.Login(s.Context(), pin)
	require.NoError(s, err)
	return a
}

// Cap gives a preset group caps, and the rights they are of.
func (s *Shop) Cap(id pos.GroupID, caps map[pos.Right]money.Amount) {
	s.Helper()
	for _, g := range pos.PresetGroups() {
		if g.ID != id {
			continue
		}
		for r := range caps {
			g.Rights = append(g.Rights, r)
		}
		g.Caps = caps
		require.NoError(s, s.SaveGroup(s.Context(), s.Owner, g))
	}
}

// Person is the customer with a card as stored now.
func (s *Shop) Person(card string) *till.CardView {
	s.Helper()
	found, err := s.SearchCustomers(s.Context(), s.Owner, card, 1)
	require.NoError(s, err)
	require.Len(s, found, 1, "no customer with card %s", card)
	v, err := s.CustomerCard(s.Context(), s.Owner, found[0].ID)
	require.NoError(s, err)
	return v
}

// DemoPerson is a demo customer, by the number in its file, as stored now.
func (s *Shop) DemoPerson(i int) *till.CardView {
	s.Helper()
	v, err := s.CustomerCard(s.Context(), s.Owner, s.Demo.Customers[i].ID)
	require.NoError(s, err)
	return v
}

// Form is a demo customer's card as the form would save it again.
func (s *Shop) Form(i int) till.NewCustomer {
	s.Helper()
	c := s.DemoPerson(i)
	return till.NewCustomer{Name: c.Name, Phone: c.Phone, Card: c.Card, Email: c.Email, Language: c.Language, Group: c.Group,
		Birthday: c.Birthday, Note: c.Note, CreditLimit: c.CreditLimit}
}

// Rephone replaces a customer's number with the code sent to it.
func (s *Shop) Rephone(id pos.CustomerID, number string) {
	s.Helper()
	ch, err := s.StartPhoneChange(s.Context(), s.Senior, id, number)
	require.NoError(s, err)
	s.Brought(ch)
	ch, err = s.EnterCode(s.Context(), s.Senior, ch.ID, s.Sender.Code())
	require.NoError(s, err)
	require.Equal(s, confirm.Consumed, ch.State)
}

// Gather makes a group of customers and puts a demo customer into it.
func (s *Shop) Gather(g pos.CustomerGroup, i int) *pos.CustomerGroup {
	s.Helper()
	saved, err := s.SaveCustomerGroup(s.Context(), s.Owner, g)
	require.NoError(s, err)
	n := s.Form(i)
	n.Group = saved.ID
	_, err = s.UpdateCustomer(s.Context(), s.Owner, s.Demo.Customers[i].ID, n)
	require.NoError(s, err)
	return saved
}

// ImportList imports a list held in memory, all of it or nothing.
func (s *Shop) ImportList(a pos.Actor, k imports.Kind, list string, dryRun bool) (*till.ImportReport, error) {
	return s.Import(s.Context(), a, till.Import{Kind: k, Open: imports.Text(list), DryRun: dryRun})
}

// ExportTo exports everything of a kind into a file of a format.
func (s *Shop) ExportTo(a pos.Actor, what till.Exported, to io.Writer, f exports.Format) error {
	w, err := tables.NewWriter(to, f)
	if err != nil {
		return err
	}
	_, err = s.Export(s.Context(), a, till.Export{What: what}, w)
	return err
}
