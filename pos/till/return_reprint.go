package till

import (
	"context"

	"kassa/pos"
)

// NoteReturnReprint records that the slip of a return is printed again.
// CodeNotFound for an unknown return.
func (t *Till) NoteReturnReprint(ctx context.Context, a pos.Actor, id pos.ReturnID) error {
	return t.change(ctx, a, pos.RightReprint, func(o *op) error {
		r, err := o.Tx.Return(id)
		if err != nil {
			return err
		}
		return o.note(pos.EventReprinted, string(r.ID), nil)
	})
}
