package upkeep

import (
	"context"

	"kassa/pos"
)

// Demand asks for a right outside an operation of the till (settings, test
// SMS); a refusal is noted and names the right.
func (t *Till) Demand(ctx context.Context, a pos.Actor, r pos.Right) error {
	return t.desk.Look(ctx, a, r, func(*op) error { return nil })
}

// Note writes an audit record of something done outside the till's operations.
func (t *Till) Note(ctx context.Context, a pos.Actor, k pos.EventKind, subject string, detail map[string]string) error {
	return t.desk.Change(ctx, a, "", func(o *op) error { return o.Note(k, subject, detail) })
}
