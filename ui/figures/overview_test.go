package figures

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
	"kassa/ui/widgets"
)

func TestOverview_TellsTheDay(t *testing.T) {
	s := worked(t)
	asked := 0
	source := func(_ context.Context, a pos.Actor) ([]Notice, error) {
		asked++
		return []Notice{{ID: "overview.failed", Args: pos.Args{"Count": 3}, Tone: widgets.Bad}}, nil
	}
	closed := 0
	Overview(s.Env, []Source{source}, func() { closed++ })
	s.Shows("overview", "sales", "2", "notices", "2")
	assert.Equal(t, 1, asked)
	s.Fine()
	// What came back is not in the bars, and is in what was sold: each figure says which it is.
	day, err := s.Till.Today(t.Context(), s.Env.Actor)
	require.NoError(t, err)
	net := money.Amount(day.Hours.Total.Cells[0].N)
	assert.True(t, uitest.HasText(s.Window, "Продано, до возвратов"))
	assert.True(t, uitest.HasText(s.Window, "за вычетом возвратов: "+s.Env.Words.Money().Amount(net)), "%q", uitest.Texts(s.Window))
	uitest.Press(s.Window, "F5")
	assert.Equal(t, 2, asked)
	uitest.Press(s.Window, "F2")
	s.Shows("figures", "report", "days")
	uitest.Press(s.Window, "Esc")
	s.Shows("overview")
	uitest.Press(s.Window, "Enter")
	assert.Equal(t, 1, closed)
}

func TestOverview_OfAnEmptyShop(t *testing.T) {
	s := shoptest.Open(t, uitest.Small, "ru")
	s.Login(pos.GroupOwner)
	Overview(s.Env, nil, func() {})
	s.Shows("overview", "sales", "0", "total", "0.00")
	s.Fine()
}

func TestOverview_SaysWhatWentWrong(t *testing.T) {
	s := shoptest.Open(t, uitest.Small, "ru")
	s.Login(pos.GroupCashier)
	Overview(s.Env, nil, func() {})
	s.Shows("overview", "error", string(pos.CodeForbidden))
	s.Login(pos.GroupOwner)
	Overview(s.Env, []Source{func(context.Context, pos.Actor) ([]Notice, error) { return nil, errors.New("no") }}, func() {})
	assert.Contains(t, s.Facts["overview"], "error")
	s.Fine()
}

// One list decides what needs a look: each thing on it alone ends the quiet, and
// nothing else the day tells of trouble is missing from it.
func TestOverview_IsQuietOnlyWithoutAnythingToLookAt(t *testing.T) {
	at := uitest.Start
	for name, tt := range map[string]struct {
		day  till.Today
		tone widgets.Tone
	}{
		"an overdue debt":        {till.Today{Overdue: till.Owed{Count: 1, Sum: 30_000}}, widgets.Bad},
		"a debt due today":       {till.Today{DueToday: till.Owed{Count: 2, Sum: 30_000}}, widgets.Warn},
		"a code that did not go": {till.Today{Failed: 1}, widgets.Bad},
		"a skipped code":         {till.Today{Skipped: 3}, widgets.Warn},
		"a line taken off":       {till.Today{Removed: 1}, widgets.Info},
		"a drawer below zero":    {till.Today{Drawer: -1, Shift: &pos.Shift{OpenedAt: at}}, widgets.Bad},
		"a shift of yesterday":   {till.Today{Shift: &pos.Shift{Number: 7, OpenedAt: at.Add(-24 * time.Hour)}}, widgets.Warn},
	} {
		t.Run(name, func(t *testing.T) {
			tt.day.At = at
			list := own(&tt.day)
			require.Len(t, list, 1)
			require.Equal(t, tt.tone, list[0].Tone)
			for _, lang := range words.Languages() {
				text := words.New(lang, "RUB", "").T(list[0].ID, list[0].Args)
				require.NotEqual(t, list[0].ID, text)
				require.NotContains(t, text, "no value")
			}
		})
	}
	assert.Empty(t, own(&till.Today{At: at, Sales: 5, Total: 100, Expiring: 40, Drawer: 300, Shift: &pos.Shift{OpenedAt: at}}))
}

// The page never says that all is well beside an overdue debt, and what is gravest
// stands first, whoever told it.
func TestOverview_SaysWhatIsOverdue(t *testing.T) {
	s := shoptest.Open(t, uitest.Usual, "ru") // Kira owes since long ago
	s.Login(pos.GroupOwner)
	little := func(context.Context, pos.Actor) ([]Notice, error) {
		return []Notice{{ID: "overview.removed", Args: pos.Args{"Count": 1}, Tone: widgets.Info}}, nil
	}
	Overview(s.Env, []Source{little}, func() {})
	s.Shows("overview", "notices", "2")
	assert.False(t, uitest.HasText(s.Window, "Всё спокойно"))
	assert.True(t, uitest.HasText(s.Window, "Просрочен 1 долг"))
	texts := uitest.Texts(s.Window)
	place := func(part string) int {
		return slices.IndexFunc(texts, func(t string) bool { return strings.Contains(t, part) })
	}
	assert.Less(t, place("Просрочен 1 долг"), place("Из чеков убрана"))
	s.Fine()
}

// With nothing to look at it says so.
func TestOverview_IsQuiet(t *testing.T) {
	s := shoptest.Open(t, uitest.Small, "ru")
	s.Login(pos.GroupOwner)
	s.OpenShift()
	for _, c := range s.Demo.Customers {
		if c.Debt > 0 {
			_, _, err := s.Till.RepayDebt(t.Context(), s.Env.Actor, c.ID, pos.Cash, c.Debt)
			require.NoError(t, err)
		}
	}
	Overview(s.Env, nil, func() {})
	s.Shows("overview", "notices", "0")
	assert.True(t, uitest.HasText(s.Window, "Всё спокойно"))
	s.Fine()
}
