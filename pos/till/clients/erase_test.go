package clients_test

// These tests put cards away and forget people.

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

func TestTill_ArchiveCustomer(t *testing.T) {
	s := tilltest.Demo(t)
	s.StartShift(10_000)
	anna := s.Demo.Customers[0].ID
	_, err := s.ArchiveCustomer(s.Context(), s.Senior, s.Demo.Customers[1].ID, true)
	tilltest.Refused(t, err, pos.CodeConflict, "customer.archive-debt")
	state, err := s.ArchiveCustomer(s.Context(), s.Senior, anna, true)
	require.NoError(t, err)
	require.True(t, state.Archived)
	_, err = s.SetCustomer(s.Context(), s.Cashier, till.FindCustomer{ID: anna})
	tilltest.Refused(t, err, pos.CodeConflict, "customer.in-archive")
	_, err = s.ArchiveCustomer(s.Context(), s.Senior, anna, false)
	require.NoError(t, err)
	_, err = s.SetCustomer(s.Context(), s.Cashier, till.FindCustomer{ID: anna})
	require.NoError(t, err)
	_, err = s.ArchiveCustomer(s.Context(), s.Senior, anna, true)
	tilltest.Refused(t, err, pos.CodeConflict, "customer.archive-cheque")
}

func TestTill_EraseCustomer(t *testing.T) {
	t.Run("nothing of the person is left, and the books hold", func(t *testing.T) {
		s, was := tilltest.Merged(t)
		n := s.Form(0)
		n.Birthday, n.Note, n.Email = "1985-02-03", "любит ряженку", "anna.only@example.test"
		_, err := s.UpdateCustomer(s.Context(), s.Owner, was[0].ID, n)
		require.NoError(t, err)
		_, _, err = s.RepayDebt(s.Context(), s.Cashier, was[0].ID, pos.Cash, s.DemoPerson(0).Debt)
		require.NoError(t, err)
		err = s.EraseCustomer(s.Context(), s.Owner, was[0].ID, false)
		tilltest.Refused(t, err, pos.CodeConflict, "erase.points")
		points := s.Balance(ledger.PointsOf(was[0].ID), money.Points)
		require.NoError(t, s.EraseCustomer(s.Context(), s.Owner, was[0].ID, true))
		require.Zero(t, s.Balance(ledger.PointsOf(was[0].ID), money.Points))
		require.Equal(t, points, s.Balance(ledger.PointsLost, money.Points))
		s.Sound()
		card := s.DemoPerson(0)
		require.Equal(t, pos.Anonymous, card.Name)
		require.NotEmpty(t, card.History, "what was bought stays")
		err = s.EraseCustomer(s.Context(), s.Owner, was[0].ID, true)
		tilltest.Refused(t, err, pos.CodeConflict, "customer.erased")
		_, err = s.UpdateCustomer(s.Context(), s.Owner, was[0].ID, n)
		tilltest.Refused(t, err, pos.CodeConflict, "customer.erased")

		file := string(s.File())
		for _, text := range []string{was[0].Name, was[1].Name, pos.Fold(was[0].Name), strings.Fields(pos.Fold(was[0].Name))[1], was[0].Phone, was[1].Phone, was[0].Card, was[1].Card,
			"anna.only", "ряженку", "1985-02-03"} {
			require.False(t, strings.Contains(file, text), text)
		}
	})
	t.Run("is refused while a debt is open, on a cheque, and without the right", func(t *testing.T) {
		s := tilltest.Demo(t)
		s.StartShift(10_000)
		tilltest.Refused(t, s.EraseCustomer(s.Context(), s.Owner, s.Demo.Customers[1].ID, true), pos.CodeConflict, "erase.debt")
		err := s.EraseCustomer(s.Context(), s.Senior, s.Demo.Customers[0].ID, true)
		require.Equal(t, pos.RightErase, tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden").Args["Right"])
		_, err = s.SetCustomer(s.Context(), s.Cashier, till.FindCustomer{ID: s.Demo.Customers[0].ID})
		require.NoError(t, err)
		tilltest.Refused(t, s.EraseCustomer(s.Context(), s.Owner, s.Demo.Customers[0].ID, true), pos.CodeConflict, "customer.archive-cheque")
	})
}
