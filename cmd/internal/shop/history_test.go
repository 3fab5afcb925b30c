package shop

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/storage/secret"
)

func TestShop_SettingsHistory(t *testing.T) {
	s, c, d := copying(t)
	a := owner(t, s, d)
	history := func(s *Shop) []pos.SettingsChange {
		list, err := s.Till.SettingsHistory(t.Context(), a, "", 20)
		require.NoError(t, err)
		return list
	}
	before := s.Settings()
	set := before
	set.Shop, set.Rules.CreditDays = "Новая вывеска", 30
	require.NoError(t, s.SaveSettings(t.Context(), a, Change{Settings: set,
		Provider: map[string]string{"sms.smsru.base_url": "https://example.org"},
		Secrets:  map[string]secret.Secret{"sms.smsru.api_id": secret.New("CANARY-TOKEN-1")}}))
	list := history(s)
	require.Len(t, list, 4)
	byKey := map[string]pos.SettingsChange{}
	for _, one := range list {
		byKey[one.Key] = one
		assert.Equal(t, a.ID, one.Employee)
		assert.Equal(t, pos.SettingsByTill, one.Source)
	}
	assert.Equal(t, [2]string{before.Shop, "Новая вывеска"}, [2]string{byKey["shop.name"].Old, byKey["shop.name"].New})
	assert.Equal(t, [2]string{"14", "30"}, [2]string{byKey["credit.due_days"].Old, byKey["credit.due_days"].New})
	assert.True(t, byKey["sms.smsru.api_id"].Secret)
	assert.Empty(t, byKey["sms.smsru.api_id"].New, "of a secret only that it changed")

	t.Run("one key takes a change back, which is a change", func(t *testing.T) {
		require.NoError(t, s.RevertSetting(t.Context(), a, byKey["shop.name"].N))
		assert.Equal(t, before.Shop, s.Settings().Shop)
		assert.Equal(t, 30, s.Settings().Rules.CreditDays, "and nothing else")
		newest := history(s)[0]
		assert.Equal(t, byKey["shop.name"].N, newest.Reverts)
		assert.Equal(t, before.Shop, newest.New)
		require.NoError(t, s.RevertSetting(t.Context(), a, byKey["sms.smsru.base_url"].N))
		assert.NotEqual(t, "https://example.org", s.Config.Values()["sms.smsru.base_url"])
	})
	t.Run("but not that of a secret, nor without the right, nor one that is not there", func(t *testing.T) {
		assert.Equal(t, pos.CodeConflict, pos.CodeOf(s.RevertSetting(t.Context(), a, byKey["sms.smsru.api_id"].N)))
		err := s.RevertSetting(t.Context(), a, byKey["shop.name"].N)
		require.ErrorContains(t, err, "settings.already", "what was is in force again")
		assert.Equal(t, pos.CodeConflict, pos.CodeOf(err))
		assert.Equal(t, pos.CodeNotFound, pos.CodeOf(s.RevertSetting(t.Context(), a, 999)))
		cashier, err := s.Till.Login(t.Context(), d.Employees[len(d.Employees)-1].PIN)
		require.NoError(t, err)
		assert.Equal(t, pos.CodeForbidden, pos.CodeOf(s.RevertSetting(t.Context(), cashier, byKey["shop.name"].N)))
	})
	t.Run("what was decided past the till is told when it begins next", func(t *testing.T) {
		home := s.Home
		require.NoError(t, s.Close())
		text, err := os.ReadFile(home.Config())
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(home.Config(), []byte(strings.Replace(string(text), "due_days = 30", "due_days = 21", 1)), 0o600))
		t.Setenv("KASSA_TILL_IDLE_LOCK_MINUTES", "7")
		again, err := Open(t.Context(), Options{Home: home.Dir, Clock: c, HashCost: cheap})
		require.NoError(t, err)
		defer again.Close()
		newest, hand := history(again)[0], history(again)[1]
		assert.Equal(t, pos.SettingsChange{N: hand.N, At: hand.At, Key: "credit.due_days", Old: "30", New: "21", Source: pos.SettingsByFile}, hand)
		assert.Equal(t, "till.idle_lock_minutes", newest.Key)
		assert.Equal(t, "7", newest.New)
		assert.Equal(t, pos.SettingsByShell, newest.Source)
		assert.Empty(t, newest.Employee)
		assert.Equal(t, pos.CodeConflict, pos.CodeOf(again.RevertSetting(t.Context(), a, newest.N)))
	})
}
