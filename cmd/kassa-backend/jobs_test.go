package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/manual"
	pay "kassa/pos/manual"
	"kassa/storage/central"
	"kassa/storage/postgres/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// ago is a clock that is behind.
type ago time.Duration

func (a ago) Now() time.Time { return time.Now().Add(-time.Duration(a)) }

// waited leaves an order whose time ran out while nobody served.
func waited(t *testing.T, database string) {
	t.Helper()
	p := &program{options: options{database: database}}
	_, s, err := p.open(t.Context(), true)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	waitsSince(t, s, 31*24*time.Hour)
}

// waitsSince leaves an order that was opened a while ago.
func waitsSince(t *testing.T, s *central.Store, at time.Duration) {
	t.Helper()
	b := backend.New(backend.Params{Store: s, Clock: ago(at), IDs: uuids{}})
	from := manual.From{Till: "t1", By: pay.Person{ID: "e1", Name: "Ольга"}, Rights: pay.AllRights()}
	_, err := b.PutMerchant(t.Context(), from, pay.Merchant{ID: "m1", Name: "Карта", Account: "RUB"})
	require.NoError(t, err)
	_, err = b.New(t.Context(), from, pay.Ask{ID: "p1", Where: pay.AtTill, Text: "Занятие", Price: 1000_00, Merchant: "m1"})
	require.NoError(t, err)
}

// free are addresses nobody listens on.
func free(t *testing.T, n int) (all []string) {
	t.Helper()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		defer func() { require.NoError(t, l.Close()) }() // at the end, so that each is another
		all = append(all, l.Addr().String())
	}
	return all
}

// got is what an address answers, "" while nobody does.
func got(url string) string {
	resp, err := http.Get(url)
	if err != nil {
		return ""
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	return string(body)
}

// A server does what is due by itself, says so to whoever watches it, and ends in
// order; of several over one database it does not matter which.
func TestServe_DoesJobs(t *testing.T) {
	for name, test := range map[string]struct {
		database string
		copies   int
	}{
		"sqlite":   {"sqlite:" + filepath.Join(t.TempDir(), "backend.db"), 1},
		"postgres": {pgtest.URL(t), 2},
	} {
		t.Run(name, func(t *testing.T) {
			waited(t, test.database)
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan int, test.copies)
			all := free(t, test.copies)
			for _, at := range all {
				go func() {
					ended <- run(ctx, []string{"serve", "--database", test.database, "--listen", at}, func(string) string { return "" }, io.Discard, io.Discard)
				}()
			}
			for _, at := range all {
				says := func(path, text string) {
					t.Helper()
					require.Eventually(t, func() bool { return strings.Contains(got("http://"+at+path), text) }, 30*time.Second, 10*time.Millisecond, text)
				}
				says("/readyz", `"queue":"working"`)
				says("/metrics", `kassa_jobs{state="done"} 1`)
				says("/metrics", `kassa_jobs{state="runs"} 0`)
			}
			stop()
			for range test.copies {
				assert.Equal(t, exitDone, <-ended)
			}
			p := &program{options: options{database: test.database}}
			require.NoError(t, p.with(t.Context(), func(b *backend.Backend) error {
				k, err := b.Order(t.Context(), "p1")
				require.NoError(t, err)
				require.Equal(t, pay.Declined, k.State)
				require.Len(t, k.Events, 2)
				return nil
			}))
		})
	}
}
