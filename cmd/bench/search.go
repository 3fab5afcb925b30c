package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"kassa/pos"
	"kassa/storage/sqlite"
)

// The catalogue that is searched, how often, and what a picture on the screen has
// time for.
const (
	searchProducts = 1_000_000
	searchRounds   = 15
	searchLimit    = 20
	frame          = 16700 * time.Microsecond
)

// searched are texts as they are typed, each beside what full-text search is
// asked for it: fragments in one index, beginnings of words in the other.
var searched = []struct{ typed, fragments, words string }{
	{typed: "молоко", fragments: `"молоко"`},                         // in one name of thirty
	{typed: "Сев", fragments: `"сев"`},                               // in one of fourteen
	{typed: "мёд", fragments: `"мед"`},                               // ё = е
	{typed: "леко", fragments: `"леко"`},                             // in none
	{typed: "тия 512", fragments: `"тия" AND "512"`},                 // in few
	{typed: "деревенское 950", fragments: `"деревенское" AND "950"`}, // two common ones, rarely together
	{typed: "партия 99", fragments: `"партия"`, words: `"99" *`},
	{typed: "кефир ко", fragments: `"кефир"`, words: `"ко" *`},               // two common ones, never together
	{typed: "партия 777 к", fragments: `"партия" AND "777"`, words: `"к" *`}, // a rare one and a common one
	{typed: "шо", words: `"шо" *`},                                           // beginnings of words
	{typed: "бе мо", words: `"бе" * AND "мо" *`},
	{typed: "к", words: `"к" *`}, // in a fifth of all
}

// forgiven are texts nothing has, each beside what was meant, asked of full-text
// search as it is written: who forgives may cost what the right word costs. Where
// nothing is meant either, it stands beside what full-text search has for a word with a slip:
// names with any of its fragments.
var forgiven = []struct{ typed, fragments string }{
	{typed: "vjkjrj", fragments: `"молоко"`},                       // the Latin layout
	{typed: "1k vjkjrj", fragments: `"молоко"`},                    // and never together
	{typed: "малоко", fragments: `"молоко"`},                       // a wrong letter
	{typed: "vfkjrj", fragments: `"молоко"`},                       // in the wrong layout
	{typed: "дамашнее кифир", fragments: `"домашнее" AND "кефир"`}, // two words, in another order
	{typed: "шокалад луг", fragments: `"шоколад" AND "луг"`},       // one and a beginning
	{typed: "партея 777", fragments: `"партия" AND "777"`},         // rare
	{typed: "леко", fragments: `"лек" OR "еко"`},                   // nothing is near
	{typed: "телевизор", fragments: `"тел" OR "еле" OR "лев" OR "еви" OR "виз" OR "изо" OR "зор"`},
}

// benchSearch measures the search while somebody types, over a million goods.
func benchSearch(ctx context.Context, _ string) (_ []promise, err error) {
	dir, err := cached(ctx, fmt.Sprintf("products-%d", searchProducts), func(ctx context.Context, dir string) error {
		c, err := openCounter(ctx, dir)
		if err != nil {
			return err
		}
		return errors.Join(c.stockUp(ctx, searchProducts), c.close())
	})
	if err != nil {
		return nil, err
	}
	c, err := openCounter(ctx, dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	bare, err := sql.Open("sqlite", "file:"+filepath.Join(dir, sqlite.FileName)+"?mode=ro&_pragma=cache_size(-8192)&_pragma=query_only(1)")
	if err != nil {
		return nil, err
	}
	defer bare.Close()
	bare.SetMaxOpenConns(1)

	var out []promise
	for _, s := range searched {
		find := func() ([]pos.Product, error) { return c.till.SearchProducts(ctx, s.typed, searchLimit) }
		p, err := searchOnce(ctx, bare, s.typed, s.fragments, s.words, find)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", s.typed, err)
		}
		out = append(out, p)
	}
	for _, s := range forgiven {
		var meant string
		find := func() ([]pos.Product, error) {
			found, err := c.till.FindProducts(ctx, s.typed, searchLimit)
			meant = found.Meant
			return found.List, err
		}
		p, err := searchOnce(ctx, bare, s.typed, s.fragments, "", find)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", s.typed, err)
		}
		if meant != "" {
			p.what += ", read as «" + meant + "»"
		} else {
			p.limit = 0 // no right word to stand beside: told, not promised
		}
		out = append(out, p)
	}
	return out, nil
}

func searchOnce(ctx context.Context, bare *sql.DB, typed, fragments, words string, find func() ([]pos.Product, error)) (promise, error) {
	text, args := plainSearch(fragments, words)
	put, err := bare.PrepareContext(ctx, text)
	if err != nil {
		return promise{}, err
	}
	defer put.Close()
	var mine []pos.Product
	var theirs []int64
	got, err := inTurn(searchRounds,
		thing{do: func() (err error) { mine, err = find(); return err }},
		thing{do: func() (err error) { theirs, err = readPlain(ctx, put, args); return err }},
	)
	if err != nil {
		return promise{}, err
	}
	note := fmt.Sprintf("%.2f of a frame", float64(got[0].median)/float64(frame))
	if n := outOfPlace(mine, theirs); n > 0 && len(mine) > 0 {
		note += fmt.Sprintf(", %d of the %d most sold not among them", n, len(theirs))
	}
	return promise{what: fmt.Sprintf("«%s», %d found", typed, len(mine)), got: got[0], base: got[1], beside: "plain full-text SQL", limit: 1.5, note: note}, nil
}

// outOfPlace counts what plain SQL found and the till did not. Goods sold
// equally often stand for one another.
func outOfPlace(mine []pos.Product, theirs []int64) int {
	have := map[int64]int{}
	for _, p := range mine {
		have[p.Sold]++
	}
	n := 0
	for _, sold := range theirs {
		if have[sold]--; have[sold] < 0 {
			n++
		}
	}
	return n
}

// plainSearch asks the same full-text indexes for the same columns of the same
// goods in the same order.
func plainSearch(fragments, words string) (string, []any) {
	from := `SELECT rowid FROM product_fragments WHERE product_fragments MATCH ?`
	byWord := `SELECT rowid FROM product_words WHERE product_words MATCH ?`
	var args []any
	switch {
	case words == "":
		args = []any{fragments}
	case fragments == "":
		from, args = byWord, []any{words}
	default:
		from, args = from+` INTERSECT `+byWord, []any{fragments, words}
	}
	return `SELECT p.id, p.sku, p.name, p.unit, p.price, p.vat, p.category, p.weighed, p.ask_price, p.no_earn, p.no_points, p.archived,
		s.qty, s.sold, (SELECT group_concat(code, char(31)) FROM barcodes WHERE product = p.n)
		FROM (` + from + `) f CROSS JOIN products p ON p.n = f.rowid & 4294967295 CROSS JOIN stock s ON s.product = p.n
		ORDER BY s.sold DESC LIMIT ?`, append(args, searchLimit)
}

// readPlain reads all columns and returns how often each product was sold.
func readPlain(ctx context.Context, s *sql.Stmt, args []any) ([]int64, error) {
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	sold := []int64{}
	for rows.Next() {
		var p pos.Product
		var codes string
		if err := rows.Scan(&p.ID, &p.SKU, &p.Name, &p.Unit, &p.Price, &p.VAT, &p.Category, &p.Flags.Weighed, &p.Flags.AskPrice,
			&p.Flags.NoEarn, &p.Flags.NoPoints, &p.Archived, &p.Stock, &p.Sold, &codes); err != nil {
			return nil, err
		}
		sold = append(sold, p.Sold)
	}
	return sold, rows.Err()
}
