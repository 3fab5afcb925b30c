package shop

import (
	"context"
	"maps"
	"slices"

	"kassa/pos"
)

// differences are the settings whose values differ, by key.
func differences(before, after map[string]string, source func(key string) pos.SettingsSource) []pos.SettingsChange {
	keys := map[string]bool{}
	for k := range before {
		keys[k] = true
	}
	for k := range after {
		keys[k] = true
	}
	var list []pos.SettingsChange
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		if before[k] != after[k] {
			list = append(list, pos.SettingsChange{Key: k, Old: before[k], New: after[k], Source: source(k)})
		}
	}
	return list
}

// noteOutside tells the history of what was decided past the till since it last
// looked: in config.toml by hand, or by a variable of the environment.
func (s *Shop) noteOutside(ctx context.Context) error {
	known, err := s.Till.KnownSettings(ctx)
	if err != nil {
		return err
	}
	now := s.Config.Values()
	if maps.Equal(known, now) {
		return nil
	}
	var changes []pos.SettingsChange
	if known != nil {
		changes = differences(known, now, func(key string) pos.SettingsSource {
			if s.Config.Overridden(key) {
				return pos.SettingsByShell
			}
			return pos.SettingsByFile
		})
	}
	return s.Till.NoteSettings(ctx, pos.Actor{}, changes, now, nil)
}

// RevertSetting takes a change of the settings back, which is itself a change. It
// needs the right to change settings; CodeConflict "settings.no-revert" for what
// cannot be taken back: a secret, or what a variable of the environment decides;
// CodeConflict "settings.already" when what was is in force again anyway, and
// CodeInvalid "config.value" for a value that is not allowed any more.
func (s *Shop) RevertSetting(ctx context.Context, a pos.Actor, n int64) error {
	c, err := s.Till.ChangeOfSettings(ctx, a, n)
	if err != nil {
		return err
	}
	if !c.CanRevert() || s.Config.Overridden(c.Key) {
		return pos.E(pos.CodeConflict, "settings.no-revert", pos.Args{"Key": c.Key})
	}
	if s.Config.Values()[c.Key] == c.Old {
		return pos.E(pos.CodeConflict, "settings.already", nil)
	}
	change := Change{Settings: s.Settings(), reverts: n}
	known, err := s.Config.Set(&change.Settings, c.Key, c.Old)
	if err != nil {
		return err
	}
	if !known {
		change.Provider = map[string]string{c.Key: c.Old}
	}
	return s.SaveSettings(ctx, a, change)
}
