package queue_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/till/tilltest"
)

func view(t *testing.T, s *tilltest.Shop) pos.OutboxCounts {
	t.Helper()
	v, err := s.Till.Queue(s.Context(), s.Owner, 0, 1000)
	require.NoError(t, err)
	return v.Counts
}

// What cannot be taken is tried a few times and then put aside with what was wrong;
// what stands behind it of the same object waits, and sending it again begins anew.
func TestQueue_PutsAsideWhatIsNotTaken(t *testing.T) {
	s := tilltest.TellingDay(t)
	all := view(t, s).Waiting
	bad := s.Told()[0]
	refused := exchange.Answer{ID: bad.ID, Verdict: exchange.Rejected, Problem: pos.E(pos.CodeInvalid, "backend.command", pos.Args{"Field": "body"})}
	for i := range pos.OutboxTries {
		require.Zero(t, view(t, s).Aside, "try %d", i)
		done, err := s.Till.SettleBatch(s.Context(), []exchange.Answer{refused})
		require.NoError(t, err)
		require.Zero(t, done)
	}
	require.Equal(t, pos.OutboxCounts{Waiting: all - 1, Aside: 1}, view(t, s))
	m, err := s.Till.Queued(s.Context(), s.Owner, bad.ID)
	require.NoError(t, err)
	require.Equal(t, pos.OutboxTries, m.Tries)
	require.Equal(t, "body", m.Trouble.Args["Field"])
	out, err := s.Till.NextBatch(s.Context())
	require.NoError(t, err)
	for _, c := range out.Commands {
		require.NotEqual(t, bad.Object, c.Object, "order is kept for each object")
	}
	require.NoError(t, s.Till.ResendQueued(s.Context(), s.Owner, bad.ID))
	m, err = s.Till.Queued(s.Context(), s.Owner, bad.ID)
	require.NoError(t, err)
	require.Equal(t, pos.OutboxWaiting, m.State)
	require.Zero(t, m.Tries)
	require.Nil(t, m.Trouble)

	behind := exchange.Answer{ID: bad.ID, Verdict: exchange.Rejected, Problem: pos.E(pos.CodeConflict, exchange.IDBehind, nil)}
	_, err = s.Till.SettleBatch(s.Context(), []exchange.Answer{behind})
	require.NoError(t, err)
	m, err = s.Till.Queued(s.Context(), s.Owner, bad.ID)
	require.NoError(t, err)
	require.Zero(t, m.Tries, "it was not looked at")
	s.Sound()
}

// Whoever lacks the right changes nothing, and what was done is recorded.
func TestQueue_AsksTheRight(t *testing.T) {
	s := tilltest.TellingDay(t)
	id := s.Told()[0].ID
	for name, do := range map[string]func(pos.Actor) error{
		"pause":  func(a pos.Actor) error { return s.Till.PauseQueue(s.Context(), a) },
		"resume": func(a pos.Actor) error { return s.Till.ResumeQueue(s.Context(), a) },
		"aside": func(a pos.Actor) error {
			return s.Till.PutQueuedAside(s.Context(), a, id, "ждём поддержку")
		},
		"resend": func(a pos.Actor) error { return s.Till.ResendQueued(s.Context(), a, id) },
	} {
		tilltest.Refused(t, do(s.Cashier), pos.CodeForbidden, "till.forbidden")
		require.NoError(t, do(s.Owner), name)
	}
	require.Equal(t, 1, s.Happened(pos.EventQueuePaused))
	require.Equal(t, 1, s.Happened(pos.EventQueueResumed))
}

// Nothing goes while the queue is paused, and reasons have words and an end.
func TestQueue_PausesAndReasons(t *testing.T) {
	s := tilltest.TellingDay(t)
	require.NoError(t, s.Till.PauseQueue(s.Context(), s.Owner))
	out, err := s.Till.NextBatch(s.Context())
	require.NoError(t, err)
	require.True(t, out.Paused)
	require.Empty(t, out.Commands)
	id := s.Told()[0].ID
	for _, why := range []string{"", "  ", strings.Repeat("я", 201), "a\x00b"} {
		tilltest.Refused(t, s.Till.PutQueuedAside(s.Context(), s.Owner, id, why), pos.CodeInvalid, "queue.reason")
	}
	require.NoError(t, s.Till.PutQueuedAside(s.Context(), s.Owner, id, "ждём поддержку"))
	tilltest.Refused(t, s.Till.PutQueuedAside(s.Context(), s.Owner, id, "ещё раз"), pos.CodeConflict, "queue.not-waiting")
	n, err := s.Till.ResendQueue(s.Context(), s.Owner)
	require.NoError(t, err)
	require.Equal(t, 1, n)
}

// A server has to have what was told it since it was joined, what waited then and what
// of the history was taken back for it included: by that its loss is found. Joining it
// again changes nothing of that; another one knows of nothing.
func TestTurnTo_WhatTheServerHasToHave(t *testing.T) {
	s := tilltest.TellingDay(t)
	turn := func(to string, since time.Time) {
		_, err := s.Till.TurnTo(s.Context(), s.Owner, to, since)
		require.NoError(t, err)
	}
	tell := func() {
		for {
			out, err := s.Till.NextBatch(s.Context())
			require.NoError(t, err)
			if len(out.Commands) == 0 {
				return
			}
			var answers []exchange.Answer
			for _, c := range out.Commands {
				answers = append(answers, exchange.Answer{ID: c.ID, Verdict: exchange.Applied})
			}
			_, err = s.Till.SettleBatch(s.Context(), answers)
			require.NoError(t, err)
		}
	}
	known := func() (n int64) {
		spans, err := s.Till.Acknowledged(s.Context())
		require.NoError(t, err)
		for _, one := range spans {
			n += one.Count
		}
		return n
	}
	all := view(t, s).Waiting
	turn("https://kassa.example", time.Time{})
	tell()
	require.Equal(t, all, known(), "what waited")
	turn("https://kassa.example", time.Time{})
	require.Equal(t, all, known(), "joined again")
	turn("https://other.example", time.Time{})
	require.Zero(t, known())
	turn("", time.UnixMilli(1))
	tell()
	require.Equal(t, all, known(), "history")
	_, lost, err := s.Till.TakeBackLost(s.Context(), 0, func(string) bool { return false })
	require.NoError(t, err)
	require.EqualValues(t, all, lost)
	s.Sound()
}
