package settings

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/uitest"
)

// decided is a history of five changes, the newest first.
func decided() []Decision {
	at := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	list := []Decision{
		{SettingsChange: pos.SettingsChange{N: 5, Key: "till.theme", Old: "light", New: "dark", Source: pos.SettingsByTill}, Who: "Мария", Now: "dark"},
		{SettingsChange: pos.SettingsChange{N: 4, Key: "credit.due_days", Old: "14", New: "30", Source: pos.SettingsByFile}, Now: "14"},
		{SettingsChange: pos.SettingsChange{N: 3, Key: "sms.smsru.api_id", Secret: true, Source: pos.SettingsByTill}, Who: "Мария"},
		{SettingsChange: pos.SettingsChange{N: 2, Key: "till.idle_lock_minutes", Old: "5", New: "7", Source: pos.SettingsByTill}, Who: "Мария", Now: "9", Variable: "KASSA_TILL_IDLE_LOCK_MINUTES"},
		{SettingsChange: pos.SettingsChange{N: 1, Key: "till.scale", Old: "1", New: "1.25", Source: pos.SettingsByTill}, Who: "Олег", Now: "1.25"},
	}
	for i := range list {
		list[i].At = at.Add(-time.Duration(i) * time.Hour)
	}
	return list
}

// past opens the history over an office that remembers five changes.
func past(t *testing.T, lang string) *desk {
	t.Helper()
	d := newDesk(t, uitest.Small, lang)
	d.office.past = decided()
	OpenHistory(d.Env, d.office, func(changed bool) { d.closed++; d.changed = changed })
	d.Shows("settings.history", "found", "5", "n", "5", "news", "")
	return d
}

func TestHistory_TellsInWords(t *testing.T) {
	d := past(t, "ru")
	for _, text := range []string{"Светлое", "Тёмное", "Долг вернуть за, дней", "14", "30", "правка файла", "изменено", "100 %", "125 %"} {
		assert.True(t, uitest.HasText(d.Window, text), text)
	}
	d.Fine()
	en := past(t, "en")
	assert.True(t, uitest.HasText(en.Window, "file edited"))
	en.Fine()
}

func TestHistory_FindsByTyping(t *testing.T) {
	d := past(t, "ru")
	uitest.Type(d.Window, "долг")
	d.Shows("settings.history", "found", "1", "key", "credit.due_days")
	uitest.Press(d.Window, "Ctrl+A", "Backspace")
	uitest.Type(d.Window, "мария светлое")
	d.Shows("settings.history", "found", "1", "n", "5")
	uitest.Type(d.Window, "ъ")
	d.Shows("settings.history", "found", "0", "n", "")
	assert.True(t, uitest.HasText(d.Window, "Таких изменений нет"))
	uitest.Press(d.Window, keys.Enter, "F9")
	assert.Empty(t, d.office.reverted)
}

func TestHistory_PutsBack(t *testing.T) {
	t.Run("after one question, and the look follows at once", func(t *testing.T) {
		d := past(t, "ru")
		uitest.Press(d.Window, keys.Enter)
		d.Shows("settings.revert", "key", "till.theme", "now", "dark", "then", "light")
		d.Fine()
		assert.Empty(t, d.office.reverted, "it asks first")
		uitest.Press(d.Window, keys.Enter)
		assert.Equal(t, []int64{5}, d.office.reverted)
		assert.Equal(t, 1, d.closed)
		assert.True(t, d.changed)
		d.Shows("settings.history", "found", "5", "news", "Прежнее значение возвращено и уже действует.")
		uitest.Press(d.Window, keys.Esc)
		assert.Equal(t, 2, d.closed)
		assert.False(t, d.changed, "the second time nothing was changed")
		assert.Nil(t, d.Keys.Top())
	})
	t.Run("not when the question is answered with Esc", func(t *testing.T) {
		d := past(t, "ru")
		uitest.Press(d.Window, "F9", keys.Esc)
		assert.Empty(t, d.office.reverted)
		assert.Equal(t, "settings.history", d.Keys.Top().Name)
	})
	t.Run("what cannot be put back is told without a question", func(t *testing.T) {
		d := past(t, "ru")
		for _, why := range []string{"это значение уже действует", "Секреты не хранятся", "KASSA_TILL_IDLE_LOCK_MINUTES"} {
			uitest.Press(d.Window, keys.Down, keys.Enter)
			assert.Contains(t, d.Facts["settings.history"]["news"], why)
			assert.True(t, uitest.HasText(d.Window, why))
			d.Fine()
		}
		assert.Empty(t, d.Facts["settings.revert"])
		assert.Empty(t, d.office.reverted)
	})
	t.Run("what the shop refuses is told and nothing changes", func(t *testing.T) {
		d := past(t, "ru")
		d.office.refuse = pos.E(pos.CodeInvalid, "config.value", pos.Args{"Key": "till.theme", "Value": "light", "Allowed": pos.E(pos.CodeInvalid, "config.allowed.till.theme", nil)})
		uitest.Press(d.Window, keys.Enter, keys.Enter)
		assert.Contains(t, d.Facts["settings.history"]["news"], "till.theme")
		assert.Zero(t, d.closed)
	})
}

func TestHistory_IsRefused(t *testing.T) {
	d := newDesk(t, uitest.Small, "ru")
	d.office.broken = pos.E(pos.CodeForbidden, "till.forbidden", pos.Args{"Right": pos.RightSettings})
	OpenHistory(d.Env, d.office, func(changed bool) { d.closed++ })
	d.Shows("settings.history", "error", "forbidden")
	assert.Equal(t, 1, d.closed)
}

func TestSettings_LeadToTheHistory(t *testing.T) {
	t.Run("by F3", func(t *testing.T) {
		d := newDesk(t, uitest.Small, "ru").open(TabTill)
		d.office.past = decided()
		uitest.Press(d.Window, "F3")
		d.Shows("settings.history", "found", "5")
		assert.Equal(t, 1, d.closed)
	})
	t.Run("what was typed is asked about first, and staying stays", func(t *testing.T) {
		d := newDesk(t, uitest.Small, "ru").open(TabShop)
		uitest.Press(d.Window, "Tab")
		uitest.Type(d.Window, "!")
		uitest.Press(d.Window, "F3")
		require.NotNil(t, d.Facts["settings.leave"])
		uitest.Press(d.Window, keys.Esc, "Ctrl+S")
		require.Len(t, d.office.saved, 1)
		assert.Empty(t, d.Facts["settings.history"], "who stayed and saved wanted the settings")
	})
}
