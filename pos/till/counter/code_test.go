package counter_test

// These tests enter codes and have them sent again.

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/postest"
	"kassa/pos/till/tilltest"
)

func TestTill_EnterCode(t *testing.T) {
	t.Run("is dead after five wrong entries", func(t *testing.T) {
		s := ready(t)
		ch := s.Spend(100)
		code := s.Sender.Code()
		for left := 4; left >= 0; left-- {
			if now := s.Enter(ch.ID, s.Sender.WrongCode()); now.AttemptsLeft() != left {
				t.Fatalf("attempts left %d, want %d", now.AttemptsLeft(), left)
			}
		}
		if now := s.Enter(ch.ID, code); now.State != confirm.Dead {
			t.Errorf("state %s after the right code too late", now.State)
		}
		if s.Tenders() != "" || s.Happened(pos.EventCodeDead) != 1 || s.Happened(pos.EventCodeWrong) != 5 {
			t.Errorf("tenders %q", s.Tenders())
		}
	})
	t.Run("does not count a slip of the finger", func(t *testing.T) {
		s := ready(t)
		ch := s.Spend(100)
		for _, typed := range []string{"", "12345", "1234567", "12a456", strings.Repeat("1", 1<<20)} {
			_, err := s.EnterCode(s.Context(), s.Owner, ch.ID, typed)
			tilltest.Refused(t, err, pos.CodeInvalid, "code.format")
		}
		if now := s.Enter(ch.ID, s.Sender.Code()); now.State != confirm.Verified || now.Wrong != 0 {
			t.Errorf("challenge %+v", now)
		}
	})
	t.Run("refuses an expired code like a wrong one", func(t *testing.T) {
		s := ready(t)
		ch := s.Spend(100)
		s.Clock.Move(confirm.DefaultLifetime)
		now := s.Enter(ch.ID, s.Sender.Code())
		if now.State != confirm.Expired || now.AttemptsLeft() != 4 || s.Happened(pos.EventCodeExpired) != 1 {
			t.Errorf("challenge %+v", now)
		}
		v, err := s.ResendCode(s.Context(), s.Owner, ch.ID)
		require.NoError(t, err)
		ch = s.Brought(v)
		if now := s.Enter(ch.ID, s.Sender.Code()); now.State != confirm.Verified {
			t.Errorf("after the new code %+v", now)
		}
	})
	t.Run("holds a quarter of an hour", func(t *testing.T) {
		s := ready(t)
		ch := s.Spend(100)
		s.Enter(ch.ID, s.Sender.Code())
		s.Cash(90_000)
		s.Clock.Move(confirm.Hold)
		_, err := s.FinishSale(s.Context(), s.Owner)
		tilltest.Refused(t, err, pos.CodeCodeRequired, "code.ran-out")
		v, err := s.Code(s.Context(), s.Owner, ch.ID)
		require.NoError(t, err)
		require.Equal(t, confirm.Expired, v.State)
		require.Equal(t, confirm.RanOut, v.ReasonID)
		require.False(t, v.ResendAt.IsZero(), "a new one is offered")
		require.True(t, v.SkipAt.IsZero(), "the customer had the code")
		_, err = s.SkipCode(s.Context(), s.Owner, ch.ID, "долго искали кошелёк")
		tilltest.Refused(t, err, pos.CodeConflict, "code.ran-out")
		v, err = s.ResendCode(s.Context(), s.Owner, ch.ID)
		require.NoError(t, err)
		ch = s.Brought(v)
		require.Equal(t, confirm.Verified, s.Enter(ch.ID, s.Sender.Code()).State)
		s.Finish()
	})
	t.Run("a skip holds as long, and says so", func(t *testing.T) {
		s := ready(t)
		s.Sender.Answer(postest.Ends(confirm.SendFailed))
		ch := s.Spend(100)
		_, err := s.SkipCode(s.Context(), s.Owner, ch.ID, "связи нет, покупатель известен")
		require.NoError(t, err)
		s.Cash(90_000)
		s.Clock.Move(confirm.Hold)
		_, err = s.FinishSale(s.Context(), s.Owner)
		tilltest.Refused(t, err, pos.CodeCodeRequired, "code.skip-ran-out")
		v, err := s.Code(s.Context(), s.Owner, ch.ID)
		require.NoError(t, err)
		require.False(t, v.Confirmed())
	})
	t.Run("guessed at until it is dead, the next one waits", func(t *testing.T) {
		s := ready(t)
		ch := s.Spend(100)
		s.Clock.Move(4 * time.Minute) // long after a further message would have been due
		for range confirm.MaxWrong {
			s.Enter(ch.ID, s.Sender.WrongCode())
		}
		require.Equal(t, confirm.Dead, s.Asked(ch.ID).State)
		until := s.Clock.Now().Add(time.Minute)
		_, _, err := s.SpendPoints(s.Context(), s.Owner, 100)
		tilltest.Refused(t, err, pos.CodeWait, "code.dead-wait")
		require.Equal(t, until, err.(*pos.Error).Args["Until"])
		_, _, err = s.SpendPoints(s.Context(), s.Owner, 99)
		tilltest.Refused(t, err, pos.CodeWait, "code.dead-wait")
		s.Clock.Move(time.Minute)
		next := s.Spend(100)
		require.NotEqual(t, ch.ID, next.ID)
		require.Equal(t, confirm.Verified, s.Enter(next.ID, s.Sender.Code()).State)
	})
	t.Run("knows no foreign challenge", func(t *testing.T) {
		s := ready(t)
		_, err := s.EnterCode(s.Context(), s.Owner, "nobody's", "123456")
		tilltest.Refused(t, err, pos.CodeNotFound, "code.none")
	})
	t.Run("accepts a code entered in a new process", func(t *testing.T) {
		s := ready(t)
		ch := s.Spend(100)
		s.Restart()
		if now := s.Enter(ch.ID, s.Sender.Code()); now.State != confirm.Verified {
			t.Errorf("state %s", now.State)
		}
	})
}

