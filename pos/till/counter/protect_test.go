package counter_test

// These tests spend what is the customer's: points and credit, each with a code.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// ready is a shop with Anna's cheque of 1000.00 on the screen.
func ready(t *testing.T) *tilltest.Shop {
	t.Helper()
	s := tilltest.Small(t)
	s.Ring("10*milk")
	s.Customer(tilltest.Anna)
	return s
}

func TestTill_SpendPoints(t *testing.T) {
	t.Run("stores the sale with the customer's code", func(t *testing.T) {
		s := ready(t)
		ch := s.Spend(300)
		if ch.State != confirm.Sent || ch.AttemptsLeft() != 5 || s.Screen().Totals.Due != 70_000 {
			t.Fatalf("challenge %+v", ch)
		}
		if ch = s.Enter(ch.ID, s.Sender.WrongCode()); ch.State != confirm.Sent || ch.AttemptsLeft() != 4 {
			t.Fatalf("after a wrong code %+v", ch)
		}
		_, err := s.FinishSale(s.Context(), s.Owner)
		tilltest.Refused(t, err, pos.CodeCodeRequired, "code.required-points")
		if ch = s.Enter(ch.ID, s.Sender.Code()); ch.State != confirm.Verified {
			t.Fatalf("after the right code %+v", ch)
		}
		_, err = s.FinishSale(s.Context(), s.Owner)
		tilltest.Refused(t, err, pos.CodeNotPaid, "sale.not-paid")
		s.Cash(80_000)
		sale := s.Finish()
		if sale.Change != 10_000 || sale.PointsSpent != 300 || sale.PointsEarned != 21 || sale.Number != 1 {
			t.Errorf("sale %+v", sale)
		}
		card := s.Person(tilltest.Anna)
		if card.Points != 221 || !card.PhoneConfirmed {
			t.Errorf("customer %+v", card.CustomerState)
		}
		used, err := s.Challenge(s.Context(), ch.ID)
		require.NoError(t, err)
		if used.State != confirm.Consumed || used.CodeHash != "" {
			t.Errorf("challenge after the sale %+v", used)
		}
		_, err = s.FinishSale(s.Context(), s.Owner)
		tilltest.Refused(t, err, pos.CodeConflict, "cheque.empty")
	})
	t.Run("refuses before anything is sent", func(t *testing.T) {
		s := ready(t)
		tests := []struct {
			points int64
			code   pos.Code
			id     string
		}{
			{0, pos.CodeInvalid, "points.not-positive"},
			{-1, pos.CodeInvalid, "points.not-positive"},
			{501, pos.CodeLimit, "points.too-few"},
			{301, pos.CodeLimit, "points.over-cheque"},
			{1 << 62, pos.CodeLimit, "points.too-few"},
		}
		for _, tt := range tests {
			_, _, err := s.SpendPoints(s.Context(), s.Owner, tt.points)
			tilltest.Refused(t, err, tt.code, tt.id)
		}
		_, _, err := s.Tender(s.Context(), s.Owner, pos.Card, 80_000)
		require.NoError(t, err)
		_, _, err = s.SpendPoints(s.Context(), s.Owner, 201)
		tilltest.Refused(t, err, pos.CodeLimit, "points.over-due")
		if v := s.Screen(); v.MaxPoints != 200 {
			t.Errorf("offers %d points", v.MaxPoints)
		}
		_, err = s.SetCustomer(s.Context(), s.Owner, till.FindCustomer{})
		require.NoError(t, err)
		_, _, err = s.SpendPoints(s.Context(), s.Owner, 1)
		tilltest.Refused(t, err, pos.CodeInvalid, "points.no-customer")
		if n := len(s.Sender.Delivered()); n != 0 {
			t.Errorf("%d messages left", n)
		}
	})
	t.Run("needs no code where the shop asks none", func(t *testing.T) {
		s := ready(t)
		s.Settings.ConfirmPoints = pos.ConfirmNever
		if ch := s.Spend(300); ch != nil {
			t.Fatalf("challenge %+v", ch)
		}
		s.Cash(70_000)
		if sale := s.Finish(); sale.PointsSpent != 300 {
			t.Errorf("spent %d", sale.PointsSpent)
		}
	})
	t.Run("asks for a code when the shop began to ask meanwhile", func(t *testing.T) {
		s := ready(t)
		s.Settings.ConfirmPoints = pos.ConfirmNever
		s.Spend(300)
		s.Cash(70_000)
		s.Settings.ConfirmPoints = pos.ConfirmAlways
		_, err := s.FinishSale(s.Context(), s.Owner)
		tilltest.Refused(t, err, pos.CodeCodeRequired, "code.required-points")
	})
	t.Run("waits for no code that the shop has stopped asking", func(t *testing.T) {
		s := ready(t)
		ch := s.Spend(300)
		s.Settings.ConfirmPoints = pos.ConfirmNever
		require.Empty(t, s.Screen().Challenges, "nothing is waited for")
		s.Cash(70_000)
		sale := s.Finish()
		require.EqualValues(t, 300, sale.PointsSpent)
		require.Empty(t, sale.Tenders[0].Challenge)
		require.Equal(t, confirm.Revoked, s.Asked(ch.ID).State)
	})
	t.Run("replaces an earlier sum and its code", func(t *testing.T) {
		s := ready(t)
		first := s.Spend(300)
		old := s.Sender.Code()
		second := s.Spend(200)
		if now := s.Enter(first.ID, old); now.State != confirm.Revoked || now.ReasonID != "code.revoked-amount" {
			t.Errorf("the first code is %s", now.State)
		}
		if v := s.Screen(); len(v.Cheque.Tenders) != 1 || v.Totals.PointsAmount != 20_000 || v.Challenges[0].ID != second.ID {
			t.Errorf("tenders %+v", v.Cheque.Tenders)
		}
	})
}

