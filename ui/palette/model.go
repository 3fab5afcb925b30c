// Package palette finds whatever the till can do by a word, in any of its languages.
package palette

import (
	"slices"
	"strings"

	"kassa/pos"
	"kassa/pos/barcode"
	"kassa/pos/spelling"
	"kassa/ui/keys"
)

// Entry is something that can be done now.
type Entry struct {
	ID    string   // tells entries apart, in tests and in Shown
	Title string   // as it is shown
	Where string   // a word about where it belongs, may be ""
	Key   keys.Key // None where there is none
	Said  []string // further words of the language of the screen; a guess is told in these
	Names []string // further words it is found by: its title in other languages, and what else people call it
	Run   func()
}

// Find returns the entries a query means, the best first; an empty query means
// all, as they are. Words may stand in any order, be only begun, and be typed
// with the wrong layout: "jgkfnf" finds «Оплата», «зфн» finds "pay". Where nothing
// has a word, one slip in it is forgiven, and the answer is a guess.
func Find(entries []Entry, query string) pos.Found[Entry] {
	words := strings.Fields(pos.Fold(query))
	if len(words) == 0 {
		return pos.Found[Entry]{List: entries}
	}
	for _, place := range []place{typed, slipped} {
		if found := find(entries, words, place); len(found.List) > 0 {
			return found
		}
	}
	return pos.Found[Entry]{}
}

// place tells how well a word fits a name, 0 for not at all, and what it was taken
// for; "" for what is there as it was typed.
type place func(name, word string) (score int, meant string)

func find(entries []Entry, words []string, by place) pos.Found[Entry] {
	type hit struct {
		entry Entry
		score int
		meant string
	}
	var hits []hit
	for _, e := range entries {
		if s, meant := e.score(words, by); s > 0 {
			hits = append(hits, hit{e, s, meant})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return b.score - a.score })
	var found pos.Found[Entry]
	for i, h := range hits {
		if i == 0 {
			found.Meant = h.meant
		}
		found.List = append(found.List, h.entry)
	}
	return found
}

// score tells how well an entry fits: 0 for not at all.
func (e *Entry) score(words []string, by place) (best int, meant string) {
	own := append([]string{e.Title, e.Where, string(e.Key)}, e.Said...)
	for i, name := range append(own, e.Names...) {
		s, m := fits(pos.Fold(name), words, by)
		switch {
		case i < len(own) && i > 0 && s > 0:
			s++ // «права» are rights before they begin a Belarusian word
		case i >= len(own):
			m = "" // a guess shows no word of another language than the screen's
		}
		if i == 0 {
			s *= 2 // what is read on the screen counts for more
		}
		if s > best {
			best, meant = s, m
		}
	}
	return best, meant
}

// fits is the sum of what each word fits, and 0 in all when one is not there.
func fits(name string, words []string, by place) (sum int, meant string) {
	said, guessed := make([]string, len(words)), false
	for i, w := range words {
		s, m := by(name, w)
		if s == 0 {
			return 0, ""
		}
		sum += s
		if said[i] = w; m != "" {
			said[i], guessed = m, true
		}
	}
	if !guessed {
		return sum, ""
	}
	return sum, strings.Join(said, " ")
}

// typed is 4 for a word that begins the name, 3 for one that begins a word of it, 1
// for one somewhere inside. The layout it was typed under does not matter.
func typed(name, word string) (int, string) {
	best := begins(name, word)
	for _, r := range barcode.Readings(word) {
		best = max(best, begins(name, pos.Fold(r)))
	}
	return best, ""
}

func begins(name, word string) int {
	switch i := strings.Index(name, word); {
	case word == "" || i < 0:
		return 0
	case i == 0:
		return 4
	}
	for _, part := range parts(name) {
		if strings.HasPrefix(part, word) {
			return 3
		}
	}
	return 1
}

func parts(name string) []string {
	return strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(" -/:«(+,", r) })
}

// slipped is typed where that fits, else 2 for a word of the name with one slip, and
// 1 for the beginning of one.
func slipped(name, word string) (int, string) {
	if s, _ := typed(name, word); s > 0 {
		return s, ""
	}
	best, meant := 0, ""
	for _, r := range append([]string{word}, barcode.Readings(word)...) {
		plain := []rune(spelling.Plain(pos.Fold(r)))
		for _, part := range parts(name) {
			s := 0
			switch spelling.Of(plain, []rune(spelling.Plain(part))) {
			case spelling.Alike, spelling.Slipped:
				s = 2
			case spelling.Begun:
				s = 1
			}
			if s > best {
				best, meant = s, part
			}
		}
	}
	return best, meant
}
