package upkeep_test

// These tests ask for a right, and write into the trail, from outside.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till/tilltest"
)

func TestTill_DemandAndNote(t *testing.T) {
	s := tilltest.Demo(t)
	require.NoError(t, s.Demand(s.Context(), s.Owner, pos.RightSettings))
	e := tilltest.Refused(t, s.Demand(s.Context(), s.Cashier, pos.RightSettings), pos.CodeForbidden, "till.forbidden")
	require.Equal(t, pos.RightSettings, e.Args["Right"])
	require.Equal(t, pos.EventForbidden, s.Kinds()[0])
	require.NoError(t, s.Note(s.Context(), s.Owner, pos.EventSettingsChanged, "sms", map[string]string{"provider": "smsru"}))
	require.Equal(t, pos.EventSettingsChanged, s.Kinds()[0])
}
