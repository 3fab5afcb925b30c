package local

import (
	"context"
	"database/sql"
	"math/bits"
	"slices"
	"strings"
	"unicode"

	"kassa/pos"
	"kassa/pos/till"
)

// A search reads the index in the order of ranks and stops early: the row
// number of a product in the index begins with its rank, so the first matches
// read are the most sold. Among searchDepth matches the order by sold is exact;
// beyond them it is as of the last Rank, since a sale does not rewrite the
// index.
const (
	searchDepth = 256  // matches put in exact order
	mixedDepth  = 8192 // matches looked through when short words filter them
	maxQuery    = 100  // runes of a query that are looked at
	maxWords    = 8
	maxLimit    = 1000
	topRank     = 255
)

const (
	sqlFindFragments = `SELECT d.rowid & 4294967295 FROM (SELECT rowid FROM product_fragments
		WHERE product_fragments MATCH ? ORDER BY rowid LIMIT ?) AS d
		CROSS JOIN stock s ON s.product = d.rowid & 4294967295 ORDER BY s.sold DESC, d.rowid LIMIT ?`
	sqlFindWords = `SELECT d.rowid & 4294967295 FROM (SELECT rowid FROM product_words
		WHERE product_words MATCH ? ORDER BY rowid LIMIT ?) AS d
		CROSS JOIN stock s ON s.product = d.rowid & 4294967295 ORDER BY s.sold DESC, d.rowid LIMIT ?`
	sqlFindMixed = `SELECT d.rowid & 4294967295, p.folded, s.sold FROM (SELECT rowid FROM product_fragments
		WHERE product_fragments MATCH ? ORDER BY rowid LIMIT ?) AS d
		CROSS JOIN products p ON p.n = d.rowid & 4294967295
		CROSS JOIN stock s ON s.product = p.n`
	sqlFindBarcode = `SELECT b.product FROM barcodes b JOIN products p ON p.n = b.product
		WHERE b.code >= ? AND b.code < ? AND p.archived = 0 ORDER BY b.code LIMIT ?`
	sqlFindSKU = `SELECT n FROM products WHERE sku >= ? AND sku < ? AND archived = 0 ORDER BY sku LIMIT ?`

	sqlUnindexFragments = `DELETE FROM product_fragments WHERE rowid = ?`
	sqlUnindexWords     = `DELETE FROM product_words WHERE rowid = ?`
	sqlIndexFragments   = `INSERT INTO product_fragments (rowid, folded) VALUES (?, ?)`
	sqlIndexWords       = `INSERT INTO product_words (rowid, folded) VALUES (?, ?)`
	sqlSetDoc           = `UPDATE products SET doc = ? WHERE n = ?`
	sqlDue              = `SELECT n, folded, archived, doc, sold FROM rank_due r
		JOIN products p ON p.n = r.product JOIN stock s ON s.product = r.product ORDER BY r.product LIMIT ?`
	sqlDropDue = `DELETE FROM rank_due WHERE product = ?`
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
		for _, part := range strings.FieldsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			q.short = append(q.short, part)
		}
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

