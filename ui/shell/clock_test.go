package shell

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/health"
	"kassa/ui/keys"
	"kassa/ui/uitest"
)

func TestShell_SaysThatAShiftIsOpenForMoreThanADay(t *testing.T) {
	s := selling(t, pos.GroupCashier)
	s.Clock.Advance(25 * time.Hour)
	assert.True(t, uitest.HasText(s.Window, "больше суток назад"), "while the till runs")
	s.Fine()
}

func TestShell_SaysThatTheClockIsWrongUntilItIsRight(t *testing.T) {
	s := selling(t, pos.GroupOwner)
	s.Clock.Advance(time.Minute)
	require.Empty(t, s.shell.bar.time.Text())
	s.Clock.Turn(-time.Hour)
	s.shell.onSecond(s.Clock.Now())
	assert.Contains(t, s.shell.bar.time.Text(), "Часы: ")
	assert.True(t, uitest.HasText(s.Window, "раньше сохранённого датировать нельзя"))
	s.Picture("clock-behind")
	assert.Less(t, s.shell.bar.content.Size().Height, float32(120), "two lines at most, and no gap under them")
	s.shell.mend(health.Clock)
	s.Shows("clock.ask")
	s.Picture("clock-ask")
	uitest.Press(s.Window, keys.Esc)
	s.Clock.Turn(time.Hour)
	s.shell.onSecond(s.Clock.Now().Add(time.Minute))
	assert.Empty(t, s.shell.bar.time.Text(), "put right")
	s.Fine()
}

func TestShell_SomebodyWithTheRightConfirmsTheClock(t *testing.T) {
	s := selling(t, pos.GroupOwner)
	s.Clock.Turn(-2 * time.Minute)
	s.Clock.Turn(-time.Minute)
	s.shell.onSecond(s.Clock.Now())
	require.NotEmpty(t, s.shell.bar.time.Text())
	s.shell.mend(health.Clock)
	uitest.Press(s.Window, keys.Enter)
	assert.True(t, uitest.HasText(s.Window, "Смена № 1 открыта"), "its sales would be dated before it")
	s.Fine()
}
