package local

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kassa/pos"
	"kassa/pos/barcode"
	"kassa/pos/spelling"
)

// guess is what a text may have been meant for: a match of the index of words, in
// which each typed word stands with those it may mean.
type guess struct {
	match  string
	groups []group
}

// group is one typed word. What is written apart may be typed together and the
// other way, so it may be two.
type group struct {
	typed string
	begun bool     // names may have words that begin with it
	words []string // or these, as they are
	apart string   // or these two words side by side, the second only begun
}

// guessed reads a text with one slip a word. ok is false where it cannot mean
// anything but what was looked for already.
func (l *lexicon) guessed(text string) (g guess, ok bool) {
	words := spelling.Words(text)
	words = words[:min(len(words), maxWords)]
	for i := 0; i < len(words); i++ {
		word := words[i]
		one := group{typed: word, begun: true}
		number, unit, measure := spelling.Measure(word)
		switch {
		case measure:
			one.apart, ok = number+" "+unit, true
		case spelling.Lettered(word) && utf8.RuneCountInString(word) >= spelling.LeastRunes:
			n := l.near(word)
			if !n.exact && len(n.words) == 0 {
				return guess{}, false
			}
			one.begun, one.words = n.exact, n.words
			ok = ok || len(n.words) > 0
		case i+1 < len(words):
			if _, _, measure := spelling.Measure(word + words[i+1]); measure && utf8.RuneCountInString(words[i+1]) < spelling.LeastRunes {
				one.typed, one.apart, ok = word+words[i+1], word+" "+words[i+1], true
				i++
			}
		}
		g.groups = append(g.groups, one)
	}
	g.match = g.text()
	return g, ok && len(g.groups) > 0
}

// text is the query for the index of words.
func (g *guess) text() string {
	all := make([]string, len(g.groups))
	for i, one := range g.groups {
		var any []string
		if one.begun {
			any = append(any, phrases([]string{one.typed}, " *"))
		}
		if one.apart != "" {
			any = append(any, phrases([]string{one.apart}, " *"))
		}
		for _, w := range one.words {
			any = append(any, phrases([]string{w}, ""))
		}
		all[i] = "(" + strings.Join(any, " OR ") + ")"
	}
	return strings.Join(all, " AND ")
}

// meant writes what was typed as a name that was found has it.
func (g *guess) meant(name string) string {
	names := spelling.Words(pos.Fold(name))
	said := make([]string, len(g.groups))
	for i, one := range g.groups {
		said[i] = one.typed
		if one.begun && slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, one.typed) }) {
			continue
		}
		for _, n := range names {
			if slices.Contains(one.words, n) {
				said[i] = n
				break
			}
		}
		if said[i] == one.typed && one.apart != "" {
			said[i] = one.apart
		}
	}
	return strings.Join(said, " ")
}

// mostReadings bounds under how many layouts a text is read.
const mostReadings = 8

// readings are what the keys pressed type under the other layouts, folded.
func readings(text string) (out []string) {
	for _, r := range barcode.Readings(strings.TrimSpace(text)) {
		q := parseQuery(r)
		if q.folded != "" && !slices.Contains(out, q.folded) {
			out = append(out, q.folded)
		}
	}
	return out[:min(len(out), mostReadings)]
}

// guessing tries what a text may have been meant for, the likeliest first: the keys
// of another layout, then a slip, then both. as finds a text as it stands, like
// finds a guess; each tells whether it found anything.
func (x *tx) guessing(v *vocabulary, text string, as func(q *query) (bool, error), like func(g *guess) (bool, error)) (meant string, err error) {
	texts := readings(text)
	for _, r := range texts {
		q := parseQuery(r)
		if found, err := as(&q); found || err != nil {
			return q.folded, err
		}
	}
	l, err := x.lexicon(v)
	if err != nil {
		return "", err
	}
	own := parseQuery(text)
	for _, r := range append([]string{own.folded}, texts...) {
		g, ok := l.guessed(r)
		if !ok {
			continue
		}
		if found, err := like(&g); found || err != nil {
			return "", err
		}
	}
	return "", nil
}

func (x *tx) GuessProducts(text string, limit int) (out []pos.Product, meant string, err error) {
	if err := x.flush(); err != nil {
		return nil, "", err
	}
	limit = min(max(limit, 1), maxLimit)
	take := func(hits []hit, err error) (bool, error) {
		if err != nil || len(hits) == 0 {
			return false, err
		}
		out, err = x.best(hits, limit)
		return len(out) > 0, err
	}
	var by *guess
	meant, err = x.guessing(&goodsWords, text,
		func(q *query) (bool, error) { return take(x.findByName(q, limit)) },
		func(g *guess) (bool, error) {
			by = g
			return take(x.hits(goodsWords.find, g.match, max(searchDepth, 2*limit), limit))
		})
	if err != nil || len(out) == 0 {
		return nil, "", err
	}
	if meant == "" {
		meant = by.meant(out[0].Name)
	}
	return out, meant, nil
}

func (x *tx) GuessCustomers(text string, limit int) (out []pos.Customer, meant string, err error) {
	limit = min(max(limit, 1), maxLimit)
	take := func(list []pos.Customer, err error) (bool, error) {
		if err == nil && len(list) > 0 {
			out, err = x.ordered(list, limit)
		}
		return len(out) > 0, err
	}
	var by *guess
	meant, err = x.guessing(&customersWords, text,
		func(q *query) (bool, error) { return take(x.byName(q, limit)) },
		func(g *guess) (bool, error) {
			by = g
			list, err := x.customers(customersWords.find, g.match, max(nameDepth, limit))
			slices.SortStableFunc(list, func(a, b pos.Customer) int { return strings.Compare(pos.Fold(a.Name), pos.Fold(b.Name)) })
			return take(list, err)
		})
	if err != nil || len(out) == 0 {
		return nil, "", err
	}
	if meant == "" {
		meant = by.meant(out[0].Name)
	}
	return out, meant, nil
}
