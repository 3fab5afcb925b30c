// Package handover brings what one backend keeps of manual payments to another.
package handover

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

// All hands over merchants and offers, and the orders a till told of, with the files of
// their proofs. Cut off, it is done again: who has a piece already takes no notice.
// Errors are *exchange.Trouble.
func All(ctx context.Context, source, target *client.Client, till string) error {
	if err := bringSetUp(ctx, source, target); err != nil {
		return err
	}
	return bringOrders(ctx, source, target, till)
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

// bringOrders hands over the orders the till told of, the newest first. No more files
// go before their orders than the backend takes.
func bringOrders(ctx context.Context, source, target *client.Client, tillID string) error {
	for after, more := "", true; more; {
		page, err := source.Orders(ctx, backend.Orders{After: after, Limit: ordersAtOnce})
		if err != nil {
			return err
		}
		var piece manual.Handover
		files := 0
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
			if files += int(k.Proofs); files > manual.MostLoose-2*manual.MostProofs {
				if _, err := target.Bring(ctx, piece); err != nil {
					return err
				}
				piece, files = manual.Handover{}, 0
			}
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
