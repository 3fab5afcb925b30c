package drawer_test

// These tests open and close shifts and move cash.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till/tilltest"
)

func TestTill_Shift(t *testing.T) {
	t.Run("there is none at first", func(t *testing.T) {
		s := tilltest.Demo(t)
		_, err := s.Shift(s.Context())
		tilltest.Refused(t, err, pos.CodeNotFound, "shift.none")
		for _, do := range []func() error{
			func() error { _, err := s.CloseShift(s.Context(), s.Cashier, 0); return err },
			func() error { _, err := s.CashIn(s.Context(), s.Cashier, 100, "размен"); return err },
			func() error { _, err := s.XReport(s.Context(), s.Cashier); return err },
			func() error {
				_, _, err := s.RepayDebt(s.Context(), s.Cashier, s.Demo.Customers[1].ID, pos.Cash, 100)
				return err
			},
		} {
			tilltest.Refused(t, do(), pos.CodeConflict, "shift.closed")
		}
		_, err = s.ZReport(s.Context(), s.Cashier, "")
		tilltest.Refused(t, err, pos.CodeNotFound, "shift.none-closed")
	})
	t.Run("one at a time, with a float that can be", func(t *testing.T) {
		s := tilltest.Demo(t)
		_, err := s.OpenShift(s.Context(), s.Cashier, -1)
		tilltest.Refused(t, err, pos.CodeInvalid, "cash.count")
		_, err = s.OpenShift(s.Context(), s.Cashier, money.MaxAmount+1)
		tilltest.Refused(t, err, pos.CodeInvalid, "cash.count")
		shift := s.StartShift(10_000)
		require.Equal(t, int64(1), shift.Number)
		_, err = s.OpenShift(s.Context(), s.Cashier, 0)
		tilltest.Refused(t, err, pos.CodeConflict, "shift.open-already")
		require.Equal(t, int64(10_000), s.Balance(ledger.Drawer, "RUB"))
	})
	t.Run("the drawer counts change, a split payment and repayments rightly", func(t *testing.T) {
		s := tilltest.Demo(t)
		s.StartShift(10_000)
		sale := s.Sell(0, 2, func() { s.Pay(pos.Card, 30_000); s.Cash(50_000) }) // 778.00: card 300, cash 500, change 22
		require.Equal(t, money.Amount(2_200), sale.Change)
		_, left, err := s.RepayDebt(s.Context(), s.Cashier, s.Demo.Customers[1].ID, pos.Cash, 20_000)
		require.NoError(t, err)
		require.Equal(t, money.Amount(100_000), left)
		_, _, err = s.RepayDebt(s.Context(), s.Cashier, s.Demo.Customers[1].ID, pos.Transfer, 5_000)
		require.NoError(t, err)
		in, err := s.CashIn(s.Context(), s.Cashier, 1_000, "размен")
		require.NoError(t, err)
		require.Equal(t, money.Amount(10_000+47_800+20_000+1_000), in.Expected)
		out, err := s.CashOut(s.Context(), s.Senior, 500, "хозтовары")
		require.NoError(t, err)
		require.Equal(t, money.Amount(78_300), out.Expected)
		require.Equal(t, money.Amount(-500), out.Move.Amount)

		x, err := s.XReport(s.Context(), s.Cashier)
		require.NoError(t, err)
		require.Equal(t, money.Amount(78_300), x.Expected)
		require.Equal(t, map[pos.Method]money.Amount{pos.Cash: 47_800, pos.Card: 30_000}, x.ByTender)
		require.Equal(t, map[pos.Method]money.Amount{pos.Cash: 20_000, pos.Transfer: 5_000}, x.Repaid)
		require.Zero(t, x.Counted)

		z, err := s.CloseShift(s.Context(), s.Cashier, 78_000)
		require.NoError(t, err)
		require.Equal(t, [3]money.Amount{78_300, 78_000, -300}, [3]money.Amount{z.Expected, z.Counted, z.Difference})
		require.Zero(t, s.Balance(ledger.Drawer, "RUB"))
		require.Equal(t, int64(300), s.Balance(ledger.DrawerDiff, "RUB"), "what is missing stays named")
		require.Equal(t, int64(78_000-10_000), s.Balance(ledger.Safe, "RUB"))

		again, err := s.ZReport(s.Context(), s.Cashier, "")
		require.NoError(t, err)
		z.At, again.At = time.Time{}, time.Time{}
		require.Equal(t, z.Difference, again.Difference)
		require.Equal(t, z.ByTender, again.ByTender)
		require.Len(t, z.Head, 8)
	})
	t.Run("any difference is recorded and none refused", func(t *testing.T) {
		s := tilltest.Demo(t)
		for _, counted := range []money.Amount{0, 10_000, money.MaxAmount} {
			s.StartShift(10_000)
			z, err := s.CloseShift(s.Context(), s.Cashier, counted)
			require.NoError(t, err)
			require.Equal(t, counted-10_000, z.Difference)
		}
	})
	t.Run("an open cheque is not forgotten", func(t *testing.T) {
		s := tilltest.Demo(t)
		s.StartShift(10_000)
		_, err := s.Scan(s.Context(), s.Cashier, s.Demo.Products[0].Barcodes[0], 0, nil)
		require.NoError(t, err)
		_, err = s.CloseShift(s.Context(), s.Cashier, 10_000)
		tilltest.Refused(t, err, pos.CodeConflict, "shift.cheque-open")
		_, err = s.Park(s.Context(), s.Cashier, "вернётся")
		require.NoError(t, err)
		_, err = s.CloseShift(s.Context(), s.Cashier, 10_000)
		require.NoError(t, err)
	})
	t.Run("a report of an open shift is no Z", func(t *testing.T) {
		s := tilltest.Demo(t)
		shift := s.StartShift(10_000)
		_, err := s.ZReport(s.Context(), s.Owner, shift.ID)
		tilltest.Refused(t, err, pos.CodeConflict, "shift.still-open")
	})
	t.Run("it survives a restart", func(t *testing.T) {
		s := tilltest.Demo(t)
		shift := s.StartShift(10_000)
		s.Restart()
		again, err := s.Shift(s.Context())
		require.NoError(t, err)
		require.Equal(t, shift.ID, again.ID)
		require.Equal(t, shift.Float, again.Float)
	})
}

