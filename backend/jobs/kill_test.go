package jobs_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend/internal/desk"
	"kassa/backend/jobs"
	"kassa/backend/store"
	"kassa/pos/postest"
	"kassa/storage/central"
	"kassa/storage/postgres"
	"kassa/storage/postgres/pgtest"
)

// childAt names the environment variable that makes this program one that begins a job
// and never ends it; it holds where the database is.
const childAt = "KASSA_TEST_JOBS_AT"

// openAt opens a database by its URL or its file.
func openAt(ctx context.Context, at string) (*central.Store, error) {
	if strings.HasPrefix(at, "postgres") {
		return postgres.OpenBackend(ctx, at, nil)
	}
	return central.OpenFile(ctx, at, false, nil)
}

// child does jobs as the program does, and hangs in the first one.
func child(at string) int {
	ctx := context.Background()
	s, err := openAt(ctx, at)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	j := jobs.New(desk.New(desk.Params{Store: s, Clock: wall{}, IDs: postest.IDsAfter(1)}))
	jobs.Define(j, jobs.Kind[letter]{Name: "test.letter", Do: func(context.Context, jobs.Job, letter) error {
		fmt.Println("begun")
		select {}
	}})
	j.RunJobs(ctx)
	return 0
}

// killed has a program begin the job that waits, and kills it in its middle.
func killed(t *testing.T, at string) {
	t.Helper()
	program := exec.Command(os.Args[0])
	program.Env = append(os.Environ(), childAt+"="+at)
	out, err := program.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, program.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	assert.NoError(t, err)
	assert.Equal(t, "begun\n", line)
	require.NoError(t, program.Process.Kill())
	require.Error(t, program.Wait())
}

// prepared is a database with one job, which nobody has open.
func prepared(t *testing.T, at string) {
	t.Helper()
	s, err := openAt(t.Context(), at)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	require.NoError(t, s.Change(t.Context(), func(x store.Tx) error {
		_, err := x.AddJob(&store.NewJob{Kind: "test.letter", Key: "k", Args: []byte(`{"to":"Анна"}`), Attempts: 3})
		return err
	}))
}

func reopened(t *testing.T, at string) *house {
	t.Helper()
	s, err := openAt(t.Context(), at)
	require.NoError(t, err)
	return build(t, s, nil)
}

// What a killed program was doing is done again as soon as the next one begins, where
// nobody else can be doing it.
func TestJobs_KilledOnSQLite(t *testing.T) {
	at := filepath.Join(t.TempDir(), central.FileName)
	prepared(t, at)
	killed(t, at)
	h := reopened(t, at)
	require.Equal(t, store.JobRuns, h.only().State, "as it was left")
	require.Equal(t, []string{"Анна"}, h.due())
	require.Equal(t, store.JobDone, h.only().State)
	require.Equal(t, 2, h.only().Attempt)
}

// Where others may be doing it, it is done again by one of them after a while.
func TestJobs_KillOnPostgres(t *testing.T) {
	if os.Getenv("KASSA_SOAK") == "" {
		t.Skip("KASSA_SOAK=1 runs it: it lasts a minute")
	}
	at := pgtest.URL(t)
	prepared(t, at)
	killed(t, at)
	h := reopened(t, at)
	ctx, stop := context.WithTimeout(t.Context(), 3*time.Minute)
	defer stop()
	h.do = func(context.Context, jobs.Job, letter) error { stop(); return nil }
	h.RunJobs(ctx)
	require.Equal(t, []string{"Анна"}, h.done)
	require.Equal(t, store.JobDone, h.only().State)
}

// A program that is asked to end finishes what it does, begins nothing more, and
// leaves nothing claimed.
func TestJobs_EndsInOrder(t *testing.T) {
	const many = 300 // which nobody begins at once
	engines(t, func(h *house) {
		for i := range many {
			h.add(fmt.Sprint(i), 0, fmt.Sprint(i))
		}
		ctx, stop := context.WithCancel(h.Context())
		h.do = func(ctx context.Context, _ jobs.Job, _ letter) error {
			stop()
			return ctx.Err() // it is given the time to finish
		}
		h.RunJobs(ctx)
		require.Equal(h, jobs.Stopped, h.JobsMode())
		counts, err := h.CountJobs(h.Context())
		require.NoError(h, err)
		require.Zero(h, counts[store.JobRuns])
		require.EqualValues(h, len(h.done), counts[store.JobDone])
		require.EqualValues(h, many, counts[store.JobDone]+counts[store.JobDue])
		require.NotZero(h, counts[store.JobDue])
	})
}
