package main

import (
	"context"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/history"
	"kassa/pos/till"
	"kassa/ui/care"
)

// keeper lets the window look after the shop's data. It belongs to the window,
// which asks for one thing at a time.
type keeper struct {
	shop    *shop.Shop
	restart func()
	looked  *shop.Restoring // the copy at hand, nil for none
}

var (
	_ care.Keeper    = (*keeper)(nil)
	_ care.Historian = (*keeper)(nil)
)

// Copies implements care.Keeper.
func (k *keeper) Copies(ctx context.Context, a pos.Actor) ([]pos.CopyFolder, error) {
	return k.shop.Copies(ctx, a)
}

// MakeCopies implements care.Keeper.
func (k *keeper) MakeCopies(ctx context.Context, a pos.Actor) ([]pos.CopyResult, error) {
	return k.shop.MakeCopies(ctx, a, shop.CopyTo{})
}

// Plan implements care.Keeper.
func (k *keeper) Plan(ctx context.Context, a pos.Actor, file string, key hidden.Text) (*till.RestorePlan, error) {
	k.Drop()
	r, err := k.shop.PlanRestore(ctx, a, file, key)
	if err != nil {
		return nil, err
	}
	k.looked = r
	return &r.RestorePlan, nil
}

// Place implements care.Keeper.
func (k *keeper) Place(ctx context.Context, a pos.Actor) (string, error) {
	if k.looked == nil {
		return "", pos.E(pos.CodeConflict, "backup.looked", nil)
	}
	return k.shop.PlaceRestore(ctx, a, k.looked, false)
}

// Drop implements care.Keeper.
func (k *keeper) Drop() {
	if k.looked == nil {
		return
	}
	if err := k.looked.Close(); err != nil {
		k.shop.Log.Warn("a copy that was looked at stays", "error", err)
	}
	k.looked = nil
}

// Missing implements care.Historian.
func (k *keeper) Missing() *history.Gap { return k.shop.Missing() }

// GoOn implements care.Historian.
func (k *keeper) GoOn(ctx context.Context, a pos.Actor) (string, error) { return k.shop.GoOn(ctx, a) }

// Restart implements care.Keeper.
func (k *keeper) Restart() { k.restart() }
