package credit

import (
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

// model is what the debt dialog knows.
type model struct {
	view   *till.ChequeView
	set    pos.Settings
	asked  money.Amount // what was asked to go on credit
	rest   bool         // that is all that is missing, and follows it
	busy   bool
	failed error // the till's refusal
}

// room is the most the cheque leaves to owe: what is missing and the debt on it
// now, whose place the new one takes.
func (m *model) room() money.Amount {
	if t := m.view.Cheque.Tender(pos.Credit); t != nil {
		return m.view.Totals.Due.Add(t.Amount)
	}
	return m.view.Totals.Due
}

// refusedTo tells that this customer's debt is refused, which somebody may mend in the
// customer's card.
func (m *model) refusedTo(a pos.Actor) bool {
	return m.view.Customer != nil && m.view.Customer.Phone != "" && m.check() != nil && a.Can(pos.RightCustomerView)
}

// amount is what would go on credit.
func (m *model) amount() money.Amount {
	if m.rest {
		return m.room()
	}
	return min(m.asked, m.room())
}

// becomes is the customer's debt afterwards.
func (m *model) becomes() money.Amount {
	if m.view.Customer == nil {
		return m.amount()
	}
	return m.view.Customer.Debt.Add(m.amount())
}

// due is the day by which the debt has to be paid.
func (m *model) due(now time.Time) time.Time { return m.view.Rules.DueDate(now) }

// coded reports that the customer confirms with a code.
func (m *model) coded() bool { return m.set.Confirm(pos.Credit).Asks() }

// sent reports that there is somebody to bring the code.
func (m *model) sent() bool { return m.set.SMSProvider != "" }

// check tells why this cannot go on credit, nil when it can: asked before any
// code goes out, and again by the till.
func (m *model) check() error {
	switch {
	case m.view.Customer == nil:
		return pos.E(pos.CodeInvalid, "credit.no-customer", nil)
	case m.amount() <= 0:
		return pos.E(pos.CodeConflict, "tender.nothing-due", nil)
	}
	return pos.CheckCredit(*m.view.Customer, m.amount())
}