func TestTill_ResendCode(t *testing.T) {
	s := ready(t)
	ch := s.Spend(100)
	first := s.Sender.Code()
	_, err := s.ResendCode(s.Context(), s.Owner, ch.ID)
	if e := tilltest.Refused(t, err, pos.CodeWait, "code.resend-wait"); !e.Args["Until"].(time.Time).Equal(postest.Noon.Add(time.Minute)) {
		t.Errorf("until %s", e.Args["Until"])
	}
	s.Clock.Move(time.Minute)
	v, err := s.ResendCode(s.Context(), s.Owner, ch.ID)
	require.NoError(t, err)
	ch = s.Brought(v)
	if ch.Sends != 2 || ch.State != confirm.Sent || s.Sender.Delivered()[1].Number != 2 {
		t.Errorf("challenge %+v", ch)
	}
	if first != s.Sender.Code() {
		if now := s.Enter(ch.ID, first); now.State == confirm.Verified {
			t.Error("the first code still works")
		}
	}
	s.Clock.Move(3 * time.Minute)
	v, err = s.ResendCode(s.Context(), s.Owner, ch.ID)
	require.NoError(t, err)
	s.Brought(v)
	s.Clock.Move(time.Hour)
	_, err = s.ResendCode(s.Context(), s.Owner, ch.ID)
	tilltest.Refused(t, err, pos.CodeLimit, "code.resend-limit")
}

func TestTill_PhoneLimits(t *testing.T) {
	t.Run("three in ten minutes, over all challenges", func(t *testing.T) {
		s := ready(t)
		for n := range int64(3) {
			s.Spend(100 + n)
		}
		_, _, err := s.SpendPoints(s.Context(), s.Owner, 200)
		if e := tilltest.Refused(t, err, pos.CodeWait, "code.phone-limit"); !e.Args["Until"].(time.Time).Equal(postest.Noon.Add(10 * time.Minute)) {
			t.Errorf("until %s", e.Args["Until"])
		}
		if v := s.Screen(); v.Totals.PointsAmount != 10_200 || s.Happened(pos.EventCodeLimited) != 1 {
			t.Errorf("a refusal changed the cheque: %+v", v.Cheque.Tenders)
		}
		s.Clock.Move(10 * time.Minute)
		s.Spend(200)
	})
	t.Run("five unanswered a day", func(t *testing.T) {
		s := ready(t)
		for n := range int64(5) {
			s.Spend(100 + n)
			s.Clock.Move(11 * time.Minute)
		}
		_, _, err := s.SpendPoints(s.Context(), s.Owner, 200)
		tilltest.Refused(t, err, pos.CodeWait, "code.phone-limit")
	})
	t.Run("answered ones count ten a day", func(t *testing.T) {
		s := ready(t)
		for n := range int64(10) {
			ch := s.Spend(100 + n)
			s.Enter(ch.ID, s.Sender.Code())
			s.Clock.Move(11 * time.Minute)
		}
		_, _, err := s.SpendPoints(s.Context(), s.Owner, 200)
		tilltest.Refused(t, err, pos.CodeWait, "code.phone-limit")
	})
	t.Run("failed ones do not count", func(t *testing.T) {
		s := ready(t)
		s.Sender.Answer(postest.Ends(confirm.SendFailed))
		for n := range int64(6) {
			s.Spend(100 + n)
		}
		s.Sender.Answer(postest.Arrives)
		s.Spend(200)
	})
}

func TestTill_ResendTakesTheOperationOver(t *testing.T) {
	s := ready(t)
	ch := s.Spend(100)
	now, err := s.EnterCode(s.Context(), s.Cashier, ch.ID, s.Sender.Code())
	require.NoError(t, err)
	if now.State != confirm.Revoked || now.ReasonID != "code.revoked-cashier" || s.Tenders() != "" {
		t.Errorf("another cashier's entry: %+v", now)
	}
	ch = s.Spend(100)
	s.Clock.Move(time.Minute)
	now, err = s.ResendCode(s.Context(), s.Cashier, ch.ID)
	require.NoError(t, err)
	s.Brought(now)
	now, err = s.EnterCode(s.Context(), s.Cashier, ch.ID, s.Sender.Code())
	require.NoError(t, err)
	if now.State != confirm.Verified || s.Asked(ch.ID).Cashier != s.Cashier.ID {
		t.Errorf("after the new code: %+v", now)
	}
	_, _, err = s.Tender(s.Context(), s.Cashier, pos.Card, 90_000)
	require.NoError(t, err)
	_, err = s.FinishSale(s.Context(), s.Cashier)
	require.NoError(t, err)
}
