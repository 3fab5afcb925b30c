package local

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kassa/pos"
	"kassa/pos/till/store"
)

// A search reads the index in the order of ranks and stops early: the row
// number of a product in the index begins with its rank, so the first matches
// read are the most sold. Among searchDepth matches the order by sold is exact;
// beyond them it is as of the last Rank, since a sale does not rewrite the
// index.
const (
	searchDepth = 192 // matches put in exact order, at least
	codeDepth   = 96  // codes that begin with the digits, at least
	fewMatches  = 512 // so many names are read sooner than two long lists compared
	maxQuery    = 100 // runes of a query that are looked at
	maxWords    = 8
	maxLimit    = 1000
	topRank     = 255
)

const (
	// What is read of an index is put in exact order where it is: only what
	// will be shown leaves the engine.
	bestSold = ` CROSS JOIN stock s ON s.product = d.rowid & 4294967295 ORDER BY s.sold DESC, d.rowid LIMIT ?`

	sqlFindFragments = `SELECT d.rowid & 4294967295, s.sold FROM (SELECT rowid FROM product_fragments
		WHERE product_fragments MATCH ? ORDER BY rowid LIMIT ?) AS d` + bestSold
	sqlFindWords = `SELECT d.rowid & 4294967295, s.sold FROM (SELECT rowid FROM product_words
		WHERE product_words MATCH ? ORDER BY rowid LIMIT ?) AS d` + bestSold
	// Both indexes give their row numbers in order, so the engine walks the two
	// lists side by side, keeps nothing, and stops at LIMIT.
	sqlFindBoth = `SELECT d.rowid & 4294967295, s.sold FROM (
		SELECT rowid FROM product_fragments WHERE product_fragments MATCH ?
		INTERSECT SELECT rowid FROM product_words WHERE product_words MATCH ? ORDER BY 1 LIMIT ?) AS d` + bestSold
	sqlFragmentDocs = `SELECT rowid FROM product_fragments WHERE product_fragments MATCH ? ORDER BY rowid LIMIT ?`
	sqlWordDocs     = `SELECT rowid FROM product_words WHERE product_words MATCH ? ORDER BY rowid LIMIT ?`
	// The parameter is a JSON array of rows of the indexes.
	sqlNamesOf = `SELECT p.n, s.sold, p.folded FROM json_each(?) j CROSS JOIN products p ON p.n = j.value & 4294967295
		CROSS JOIN stock s ON s.product = p.n ORDER BY j.key`
	sqlFindBarcode = `SELECT p.n, s.sold FROM barcodes b CROSS JOIN products p ON p.n = b.product
		CROSS JOIN stock s ON s.product = p.n WHERE b.code >= ? AND b.code < ? AND p.archived = 0 ORDER BY b.code LIMIT ?`
	sqlFindSKU = `SELECT p.n, s.sold FROM products p CROSS JOIN stock s ON s.product = p.n
		WHERE p.sku >= ? AND p.sku < ? AND p.archived = 0 ORDER BY p.sku LIMIT ?`
	sqlFindArticle = `SELECT p.n, s.sold FROM products p CROSS JOIN stock s ON s.product = p.n
		WHERE p.article <> '' AND p.article >= ? AND p.article < ? AND p.archived = 0 ORDER BY p.article LIMIT ?`
	// The parameter is a JSON array of row numbers; the answer is in its order.
	sqlProductsOf = `SELECT ` + productColumns + ` FROM json_each(?) j CROSS JOIN products p ON p.n = j.value
		CROSS JOIN stock s ON s.product = p.n ORDER BY j.key`

	sqlUnindexFragments = `DELETE FROM product_fragments WHERE rowid = ?`
	sqlUnindexWords     = `DELETE FROM product_words WHERE rowid = ?`
	sqlIndexFragments   = `INSERT INTO product_fragments (rowid, folded) VALUES (?, ?)`
	sqlIndexWords       = `INSERT INTO product_words (rowid, folded) VALUES (?, ?)`
	sqlSetDoc           = `UPDATE products SET doc = ? WHERE n = ?`
	sqlDue              = `SELECT n, folded, archived, doc, sold FROM rank_due r
		JOIN products p ON p.n = r.product JOIN stock s ON s.product = r.product ORDER BY r.product LIMIT ?`
	sqlDropDue = `DELETE FROM rank_due WHERE product = ?`
	// What moved since, with how far that was read.
	sqlRanked    = `SELECT move FROM rank_state`
	sqlSetRanked = `UPDATE rank_state SET move = ? WHERE one = 1`
	sqlMovedEnd  = `SELECT max(n), count(*) FROM (SELECT n FROM stock_moves WHERE n > ? ORDER BY n LIMIT ?)`
	sqlMoved     = `SELECT p.n, folded, archived, doc, sold FROM
		(SELECT DISTINCT product FROM stock_moves WHERE n > ? AND n <= ?) m
		CROSS JOIN products p ON p.n = m.product CROSS JOIN stock s ON s.product = m.product`
)

