package shell

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/uitest"
)

// newShop is a shop right after its first run, with ten goods to begin with.
func newShop(t *testing.T) *shop {
	t.Helper()
	s := openEmpty(t)
	s.shell.Start()
	uitest.Press(s.Window, keys.Esc)
	for _, text := range []string{"Анна", "507316", "507316"} {
		uitest.Type(s.Window, text)
		uitest.Press(s.Window, keys.Enter)
	}
	uitest.Type(s.Window, uitest.LastGroup(s.Window))
	uitest.Press(s.Window, keys.Enter, "F6", keys.Enter)
	require.Equal(t, "shift.open", s.Last())
	return s
}

func (s *shop) tells(text string) bool { return uitest.HasText(s.Window, text) }

func TestShell_WhatComesNextTicksItselfAndGoesWhenItIsDone(t *testing.T) {
	s := newShop(t)
	require.True(t, s.tells("Что дальше"))
	require.True(t, s.tells("сделано 1 из 8"), uitest.Texts(s.Window))
	uitest.Press(s.Window, keys.Enter)
	require.True(t, s.tells("сделано 2 из 8"), "the shift was opened")
	s.Fine()
	uitest.Type(s.Window, "Хлеб")
	uitest.Press(s.Window, keys.Enter)
	require.False(t, s.tells("Что дальше"), "the cheque has its place")
	uitest.Press(s.Window, "Ctrl+Enter")
	require.Equal(t, "receipt", s.Last())
	uitest.Press(s.Window, keys.Enter)
	require.True(t, s.tells("сделано 3 из 8"), "something was sold")

	uitest.Press(s.Window, "Ctrl+4")
	require.Equal(t, "people", s.Last())
	s.Books.Who = s.Env.Actor
	s.Books.Owner = s.Env.Actor
	s.Books.Hire("Костя", pos.GroupCashier, "284095")
	uitest.Press(s.Window, keys.Esc)
	require.True(t, s.tells("сделано 4 из 8"), "somebody works here too")

	s.Settings.Paper.Connection, s.Settings.Paper.Address = pos.PrinterSystem, "/dev/usb/lp0"
	s.Settings.Backup.Folders = "/media/stick"
	s.shell.refresh()
	require.True(t, s.tells("сделано 6 из 8"))
}

func TestShell_WhatComesNextCanBePutAway(t *testing.T) {
	s := newShop(t)
	uitest.Press(s.Window, keys.Enter, "Ctrl+0")
	assert.False(t, s.Settings.NextSteps)
	assert.False(t, s.tells("Что дальше"))
	uitest.Press(s.Window, "Ctrl+4")
	assert.NotEqual(t, "people", s.Last(), "its keys went with it")
	s.Settings.NextSteps = true
	s.shell.refresh()
	assert.True(t, s.tells("Что дальше"), "the setting brings it back")
}

func TestShell_GoodsToBeginWithGoTogether(t *testing.T) {
	s := newShop(t)
	uitest.Press(s.Window, keys.Enter, "Ctrl+3")
	assert.Equal(t, "next.drop", s.Last(), "never by one key")
	uitest.Press(s.Window, keys.Enter)
	kept, err := s.Till.SearchProducts(t.Context(), "хлеб", 5)
	require.NoError(t, err)
	assert.NotEmpty(t, kept, "Enter takes nothing away")
	uitest.Press(s.Window, "Ctrl+3", keys.Del)
	assert.True(t, s.tells("Убрано товаров: 10"), uitest.Texts(s.Window))
	found, err := s.Till.SearchProducts(t.Context(), "хлеб", 5)
	require.NoError(t, err)
	assert.Empty(t, found)
	uitest.Press(s.Window, "Ctrl+3", keys.Del)
	assert.True(t, s.tells("убирать нечего"))
}
