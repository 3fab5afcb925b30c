package ui

import "kassa/pos"

// Guess is what stands above what a search answers where it only guesses; "" where
// what was typed is there.
func (e *Env) Guess(meant string) string {
	if meant == "" {
		return ""
	}
	return e.T("found.guess", pos.Args{"Meant": meant})
}
