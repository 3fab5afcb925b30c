package drawer

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/uitest"
)

// opened lets somebody in and opens a shift with a float of 1000.
func opened(t *testing.T, g pos.GroupID) *shop {
	t.Helper()
	s := open(t).login(g)
	_, err := s.Till.OpenShift(context.Background(), s.Env.Actor, 100000)
	require.NoError(t, err)
	return s
}

func (s *shop) expected() string {
	s.T.Helper()
	r, err := s.Till.XReport(context.Background(), s.Env.Actor)
	require.NoError(s.T, err)
	return r.Expected.String()
}

func TestOpenShift(t *testing.T) {
	for name, tt := range map[string]struct{ typed, float string }{
		"with what was typed": {"1500,50", "1500.50"},
		"without a float":     {"", "0.00"},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t).login(pos.GroupCashier)
			var got *pos.Shift
			OpenShift(s.Env, func(sh *pos.Shift) { got = sh })
			require.Equal(t, "shift.open", s.Last())
			s.Fine()
			uitest.Type(s.Window, tt.typed)
			uitest.Press(s.Window, keys.Enter)
			require.NotNil(t, got)
			assert.Equal(t, tt.float, got.Float.String())
			sh, err := s.Till.Shift(context.Background())
			require.NoError(t, err)
			assert.Equal(t, got.ID, sh.ID)
		})
	}
}

func TestOpenShift_EscOpensNothing(t *testing.T) {
	s := open(t).login(pos.GroupCashier)
	OpenShift(s.Env, func(*pos.Shift) { t.Error("opened") })
	uitest.Type(s.Window, "500")
	uitest.Press(s.Window, keys.Esc)
	_, err := s.Till.Shift(context.Background())
	assert.Equal(t, pos.CodeNotFound, pos.CodeOf(err))
}

func TestOpenShift_TellsWhyNotAndKeepsWhatWasTyped(t *testing.T) {
	s := opened(t, pos.GroupCashier)
	OpenShift(s.Env, func(*pos.Shift) { t.Error("opened twice") })
	uitest.Type(s.Window, "700")
	uitest.Press(s.Window, keys.Enter)
	assert.Equal(t, string(pos.CodeConflict), s.Facts["shift.open"]["error"])
	assert.True(t, uitest.HasText(s.Window, "700"))
	s.Fine()
}

// TestOpenShift_TwoEntersOpenOneShift holds Enter down while the till works.
func TestOpenShift_TwoEntersOpenOneShift(t *testing.T) {
	s := open(t).login(pos.GroupCashier)
	q := &task.Queue{}
	s.Env.Runner = q
	n := 0
	OpenShift(s.Env, func(*pos.Shift) { n++ })
	uitest.Press(s.Window, keys.Enter, keys.Enter, keys.Enter)
	require.Equal(t, 1, q.Len())
	q.Finish(0)
	assert.Equal(t, 1, n)
}

