package shell

import (
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/settings"
	"kassa/ui/uitest"
)

// What the environment switches off stands in the bar for as long as it does, with
// the key to what it means, and on the lock screen in words; keys go on working.
func TestShell_SaysWhatTheEnvironmentLoosens(t *testing.T) {
	s := selling(t, pos.GroupCashier)
	loose := []error{pos.E(pos.CodeInvalid, "environment.no-points-code", pos.Args{"Variable": "KASSA_CONFIRM_POINTS"})}
	s.shell.Loosened = func() []error { return loose }
	s.shell.Notices = func() []error {
		return append([]error{pos.E(pos.CodeInvalid, "config.unknown", pos.Args{"Key": "confrim.points", "File": "config.toml"})}, loose...)
	}
	s.shell.refreshBar(nil)
	assert.True(t, uitest.HasText(s.Window, "Ослаблено окружением: 1 · F10"))
	s.Fine()
	s.Resize(fyne.NewSize(1024, 768)) // with all that can stand in the bar at once
	s.shell.bar.setPrints(12)
	s.shell.bar.set(*s.Settings, s.Env.Actor, &pos.Shift{Number: 1234}, true)
	s.Fine()
	s.shell.Lock()
	says := s.Facts["login"]["notice"]
	assert.Contains(t, says, "KASSA_CONFIRM_POINTS: баллы списываются без кода покупателя.")
	assert.Contains(t, says, "confrim.points")
	assert.True(t, uitest.HasText(s.Window, "Ослаблено окружением: 1"))
	s.Fine()
	for range 12 {
		loose = append(loose, loose[0])
	}
	s.shell.showLogin()
	assert.Regexp(t, `И ещё: \d+\. .*F10`, s.Facts["login"]["notice"])
	s.Fine()
	loose = nil
	s.shell.showLogin()
	assert.False(t, uitest.HasText(s.Window, "Ослаблено окружением"))
}

// A shop that switches the tiles on or off sees it on the sale screen behind the
// settings, without anybody logging in again.
func TestShell_TilesFollowTheirSettingAtOnce(t *testing.T) {
	s := selling(t, pos.GroupOwner)
	s.shell.Admin = office{s: s}
	_, shown := s.Facts["sale"]["tiles"]
	require.False(t, shown, "off in this shop")
	for _, on := range []bool{true, false} {
		settings.Open(s.Env, s.shell.Admin, string(settings.TabFront), s.shell.onSettings)
		uitest.TapText(s.Window, s.Env.T("settings.option.front.tiles."+strconv.FormatBool(on), nil))
		uitest.Press(s.Window, "Ctrl+S")
		require.Equal(t, on, s.Settings.Front.Tiles)
		uitest.Press(s.Window, "Esc")
		s.Scan(0)
		_, shown = s.Facts["sale"]["tiles"]
		require.Equal(t, on, shown)
		s.Fine()
	}
}
