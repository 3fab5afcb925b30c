package main

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver of the plain inserts

	"kassa/pos"
	"kassa/pos/exports"
	"kassa/pos/imports"
	"kassa/pos/till"
	"kassa/storage/tables"
)

// The list that is brought in, and how plain inserts take the same rows.
const (
	listRows   = 1_000_000
	plainBatch = 4000 // rows a transaction, as the import has at most
)

// benchTables measures the import of a long list beside plain inserts of the
// same rows into the same tables and indexes, and the export of it all.
func benchTables(ctx context.Context, dir string) (_ []promise, err error) {
	path := filepath.Join(dir, "goods.csv")
	if err := writeList(path, listRows); err != nil {
		return nil, err
	}
	base, err := plainInserts(ctx, filepath.Join(dir, "plain"))
	if err != nil {
		return nil, err
	}
	c, err := openCounter(ctx, filepath.Join(dir, "import"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	began := time.Now()
	r, err := c.till.Import(ctx, c.who, till.Import{Kind: imports.KindProducts, SkipBad: true,
		Open: func() (imports.Rows, error) { return tables.Open(path, imports.Format{}) }})
	if err != nil {
		return nil, err
	}
	got := time.Since(began)
	if r.New != listRows {
		return nil, fmt.Errorf("%d rows of %d were imported", r.New, listRows)
	}
	list := []promise{{what: "import of 1,000,000 goods", got: summarise([]int64{int64(got)}), base: summarise([]int64{int64(base)}),
		beside: "plain inserts of the same rows, the same indexes", limit: 1.5}}
	for _, f := range []exports.Format{exports.CSV, exports.XLSX, exports.JSONL} {
		began := time.Now()
		w, err := tables.NewWriter(io.Discard, f)
		if err != nil {
			return nil, err
		}
		if _, err := c.till.Export(ctx, c.who, till.Export{What: till.ExportedProducts}, w); err != nil {
			return nil, err
		}
		list = append(list, promise{what: "export of them as " + string(f), got: summarise([]int64{int64(time.Since(began))}),
			base: summarise([]int64{int64(got)}), beside: "their import"})
	}
	return list, nil
}

func writeList(path string, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	fmt.Fprint(w, "sku;name;barcode;price;stock;unit\n")
	for i := range n {
		p := product(i)
		fmt.Fprintf(w, "%s;%s;%s;%s;10;шт\n", p.SKU, strings.ReplaceAll(p.Name, ";", ","), p.Barcodes[0], p.Price)
	}
	return w.Flush()
}

// plainInserts fills an empty shop's tables row by row with prepared
// statements, asking nothing.
func plainInserts(ctx context.Context, dir string) (time.Duration, error) {
	c, err := openCounter(ctx, dir)
	if err != nil {
		return 0, err
	}
	if err := c.close(); err != nil {
		return 0, err
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "kassa.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=cache_size(-32768)&_pragma=foreign_keys(1)&_txlock=immediate")
	if err != nil {
		return 0, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	began := time.Now()
	for from := 0; from < listRows; from += plainBatch {
		if err := plainPortion(ctx, db, from, min(from+plainBatch, listRows)); err != nil {
			return 0, err
		}
	}
	return time.Since(began), nil
}

func plainPortion(ctx context.Context, db *sql.DB, from, to int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	texts := []string{
		`INSERT INTO products (n, id, sku, name, folded, unit, price, vat, category, weighed, ask_price, no_earn, no_points, archived, doc) VALUES (?,?,?,?,?,'шт',?,-1,'',0,0,0,0,0,?)`,
		`INSERT INTO stock (product, qty, sold) VALUES (?,10000,0)`,
		`INSERT INTO stock_moves (product, qty, doc, at) VALUES (?,10000,'import',0)`,
		`INSERT INTO barcodes (code, product, place) VALUES (?,?,0)`,
		`INSERT INTO product_fragments (rowid, folded) VALUES (?,?)`,
		`INSERT INTO product_words (rowid, folded) VALUES (?,?)`,
	}
	var do [6]*sql.Stmt
	for i, text := range texts {
		if do[i], err = tx.PrepareContext(ctx, text); err != nil {
			return err
		}
		defer do[i].Close()
	}
	for i := from; i < to; i++ {
		p := product(i)
		n, folded := int64(i+1), pos.Fold(p.Name)
		doc := int64(255)<<32 | n
		for j, args := range [6][]any{{n, string(p.ID), p.SKU, p.Name, folded, int64(p.Price), doc}, {n}, {n}, {p.Barcodes[0], n}, {doc, folded}, {doc, folded}} {
			if _, err := do[j].ExecContext(ctx, args...); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}
