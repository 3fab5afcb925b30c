package clients_test

// These tests give groups of customers rules of their own.

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/exports"
	"kassa/pos/imports"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

func TestTill_CustomerGroups(t *testing.T) {
	t.Run("a group's own rules decide, the shop's fill in", func(t *testing.T) {
		s := tilltest.Demo(t)
		s.StartShift(10_000)
		g := s.Gather(pos.CustomerGroup{Name: "VIP", EarnRate: new(money.Percent(1000)), MaxPointsShare: new(money.Percent(5000)), DueDays: new(3)}, 0)
		_, err := s.Scan(s.Context(), s.Cashier, s.Demo.Products[4].Barcodes[0], 0, nil)
		require.NoError(t, err)
		plain, err := s.Cheque(s.Context())
		require.NoError(t, err)
		v, err := s.SetCustomer(s.Context(), s.Cashier, till.FindCustomer{ID: s.Demo.Customers[0].ID})
		require.NoError(t, err)
		require.Equal(t, int64(38), v.Totals.Earn, "10 % of 389,00")
		require.Equal(t, int64(194), v.Totals.MaxPoints, "half of it")
		require.Equal(t, 3, v.Rules.CreditDays)
		v, err = s.SetCustomer(s.Context(), s.Cashier, till.FindCustomer{})
		require.NoError(t, err)
		require.Equal(t, plain.Totals, v.Totals, "without the customer the shop's rules are back")
		s.Sell(0, 0, func() { s.CreditConfirmed(10_000); s.Cash(28_900) })
		sale, err := s.Sale(s.Context(), s.Owner, "")
		require.NoError(t, err)
		require.Equal(t, &pos.Terms{Group: g.ID, EarnRate: 1000, MaxPointsShare: 5000, PointValue: 100, CreditLimit: s.DemoPerson(0).CreditLimit}, sale.Terms)
		require.Equal(t, s.Clock.Now().AddDate(0, 0, 3).Day(), sale.DebtDue.Day())

		g.EarnRate = new(money.Percent(0))
		_, err = s.SaveCustomerGroup(s.Context(), s.Owner, *g)
		require.NoError(t, err)
		s.Sound() // what was sold under the old rate stays explained
	})
	t.Run("a group is no way around the right to set a limit", func(t *testing.T) {
		s := tilltest.Demo(t)
		g := s.Gather(pos.CustomerGroup{Name: "VIP", CreditLimit: new(money.Amount(100_000))}, 5)
		n := till.NewCustomer{Name: "Пётр", Phone: "+79000000071", Group: g.ID}
		_, err := s.AddCustomer(s.Context(), s.Cashier, n)
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		n.Group = ""
		_, err = s.AddCustomer(s.Context(), s.Cashier, n)
		require.NoError(t, err)
	})
	t.Run("the customer's own limit comes before the group's", func(t *testing.T) {
		s := tilltest.Demo(t)
		s.StartShift(10_000)
		c, err := s.AddCustomer(s.Context(), s.Owner, till.NewCustomer{Name: "Пётр", Phone: "+79000000071"})
		require.NoError(t, err)
		g, err := s.SaveCustomerGroup(s.Context(), s.Owner, pos.CustomerGroup{Name: "Соседи", CreditLimit: new(money.Amount(20_000))})
		require.NoError(t, err)
		state, err := s.UpdateCustomer(s.Context(), s.Owner, c.ID, till.NewCustomer{Name: c.Name, Phone: c.Phone, Group: g.ID})
		require.NoError(t, err)
		require.Equal(t, money.Amount(20_000), state.Limit)
		require.Equal(t, money.Amount(20_000), state.Room)
		_, err = s.Scan(s.Context(), s.Cashier, s.Demo.Products[4].Barcodes[0], 0, nil)
		require.NoError(t, err)
		_, err = s.SetCustomer(s.Context(), s.Cashier, till.FindCustomer{ID: c.ID})
		require.NoError(t, err)
		_, _, err = s.Tender(s.Context(), s.Cashier, pos.Credit, 20_100)
		tilltest.Refused(t, err, pos.CodeLimit, "credit.over-limit")
		s.CreditConfirmed(20_000)
		s.Cash(18_900)
		_, err = s.FinishSale(s.Context(), s.Cashier)
		require.NoError(t, err)
		state, err = s.UpdateCustomer(s.Context(), s.Owner, c.ID, till.NewCustomer{Name: c.Name, Phone: c.Phone, Group: g.ID, CreditLimit: 5_000})
		require.NoError(t, err)
		require.Equal(t, money.Amount(5_000), state.Limit)
	})
	t.Run("is refused with a clear reason", func(t *testing.T) {
		s := tilltest.Demo(t)
		for id, g := range map[string]pos.CustomerGroup{
			"customer-group.name-empty": {Name: "  "},
			"customer-group.earn":       {Name: "а", EarnRate: new(money.Percent(10_001))},
			"customer-group.share":      {Name: "а", MaxPointsShare: new(money.Percent(-1))},
			"customer-group.days":       {Name: "а", DueDays: new(0)},
			"customer.limit":            {Name: "а", CreditLimit: new(money.Amount(-1))},
			"text.control":              {Name: "а\x01"},
		} {
			_, err := s.SaveCustomerGroup(s.Context(), s.Owner, g)
			tilltest.Refused(t, err, pos.CodeInvalid, id)
		}
		_, err := s.SaveCustomerGroup(s.Context(), s.Cashier, pos.CustomerGroup{Name: "а"})
		require.Equal(t, pos.RightCustomerGroups, tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden").Args["Right"])
		_, err = s.SaveCustomerGroup(s.Context(), s.Owner, pos.CustomerGroup{Name: "Ёлки"})
		require.NoError(t, err)
		_, err = s.SaveCustomerGroup(s.Context(), s.Owner, pos.CustomerGroup{Name: " елки "})
		tilltest.Refused(t, err, pos.CodeConflict, "customer-group.name-taken")
		n := s.Form(0)
		n.Group = "none"
		_, err = s.UpdateCustomer(s.Context(), s.Owner, s.Demo.Customers[0].ID, n)
		tilltest.Refused(t, err, pos.CodeNotFound, "customer-group.unknown")
	})
	t.Run("a list of customers names groups, and comes out again as it went in", func(t *testing.T) {
		s := tilltest.Demo(t)
		r, err := s.ImportList(s.Owner, imports.KindCustomers, "имя;телефон;группа;день рождения\nНина;+79000000081;Свои;7.3.1990\nОлег;+79000000082;свои;29.02\n", false)
		require.NoError(t, err)
		require.Equal(t, int64(2), r.New)
		var out strings.Builder
		require.NoError(t, s.ExportTo(s.Owner, till.ExportedCustomers, &out, exports.CSV))
		require.Contains(t, out.String(), "Свои;1990-03-07")
		require.Contains(t, out.String(), "Свои;02-29")
		r, err = s.ImportList(s.Owner, imports.KindCustomers, out.String(), false)
		require.NoError(t, err)
		require.Zero(t, r.New+r.Updated)
	})
}
