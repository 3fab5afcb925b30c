package shop

import (
	"context"
	"errors"
	"time"

	"kassa/backend/api"
	"kassa/backend/client"
	"kassa/backend/payments"
	"kassa/pos"
	"kassa/pos/clock"
	"kassa/pos/manual"
	"kassa/pos/phone"
	"kassa/pos/till"
	"kassa/storage/images"
)

// ManualPayments asks the backend behind the till for manual payments, carried or on
// a server, as somebody at the till who may do what their group may.
type ManualPayments struct {
	*client.Client
	Asker   api.Asker
	country string
	till    *till.Till
}

// Phone reads a number as typed; the refusal says what is wrong with it.
func (m *ManualPayments) Phone(typed string) (string, error) {
	number, err := phone.Parse(typed, m.country)
	if bad, ok := errors.AsType[*phone.ParseError](err); ok {
		return "", &pos.Error{Code: pos.CodeInvalid, ID: "phone.reason." + string(bad.Reason), Err: err}
	}
	return number, err
}

// Manual is the backend's manual payments for whoever asks.
func (s *Shop) Manual(ctx context.Context, a pos.Actor) (*ManualPayments, error) {
	group, err := s.Till.OwnGroup(ctx, a)
	if err != nil {
		return nil, err
	}
	server, err := s.Till.Server(ctx)
	if err != nil {
		return nil, err
	}
	b, err := s.backendAt(server)
	if err != nil {
		return nil, err
	}
	asker := api.Asker{By: manual.Person{ID: string(a.ID), Name: a.Name}, Rights: manual.RightsOf(&group, s.Settings().Currency)}
	return &ManualPayments{Client: b.(*client.Client), Asker: asker, country: s.Settings().Country, till: s.Till}, nil
}

// Payments asks the backend behind the till for manual payments, as whoever is at
// the till, with what another allows.
func (s *Shop) Payments() *payments.Payments {
	return payments.New(payments.Params{Till: s.Till, Files: images.Attached{}, Backend: func(ctx context.Context) (*client.Client, error) {
		server, err := s.Till.Server(ctx)
		if err != nil {
			return nil, err
		}
		b, err := s.backendAt(server)
		if err != nil {
			return nil, err
		}
		return b.(*client.Client), nil
	}})
}

// Spoken is an exchange that did not come about as a person is told of it: a
// refusal of the backend as its own words.
func Spoken(err error) error { return payments.Spoken(err) }

// OrQueued is Spoken for what can be asked for by the queue where the backend did not
// answer: ask does that, and CodeUnavailable "manual.queued" says so.
func OrQueued(err error, ask func() error) error {
	if payments.Unreached(err) {
		return payments.Queued(err, ask())
	}
	return Spoken(err)
}

// Queued reports an OrQueued that goes by the queue.
func Queued(err error) bool {
	e, ok := errors.AsType[*pos.Error](err)
	return ok && e.ID == payments.IDQueued
}

// Seen is an order as the backend has it, or as the till knows it where that does not
// answer.
func (m *ManualPayments) Seen(ctx context.Context, id string) (*manual.Order, error) {
	k, err := m.Order(ctx, id)
	if payments.Unreached(err) {
		if o, _, e := m.till.MirroredOrder(ctx, id); e == nil {
			return o, nil
		}
	}
	return &k.Order, Spoken(err)
}

// doubted reports that the till waits for somebody to confirm the computer's clock.
func (s *Shop) doubted(ctx context.Context) (bool, error) {
	c, err := s.Till.ClockSeen(ctx)
	if err != nil {
		return false, err
	}
	doubt, _ := c.Times.Doubt()
	return doubt != clock.Sure, nil
}

// elapsed is the run of the computer, which nobody can set; nil where the clock has
// no such hand.
func (s *Shop) elapsed() func() time.Duration {
	c, ok := s.Clock.(interface{ Read() clock.Reading })
	if !ok {
		return nil
	}
	return func() time.Duration { return c.Read().Since }
}
