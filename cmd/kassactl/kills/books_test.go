package kills_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"
	_ "github.com/jackc/pgx/v5/stdlib" // to look into the server's books
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // to look into both programs' files

	"kassa/backend"
	"kassa/pos/manual"
	"kassa/storage/central"
	"kassa/storage/postgres"
)

// books are what a backend keeps, a line for a row.
type books struct {
	Messages                                            []string // of tills, by id
	Merchants, Offers, Orders, Events, Refunds, Journal []string
	Timed                                               []string // open orders with the jobs that end them
	Apart, Cases, Held                                  []string // what must not be
}

// rows reads a table as lines.
func (w *world) rows(db *sql.DB, query string) []string {
	w.Helper()
	got, err := db.QueryContext(w.Context(), query)
	require.NoError(w, err)
	defer got.Close()
	names, err := got.Columns()
	require.NoError(w, err)
	lines := []string{}
	for got.Next() {
		values, at := make([]sql.NullString, len(names)), make([]any, len(names))
		for i := range values {
			at[i] = &values[i]
		}
		require.NoError(w, got.Scan(at...))
		var line []string
		for _, v := range values {
			line = append(line, v.String)
		}
		lines = append(lines, strings.Join(line, " | "))
	}
	require.NoError(w, got.Err())
	return lines
}

// file is a database of the till's, as it stands; nobody works with it.
func (w *world) file(path string) *sql.DB {
	w.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	require.NoError(w, err)
	w.Cleanup(func() { _ = db.Close() })
	return db
}

func (w *world) till() *sql.DB { return w.file(filepath.Join(w.dir, "home", "kassa.db")) }

// carried is where the till's own backend keeps what it has.
func (w *world) carried() string { return "sqlite:" + filepath.Join(w.dir, "home", central.FileName) }

// booksOf reads what a backend keeps, and proves its books. Nobody may serve it.
func (w *world) booksOf(base string) (b books) {
	w.Helper()
	var db *sql.DB
	args := "CAST(j.args AS TEXT)" // of a job
	if path, isFile := strings.CutPrefix(base, "sqlite:"); isFile {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return b
		}
		db, args = w.file(path), "json(j.args)"
	} else {
		var err error
		db, err = sql.Open("pgx", base)
		require.NoError(w, err)
	}
	defer db.Close()
	for at, query := range map[*[]string]string{
		&b.Messages:  "SELECT id FROM messages ORDER BY id",
		&b.Merchants: "SELECT id, version, name, archived FROM manual_merchants ORDER BY id",
		&b.Offers:    "SELECT id, version, text, price, merchants, archived FROM manual_offers ORDER BY id",
		&b.Orders:    "SELECT id, version, state, merchant, price, confirmed, refunded, pending FROM manual_orders ORDER BY id",
		&b.Events:    "SELECT order_id, n, kind FROM manual_events ORDER BY order_id, n",
		&b.Refunds:   "SELECT id, order_id, amount, state FROM manual_refunds ORDER BY id",
		&b.Journal:   "SELECT kind, doc FROM journal ORDER BY kind, doc",
		&b.Apart:     "SELECT id, kind, why FROM apart ORDER BY id",
		&b.Held:      "SELECT id, kind, args FROM river_job WHERE state = 'running'",
		&b.Timed: `SELECT o.id, (SELECT COUNT(*) FROM river_job j WHERE j.kind = 'order.deadline' AND j.state = 'scheduled' AND ` + args + ` LIKE '%"' || o.id || '"%')
			FROM manual_orders o WHERE o.state = 'open' ORDER BY o.id`,
		&b.Cases: "SELECT kind, about, detail FROM cases ORDER BY kind, about",
	} {
		*at = w.rows(db, query)
	}
	require.NoError(w, db.Close())
	require.Empty(w, b.Apart)
	require.Empty(w, b.Cases)
	require.Empty(w, b.Held, "jobs nobody does, and that nobody else may do")
	for _, order := range b.Timed {
		_, jobs, _ := cut(order)
		require.Equal(w, "1", jobs, "one job ends an order that is open: %s", order)
	}
	require.Empty(w, w.faults(base))
	return b
}

type wall struct{}

func (wall) Now() time.Time { return time.Now() }

type uuids struct{}

func (uuids) NewID() string { return uuid.NewString() }

// faults proves the books of manual payments as the program does.
func (w *world) faults(base string) []manual.Fault {
	w.Helper()
	var s *central.Store
	var err error
	log := slog.New(slog.DiscardHandler)
	if path, isFile := strings.CutPrefix(base, "sqlite:"); isFile {
		s, err = central.OpenFile(w.Context(), path, false, log)
	} else {
		s, err = postgres.OpenBackend(w.Context(), base, log)
	}
	require.NoError(w, err, "nobody holds it any more")
	faults, err := backend.New(backend.Params{Store: s, Clock: wall{}, IDs: uuids{}}).VerifyManual(w.Context())
	require.NoError(w, errors.Join(err, s.Close()))
	return faults
}

// sold is how many sales a till has, each once and with numbers that have no gap.
func (w *world) sold() int {
	w.Helper()
	var sales []map[string]string
	require.NoError(w, json.Unmarshal([]byte(w.must("export", "sales", "--format", "json")), &sales))
	for i, s := range sales {
		assert.Equal(w, fmt.Sprint(i+1), s["number"])
	}
	return len(sales)
}

// whole requires that the till's books are in order, that nothing waits, and that what
// it told is with one of the backends: each message, and nothing else.
func (w *world) whole(told ...books) {
	w.Helper()
	require.Equal(w, w.server() != "", strings.Contains(w.must("verify"), "kassa-backend verify"), "of a server it is said who proves its books")
	db := w.till()
	defer db.Close()
	require.Empty(w, w.rows(db, "SELECT kind, state, why, trouble FROM outbox WHERE state <> 'acknowledged'"), "the queue is empty")
	said := map[string]bool{}
	for _, id := range w.rows(db, "SELECT id FROM outbox") {
		said[id] = true
	}
	have := map[string]bool{}
	for _, b := range told {
		for _, id := range b.Messages {
			have[id] = true
		}
	}
	require.Equal(w, said, have, "what happened at the till and what backends were told")
}

// mirrors requires that the till's mirror shows what the backend has.
func (w *world) mirrors(b books) {
	w.Helper()
	db := w.till()
	defer db.Close()
	for kind, list := range map[string][]string{"manual.merchant": b.Merchants, "manual.offer": b.Offers, "manual.order": b.Orders} {
		want := []string{}
		for _, line := range list {
			want = append(want, strings.Join(strings.SplitN(line, " | ", 3)[:2], " | "))
		}
		require.Equal(w, want, w.rows(db, "SELECT id, version FROM mirror WHERE kind = '"+kind+"' ORDER BY id"), kind)
	}
}

// same requires that two backends keep the same of manual payments.
func (w *world) same(a, b books) {
	w.Helper()
	a.Messages, b.Messages = nil, nil
	require.Equal(w, a, b)
}