func TestCash(t *testing.T) {
	t.Run("in", func(t *testing.T) {
		s := opened(t, pos.GroupCashier)
		done := 0
		Cash(s.Env, func() { done++ })
		s.Fine()
		uitest.Type(s.Window, "250")
		uitest.Press(s.Window, keys.Enter)
		uitest.Type(s.Window, "размен")
		uitest.Press(s.Window, keys.Enter)
		assert.Equal(t, 1, done)
		assert.Equal(t, "1250.00", s.expected())
	})
	t.Run("F7 takes it out instead", func(t *testing.T) {
		s := opened(t, pos.GroupSeniorCashier)
		Cash(s.Env, func() {})
		uitest.Press(s.Window, "F7")
		assert.Equal(t, "out", s.Facts["cash"]["way"])
		uitest.Type(s.Window, "300,50")
		uitest.Press(s.Window, keys.Enter)
		uitest.Type(s.Window, "инкассация")
		uitest.Press(s.Window, keys.Enter)
		assert.Equal(t, "699.50", s.expected())
	})
	t.Run("not more than there is", func(t *testing.T) {
		s := opened(t, pos.GroupSeniorCashier)
		Cash(s.Env, func() { t.Error("taken") })
		uitest.Press(s.Window, "F7")
		uitest.Type(s.Window, "99999")
		uitest.Press(s.Window, keys.Enter)
		uitest.Type(s.Window, "банк")
		uitest.Press(s.Window, keys.Enter)
		assert.NotEmpty(t, s.Facts["cash"]["error"])
		assert.True(t, uitest.HasText(s.Window, "банк"), "the reason is still there")
		assert.Equal(t, "1000.00", s.expected())
		s.Fine()
	})
	t.Run("not without a reason", func(t *testing.T) {
		s := opened(t, pos.GroupSeniorCashier)
		Cash(s.Env, func() { t.Error("put in") })
		uitest.Type(s.Window, "100")
		uitest.Press(s.Window, keys.Enter, keys.Enter)
		assert.Equal(t, string(pos.CodeInvalid), s.Facts["cash"]["error"])
		assert.Equal(t, "1000.00", s.expected())
	})
	t.Run("not without the right", func(t *testing.T) {
		s := opened(t, pos.GroupCashier)
		Cash(s.Env, func() { t.Error("taken") })
		uitest.Press(s.Window, "F7")
		uitest.Type(s.Window, "100")
		uitest.Press(s.Window, keys.Enter)
		uitest.Type(s.Window, "банк")
		uitest.Press(s.Window, keys.Enter)
		assert.Equal(t, "100.00", s.Facts["approval"]["sum"], "somebody else may allow it")
		uitest.Press(s.Window, keys.Esc)
		assert.Equal(t, string(pos.CodeForbidden), s.Facts["cash"]["error"])
	})
	t.Run("a scan is no sum", func(t *testing.T) {
		s := opened(t, pos.GroupCashier)
		Cash(s.Env, func() { t.Error("put in") })
		uitest.Scan(s.Window, "4600000000015")
		assert.False(t, uitest.HasText(s.Window, "4600000000015"))
	})
}

func TestX(t *testing.T) {
	s := opened(t, pos.GroupCashier)
	closed := 0
	X(s.Env, func() { closed++ })
	assert.Equal(t, "1000.00", s.Facts["xreport"]["expected"])
	s.Fine()
	uitest.Press(s.Window, keys.Enter)
	assert.Equal(t, 1, closed)
}

func TestX_WithoutAShiftSaysSo(t *testing.T) {
	s := open(t).login(pos.GroupCashier)
	X(s.Env, func() {})
	assert.NotEmpty(t, s.Facts["xreport"]["error"])
}

func TestCloseShift(t *testing.T) {
	s := opened(t, pos.GroupCashier)
	var got *pos.ShiftReport
	CloseShift(s.Env, &Kept{}, func(r *pos.ShiftReport) { got = r })
	require.Equal(t, "shift.close", s.Last())
	assert.False(t, uitest.HasText(s.Window, "1 000,00"), "the count is blind")
	uitest.Press(s.Window, keys.Enter)
	assert.NotEmpty(t, s.Facts["shift.close"]["error"], "nothing counted is no count")
	uitest.Type(s.Window, "990")
	uitest.Press(s.Window, keys.Enter)
	assert.Equal(t, map[string]string{"expected": "1000.00", "counted": "990.00", "difference": "-10.00"}, s.Facts["zreport"])
	assert.True(t, uitest.HasText(s.Window, "не хватает"))
	s.Fine()
	require.Nil(t, got, "the report is still read")
	uitest.Press(s.Window, keys.Enter)
	require.NotNil(t, got)
	assert.Equal(t, "-10.00", got.Difference.String())
	_, err := s.Till.Shift(context.Background())
	assert.Equal(t, pos.CodeNotFound, pos.CodeOf(err))
}

