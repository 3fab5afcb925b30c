package customer_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/customer"
	"kassa/ui/uitest"
)

func TestForm_AsksBeforeTypedWorkIsDropped(t *testing.T) {
	s := newShop(t)
	customer.Add(s.Env, "Пётр", func(pos.CustomerState) {})
	uitest.Press(s.Window, "Esc")
	require.NotContains(t, s.Facts, "customer.add.leave", "what the search put there is no work")
	customer.Add(s.Env, "Пётр", func(pos.CustomerState) {})
	uitest.Type(s.Window, "+79000000")
	uitest.Press(s.Window, "Esc")
	require.Contains(t, s.Facts, "customer.add.leave")
	uitest.Press(s.Window, "Esc")
	require.True(t, uitest.HasText(s.Window, "+79000000"))
	uitest.Press(s.Window, "Esc", "Del")
	require.False(t, uitest.HasText(s.Window, "+79000000"))
}