// query is what somebody typed, ready for the indexes.
type query struct {
	folded string
	long   []string // words found as fragments: three runes or more
	short  []string // word beginnings: letters and digits only
	digits bool     // the whole text is digits
}

func parseQuery(text string) query {
	q := query{folded: pos.Fold(strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", " "), " "))}
	if r := []rune(q.folded); len(r) > maxQuery {
		q.folded = strings.TrimSpace(string(r[:maxQuery]))
	}
	q.digits = q.folded != ""
	for _, r := range q.folded {
		q.digits = q.digits && r >= '0' && r <= '9'
	}
	for i, w := range strings.Fields(q.folded) {
		if i == maxWords {
			break
		}
		if len([]rune(w)) >= 3 {
			q.long = append(q.long, w)
			continue
		}
		// Signs are no part of a word: "5%" begins the word "5".
		q.short = append(q.short, strings.FieldsFunc(w, parts)...)
	}
	return q
}

// fragments is the query for the trigram index: every word a quoted phrase, so
// that nothing in it is syntax.
func (q *query) fragments() string { return phrases(q.long, "") }

// words is the query for the index of word beginnings.
func (q *query) words() string { return phrases(q.short, " *") }

func phrases(words []string, suffix string) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteString(" AND ")
		}
		b.WriteString(`"` + strings.ReplaceAll(w, `"`, `""`) + `"` + suffix)
	}
	return b.String()
}

// parts reports a sign between words. The index of word beginnings takes
// letters and every kind of number (½, ²) for parts of a word; so must we.
func parts(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }

// matches reports whether the folded name has every long word anywhere and
// every short one at the beginning of a word: what both indexes would say.
func (q *query) matches(folded string) bool {
	for _, w := range q.long {
		if !strings.Contains(folded, w) {
			return false
		}
	}
	names := strings.FieldsFunc(folded, parts)
	for _, w := range q.short {
		if !slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, w) }) {
			return false
		}
	}
	return true
}

// after is the first text that does not begin with the prefix, for digits and
// other texts that do not end with the last rune there is.
func after(prefix string) string { return prefix + "\U0010FFFF" }

// hit is a product found, by its row number.
type hit struct{ n, sold int64 }

func (x *tx) SearchProducts(text string, limit int) ([]pos.Product, error) {
	if err := x.flush(); err != nil {
		return nil, err
	}
	q := parseQuery(text)
	limit = min(max(limit, 1), maxLimit)
	hits, err := x.findByName(&q, limit)
	if err != nil {
		return nil, err
	}
	if q.digits {
		if hits, err = x.findByCode(hits, q.folded, max(codeDepth, 2*limit)); err != nil {
			return nil, err
		}
	}
	if len(hits) == 0 || q.digits {
		if hits, err = x.findByArticle(hits, strings.TrimSpace(text), max(codeDepth, 2*limit)); err != nil {
			return nil, err
		}
	}
	return x.best(hits, limit)
}

// best are the most sold of what was found.
func (x *tx) best(hits []hit, limit int) ([]pos.Product, error) {
	if len(hits) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.sold, a.sold) })
	ns := make([]int64, min(limit, len(hits)))
	for i := range ns {
		ns[i] = hits[i].n
	}
	list, err := json.Marshal(ns)
	if err != nil {
		return nil, err
	}
	return x.products(sqlProductsOf, string(list))
}

