package till_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till"
)

func (b *backroom) balance(a ledger.Account) (n int64) {
	b.view(func(tx till.Tx) (err error) { n, err = tx.Balance(a, "RUB"); return err })
	return n
}

func TestTill_Shift(t *testing.T) {
	t.Run("there is none at first", func(t *testing.T) {
		b := newDemo(t)
		_, err := b.Shift(b.ctx)
		refused(t, err, pos.CodeNotFound, "shift.none")
		for _, do := range []func() error{
			func() error { _, err := b.CloseShift(b.ctx, b.cashier, 0); return err },
			func() error { _, err := b.CashIn(b.ctx, b.cashier, 100, "размен"); return err },
			func() error { _, err := b.XReport(b.ctx, b.cashier); return err },
			func() error {
				_, _, err := b.RepayDebt(b.ctx, b.cashier, b.demo.Customers[1].ID, pos.Cash, 100)
				return err
			},
		} {
			refused(t, do(), pos.CodeConflict, "shift.closed")
		}
		_, err = b.ZReport(b.ctx, b.cashier, "")
		refused(t, err, pos.CodeNotFound, "shift.none-closed")
	})
	t.Run("one at a time, with a float that can be", func(t *testing.T) {
		b := newDemo(t)
		_, err := b.OpenShift(b.ctx, b.cashier, -1)
		refused(t, err, pos.CodeInvalid, "cash.count")
		_, err = b.OpenShift(b.ctx, b.cashier, money.MaxAmount+1)
		refused(t, err, pos.CodeInvalid, "cash.count")
		s := b.shiftOpen()
		require.Equal(t, int64(1), s.Number)
		_, err = b.OpenShift(b.ctx, b.cashier, 0)
		refused(t, err, pos.CodeConflict, "shift.open-already")
		require.Equal(t, int64(10_000), b.balance(ledger.Drawer))
	})
	t.Run("the drawer counts change, a split payment and repayments rightly", func(t *testing.T) {
		b := newDemo(t)
		b.shiftOpen()
		sale := b.sell(0, 2, func() { b.tender(pos.Card, 30_000); b.tender(pos.Cash, 50_000) }) // 778.00: card 300, cash 500, change 22
		require.Equal(t, money.Amount(2_200), sale.Change)
		_, left, err := b.RepayDebt(b.ctx, b.cashier, b.demo.Customers[1].ID, pos.Cash, 20_000)
		require.NoError(t, err)
		require.Equal(t, money.Amount(100_000), left)
		_, _, err = b.RepayDebt(b.ctx, b.cashier, b.demo.Customers[1].ID, pos.Transfer, 5_000)
		require.NoError(t, err)
		in, err := b.CashIn(b.ctx, b.cashier, 1_000, "размен")
		require.NoError(t, err)
		require.Equal(t, money.Amount(10_000+47_800+20_000+1_000), in.Expected)
		out, err := b.CashOut(b.ctx, b.senior, 500, "хозтовары")
		require.NoError(t, err)
		require.Equal(t, money.Amount(78_300), out.Expected)
		require.Equal(t, money.Amount(-500), out.Move.Amount)

		x, err := b.XReport(b.ctx, b.cashier)
		require.NoError(t, err)
		require.Equal(t, money.Amount(78_300), x.Expected)
		require.Equal(t, map[pos.Method]money.Amount{pos.Cash: 47_800, pos.Card: 30_000}, x.ByTender)
		require.Equal(t, map[pos.Method]money.Amount{pos.Cash: 20_000, pos.Transfer: 5_000}, x.Repaid)
		require.Zero(t, x.Counted)

		z, err := b.CloseShift(b.ctx, b.cashier, 78_000)
		require.NoError(t, err)
		require.Equal(t, [3]money.Amount{78_300, 78_000, -300}, [3]money.Amount{z.Expected, z.Counted, z.Difference})
		require.Zero(t, b.balance(ledger.Drawer))
		require.Equal(t, int64(300), b.balance(ledger.DrawerDiff), "what is missing stays named")
		require.Equal(t, int64(78_000-10_000), b.balance(ledger.Safe))

		again, err := b.ZReport(b.ctx, b.cashier, "")
		require.NoError(t, err)
		z.At, again.At = time.Time{}, time.Time{}
		require.Equal(t, z.Difference, again.Difference)
		require.Equal(t, z.ByTender, again.ByTender)
		require.Len(t, z.Head, 8)
		b.healthy()
	})
	t.Run("any difference is recorded and none refused", func(t *testing.T) {
		b := newDemo(t)
		for _, counted := range []money.Amount{0, 10_000, money.MaxAmount} {
			b.shiftOpen()
			z, err := b.CloseShift(b.ctx, b.cashier, counted)
			require.NoError(t, err)
			require.Equal(t, counted-10_000, z.Difference)
		}
		b.healthy()
	})
	t.Run("an open cheque is not forgotten", func(t *testing.T) {
		b := newDemo(t)
		b.shiftOpen()
		_, err := b.Scan(b.ctx, b.cashier, b.demo.Products[0].Barcodes[0], 0, nil)
		require.NoError(t, err)
		_, err = b.CloseShift(b.ctx, b.cashier, 10_000)
		refused(t, err, pos.CodeConflict, "shift.cheque-open")
		_, err = b.Park(b.ctx, b.cashier, "вернётся")
		require.NoError(t, err)
		_, err = b.CloseShift(b.ctx, b.cashier, 10_000)
		require.NoError(t, err)
		b.healthy()
	})
	t.Run("a report of an open shift is no Z", func(t *testing.T) {
		b := newDemo(t)
		s := b.shiftOpen()
		_, err := b.ZReport(b.ctx, b.owner, s.ID)
		refused(t, err, pos.CodeConflict, "shift.still-open")
	})
	t.Run("it survives a restart", func(t *testing.T) {
		b := newDemo(t)
		s := b.shiftOpen()
		b.restart()
		again, err := b.Shift(b.ctx)
		require.NoError(t, err)
		require.Equal(t, s.ID, again.ID)
		require.Equal(t, s.Float, again.Float)
	})
}

