package counter_test

// These tests change what a code is bound to.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/till/tilltest"
)

func TestTill_ACodeSaysWhyItDoesNotHoldAnyMore(t *testing.T) {
	spoilt := func(t *testing.T, spoil func(*tilltest.Shop, *confirm.Challenge)) string {
		s := ready(t)
		ch := s.Spend(100)
		code := s.Sender.Code()
		spoil(s, ch)
		_, err := s.EnterCode(s.Context(), s.Owner, ch.ID, code)
		require.NoError(t, err)
		now := s.Asked(ch.ID)
		require.Equal(t, confirm.Revoked, now.State)
		require.Empty(t, s.Tenders())
		return now.ReasonID
	}
	t.Run("the shop decided anew", func(t *testing.T) {
		require.Equal(t, "code.revoked-settings", spoilt(t, func(s *tilltest.Shop, _ *confirm.Challenge) {
			was := s.Settings.Shop
			s.Settings.Shop = "Другая вывеска"
			require.NoError(t, s.NoteSettings(s.Context(), s.Owner, []pos.SettingsChange{{Key: "shop.name", Old: was, New: s.Settings.Shop, Source: pos.SettingsByTill}}, nil, nil))
		}))
	})
	t.Run("somebody changed the stored code", func(t *testing.T) {
		require.Equal(t, "code.revoked-tampered", spoilt(t, func(s *tilltest.Shop, ch *confirm.Challenge) {
			s.Tamper(`UPDATE challenges SET digest = '` + "00" + ch.Digest[2:] + `'`)
		}))
	})
	t.Run("the same for a change of phone", func(t *testing.T) {
		s := ready(t)
		anna := s.Person(tilltest.Anna)
		v, err := s.StartPhoneChange(s.Context(), s.Owner, anna.Customer.ID, "+79000000099")
		require.NoError(t, err)
		ch := s.Brought(v)
		s.Tamper(`UPDATE challenges SET new_phone = '+79000000098'`)
		_, err = s.EnterCode(s.Context(), s.Owner, ch.ID, s.Sender.Code())
		require.NoError(t, err)
		require.Equal(t, "code.revoked-tampered", s.Asked(ch.ID).ReasonID)
	})
}
