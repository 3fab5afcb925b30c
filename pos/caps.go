package pos

import (
	"slices"

	"kassa/pos/money"
)

// withSum are the rights whose use has a sum, so that a group can be capped:
// what is given away, taken back, owed or moved by one action.
var withSum = []Right{
	RightPrice, RightLineDiscount, RightChequeDiscount, RightRemove, RightCancel,
	RightPoints, RightSkipPoints, RightCredit, RightSkipCredit, RightRepay,
	RightReturn, RightReturnOtherDay, RightReturnNoProof, RightCorrectTender, RightCashIn, RightCashOut, RightIssueCert, RightManualDecide, RightManualRefund,
}

// HasSum reports a right whose use has a sum.
func (r Right) HasSum() bool { return slices.Contains(withSum, r) }

// Known reports one of Rights.
func (r Right) Known() bool { return slices.Contains(Rights, r) }

// Cap is the most one action of that right may come to without an approval.
// ok is false where there is no cap. A cap of nothing means that every sum
// takes an approval.
func (g *Group) Cap(r Right) (most money.Amount, ok bool) {
	most, ok = g.Caps[r]
	return most, ok
}

// Allows reports whether the group may do it alone: it holds the right, and the
// sum does not exceed the cap.
func (g *Group) Allows(r Right, sum money.Amount) bool {
	most, capped := g.Cap(r)
	return g.Has(r) && (!capped || sum <= most)
}

// Beyond names the first right with which the group other may do more than this
// one; ok is false when there is none. Who deals in rights may not deal in those.
func (g *Group) Beyond(other *Group) (r Right, ok bool) {
	for _, r := range SortRights(other.Rights) {
		most, capped := other.Cap(r)
		mine, bound := g.Cap(r)
		if !g.Has(r) || (bound && (!capped || most > mine)) {
			return r, true
		}
	}
	return "", false
}

// SortCaps returns the caps of the rights a group holds; nil when there are none.
func (g *Group) SortCaps() map[Right]money.Amount {
	var kept map[Right]money.Amount
	for r, most := range g.Caps {
		if !g.Has(r) {
			continue
		}
		if kept == nil {
			kept = map[Right]money.Amount{}
		}
		kept[r] = most
	}
	return kept
}

func (g *Group) checkCaps() error {
	if g.ID == GroupOwner && len(g.Caps) > 0 {
		return E(CodeConflict, "group.owner-capped", nil)
	}
	for _, r := range Rights {
		most, ok := g.Caps[r]
		switch {
		case !ok:
		case !r.HasSum():
			return E(CodeInvalid, "group.cap-right", Args{"Right": r})
		case most < 0 || most > money.MaxAmount:
			return E(CodeInvalid, "group.cap-range", Args{"Right": r, "Max": money.MaxAmount})
		}
	}
	for r := range g.Caps {
		if !r.Known() {
			return E(CodeInvalid, "group.right-unknown", Args{"Right": string(r)})
		}
	}
	return nil
}
