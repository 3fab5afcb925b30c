package local

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// What moves goods on the shelf. Each movement names the one before it of its
// product, and the shelf names the last, so that a product's movements are found
// without an index that every line of every sale would have to keep.

const (
	sqlTopMove   = `SELECT coalesce(max(n), 0) FROM stock_moves`
	sqlEachStock = `SELECT id, moved FROM (SELECT product, sum(qty) AS moved FROM stock_moves GROUP BY product) JOIN products ON n = product`
	// How many movements are not where the chain of their product leads.
	sqlLostMoves = `SELECT (SELECT count(*) FROM (SELECT prev, lag(n, 1, 0) OVER (PARTITION BY product ORDER BY n) AS before FROM stock_moves)
		WHERE prev <> before) + (SELECT count(*) FROM stock s LEFT JOIN (SELECT product, max(n) AS n FROM stock_moves GROUP BY product) m
		ON m.product = s.product WHERE s.last <> coalesce(m.n, 0))`
)

var (
	// By the index of ids alone; the order is that of the question, which the
	// answer names.
	shelves = rowsOf(`SELECT column2, n, last FROM (VALUES `, 2, `) CROSS JOIN products ON id = column1
		CROSS JOIN stock ON product = n`)
	addStock = insertRows(`stock (product, qty, sold, last)`, 4,
		`ON CONFLICT (product) DO UPDATE SET qty = qty + excluded.qty, sold = sold + excluded.sold, last = excluded.last`)
	insertMoves = insertRows(`stock_moves (n, product, qty, doc, at, prev)`, 6, ``)
	insertDue   = insertRows(`rank_due (product)`, 1, `ON CONFLICT DO NOTHING`)
)

var errNoProduct = errors.New("a stock move names no product")

// shelfRow is where a product stands on the shelf.
type shelfRow struct {
	n    int64 // its row number
	last int64 // its last movement, 0 for none
}

// pendingStock is what a transaction moves and counts, written at once before
// the commit or before anybody reads a product.
type pendingStock struct {
	moves []stockMove
	order []pos.ProductID // of sums
	sums  map[pos.ProductID]*stockSum
}

type stockMove struct {
	id  pos.ProductID
	qty money.Quantity
	doc string
	at  time.Time
}

type stockSum struct {
	qty, sold int64
	moved     bool
	shelfRow  // once it was looked up
}

func (p *pendingStock) sum(id pos.ProductID) *stockSum {
	s, ok := p.sums[id]
	if !ok {
		if p.sums == nil {
			p.sums = map[pos.ProductID]*stockSum{}
		}
		s = &stockSum{}
		p.sums[id] = s
		p.order = append(p.order, id)
	}
	return s
}

func (x *tx) MoveStock(id pos.ProductID, qty money.Quantity, doc string, at time.Time) error {
	s := x.stock.sum(id)
	s.qty += int64(qty)
	s.moved = true
	x.stock.moves = append(x.stock.moves, stockMove{id, qty, doc, at})
	return nil
}

func (x *tx) CountSold(id pos.ProductID, times int64) error {
	x.stock.sum(id).sold += times
	return nil
}

// flush writes the pending stock.
func (x *tx) flush() error {
	p := x.stock
	if len(p.order) == 0 {
		return nil
	}
	x.stock = pendingStock{}
	if err := x.findShelves(&p); err != nil {
		return err
	}
	if err := x.putPending(&p); err != nil {
		return err
	}
	err := addStock.insert(x.Tx, len(p.order), func(i int, to []any) []any {
		s := p.sums[p.order[i]]
		return append(to, s.n, s.qty, s.sold, s.last)
	})
	if err != nil {
		return err
	}
	// What moved is put in its place in the search by its movement.
	var due []int64
	for _, id := range p.order {
		s := p.sums[id]
		if s.sold != 0 && !s.moved {
			due = append(due, s.n)
		}
		x.kept.shelves.put(id, s.shelfRow)
	}
	return insertDue.insert(x.Tx, len(due), func(i int, to []any) []any { return append(to, due[i]) })
}

// putPending writes the movements, each chained to the one before of its product.
func (x *tx) putPending(p *pendingStock) error {
	moves := make([]linkedMove, len(p.moves))
	for i := range p.moves {
		m := &p.moves[i]
		moves[i] = linkedMove{product: p.sums[m.id].n, qty: m.qty, doc: m.doc, at: m.at}
	}
	i := 0
	return x.putMoves(moves, func(m *linkedMove) {
		s := p.sums[p.moves[i].id]
		m.prev, s.last = s.last, m.n
		i++
	})
}

// linkedMove is a row of stock_moves.
type linkedMove struct {
	n, product int64
	qty        money.Quantity
	doc        string
	at         time.Time
	prev       int64
}

// putMoves numbers movements, has each linked to the one before it, and stores
// them.
func (x *tx) putMoves(moves []linkedMove, link func(*linkedMove)) error {
	if len(moves) == 0 {
		return nil
	}
	last := x.kept.move
	if last == nil {
		last = new(int64)
		if _, err := x.Row(sqlTopMove, nil, last); err != nil {
			return err
		}
	}
	n := *last
	for i := range moves {
		n++
		moves[i].n = n
		link(&moves[i])
	}
	x.kept.move = nil // until they are there
	err := insertMoves.insert(x.Tx, len(moves), func(i int, to []any) []any {
		m := &moves[i]
		return append(to, m.n, m.product, int64(m.qty), m.doc, ms(m.at), m.prev)
	})
	if err == nil {
		x.kept.move = &n
	}
	return err
}

// findShelves learns where the products of what is pending stand.
func (x *tx) findShelves(p *pendingStock) error {
	var unknown []pos.ProductID
	for _, id := range p.order {
		var known bool
		if p.sums[id].shelfRow, known = x.kept.shelves.get(id); !known {
			unknown = append(unknown, id)
		}
		x.kept.shelves.drop(id) // until its movement is there
	}
	found := 0
	err := shelves.each(len(unknown), func(i int, to []any) []any {
		return append(to, string(unknown[i]), i)
	}, func(text string, args []any) error {
		return x.Each(text, args, func(r *sql.Rows) error {
			var i int
			var s shelfRow
			if err := r.Scan(&i, &s.n, &s.last); err != nil {
				return err
			}
			p.sums[unknown[i]].shelfRow = s
			found++
			return nil
		})
	})
	if err == nil && found != len(unknown) {
		err = &pos.Error{Code: pos.CodeNotFound, ID: "product.unknown", Err: errNoProduct}
	}
	return err
}

func (x *tx) EachStock(fn func(id pos.ProductID, moved money.Quantity) error) error {
	if err := x.flush(); err != nil {
		return err
	}
	return x.Each(sqlEachStock, nil, func(r *sql.Rows) error {
		var id pos.ProductID
		var moved money.Quantity
		if err := r.Scan(&id, &moved); err != nil {
			return err
		}
		return fn(id, moved)
	})
}

// lostMoves tells of movements that their product does not lead to.
func (x *tx) lostMoves() ([]string, error) {
	var n int64
	if _, err := x.Row(sqlLostMoves, nil, &n); err != nil || n == 0 {
		return nil, err
	}
	return []string{fmt.Sprintf("stock_moves: %d are not where the movement after them says", n)}, nil
}
