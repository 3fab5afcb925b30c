package till_test

import (
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
	"kassa/pos/till"
)

// ready is a shop with Anna's cheque of 1000.00 on the screen.
func ready(t *testing.T) *shop {
	t.Helper()
	s := newShop(t)
	s.scan("10*milk")
	s.customer("2000001")
	return s
}

func TestTill_SpendPoints(t *testing.T) {
	t.Run("stores the sale with the customer's code", func(t *testing.T) {
		s := ready(t)
		ch := s.spend(300)
		if ch.State != confirm.Sent || ch.AttemptsLeft() != 5 || s.cheque().Totals.Due != 70_000 {
			t.Fatalf("challenge %+v", ch)
		}
		if ch = s.enter(ch.ID, s.sender.WrongCode()); ch.State != confirm.Sent || ch.AttemptsLeft() != 4 {
			t.Fatalf("after a wrong code %+v", ch)
		}
		_, err := s.FinishSale(s.Context(), s.owner)
		s.refuses(err, pos.CodeCodeRequired, "code.required-points")
		if ch = s.enter(ch.ID, s.sender.Code()); ch.State != confirm.Verified {
			t.Fatalf("after the right code %+v", ch)
		}
		_, err = s.FinishSale(s.Context(), s.owner)
		s.refuses(err, pos.CodeNotPaid, "sale.not-paid")
		s.cash(80_000)
		sale := s.finish()
		if sale.Change != 10_000 || sale.PointsSpent != 300 || sale.PointsEarned != 21 || sale.Number != 1 {
			t.Errorf("sale %+v", sale)
		}
		card := s.state("2000001")
		if card.Points != 221 || !card.PhoneConfirmed {
			t.Errorf("customer %+v", card.CustomerState)
		}
		used, err := s.Challenge(s.Context(), ch.ID)
		s.ok(err)
		if used.State != confirm.Consumed || used.CodeHash != "" {
			t.Errorf("challenge after the sale %+v", used)
		}
		_, err = s.FinishSale(s.Context(), s.owner)
		s.refuses(err, pos.CodeConflict, "cheque.empty")
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
			_, _, err := s.SpendPoints(s.Context(), s.owner, tt.points)
			s.refuses(err, tt.code, tt.id)
		}
		_, _, err := s.Tender(s.Context(), s.owner, pos.Card, 80_000)
		s.ok(err)
		_, _, err = s.SpendPoints(s.Context(), s.owner, 201)
		s.refuses(err, pos.CodeLimit, "points.over-due")
		if v := s.cheque(); v.MaxPoints != 200 {
			t.Errorf("offers %d points", v.MaxPoints)
		}
		_, err = s.SetCustomer(s.Context(), s.owner, till.FindCustomer{})
		s.ok(err)
		_, _, err = s.SpendPoints(s.Context(), s.owner, 1)
		s.refuses(err, pos.CodeInvalid, "points.no-customer")
		if n := len(s.sender.Delivered()); n != 0 {
			t.Errorf("%d messages left", n)
		}
	})
	t.Run("needs no code where the shop asks none", func(t *testing.T) {
		s := ready(t)
		s.set.ConfirmPoints = pos.ConfirmNone
		if ch := s.spend(300); ch != nil {
			t.Fatalf("challenge %+v", ch)
		}
		s.cash(70_000)
		if sale := s.finish(); sale.PointsSpent != 300 {
			t.Errorf("spent %d", sale.PointsSpent)
		}
	})
	t.Run("asks for a code when the shop began to ask meanwhile", func(t *testing.T) {
		s := ready(t)
		s.set.ConfirmPoints = pos.ConfirmNone
		s.spend(300)
		s.cash(70_000)
		s.set.ConfirmPoints = pos.ConfirmSMS
		_, err := s.FinishSale(s.Context(), s.owner)
		s.refuses(err, pos.CodeCodeRequired, "code.required-points")
	})
	t.Run("replaces an earlier sum and its code", func(t *testing.T) {
		s := ready(t)
		first := s.spend(300)
		old := s.sender.Code()
		second := s.spend(200)
		if now := s.enter(first.ID, old); now.State != confirm.Revoked || now.ReasonID != "code.revoked-amount" {
			t.Errorf("the first code is %s", now.State)
		}
		if v := s.cheque(); len(v.Cheque.Tenders) != 1 || v.Totals.PointsAmount != 20_000 || v.Challenges[0].ID != second.ID {
			t.Errorf("tenders %+v", v.Cheque.Tenders)
		}
	})
}

