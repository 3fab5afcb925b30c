package till_test

import (
	"strings"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/postest"
)

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

func TestTill_ResendTakesTheOperationOver(t *testing.T) {
	s := ready(t)
	ch := s.spend(100)
	now, err := s.EnterCode(s.Context(), s.cashier, ch.ID, s.sender.Code())
	s.ok(err)
	if now.State != confirm.Revoked || now.ReasonID != "code.revoked-cashier" || s.tenders() != "" {
		t.Errorf("another cashier's entry: %+v", now)
	}
	ch = s.spend(100)
	s.clock.Move(time.Minute)
	_, err = s.ResendCode(s.Context(), s.cashier, ch.ID)
	s.ok(err)
	now, err = s.EnterCode(s.Context(), s.cashier, ch.ID, s.sender.Code())
	s.ok(err)
	if now.State != confirm.Verified || now.Cashier != s.cashier.ID {
		t.Errorf("after the new code: %+v", now)
	}
	_, _, err = s.Tender(s.Context(), s.cashier, pos.Card, 90_000)
	s.ok(err)
	_, err = s.FinishSale(s.Context(), s.cashier)
	s.ok(err)
}