func (x *tx) findByName(q *query, limit int) ([]hit, error) {
	depth := max(searchDepth, 2*limit)
	switch {
	case len(q.long) > 0 && len(q.short) > 0:
		return x.findMixed(q, depth, limit)
	case len(q.long) > 0:
		return x.hits(sqlFindFragments, q.fragments(), depth, limit)
	case len(q.short) > 0:
		return x.hits(sqlFindWords, q.words(), depth, limit)
	}
	return nil, nil
}

func (x *tx) hits(text string, args ...any) (out []hit, err error) {
	err = x.Each(text, args, func(r *sql.Rows) error {
		var h hit
		err := r.Scan(&h.n, &h.sold)
		out = append(out, h)
		return err
	})
	return out, err
}

// findMixed finds what has both the long words and the short ones. When one
// side is rare, the names of its few matches tell; else both lists are walked
// side by side. A rare word beside a common one so costs a few names instead
// of the whole long list.
func (x *tx) findMixed(q *query, depth, limit int) ([]hit, error) {
	for _, side := range []struct{ text, match string }{{sqlFragmentDocs, q.fragments()}, {sqlWordDocs, q.words()}} {
		docs, err := x.docs(side.text, side.match, fewMatches+1)
		if err != nil {
			return nil, err
		}
		if len(docs) <= fewMatches {
			return x.matching(q, docs)
		}
	}
	return x.hits(sqlFindBoth, q.fragments(), q.words(), depth, limit)
}

// docs reads row numbers of an index, the most sold first.
func (x *tx) docs(text string, args ...any) (out []int64, err error) {
	err = x.Each(text, args, func(r *sql.Rows) error {
		var doc int64
		err := r.Scan(&doc)
		out = append(out, doc)
		return err
	})
	return out, err
}

// matching keeps of some rows of an index those whose names match the query.
func (x *tx) matching(q *query, docs []int64) ([]hit, error) {
	if len(docs) == 0 {
		return nil, nil
	}
	list, err := json.Marshal(docs)
	if err != nil {
		return nil, err
	}
	var out []hit
	err = x.Each(sqlNamesOf, []any{string(list)}, func(r *sql.Rows) error {
		var h hit
		var folded string
		err := r.Scan(&h.n, &h.sold, &folded)
		if err == nil && q.matches(folded) {
			out = append(out, h)
		}
		return err
	})
	return out, err
}

// findByCode adds products whose barcode or SKU begins with the digits.
func (x *tx) findByCode(hits []hit, digits string, depth int) ([]hit, error) {
	for _, text := range []string{sqlFindBarcode, sqlFindSKU} {
		more, err := x.hits(text, digits, after(digits), depth)
		if err != nil {
			return nil, err
		}
		for _, h := range more {
			if !slices.Contains(hits, h) {
				hits = append(hits, h)
			}
		}
	}
	return hits, nil
}

// findByArticle adds products whose supplier's number begins with the text, in
// the letters as typed, in capitals or in small ones. It is asked where names say
// nothing.
func (x *tx) findByArticle(hits []hit, text string, depth int) ([]hit, error) {
	if text == "" || len(text) > pos.MaxArticleRunes*utf8.UTFMax || !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return hits, nil
	}
	var asked []string
	for _, form := range []string{text, strings.ToUpper(text), strings.ToLower(text)} {
		if slices.Contains(asked, form) {
			continue
		}
		asked = append(asked, form)
		more, err := x.hits(sqlFindArticle, form, after(form), depth)
		if err != nil {
			return nil, err
		}
		for _, h := range more {
			if !slices.Contains(hits, h) {
				hits = append(hits, h)
			}
		}
	}
	return hits, nil
}

// rank puts a number of sales into one of 256 steps: each number up to 15 has
// its own, then four steps a doubling.
func rank(sold int64) int64 {
	if sold < 16 {
		return max(sold, 0)
	}
	top := int64(bits.Len64(uint64(sold))) - 1 // 2^top ≤ sold
	return min(16+(top-4)*4+(sold>>(top-2))&3, topRank)
}