func TestTill_CashMoves(t *testing.T) {
	b := newDemo(t)
	b.shiftOpen()
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
			_, err := b.CashOut(b.ctx, b.senior, tt.amount, tt.reason)
			refused(t, err, tt.code, tt.id)
		})
	}
	t.Run("out: a cashier may not", func(t *testing.T) {
		_, err := b.CashOut(b.ctx, b.cashier, 100, "инкассация")
		refused(t, err, pos.CodeForbidden, "till.forbidden")
	})
	t.Run("out: all of it", func(t *testing.T) {
		r, err := b.CashOut(b.ctx, b.senior, 10_000, "инкассация")
		require.NoError(t, err)
		require.Zero(t, r.Expected)
	})
	b.healthy()
}

// Whatever happens at the counter, in any order, the drawer's account, the sum
// of the shift's documents and a model of three lines agree.
func TestProperty_Drawer(t *testing.T) {
	b := newDemo(t)
	rapid.Check(t, func(t *rapid.T) {
		float := money.Amount(rapid.Int64Range(0, 1_000_000).Draw(t, "float"))
		_, err := b.OpenShift(b.ctx, b.cashier, float)
		require.NoError(t, err)
		want := float
		for range rapid.IntRange(0, 8).Draw(t, "steps") {
			amount := money.Amount(rapid.Int64Range(1, 500_000).Draw(t, "amount"))
			switch rapid.IntRange(0, 2).Draw(t, "kind") {
			case 0:
				r, err := b.CashIn(b.ctx, b.cashier, amount, "размен")
				require.NoError(t, err)
				want += amount
				require.Equal(t, want, r.Expected)
			case 1:
				r, err := b.CashOut(b.ctx, b.senior, amount, "инкассация")
				if amount > want {
					require.Equal(t, pos.CodeLimit, pos.CodeOf(err))
					continue
				}
				require.NoError(t, err)
				want -= amount
				require.Equal(t, want, r.Expected)
			case 2:
				price := b.demo.Products[0].Price
				_, err := b.Scan(b.ctx, b.cashier, b.demo.Products[0].Barcodes[0], 0, nil)
				require.NoError(t, err)
				card := min(amount, price-1)
				_, _, err = b.Tender(b.ctx, b.cashier, pos.Card, card)
				require.NoError(t, err)
				_, _, err = b.Tender(b.ctx, b.cashier, pos.Cash, price-card+amount)
				require.NoError(t, err)
				_, err = b.FinishSale(b.ctx, b.cashier)
				require.NoError(t, err)
				want += price - card
			}
		}
		x, err := b.XReport(b.ctx, b.cashier)
		require.NoError(t, err)
		require.Equal(t, want, x.Expected)
		counted := money.Amount(rapid.Int64Range(0, 2_000_000).Draw(t, "counted"))
		z, err := b.CloseShift(b.ctx, b.cashier, counted)
		require.NoError(t, err)
		require.Equal(t, [2]money.Amount{want, counted - want}, [2]money.Amount{z.Expected, z.Difference})
	})
	b.healthy()
}
