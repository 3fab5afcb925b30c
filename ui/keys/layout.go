package keys

import "strings"

// The characters of the Russian (ЙЦУКЕН) layout and those of the US layout on
// the same keys, without and with Shift.
const (
	russianKeys = "ёйцукенгшщзхъфывапролджэячсмитьбю." + "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ," + "\"№;:?/"
	latinKeys   = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./" + "~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?" + "@#$^&|"
)

var latin = func() map[rune]rune {
	m := make(map[rune]rune)
	from, to := []rune(russianKeys), []rune(latinKeys)
	for i, r := range from {
		m[r] = to[i]
	}
	// Letters of the neighbours' layouts that stand where Russian has others.
	for r, to := range map[rune]rune{'і': 's', 'ї': ']', 'є': '\'', 'ў': 'o', 'І': 'S', 'Ї': '}', 'Є': '"', 'Ў': 'O'} {
		m[r] = to
	}
	return m
}()

// ToLatin reads text as if it had been typed on a Latin layout: what a scanner
// sends while the Russian layout is active. Text without a Cyrillic letter is
// returned as it is, since its punctuation tells nothing about the layout.
func ToLatin(s string) string {
	if !strings.ContainsFunc(s, isCyrillic) {
		return s
	}
	if strings.ContainsAny(s, kazakhOnly) {
		s = strings.Map(func(r rune) rune {
			if to, ok := kazakhDigits[r]; ok {
				return to
			}
			return r
		}, s)
	}
	return strings.Map(func(r rune) rune {
		if to, ok := latin[r]; ok {
			return to
		}
		return r
	}, s)
}

var russian = func() map[rune]rune {
	m := make(map[rune]rune)
	from, to := []rune(latinKeys), []rune(russianKeys)
	for i, r := range from {
		if isCyrillic(to[i]) {
			m[r] = to[i]
		}
	}
	return m
}()

// ToRussian reads text as if it had been typed on a Russian layout: a word
// begun before anybody looked at which layout is active.
func ToRussian(s string) string {
	return strings.Map(func(r rune) rune {
		if to, ok := russian[r]; ok {
			return to
		}
		return r
	}, s)
}

// The Kazakh layout has letters where others have digits; the rest of it is the
// Russian one. What holds one of the letters that no neighbour has is taken for
// it; і alone may be Ukrainian.
const (
	kazakhOnly = "әңғүұқөһ"
	kazakhRow  = "\"әіңғ,.үұқөһ"
	latinRow   = "1234567890-="
)

var kazakhDigits = func() map[rune]rune {
	m := make(map[rune]rune)
	from, to := []rune(kazakhRow), []rune(latinRow)
	for i, r := range from {
		m[r] = to[i]
	}
	return m
}()

func isCyrillic(r rune) bool { return r >= 0x0400 && r <= 0x04ff }

// Letters are the forms in which a key that is one Latin letter arrives as a
// typed character: either case, and the Russian letter on the same key. Any
// other key is its own only form.
func Letters(k Key) []Key {
	if len(k) != 1 || k[0] < 'A' || k[0] > 'Z' {
		return []Key{k}
	}
	forms := []Key{k, Key(strings.ToLower(string(k)))}
	for r, to := range latin {
		if strings.EqualFold(string(to), string(k)) {
			forms = append(forms, Key(string(r)))
		}
	}
	return forms
}