func TestTill_SellOnCredit(t *testing.T) {
	t.Run("stores the debt with the customer's code", func(t *testing.T) {
		s := ready(t)
		s.Cash(40_000)
		ch := s.Credit(60_000)
		s.Enter(ch.ID, s.Sender.Code())
		sale := s.Finish()
		if sale.DebtAdded != 60_000 || sale.DebtDue.Format(time.DateOnly) != "2026-03-16" {
			t.Errorf("sale %+v", sale)
		}
		card := s.Person(tilltest.Anna)
		if card.Debt != 60_000 || card.Room != 240_000 || len(card.Debts) != 1 {
			t.Errorf("customer %+v", card.CustomerState)
		}
	})
	t.Run("refuses before anything is sent", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Ring("gold")
		try := func(amount money.Amount, code pos.Code, id string) {
			t.Helper()
			_, _, err := s.Tender(s.Context(), s.Owner, pos.Credit, amount)
			tilltest.Refused(t, err, code, id)
		}
		try(1, pos.CodeInvalid, "credit.no-customer")
		s.Customer(tilltest.Anna)
		try(0, pos.CodeInvalid, "amount.not-positive")
		try(300_001, pos.CodeLimit, "credit.over-limit")
		try(500_001, pos.CodeInvalid, "tender.no-change")
		s.Customer(tilltest.Boris)
		try(1, pos.CodeOverdue, "credit.overdue")
		s.Customer(tilltest.Vera)
		try(1, pos.CodeLimit, "credit.no-limit")
		if n := len(s.Sender.Delivered()); n != 0 {
			t.Errorf("%d messages left", n)
		}
	})
	t.Run("stands beside points, each with its own code", func(t *testing.T) {
		s := ready(t)
		points := s.Spend(300)
		first := s.Sender.Code()
		credit := s.Credit(70_000)
		if now := s.Enter(points.ID, first); now.State != confirm.Verified {
			t.Fatalf("points %s", now.State)
		}
		_, err := s.FinishSale(s.Context(), s.Owner)
		tilltest.Refused(t, err, pos.CodeCodeRequired, "code.required-credit")
		s.Enter(credit.ID, s.Sender.Code())
		sale := s.Finish()
		if sale.PointsSpent != 300 || sale.DebtAdded != 70_000 {
			t.Errorf("sale %+v", sale)
		}
	})
}

