package upkeep_test

// These tests keep slips until they are printed.

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till/tilltest"
)

// aSlip is a receipt to be printed.
func aSlip(title string) pos.PrintJob {
	return pos.PrintJob{Kind: pos.PrintReceipt, Doc: "sale-1", Title: title, Lines: []string{"Чек № 1", "", "ИТОГ 5,00"}, QR: "sale-1", Copies: 1}
}

// noPaper is why a printer stops.
var noPaper = pos.E(pos.CodeUnavailable, "print.no-paper", pos.Args{"Address": "lp0"})

// queued hands a slip in and lets printing end in a state.
func queued(s *tilltest.Shop, title string, end pos.PrintState, cause *pos.Error) *pos.PrintJob {
	s.Helper()
	j, err := s.QueuePrint(s.Context(), s.Cashier, aSlip(title))
	require.NoError(s, err)
	_, err = s.BeginPrint(s.Context(), s.Cashier, j.ID)
	require.NoError(s, err)
	j, err = s.EndPrint(s.Context(), s.Cashier, j.ID, end, cause)
	require.NoError(s, err)
	return j
}

// openPrints are the slips that wait for somebody.
func openPrints(s *tilltest.Shop) []pos.PrintJob {
	s.Helper()
	list, err := s.Prints(s.Context(), true, 10)
	require.NoError(s, err)
	n, err := s.OpenPrints(s.Context())
	require.NoError(s, err)
	require.Len(s, list, n)
	return list
}

func TestTill_QueuePrint(t *testing.T) {
	s := tilltest.Demo(t)
	t.Run("keeps what the slip says and how it ended", func(t *testing.T) {
		j := queued(s, "Чек № 1", pos.PrintFailed, noPaper)
		require.Equal(t, aSlip("").Lines, j.Lines)
		require.Equal(t, s.Cashier.ID, j.Employee)
		require.Equal(t, 1, j.Tries)
		list := openPrints(s)
		require.Len(t, list, 1)
		require.Equal(t, *j, list[0])
		e := tilltest.Refused(t, list[0].Problem(), pos.CodeUnavailable, "print.no-paper")
		require.Equal(t, "lp0", e.Args["Address"])
	})
	t.Run("refuses what cannot be printed", func(t *testing.T) {
		for name, spoil := range map[string]func(*pos.PrintJob){
			"nothing":        func(j *pos.PrintJob) { j.Lines = nil },
			"a long line":    func(j *pos.PrintJob) { j.Lines = []string{strings.Repeat("x", pos.MaxPrintRunes+1)} },
			"two lines":      func(j *pos.PrintJob) { j.Lines = []string{"a\nb"} },
			"too many lines": func(j *pos.PrintJob) { j.Lines = make([]string, pos.MaxPrintLines+1) },
			"no kind":        func(j *pos.PrintJob) { j.Kind = "" },
			"no copy":        func(j *pos.PrintJob) { j.Copies = 0 },
			"many copies":    func(j *pos.PrintJob) { j.Copies = 10 },
			"a command":      func(j *pos.PrintJob) { j.QR = "\x1b@" },
		} {
			j := aSlip("x")
			spoil(&j)
			_, err := s.QueuePrint(s.Context(), s.Cashier, j)
			require.Equal(t, pos.CodeInvalid, pos.CodeOf(err), name)
		}
	})
	t.Run("prints a slip once", func(t *testing.T) {
		j := queued(s, "Чек № 2", pos.PrintDone, nil)
		_, err := s.BeginPrint(s.Context(), s.Cashier, j.ID)
		tilltest.Refused(t, err, pos.CodeConflict, "print.not-waiting")
		_, err = s.PrintAgain(s.Context(), s.Cashier, j.ID)
		tilltest.Refused(t, err, pos.CodeConflict, "print.not-open")
		_, err = s.WithdrawPrint(s.Context(), s.Cashier, j.ID)
		tilltest.Refused(t, err, pos.CodeConflict, "print.not-open")
	})
	t.Run("forgets what came out after a while, and nothing else", func(t *testing.T) {
		for range 103 {
			queued(s, "Чек", pos.PrintDone, nil)
		}
		all, err := s.Prints(s.Context(), false, 1000)
		require.NoError(t, err)
		require.Equal(t, 102, len(all), "a hundred, the last one, and the one that did not come out")
		require.Len(t, openPrints(s), 1)
	})
}

