package store

import (
	"kassa/pos"
)

// CustomerFiles are the customers' groups, consents, merges and erasures.
type CustomerFiles interface {
	CustomerGroup(id pos.CustomerGroupID) (*pos.CustomerGroup, error)
	CustomerGroups() ([]pos.CustomerGroup, error) // by name, archived last
	// PutCustomerGroup inserts or replaces; CodeConflict when the name is
	// another group's.
	PutCustomerGroup(g *pos.CustomerGroup) error
	GroupMembers(id pos.CustomerGroupID) (int64, error) // archived ones left out

	Consents(id pos.CustomerID) ([]pos.Consent, error) // in the order they were made
	PutConsent(c *pos.Consent) error

	// MergedCards are the cards that point at a customer, oldest merge first.
	MergedCards(id pos.CustomerID) ([]pos.Customer, error)
	PutMerge(m *pos.Merge) error
	// PassOn gives every lot and debt of one customer to another, used up ones
	// too, and notes whose they were first. Cards merged into the one point at
	// the other from then on.
	PassOn(from, to pos.CustomerID) error
	// ChequesOf are the open and parked cheques of a customer.
	ChequesOf(id pos.CustomerID) ([]pos.Cheque, error)

	PutErasure(e *pos.Erasure) error
	// ForgetCustomer stores a customer who was made anonymous and takes what was
	// known of the person out of codes, messages and the search, so that no page
	// of the file keeps it.
	ForgetCustomer(c *pos.Customer) error

	EachCustomerGroup(fn func(*pos.CustomerGroup) error) error
	EachConsent(fn func(*pos.Consent) error) error // in the order they were made
	EachMerge(fn func(*pos.Merge) error) error     // oldest first
	EachErasure(fn func(*pos.Erasure) error) error // oldest first
}
