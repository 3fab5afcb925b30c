package shop

// This test types the number of a payment card into the settings.

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
)

func TestShop_SaveSettings_NoCards(t *testing.T) {
	s, _, d := copying(t)
	a := owner(t, s, d)
	for name, change := range map[string]func(*pos.Settings){
		"the shop's name": func(set *pos.Settings) { set.Shop = "Лавка 4111 1111 1111 1111" },
		"the template":    func(set *pos.Settings) { set.SMSTemplate += " 4111111111111111" },
		"a folder":        func(set *pos.Settings) { set.Backup.Folders = "/media/4111111111111111" },
	} {
		set := s.Settings()
		change(&set)
		err := s.SaveSettings(t.Context(), a, Change{Settings: set})
		require.Equal(t, pos.CodeInvalid, pos.CodeOf(err), name)
		var e *pos.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, "text.card-number", e.ID, name)
	}
	set := s.Settings()
	set.Paper.Address = "/var/spool/kassa4111111111/111111.prn"
	require.NoError(t, s.SaveSettings(t.Context(), a, Change{Settings: set}), "figures of two folders are no number")
}
