// This file makes the till whose safeguards the environment loosened.

package main

import "kassa/pos"

// loosened makes a till whose codes and messages the environment switched off, over
// a file with a key that nobody knows.
func (b *book) loosened() *book {
	said := []error{pos.E(pos.CodeInvalid, "environment.no-points-code", pos.Args{"Variable": "KASSA_CONFIRM_POINTS"}),
		pos.E(pos.CodeInvalid, "environment.no-messages", pos.Args{"Variable": "KASSA_SMS_PROVIDER"})}
	b.shell.Loosened = func() []error { return said }
	b.shell.Notices = func() []error {
		return append([]error{pos.E(pos.CodeInvalid, "config.unknown", pos.Args{"Key": "confrim.points", "File": "/home/kassa/config.toml"})}, said...)
	}
	b.env.Training = func(string) (string, bool) { return "", false }
	b.shell.Trains = func() bool { return true }
	return b
}