func TestTill_PrintAgain(t *testing.T) {
	s := tilltest.Demo(t)
	require.NoError(t, s.SaveGroup(s.Context(), s.Owner, pos.Group{ID: pos.GroupCashier, Rights: []pos.Right{pos.RightSell}}))
	t.Run("needs no right for what surely did not come out", func(t *testing.T) {
		j := queued(s, "Чек", pos.PrintFailed, noPaper)
		again, err := s.PrintAgain(s.Context(), s.Cashier, j.ID)
		require.NoError(t, err)
		require.Equal(t, pos.PrintWaiting, again.State)
		require.NoError(t, again.Problem())
		_, err = s.BeginPrint(s.Context(), s.Cashier, j.ID)
		require.NoError(t, err)
		_, err = s.EndPrint(s.Context(), s.Cashier, j.ID, pos.PrintDone, nil)
		require.NoError(t, err)
		require.NotContains(t, s.Kinds(), pos.EventPrintRepeated)
	})
	t.Run("needs the right to make copies for what may have come out, and is recorded", func(t *testing.T) {
		j := queued(s, "Чек", pos.PrintUnknown, noPaper)
		_, err := s.PrintAgain(s.Context(), s.Cashier, j.ID)
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		require.Len(t, openPrints(s), 1)
		_, err = s.PrintAgain(s.Context(), s.Owner, j.ID)
		require.NoError(t, err)
		require.Contains(t, s.Kinds(), pos.EventPrintRepeated)
	})
	t.Run("knows no such job", func(t *testing.T) {
		_, err := s.PrintAgain(s.Context(), s.Owner, "nothing")
		tilltest.Refused(t, err, pos.CodeNotFound, "print.missing")
	})
}

func TestTill_WithdrawPrint(t *testing.T) {
	s := tilltest.Demo(t)
	j := queued(s, "Чек", pos.PrintFailed, noPaper)
	j, err := s.WithdrawPrint(s.Context(), s.Cashier, j.ID)
	require.NoError(t, err)
	require.Equal(t, pos.PrintWithdrawn, j.State)
	require.Empty(t, openPrints(s))
	require.Contains(t, s.Kinds(), pos.EventPrintWithdrawn)
}

func TestTill_BeginPrintsNothingOfTheLastRun(t *testing.T) {
	s := tilltest.Demo(t)
	waiting, err := s.QueuePrint(s.Context(), s.Cashier, aSlip("ждал"))
	require.NoError(t, err)
	once := queued(s, "ждал снова", pos.PrintFailed, noPaper)
	_, err = s.PrintAgain(s.Context(), s.Cashier, once.ID)
	require.NoError(t, err)
	printing, err := s.QueuePrint(s.Context(), s.Cashier, aSlip("печатался"))
	require.NoError(t, err)
	_, err = s.BeginPrint(s.Context(), s.Cashier, printing.ID)
	require.NoError(t, err)
	s.Restart()
	_, err = s.Begin(s.Context())
	require.NoError(t, err)
	causes := map[pos.PrintID]string{}
	states := map[pos.PrintID]pos.PrintState{}
	for _, j := range openPrints(s) {
		causes[j.ID], states[j.ID] = j.Cause, j.State
	}
	require.Equal(t, map[pos.PrintID]string{waiting.ID: "print.ended-before", once.ID: "print.ended-before", printing.ID: "print.ended-within"}, causes)
	require.Equal(t, map[pos.PrintID]pos.PrintState{waiting.ID: pos.PrintFailed, once.ID: pos.PrintFailed, printing.ID: pos.PrintUnknown}, states)
}

func TestTill_NoteDrawer(t *testing.T) {
	s := tilltest.Demo(t)
	tilltest.Refused(t, s.NoteDrawer(s.Context(), s.Cashier), pos.CodeForbidden, "till.forbidden")
	require.NotContains(t, s.Kinds(), pos.EventDrawerOpened)
	require.NoError(t, s.NoteDrawer(s.Context(), s.Senior))
	require.Contains(t, s.Kinds(), pos.EventDrawerOpened)
}
