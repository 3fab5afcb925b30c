package shell

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/uitest"
)

// railed tells whether the rail is in sight: its menu is.
func railed(s *shop) bool { return uitest.HasText(s.Window, "Меню") }

// on opens a place of the menu.
func (s *shop) on(id string) *shop {
	uitest.Press(s.Window, "F10", MenuKey(id))
	return s
}

func TestPages_StandWhereThereIsRoom(t *testing.T) {
	s := selling(t, pos.GroupOwner).on("goods")
	require.Equal(t, "goods", s.Last())
	assert.True(t, railed(s))
	assert.True(t, uitest.HasText(s.Window, "Смена 1"), "the bar stays in sight")
	s.Fine()

	s.Resize(uitest.Small)
	assert.False(t, railed(s), "a smaller window shows a window, at once")
	s.Fine()
	s.Resize(uitest.Wide)
	assert.True(t, railed(s))
	s.Fine()
	s.SetTheme(theme.New(theme.Light, 1.6))
	s.Resize(uitest.Usual)
	assert.False(t, railed(s), "and so do large letters")
}

func TestPages_EveryPlaceIsOneAndMarked(t *testing.T) {
	for _, p := range places() {
		if p.deed || p.id == "selfcheck" || p.id == "backup" || p.id == "health" || p.id == "settings" || p.id == "history" {
			continue // need what the test's shell has not; the storybook shows them
		}
		t.Run(p.id, func(t *testing.T) {
			s := selling(t, pos.GroupOwner).on(p.id)
			require.True(t, railed(s))
			before := s.Last()
			uitest.TapText(s.Window, s.Env.T("menu."+p.id, nil))
			assert.Equal(t, before, s.Last(), "one is there already")
			s.Fine()
			uitest.Press(s.Window, keys.Esc)
			assert.False(t, railed(s))
		})
	}
}

func TestPages_TheRailLeadsOn(t *testing.T) {
	t.Run("by tap", func(t *testing.T) {
		s := selling(t, pos.GroupOwner).on("goods")
		uitest.TapText(s.Window, "Склад")
		assert.Equal(t, "stock", s.Last())
		assert.Len(t, s.Fyne.Canvas().Overlays().List(), 1, "the page before is gone")
		uitest.TapText(s.Window, "Чек")
		assert.Empty(t, s.Fyne.Canvas().Overlays().List())
		s.Scan(0)
		assert.Equal(t, "89.90", s.Facts["sale"]["total"])
	})
	t.Run("by key, up and down, and not past the ends", func(t *testing.T) {
		s := selling(t, pos.GroupOwner).on("goods")
		uitest.Press(s.Window, "Alt+Down")
		require.Equal(t, "stock", s.Last())
		uitest.Press(s.Window, "Alt+Up", "Alt+Up")
		require.Equal(t, "certificates", s.Last())
		uitest.Press(s.Window, "Alt+Up")
		require.Equal(t, "orders", s.Last())
		uitest.Press(s.Window, "Alt+Up", "Alt+Up")
		assert.Equal(t, "sale", s.Last())
	})
	t.Run("by the menu, which opens over a page", func(t *testing.T) {
		s := selling(t, pos.GroupOwner).on("goods").on("people")
		assert.Equal(t, "people", s.Last())
		assert.Len(t, s.Fyne.Canvas().Overlays().List(), 1)
	})
	t.Run("in a small window the keys do nothing", func(t *testing.T) {
		s := selling(t, pos.GroupOwner)
		s.Resize(uitest.Small)
		s.on("goods")
		uitest.Press(s.Window, "Alt+Down", "F10")
		assert.Equal(t, "goods", s.Last())
	})
}

func TestPages_ARefusalLeavesOneWhereOneIs(t *testing.T) {
	s := selling(t, pos.GroupCashier).on("certificates")
	require.True(t, railed(s))
	uitest.TapText(s.Window, "Настройки")
	assert.True(t, uitest.HasText(s.Window, "Нужно право «Настройки»"), uitest.Texts(s.Window))
	assert.Equal(t, "certificates", s.Last())
}

func TestPages_UnsavedWorkIsAskedAbout(t *testing.T) {
	edited := func(t *testing.T) *shop {
		s := selling(t, pos.GroupOwner).on("keymap")
		require.Equal(t, "keymap", s.Last())
		uitest.Press(s.Window, keys.Enter, "Ctrl+J", keys.Enter)
		uitest.TapText(s.Window, "Склад")
		require.Equal(t, "keymap.leave", s.Last())
		return s
	}
	t.Run("dropping goes on", func(t *testing.T) {
		s := edited(t)
		uitest.Press(s.Window, keys.Del)
		assert.Equal(t, "stock", s.Last())
	})
	t.Run("staying forgets it", func(t *testing.T) {
		s := edited(t)
		uitest.Press(s.Window, keys.Esc, keys.Esc, keys.Del)
		assert.Equal(t, "sale", s.Last(), "a later Esc leads back to the sale and nowhere else")
	})
}

func TestPages_LeaveRoomForWhatTheBarTells(t *testing.T) {
	s := selling(t, pos.GroupOwner).on("goods")
	where := func() fyne.Position {
		for _, spot := range uitest.Spots(s.Window) {
			if spot.Text == "Товары" && spot.Size.Height > 28 {
				return spot.Position
			}
		}
		return fyne.Position{}
	}
	before := where().Y
	require.NotZero(t, before)
	s.shell.TellCopies("Копия не сделана: на диске нет места.")
	assert.Greater(t, where().Y, before+20)
	s.Fine()
}
