package shell

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/uitest"
)

func TestShell_TellsOfAScanThatNobodyTakes(t *testing.T) {
	s := selling(t, pos.GroupOwner)
	uitest.Press(s.Window, "F7")
	require.Equal(t, "cash", s.Last())
	uitest.Scan(s.Window, "4600000000017")
	require.True(t, uitest.HasText(s.Window, "Скан сюда не принимается"), uitest.Texts(s.Window))
	require.False(t, uitest.HasText(s.Window, "4600000000017"), "the code may be a customer's card")
	uitest.Press(s.Window, keys.Esc)
	require.Equal(t, "0", s.Facts["sale"]["lines"])
}