// begins reports whether every short word begins a word of the folded name.
func (q *query) begins(folded string) bool {
	names := strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
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

func (x *tx) SearchProducts(text string, limit int) ([]pos.Product, error) {
	if err := x.flush(); err != nil {
		return nil, err
	}
	q := parseQuery(text)
	limit = min(max(limit, 1), maxLimit)
	ns, err := x.findByName(&q, limit)
	if err != nil {
		return nil, err
	}
	if q.digits {
		if ns, err = x.findByCode(ns, q.folded, limit); err != nil {
			return nil, err
		}
	}
	out := make([]pos.Product, 0, len(ns))
	for _, n := range ns {
		p, err := x.oneProduct(sqlProductByN, n)
		if err != nil {
			return nil, err
		}
		out = append(out, *p)
	}
	if q.digits {
		slices.SortStableFunc(out, func(a, b pos.Product) int { return int(bit(a.Sold < b.Sold) - bit(a.Sold > b.Sold)) })
		out = out[:min(len(out), limit)]
	}
	return out, nil
}

func (x *tx) findByName(q *query, limit int) ([]int64, error) {
	depth := max(searchDepth, limit)
	switch {
	case len(q.long) > 0 && len(q.short) > 0:
		return x.findMixed(q, limit)
	case len(q.long) > 0:
		return x.numbers(sqlFindFragments, q.fragments(), depth, limit)
	case len(q.short) > 0:
		return x.numbers(sqlFindWords, q.words(), depth, limit)
	}
	return nil, nil
}

func (x *tx) numbers(text string, args ...any) (out []int64, err error) {
	err = x.Each(text, args, func(r *sql.Rows) error {
		var n int64
		if err := r.Scan(&n); err != nil {
			return err
		}
		out = append(out, n)
		return nil
	})
	return out, err
}

// findMixed reads the matches of the long words and keeps those whose name
// also has the short ones, until there are enough.
func (x *tx) findMixed(q *query, limit int) ([]int64, error) {
	type hit struct{ n, sold int64 }
	var hits []hit
	err := x.Each(sqlFindMixed, []any{q.fragments(), mixedDepth}, func(r *sql.Rows) error {
		var h hit
		var folded string
		if err := r.Scan(&h.n, &folded, &h.sold); err != nil {
			return err
		}
		if q.begins(folded) {
			hits = append(hits, h)
		}
		if len(hits) >= max(searchDepth, limit) {
			return errEnough
		}
		return nil
	})
	if err != nil && err != errEnough {
		return nil, err
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return int(bit(a.sold < b.sold) - bit(a.sold > b.sold)) })
	out := make([]int64, 0, limit)
	for _, h := range hits[:min(limit, len(hits))] {
		out = append(out, h.n)
	}
	return out, nil
}

// errEnough ends a reading early.
var errEnough = errEnd{}

type errEnd struct{}

func (errEnd) Error() string { return "enough" }

// findByCode adds products whose barcode or SKU begins with the digits.
func (x *tx) findByCode(ns []int64, digits string, limit int) ([]int64, error) {
	for _, text := range []string{sqlFindBarcode, sqlFindSKU} {
		more, err := x.numbers(text, digits, after(digits), max(searchDepth, limit))
		if err != nil {
			return nil, err
		}
		ns = append(ns, more...)
	}
	slices.Sort(ns)
	return slices.Compact(ns), nil
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
	if now.doc == was.doc {
		return nil
	}
	_, err := x.Exec(sqlSetDoc, now.doc, now.n)
	return err
}

func (x *tx) execBoth(a, b string, args ...any) error {
	if _, err := x.Exec(a, args...); err != nil {
		return err
	}
	_, err := x.Exec(b, args...)
	return err
}

// rankPortion is how many products one transaction moves in the indexes.
const rankPortion = 200

// Rank moves the products that were sold since to their new place in the
// search, some at a time so that the till is not held up. Opening the store
// and Backup do it.
func (s *Store) Rank(ctx context.Context) error {
	for moved := rankPortion; moved == rankPortion; {
		err := s.Update(ctx, func(t till.Tx) (err error) {
			moved, err = t.(*tx).rankSome()
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (x *tx) rankSome() (int, error) {
	var due []productRow
	err := x.Each(sqlDue, []any{rankPortion}, func(r *sql.Rows) error {
		var p productRow
		if err := r.Scan(&p.n, &p.folded, &p.archived, &p.doc, &p.sold); err != nil {
			return err
		}
		due = append(due, p)
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, was := range due {
		now := productRow{n: was.n, folded: was.folded, archived: was.archived, sold: was.sold}
		if err := x.index(&was, &now); err != nil {
			return 0, err
		}
		if _, err := x.Exec(sqlDropDue, was.n); err != nil {
			return 0, err
		}
	}
	return len(due), nil
}
