package wire

import (
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// DebtRepaid tells "debt.repaid": money received against debts.
type DebtRepaid struct {
	Head
	ID       string          `json:"id"`
	Customer string          `json:"customer"`
	Shift    string          `json:"shift"`
	Employee string          `json:"employee"`
	Method   string          `json:"method"`
	Amount   int64           `json:"amount_minor"`
	Currency string          `json:"currency,omitempty"` // not told in version 0
	At       int64           `json:"at_ms"`
	Digest   string          `json:"digest,omitempty"` // not told in version 0
	Parts    []RepaymentPart `json:"parts"`
}

// RepaymentPart is how much of a repayment went to one debt.
type RepaymentPart struct {
	Debt   string `json:"debt"`
	Sale   string `json:"sale,omitempty"` // that made it; none for a debt from before the till
	Amount int64  `json:"amount_minor"`
}

// OfRepayment tells a repayment of some of the debts; digest is the one it is
// booked with.
func OfRepayment(r *pos.Repayment, debts []pos.Debt, digest string, c money.Currency) *DebtRepaid {
	p := &DebtRepaid{Head: now(), ID: string(r.ID), Customer: string(r.Customer), Shift: string(r.Shift), Employee: string(r.Employee),
		Method: string(r.Method), Amount: int64(r.Amount), Currency: string(c), At: ms(r.At), Digest: digest,
		Parts: make([]RepaymentPart, len(r.Parts))}
	for i, part := range r.Parts {
		p.Parts[i] = RepaymentPart{Debt: string(part.Debt), Amount: int64(part.Amount)}
		for j := range debts {
			if debts[j].ID == part.Debt {
				p.Parts[i].Sale = string(debts[j].Sale)
			}
		}
	}
	return p
}

// repaymentV0 is a repayment as it was told before there were versions.
type repaymentV0 struct {
	ID, Customer, Shift, Employee, Method string
	Amount                                int64
	At                                    time.Time
	Parts                                 []struct {
		Debt   string
		Amount int64
	}
}

func repaymentBefore(_ *pos.OutboxMessage, r *repaymentV0) Payload {
	p := &DebtRepaid{ID: r.ID, Customer: r.Customer, Shift: r.Shift, Employee: r.Employee, Method: r.Method, Amount: r.Amount, At: ms(r.At),
		Parts: make([]RepaymentPart, len(r.Parts))}
	for i, part := range r.Parts {
		p.Parts[i] = RepaymentPart{Debt: part.Debt, Amount: part.Amount}
	}
	return p
}

// EventKind implements Payload.
func (*DebtRepaid) EventKind() pos.EventKind { return pos.EventDebtRepaid }

// Subject implements Payload.
func (p *DebtRepaid) Subject() string { return p.ID }

// Object implements Payload.
func (p *DebtRepaid) Object() string { return either(p.Customer, p.ID) }

func (p *DebtRepaid) lacks() string { return empty("id", p.ID, "customer", p.Customer) }
