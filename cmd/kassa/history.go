package main

import (
	"context"

	"kassa/pos"
	"kassa/storage/config"
	"kassa/ui/settings"
)

// historyMost is how far back the window looks; `kassactl settings history` tells
// the rest.
const historyMost = 1000

// History implements settings.Admin.
func (a *admin) History(ctx context.Context, actor pos.Actor) ([]settings.Decision, error) {
	s := a.shop
	list, err := s.Till.SettingsHistory(ctx, actor, "", historyMost)
	if err != nil {
		return nil, err
	}
	staff, err := s.Till.Employees(ctx)
	if err != nil {
		return nil, err
	}
	names := map[pos.EmployeeID]string{}
	for i := range staff {
		names[staff[i].ID] = staff[i].Name
	}
	now := s.Config.Values()
	out := make([]settings.Decision, len(list))
	for i, c := range list {
		out[i] = settings.Decision{SettingsChange: c, Who: names[c.Employee], Now: now[c.Key]}
		if s.Config.Overridden(c.Key) {
			out[i].Variable = config.Variable(c.Key)
		}
	}
	return out, nil
}

// Revert implements settings.Admin.
func (a *admin) Revert(ctx context.Context, actor pos.Actor, n int64) error {
	return a.shop.RevertSetting(ctx, actor, n)
}
