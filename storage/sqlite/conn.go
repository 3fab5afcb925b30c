package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"strconv"
)

// conn is one connection with the statements it has prepared so far. Only one
// goroutine uses it at a time.
type conn struct {
	c       *sql.Conn
	stmts   map[string]*sql.Stmt   // that read
	changes map[string]driver.Stmt // that change
	args    []driver.NamedValue    // of the change being made
}

func newConn(ctx context.Context, db *sql.DB) (*conn, error) {
	c, err := db.Conn(ctx)
	if err != nil {
		return nil, Translate(err)
	}
	return &conn{c: c, stmts: map[string]*sql.Stmt{}, changes: map[string]driver.Stmt{}}, nil
}

// prepared returns the statement, prepared at most once per connection. Texts
// are constants of this program, so their number is bounded.
func (c *conn) prepared(ctx context.Context, text string) (*sql.Stmt, error) {
	if s, ok := c.stmts[text]; ok {
		return s, nil
	}
	s, err := c.c.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	c.stmts[text] = s
	return s, nil
}

// exec makes a change and returns how many rows it was of. It hands the values
// to the driver itself: database/sql makes a list of its own for each statement,
// and the lines of a sale have hundreds of values.
func (c *conn) exec(ctx context.Context, text string, args ...any) (n int64, err error) {
	err = c.c.Raw(func(raw any) error {
		s, err := c.change(ctx, raw, text)
		if err != nil {
			return err
		}
		if err := c.take(args); err != nil {
			return err
		}
		defer clear(c.args)
		res, err := s.(driver.StmtExecContext).ExecContext(ctx, c.args)
		if err != nil {
			return err
		}
		n, err = res.RowsAffected()
		return err
	})
	return n, err
}

// change is prepared for a statement that changes.
func (c *conn) change(ctx context.Context, raw any, text string) (driver.Stmt, error) {
	if s, ok := c.changes[text]; ok {
		return s, nil
	}
	s, err := raw.(driver.ConnPrepareContext).PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	c.changes[text] = s
	return s, nil
}

// take puts values where the driver reads them.
func (c *conn) take(args []any) error {
	c.args = c.args[:0]
	for i, v := range args {
		if n, ok := v.(int); ok {
			v = int64(n)
		} else if !driver.IsValue(v) {
			var err error
			if v, err = driver.DefaultParameterConverter.ConvertValue(v); err != nil {
				return err
			}
		}
		c.args = append(c.args, driver.NamedValue{Ordinal: i + 1, Value: v})
	}
	return nil
}

func (c *conn) close() {
	for _, s := range c.stmts {
		s.Close()
	}
	// An error says that the connection is closed already, and they with it.
	_ = c.c.Raw(func(any) error {
		for _, s := range c.changes {
			s.Close()
		}
		return nil
	})
	c.c.Close()
}

// Tx is one transaction. Its methods are not for use by several goroutines,
// nor after the transaction ended.
type Tx struct {
	ctx    context.Context // the caller's
	run    context.Context // what statements run under
	c      *conn
	era    int64
	wrote  bool
	failed error // after which nothing may be committed
}

// Exec runs a statement that changes rows and returns how many.
func (t *Tx) Exec(text string, args ...any) (int64, error) {
	if err := t.usable(); err != nil {
		return 0, err
	}
	t.wrote = true
	n, err := t.c.exec(t.run, text, args...)
	return n, t.fail(err)
}

// Row reads at most one row into dest. It reports false when there is none.
func (t *Tx) Row(text string, args []any, dest ...any) (bool, error) {
	if err := t.usable(); err != nil {
		return false, err
	}
	s, err := t.c.prepared(t.run, text)
	if err != nil {
		return false, t.fail(err)
	}
	rows, err := s.QueryContext(t.run, args...)
	if err != nil {
		return false, t.fail(err)
	}
	defer rows.Close()
	if !rows.Next() {
		return false, t.fail(rows.Err())
	}
	if err := rows.Scan(dest...); err != nil {
		return false, t.fail(err)
	}
	return true, t.fail(rows.Close())
}

// Each reads every row through scan; an error of scan ends the reading and is
// returned. scan must not run the same statement text.
func (t *Tx) Each(text string, args []any, scan func(*sql.Rows) error) error {
	if err := t.usable(); err != nil {
		return err
	}
	s, err := t.c.prepared(t.run, text)
	if err != nil {
		return t.fail(err)
	}
	rows, err := s.QueryContext(t.run, args...)
	if err != nil {
		return t.fail(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return t.fail(err)
		}
	}
	return t.fail(rows.Err())
}

// usable refuses to go on after a failure or when nobody waits any more.
func (t *Tx) usable() error {
	if t.failed != nil {
		return t.failed
	}
	return t.ctx.Err()
}

// fail translates an error and remembers one after which the transaction
// cannot be trusted.
func (t *Tx) fail(err error) error {
	if err == nil {
		return nil
	}
	out := Translate(err)
	if poisons(err) {
		t.failed = out
	}
	return out
}

// ExecRow is Row for a statement that changes rows and returns one.
func (t *Tx) ExecRow(text string, args []any, dest ...any) (bool, error) {
	t.wrote = true
	return t.Row(text, args, dest...)
}

// Context is the caller's.
func (t *Tx) Context() context.Context { return t.ctx }

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
