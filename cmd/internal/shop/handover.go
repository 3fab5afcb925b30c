package shop

import (
	"context"

	"kassa/backend/client"
	"kassa/cmd/internal/handover"
	"kassa/pos"
)

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
	head, err := s.Till.ExchangeHead(ctx)
	if err != nil {
		return err
	}
	return handover.All(ctx, source, target, head.Till)
}

func (s *Shop) clientAt(server string) (*client.Client, error) {
	b, err := s.backendAt(server)
	if err != nil {
		return nil, err
	}
	return b.(*client.Client), nil
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
