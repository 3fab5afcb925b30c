package figures

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"

	"kassa/pos"
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
	s.Shows("overview", "sales", "2", "notices", "1")
	assert.Equal(t, 1, asked)
	s.Fine()
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
