package pos_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"kassa/pos"
	"kassa/pos/money"
)

func TestShift_Stale(t *testing.T) {
	zone := time.FixedZone("MSK", 3*3600)
	opened := time.Date(2026, 3, 1, 23, 30, 0, 0, zone)
	for name, tt := range map[string]struct {
		now    time.Time
		closed bool
		want   bool
	}{
		"the same evening":                     {now: opened.Add(20 * time.Minute)},
		"after midnight":                       {now: opened.Add(40 * time.Minute), want: true},
		"after midnight but closed":            {now: opened.Add(40 * time.Minute), closed: true},
		"the clock was put back a day":         {now: opened.Add(-24 * time.Hour)},
		"the same day a year later":            {now: opened.AddDate(1, 0, 0), want: true},
		"another day only in another location": {now: opened.UTC()},
	} {
		t.Run(name, func(t *testing.T) {
			s := pos.Shift{OpenedAt: opened}
			if tt.closed {
				s.ClosedAt = opened.Add(time.Minute)
			}
			require.Equal(t, tt.want, s.Stale(tt.now))
		})
	}
}

func TestCheckCount(t *testing.T) {
	for amount, ok := range map[money.Amount]bool{0: true, 1: true, money.MaxAmount: true, -1: false, money.MaxAmount + 1: false} {
		require.Equal(t, ok, pos.CheckCount(amount) == nil, "%d", amount)
	}
}

func TestCheckCashMove(t *testing.T) {
	for amount, ok := range map[money.Amount]bool{1: true, money.MaxAmount: true, 0: false, -1: false, money.MaxAmount + 1: false} {
		require.Equal(t, ok, pos.CheckCashMove(amount) == nil, "%d", amount)
	}
}

// Whatever is done in a shift, the cash due is what went in less what went out:
// the order does not matter and change has left the cash sales.
func TestProperty_CashDue(t *testing.T) {
	sum := rapid.Int64Range(0, int64(money.MaxAmount))
	rapid.Check(t, func(t *rapid.T) {
		r := pos.ShiftReport{ByTender: map[pos.Method]money.Amount{}, Repaid: map[pos.Method]money.Amount{}}
		r.Shift.Float = money.Amount(sum.Draw(t, "float"))
		in, out := r.Shift.Float, money.Amount(0)
		for range rapid.IntRange(0, 30).Draw(t, "events") {
			amount := money.Amount(sum.Draw(t, "amount"))
			switch rapid.IntRange(0, 4).Draw(t, "kind") {
			case 0: // a cash sale with change
				change := money.Amount(rapid.Int64Range(0, int64(amount)).Draw(t, "change"))
				r.ByTender[pos.Cash] = r.ByTender[pos.Cash].Add(amount).Sub(change)
				in, out = in.Add(amount), out.Add(change)
			case 1:
				r.Repaid[pos.Cash] = r.Repaid[pos.Cash].Add(amount)
				in = in.Add(amount)
			case 2:
				r.CashIn, in = r.CashIn.Add(amount), in.Add(amount)
			case 3:
				r.CashOut, out = r.CashOut.Add(amount), out.Add(amount)
			case 4: // no cash: must not count
				r.ByTender[pos.Card] = r.ByTender[pos.Card].Add(amount)
				r.Repaid[pos.Transfer] = r.Repaid[pos.Transfer].Add(amount)
			}
		}
		if got := r.CashDue(); got != in.Sub(out) {
			t.Fatalf("CashDue = %s, went in %s, out %s", got, in, out)
		}
	})
}

func TestProperty_RepayOldestFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		debts := make([]pos.Debt, rapid.IntRange(1, 12).Draw(t, "debts"))
		var owed money.Amount
		for i := range debts {
			left := money.Amount(rapid.Int64Range(0, 1_000_000).Draw(t, "left"))
			debts[i] = pos.Debt{ID: pos.DebtID(rune('a' + i)), Amount: left + 5, Left: left,
				At: time.UnixMilli(rapid.Int64Range(0, 5).Draw(t, "at"))}
			owed = owed.Add(left)
		}
		amount := money.Amount(rapid.Int64Range(-5, 8_000_000).Draw(t, "amount"))
		parts, err := pos.Repay(debts, amount)
		if amount <= 0 || amount > owed {
			if err == nil {
				t.Fatalf("%d taken, %d owed", amount, owed)
			}
			return
		}
		var paid, left money.Amount
		for _, p := range parts {
			paid = paid.Add(p.Amount)
		}
		open := false // once a debt stays open, no younger one may be touched
		for _, d := range debts {
			left = left.Add(d.Left)
			touched := false
			for _, p := range parts {
				touched = touched || p.Debt == d.ID
			}
			if open && touched {
				t.Fatalf("debt %s paid before an older one", d.ID)
			}
			open = open || d.Left > 0
		}
		if paid != amount || left != owed.Sub(amount) {
			t.Fatalf("paid %d of %d, left %d of %d", paid, amount, left, owed)
		}
	})
}
