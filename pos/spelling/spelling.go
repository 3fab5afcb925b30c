// Package spelling reads what somebody typed as what they may have meant: with one
// slip of the hand, and in the letters a neighbour's alphabet has in their place.
// It knows words, not where they are found.
package spelling

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// LeastRunes is how long a word must be before a slip in it is forgiven: a shorter
// one is as far from its neighbours as from itself.
const LeastRunes = 4

// leastBegun is how long the beginning of a word must be for the same.
const leastBegun = 5

// likeness are letters somebody types for one that their keyboard, or their habit,
// has not: Ukrainian, Belarusian and Kazakh words are often typed on the Russian
// layout, and Latin ones without their signs. ё is е here as everywhere.
var likeness = map[rune]rune{
	'ё': 'е', 'є': 'е', 'і': 'и', 'ї': 'и', 'ґ': 'г', 'ў': 'у',
	'ә': 'а', 'ғ': 'г', 'қ': 'к', 'ң': 'н', 'ө': 'о', 'ұ': 'у', 'ү': 'у', 'һ': 'х',
	'á': 'a', 'à': 'a', 'â': 'a', 'ä': 'a', 'ã': 'a', 'å': 'a', 'ç': 'c', 'é': 'e', 'è': 'e', 'ê': 'e', 'ë': 'e',
	'í': 'i', 'î': 'i', 'ï': 'i', 'ñ': 'n', 'ó': 'o', 'ô': 'o', 'ö': 'o', 'õ': 'o', 'ø': 'o', 'ú': 'u', 'û': 'u', 'ü': 'u',
}

// Plain writes a folded word with one letter for all that are typed for one
// another. It has as many runes as the word.
func Plain(word string) string {
	return strings.Map(func(r rune) rune {
		if p, ok := likeness[r]; ok {
			return p
		}
		return r
	}, word)
}

// Kin tells how a typed word and one that exists belong together.
type Kin int

// The kins, the nearest last.
const (
	Stranger Kin = iota // not at all
	Begun               // a beginning of the word, with one slip
	Slipped             // the word with one slip
	Alike               // the word or its beginning, in letters that are typed for one another
)

// Of compares two plain words rune by rune. One slip is a letter that is wrong,
// missing or too many, or two neighbours that changed places; it is forgiven from
// LeastRunes on.
func Of(typed, word []rune) Kin {
	n := len(typed)
	same := 0
	for same < n && same < len(word) && typed[same] == word[same] {
		same++
	}
	if same == n {
		return Alike
	}
	if n < LeastRunes {
		return Stranger
	}
	if d := len(word) - n; d >= -1 && d <= 1 && oneSlip(typed[same:], word[same:], true) {
		return Slipped
	}
	if n >= leastBegun && len(word) >= n && oneSlip(typed[same:], word[same:], false) {
		return Begun
	}
	return Stranger
}

// oneSlip compares what follows the letters two words have in common. whole wants
// nothing of the word left over.
func oneSlip(typed, word []rune, whole bool) bool {
	fits := func(t, w []rune) bool {
		if len(t) > len(w) || whole && len(t) != len(w) {
			return false
		}
		for i, r := range t {
			if w[i] != r {
				return false
			}
		}
		return true
	}
	switch {
	case len(typed) > 0 && fits(typed[1:], word): // one too many
		return true
	case len(word) == 0:
		return false
	case fits(typed, word[1:]): // one missing
		return true
	case len(typed) > 0 && fits(typed[1:], word[1:]): // a wrong one
		return true
	}
	return len(typed) > 1 && len(word) > 1 && typed[0] == word[1] && typed[1] == word[0] && fits(typed[2:], word[2:])
}

// Words are the words of a folded text, numbers among them, without the signs
// between them.
func Words(folded string) []string {
	return strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// Lettered reports a word of letters alone, long enough to be meant by one in which
// somebody slipped. A slip in a number is another number.
func Lettered(word string) bool {
	return utf8.RuneCountInString(word) >= LeastRunes-1 && !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })
}

// Measure takes a number and the unit that is written on it apart: "1л" is also
// written "1 л".
func Measure(word string) (number, unit string, ok bool) {
	i := strings.IndexFunc(word, func(r rune) bool { return r < '0' || r > '9' })
	if i <= 0 || strings.ContainsFunc(word[i:], func(r rune) bool { return !unicode.IsLetter(r) }) {
		return "", "", false
	}
	return word[:i], word[i:], true
}
