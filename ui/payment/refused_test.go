package payment_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/uitest"
)

// A debt that is refused leads to the customer's card, where a limit is set, and back.
func TestCredit_ARefusedDebtLeadsToTheCardAndBack(t *testing.T) {
	s := newShop(t)
	s.Login(pos.GroupOwner)
	s.SetCustomer(gleb)
	s.pay()
	uitest.Press(s.Window, "F5")
	s.Shows("credit", "error", "limit")
	require.True(t, uitest.HasText(s.Window, "Карточка"), uitest.Texts(s.Window))
	uitest.Press(s.Window, "F5")
	require.Equal(t, "customer.card", s.Last())
	uitest.Press(s.Window, "F4")
	s.Shows("customer.edit")
	uitest.Press(s.Window, "Enter", "Enter", "Enter", "Ctrl+A")
	uitest.Type(s.Window, "9000")
	uitest.Press(s.Window, "Ctrl+S", "Esc")
	s.Shows("credit", "error", "", "room", "9000.00")
	require.False(t, uitest.HasText(s.Window, "Карточка"))
}
