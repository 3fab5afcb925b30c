package config

import (
	"maps"

	"kassa/pos"
)

// Values are all settings in force by key, as the file writes them: those of the
// shop and the plain ones of message providers. None is a secret.
func (c *Config) Values() map[string]string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	values := maps.Clone(c.plain)
	if values == nil {
		values = map[string]string{}
	}
	for _, k := range keys {
		values[k.name] = k.write(&c.settings)
	}
	return values
}

// Set puts a value as the file writes it into the settings. It reports false for
// a key that is none of the shop's, and CodeInvalid "config.value" for a value
// that is not allowed (any more).
func (c *Config) Set(s *pos.Settings, name, value string) (known bool, err error) {
	k := keyNamed(name)
	if k == nil {
		return false, nil
	}
	if allowed := k.read(s, value); allowed != "" {
		return true, badValue(name, value, allowed)
	}
	return true, nil
}
