package keys

import (
	"strings"

	"kassa/pos/barcode"
)

// ToLatin reads text as if it had been typed on a Latin layout: what a scanner
// sends while a Cyrillic layout is active. Text without a Cyrillic letter is
// returned as it is, since its punctuation tells nothing about the layout.
func ToLatin(s string) string { return barcode.Latin(s) }

// ToRussian reads text as if it had been typed on a Russian layout: a word
// begun before anybody looked at which layout is active.
func ToRussian(s string) string { return barcode.Russian(s) }

// Letters are the forms in which a key that is one Latin letter arrives as a
// typed character: either case, and the Cyrillic letters on the same key. Any
// other key is its own only form.
func Letters(k Key) []Key {
	if len(k) != 1 || k[0] < 'A' || k[0] > 'Z' {
		return []Key{k}
	}
	forms := []Key{k, Key(strings.ToLower(string(k)))}
	for _, r := range barcode.SameKey(rune(k[0])) {
		forms = append(forms, Key(string(r)))
	}
	return forms
}