func TestEnter_HammeredOpensNothing(t *testing.T) {
	s := open(t).login(pos.GroupCashier)
	opened := 0
	OpenShift(s.Env, func(*pos.Shift) { opened++ })
	uitest.Mash(s.Window, keys.Enter, 8, 150*time.Millisecond)
	require.Zero(t, opened, "the float was not typed yet")
	uitest.TypeAt(s.Window, "1500", 0)
	uitest.Mash(s.Window, keys.Enter, 1, 0)
	require.Equal(t, 1, opened)
	sh, err := s.Till.Shift(context.Background())
	require.NoError(t, err)
	assert.Equal(t, "1500.00", sh.Float.String(), "all of it, typed while the window stood still")
}

// closing has the owner close a shift with a float of 1000 and opens the counting.
func closing(t *testing.T, done func(*pos.ShiftReport)) *shop {
	t.Helper()
	s := opened(t, pos.GroupSeniorCashier)
	CloseShift(s.Env, &Kept{}, done)
	uitest.Press(s.Window, "F6")
	require.Equal(t, "drawer.notes", s.Last())
	return s
}

func TestCloseShift_ByNotes(t *testing.T) {
	var got *pos.ShiftReport
	s := closing(t, func(r *pos.ShiftReport) { got = r })
	s.Fine()
	require.False(t, uitest.HasText(s.Window, "1 000,00"), "what should be there is not shown before the count")
	uitest.Press(s.Window, keys.Down, keys.Down) // 5000, 2000, to 1000
	uitest.Type(s.Window, "1")
	s.Shows("drawer.notes", "sum", "1000.00")
	uitest.Press(s.Window, keys.Enter, keys.Down) // 500, to 200
	uitest.Type(s.Window, "2")
	s.Shows("drawer.notes", "sum", "1400.00")
	uitest.Press(s.Window, keys.Up, keys.Up, keys.Up, keys.Up, keys.Up) // round to the coins
	uitest.Type(s.Window, "12,50")
	s.Shows("drawer.notes", "sum", "1412.50")
	uitest.Press(s.Window, "F9")
	require.Equal(t, "shift.close", s.Last())
	require.Nil(t, got)
	uitest.Press(s.Window, keys.Enter)
	s.Shows("zreport", "counted", "1412.50", "difference", "412.50")
	require.True(t, uitest.HasText(s.Window, "000 × 1; 200 × 2; Монеты 12,50"))
	s.Fine()
	uitest.Press(s.Window, keys.Enter)
	require.NotNil(t, got)
	assert.Equal(t, "100000*1 20000*2 +1250", got.Counting.Text())
}

func TestCloseShift_NotesChangedByHand(t *testing.T) {
	var got *pos.ShiftReport
	s := closing(t, func(r *pos.ShiftReport) { got = r })
	uitest.Type(s.Window, "1")
	uitest.Press(s.Window, "F9")
	uitest.Type(s.Window, "999")
	uitest.Press(s.Window, keys.Enter, keys.Enter)
	require.NotNil(t, got)
	assert.Equal(t, "999.00", got.Counted.String())
	assert.True(t, got.Counting.Empty(), "the notes are of another sum")
}

func TestCloseShift_NotesAreLeft(t *testing.T) {
	s := closing(t, func(*pos.ShiftReport) { t.Error("closed") })
	uitest.Type(s.Window, "7")
	uitest.Press(s.Window, keys.Esc)
	sh, err := s.Till.Shift(context.Background())
	require.NoError(t, err)
	require.True(t, sh.Open())
	uitest.Press(s.Window, "F6")
	s.Shows("drawer.notes", "sum", "0.00")
	uitest.Type(s.Window, "99999")
	uitest.Press(s.Window, "F9", "F6")
	s.Shows("drawer.notes", "sum", "499995000.00")
}

func TestOpenShift_ByNotes(t *testing.T) {
	s := open(t).login(pos.GroupCashier)
	var got *pos.Shift
	OpenShift(s.Env, func(sh *pos.Shift) { got = sh })
	uitest.Press(s.Window, "F6")
	uitest.Type(s.Window, "3")
	uitest.Press(s.Window, "F9", keys.Enter)
	require.NotNil(t, got)
	assert.Equal(t, "15000.00", got.Float.String())
}

