package manual

import (
	"kassa/backend/internal/desk"
	"kassa/pos/exchange"
	"kassa/pos/wire"
)

// Request carries out what a till asked for in its queue, in the transaction that
// takes it, once: what came past the queue before, and got no answer, is the same
// request. It returns why it is refused, as the same call over HTTP would be, and
// false for a request nobody here knows.
func (m *Manual) Request(o *desk.Op, till string, c *exchange.Command) (known bool, err error) {
	payload, err := wire.Decode(c.Message())
	if err != nil {
		return false, err
	}
	switch p := payload.(type) {
	case *wire.OrderAsked:
		in := p.Ask()
		_, err = m.within(o, From{Till: till, By: p.Person(), Rights: p.Rights()}, in.ID, "new", in.ID, in, noting(in, p.Asked()))
	case *wire.OrderRuled:
		in := p.Ruling()
		_, err = m.within(o, From{Till: till, By: p.Person(), Rights: p.Rights()}, p.Request, "decide", p.ID, in, deciding(p.ID, in))
	case *wire.OrderBack:
		in := p.Ask()
		_, err = m.within(o, From{Till: till, By: p.Person(), Rights: p.Rights()}, in.ID, "refund", p.ID, in, refunding(p.ID, in))
	default:
		return false, nil
	}
	return true, err
}
