package till_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
)

func aSlip(title string) pos.PrintJob {
	return pos.PrintJob{Kind: pos.PrintReceipt, Doc: "sale-1", Title: title, Lines: []string{"Чек № 1", "", "ИТОГ 5,00"}, QR: "sale-1", Copies: 1}
}

var noPaper = pos.E(pos.CodeUnavailable, "print.no-paper", pos.Args{"Address": "lp0"})

// queued hands a slip in and lets printing end in a state.
func (b *backroom) queued(title string, end pos.PrintState, cause *pos.Error) *pos.PrintJob {
	b.t.Helper()
	j, err := b.QueuePrint(b.ctx, b.cashier, aSlip(title))
	require.NoError(b.t, err)
	_, err = b.BeginPrint(b.ctx, b.cashier, j.ID)
	require.NoError(b.t, err)
	j, err = b.EndPrint(b.ctx, b.cashier, j.ID, end, cause)
	require.NoError(b.t, err)
	return j
}

func (b *backroom) openPrints() []pos.PrintJob {
	b.t.Helper()
	list, err := b.Prints(b.ctx, true, 10)
	require.NoError(b.t, err)
	n, err := b.OpenPrints(b.ctx)
	require.NoError(b.t, err)
	require.Len(b.t, list, n)
	return list
}

func TestTill_QueuePrint(t *testing.T) {
	b := newDemo(t)
	t.Run("keeps what the slip says and how it ended", func(t *testing.T) {
		j := b.queued("Чек № 1", pos.PrintFailed, noPaper)
		require.Equal(t, aSlip("").Lines, j.Lines)
		require.Equal(t, b.cashier.ID, j.Employee)
		require.Equal(t, 1, j.Tries)
		list := b.openPrints()
		require.Len(t, list, 1)
		require.Equal(t, *j, list[0])
		e := refused(t, list[0].Problem(), pos.CodeUnavailable, "print.no-paper")
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
			_, err := b.QueuePrint(b.ctx, b.cashier, j)
			require.Equal(t, pos.CodeInvalid, pos.CodeOf(err), name)
		}
	})
	t.Run("prints a slip once", func(t *testing.T) {
		j := b.queued("Чек № 2", pos.PrintDone, nil)
		_, err := b.BeginPrint(b.ctx, b.cashier, j.ID)
		refused(t, err, pos.CodeConflict, "print.not-waiting")
		_, err = b.PrintAgain(b.ctx, b.cashier, j.ID)
		refused(t, err, pos.CodeConflict, "print.not-open")
		_, err = b.WithdrawPrint(b.ctx, b.cashier, j.ID)
		refused(t, err, pos.CodeConflict, "print.not-open")
	})
	t.Run("forgets what came out after a while, and nothing else", func(t *testing.T) {
		for range 103 {
			b.queued("Чек", pos.PrintDone, nil)
		}
		all, err := b.Prints(b.ctx, false, 1000)
		require.NoError(t, err)
		require.Equal(t, 102, len(all), "a hundred, the last one, and the one that did not come out")
		require.Len(t, b.openPrints(), 1)
	})
}

func TestTill_PrintAgain(t *testing.T) {
	b := newDemo(t)
	require.NoError(t, b.SaveGroup(b.ctx, b.owner, pos.Group{ID: pos.GroupCashier, Rights: []pos.Right{pos.RightSell}}))
	t.Run("needs no right for what surely did not come out", func(t *testing.T) {
		j := b.queued("Чек", pos.PrintFailed, noPaper)
		again, err := b.PrintAgain(b.ctx, b.cashier, j.ID)
		require.NoError(t, err)
		require.Equal(t, pos.PrintWaiting, again.State)
		require.NoError(t, again.Problem())
		_, err = b.BeginPrint(b.ctx, b.cashier, j.ID)
		require.NoError(t, err)
		_, err = b.EndPrint(b.ctx, b.cashier, j.ID, pos.PrintDone, nil)
		require.NoError(t, err)
		require.NotContains(t, b.events(), pos.EventPrintRepeated)
	})
	t.Run("needs the right to make copies for what may have come out, and is recorded", func(t *testing.T) {
		j := b.queued("Чек", pos.PrintUnknown, noPaper)
		_, err := b.PrintAgain(b.ctx, b.cashier, j.ID)
		refused(t, err, pos.CodeForbidden, "till.forbidden")
		require.Len(t, b.openPrints(), 1)
		_, err = b.PrintAgain(b.ctx, b.owner, j.ID)
		require.NoError(t, err)
		require.Contains(t, b.events(), pos.EventPrintRepeated)
	})
	t.Run("knows no such job", func(t *testing.T) {
		_, err := b.PrintAgain(b.ctx, b.owner, "nothing")
		refused(t, err, pos.CodeNotFound, "print.missing")
	})
	b.healthy()
}

func TestTill_WithdrawPrint(t *testing.T) {
	b := newDemo(t)
	j := b.queued("Чек", pos.PrintFailed, noPaper)
	j, err := b.WithdrawPrint(b.ctx, b.cashier, j.ID)
	require.NoError(t, err)
	require.Equal(t, pos.PrintWithdrawn, j.State)
	require.Empty(t, b.openPrints())
	require.Contains(t, b.events(), pos.EventPrintWithdrawn)
}

func TestTill_BeginPrintsNothingOfTheLastRun(t *testing.T) {
	b := newDemo(t)
	waiting, err := b.QueuePrint(b.ctx, b.cashier, aSlip("ждал"))
	require.NoError(t, err)
	once := b.queued("ждал снова", pos.PrintFailed, noPaper)
	_, err = b.PrintAgain(b.ctx, b.cashier, once.ID)
	require.NoError(t, err)
	printing, err := b.QueuePrint(b.ctx, b.cashier, aSlip("печатался"))
	require.NoError(t, err)
	_, err = b.BeginPrint(b.ctx, b.cashier, printing.ID)
	require.NoError(t, err)
	b.restart()
	_, err = b.Begin(b.ctx)
	require.NoError(t, err)
	causes := map[pos.PrintID]string{}
	states := map[pos.PrintID]pos.PrintState{}
	for _, j := range b.openPrints() {
		causes[j.ID], states[j.ID] = j.Cause, j.State
	}
	require.Equal(t, map[pos.PrintID]string{waiting.ID: "print.ended-before", once.ID: "print.ended-before", printing.ID: "print.ended-within"}, causes)
	require.Equal(t, map[pos.PrintID]pos.PrintState{waiting.ID: pos.PrintFailed, once.ID: pos.PrintFailed, printing.ID: pos.PrintUnknown}, states)
}

func TestTill_NoteDrawer(t *testing.T) {
	b := newDemo(t)
	refused(t, b.NoteDrawer(b.ctx, b.cashier), pos.CodeForbidden, "till.forbidden")
	require.NotContains(t, b.events(), pos.EventDrawerOpened)
	require.NoError(t, b.NoteDrawer(b.ctx, b.senior))
	require.Contains(t, b.events(), pos.EventDrawerOpened)
}
