package jobs_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend/internal/desk"
	"kassa/backend/jobs"
	"kassa/pos/postest"
	"kassa/storage/central"
)

// wall is the time of the test's bubble.
type wall struct{}

func (wall) Now() time.Time { return time.Now() }

// A backend carried in a till does what is due, and with nothing due it writes nothing
// and reads nothing, for days: they pass in the test's own time.
func TestJobs_CarriedRests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		file := filepath.Join(t.TempDir(), central.FileName)
		s, err := central.OpenFile(t.Context(), file, false, nil)
		require.NoError(t, err)
		defer func() { require.NoError(t, s.Close()) }()
		s.SetJobClock(time.Now)
		d := desk.New(desk.Params{Store: s, Clock: wall{}, IDs: postest.IDsAfter(1), Carried: true})
		j := jobs.New(d)
		var mu sync.Mutex
		var all []string
		done := func() []string {
			mu.Lock()
			defer mu.Unlock()
			return slices.Clone(all)
		}
		adder := jobs.Define(j, jobs.Kind[letter]{Name: "test.letter", Do: func(_ context.Context, _ jobs.Job, about letter) error {
			mu.Lock()
			defer mu.Unlock()
			all = append(all, about.To)
			return nil
		}})
		add := func(to string, in time.Duration) {
			require.NoError(t, d.Change(t.Context(), func(o *desk.Op) error {
				_, err := adder.Add(o, to, time.Now().Add(in), letter{to})
				return err
			}))
		}
		writes := watchFile(t, file)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { defer close(ended); j.RunJobs(ctx) }()
		synctest.Wait()
		writes.none("nothing waits")
		time.Sleep(7 * 24 * time.Hour)
		writes.none("nothing waited for a week")
		require.Equal(t, jobs.Resting, j.JobsMode())

		add("at once", 0)
		time.Sleep(2 * time.Second)
		require.Equal(t, []string{"at once"}, done())
		require.Equal(t, jobs.Working, j.JobsMode(), "for a minute more may come")
		add("meanwhile", 0)
		time.Sleep(2 * time.Second)
		require.Equal(t, []string{"at once", "meanwhile"}, done())
		add("later", 30*24*time.Hour)
		time.Sleep(2 * time.Minute)
		require.Equal(t, jobs.Resting, j.JobsMode())
		writes.some("it was done")
		time.Sleep(30*24*time.Hour - 3*time.Minute)
		writes.none("nothing was due")
		require.Len(t, done(), 2)
		time.Sleep(2 * time.Minute)
		require.Equal(t, []string{"at once", "meanwhile", "later"}, done())
		time.Sleep(2 * time.Minute)
		writes.some("it was done")
		time.Sleep(24 * time.Hour)
		writes.none("all is done")
		stop()
		<-ended
		require.Equal(t, jobs.Stopped, j.JobsMode())
		writes.none("nothing was left claimed")
	})
}

// watched is a database file seen from outside.
type watched struct {
	*testing.T
	file string
	conn *sql.DB
	last [2]int64
}

func watchFile(t *testing.T, file string) *watched {
	conn, err := sql.Open("sqlite", "file://"+file+"?mode=ro")
	require.NoError(t, err)
	conn.SetMaxOpenConns(1)
	t.Cleanup(func() { assert.NoError(t, conn.Close()) })
	w := &watched{T: t, file: file, conn: conn}
	w.last = w.now()
	return w
}

// now is the version of the data, which every commit of another raises, and the
// length of the log.
func (w *watched) now() (n [2]int64) {
	w.Helper()
	require.NoError(w, w.conn.QueryRow("PRAGMA data_version").Scan(&n[0]))
	info, err := os.Stat(w.file + "-wal")
	require.NoError(w, err)
	n[1] = info.Size()
	return n
}

func (w *watched) none(why string) {
	w.Helper()
	require.Equal(w, w.last, w.now(), why)
}

func (w *watched) some(why string) {
	w.Helper()
	now := w.now()
	require.NotEqual(w, w.last[0], now[0], why)
	w.last = now
}
