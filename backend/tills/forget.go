package tills

import (
	"bytes"

	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/wire"
)

// forget takes a customer who was made anonymous out of what was told before, as
// the till did with its own rows.
func (in taking) forget(e *wire.CustomerErased) error {
	for _, card := range e.Cards {
		if pos.HasControl(card) {
			continue // no card has such an id, and nobody is named by it
		}
		if _, err := in.ForgetPayer(card); err != nil {
			return err
		}
		told, err := in.ToldOf(pos.CustomerID(card))
		if err != nil {
			return err
		}
		for i := range told {
			if body, digest, had := bare(&told[i].Command); had {
				if err := in.ForgetMessage(told[i].ID, body, digest); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// bare is the body of a message without what names an anonymous customer, and
// reports whether there was anything of the kind in it.
func bare(c *exchange.Command) (body []byte, digest string, had bool) {
	body, had, err := wire.Forget(c.Message())
	if err != nil || !had {
		return nil, "", false
	}
	b := exchange.Command{Body: bytes.TrimSpace(body)}
	return b.Body, b.Digest(), true
}

// forgotten reports that two messages of one id and place are the same but for an
// erasure that reached one of them: the one that names nobody stays.
func (in taking) forgotten(there, m *store.Message) (bool, error) {
	if _, digest, had := bare(&m.Command); had {
		return digest == there.Digest, nil // it names somebody whom we forgot
	}
	if there.Body == nil && m.Kind == pos.EventOrderAsked {
		p, err := wire.Decode(m.Message())
		if asked, ok := p.(*wire.OrderAsked); err != nil || !ok || !asked.Forgotten {
			return false, nil
		}
		return true, in.ForgetMessage(m.ID, nil, m.Digest)
	}
	if there.Body == nil {
		// The body was never here: the till that carries us is believed.
		if !customerKinds[m.Kind] || !in.Carried {
			return false, nil
		}
		return true, in.ForgetMessage(m.ID, nil, m.Digest)
	}
	body, digest, had := bare(&there.Command)
	if !had || digest != m.Digest {
		return false, nil
	}
	return true, in.ForgetMessage(m.ID, body, digest)
}

// customerKinds are the messages that may name a customer.
var customerKinds = map[pos.EventKind]bool{
	pos.EventCustomerAdded: true, pos.EventCustomerChanged: true, pos.EventCustomerArchive: true, pos.EventCustomerRestore: true, pos.EventCustomersMerged: true,
}
