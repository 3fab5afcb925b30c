package shop

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend/jobs"
	"kassa/cmd/internal/duties"
	"kassa/pos/hidden"
)

// becomes waits until the carried backend's jobs stand so.
func becomes(t *testing.T, s *Shop, want jobs.Mode) {
	t.Helper()
	require.Eventually(t, func() bool { return s.behind.duties.Mode() == want }, 10*time.Second, time.Millisecond, string(want))
}

// The carried backend does what it has to while it stands behind the till, and nothing
// while a server does; where nobody stays it does nothing at all.
func TestDuties_OfWhoStandsBehindTheTill(t *testing.T) {
	s, a := open(t)
	b, server := aServer(t)
	paidFor(t, s, a, "one")
	assert.Equal(t, jobs.Stopped, s.behind.duties.Mode(), "nobody stays")
	in, waits, err := s.behind.carried.NextJob(t.Context(), []string{"order.deadline"})
	require.NoError(t, err)
	require.True(t, waits)
	require.InDelta(t, 30*24*time.Hour, in, float64(time.Minute), "the deadline")

	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	s.behind.duties.Keep(ctx, duties.Kept{Server: s.Till.Server, Go: s.copies.Go, Log: s.Log})
	becomes(t, s, jobs.Resting)
	code, err := b.AddTill(t.Context(), "Касса 1")
	require.NoError(t, err)
	_, err = s.JoinServer(t.Context(), a, server.URL, code.Text, time.Time{})
	require.NoError(t, err)
	assert.Equal(t, jobs.Stopped, s.behind.duties.Mode(), "from the moment the till turned")
	require.Nil(t, s.TellAll(t.Context()).Trouble)
	assert.Equal(t, jobs.Stopped, s.behind.duties.Mode(), "though it was asked for what it had")
	all, err := b.ListJobs(t.Context(), jobs.Filter{})
	require.NoError(t, err)
	require.Len(t, all, 1, "the deadline is the server's now")

	require.NoError(t, s.LeaveServer(t.Context(), a, false))
	becomes(t, s, jobs.Resting)
	stop()
	becomes(t, s, jobs.Stopped)
}

// A till that could not join goes on with what it carries.
func TestDuties_GoOnWhereJoiningCameToNothing(t *testing.T) {
	s, a := open(t)
	_, server := aServer(t)
	paidFor(t, s, a, "one")
	s.KeepTelling(t.Context())
	becomes(t, s, jobs.Resting)
	again := s.behind.duties.Rest()
	_, err := s.backendAt("")
	require.NoError(t, err)
	assert.Equal(t, jobs.Stopped, s.behind.duties.Mode(), "while the till turns nobody begins them")
	again()
	becomes(t, s, jobs.Resting)
	_, err = s.JoinServer(t.Context(), a, server.URL, hidden.New("wrong"), time.Time{})
	require.Error(t, err)
	becomes(t, s, jobs.Resting)
}