func TestTill_CloseShiftByNotes(t *testing.T) {
	s := tilltest.Demo(t)
	s.StartShift(10_000)
	for name, c := range map[string]money.Counting{
		"less than none":   {Piles: []money.Pile{{Note: 100, Many: -1}}},
		"no note":          {Piles: []money.Pile{{Note: 0, Many: 1}}},
		"beyond counting":  {Piles: []money.Pile{{Note: 500_000, Many: 1 << 60}}},
		"beyond a drawer":  {Piles: []money.Pile{{Note: money.MaxAmount, Many: 1}}, Coins: 1},
		"coins below none": {Coins: -1},
	} {
		_, err := s.CloseShiftByNotes(s.Context(), s.Cashier, c)
		require.Equal(t, pos.CodeInvalid, pos.CodeOf(err), name)
	}
	c := money.Counting{Piles: []money.Pile{{Note: 5_000, Many: 1}, {Note: 1_000, Many: 4}}, Coins: 550}
	z, err := s.CloseShiftByNotes(s.Context(), s.Cashier, c)
	require.NoError(t, err)
	require.Equal(t, money.Amount(9_550), z.Counted)
	require.Equal(t, c, z.Counting)
	require.Equal(t, "5000*1 1000*4 +550", s.Last(pos.EventShiftClosed).Detail["notes"])
	s.Restart()
	again, err := s.ZReport(s.Context(), s.Cashier, z.Shift.ID)
	require.NoError(t, err)
	require.Equal(t, c, again.Counting, "a report printed again tells it too")

	s.StartShift(10_000)
	z, err = s.CloseShift(s.Context(), s.Cashier, 10_000)
	require.NoError(t, err)
	require.True(t, z.Counting.Empty())
	require.NotContains(t, s.Last(pos.EventShiftClosed).Detail, "notes")
}

