package shop

// This file tells which settings the environment decides, and which of them let
// through what the shop would ask a code, a PIN or a real message for. Nobody sees
// an environment on the screen; while one is in force, it is said everywhere a
// person looks: at the login, in the bar, in Health, by the door.

import (
	"slices"
	"time"

	"kassa/pos"
	"kassa/pos/health"
	"kassa/pos/integration"
	"kassa/storage/config"
)

// usualCodeLife is how long a code is good for unless somebody decides otherwise.
var usualCodeLife = config.Defaults().CodeLifetime

// Loosened are what the environment switches off or loosens now, each a sentence
// that names the variable; nil where it does not.
func (s *Shop) Loosened() []error {
	set := s.Settings()
	var list []error
	add := func(loose bool, key, id string, more pos.Args) {
		if !loose || !s.Config.Overridden(key) {
			return
		}
		args := pos.Args{"Variable": config.Variable(key)}
		for name, v := range more {
			args[name] = v
		}
		list = append(list, pos.E(pos.CodeInvalid, id, args))
	}
	add(!set.ConfirmPoints.Asks(), "confirm.points", "environment.no-points-code", nil)
	add(!set.ConfirmCredit.Asks(), "confirm.credit", "environment.no-credit-code", nil)
	add(set.CodeLifetime > usualCodeLife, "confirm.code_lifetime_minutes", "environment.code-life",
		pos.Args{"Minutes": int(set.CodeLifetime / time.Minute)})
	add(s.Trains() && !s.demoByItself(), "sms.provider", "environment.no-messages", nil)
	if d, ok := s.Vendors.Declaration(set.SMSProvider); ok {
		for _, f := range d.Fields {
			add(f.Type == integration.Address, d.Key(f.Key), "environment.elsewhere", pos.Args{"Address": printable(s.Config.Kept(d)[f.Key])})
		}
	}
	add(set.Demo, "shop.demo", "environment.demo", nil)
	add(set.IdleLock == 0, "till.idle_lock_minutes", "environment.no-lock", nil)
	return list
}

// demoByItself tells of a demo shop that is one by its own file: that its messages
// reach nobody is what it is for.
func (s *Shop) demoByItself() bool { return s.Settings().Demo && !s.Config.Overridden("shop.demo") }

// Notices are what whoever opens the till must be told of its settings: keys of
// the file that nobody knows, then what the environment loosens.
func (s *Shop) Notices() []error {
	var list []error
	for _, w := range s.Config.Warnings() {
		list = append(list, w)
	}
	return append(list, s.Loosened()...)
}

// guardHealth says the same; of a till that asks for everything it says nothing.
func (s *Shop) guardHealth() []health.Line {
	loose := s.Loosened()
	if len(loose) == 0 {
		return nil
	}
	return []health.Line{{Name: "guard", State: health.Warn, ID: "health.guard-loose", Args: pos.Args{"List": loose}, Place: health.ShopPage}}
}

// overridden are the variables of all settings that the environment decides.
func (s *Shop) overridden() []string {
	var names []string
	for _, key := range slices.Concat(config.Keys(), s.integrationKeys()) {
		if s.Config.Overridden(key) {
			names = append(names, config.Variable(key))
		}
	}
	return names
}
