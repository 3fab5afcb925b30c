package till_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
)

func TestTill_DemandAndNote(t *testing.T) {
	b := newDemo(t)
	require.NoError(t, b.Demand(b.ctx, b.owner, pos.RightSettings))
	e := refused(t, b.Demand(b.ctx, b.cashier, pos.RightSettings), pos.CodeForbidden, "till.forbidden")
	require.Equal(t, pos.RightSettings, e.Args["Right"])
	require.Equal(t, pos.EventForbidden, b.events()[0])
	require.NoError(t, b.Note(b.ctx, b.owner, pos.EventSettingsChanged, "sms", map[string]string{"provider": "smsru"}))
	require.Equal(t, pos.EventSettingsChanged, b.events()[0])
	b.healthy()
}
