package config

import (
	"kassa/pos"
	"kassa/pos/scale"
)

// labelsKey holds the prefixes of the shop's scales, written the same way
// whatever was typed.
func labelsKey() key {
	return key{name: "labels.rules",
		read: func(s *pos.Settings, v string) string {
			rules, err := scale.ParseRules(v)
			if err != nil {
				return "config.allowed.labels.rules"
			}
			s.Labels.Rules = rules.String()
			return ""
		},
		write: func(s *pos.Settings) string { return s.Labels.Rules },
	}
}
