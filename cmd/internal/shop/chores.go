package shop

import (
	"context"

	"kassa/pos"
	"kassa/pos/phone"
	"kassa/pos/till"
	"kassa/sms"
)

// SendTest sends one message to see whether it arrives. It costs money, needs
// the right to, and is recorded whatever becomes of it. The error is an
// *sms.Error where the provider refused.
func (s *Shop) SendTest(ctx context.Context, a pos.Actor, m sms.Message) (sms.Receipt, error) {
	return s.SendTestThrough(ctx, a, s.Provider, m)
}

// SendTestThrough is SendTest through a provider that is being set up and not
// yet the shop's.
func (s *Shop) SendTestThrough(ctx context.Context, a pos.Actor, open func() (sms.Provider, error), m sms.Message) (sms.Receipt, error) {
	if err := s.Till.Demand(ctx, a, pos.RightTestSMS); err != nil {
		return sms.Receipt{}, err
	}
	p, err := open()
	if err != nil {
		return sms.Receipt{}, err
	}
	within, cancel := context.WithTimeout(ctx, till.SendTimeout)
	defer cancel()
	r, sendErr := p.Send(within, m)
	detail := map[string]string{
		"phone": phone.Mask(m.To), "provider": p.Declaration().ID, "outcome": string(sms.OutcomeOf(sendErr)), "message": r.ID,
	}
	if err := s.Till.Note(context.WithoutCancel(ctx), a, pos.EventTestSMS, "", detail); err != nil && sendErr == nil {
		return r, err
	}
	return r, sendErr
}
