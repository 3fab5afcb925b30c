package local

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/till/store"
	"kassa/storage/sqlite"
)

// upgraded is a store made by the program whose newest migration is named, filled,
// and opened by this one.
func upgraded(t *testing.T, newest string, fill ...string) *Store {
	t.Helper()
	dir := t.TempDir()
	old := openAsOf(t, dir, newest)
	err := old.Update(context.Background(), func(x *sqlite.Tx) error {
		for _, text := range fill {
			if _, err := x.Exec(text); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(err, old.Close()); err != nil {
		t.Fatal(err)
	}
	return opened(t, dir)
}

func opened(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(context.Background(), Params{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

const threeProducts = `INSERT INTO products (n, id, sku, name, folded, unit, price, vat, category, weighed, ask_price, no_earn, no_points, archived, doc)
	SELECT value, 'p' || value, 'sku' || value, 'Товар', 'товар', '', 100, 0, '', 0, 0, 0, 0, 0, 0 FROM json_each('[1,2,3]')`

// TestUpgrade_ChainsMoves: what moved before movements were chained is found as
// what moves after, and what was sold since the last ranking is ranked.
func TestUpgrade_ChainsMoves(t *testing.T) {
	s := upgraded(t, "00011_outbox.sql", threeProducts,
		`INSERT INTO stock (product, qty, sold) VALUES (1, -2, 2), (2, -3, 40), (3, 0, 0)`,
		`INSERT INTO stock_moves (product, qty, doc, at) VALUES (1, -1, 'a', 1), (2, -3, 'a', 1), (1, -1, 'b', 2)`,
		`INSERT INTO rank_due (product) VALUES (2)`)
	change(t, s, func(x *tx) error { return x.MoveStock("p1", -5, "c", time.UnixMilli(3)) })
	view(t, s, func(x *tx) error {
		for id, want := range map[pos.ProductID]string{"p1": "c b a", "p2": "a", "p3": ""} {
			if got, err := docsOf(x, id); err != nil || got != want {
				t.Errorf("moves of %s: %q, want %q (%v)", id, got, want, err)
			}
		}
		if said, err := x.EngineProblems(false); err != nil || len(said) > 0 {
			t.Errorf("the engine says %q (%v)", said, err)
		}
		return ranked(t, x, "p2", 40)
	})
}

func docsOf(x *tx, id pos.ProductID) (string, error) {
	moves, err := x.StockMoves(id, 9)
	var docs []string
	for _, m := range moves {
		docs = append(docs, m.Doc)
	}
	return strings.Join(docs, " "), err
}

// ranked checks that a product stands in the search where its sales put it.
func ranked(t *testing.T, x *tx, id pos.ProductID, sold int64) error {
	t.Helper()
	var n, doc, rows int64
	_, err := x.Row(`SELECT n, doc, (SELECT count(*) FROM product_words WHERE rowid = doc) FROM products WHERE id = ?`, []any{string(id)}, &n, &doc, &rows)
	if doc != docOf(n, sold) || rows != 1 {
		t.Errorf("%s is row %d of the search, %d times, want %d", id, doc, rows, docOf(n, sold))
	}
	return err
}

// TestRank_FollowsMovements: a sale notes nothing for the search, and yet what it
// sold is put in order, in portions, once.
func TestRank_FollowsMovements(t *testing.T) {
	s := opened(t, t.TempDir())
	ctx := context.Background()
	change(t, s, func(x *tx) error {
		for _, id := range []pos.ProductID{"a", "b", "c"} {
			if err := x.PutProduct(&pos.Product{ID: id, SKU: string(id), Name: "Товар"}); err != nil {
				return err
			}
		}
		for range movePortion + 5 {
			if err := errors.Join(x.MoveStock("a", -1, "sale", time.Time{}), x.CountSold("a", 1)); err != nil {
				return err
			}
		}
		return errors.Join(x.MoveStock("b", -1, "sale", time.Time{}), x.CountSold("b", 1), x.CountSold("c", 7))
	})
	if err := s.Rank(ctx); err != nil {
		t.Fatal(err)
	}
	view(t, s, func(x *tx) error {
		return errors.Join(ranked(t, x, "a", movePortion+5), ranked(t, x, "b", 1), ranked(t, x, "c", 7))
	})
	var before, after int64
	view(t, s, func(x *tx) error { _, err := x.Row(sqlGetMark, nil, &before); return err })
	if err := s.Rank(ctx); err != nil {
		t.Fatal(err)
	}
	view(t, s, func(x *tx) error { _, err := x.Row(sqlGetMark, nil, &after); return err })
	if before != after {
		t.Error("ranking wrote although nothing was sold since")
	}
}

// TestEngineProblems_LostMoves: the chain of movements is an index, and is
// checked as one.
func TestEngineProblems_LostMoves(t *testing.T) {
	for _, tamper := range []string{`UPDATE stock SET last = 1`, `UPDATE stock_moves SET prev = 0`, `DELETE FROM stock_moves WHERE n = 1`} {
		s := opened(t, t.TempDir())
		change(t, s, func(x *tx) error {
			return errors.Join(x.PutProduct(&pos.Product{ID: "a", SKU: "a", Name: "Товар", Stock: 5}), x.MoveStock("a", -1, "sale", time.Time{}))
		})
		change(t, s, func(x *tx) error {
			for _, text := range []string{`DROP TRIGGER stock_moves_keep`, `DROP TRIGGER stock_moves_stay`, tamper} {
				if _, err := x.Exec(text); err != nil {
					return err
				}
			}
			said, err := x.EngineProblems(false)
			if len(said) != 1 || !strings.HasPrefix(said[0], "stock_moves") {
				t.Errorf("after %q the engine says %q", tamper, said)
			}
			return err
		})
	}
}

func change(t *testing.T, s *Store, fn func(*tx) error) {
	t.Helper()
	if err := s.Update(context.Background(), func(x store.Tx) error { return fn(x.(*tx)) }); err != nil {
		t.Fatal(err)
	}
}

func view(t *testing.T, s *Store, fn func(*tx) error) {
	t.Helper()
	if err := s.View(context.Background(), func(x store.Tx) error { return fn(x.(*tx)) }); err != nil {
		t.Fatal(err)
	}
}

// TestUpgrade_KeepsSales: sales sold before their lines had numbers of their own
// read as they did, each with its own.
func TestUpgrade_KeepsSales(t *testing.T) {
	const number = maxPartSale - 1 // the highest there is room for
	sale := func(epoch, number int64) string {
		n := strconv.FormatInt(epoch<<epochShift|number, 10)
		e, no := strconv.FormatInt(epoch, 10), strconv.FormatInt(number, 10)
		line := func(place, no, name, qty string) string {
			return `(` + n + `,` + place + `,` + no + `,'p','1','` + name + `','46','шт',100,100,` + qty + `,0,0,0,0,0,'',1,100,0,0,0,100,0)`
		}
		return `INSERT INTO sales (n, id, till, epoch, number, shift, employee, customer, at, currency, gross, discount, rounding, total, vat, change,
				points_spent, points_earned, debt_added, debt_due) VALUES (` + n + `,'s` + e + `-` + no + `','1',` + e + `,` + no + `,'sh','e','',1,'RUB',1,0,0,1,0,0,0,0,0,NULL);
			INSERT INTO sale_lines (sale, place, no, product, sku, name, barcode, unit, list_price, price, qty, vat, discount_percent, discount_sum, flags,
				removed, reason, totals_no, gross, own, share, discount, sum, vat_sum)
				VALUES ` + line("1", "2", "Сыр "+no, "2000") + `,` + line("0", "5", "Хлеб "+no, "1000") + `;
			INSERT INTO sale_tenders (sale, place, no, method, amount, points, challenge, override, certificate)
				VALUES (` + n + `,0,1,'cash',100,0,'',0,'GC'),(` + n + `,1,2,'card',50,0,'',0,'')`
	}
	var fill []string
	for _, s := range []string{sale(1, 1), sale(1, 2), sale(1, number), sale(1<<22-1, 1), sale(1<<22-1, number)} {
		fill = append(fill, strings.Split(s, ";")...)
	}
	s := upgraded(t, "00013_moves.sql", fill...)
	var told []string
	view(t, s, func(x *tx) error {
		return x.EachSale(0, func(s *pos.Sale) error {
			text := string(s.ID)
			for _, l := range s.Lines {
				text += fmt.Sprintf(" %d %s: %d,", l.Line.No, l.Name, l.Qty)
			}
			for _, d := range s.Tenders {
				text += fmt.Sprintf(" %s %d%s", d.Method, d.Amount, d.Certificate)
			}
			told = append(told, text)
			return nil
		})
	})
	var want []string
	for _, id := range []string{"1-1", "1-2", "1-1073741823", "4194303-1", "4194303-1073741823"} {
		_, no, _ := strings.Cut(id, "-")
		want = append(want, "s"+id+" 5 Хлеб "+no+": 1000, 2 Сыр "+no+": 2000, cash 100GC card 50")
	}
	if !slices.Equal(told, want) {
		t.Errorf("after the upgrade\n%s\nwant\n%s", strings.Join(told, "\n"), strings.Join(want, "\n"))
	}
	for _, tamper := range []string{`UPDATE sale_lines SET no = 1`, `DELETE FROM sale_lines`, `UPDATE sale_tenders SET no = 1`, `DELETE FROM sale_tenders`} {
		err := s.Update(context.Background(), func(x store.Tx) error { _, err := x.(*tx).Exec(tamper); return err })
		if err == nil {
			t.Errorf("after the upgrade this is allowed: %s", tamper)
		}
	}
}

// TestPutSale_RefusesWhatHasNoRoom: a sale's lines never lie among another's.
func TestPutSale_RefusesWhatHasNoRoom(t *testing.T) {
	s := opened(t, t.TempDir())
	for name, sale := range map[string]*pos.Sale{
		"a number too high": {ID: "a", Epoch: 1, Number: maxPartSale},
		"too many lines":    {ID: "a", Epoch: 1, Number: 1, Lines: make([]pos.SaleLine, maxParts+1)},
	} {
		err := s.Update(context.Background(), func(x store.Tx) error { return x.PutSale(sale) })
		if pos.CodeOf(err) != pos.CodeInternal {
			t.Errorf("%s: %v", name, err)
		}
	}
}
