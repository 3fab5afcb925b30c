package local

import (
	"cmp"
	"database/sql"
	"slices"
	"strings"
	"sync"

	"kassa/pos/spelling"
)

// The vocabulary is every word of a name, once. It is kept with the names, in their
// transaction, and read into memory by the first who slips: tens of thousands of
// words are compared one by one sooner than any index finds those near to one.
type vocabulary struct {
	of                 string // what the names are of, for the SQL
	insert, drop, read string
	used               string // whether a name has the word still
	find               string // names by a match of their words
}

func vocabularyOf(of, find string) vocabulary {
	return vocabulary{
		of:     of,
		insert: `INSERT INTO ` + of + `_vocabulary (word) VALUES (?) ON CONFLICT DO NOTHING`,
		drop:   `DELETE FROM ` + of + `_vocabulary WHERE word = ?`,
		read:   `SELECT n, word FROM ` + of + `_vocabulary WHERE n > ? ORDER BY n LIMIT ?`,
		used:   `SELECT 1 FROM ` + of + `_words WHERE ` + of + `_words MATCH ? LIMIT 1`,
		find:   find,
	}
}

var (
	goodsWords     = vocabularyOf("product", sqlFindWords)
	customersWords = vocabularyOf("customer", sqlFindCustomerWords)
)

// mostWords bounds what is held in memory; a shop with more words than that is
// forgiven slips in the older of them.
const mostWords = 300_000

// learn adds the words of names.
func (x *tx) learn(v *vocabulary, folded ...string) error {
	for _, word := range spelling.Words(strings.Join(folded, " ")) {
		key := v.of + word
		if !spelling.Lettered(word) || x.learned[key] {
			continue
		}
		if _, err := x.Exec(v.insert, word); err != nil {
			return err
		}
		if x.learned == nil {
			x.learned = map[string]bool{}
		}
		x.learned[key] = true
	}
	return nil
}

// unlearn takes out the words of a name that is gone from the index, as far as no
// other name has them: nobody is remembered by a name that is forgotten.
func (x *tx) unlearn(v *vocabulary, folded string) error {
	for _, word := range spelling.Words(folded) {
		if !spelling.Lettered(word) {
			continue
		}
		var one int
		used, err := x.Row(v.used, []any{phrases([]string{word}, "")}, &one)
		if err != nil {
			return err
		}
		if used {
			continue
		}
		if _, err := x.Exec(v.drop, word); err != nil {
			return err
		}
		delete(x.learned, v.of+word)
	}
	return nil
}

// lexicon is a vocabulary in memory. Words are never taken out of it: one that no
// name has any more finds nothing.
type lexicon struct {
	sync.Mutex
	last  int64
	words []string
	plain [][]rune // of each word
}

// near are the words a typed one may mean.
type near struct {
	exact bool     // some begin with it as it is typed
	words []string // others, the nearest first
}

// mostNear is how many words one typed is taken for.
const mostNear = 32

// near compares a typed word with all there are.
func (l *lexicon) near(typed string) near {
	want := []rune(spelling.Plain(typed))
	kinds := map[spelling.Kin][]string{}
	var out near
	l.Lock()
	for i, plain := range l.plain {
		kin := spelling.Of(want, plain)
		switch word := l.words[i]; {
		case kin == spelling.Stranger && strings.Contains(word, typed):
			out.words = append(out.words, word) // in the middle of the word, as a search finds it
		case kin == spelling.Stranger:
		case kin == spelling.Alike && strings.HasPrefix(word, typed):
			out.exact = true
		default:
			kinds[kin] = append(kinds[kin], word)
		}
	}
	l.Unlock()
	for _, kin := range []spelling.Kin{spelling.Alike, spelling.Slipped} {
		out.words = append(out.words, kinds[kin]...)
	}
	// What is only begun with a slip is a guess of a guess: where nothing is nearer.
	if !out.exact && len(out.words) == 0 {
		out.words = kinds[spelling.Begun]
		slices.SortStableFunc(out.words, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	}
	out.words = out.words[:min(len(out.words), mostNear)]
	return out
}

// lexicon is the vocabulary as this transaction sees it. One that changes words
// itself is not trusted with what others will see.
func (x *tx) lexicon(v *vocabulary) (*lexicon, error) {
	l := &x.store.lexicons[0]
	if v == &customersWords {
		l = &x.store.lexicons[1]
	}
	if x.changes {
		l = &lexicon{}
	}
	l.Lock()
	defer l.Unlock()
	return l, x.Each(v.read, []any{l.last, mostWords - len(l.words)}, func(r *sql.Rows) error {
		var word string
		if err := r.Scan(&l.last, &word); err != nil {
			return err
		}
		l.words = append(l.words, word)
		l.plain = append(l.plain, []rune(spelling.Plain(word)))
		return nil
	})
}