func TestTill_CodeIsBoundToTheCheque(t *testing.T) {
	tests := []struct {
		name   string
		change func(*tilltest.Shop) error
		reason string
	}{
		{"another line", func(s *tilltest.Shop) error { _, err := s.Scan(s.Context(), s.Owner, "bread", 0, nil); return err }, "code.revoked-cheque"},
		{"a quantity", func(s *tilltest.Shop) error { _, err := s.SetQty(s.Context(), s.Owner, 1, money.One); return err }, "code.revoked-cheque"},
		{"a gift that leaves the total", func(s *tilltest.Shop) error {
			free := money.Amount(0)
			_, err := s.Scan(s.Context(), s.Owner, "bread", 0, &free)
			return err
		}, "code.revoked-cheque"},
		{"a price", func(s *tilltest.Shop) error { _, err := s.SetPrice(s.Context(), s.Owner, 1, 1); return err }, "code.revoked-cheque"},
		{"a discount", func(s *tilltest.Shop) error {
			_, err := s.DiscountCheque(s.Context(), s.Owner, pos.Discount{Percent: 100})
			return err
		}, "code.revoked-cheque"},
		{"a removal", func(s *tilltest.Shop) error { _, err := s.RemoveLine(s.Context(), s.Owner, 1, ""); return err }, "code.revoked-cheque"},
		{"another customer", func(s *tilltest.Shop) error {
			_, err := s.SetCustomer(s.Context(), s.Owner, till.FindCustomer{Card: tilltest.Boris})
			return err
		}, "code.revoked-customer"},
		{"the tender taken off", func(s *tilltest.Shop) error {
			_, err := s.RemoveTender(s.Context(), s.Owner, pos.Points, 0)
			return err
		}, "code.revoked-removed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := ready(t)
			s.Cash(10_000)
			ch := s.Spend(100)
			s.Enter(ch.ID, s.Sender.Code())
			require.NoError(t, tt.change(s))
			now, err := s.Challenge(s.Context(), ch.ID)
			require.NoError(t, err)
			if now.State != confirm.Revoked || now.ReasonID != tt.reason || now.CodeHash != "" {
				t.Errorf("challenge %+v", now)
			}
			if got := s.Tenders(); got != "cash" {
				t.Errorf("tenders %q", got)
			}
			if s.Happened(pos.EventCodeRevoked) != 1 {
				t.Error("the trail does not tell")
			}
		})
	}
	t.Run("but not to an edit that changes nothing", func(t *testing.T) {
		s := ready(t)
		ch := s.Spend(100)
		s.Enter(ch.ID, s.Sender.Code())
		_, err := s.SetQty(s.Context(), s.Owner, 1, 10*money.One)
		require.NoError(t, err)
		_, err = s.DiscountCheque(s.Context(), s.Owner, pos.Discount{})
		require.NoError(t, err)
		s.Cash(90_000)
		s.Finish()
	})
	t.Run("nor to how the rest is paid", func(t *testing.T) {
		s := ready(t)
		ch := s.Spend(100)
		s.Enter(ch.ID, s.Sender.Code())
		s.Cash(90_000)
		_, err := s.RemoveTender(s.Context(), s.Owner, pos.Cash, 0)
		require.NoError(t, err)
		_, _, err = s.Tender(s.Context(), s.Owner, pos.Card, 90_000)
		require.NoError(t, err)
		s.Finish()
	})
	t.Run("and to the cashier", func(t *testing.T) {
		s := ready(t)
		ch := s.Spend(100)
		s.Enter(ch.ID, s.Sender.Code())
		s.Cash(90_000)
		_, err := s.FinishSale(s.Context(), s.Cashier)
		tilltest.Refused(t, err, pos.CodeCodeRequired, "code.revoked-cashier")
		if got := s.Tenders(); got != "cash" {
			t.Errorf("tenders %q", got)
		}
	})
	t.Run("and to the phone", func(t *testing.T) {
		s := ready(t)
		ch := s.Spend(100)
		s.Enter(ch.ID, s.Sender.Code())
		s.Cash(90_000)
		change, err := s.StartPhoneChange(s.Context(), s.Owner, ch.Customer, "+79000000077")
		require.NoError(t, err)
		s.Brought(change)
		_, err = s.EnterCode(s.Context(), s.Owner, change.ID, s.Sender.Code())
		require.NoError(t, err)
		_, err = s.FinishSale(s.Context(), s.Owner)
		tilltest.Refused(t, err, pos.CodeCodeRequired, "code.revoked-phone")
		now, err := s.Challenge(s.Context(), ch.ID)
		require.NoError(t, err)
		if now.State != confirm.Revoked {
			t.Errorf("state %s", now.State)
		}
	})
}
