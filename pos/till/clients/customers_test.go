package clients_test

// These tests keep the cards of customers.

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

func TestTill_Customers(t *testing.T) {
	t.Run("adds a person whose phone is known in any notation", func(t *testing.T) {
		s := tilltest.Demo(t)
		c, err := s.AddCustomer(s.Context(), s.Cashier, till.NewCustomer{Name: " Нина  Иванова ", Phone: "8 (900) 000-00-77", Card: " 777 "})
		require.NoError(t, err)
		require.Equal(t, [4]string{"Нина Иванова", "+79000000077", "777", "ru"}, [4]string{c.Name, c.Phone, c.Card, c.Language})
		_, err = s.AddCustomer(s.Context(), s.Cashier, till.NewCustomer{Name: "Другая", Phone: "+7 900 0000077"})
		e := tilltest.Refused(t, err, pos.CodeConflict, "customer.phone-taken")
		require.Equal(t, "Нина Иванова", e.Args["Name"])
		_, err = s.AddCustomer(s.Context(), s.Cashier, till.NewCustomer{Name: "Другая", Phone: "+79000000078", Card: "777"})
		tilltest.Refused(t, err, pos.CodeConflict, "customer.card-taken")
	})
	t.Run("refuses a phone that cannot be", func(t *testing.T) {
		s := tilltest.Demo(t)
		_, err := s.AddCustomer(s.Context(), s.Cashier, till.NewCustomer{Name: "Нина", Phone: "123"})
		tilltest.Refused(t, err, pos.CodeInvalid, "phone.reason.too_short")
		require.NotContains(t, err.Error(), "123")
	})
	t.Run("a limit takes its own right", func(t *testing.T) {
		s := tilltest.Demo(t)
		_, err := s.AddCustomer(s.Context(), s.Cashier, till.NewCustomer{Name: "Нина", CreditLimit: 1})
		e := tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		require.Equal(t, pos.RightCreditLimit, e.Args["Right"])
		c := s.Demo.Customers[0]
		_, err = s.UpdateCustomer(s.Context(), s.Senior, c.ID, till.NewCustomer{Name: c.Name, Phone: c.Phone, Card: c.Card, CreditLimit: c.CreditLimit + 1})
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		_, err = s.UpdateCustomer(s.Context(), s.Owner, c.ID, till.NewCustomer{Name: c.Name, Phone: c.Phone, Card: c.Card, CreditLimit: c.CreditLimit + 1})
		require.NoError(t, err)
	})
	t.Run("a new phone is not confirmed and the trail tells of it, masked", func(t *testing.T) {
		s := tilltest.Demo(t)
		s.StartShift(10_000)
		s.Sell(0, 1, func() { s.SpendConfirmed(100); s.Pay(pos.Card, 28_900) })
		card, err := s.CustomerCard(s.Context(), s.Cashier, s.Demo.Customers[0].ID)
		require.NoError(t, err)
		require.True(t, card.PhoneConfirmed, "a right code was entered")
		s.Rephone(card.ID, "+79000000099")
		now, err := s.CustomerCard(s.Context(), s.Cashier, card.ID)
		require.NoError(t, err)
		require.False(t, now.PhoneConfirmed)
		require.WithinDuration(t, s.Clock.Now(), now.PhoneChangedAt, 0)
		s.Look(func(tx till.Tx) error {
			list, err := tx.Events(string(card.ID), 1)
			require.Equal(t, pos.EventPhoneChanged, list[0].Kind)
			require.NotContains(t, list[0].Detail["phone"]+list[0].Detail["phone_was"], "90000000")
			require.Contains(t, list[0].Detail["phone"], "99")
			return err
		})
	})
	t.Run("shows a card with lots, debts and history", func(t *testing.T) {
		s := tilltest.Demo(t)
		s.StartShift(10_000)
		sale := s.Sell(1, 1, func() { s.CreditConfirmed(10_000); s.Cash(28_900) })
		card, err := s.CustomerCard(s.Context(), s.Cashier, s.Demo.Customers[1].ID)
		require.NoError(t, err)
		require.Equal(t, money.Amount(130_000), card.Debt)
		require.Equal(t, money.Amount(170_000), card.Room)
		require.Len(t, card.Debts, 2)
		require.Len(t, card.Lots, 2)
		require.Equal(t, sale.ID, card.History[0].Sale)
	})
	t.Run("finds people while one types", func(t *testing.T) {
		s := tilltest.Demo(t)
		for text, want := range map[string]string{"журав": "Вера Журавлёва", "0003": "Вера Журавлёва", "2000008": "Helen Swift"} {
			found, err := s.SearchCustomers(s.Context(), s.Cashier, text, 5)
			require.NoError(t, err)
			require.NotEmpty(t, found, text)
			require.Equal(t, want, found[0].Name, text)
		}
		found, err := s.SearchCustomers(s.Context(), s.Cashier, "вера", 5)
		require.NoError(t, err)
		require.Equal(t, int64(2450), found[0].Points)
	})
	t.Run("lists who there is by name, page by page, without who is gone", func(t *testing.T) {
		s := tilltest.Demo(t)
		whole, err := s.Customers(s.Context(), s.Cashier, "", "", 100)
		require.NoError(t, err)
		require.False(t, whole.More)
		require.Len(t, whole.List, len(s.Demo.Customers))
		gone := whole.List[slices.IndexFunc(whole.List, func(c pos.CustomerState) bool { return c.Debt == 0 })].Customer
		_, err = s.ArchiveCustomer(s.Context(), s.Owner, gone.ID, true)
		require.NoError(t, err)

		var names []string
		page := till.CustomerPage{More: true}
		for page.More {
			page, err = s.Customers(s.Context(), s.Cashier, page.AfterName, page.AfterID, 2)
			require.NoError(t, err)
			require.LessOrEqual(t, len(page.List), 2)
			for i := range page.List {
				names = append(names, page.List[i].Name)
			}
		}
		require.Len(t, names, len(whole.List)-1)
		require.NotContains(t, names, gone.Name)
		require.True(t, slices.IsSortedFunc(names, func(a, b string) int { return strings.Compare(pos.Fold(a), pos.Fold(b)) }))
	})
	t.Run("lists nobody for who may not see customers", func(t *testing.T) {
		s := tilltest.Demo(t)
		_, err := s.Customers(s.Context(), pos.Actor{}, "", "", 2)
		require.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
	})
}
