package kills_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/cmd/internal/killat"
	"kassa/storage/postgres/pgtest"
)

// sales is how many a till made that are still to be told.
const sales = 20

// sell rings up so many sales.
func (k *talk) sell(n int) {
	k.w.Helper()
	code := k.w.made["products"].([]any)[0].(map[string]any)["barcode"]
	for range n {
		due := k.must("scan", "code", code).text("due")
		k.must("tender", "method", "cash", "amount", due)
		k.must("sale.finish")
	}
}

// setUp makes merchants, an offer, and orders that stand at different steps.
func (k *talk) setUp() {
	k.w.Helper()
	k.must("merchant.put", "name", "Карта на карту", "commission", "2.5", "fee", "10")
	k.w.by = k.must("merchant.put", "name", "Курьер").text("id")
	k.must("offer.put", "text", "Доставка", "price", "350.00", "merchants", []string{k.w.by})
	for _, id := range []string{"asked", "paid", "back"} {
		k.must("order.new", "id", id, "text", "Починка "+id, "amount", "300.00", "merchant", k.w.by)
	}
	for _, id := range []string{"paid", "back"} {
		k.must("order.decide", "id", id, "version", 1, "decision", "approve", "request", "yes-"+id)
	}
	k.must("order.refund", "id", "back", "amount", "100.00", "reason", "не подошло", "request", "some-back")
}

// joined is a till with a server on a database, with much to tell and to hear.
func joined(t *testing.T, base string) *world {
	w := newWorld(t)
	w.base = base
	if base == "" {
		w.base = "sqlite:" + filepath.Join(w.dir, "server", "server.db")
	}
	require.NoError(t, os.Mkdir(filepath.Join(w.dir, "server"), 0o700))
	w.serve(-1)
	w.must("backend", "join", "http://"+w.addr, w.office("till", "add", "Касса"))
	k, err := w.work(-1)
	require.NoError(t, err)
	k.setUp()
	k.must("shift.open", "float", "1000.00")
	k.sell(sales)
	require.Zero(t, k.close().Code)
	require.Zero(t, w.leave().Code)
	return w
}

// TestKill_ServerOnSQLite kills the backend at each call while a till tells it twenty
// sales and an order is made, decided and given back.
func TestKill_ServerOnSQLite(t *testing.T) {
	traced(t)
	t.Parallel()
	sweep(t, joined(t, ""), killServer)
}

// TestKill_ServerOnPostgres does the same where each word to PostgreSQL is such a call.
func TestKill_ServerOnPostgres(t *testing.T) {
	traced(t)
	t.Parallel()
	sweep(t, joined(t, pgtest.URL(t)), killServer)
}

func killServer(w *world, at int) killat.End {
	first := w.serve(at)
	w.tellsAndDecides()
	if w.serving.over() { // after all that, by its own end
		w.serve(-1)
	}
	w.leave()
	w.serve(-1) // it begins again, whatever it was cut off at
	w.must("queue", "send")
	require.Zero(w, w.leave().Code)
	w.standsAsDone(w.base, sales)
	return w.end(first)
}

// tellsAndDecides is what a till does while the server is killed. Each step is done
// again with the same name until it is answered.
func (w *world) tellsAndDecides() {
	w.onceAlive("queue send", func() error { return w.try("queue", "send") })
	k, err := w.work(-1)
	require.NoError(w, err)
	for _, line := range orders(w.by) {
		w.onceAlive(line[0].(string), func() error { return k.answered(line) })
	}
	require.Zero(w, k.close().Code)
	w.onceAlive("queue send", func() error { return w.try("queue", "send") })
}

// answered asks for something until the server answered: what went into the queue for
// want of that is asked once more, by the same name, and comes there twice.
func (k *talk) answered(line []any) error {
	r, err := k.do(line[0].(string), line[1:]...)
	if err == nil && r.Result["queued"] == true {
		err = errors.New("it waits in the queue")
	}
	return err
}

// orders are commands of a till: an order is made, decided and given back in part.
func orders(merchant string) [][]any {
	return [][]any{
		{"order.new", "id", "mine", "text", "Замок", "amount", "700.00", "merchant", merchant},
		{"order.decide", "id", "mine", "version", 1, "decision", "approve", "request", "yes-mine"},
		{"order.refund", "id", "mine", "amount", "200.00", "reason", "не подошло", "request", "back-mine"},
	}
}

// cut parts a line of the books into the order it is about and the rest.
func cut(line string) (order, rest string, ok bool) { return strings.Cut(line, " | ") }

// standsAsDone requires all of that to be there once, at the backend and at the till.
func (w *world) standsAsDone(base string, sales int) {
	w.Helper()
	b := w.booksOf(base)
	w.whole(b)
	w.mirrors(b)
	require.Equal(w, sales, w.sold())
	require.Len(w, b.Merchants, 2)
	require.Len(w, b.Offers, 1)
	require.Len(w, b.Orders, 4)
	var mine []string
	for _, e := range b.Events {
		if order, kind, _ := cut(e); order == "mine" {
			mine = append(mine, kind)
		}
	}
	require.Equal(w, []string{"1 | created", "2 | approved", "3 | refund.requested", "4 | refund.approved", "5 | refund.done"}, mine)
	require.Len(w, b.Refunds, 2)
	require.Len(w, b.Journal, 5, "three payments and two refunds, each booked once")
}
