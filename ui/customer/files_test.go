package customer_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/customer"
	"kassa/ui/uitest"
)

func (s *shop) open(i int) {
	customer.Card(s.Env, s.Demo.Customers[i].ID, func() {})
}

func TestMore_Phone(t *testing.T) {
	s := newShop(t)
	s.Settings.ConfirmPoints = pos.ConfirmAlways
	s.open(anna)
	uitest.Press(s.Window, "F2", "F1")
	s.Shows("customer.phone")
	s.Fine()
	uitest.Type(s.Window, "12")
	uitest.Press(s.Window, "Enter")
	s.Shows("customer.phone", "error", "invalid")
	uitest.Press(s.Window, "Ctrl+A")
	uitest.Type(s.Window, "+79000000091")
	uitest.Press(s.Window, "Enter")
	s.Shows("code", "operation", "phone")
	s.Fine()
	uitest.Type(s.Window, s.Sender.Code())
	uitest.Press(s.Window, "Enter")
	s.Shows("customer.card")
	require.Equal(t, "+79000000091", s.card(anna).Phone)
	uitest.Press(s.Window, "F4")
	s.Shows("customer.edit")
	require.True(t, uitest.HasText(s.Window, "Сменить телефон"), "the form says how a number is changed")
	s.Fine()
}

func TestMore_Consents(t *testing.T) {
	s := newShop(t)
	s.open(anna)
	uitest.Press(s.Window, "F2", "F2")
	s.Shows("customer.consents")
	s.Fine()
	uitest.Press(s.Window, "Space", "Ctrl+S")
	s.Shows("customer.card")
	list, err := s.Till.Consents(t.Context(), s.Env.Actor, s.Demo.Customers[anna].ID)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, pos.ChannelSMS, list[0].Channel)
	uitest.Press(s.Window, "F2", "F2", "Space", "Esc")
	s.Shows("customer.consents.leave")
}

func TestMore_Merge(t *testing.T) {
	s := newShop(t)
	s.open(anna)
	was := s.card(anna)
	uitest.Press(s.Window, "F2", "F3")
	s.Shows("customer.find")
	uitest.Type(s.Window, "0010")
	uitest.Press(s.Window, "Enter")
	s.Shows("customer.merge", "card", was.Card)
	s.Fine()
	other := s.card(kira)
	uitest.Press(s.Window, "Ctrl+S")
	s.Shows("customer.card")
	now := s.card(anna)
	require.Equal(t, was.Points+other.Points, now.Points)
	require.Equal(t, was.Debt+other.Debt, now.Debt)
	require.Equal(t, now.ID, s.card(kira).ID)
	s.Fine()
}

func TestMore_Erase(t *testing.T) {
	s := newShop(t)
	s.open(anna)
	uitest.Press(s.Window, "F2", "F5", "Del")
	s.Shows("customer.erase", "asked", "yes")
	s.Fine()
	uitest.Press(s.Window, "Del")
	s.Shows("customer.erase", "error", "conflict")
	require.Equal(t, "Анна Лебедева", s.card(anna).Name)
	uitest.Press(s.Window, "Space", "Del")
	s.Shows("customer.card")
	require.False(t, s.card(anna).ErasedAt.IsZero())
	require.True(t, uitest.HasText(s.Window, "Покупатель без имени"))
	uitest.Press(s.Window, "F4")
	s.Shows("customer.card")
	s.Fine()
}

func TestMore_Archive(t *testing.T) {
	s := newShop(t)
	s.open(anna)
	uitest.Press(s.Window, "F2", "F4")
	s.Shows("customer.card")
	require.True(t, s.card(anna).Archived)
	require.True(t, uitest.HasText(s.Window, "в архиве"))
	uitest.Press(s.Window, "F2", "F4")
	require.False(t, s.card(anna).Archived)
}

func TestGroups(t *testing.T) {
	s := newShop(t)
	customer.Find(s.Env, func(pos.CustomerState) {})
	uitest.Press(s.Window, "F6")
	s.Shows("customer.groups", "count", "1")
	s.Fine()
	uitest.Press(s.Window, "F3", "Ctrl+S")
	s.Shows("customer.group", "error", "invalid")
	uitest.Type(s.Window, "Соседи")
	uitest.Press(s.Window, "Enter")
	uitest.Type(s.Window, "5,5")
	uitest.Press(s.Window, "Enter", "Enter")
	uitest.Type(s.Window, "1000")
	uitest.Press(s.Window, "Enter")
	uitest.Type(s.Window, "7")
	s.Fine()
	uitest.Press(s.Window, "Ctrl+S")
	s.Shows("customer.groups", "count", "2")
	list, err := s.Till.CustomerGroups(t.Context(), s.Env.Actor)
	require.NoError(t, err)
	g := list[1]
	if g.Name != "Соседи" {
		g = list[0]
	}
	require.EqualValues(t, 550, *g.EarnRate)
	require.Nil(t, g.MaxPointsShare)
	require.EqualValues(t, 100_000, *g.CreditLimit)
	require.Equal(t, 7, *g.DueDays)

	_, err = s.Till.UpdateCustomer(t.Context(), s.Env.Actor, s.Demo.Customers[anna].ID, till.NewCustomer{Name: "Анна", Phone: "+79000000001", Group: g.ID})
	require.NoError(t, err)
	customer.Edit(s.Env, s.card(anna).Customer, func(pos.CustomerState) {})
	require.True(t, uitest.HasText(s.Window, "Соседи"))
}
