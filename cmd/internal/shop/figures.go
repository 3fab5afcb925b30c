package shop

import (
	"context"

	"kassa/pos"
)

// KeepFigures adds the sales that are not in the sums of reports yet, a small
// batch at a time, while work goes on. It returns when all are in, when ctx ends
// or when the shop is closed; asked while it is at work it only looks again
// before it ends.
func (s *Shop) KeepFigures(ctx context.Context) {
	if s.rolling.Add(1) > 1 {
		return
	}
	s.copies.Go(func() {
		for asked := s.rolling.Load(); ; asked = s.rolling.Load() {
			s.roll(ctx)
			if s.rolling.CompareAndSwap(asked, 0) {
				return
			}
		}
	})
}

// roll rolls until nothing is left. A failure is logged: the next call goes on
// where this one ended, and reports read the rest from the sales meanwhile.
func (s *Shop) roll(ctx context.Context) {
	for ctx.Err() == nil && !s.closing.Load() {
		more, err := s.Till.RollFigures(ctx)
		if err != nil {
			if ctx.Err() == nil {
				s.Log.Warn("the sums of reports stand still", "error", err)
			}
			return
		}
		if !more {
			return
		}
	}
}

// afterShift does what belongs to a closed shift while the cashier is already
// doing something else: the sums of its sales, and the copy.
func (s *Shop) afterShift(r pos.ShiftReport) {
	s.copies.Go(s.syncWitness)
	s.KeepFigures(context.Background())
	s.copyAfter(r)
}
