package shop

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
)

func TestShop_KeepsItsCurrency(t *testing.T) {
	t.Setenv("KASSA_SECRETS", "file")
	s, _, err := Create(t.Context(), Options{Home: t.TempDir(), HashCost: cheap}, false)
	require.NoError(t, err)
	defer s.Close()
	a, err := s.Till.CreateOwner(t.Context(), "Анна", "720541")
	require.NoError(t, err)
	set := s.Settings()
	set.Currency = "BYN"
	require.NoError(t, s.SaveSettings(t.Context(), a, Change{Settings: set}), "before anything was booked it may be changed")
	_, err = s.Till.OpenShift(t.Context(), a, 1000)
	require.NoError(t, err)
	set.Currency = "RUB"
	err = s.SaveSettings(t.Context(), a, Change{Settings: set})
	assert.Equal(t, pos.CodeConflict, pos.CodeOf(err))
	assert.Equal(t, "BYN", string(s.Settings().Currency))
	set.Currency, set.Shop = "BYN", "Новое имя"
	require.NoError(t, s.SaveSettings(t.Context(), a, Change{Settings: set}))
}
