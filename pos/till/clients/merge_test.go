package clients_test

// These tests make two cards into one.

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/imports"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

func TestTill_MergeCustomers(t *testing.T) {
	t.Run("everything of the duplicate is the survivor's, and both numbers find the person", func(t *testing.T) {
		s, was := tilltest.Merged(t)
		now := s.DemoPerson(0)
		require.Equal(t, was[0].Points+was[1].Points, now.Points)
		require.Equal(t, was[0].Debt+was[1].Debt, now.Debt)
		require.Len(t, now.History, len(was[0].History)+len(was[1].History))
		require.Equal(t, was[0].ID, s.DemoPerson(1).ID, "the old card leads to the new one")
		for _, f := range []till.FindCustomer{{Phone: was[1].Phone}, {Card: was[1].Card}, {Phone: was[1].Phone[len(was[1].Phone)-4:]}, {ID: was[1].ID}, {Card: was[0].Card}} {
			v, err := s.SetCustomer(s.Context(), s.Cashier, f)
			require.NoError(t, err, f)
			require.Equal(t, was[0].ID, v.Customer.ID)
		}
		found, err := s.SearchCustomers(s.Context(), s.Cashier, was[1].Name, 5)
		require.NoError(t, err)
		require.Len(t, found, 1)
		require.Equal(t, was[0].ID, found[0].ID)
		said, err := s.Consents(s.Context(), s.Owner, was[0].ID)
		require.NoError(t, err)
		require.Equal(t, pos.ConsentMerge, said[0].Source)
		require.Error(t, now.CheckHold(s.Clock.Now()), "half of it belonged to another number")
		require.Zero(t, s.Balance(ledger.PointsOf(was[1].ID), money.Points))
		require.Zero(t, s.Balance(ledger.DebtOf(was[1].ID), "RUB"))
		s.Sound()

		_, left, err := s.RepayDebt(s.Context(), s.Cashier, was[1].ID, pos.Cash, now.Debt)
		require.NoError(t, err)
		require.Zero(t, left)
		s.Clock.Move(25 * time.Hour)
		_, err = s.CloseShift(s.Context(), s.Cashier, 0)
		require.NoError(t, err)
		s.StartShift(10_000)
		s.Sell(0, 2, func() { s.SpendConfirmed(150); s.Cash(62_800) })
	})
	t.Run("three cards in a row become one", func(t *testing.T) {
		s, was := tilltest.Merged(t)
		_, err := s.MergeCustomers(s.Context(), s.Owner, till.MergeChoice{Survivor: s.Demo.Customers[2].ID, Duplicate: was[0].ID, TakePhone: true, TakeCard: true, TakeName: true})
		require.NoError(t, err)
		last := s.DemoPerson(2)
		require.Equal(t, was[0].Phone, last.Phone)
		require.Equal(t, was[0].Name, last.Name)
		for _, number := range []string{was[0].Phone, was[1].Phone} {
			v, err := s.SetCustomer(s.Context(), s.Cashier, till.FindCustomer{Phone: number})
			require.NoError(t, err)
			require.Equal(t, last.ID, v.Customer.ID)
		}
	})
	t.Run("open codes are void, and the cheque goes on with the survivor", func(t *testing.T) {
		s := tilltest.Demo(t)
		s.StartShift(10_000)
		_, err := s.Scan(s.Context(), s.Cashier, s.Demo.Products[4].Barcodes[0], 0, nil)
		require.NoError(t, err)
		_, err = s.SetCustomer(s.Context(), s.Cashier, till.FindCustomer{ID: s.Demo.Customers[1].ID})
		require.NoError(t, err)
		_, ch, err := s.SpendPoints(s.Context(), s.Cashier, 10)
		require.NoError(t, err)
		s.Brought(ch)
		_, err = s.MergeCustomers(s.Context(), s.Owner, till.MergeChoice{Survivor: s.Demo.Customers[0].ID, Duplicate: s.Demo.Customers[1].ID})
		require.NoError(t, err)
		now, err := s.Challenge(s.Context(), ch.ID)
		require.NoError(t, err)
		require.Equal(t, confirm.Revoked, now.State)
		v, err := s.Cheque(s.Context())
		require.NoError(t, err)
		require.Equal(t, s.Demo.Customers[0].ID, v.Cheque.Customer)
		require.Empty(t, v.Cheque.Tenders)
	})
	t.Run("the preview is what comes, and changes nothing", func(t *testing.T) {
		s := tilltest.Demo(t)
		m := till.MergeChoice{Survivor: s.Demo.Customers[0].ID, Duplicate: s.Demo.Customers[1].ID, TakeLimit: true}
		p, err := s.PreviewMerge(s.Context(), s.Owner, m)
		require.NoError(t, err)
		require.Empty(t, s.DemoPerson(1).MergedInto)
		merged, err := s.MergeCustomers(s.Context(), s.Owner, m)
		require.NoError(t, err)
		p.Becomes.PhoneChangedAt, p.Becomes.PhoneHeldUntil = merged.PhoneChangedAt, merged.PhoneHeldUntil
		require.Equal(t, p.Becomes, *merged)
		require.Equal(t, p.Duplicate.CreditLimit, merged.CreditLimit)
	})
	t.Run("is refused with itself, twice, and without the right", func(t *testing.T) {
		s, was := tilltest.Merged(t)
		_, err := s.MergeCustomers(s.Context(), s.Owner, till.MergeChoice{Survivor: was[0].ID, Duplicate: was[0].ID})
		tilltest.Refused(t, err, pos.CodeInvalid, "merge.same")
		_, err = s.MergeCustomers(s.Context(), s.Owner, till.MergeChoice{Survivor: s.Demo.Customers[2].ID, Duplicate: was[1].ID})
		tilltest.Refused(t, err, pos.CodeConflict, "customer.merged")
		_, err = s.MergeCustomers(s.Context(), s.Senior, till.MergeChoice{Survivor: s.Demo.Customers[2].ID, Duplicate: was[0].ID})
		require.Equal(t, pos.RightMerge, tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden").Args["Right"])
	})
}

// Whatever points and debts there are, merging and erasing keeps the sum of the
// journal, and the whole history is found sound.
func TestProperty_MergeAndErase(t *testing.T) {
	s := tilltest.Demo(t)
	s.StartShift(10_000)
	next := 0
	// balances are what all points and debts add up to, wherever they are booked.
	balances := func() (points, debts int64) {
		s.Look(func(tx till.Tx) error {
			return tx.EachBalance(func(a ledger.Account, c money.Currency, n int64) error {
				switch {
				case strings.HasPrefix(string(a), "points:") || a == ledger.PointsLost:
					points += n
				case strings.HasPrefix(string(a), "debt:"):
					debts += n
				}
				return nil
			})
		})
		return points, debts
	}
	rapid.Check(t, func(rt *rapid.T) {
		var list strings.Builder
		list.WriteString("имя;карта;баллы;долг;лимит\n")
		people := make([]pos.CustomerID, 4)
		for range people {
			next++
			fmt.Fprintf(&list, "Покупатель %d;9000%d;%d;%d;%d\n", next, next, rapid.IntRange(0, 500).Draw(rt, "points"),
				rapid.SampledFrom([]int{0, 0, 70}).Draw(rt, "debt"), rapid.IntRange(0, 900).Draw(rt, "limit"))
		}
		_, err := s.ImportList(s.Owner, imports.KindCustomers, list.String(), false)
		require.NoError(t, err)
		for i := range people {
			v, err := s.SetCustomer(s.Context(), s.Cashier, till.FindCustomer{Card: fmt.Sprint("9000", next-i)})
			require.NoError(t, err)
			people[i] = v.Customer.ID
		}
		_, err = s.SetCustomer(s.Context(), s.Cashier, till.FindCustomer{})
		require.NoError(t, err)
		one := rapid.SampledFrom(people)
		for range rapid.IntRange(1, 6).Draw(rt, "steps") {
			c, err := s.CustomerCard(s.Context(), s.Owner, one.Draw(rt, "who"))
			require.NoError(t, err)
			points, debts := balances()
			switch rapid.IntRange(0, 3).Draw(rt, "what") {
			case 0: // a sale that earns
				if c.Archived {
					continue
				}
				_, err := s.Scan(s.Context(), s.Cashier, s.Demo.Products[4].Barcodes[0], 0, nil)
				require.NoError(t, err)
				_, err = s.SetCustomer(s.Context(), s.Cashier, till.FindCustomer{ID: c.ID})
				require.NoError(t, err)
				s.Pay(pos.Card, 38_900)
				_, err = s.FinishSale(s.Context(), s.Cashier)
				require.NoError(t, err)
				continue
			case 1:
				_, err = s.MergeCustomers(s.Context(), s.Owner, till.MergeChoice{Survivor: c.ID, Duplicate: one.Draw(rt, "other"),
					TakeCard: rapid.Bool().Draw(rt, "card"), TakeLimit: rapid.Bool().Draw(rt, "limit")})
			case 2:
				err = s.EraseCustomer(s.Context(), s.Owner, c.ID, rapid.Bool().Draw(rt, "forfeit"))
			case 3:
				if c.Debt > 0 {
					_, _, err = s.RepayDebt(s.Context(), s.Cashier, c.ID, pos.Cash, c.Debt/2+1)
					require.NoError(t, err)
				}
				continue
			}
			if code := pos.CodeOf(err); err != nil && code != pos.CodeConflict && code != pos.CodeInvalid {
				rt.Fatalf("%v", err)
			}
			pointsNow, debtsNow := balances()
			require.Equal(t, points, pointsNow)
			require.Equal(t, debts, debtsNow)
		}
		problems, err := s.SelfCheck(s.Context(), s.Owner)
		require.NoError(t, err)
		if len(problems) > 0 {
			rt.Fatalf("%v", problems)
		}
	})
}
