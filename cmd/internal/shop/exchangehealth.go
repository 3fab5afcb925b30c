package shop

import (
	"context"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/health"
	"kassa/pos/till"
)

// exchangeHealth tells how the exchange with the backend stands. A shop that is only
// looked at carries nothing: what another process at work here knows of its server
// it cannot tell, and ask asks the server anew.
func (s *Shop) exchangeHealth(ctx context.Context, ask bool) health.Line {
	l := health.Line{Name: "exchange", State: health.Good, Place: health.Queue}
	v, err := s.Till.Queue(ctx, till.System(), 0, 0)
	if err != nil {
		return health.Line{Name: l.Name, State: health.Bad, Err: err}
	}
	server, err := s.Till.Server(ctx)
	if err != nil {
		return health.Line{Name: l.Name, State: health.Bad, Err: err}
	}
	now := s.exchangeNow()
	if now.Server != server {
		now = ExchangeStatus{Server: server} // nothing is known of this one yet
	}
	args := pos.Args{"Server": server, "Count": v.Counts.Waiting, "At": now.Contact, "Since": now.Since}
	l.Args = args
	look := now.Look(s.Clock.Now())
	switch {
	case v.Paused:
		l.State, l.ID = health.Warn, "health.exchange-paused"
	case now.Trouble != nil && look != exchange.Nothing:
		l.State, l.ID, args["Reason"] = health.Warn, "health.exchange-late", error(now.Trouble)
		if now.Stands {
			l.State = health.Bad
		}
	case server == "":
		l.ID, l.Args = "health.exchange-carried", nil
	case !now.Contact.IsZero():
		l.ID = "health.exchange-told"
	case ask:
		return s.askExchange(ctx, l)
	default:
		l.ID = "health.exchange-unasked"
	}
	return l
}

// askExchange asks the server how it is.
func (s *Shop) askExchange(ctx context.Context, l health.Line) health.Line {
	within, cancel := context.WithTimeout(ctx, asking)
	defer cancel()
	l.Args["At"], l.Args["Since"] = s.Clock.Now(), s.Clock.Now()
	if _, err := s.CheckServer(within, till.System()); err != nil {
		l.State, l.ID, l.Args["Reason"] = health.Warn, "health.exchange-late", err
		return l
	}
	l.ID = "health.exchange-told"
	return l
}

// exchangeNow is how the exchange stands, the zero Status where nothing carries it
// here.
func (s *Shop) exchangeNow() ExchangeStatus {
	if r := s.behind.relay.Load(); r != nil {
		return r.Status()
	}
	return ExchangeStatus{}
}
