// Package near finds the word somebody meant who wrote one that there is not: a
// command, a flag, a field.
package near

import (
	"cmp"
	"slices"
	"strings"
)

// mostNear is how many words a refusal proposes.
const mostNear = 3

// Words are the words written most like the one given, the likest first; none
// where nothing is like it. Case and the signs between parts do not count, and
// a part alone ("finish") is like the whole ("sale.finish").
func Words(word string, among []string) []string {
	plain := strings.NewReplacer("_", "", "-", "", ".", "", " ", "")
	wanted := plain.Replace(strings.ToLower(word))
	if wanted == "" || len(wanted) > 40 {
		return nil
	}
	type found struct {
		word string
		far  int
	}
	var all []found
	for _, w := range among {
		far := distance(wanted, plain.Replace(w))
		if slices.Contains(strings.FieldsFunc(w, func(r rune) bool { return r == '.' || r == '_' || r == ' ' }), wanted) {
			far = min(far, 1)
		}
		if far <= len(wanted)/3 || far <= 1 {
			all = append(all, found{w, far})
		}
	}
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(a.far, b.far) })
	var out []string
	for _, f := range all[:min(len(all), mostNear)] {
		out = append(out, f.word)
	}
	return out
}

// distance counts the letters to put in, take out, change or swap with their
// neighbour to make b of a.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(last[j]+1, row[j-1]+1, change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
