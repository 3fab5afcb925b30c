package store

import (
	"kassa/pos"
)

// Care is what looking after the data needs to know.
type Care interface {
	SaleCount() (int64, error)
	// Origin is the hash of the first audit event, "" before there is one. Copies
	// of one till share it, two tills never do.
	Origin() (string, error)
	// AddSettingsChange stores a change under the next number, which it sets.
	AddSettingsChange(c *pos.SettingsChange) error
	// SettingsChanges lists changes of a setting ("" for all), newest first.
	SettingsChanges(key string, limit int) ([]pos.SettingsChange, error)
	// SettingsChange returns one change, CodeNotFound "settings.no-change".
	SettingsChange(n int64) (*pos.SettingsChange, error)
}
