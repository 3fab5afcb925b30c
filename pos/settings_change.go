package pos

import "time"

// SettingsSource is how a setting came to be changed.
type SettingsSource string

// Where a change of the settings came from.
const (
	SettingsByTill  SettingsSource = "till"        // in the window or through a command
	SettingsByFile  SettingsSource = "file"        // somebody edited config.toml
	SettingsByShell SettingsSource = "environment" // a variable decides it now
)

// SettingsChange is one setting that was decided anew. It is never edited; taking
// it back is a further change.
type SettingsChange struct {
	N        int64 // 1, 2, 3…
	At       time.Time
	Employee EmployeeID // "" where nobody at the till did it
	Key      string     // permanent, "points.earn_percent"
	Old, New string     // as config.toml writes them; both "" for a secret
	Secret   bool
	Source   SettingsSource
	Reverts  int64 // N of the change this one takes back, 0 for none
}

// CanRevert reports whether the change can be taken back with one key: what was a
// secret is not kept, and what a variable decides is not ours to change.
func (c *SettingsChange) CanRevert() bool { return !c.Secret && c.Source != SettingsByShell }
