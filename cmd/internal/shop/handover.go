package shop

import (
	"context"
	"errors"

	"kassa/backend"
	"kassa/backend/client"
	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/manual"
)

// ordersAtOnce is how many orders travel in one piece of a handover: few enough that
// one with a long history fits too.
const ordersAtOnce = 20

// handOver brings to the server what was kept for the till by whoever stood behind it
// before, once, before the till asks anything of it. What is cut off is begun again:
// who has a piece already takes no notice.
func (s *Shop) handOver(ctx context.Context, server string) error {
	from, due, err := s.Till.HandoverDue(ctx)
	if err != nil || !due {
		return err
	}
	if err := s.bring(ctx, from, server); err != nil {
		return err
	}
	if err := s.Till.HandedOver(ctx, server); err != nil {
		return err
	}
	_, err = s.forgetLeft(ctx)
	return err
}

// forgetLeftLate is forgetLeft for whoever carries the queue, which does not wait for it.
func (s *Shop) forgetLeftLate(ctx context.Context) {
	if _, err := s.forgetLeft(ctx); err != nil {
		s.Log.Warn("the credential for a server that was left is still kept", "error", err)
	}
}

// forgetLeft forgets a server the till has nothing to do with any more, with the
// credential for it, and tells whether there was one. A process that was cut off
// before does it the next time the till has to do with a backend.
func (s *Shop) forgetLeft(ctx context.Context) (bool, error) {
	left, err := s.Till.Left(ctx)
	if err != nil || left == "" {
		return false, err
	}
	s.forgetClient(left)
	if err := s.Secrets.Delete(tokenName(left)); err != nil {
		return false, err
	}
	return true, s.Till.ForgetLeft(ctx, left)
}

// bring hands over all that one backend keeps for this till to another: merchants and
// offers, and the orders the till told of. Errors are *exchange.Trouble or the till's.
func (s *Shop) bring(ctx context.Context, from, to string) error {
	source, err := s.clientAt(from)
	if err != nil {
		return err
	}
	target, err := s.clientAt(to)
	if err != nil {
		return err
	}
	if err := bringSetUp(ctx, source, target); err != nil {
		return err
	}
	head, err := s.Till.ExchangeHead(ctx)
	if err != nil {
		return err
	}
	return bringOrders(ctx, source, target, head.Till)
}

func (s *Shop) clientAt(server string) (*client.Client, error) {
	b, err := s.backendAt(server)
	if err != nil {
		return nil, err
	}
	return b.(*client.Client), nil
}

// bringSetUp hands over merchants, one with its image at a time, and offers.
func bringSetUp(ctx context.Context, source, target *client.Client) error {
	merchants, err := source.Merchants(ctx)
	if err != nil {
		return err
	}
	for i := range merchants {
		m, err := source.Merchant(ctx, merchants[i].ID)
		if err != nil {
			return err
		}
		if _, err := target.Bring(ctx, manual.Handover{Merchants: []manual.Merchant{m}}); err != nil {
			return err
		}
	}
	offers, err := source.Offers(ctx)
	if err != nil {
		return err
	}
	for len(offers) > 0 {
		n := min(len(offers), ordersAtOnce)
		if _, err := target.Bring(ctx, manual.Handover{Offers: offers[:n]}); err != nil {
			return err
		}
		offers = offers[n:]
	}
	return nil
}

// bringOrders hands over the orders the till told of, the newest first.
func bringOrders(ctx context.Context, source, target *client.Client, tillID string) error {
	for after, more := "", true; more; {
		page, err := source.Orders(ctx, backend.Orders{After: after, Limit: ordersAtOnce})
		if err != nil {
			return err
		}
		var piece manual.Handover
		for i := range page.Orders {
			after = page.Orders[i].ID
			if page.Orders[i].Till != tillID {
				continue
			}
			k, err := source.Order(ctx, after)
			if err == nil {
				err = bringProofs(ctx, source, target, &k)
			}
			if err != nil {
				return err
			}
			piece.Orders = append(piece.Orders, k)
		}
		if len(piece.Orders) > 0 {
			if _, err := target.Bring(ctx, piece); err != nil {
				return err
			}
		}
		more = page.More
	}
	return nil
}

// bringProofs hands over the files of an order's proofs that are not there yet, before
// the order itself: so that it never is there without them.
func bringProofs(ctx context.Context, source, target *client.Client, k *manual.Kept) error {
	if k.Proofs == 0 {
		return nil
	}
	there := map[string]bool{}
	known, err := target.Proofs(ctx, k.ID)
	if t, ok := errors.AsType[*exchange.Trouble](err); ok && pos.CodeOf(t.Told()) == pos.CodeNotFound {
		err = nil // the order is not there yet
	}
	if err != nil {
		return err
	}
	for i := range known {
		there[known[i].ID] = true
	}
	for _, p := range k.Attached() {
		if p.Gone || there[p.ID] {
			continue
		}
		file, err := source.Proof(ctx, k.ID, p.Proof)
		if err != nil {
			return err
		}
		if err := target.BringProof(ctx, k.ID, p.Proof, file); err != nil {
			return err
		}
	}
	return nil
}

// bringBack is what a till that leaves a server takes along. Without the server
// that cannot be: CodeUnavailable "shop.leave-unreached".
func (s *Shop) bringBack(ctx context.Context, server string) error {
	if _, due, err := s.Till.HandoverDue(ctx); err != nil || due {
		return err // nothing went there yet: all of it is here
	}
	if err := s.bring(ctx, server, ""); err != nil {
		return &pos.Error{Code: pos.CodeUnavailable, ID: "shop.leave-unreached", Err: err}
	}
	return nil
}
