package receipts

import (
	"context"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/ui"
)

// Text is a sale's receipt as a copy: what the employee may not see is left
// out. It reads and may take its time; call it in the background.
func Text(ctx context.Context, env *ui.Env, w *words.Words, a pos.Actor, s *pos.Sale) (string, error) {
	return text(ctx, env, w, a, s, true, columns)
}
