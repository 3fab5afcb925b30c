package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the same driver as the store's, for the plain inserts

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

// How many sales are stored, how long each is, and what is appended beside it.
const (
	saleLines   = 20
	saleRounds  = 300
	appendBytes = 8 << 10
)

// benchSale measures storing a sale of twenty lines beside one append to a
// file and beside plain inserts.
func benchSale(ctx context.Context, dir string) (_ []promise, err error) {
	c, err := saleCounter(ctx, filepath.Join(dir, "till"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	if err := c.watched(); err != nil {
		return nil, err
	}
	trusting, err := saleCounter(ctx, filepath.Join(dir, "trusting"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, trusting.close()) }()
	trusting.store.SealWith(nil)
	buyer, err := c.till.AddCustomer(ctx, c.who, till.NewCustomer{Name: "Анна Белова", Phone: "+79000000001"})
	if err != nil {
		return nil, err
	}
	file, err := newAppender(dir)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	bare, err := openPlain(ctx, dir)
	if err != nil {
		return nil, err
	}
	defer bare.close()

	finish := func() error { _, err := c.till.FinishSale(ctx, c.who); return err }
	unguarded := func() error { _, err := trusting.till.FinishSale(ctx, trusting.who); return err }
	cash, trusted := saleMaker{counter: c}, saleMaker{counter: trusting}
	mixed := saleMaker{counter: c, customer: buyer.ID, part: money.Amount(100_00)}
	got, err := inTurn(saleRounds,
		thing{do: finish, before: func() error { return cash.ringUp(ctx) }},
		thing{do: finish, before: func() error { return mixed.ringUp(ctx) }},
		thing{do: file.append},
		thing{do: func() error { return bare.insert(ctx, saleLines+1) }},
		thing{do: unguarded, before: func() error { return trusted.ringUp(ctx) }},
	)
	if err != nil {
		return nil, err
	}
	const byCash, byBoth = "sale of 20 lines, cash", "the same, a customer's, cash and card"
	return []promise{
		{what: byCash, got: got[0], base: got[2], beside: "8 KiB appended and fsynced", limit: 3.5},
		{what: byBoth, got: got[1], base: got[2], beside: "8 KiB appended and fsynced", limit: 3.5},
		{what: byCash, got: got[0], base: got[3], beside: "21 plain inserts, one transaction", limit: 2.2},
		{what: byBoth, got: got[1], base: got[3], beside: "21 plain inserts, one transaction", limit: 2.2},
		{what: "the same by cash, sealed and witnessed", got: got[0], base: got[4], beside: "without seals and witness", limit: 1.05},
	}, nil
}

// saleCounter is a till with goods and an open shift.
func saleCounter(ctx context.Context, dir string) (*counter, error) {
	c, err := openCounter(ctx, dir)
	if err != nil {
		return nil, err
	}
	return c.ready(ctx)
}

// ready gives a till goods and an open shift.
func (c *counter) ready(ctx context.Context) (*counter, error) {
	if err := errors.Join(c.stockUp(ctx, 5000), c.ensureShift(ctx)); err != nil {
		return nil, errors.Join(err, c.close())
	}
	return c, nil
}

// saleMaker rings up sales of goods that differ from sale to sale.
type saleMaker struct {
	counter  *counter
	customer pos.CustomerID
	part     money.Amount // paid in cash before the rest by card; 0: all in cash
	next     int
}

func (m *saleMaker) ringUp(ctx context.Context) error {
	t, who := m.counter.till, m.counter.who
	var v *till.ChequeView
	for range saleLines {
		var err error
		if v, err = t.Scan(ctx, who, barcode(m.next), 0, nil); err != nil {
			return err
		}
		m.next = (m.next + 37) % 5000
	}
	if m.customer != "" {
		if _, err := t.SetCustomer(ctx, who, till.FindCustomer{ID: m.customer}); err != nil {
			return err
		}
	}
	rest := pos.Cash
	if m.part != 0 {
		var err error
		if v, _, err = t.Tender(ctx, who, pos.Cash, m.part); err != nil {
			return err
		}
		rest = pos.Card
	}
	_, _, err := t.Tender(ctx, who, rest, v.Totals.Due)
	return err
}

// appender is one file that grows.
type appender struct {
	*os.File
	block []byte
}

func newAppender(dir string) (*appender, error) {
	f, err := os.OpenFile(filepath.Join(dir, "appended"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	return &appender{File: f, block: make([]byte, appendBytes)}, err
}

func (a *appender) append() error {
	if _, err := a.Write(a.block); err != nil {
		return err
	}
	return a.Sync()
}

// plain is one simple table in a database of its own, opened as the till's is.
type plain struct {
	db   *sql.DB
	conn *sql.Conn
	put  *sql.Stmt
}

func openPlain(ctx context.Context, dir string) (*plain, error) {
	db, err := sql.Open("sqlite", fmt.Sprintf("file:%s?_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"+
		"&_pragma=cache_size(-32768)&_pragma=wal_autocheckpoint(1000)", filepath.Join(dir, "plain.db")))
	if err != nil {
		return nil, err
	}
	p := &plain{db: db}
	if p.conn, err = db.Conn(ctx); err != nil {
		return nil, err
	}
	_, err = p.conn.ExecContext(ctx, `CREATE TABLE plain (n INTEGER PRIMARY KEY, doc TEXT, name TEXT, price INTEGER, qty INTEGER, sum INTEGER)`)
	if err != nil {
		return nil, err
	}
	p.put, err = p.conn.PrepareContext(ctx, `INSERT INTO plain (doc, name, price, qty, sum) VALUES (?,?,?,?,?)`)
	return p, err
}

func (p *plain) one(ctx context.Context) error {
	_, err := p.put.ExecContext(ctx, "0193b0a0-0000-7000-8000-000000000000", "Молоко деревенское 3,2% 900 г", 99_00, 1000, 99_00)
	return err
}

func (p *plain) insert(ctx context.Context, n int) error {
	if _, err := p.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	for range n {
		if err := p.one(ctx); err != nil {
			return err
		}
	}
	_, err := p.conn.ExecContext(ctx, "COMMIT")
	return err
}

func (p *plain) close() {
	p.put.Close()
	p.conn.Close()
	p.db.Close()
}