func TestTill_SellOnCredit(t *testing.T) {
	t.Run("stores the debt with the customer's code", func(t *testing.T) {
		s := ready(t)
		s.cash(40_000)
		ch := s.credit(60_000)
		s.enter(ch.ID, s.sender.Code())
		sale := s.finish()
		if sale.DebtAdded != 60_000 || sale.DebtDue.Format(time.DateOnly) != "2026-03-16" {
			t.Errorf("sale %+v", sale)
		}
		card := s.state("2000001")
		if card.Debt != 60_000 || card.Room != 240_000 || len(card.Debts) != 1 {
			t.Errorf("customer %+v", card.CustomerState)
		}
	})
	t.Run("refuses before anything is sent", func(t *testing.T) {
		s := newShop(t)
		s.scan("gold")
		try := func(amount money.Amount, code pos.Code, id string) {
			t.Helper()
			_, _, err := s.Tender(s.Context(), s.owner, pos.Credit, amount)
			s.refuses(err, code, id)
		}
		try(1, pos.CodeInvalid, "credit.no-customer")
		s.customer("2000001")
		try(0, pos.CodeInvalid, "amount.not-positive")
		try(300_001, pos.CodeLimit, "credit.over-limit")
		try(500_001, pos.CodeInvalid, "tender.no-change")
		s.customer("2000002")
		try(1, pos.CodeOverdue, "credit.overdue")
		s.customer("2000003")
		try(1, pos.CodeLimit, "credit.no-limit")
		if n := len(s.sender.Delivered()); n != 0 {
			t.Errorf("%d messages left", n)
		}
	})
	t.Run("stands beside points, each with its own code", func(t *testing.T) {
		s := ready(t)
		points := s.spend(300)
		first := s.sender.Code()
		credit := s.credit(70_000)
		if now := s.enter(points.ID, first); now.State != confirm.Verified {
			t.Fatalf("points %s", now.State)
		}
		_, err := s.FinishSale(s.Context(), s.owner)
		s.refuses(err, pos.CodeCodeRequired, "code.required-credit")
		s.enter(credit.ID, s.sender.Code())
		sale := s.finish()
		if sale.PointsSpent != 300 || sale.DebtAdded != 70_000 {
			t.Errorf("sale %+v", sale)
		}
	})
}

func TestTill_CodeIsBoundToTheCheque(t *testing.T) {
	tests := []struct {
		name   string
		change func(*shop) error
		reason string
	}{
		{"another line", func(s *shop) error { _, err := s.Scan(s.Context(), s.owner, "bread", 0, nil); return err }, "code.revoked-cheque"},
		{"a quantity", func(s *shop) error { _, err := s.SetQty(s.Context(), s.owner, 1, money.One); return err }, "code.revoked-cheque"},
		{"a gift that leaves the total", func(s *shop) error {
			free := money.Amount(0)
			_, err := s.Scan(s.Context(), s.owner, "bread", 0, &free)
			return err
		}, "code.revoked-cheque"},
		{"a price", func(s *shop) error { _, err := s.SetPrice(s.Context(), s.owner, 1, 1); return err }, "code.revoked-cheque"},
		{"a discount", func(s *shop) error {
			_, err := s.DiscountCheque(s.Context(), s.owner, pos.Discount{Percent: 100})
			return err
		}, "code.revoked-cheque"},
		{"a removal", func(s *shop) error { _, err := s.RemoveLine(s.Context(), s.owner, 1, ""); return err }, "code.revoked-cheque"},
		{"another customer", func(s *shop) error {
			_, err := s.SetCustomer(s.Context(), s.owner, till.FindCustomer{Card: "2000002"})
			return err
		}, "code.revoked-customer"},
		{"the tender taken off", func(s *shop) error { _, err := s.RemoveTender(s.Context(), s.owner, pos.Points, 0); return err }, "code.revoked-removed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := ready(t)
			s.cash(10_000)
			ch := s.spend(100)
			s.enter(ch.ID, s.sender.Code())
			s.ok(tt.change(s))
			now, err := s.Challenge(s.Context(), ch.ID)
			s.ok(err)
			if now.State != confirm.Revoked || now.ReasonID != tt.reason || now.CodeHash != "" {
				t.Errorf("challenge %+v", now)
			}
			if got := s.tenders(); got != "cash" {
				t.Errorf("tenders %q", got)
			}
			if s.happened(pos.EventCodeRevoked) != 1 {
				t.Error("the trail does not tell")
			}
		})
	}
	t.Run("but not to an edit that changes nothing", func(t *testing.T) {
		s := ready(t)
		ch := s.spend(100)
		s.enter(ch.ID, s.sender.Code())
		_, err := s.SetQty(s.Context(), s.owner, 1, 10*money.One)
		s.ok(err)
		_, err = s.DiscountCheque(s.Context(), s.owner, pos.Discount{})
		s.ok(err)
		s.cash(90_000)
		s.finish()
	})
	t.Run("nor to how the rest is paid", func(t *testing.T) {
		s := ready(t)
		ch := s.spend(100)
		s.enter(ch.ID, s.sender.Code())
		s.cash(90_000)
		_, err := s.RemoveTender(s.Context(), s.owner, pos.Cash, 0)
		s.ok(err)
		_, _, err = s.Tender(s.Context(), s.owner, pos.Card, 90_000)
		s.ok(err)
		s.finish()
	})
	t.Run("and to the cashier", func(t *testing.T) {
		s := ready(t)
		ch := s.spend(100)
		s.enter(ch.ID, s.sender.Code())
		s.cash(90_000)
		_, err := s.FinishSale(s.Context(), s.cashier)
		s.refuses(err, pos.CodeCodeRequired, "code.revoked-cashier")
		if got := s.tenders(); got != "cash" {
			t.Errorf("tenders %q", got)
		}
	})
	t.Run("and to the phone", func(t *testing.T) {
		s := ready(t)
		ch := s.spend(100)
		s.enter(ch.ID, s.sender.Code())
		s.cash(90_000)
		change, err := s.StartPhoneChange(s.Context(), s.owner, ch.Customer, "+79000000077")
		s.ok(err)
		_, err = s.EnterCode(s.Context(), s.owner, change.ID, s.sender.Code())
		s.ok(err)
		_, err = s.FinishSale(s.Context(), s.owner)
		s.refuses(err, pos.CodeCodeRequired, "code.revoked-phone")
		now, err := s.Challenge(s.Context(), ch.ID)
		s.ok(err)
		if now.State != confirm.Revoked {
			t.Errorf("state %s", now.State)
		}
	})
}
