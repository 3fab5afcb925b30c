package barcode

import (
	"slices"
	"strings"
	"unicode"
)

// layout is what the keys of a keyboard type under another layout, by what the
// US layout types: a scanner presses keys and knows no layout.
type layout struct {
	latin map[rune]rune // what was typed → what the US layout types
	local map[rune]rune // the other way
	own   string        // letters by which the layout is told from the others
}

// Keys of the US layout in rows, without and with Shift, and of the others in
// the same places. A space stands for a key that types what it types there too.
const (
	usKeys = "`qwertyuiop[]\\asdfghjkl;'zxcvbnm,./" + "~QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?" + "@#$^&"
	ruKeys = "ёйцукенгшщзхъ\\фывапролджэячсмитьбю." + "ЁЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ," + "\"№;:?"
	ukKeys = "'йцукенгшщзхїґфівапролджєячсмитьбю." + "ʼЙЦУКЕНГШЩЗХЇҐФІВАПРОЛДЖЄЯЧСМИТЬБЮ," + "\"№;:?"
	beKeys = "ёйцукенгшўзх'\\фывапролджэячсміть" + "бю." + "ЁЙЦУКЕНГШЎЗХʼ/ФЫВАПРОЛДЖЭЯЧСМІТЬБЮ," + "\"№;:?"
	kkKeys = "(йцукенгшщзхъ\\фывапролджэячсмитьбю№" + ")ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ?"
)

// The Kazakh layout has letters where others have digits.
const (
	kkRow = "\"әіңғ,.үұқөһ" + "ӘІҢҒ;:ҮҰҚӨҺ"
	usRow = "1234567890-=" + "@#$%^&*()_+"
)

// The layouts of the till's languages, the commonest first.
var (
	russian    = newLayout(usKeys, ruKeys, "ыэъё")
	ukrainian  = newLayout(usKeys, ukKeys, "їєґ")
	belarusian = newLayout(usKeys, beKeys, "ў")
	kazakh     = newLayout(usKeys[:len(usKeys)-5]+usRow, kkKeys+kkRow, "әңғүұқөһ")
	layouts    = []*layout{russian, ukrainian, belarusian, kazakh}
)

func newLayout(us, other, own string) *layout {
	l := &layout{latin: map[rune]rune{}, local: map[rune]rune{}, own: own}
	from := []rune(us)
	for i, r := range []rune(other) {
		l.latin[r], l.local[from[i]] = from[i], r
	}
	return l
}

// typed reports a text that can come from the layout: no letter of another.
func (l *layout) typed(s string) bool {
	for _, r := range s {
		if _, ok := l.latin[r]; !ok && unicode.IsLetter(r) {
			return false
		}
	}
	return true
}

func exchange(s string, m map[rune]rune) string {
	return strings.Map(func(r rune) rune {
		if to, ok := m[r]; ok {
			return to
		}
		return r
	}, s)
}

func cyrillic(r rune) bool { return r >= 0x0400 && r <= 0x04ff }

func latinLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// Latin reads a text as if it had been typed under the US layout: what a scanner
// sends while one of the Cyrillic layouts is active. Where several fit, it is the
// one whose letters the text has, else the Russian one. A text without a Cyrillic
// letter is returned as it is: its punctuation tells nothing about the layout.
func Latin(s string) string {
	if !strings.ContainsFunc(s, cyrillic) {
		return s
	}
	low := strings.ToLower(s)
	switch {
	case strings.ContainsAny(low, kazakh.own):
		return exchange(s, kazakh.latin)
	case strings.ContainsAny(low, belarusian.own), strings.ContainsRune(low, 'і') && strings.ContainsAny(low, russian.own):
		return exchange(s, belarusian.latin)
	case strings.ContainsAny(low, ukrainian.own+"і"):
		return exchange(s, ukrainian.latin)
	}
	return exchange(s, russian.latin)
}

