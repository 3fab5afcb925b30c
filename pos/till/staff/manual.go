package staff

import (
	"context"
	"maps"
	"slices"

	"kassa/pos"
	"kassa/pos/money"
)

// ManualUse is what somebody at the till is about to ask of the backend about a
// manual payment. The backend holds the request to rights the till vouches for, so
// the till says what they are for this one request, with what another allowed.
type ManualUse struct {
	Right    pos.Right
	Sum      money.Amount   // in Currency; 0 where the right has none
	Currency money.Currency // of Sum
	Own      bool           // it decides what the asker noted
	Correct  bool           // it says another sum, currency or day than was noted
	Subject  string         // the payment's id
}

// AllowManual answers with the asker's group as it holds for one request: with the
// right, the cap raised to the sum, and what else the request needs, where their own
// group or another's approval gives it. The refusal is one an approval lifts. A sum in
// another currency cannot be compared with a cap: whoever has one needs somebody who
// has none, CodeForbidden "manual.foreign-cap".
func (t *Till) AllowManual(ctx context.Context, a pos.Actor, use ManualUse) (g pos.Group, err error) {
	err = t.desk.Look(ctx, a, "", func(o *Op) error {
		own, err := o.OwnGroup()
		if err != nil {
			return err
		}
		g = *own
		o.About(use.Subject)
		if err := o.demandManual(own, &use); err != nil {
			return err
		}
		lend(&g, &use, o.Settings.Currency)
		return nil
	})
	return g, err
}

// demandManual asks for everything the request needs.
func (o *Op) demandManual(own *pos.Group, use *ManualUse) error {
	_, capped := own.Cap(use.Right)
	foreign := use.Sum > 0 && use.Currency != o.Settings.Currency
	others := use.Own && !own.Has(pos.RightManualOwn)
	var err error
	switch {
	case foreign && (capped || others || !own.Has(use.Right)):
		err = o.DemandForeign(use.Right, use.Sum, use.Currency, others)
	case others:
		err = o.DemandOther(use.Right, use.Sum)
	case use.Right.HasSum() && use.Sum > 0 && !foreign:
		err = o.DemandSum(use.Right, use.Sum)
	default:
		err = o.Demand(use.Right)
	}
	if err == nil && use.Correct {
		err = o.Demand(pos.RightManualCorrect)
	}
	return err
}

// lend gives a copy of a group what the request needs.
func lend(g *pos.Group, use *ManualUse, shop money.Currency) {
	lent := []pos.Right{use.Right}
	if use.Own {
		lent = append(lent, pos.RightManualOwn)
	}
	if use.Correct {
		lent = append(lent, pos.RightManualCorrect)
	}
	g.Rights, g.Caps = slices.Clone(g.Rights), maps.Clone(g.Caps)
	for _, r := range lent {
		if !g.Has(r) {
			g.Rights = append(g.Rights, r)
		}
	}
	most, capped := g.Cap(use.Right)
	switch {
	case capped && use.Sum > 0 && use.Currency != shop:
		delete(g.Caps, use.Right) // it says nothing of this sum, which somebody without one allowed
	case capped && most < use.Sum:
		g.Caps[use.Right] = use.Sum
	}
}
