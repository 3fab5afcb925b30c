package kills_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/cmd/internal/killat"
)

// apart is a till on its own with sales that were not told yet, and a server it has
// nothing to do with.
func apart(t *testing.T) *world {
	w := alone(t)
	k, err := w.work(-1)
	require.NoError(t, err)
	k.sell(some)
	require.Zero(t, k.close().Code)
	require.NoError(t, os.Mkdir(filepath.Join(w.dir, "server"), 0o700))
	w.base = "sqlite:" + filepath.Join(w.dir, "server", "server.db")
	w.office("migrate")
	return w
}

// server is the address of the server the till is with, "" for the one it carries.
func (w *world) server() string {
	w.Helper()
	at := w.rows(w.till(), "SELECT value FROM meta WHERE key = 'queue.server'")
	return strings.Join(at, "")
}

// TestKill_Joining kills `backend join` at each call. The shop is with the one or the
// other, sells on, and joining again by the same code ends it.
func TestKill_Joining(t *testing.T) {
	traced(t)
	t.Parallel()
	sweep(t, apart(t), func(w *world, at int) killat.End {
		w.serve(-1)
		join := []string{"backend", "join", "http://" + w.addr, w.office("till", "add", "Касса"), "--since", "2020-01-01"}
		_, e := w.ctl(at, join...)
		w.must("verify")
		require.Contains(w, []string{"", "http://" + w.addr}, w.server())
		w.must("queue", "send") // to whichever it is with
		w.must(join...)
		w.must("queue", "send")
		require.Equal(w, "http://"+w.addr, w.server())
		require.Zero(w, w.leave().Code)
		b := w.booksOf(w.base)
		w.whole(b) // all of the history is there
		w.mirrors(b)
		w.same(w.booksOf(w.carried()), b)
		require.Len(w, b.Orders, 3)
		require.Equal(w, 2*some, w.sold())
		return e
	})
}

// TestKill_HandingOver kills the till at each call while it brings to the server it
// joined what its own backend kept.
func TestKill_HandingOver(t *testing.T) {
	traced(t)
	t.Parallel()
	from := apart(t)
	from.serve(-1)
	from.must("backend", "join", "http://"+from.addr, from.office("till", "add", "Касса"))
	require.Zero(t, from.leave().Code)
	sweep(t, from, func(w *world, at int) killat.End {
		w.serve(-1)
		_, e := w.ctl(at, "queue", "send")
		w.must("queue", "send")
		require.Zero(w, w.leave().Code)
		there, here := w.booksOf(w.base), w.booksOf(w.carried())
		w.whole(here, there)
		w.mirrors(there)
		w.same(here, there)
		require.Len(w, there.Orders, 3)
		return e
	})
}

// TestKill_Leaving kills `backend leave` at each call, of a till whose server decided
// what its own backend has only as it was asked.
func TestKill_Leaving(t *testing.T) {
	traced(t)
	t.Parallel()
	from := apart(t)
	from.serve(-1)
	from.must("backend", "join", "http://"+from.addr, from.office("till", "add", "Касса"))
	from.must("queue", "send")
	k, err := from.work(-1)
	require.NoError(t, err)
	k.must("order.decide", "id", "asked", "version", 1, "decision", "approve", "request", "yes-asked")
	for _, line := range orders(from.by) {
		k.must(line[0].(string), line[1:]...)
	}
	require.Zero(t, k.close().Code)
	from.must("queue", "send")
	require.Zero(t, from.leave().Code)
	sweep(t, from, func(w *world, at int) killat.End {
		w.serve(-1)
		_, e := w.ctl(at, "backend", "leave")
		w.must("verify")
		require.Contains(w, []string{"", "http://" + w.addr}, w.server())
		if out, again := w.ctl(-1, "backend", "leave"); again.Code != 0 {
			require.Contains(w, out, "и так без сервера", "all was done, and it could not say so any more")
		}
		require.Empty(w, w.server())
		require.Empty(w, w.rows(w.till(), "SELECT value FROM meta WHERE key = 'queue.handover' AND value <> ''"), "nothing is left to be done")
		w.must("queue", "send")
		require.Zero(w, w.leave().Code)
		there, here := w.booksOf(w.base), w.booksOf(w.carried())
		w.whole(here, there)
		w.mirrors(here)
		w.same(there, here)
		require.Len(w, here.Orders, 4)
		return e
	})
}
