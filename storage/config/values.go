package config

import (
	"maps"
	"slices"

	"kassa/pos"
)

// Values are all settings in force by key, as the file writes them: those of the
// shop and the plain ones of what is declared. None is a secret.
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

// DefaultValues are the settings of a shop that decided nothing, by key.
func DefaultValues() map[string]string {
	values, standard := map[string]string{}, Defaults()
	for _, k := range keys {
		values[k.name] = k.write(&standard)
	}
	return values
}

// formal are the texts that can only be what the till itself understands.
var formal = []string{"shop.country", "till.number", "till.keys", "sms.provider", "printer.page", "backup.at"}

// Written stands in Facts for a text somebody wrote.
const Written = "[set]"

// Facts are Values for a reader outside the shop: of what somebody wrote (names,
// addresses, numbers of the shop, folders) only whether it is there.
func (c *Config) Facts() map[string]string {
	facts := c.Values()
	for name, value := range facts {
		k := keyNamed(name)
		if value != "" && (k == nil || k.free && !slices.Contains(formal, name)) {
			facts[name] = Written
		}
	}
	return facts
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
