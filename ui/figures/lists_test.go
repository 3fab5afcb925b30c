package figures

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/report"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

func TestPlain(t *testing.T) {
	head := []report.Column{{Name: "Чек", Figure: true}, {Name: "Время"}, {Name: "Покупатель"}}
	assert.Equal(t, []column{{0, -1, 118, 0, 0}, {1, -1, moment, 0, 0}, {2, -1, 0, 0, 0}}, plain(head, 1))
}

// small is a demo shop in a small window with somebody of a group at it.
func small(t *testing.T, g pos.GroupID) *shoptest.Shop {
	t.Helper()
	s := shoptest.Open(t, uitest.Small, "ru")
	s.Login(g)
	return s
}

// sold is a shop after a shift with a sale and one without a code.
func sold(t *testing.T) *shoptest.Shop {
	t.Helper()
	s := small(t, pos.GroupOwner)
	ctx, a := context.Background(), s.Env.Actor
	_, err := s.Till.OpenShift(ctx, a, 50000)
	require.NoError(t, err)
	_, err = s.Till.Scan(ctx, a, s.Demo.Products[0].Barcodes[0], 2000, nil)
	require.NoError(t, err)
	v, err := s.Till.Cheque(ctx)
	require.NoError(t, err)
	_, _, err = s.Till.Tender(ctx, a, pos.Cash, v.Totals.Due)
	require.NoError(t, err)
	_, err = s.Till.FinishSale(ctx, a)
	require.NoError(t, err)
	return s
}

func TestLists_KeysChooseThem(t *testing.T) {
	s := sold(t)
	closed := 0
	Lists(s.Env, func() { closed++ })
	assert.Equal(t, map[string]string{"report": "shifts", "rows": "1"}, s.Facts["reports"])
	s.Fine()
	for key, want := range map[keys.Key]struct{ report, rows string }{
		"F2": {"sales", "1"}, "F5": {"skips", "0"}, "F6": {"approvals", "0"}, "F1": {"shifts", "1"},
	} {
		uitest.Press(s.Window, key)
		assert.Equal(t, map[string]string{"report": want.report, "rows": want.rows}, s.Facts["reports"])
		s.Fine()
	}
	for _, key := range []keys.Key{"F3", "F4"} {
		uitest.Press(s.Window, key)
		assert.NotEqual(t, "0", s.Facts["reports"]["rows"], "demo customers have points and debts")
		s.Fine()
	}
	uitest.Press(s.Window, keys.Esc)
	assert.Equal(t, 1, closed)
}

func TestLists_ArrowsWalkTheList(t *testing.T) {
	s := sold(t)
	Lists(s.Env, func() {})
	uitest.Press(s.Window, keys.Down)
	assert.Equal(t, "sales", s.Facts["reports"]["report"])
	uitest.Press(s.Window, keys.Up)
	assert.Equal(t, "shifts", s.Facts["reports"]["report"])
}

func TestLists_ADayUnderMoments(t *testing.T) {
	s := sold(t)
	Lists(s.Env, func() {})
	uitest.Press(s.Window, "F2")
	assert.True(t, uitest.HasText(s.Window, "21.11.2026 12:01"), "a time is never cut: %q", uitest.Texts(s.Window))
}

func TestLists_EnterOpensAShift(t *testing.T) {
	s := sold(t)
	Lists(s.Env, func() {})
	uitest.Press(s.Window, keys.Tab, keys.Enter)
	assert.Equal(t, "679.80", s.Facts["reports.shift"]["expected"])
	s.Fine()
	uitest.Press(s.Window, keys.Enter)
	uitest.Press(s.Window, "F2")
	assert.Equal(t, "sales", s.Facts["reports"]["report"], "back at the reports")
}

func TestLists_NeedTheRight(t *testing.T) {
	s := small(t, pos.GroupCashier)
	Lists(s.Env, func() {})
	uitest.Press(s.Window, "F5")
	assert.Equal(t, string(pos.CodeForbidden), s.Facts["reports"]["error"])
	s.Fine()
}

// TestLists_TheNewestChoiceWins lets an older answer come after a newer one.
func TestLists_TheNewestChoiceWins(t *testing.T) {
	s := sold(t)
	q := &task.Queue{}
	s.Env.Runner = q
	Lists(s.Env, func() {})
	uitest.Press(s.Window, "F2")
	require.Equal(t, 2, q.Len())
	q.Finish(1)
	q.Finish(0)
	assert.Equal(t, "sales", s.Facts["reports"]["report"])
}

func TestListCell_PutsWhoUnderWhen(t *testing.T) {
	p := &listPage{Table: report.Table{Rows: [][]string{{"21.11.2026 09:40", "В долг", "459,00", "Сергей Титов", "СМС не ушла", "знаю лично"}}}, cols: skipColumns}
	first := listCell(p, 0, 0)
	assert.Equal(t, "21.11.2026 09:40", first.Text)
	assert.Equal(t, "Сергей Титов", first.Sub)
	assert.Equal(t, "СМС не ушла", listCell(p, 0, 1).Sub)
	assert.Equal(t, "знаю лично", listCell(p, 0, 2).Text)
	assert.Empty(t, listCell(p, 0, 2).Sub)
	assert.Equal(t, "459,00", listCell(p, 0, 3).Text)
}

func TestLists_Approvals(t *testing.T) {
	s := sold(t)
	a := s.Env.Actor
	s.Login(pos.GroupCashier)
	_, err := s.Till.Approve(t.Context(), s.Env.Actor, till.AskApproval{Right: pos.RightCashOut, Sum: 5000,
		PIN: s.Employee(pos.GroupSeniorCashier).PIN, Reason: "инкассация"})
	require.NoError(t, err)
	s.Env.Actor = a
	Lists(s.Env, func() {})
	uitest.Press(s.Window, "F6")
	assert.Equal(t, map[string]string{"report": "approvals", "rows": "1"}, s.Facts["reports"])
	for _, text := range []string{"Изымать наличные", "инкассация", "50,00", "не использовано"} {
		require.True(t, uitest.HasText(s.Window, text), text)
	}
	s.Fine()
	uitest.Press(s.Window, "Tab", keys.Enter)
	require.Equal(t, "reports.skip", s.Last())
	s.Fine()
}

// TestLists_ShiftsInLargeLetters keeps both moments of a shift whole where
// there is least room.
func TestLists_ShiftsInLargeLetters(t *testing.T) {
	s := sold(t)
	_, err := s.Till.CloseShift(t.Context(), s.Env.Actor, 50000)
	require.NoError(t, err)
	s.SetTheme(theme.New(theme.Light, 1.25))
	Lists(s.Env, func() {})
	shifts, err := s.Till.Shifts(t.Context(), s.Env.Actor, 10)
	require.NoError(t, err)
	require.NotEmpty(t, shifts)
	for _, sh := range shifts {
		require.True(t, uitest.HasText(s.Window, s.Env.Words.DateTime(sh.OpenedAt)), uitest.Texts(s.Window))
		if !sh.Open() {
			require.True(t, uitest.HasText(s.Window, s.Env.Words.DateTime(sh.ClosedAt)), uitest.Texts(s.Window))
		}
	}
	s.Fine()
}
