package figures

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/chart"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// worked is a shop whose owner sold two of one thing in cash and one of another
// by card.
func worked(t *testing.T) *shoptest.Shop {
	t.Helper()
	s := shoptest.Open(t, uitest.Usual, "ru")
	s.Login(pos.GroupOwner)
	s.OpenShift()
	for i, m := range []pos.Method{pos.Cash, pos.Card} {
		_, err := s.Till.Scan(t.Context(), s.Env.Actor, s.Demo.Products[i].Barcodes[0], 2000, nil)
		require.NoError(t, err)
		v, err := s.Till.Cheque(t.Context())
		require.NoError(t, err)
		_, _, err = s.Till.Tender(t.Context(), s.Env.Actor, m, v.Totals.Due)
		require.NoError(t, err)
		_, err = s.Till.FinishSale(t.Context(), s.Env.Actor)
		require.NoError(t, err)
		s.Clock.Advance(time.Minute)
	}
	return s
}

func TestFigures_ArrowsWalkTheReports(t *testing.T) {
	s := worked(t)
	closed := 0
	Open(s.Env, func() { closed++ })
	s.Shows("figures", "report", "days")
	s.Fine()
	total := s.Facts["figures"]["total"]
	require.NotEmpty(t, total)
	for _, k := range kindRows[1:] {
		uitest.Press(s.Window, keys.Down)
		s.Shows("figures", "report", string(k), "error", "")
		s.Fine()
	}
	uitest.Press(s.Window, keys.Home)
	s.Shows("figures", "report", "days", "total", total)
	uitest.Press(s.Window, keys.Esc)
	assert.Equal(t, 1, closed)
}

func TestFigures_PeriodsAndComparison(t *testing.T) {
	s := worked(t)
	Open(s.Env, func() {})
	s.Shows("figures", "from", "2026-11-01", "to", "2026-11-30", "versus", "")
	uitest.Press(s.Window, keys.Left)
	s.Shows("figures", "from", "2026-10-01", "to", "2026-10-31")
	uitest.Press(s.Window, keys.Right, "F3")
	s.Shows("figures", "from", "2026-11-01", "versus", "before")
	uitest.Press(s.Window, "F3")
	s.Shows("figures", "versus", "week")
	uitest.Press(s.Window, "F3")
	s.Shows("figures", "versus", "")

	uitest.Press(s.Window, "F2", "F1")
	s.Shows("figures", "from", "2026-11-21", "to", "2026-11-21", "rows", "1")
	uitest.Press(s.Window, "F2")
	s.Shows("period")
	uitest.Type(s.Window, "1.11.2026")
	uitest.Press(s.Window, keys.Enter)
	uitest.Type(s.Window, "10.11.2026")
	s.Fine()
	uitest.Press(s.Window, keys.Enter)
	s.Shows("figures", "from", "2026-11-01", "to", "2026-11-10")
}

func TestFigures_WrongDatesAreSaid(t *testing.T) {
	s := worked(t)
	Open(s.Env, func() {})
	uitest.Press(s.Window, "F2")
	uitest.Type(s.Window, "31.02.2026")
	uitest.Press(s.Window, "Ctrl+Enter")
	s.Shows("period", "error", string(pos.CodeInvalid))
	assert.True(t, uitest.HasText(s.Window, "Такой даты нет."))
	s.Fine()
	uitest.Press(s.Window, "Ctrl+A")
	uitest.Type(s.Window, "05.12.2026")
	uitest.Press(s.Window, "Ctrl+Enter")
	s.Shows("period", "error", string(pos.CodeInvalid))
	s.Fine()
	uitest.Press(s.Window, keys.Esc)
	uitest.Press(s.Window, keys.Down)
	s.Shows("figures", "report", "hours", "from", "2026-11-01")
}

