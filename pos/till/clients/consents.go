package clients

import (
	"context"
	"slices"

	"kassa/pos"
	"kassa/pos/till/internal/desk"
	"kassa/pos/wire"
)

// Answer is what a customer said about being written to.
type Answer struct {
	pos.ConsentTo
	Given bool
}

// Consents lists what a customer said, in the order it was said.
func (t *Till) Consents(ctx context.Context, a pos.Actor, id pos.CustomerID) ([]pos.Consent, error) {
	var list []pos.Consent
	err := t.desk.Look(ctx, a, pos.RightCustomerView, func(o *Op) (err error) {
		if _, err := o.Customer(id); err != nil {
			return err
		}
		list, err = o.Tx.Consents(id)
		return err
	})
	return list, err
}

// RecordConsents keeps what a customer said. An answer that is what stands
// already is no new statement. It returns all statements.
func (t *Till) RecordConsents(ctx context.Context, a pos.Actor, id pos.CustomerID, answers []Answer, source pos.ConsentSource) ([]pos.Consent, error) {
	var list []pos.Consent
	err := t.desk.Change(ctx, a, pos.RightCustomerEdit, func(o *Op) error {
		c, err := o.Customer(id)
		if err != nil {
			return err
		}
		if err := Alive(c); err != nil {
			return err
		}
		if !slices.Contains(pos.ConsentSources, source) {
			return pos.E(pos.CodeInvalid, "consent.unknown", nil)
		}
		if list, err = o.Tx.Consents(id); err != nil {
			return err
		}
		now := pos.Consents(list)
		for _, answer := range answers {
			if now[answer.ConsentTo].Given == answer.Given {
				continue
			}
			said, err := o.putConsent(id, answer, source)
			if err != nil {
				return err
			}
			list = append(list, *said)
			now[answer.ConsentTo] = *said
		}
		return nil
	})
	return list, err
}

func (o *Op) putConsent(id pos.CustomerID, answer Answer, source pos.ConsentSource) (*pos.Consent, error) {
	c := &pos.Consent{Customer: id, Channel: answer.Channel, Purpose: answer.Purpose, Given: answer.Given, Source: source,
		Employee: o.Actor.ID, At: o.At}
	if err := c.Check(); err != nil {
		return nil, err
	}
	if err := o.PutConsent(c); err != nil {
		return nil, err
	}
	detail := map[string]string{"channel": string(c.Channel), "purpose": string(c.Purpose), "given": desk.YesNo(c.Given), "source": string(c.Source)}
	if err := o.Note(pos.EventConsent, string(id), detail); err != nil {
		return nil, err
	}
	return c, o.Tell(wire.OfConsent(c))
}

// passConsents lets the survivor of a merge have what the same person said last
// about each question, under either card.
func (o *Op) passConsents(from, to pos.CustomerID) error {
	theirs, err := o.Tx.Consents(from)
	if err != nil {
		return err
	}
	own, err := o.Tx.Consents(to)
	if err != nil {
		return err
	}
	mine, other := pos.Consents(own), pos.Consents(theirs)
	for _, channel := range pos.Channels {
		for _, purpose := range pos.Purposes {
			q := pos.ConsentTo{Channel: channel, Purpose: purpose}
			said, ok := other[q]
			if have := mine[q]; !ok || said.Given == have.Given || said.At.Before(have.At) {
				continue
			}
			if _, err := o.putConsent(to, Answer{ConsentTo: q, Given: said.Given}, pos.ConsentMerge); err != nil {
				return err
			}
		}
	}
	return nil
}
