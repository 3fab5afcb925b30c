package store

import (
	"time"

	"kassa/pos"
	"kassa/pos/person"
)

// Customers with their lots and debts.
type Customers interface {
	Customer(id pos.CustomerID) (*pos.Customer, error)
	CustomerByPhone(e164 string) (*pos.Customer, error)
	CustomerByCard(card string) (*pos.Customer, error)
	// SearchCustomers finds by name fragment, phone digits (the last four
	// suffice) or card number; best first.
	SearchCustomers(text string, limit int) ([]pos.Customer, error)
	// GuessCustomers is for names of customers what GuessProducts is for goods.
	GuessCustomers(text string, limit int) (found []pos.Customer, meant string, err error)
	ListCustomers(afterName string, afterID pos.CustomerID, limit int) ([]pos.Customer, error)
	// PutCustomer inserts or replaces; CodeConflict when phone or card belong
	// to another customer.
	PutCustomer(c *pos.Customer) error
	Lots(id pos.CustomerID) ([]pos.Lot, error)   // with points left, soonest expiry first
	Debts(id pos.CustomerID) ([]pos.Debt, error) // open, oldest first
	PutLot(l *pos.Lot) error
	PutLotMoves(moves []pos.LotMove, at time.Time) error
	PutDebt(d *pos.Debt) error
	PutRepayment(r *pos.Repayment) error
	History(id pos.CustomerID, limit int) ([]pos.HistoryItem, error) // newest first
	EachCustomer(fn func(*pos.Customer) error) error                 // by name
	EachRepayment(fn func(*pos.Repayment) error) error               // oldest first, with parts
	EachLot(fn func(*pos.Lot) error) error                           // used up ones too
	EachLotMove(fn func(*pos.LotMove) error) error
	EachDebt(fn func(*pos.Debt) error) error // paid ones too
}

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
	// ForgetTexts takes a person out of what people wrote and the till printed:
	// slips of the cards' documents and those that name the person lose their
	// words and are not printed any more; notes and reasons of cheques, returns and
	// stock documents that are not done yet, of other cards and of codes lose what
	// names the person; so do what others were told of other cards, and events. It
	// returns the numbers of the latter, in order: DetailForgotten marks them, and
	// their hashes stay.
	ForgetTexts(cards []pos.CustomerID, p *person.Traces) (events []int64, err error)

	EachCustomerGroup(fn func(*pos.CustomerGroup) error) error
	EachConsent(fn func(*pos.Consent) error) error // in the order they were made
	EachMerge(fn func(*pos.Merge) error) error     // oldest first
	EachErasure(fn func(*pos.Erasure) error) error // oldest first
}
