package people

import (
	"kassa/backend/store"
	"kassa/pos"
	pay "kassa/pos/manual"
	"kassa/pos/money"
)

// Bound is what is to become of a bound: it stays unless it is Set, and nil takes it
// away.
type Bound struct {
	Set  bool
	Most *money.Amount
}

// Bounds are those of one person, both in one currency.
type Bounds struct {
	Decide, Refund Bound
	Currency       money.Currency
}

// put changes the bounds of a person. An owner has none, and loses those from before.
func (b *Bounds) put(who *Person) error {
	if who.Level == store.LevelOwner {
		if b.Decide.Most != nil || b.Refund.Most != nil {
			return pos.E(pos.CodeInvalid, "person.cap-owner", nil)
		}
		who.DecideCap, who.RefundCap, who.CapIn = nil, nil, ""
		return nil
	}
	for _, one := range []struct {
		bound Bound
		to    **money.Amount
	}{{b.Decide, &who.DecideCap}, {b.Refund, &who.RefundCap}} {
		if one.bound.Set {
			*one.to = one.bound.Most
		}
	}
	given := b.Decide.Most != nil || b.Refund.Most != nil
	stays := who.DecideCap != nil && b.Decide.Most == nil || who.RefundCap != nil && b.Refund.Most == nil
	switch {
	case given && !pay.KnownCurrency(b.Currency):
		return pos.E(pos.CodeInvalid, "manual.currency", pos.Args{"Currency": string(b.Currency)})
	case given && stays && who.CapIn != b.Currency:
		return pos.E(pos.CodeInvalid, "person.cap-in", pos.Args{"Currency": string(who.CapIn)})
	case given:
		who.CapIn = b.Currency
	case who.DecideCap == nil && who.RefundCap == nil:
		who.CapIn = ""
	}
	return nil
}
