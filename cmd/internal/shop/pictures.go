package shop

import (
	"context"
	"time"

	"kassa/pos"
)

// unsaved is how long a picture may wait for the card it was chosen for to be
// saved.
const unsaved = 24 * time.Hour

// SweepImages removes the pictures no product shows any more, in the background.
// A failure is logged and nothing more: they only take room.
func (s *Shop) SweepImages(ctx context.Context) {
	s.copies.Go(func() {
		// Files bear the computer's time, whatever the till's clock says.
		n, err := s.Images.Sweep(time.Now().Add(-unsaved), func(name string) (bool, error) {
			if s.closing.Load() {
				return false, pos.E(pos.CodeUnavailable, "storage.closed", nil)
			}
			return s.Till.ImageUsed(ctx, name)
		})
		switch {
		case err != nil && ctx.Err() == nil && !s.closing.Load():
			s.Log.Warn("pictures nobody shows were left lying", "error", err)
		case n > 0:
			s.Log.Info("pictures nobody shows were removed", "count", n)
		}
	})
}
