package till_test

import (
	"strings"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
	"kassa/pos/postest"
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
	t.Run("but not to how the rest is paid", func(t *testing.T) {
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
		_, err := s.UpdateCustomer(s.Context(), s.owner, ch.Customer, till.NewCustomer{Name: "Анна", Phone: "+79000000077", Card: "2000001", CreditLimit: 300_000})
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

func TestTill_EnterCode(t *testing.T) {
	t.Run("is dead after five wrong entries", func(t *testing.T) {
		s := ready(t)
		ch := s.spend(100)
		code := s.sender.Code()
		for left := 4; left >= 0; left-- {
			if now := s.enter(ch.ID, s.sender.WrongCode()); now.AttemptsLeft() != left {
				t.Fatalf("attempts left %d, want %d", now.AttemptsLeft(), left)
			}
		}
		if now := s.enter(ch.ID, code); now.State != confirm.Dead {
			t.Errorf("state %s after the right code too late", now.State)
		}
		if s.tenders() != "" || s.happened(pos.EventCodeDead) != 1 || s.happened(pos.EventCodeWrong) != 5 {
			t.Errorf("tenders %q", s.tenders())
		}
	})
	t.Run("does not count a slip of the finger", func(t *testing.T) {
		s := ready(t)
		ch := s.spend(100)
		for _, typed := range []string{"", "12345", "1234567", "12a456", strings.Repeat("1", 1<<20)} {
			_, err := s.EnterCode(s.Context(), s.owner, ch.ID, typed)
			s.refuses(err, pos.CodeInvalid, "code.format")
		}
		if now := s.enter(ch.ID, s.sender.Code()); now.State != confirm.Verified || now.Wrong != 0 {
			t.Errorf("challenge %+v", now)
		}
	})
	t.Run("refuses an expired code like a wrong one", func(t *testing.T) {
		s := ready(t)
		ch := s.spend(100)
		s.clock.Move(confirm.DefaultLifetime)
		now := s.enter(ch.ID, s.sender.Code())
		if now.State != confirm.Expired || now.AttemptsLeft() != 4 || s.happened(pos.EventCodeExpired) != 1 {
			t.Errorf("challenge %+v", now)
		}
		ch, err := s.ResendCode(s.Context(), s.owner, ch.ID)
		s.ok(err)
		if now := s.enter(ch.ID, s.sender.Code()); now.State != confirm.Verified {
			t.Errorf("after the new code %+v", now)
		}
	})
	t.Run("holds a quarter of an hour", func(t *testing.T) {
		s := ready(t)
		ch := s.spend(100)
		s.enter(ch.ID, s.sender.Code())
		s.cash(90_000)
		s.clock.Move(confirm.Hold)
		_, err := s.FinishSale(s.Context(), s.owner)
		s.refuses(err, pos.CodeCodeRequired, "code.required-points")
	})
	t.Run("knows no foreign challenge", func(t *testing.T) {
		s := ready(t)
		_, err := s.EnterCode(s.Context(), s.owner, "nobody's", "123456")
		s.refuses(err, pos.CodeNotFound, "code.none")
	})
	t.Run("accepts a code entered in a new process", func(t *testing.T) {
		s := ready(t)
		ch := s.spend(100)
		s.restart()
		if now := s.enter(ch.ID, s.sender.Code()); now.State != confirm.Verified {
			t.Errorf("state %s", now.State)
		}
	})
}

func TestTill_ResendCode(t *testing.T) {
	s := ready(t)
	ch := s.spend(100)
	first := s.sender.Code()
	_, err := s.ResendCode(s.Context(), s.owner, ch.ID)
	if e := s.refuses(err, pos.CodeWait, "code.resend-wait"); !e.Args["Until"].(time.Time).Equal(postest.Noon.Add(time.Minute)) {
		t.Errorf("until %s", e.Args["Until"])
	}
	s.clock.Move(time.Minute)
	ch, err = s.ResendCode(s.Context(), s.owner, ch.ID)
	s.ok(err)
	if ch.Sends != 2 || ch.State != confirm.Sent || s.sender.Delivered()[1].Number != 2 {
		t.Errorf("challenge %+v", ch)
	}
	if first != s.sender.Code() {
		if now := s.enter(ch.ID, first); now.State == confirm.Verified {
			t.Error("the first code still works")
		}
	}
	s.clock.Move(3 * time.Minute)
	ch, err = s.ResendCode(s.Context(), s.owner, ch.ID)
	s.ok(err)
	s.clock.Move(time.Hour)
	_, err = s.ResendCode(s.Context(), s.owner, ch.ID)
	s.refuses(err, pos.CodeLimit, "code.resend-limit")
}

func TestTill_PhoneLimits(t *testing.T) {
	t.Run("three in ten minutes, over all challenges", func(t *testing.T) {
		s := ready(t)
		for n := range int64(3) {
			s.spend(100 + n)
		}
		_, _, err := s.SpendPoints(s.Context(), s.owner, 200)
		if e := s.refuses(err, pos.CodeWait, "code.phone-limit"); !e.Args["Until"].(time.Time).Equal(postest.Noon.Add(10 * time.Minute)) {
			t.Errorf("until %s", e.Args["Until"])
		}
		if v := s.cheque(); v.Totals.PointsAmount != 10_200 || s.happened(pos.EventCodeLimited) != 1 {
			t.Errorf("a refusal changed the cheque: %+v", v.Cheque.Tenders)
		}
		s.clock.Move(10 * time.Minute)
		s.spend(200)
	})
	t.Run("five unanswered a day", func(t *testing.T) {
		s := ready(t)
		for n := range int64(5) {
			s.spend(100 + n)
			s.clock.Move(11 * time.Minute)
		}
		_, _, err := s.SpendPoints(s.Context(), s.owner, 200)
		s.refuses(err, pos.CodeWait, "code.phone-limit")
	})
	t.Run("answered ones count ten a day", func(t *testing.T) {
		s := ready(t)
		for n := range int64(10) {
			ch := s.spend(100 + n)
			s.enter(ch.ID, s.sender.Code())
			s.clock.Move(11 * time.Minute)
		}
		_, _, err := s.SpendPoints(s.Context(), s.owner, 200)
		s.refuses(err, pos.CodeWait, "code.phone-limit")
	})
	t.Run("failed ones do not count", func(t *testing.T) {
		s := ready(t)
		s.sender.Answer(postest.Ends(confirm.SendFailed))
		for n := range int64(6) {
			s.spend(100 + n)
		}
		s.sender.Answer(postest.Arrives)
		s.spend(200)
	})
}

func TestTill_SkipCode(t *testing.T) {
	t.Run("goes on after a failure, with the right and a reason", func(t *testing.T) {
		for _, state := range []confirm.State{confirm.SendFailed, confirm.SendUnknown} {
			s := ready(t)
			s.sender.Answer(postest.Ends(state))
			ch := s.spend(100)
			if ch.State != state || ch.ReasonID != "sms.err.offline" {
				t.Fatalf("challenge %+v", ch)
			}
			_, err := s.SkipCode(s.Context(), s.owner, ch.ID, " ! ")
			s.refuses(err, pos.CodeInvalid, "reason.short")
			ch, err = s.SkipCode(s.Context(), s.owner, ch.ID, "нет связи")
			s.ok(err)
			if ch.State != state || ch.Override == nil || ch.CodeHash != "" {
				t.Fatalf("challenge %+v", ch)
			}
			if now := s.enter(ch.ID, s.sender.Code()); now.State == confirm.Verified {
				t.Error("a code works after the skip")
			}
			s.cash(90_000)
			sale := s.finish()
			o := sale.Tenders[0].Override
			if o == nil || o.Reason != "нет связи" || o.Employee != s.owner.ID || o.Cause == "" {
				t.Errorf("override %+v", o)
			}
			skips, err := s.Skips(s.Context(), s.owner, postest.Noon.Add(-time.Hour), postest.Noon.Add(time.Hour))
			s.ok(err)
			if len(skips) != 1 || skips[0].Sale != sale.ID {
				t.Errorf("reported %+v", skips)
			}
		}
	})
	t.Run("asks the right first and leaves a trace", func(t *testing.T) {
		s := newShop(t)
		_, err := s.Scan(s.Context(), s.cashier, "10*milk", 0, nil)
		s.ok(err)
		s.customer("2000001")
		_, ch, err := s.SpendPoints(s.Context(), s.cashier, 100)
		s.ok(err)
		_, err = s.SkipCode(s.Context(), s.cashier, ch.ID, "нет связи")
		if e := s.refuses(err, pos.CodeForbidden, "till.forbidden"); e.Args["Right"] != pos.RightSkipPoints {
			t.Errorf("names %v", e.Args["Right"])
		}
		_, err = s.SkipCode(s.Context(), s.owner, ch.ID, "нет связи")
		s.refuses(err, pos.CodeWait, "code.skip-wait")
		if s.happened(pos.EventCodeSkipRefused) != 2 || s.happened(pos.EventForbidden) != 1 {
			t.Error("the refusals are not in the trail")
		}
		s.clock.Move(confirm.SkipAfter)
		_, err = s.SkipCode(s.Context(), s.owner, ch.ID, "не пришло")
		s.ok(err)
	})
	t.Run("lets an employee with the right vouch for the cashier", func(t *testing.T) {
		s := newShop(t)
		s.sender.Answer(postest.Ends(confirm.SendFailed))
		s.scan("10*milk")
		s.customer("2000001")
		_, ch, err := s.Tender(s.Context(), s.cashier, pos.Credit, 100_000)
		s.ok(err)
		_, err = s.SkipCode(s.Context(), s.cashier, ch.ID, "нет связи")
		s.refuses(err, pos.CodeForbidden, "till.forbidden")
		_, err = s.SkipCode(s.Context(), s.owner, ch.ID, "нет связи")
		s.ok(err)
		sale, err := s.FinishSale(s.Context(), s.cashier)
		s.ok(err)
		if sale.DebtAdded != 100_000 || sale.Tenders[0].Override.Employee != s.owner.ID {
			t.Errorf("sale %+v", sale)
		}
	})
	t.Run("is void when the cheque changes", func(t *testing.T) {
		s := ready(t)
		s.sender.Answer(postest.Ends(confirm.SendFailed))
		ch := s.spend(100)
		_, err := s.SkipCode(s.Context(), s.owner, ch.ID, "нет связи")
		s.ok(err)
		s.scan("bread")
		now, err := s.Challenge(s.Context(), ch.ID)
		s.ok(err)
		if now.State != confirm.Revoked || s.tenders() != "" {
			t.Errorf("challenge %s, tenders %q", now.State, s.tenders())
		}
	})
}

func TestTill_Sending(t *testing.T) {
	t.Run("holds nobody up and leaves a changed cheque's code revoked", func(t *testing.T) {
		s := ready(t)
		s.sender.Answer(func(d confirm.Delivery) confirm.Result {
			s.scan("bread") // somebody else at the till: would never return if the till were locked
			return postest.Arrives(d)
		})
		ch := s.spend(100)
		if ch.State != confirm.Revoked || s.tenders() != "" {
			t.Errorf("challenge %s, tenders %q", ch.State, s.tenders())
		}
		if now := s.enter(ch.ID, s.sender.Code()); now.State != confirm.Revoked {
			t.Errorf("state %s", now.State)
		}
	})
	t.Run("survives a sender that panics", func(t *testing.T) {
		s := ready(t)
		s.sender.Answer(func(confirm.Delivery) confirm.Result { panic("vendor") })
		if ch := s.spend(100); ch.State != confirm.SendUnknown || ch.ReasonID == "" {
			t.Errorf("challenge %+v", ch)
		}
		if now := s.enter(s.cheque().Challenges[0].ID, s.sender.Code()); now.State != confirm.Verified {
			t.Errorf("a code that arrived all the same: %s", now.State)
		}
	})
	t.Run("is settled as unknown after a crash", func(t *testing.T) {
		s := ready(t)
		var ch confirm.Challenge
		s.sender.Answer(func(d confirm.Delivery) confirm.Result {
			// What a process that dies here leaves behind is what the next one finds.
			s.restart()
			start, err := s.Begin(s.Context())
			s.ok(err)
			if !start.OpenCheque || start.Shift == nil || len(start.Problems) != 0 {
				t.Errorf("start %+v", start)
			}
			now, err := s.Challenge(s.Context(), d.Challenge)
			s.ok(err)
			ch = *now
			return postest.Arrives(d)
		})
		s.spend(100)
		if ch.State != confirm.SendUnknown || ch.ReasonID != "code.interrupted" {
			t.Errorf("found %+v", ch)
		}
		if now := s.enter(ch.ID, s.sender.Code()); now.State != confirm.Verified {
			t.Errorf("state %s", now.State)
		}
	})
}

func TestTill_CodeIsNowhereInTheStore(t *testing.T) {
	s := ready(t)
	ch := s.spend(100)
	code := s.sender.Code()
	s.enter(ch.ID, s.sender.WrongCode())
	s.ok(s.store.View(s.Context(), func(tx till.Tx) error {
		stored, err := tx.Challenge(ch.ID)
		if err != nil {
			return err
		}
		if strings.Contains(stored.CodeHash, code) || stored.CodeHash == "" {
			t.Errorf("hash %q", stored.CodeHash)
		}
		return tx.EachEvent(1, func(e *pos.Event) error {
			for key, value := range e.Detail {
				if value == code || strings.Contains(value, "79000000001") {
					t.Errorf("%s tells %s = %q", e.Kind, key, value)
				}
			}
			return nil
		})
	}))
}
