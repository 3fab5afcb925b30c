package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/pos"
	pay "kassa/pos/manual"
	"kassa/storage/central"
	"kassa/storage/postgres/pgtest"
)

const year = 365 * 24 * time.Hour

// bases are a database of each kind.
func bases(t *testing.T, test func(t *testing.T, database string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, "sqlite:"+filepath.Join(t.TempDir(), "backend.db")) })
	t.Run("postgres", func(t *testing.T) { test(t, pgtest.URL(t)) })
}

// base opens a database and says how an order in it stands, as it is shown to whoever
// works with a clock.
func base(t *testing.T, database string) (s *central.Store, stands func(clock ago) pay.State) {
	t.Helper()
	p := &program{options: options{database: database}}
	_, s, err := p.open(t.Context(), true)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s, func(at ago) pay.State {
		t.Helper()
		b := backend.New(backend.Params{Store: s, Clock: at, IDs: uuids{}, Doubted: check(s, at).doubted})
		require.NoError(t, b.RunDueJobs(t.Context()))
		k, err := b.Order(t.Context(), "p1")
		require.NoError(t, err)
		return k.State
	}
}

func check(s *central.Store, at ago) *clockCheck {
	return &clockCheck{store: s, clock: at, log: slog.New(slog.DiscardHandler)}
}

// A server that starts with a clock far ahead ends nothing, and believes it no sooner
// the next time.
func TestClock_FarAheadAtTheStart(t *testing.T) {
	bases(t, func(t *testing.T, database string) {
		s, stands := base(t, database)
		waitsSince(t, s, time.Hour)
		require.Equal(t, pay.Open, stands(0), "and the time is noted")
		for range 2 {
			require.Equal(t, pay.Open, stands(-ago(year)))
		}
		require.Equal(t, pay.Open, stands(0))
		doubted, err := check(s, 0).doubted(t.Context())
		require.NoError(t, err)
		require.False(t, doubted, "the clock was put right")
	})
}

// A database that has a clock of its own is asked: a copy that is wrong by days ends
// nothing, even where no time was ever noted, and the others go on.
func TestClock_TheDatabasesOwn(t *testing.T) {
	s, stands := base(t, pgtest.URL(t))
	waitsSince(t, s, 29*24*time.Hour)
	for _, wrong := range []time.Duration{2 * 24 * time.Hour, year} {
		require.NoError(t, s.ConfirmClock(t.Context(), time.Time{}))
		require.Equal(t, pay.Open, stands(-ago(wrong)))
		known, err := s.Clocks(t.Context())
		require.NoError(t, err)
		require.Zero(t, known.Seen, "a time that is doubted is not noted")
		require.WithinDuration(t, time.Now(), known.Base, time.Minute)
	}
	doubted, err := check(s, ago(time.Minute)).doubted(t.Context())
	require.NoError(t, err)
	require.False(t, doubted, "no two clocks are alike")
	_, err = check(s, -ago(year)).confirm(t.Context())
	require.Equal(t, "backend.clock-apart", err.(*pos.Error).ID, "one of two is wrong, whatever is said")
	_, err = check(s, ago(50*year)).confirm(t.Context())
	require.Equal(t, "backend.clock-odd", err.(*pos.Error).ID)
}

// What is noted never goes back by itself, and not for each look.
func TestClock_IsNotedNowAndThen(t *testing.T) {
	bases(t, func(t *testing.T, database string) {
		s, _ := base(t, database)
		noted := func(at ago) time.Time {
			t.Helper()
			_, err := check(s, at).doubted(t.Context())
			require.NoError(t, err)
			known, err := s.Clocks(t.Context())
			require.NoError(t, err)
			return known.Seen
		}
		first := noted(0)
		require.WithinDuration(t, time.Now(), first, time.Minute)
		require.Equal(t, first, noted(-ago(20*time.Minute)))
		require.Equal(t, first, noted(ago(20*time.Minute)))
		require.NoError(t, s.SawClock(t.Context(), first.Add(-time.Hour)))
		require.Equal(t, first, noted(0))
		require.NoError(t, s.ConfirmClock(t.Context(), first.Add(-2*time.Hour)))
		require.False(t, noted(0).Before(first))
	})
}

// A server that was off for long says that it does not believe the clock, to whoever
// watches it and in a case, and goes on when somebody who looked says that it is right.
func TestServe_ClockInDoubt(t *testing.T) {
	bases(t, func(t *testing.T, database string) {
		s, _ := base(t, database)
		waitsSince(t, s, 40*24*time.Hour)
		require.NoError(t, s.ConfirmClock(t.Context(), time.Now().Add(-39*24*time.Hour)))
		require.NoError(t, s.Close())
		ctx, stop := context.WithCancel(t.Context())
		at, ended := free(t, 1)[0], make(chan int, 1)
		none := func(string) string { return "" }
		go func() {
			ended <- run(ctx, []string{"serve", "--database", database, "--listen", at}, none, io.Discard, io.Discard)
		}()
		require.Eventually(t, func() bool { return strings.Contains(got("http://"+at+"/readyz"), `"clock":"doubted"`) }, 30*time.Second, 10*time.Millisecond)
		shows := func() (k *pay.Kept, cases []backend.Case) {
			p := &program{options: options{database: database}, log: slog.New(slog.DiscardHandler)}
			require.NoError(t, p.with(t.Context(), func(b *backend.Backend) (err error) {
				if k, err = b.Order(t.Context(), "p1"); err != nil {
					return err
				}
				cases, err = b.ListCases(t.Context())
				return err
			}))
			return k, cases
		}
		k, cases := shows()
		require.Equal(t, pay.Open, k.State)
		require.Len(t, cases, 1)
		require.EqualValues(t, "clock", cases[0].Kind)
		var out bytes.Buffer
		require.Equal(t, exitDone, run(t.Context(), []string{"clock", "confirm", "--database", database, "--lang", "en"}, none, &out, io.Discard))
		require.Contains(t, out.String(), "The clock is taken as right")
		k, _ = shows()
		require.Equal(t, pay.Declined, k.State)
		stop()
		assert.Equal(t, exitDone, <-ended)
	})
}