func TestCash_ByNotes(t *testing.T) {
	s := opened(t, pos.GroupSeniorCashier)
	Cash(s.Env, func() {})
	uitest.Press(s.Window, "F6")
	uitest.Type(s.Window, "2")
	uitest.Press(s.Window, "F9")
	uitest.Press(s.Window, keys.Enter)
	uitest.Type(s.Window, "размен")
	uitest.Press(s.Window, keys.Enter)
	s.Shows("cash.done", "sum", "10000.00")
}

// TestCloseShift_SaysBeforeTheCountWhatStandsInTheWay holds that nobody counts a
// drawer that cannot be closed.
func TestCloseShift_SaysBeforeTheCountWhatStandsInTheWay(t *testing.T) {
	s := opened(t, pos.GroupOwner)
	_, err := s.Till.Scan(context.Background(), s.Env.Actor, s.Demo.Products[0].Barcodes[0], 1000, nil)
	require.NoError(t, err)
	CloseShift(s.Env, &Kept{}, func(*pos.ShiftReport) { t.Error("closed") })
	s.Shows("shift.close", "error", string(pos.CodeConflict))
	assert.True(t, uitest.HasText(s.Window, "остались позиции"), uitest.Texts(s.Window))
	assert.False(t, uitest.HasText(s.Window, "Посчитайте все деньги"), "nothing is counted yet")
}

// TestCloseShift_TwoKeysAskOnce holds that F12 pressed again while the till looks
// opens one window.
func TestCloseShift_TwoKeysAskOnce(t *testing.T) {
	s := opened(t, pos.GroupCashier)
	q := &task.Queue{}
	s.Env.Runner = q
	CloseShift(s.Env, &Kept{}, func(*pos.ShiftReport) {})
	CloseShift(s.Env, &Kept{}, func(*pos.ShiftReport) {})
	q.Finish(0)
	q.Finish(0)
	uitest.Press(s.Window, keys.Esc)
	assert.False(t, uitest.HasText(s.Window, "Посчитайте все деньги"))
}

// TestCloseShift_KeepsWhatWasCounted refuses a closing after the count: goods came to
// the cheque meanwhile.
func TestCloseShift_KeepsWhatWasCounted(t *testing.T) {
	s := opened(t, pos.GroupOwner)
	ctx, kept := context.Background(), &Kept{}
	var got *pos.ShiftReport
	closing := func() { CloseShift(s.Env, kept, func(r *pos.ShiftReport) { got = r }) }
	closing()
	uitest.Press(s.Window, "F6")
	uitest.Type(s.Window, "2")
	uitest.Press(s.Window, "F9")
	_, err := s.Till.Scan(ctx, s.Env.Actor, s.Demo.Products[0].Barcodes[0], 1000, nil)
	require.NoError(t, err)
	uitest.Press(s.Window, keys.Enter)
	s.Shows("shift.close", "error", string(pos.CodeConflict))
	uitest.Press(s.Window, keys.Esc)
	_, err = s.Till.CancelCheque(ctx, s.Env.Actor, "передумали")
	require.NoError(t, err)

	closing()
	assert.True(t, uitest.HasText(s.Window, "10000,00"), "the sum stands there: %v", uitest.Texts(s.Window))
	assert.True(t, uitest.HasText(s.Window, "пересчитайте"), uitest.Texts(s.Window))
	s.Fine()
	uitest.Press(s.Window, keys.Enter)
	s.Shows("zreport", "counted", "10000.00")
	uitest.Press(s.Window, keys.Enter)
	require.NotNil(t, got)
	assert.Equal(t, "500000*2", got.Counting.Text(), "note by note")
	assert.Equal(t, Kept{}, *kept, "the next shift is counted anew")
}
