package customer

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	pays "kassa/backend/manual"
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// Each change of the state of a customer's order stands on the card among what
// happened at the till, for whoever may see payments.
func TestCard_TellsOfOrders(t *testing.T) {
	open := func(t *testing.T, see bool) *shoptest.Shop {
		s := shoptest.Open(t, uitest.Usual, "ru")
		back := s.Behind()
		if !see {
			s.ChangeGroup(pos.GroupCashier, func(g *pos.Group) { g.Rights = []pos.Right{pos.RightSell, pos.RightCustomerView} })
		}
		s.Login(pos.GroupCashier)
		head, err := s.Till.ExchangeHead(t.Context())
		require.NoError(t, err)
		from := pays.From{Till: head.Till, By: manual.Person{ID: "marina", Name: "Марина"}, Rights: manual.AllRights()}
		_, err = back.PutMerchant(t.Context(), from, manual.Merchant{ID: "m1", Name: "Карта", Account: "RUB"})
		require.NoError(t, err)
		who := s.Demo.Customers[0]
		_, err = back.New(t.Context(), from, manual.Ask{ID: "p1", Where: manual.AtTill, Text: "Курс кройки", Price: 1000_00, Customer: string(who.ID), CustomerName: who.Name})
		require.NoError(t, err)
		_, err = back.Decide(t.Context(), from, "d1", "p1", manual.Ruling{Decision: manual.Approve, Version: 1, Where: manual.AtOrders})
		require.NoError(t, err)
		Card(s.Env, who.ID, func() {})
		return s
	}
	t.Run("who may see them", func(t *testing.T) {
		s := open(t, true)
		for _, text := range []string{"Разрешен", "Открыто", "· Курс кройки", "История заказов"} {
			assert.True(t, uitest.HasText(s.Window, text), "%s in %q", text, uitest.Texts(s.Window))
		}
		s.Fine()
		uitest.Press(s.Window, "F6")
		s.Shows("orders.history", "found", "1", "state", "approved")
	})
	t.Run("who may not", func(t *testing.T) {
		s := open(t, false)
		assert.False(t, uitest.HasText(s.Window, "Курс кройки"))
		uitest.Press(s.Window, "F6")
		assert.Equal(t, "customer.card", s.Last())
	})
}
