// Package palette finds whatever the till can do by a word, in either language.
package palette

import (
	"slices"
	"strings"

	"kassa/pos"
	"kassa/ui/keys"
)

// Entry is something that can be done now.
type Entry struct {
	ID    string   // tells entries apart, in tests and in Shown
	Title string   // as it is shown
	Where string   // a word about where it belongs, may be ""
	Key   keys.Key // None where there is none
	Names []string // further words it is found by: its title in other languages
	Run   func()
}

// Find returns the entries a query means, the best first; an empty query means
// all, as they are. Words may stand in any order, be only begun, and be typed
// with the wrong layout: "jgkfnf" finds «Оплата», «зфн» finds "pay".
func Find(entries []Entry, query string) []Entry {
	words := strings.Fields(pos.Fold(query))
	if len(words) == 0 {
		return entries
	}
	type hit struct {
		entry Entry
		score int
	}
	var hits []hit
	for _, e := range entries {
		if s := e.score(words); s > 0 {
			hits = append(hits, hit{e, s})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return b.score - a.score })
	found := make([]Entry, len(hits))
	for i, h := range hits {
		found[i] = h.entry
	}
	return found
}

// score tells how well an entry fits: 0 for not at all.
func (e *Entry) score(words []string) int {
	best := 0
	for i, name := range append([]string{e.Title, e.Where, string(e.Key)}, e.Names...) {
		s := fits(pos.Fold(name), words)
		if i == 0 {
			s *= 2 // what is read on the screen counts for more
		}
		best = max(best, s)
	}
	return best
}

// fits is 3 a word that begins a word of the name, 1 for one somewhere inside,
// and 0 in all when a word is not there.
func fits(name string, words []string) int {
	sum := 0
	for _, w := range words {
		s := max(place(name, w), place(name, pos.Fold(keys.ToLatin(w))), place(name, pos.Fold(keys.ToRussian(w))))
		if s == 0 {
			return 0
		}
		sum += s
	}
	return sum
}

func place(name, word string) int {
	switch i := strings.Index(name, word); {
	case word == "" || i < 0:
		return 0
	case i == 0:
		return 4
	}
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(" -/:«(+", r) }) {
		if strings.HasPrefix(part, word) {
			return 3
		}
	}
	return 1
}