func TestTill_CashMoves(t *testing.T) {
	s := tilltest.Demo(t)
	s.StartShift(10_000)
	for name, tt := range map[string]struct {
		amount money.Amount
		reason string
		code   pos.Code
		id     string
	}{
		"more than there is":  {10_001, "инкассация", pos.CodeLimit, "cash.too-much"},
		"nothing":             {0, "инкассация", pos.CodeInvalid, "amount.not-positive"},
		"less than nothing":   {-5, "инкассация", pos.CodeInvalid, "amount.not-positive"},
		"more than money":     {money.MaxAmount + 1, "инкассация", pos.CodeInvalid, "amount.too-large"},
		"no reason":           {100, "  ", pos.CodeInvalid, "reason.short"},
		"a reason that rings": {100, "звон\a колокола", pos.CodeInvalid, "text.control"},
	} {
		t.Run("out: refuses "+name, func(t *testing.T) {
			_, err := s.CashOut(s.Context(), s.Senior, tt.amount, tt.reason)
			tilltest.Refused(t, err, tt.code, tt.id)
		})
	}
	t.Run("out: a cashier may not", func(t *testing.T) {
		_, err := s.CashOut(s.Context(), s.Cashier, 100, "инкассация")
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
	})
	t.Run("out: all of it", func(t *testing.T) {
		r, err := s.CashOut(s.Context(), s.Senior, 10_000, "инкассация")
		require.NoError(t, err)
		require.Zero(t, r.Expected)
	})
}

// Whatever happens at the counter, in any order, the drawer's account, the sum
// of the shift's documents and a model of three lines agree.
func TestProperty_Drawer(t *testing.T) {
	s := tilltest.Demo(t)
	rapid.Check(t, func(t *rapid.T) {
		float := money.Amount(rapid.Int64Range(0, 1_000_000).Draw(t, "float"))
		_, err := s.OpenShift(s.Context(), s.Cashier, float)
		require.NoError(t, err)
		want := float
		for range rapid.IntRange(0, 8).Draw(t, "steps") {
			amount := money.Amount(rapid.Int64Range(1, 500_000).Draw(t, "amount"))
			switch rapid.IntRange(0, 2).Draw(t, "kind") {
			case 0:
				r, err := s.CashIn(s.Context(), s.Cashier, amount, "размен")
				require.NoError(t, err)
				want += amount
				require.Equal(t, want, r.Expected)
			case 1:
				r, err := s.CashOut(s.Context(), s.Senior, amount, "инкассация")
				if amount > want {
					require.Equal(t, pos.CodeLimit, pos.CodeOf(err))
					continue
				}
				require.NoError(t, err)
				want -= amount
				require.Equal(t, want, r.Expected)
			case 2:
				price := s.Demo.Products[0].Price
				_, err := s.Scan(s.Context(), s.Cashier, s.Demo.Products[0].Barcodes[0], 0, nil)
				require.NoError(t, err)
				// A sum far beyond what is due would be asked about.
				card := min(amount, price/2)
				_, _, err = s.Tender(s.Context(), s.Cashier, pos.Card, card)
				require.NoError(t, err)
				_, _, err = s.Tender(s.Context(), s.Cashier, pos.Cash, price-card+min(amount, 40*price))
				require.NoError(t, err)
				_, err = s.FinishSale(s.Context(), s.Cashier)
				require.NoError(t, err)
				want += price - card
			}
		}
		x, err := s.XReport(s.Context(), s.Cashier)
		require.NoError(t, err)
		require.Equal(t, want, x.Expected)
		counted := money.Amount(rapid.Int64Range(0, 2_000_000).Draw(t, "counted"))
		z, err := s.CloseShift(s.Context(), s.Cashier, counted)
		require.NoError(t, err)
		require.Equal(t, [2]money.Amount{want, counted - want}, [2]money.Amount{z.Expected, z.Difference})
	})
}
