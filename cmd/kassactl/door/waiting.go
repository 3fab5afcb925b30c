package door

import (
	"context"
	"slices"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/till"
)

// waits is the state of a tender that somebody elsewhere is to approve, differs of one
// that was approved otherwise than asked, gone of one that pays nothing.
const (
	waits   = "waits"
	differs = "differs"
	gone    = "gone"
)

// hear brings what is asked to the backend and takes what was decided there. Without
// a connection what is known is told.
func (s *Session) hear(ctx context.Context) {
	if s.Exchange != nil {
		s.Exchange(ctx)
	}
}

// askManual asks for a manual payment by a merchant, the only one where none is named,
// and answers with the cheque as it waits.
func (s *Session) askManual(ctx context.Context, merchant string, amount money.Amount) (any, error) {
	m, err := s.merchantNamed(ctx, merchant)
	if err != nil {
		return nil, err
	}
	w, err := s.Till.AskManual(ctx, s.actor, m, amount)
	if err != nil {
		return nil, err
	}
	s.hear(ctx)
	parked, err := s.Till.Parked(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(parked, func(v till.ChequeView) bool { return v.Cheque.ID == w.Sale })
	if i < 0 {
		return nil, pos.E(pos.CodeNotFound, "cheque.not-parked", nil)
	}
	return s.newCheque(&parked[i]), nil
}

// merchantNamed finds the merchant at the backend.
func (s *Session) merchantNamed(ctx context.Context, id string) (*manual.Merchant, error) {
	b, err := s.manualOf(ctx)
	if err != nil {
		return nil, err
	}
	all, err := b.Merchants(ctx)
	if err != nil {
		return nil, shop.Spoken(err)
	}
	return manual.Only(all, id, nil)
}

// takeManual takes an approved payment though something is not as it was asked.
func (s *Session) takeManual(ctx context.Context, r *request) (any, error) {
	order := r.text("order")
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.shown(s.Till.TakeManual(ctx, s.actor, order))
}

// awaits tells how the manual payment behind a tender stands.
func (s *Session) awaits(t *tenderJSON, v *till.ChequeView) {
	for i := range v.Awaited {
		w := &v.Awaited[i]
		if t.Order == "" || w.Order != t.Order {
			continue
		}
		t.OrderState, t.Merchant = w.Awaited.State, w.Account
		t.State = map[manual.Standing]string{manual.Waits: waits, manual.Pays: ready, manual.Differs: differs, manual.Gone: gone}[w.Standing]
		if w.Price != 0 {
			t.Confirmed = manual.ShowSum(w.Price, w.In) + " " + string(w.In)
		}
		if w.Why != nil {
			t.Message = s.Words.Error(w.Why)
		}
	}
}
