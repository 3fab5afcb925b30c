package desk

import (
	"kassa/pos/wire"
)

// OrNone keeps a list from leaving with an error.
func OrNone[T any](list []T, err error) ([]T, error) {
	if err != nil {
		return nil, err
	}
	return list, nil
}

// Tell puts what happened into the outbox, in the operation's own transaction.
// The payload's bytes are fixed now: whoever receives it later, and perhaps
// twice, reads what was true when it happened.
func (o *Op) Tell(p wire.Payload) error {
	epoch, err := o.Epoch()
	if err != nil {
		return err
	}
	m, err := wire.Pack(o.NewID(), epoch, o.At, p)
	if err != nil {
		return err
	}
	o.told = true
	return o.Enqueue(m)
}

// Act is the operation as others are told of it: who did it, when, and in what
// currency its sums are.
func (o *Op) Act() wire.Act {
	return wire.Act{Employee: o.Actor.ID, At: o.At, Currency: o.Settings.Currency}
}