// docOf is a product's row in the indexes: higher ranks have lower numbers and
// are read first.
func docOf(n, sold int64) int64 { return (topRank-rank(sold))<<32 | n }

// index brings the search indexes from what a product was to what it is.
func (x *tx) index(was, now *productRow) error {
	if !now.archived {
		now.doc = docOf(now.n, now.sold)
	}
	if now.doc == was.doc && now.folded == was.folded {
		return nil
	}
	if was.doc != 0 {
		if err := x.execBoth(sqlUnindexFragments, sqlUnindexWords, was.doc); err != nil {
			return err
		}
	}
	if now.doc != 0 {
		if err := x.execBoth(sqlIndexFragments, sqlIndexWords, now.doc, now.folded); err != nil {
			return err
		}
	}
	if err := x.relearn(was, now); err != nil {
		return err
	}
	if now.doc == was.doc {
		return nil
	}
	_, err := x.Exec(sqlSetDoc, now.doc, now.n)
	return err
}

// relearn brings the vocabulary from the words a product was found by to those it
// is found by.
func (x *tx) relearn(was, now *productRow) error {
	if now.doc != 0 && (was.doc == 0 || was.folded != now.folded) {
		if err := x.learn(&goodsWords, now.folded); err != nil {
			return err
		}
	}
	if was.doc != 0 && (now.doc == 0 || was.folded != now.folded) {
		return x.unlearn(&goodsWords, was.folded)
	}
	return nil
}

func (x *tx) execBoth(a, b string, args ...any) error {
	if _, err := x.Exec(a, args...); err != nil {
		return err
	}
	_, err := x.Exec(b, args...)
	return err
}

// How much of it one transaction does: products moved in the indexes because
// they are noted, and movements looked through.
const (
	rankPortion = 200
	movePortion = 400
)

// Rank moves the products that were sold since to their new place in the
// search, some at a time so that the till is not held up. Opening the store
// and Backup do it.
func (s *Store) Rank(ctx context.Context) error {
	for more := true; more; {
		err := s.Update(ctx, func(t store.Tx) error {
			x := t.(*tx)
			noted, err := x.rankNoted()
			if err != nil {
				return err
			}
			moved, err := x.rankMoved()
			more = noted || moved
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// rankNoted ranks some of what was noted and tells whether there is more.
func (x *tx) rankNoted() (more bool, err error) {
	due, err := x.dueRows(sqlDue, rankPortion)
	if err != nil {
		return false, err
	}
	for i := range due {
		if err := x.rank(&due[i]); err != nil {
			return false, err
		}
		if _, err := x.Exec(sqlDropDue, due[i].n); err != nil {
			return false, err
		}
	}
	return len(due) == rankPortion, nil
}

// rankMoved ranks what some of the movements since were of, and tells whether
// there are more.
func (x *tx) rankMoved() (more bool, err error) {
	var from, count int64
	var to sql.NullInt64
	if _, err := x.Row(sqlRanked, nil, &from); err != nil {
		return false, err
	}
	if _, err := x.Row(sqlMovedEnd, []any{from, movePortion}, &to, &count); err != nil || count == 0 {
		return false, err
	}
	moved, err := x.dueRows(sqlMoved, from, to.Int64)
	if err != nil {
		return false, err
	}
	for i := range moved {
		if err := x.rank(&moved[i]); err != nil {
			return false, err
		}
	}
	_, err = x.Exec(sqlSetRanked, to.Int64)
	return count == movePortion, err
}

// dueRows are products that may stand elsewhere in the search.
func (x *tx) dueRows(text string, args ...any) (out []productRow, err error) {
	err = x.Each(text, args, func(r *sql.Rows) error {
		var p productRow
		err := r.Scan(&p.n, &p.folded, &p.archived, &p.doc, &p.sold)
		out = append(out, p)
		return err
	})
	return out, err
}

// rank puts a product into its place in the search.
func (x *tx) rank(was *productRow) error {
	now := productRow{n: was.n, folded: was.folded, archived: was.archived, sold: was.sold}
	return x.index(was, &now)
}
