package manual

import (
	"strings"

	"kassa/pos"
	"kassa/pos/money"
)

// Rights are what whoever asks may do, as the till found it in their group. The
// backend holds every request to them, whatever the till let pass.
type Rights struct {
	SetUp     bool           `json:"setUp,omitempty" doc:"Merchants and offers"`
	Create    bool           `json:"create,omitempty"`
	Decide    bool           `json:"decide,omitempty"`
	DecideCap *money.Amount  `json:"decideUpTo,omitempty" doc:"The most one decision may come to; no bound unless given"`
	Own       bool           `json:"own,omitempty" doc:"May decide what they asked for themselves"`
	Correct   bool           `json:"correct,omitempty"`
	Refund    bool           `json:"refund,omitempty"`
	RefundCap *money.Amount  `json:"refundUpTo,omitempty" doc:"The most one refund may come to; no bound unless given"`
	Currency  money.Currency `json:"currency,omitempty" doc:"Of both bounds; a sum in another one is beyond them"`
}

// RightsOf are what a group may do in a shop of a currency.
func RightsOf(g *pos.Group, shop money.Currency) Rights {
	bound := func(r pos.Right) *money.Amount {
		if most, capped := g.Cap(r); capped {
			return &most
		}
		return nil
	}
	return Rights{SetUp: g.Has(pos.RightSettings), Create: g.Has(pos.RightManualCreate), Decide: g.Has(pos.RightManualDecide), DecideCap: bound(pos.RightManualDecide),
		Own: g.Has(pos.RightManualOwn), Correct: g.Has(pos.RightManualCorrect), Refund: g.Has(pos.RightManualRefund), RefundCap: bound(pos.RightManualRefund), Currency: shop}
}

// AllRights are those of an owner.
func AllRights() Rights {
	return Rights{SetUp: true, Create: true, Decide: true, Own: true, Correct: true, Refund: true}
}

// DemandSetUp refuses whoever may not change merchants and offers.
func (r *Rights) DemandSetUp() error {
	if !r.SetUp {
		return lacking(pos.RightSettings)
	}
	return nil
}

// lacking is the refusal for want of a right.
func lacking(r pos.Right) error {
	return pos.E(pos.CodeForbidden, "manual.forbidden", pos.Args{"What": r})
}

// MayDecide refuses to decide a sum beyond the bound.
func (r *Rights) MayDecide(sum money.Amount, c money.Currency) error {
	return r.within(r.DecideCap, sum, c)
}

// MayRefund refuses to allow a refund beyond the bound.
func (r *Rights) MayRefund(sum money.Amount, c money.Currency) error {
	return r.within(r.RefundCap, sum, c)
}

// within refuses a sum beyond a bound. Sums of different currencies cannot be
// compared, so what is bounded in one says nothing of another.
func (r *Rights) within(most *money.Amount, sum money.Amount, c money.Currency) error {
	if most == nil || c == r.Currency && sum <= *most {
		return nil
	}
	in := r.Currency
	if !KnownCurrency(in) {
		in = ""
	}
	return pos.E(pos.CodeForbidden, "manual.over-cap", pos.Args{"Cap": strings.TrimSpace(ShowSum(*most, in) + " " + string(in)), "Sum": ShowSum(sum, c) + " " + string(c)})
}