// Latins are all texts the same keys type under the US layout, the likeliest
// first. It is empty for a text with Latin letters, and for one in which no key
// differs.
func Latins(s string) []string {
	if strings.ContainsFunc(s, latinLetter) {
		return nil
	}
	all := []string{Latin(s)}
	for _, l := range layouts {
		// A layout with digits in letters' places types none of them.
		if l == kazakh && !strings.ContainsAny(strings.ToLower(s), l.own) {
			continue
		}
		if l.typed(s) {
			all = append(all, exchange(s, l.latin))
		}
	}
	return others(s, all)
}

// Cyrillics are the texts the same keys type under the layouts with Cyrillic
// letters. It is empty for a text without a Latin letter.
func Cyrillics(s string) []string {
	if !strings.ContainsFunc(s, latinLetter) || strings.ContainsFunc(s, cyrillic) {
		return nil
	}
	var all []string
	for _, l := range layouts[:3] {
		all = append(all, exchange(s, l.local))
	}
	return others(s, all)
}

// Readings are the texts the same keys type under the other layouts, the likeliest
// first: a word begun before anybody looked at which layout was active. Unlike
// Latins and Cyrillics, which read codes, they are read as words: from one Cyrillic
// layout to another too, and with the letters the Kazakh one has among the digits.
// A text with letters of both alphabets has none.
func Readings(s string) []string {
	latin, local := strings.ContainsFunc(s, latinLetter), strings.ContainsFunc(s, cyrillic)
	if latin == local {
		return nil
	}
	var all, other []string
	for _, from := range layouts {
		pressed := s
		if local {
			if !from.typed(s) {
				continue
			}
			pressed = exchange(s, from.latin)
			all = append(all, pressed)
		}
		for _, to := range layouts {
			text := exchange(pressed, to.local)
			if to == kazakh && !strings.ContainsAny(strings.ToLower(text), to.own) {
				continue // nothing the Russian one does not say
			}
			other = append(other, text)
		}
		if latin {
			break // the keys are known
		}
	}
	return others(s, append(all, other...))
}

// Cases are the other cases of a text: as Caps Lock makes them, and all small or
// all capitals.
func Cases(s string) []string {
	swapped := strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, s)
	return others(s, []string{swapped, strings.ToUpper(s), strings.ToLower(s)})
}

// Letters that look alike in both alphabets.
const (
	alikeCyrillic = "АВЕКМНОРСТУХЅІЈасеорухіѕј"
	alikeLatin    = "ABEKMHOPCTYXSIJaceopyxisj"
)

// Alike are the texts that look the same: a code somebody typed from a label in
// the letters of the other alphabet, wholly or in part.
func Alike(s string) []string {
	cyr, lat := []rune(alikeCyrillic), []rune(alikeLatin)
	swap := func(from, to []rune, foreign func(rune) bool) string {
		ok := true
		out := strings.Map(func(r rune) rune {
			if i := slices.Index(from, r); i >= 0 {
				return to[i]
			}
			ok = ok && !foreign(r)
			return r
		}, s)
		if !ok {
			return ""
		}
		return out
	}
	return others(s, []string{swap(cyr, lat, cyrillic), swap(lat, cyr, latinLetter)})
}

// Russian reads a text as if it had been typed under the Russian layout. Signs
// stay what they are where their key types no letter.
func Russian(s string) string {
	return strings.Map(func(r rune) rune {
		if to, ok := russian.local[r]; ok && cyrillic(to) {
			return to
		}
		return r
	}, s)
}

// SameKey are the Cyrillic letters, small and capital, on the key of a Latin one.
// Each letter has one key: that of the commonest layout.
func SameKey(letter rune) []rune {
	var all []rune
	for _, r := range []rune{unicode.ToLower(letter), unicode.ToUpper(letter)} {
		for _, l := range layouts {
			if to, ok := l.local[r]; ok && cyrillic(to) && keyOf(to) == r && !slices.Contains(all, to) {
				all = append(all, to)
			}
		}
	}
	return all
}

// keyOf is the key of a letter in the commonest layout that has it.
func keyOf(r rune) rune {
	for _, l := range layouts {
		if key, ok := l.latin[r]; ok {
			return key
		}
	}
	return r
}