func TestFigures_EnterOpensTheSalesBehind(t *testing.T) {
	s := worked(t)
	Open(s.Env, func() {})
	for s.Facts["figures"]["report"] != "tenders" {
		uitest.Press(s.Window, keys.Down)
	}
	uitest.Press(s.Window, keys.Enter, keys.Enter)
	s.Shows("figures.sales", "found", "1")
	require.NotEmpty(t, s.Facts["figures.sales"]["number"])
	s.Fine()
	uitest.Press(s.Window, keys.Esc, "F4")
	s.Shows("figures.sales", "found", "2", "number", "2")
	assert.True(t, uitest.HasText(s.Window, "Чек № 2"), "the receipt of the selected sale")
	uitest.Press(s.Window, keys.Down)
	s.Shows("figures.sales", "number", "1")
}

func TestFigures_ArrowsMoveThroughBars(t *testing.T) {
	s := worked(t)
	Open(s.Env, func() {})
	for s.Facts["figures"]["report"] != "tenders" {
		uitest.Press(s.Window, keys.Down)
	}
	first := s.Facts["figures"]["told"]
	for range 12 {
		if _, on := s.Kit.Focused().(*chart.Chart); on {
			break
		}
		uitest.Press(s.Window, keys.Tab)
	}
	uitest.Press(s.Window, keys.Right)
	told := s.Facts["figures"]["told"]
	assert.NotEqual(t, first, told)
	assert.Contains(t, told, ":")
	s.Shows("figures", "from", "2026-11-01")
	uitest.Press(s.Window, keys.Enter)
	s.Shows("figures.sales", "found", "1")
}

func TestFigures_ExportsWhatIsShown(t *testing.T) {
	s := worked(t)
	Open(s.Env, func() {})
	path := filepath.Join(t.TempDir(), "отчёт.csv")
	uitest.Press(s.Window, "F7", "Ctrl+A")
	uitest.Type(s.Window, path)
	uitest.Press(s.Window, keys.Enter)
	s.Shows("figures.export", "file", path)
	s.Fine()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Contains(t, string(text), "Выручка")
	uitest.Press(s.Window, keys.Enter, "F7", "Ctrl+A")
	uitest.Type(s.Window, path)
	uitest.Press(s.Window, keys.Enter)
	s.Shows("figures.export", "error", string(pos.CodeConflict))
}

func TestFigures_NeedTheRight(t *testing.T) {
	s := shoptest.Open(t, uitest.Small, "ru")
	s.Login(pos.GroupCashier)
	Open(s.Env, func() {})
	s.Shows("figures", "error", string(pos.CodeForbidden))
	s.Fine()
}

// The old figures stay until the new ones are there, and the newest choice wins.
func TestFigures_NothingBlocks(t *testing.T) {
	s := worked(t)
	q := &task.Queue{}
	s.Env.Runner = q
	Open(s.Env, func() {})
	uitest.Press(s.Window, keys.Down, keys.Down)
	require.Equal(t, 3, q.Len(), "each choice only asks")
	q.Finish(2)
	s.Shows("figures", "report", "weekdays")
	q.Finish(0)
	q.Finish(0)
	assert.Equal(t, "weekdays", s.Facts["figures"]["report"])
}

func TestFigures_ReturnsAreAmongTheSalesBehind(t *testing.T) {
	s := worked(t)
	a := till.System()
	last, err := s.Till.Sales(t.Context(), a, 0, 1)
	require.NoError(t, err)
	_, err = s.Till.StartReturn(t.Context(), s.Env.Actor, till.FindSale{ID: last[0].ID})
	require.NoError(t, err)
	_, err = s.Till.ReturnAll(t.Context(), s.Env.Actor, "брак", true)
	require.NoError(t, err)
	_, err = s.Till.FinishReturn(t.Context(), s.Env.Actor, "брак")
	require.NoError(t, err)
	Open(s.Env, func() {})
	uitest.Press(s.Window, "F4")
	s.Shows("figures.sales", "found", "3", "returns", "1", "number", "1")
	assert.True(t, uitest.HasText(s.Window, "возврат"))
	assert.True(t, uitest.HasText(s.Window, "Возврат № 1"), "the slip of the selected return")
	uitest.Press(s.Window, keys.Down)
	s.Shows("figures.sales", "number", "2")
}
