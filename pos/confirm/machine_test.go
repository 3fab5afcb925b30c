package confirm

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/integration"
)

func sent(at time.Time) *Challenge {
	c := &Challenge{ID: "c", State: Created}
	c.StartSend("hash", DefaultLifetime, at)
	c.FinishSend(1, Result{State: Sent, Channel: "sms", Provider: "p", MessageID: "m"})
	return c
}

func TestChallenge_Enter(t *testing.T) {
	t.Run("verifies with the right code and erases it", func(t *testing.T) {
		c := sent(noon)
		c.Enter(true, noon)
		if c.State != Verified || c.CodeHash != "" || !c.Confirmed(noon) {
			t.Errorf("%+v", c)
		}
	})
	t.Run("is dead after the fifth wrong entry, right codes included", func(t *testing.T) {
		c := sent(noon)
		for i := range MaxWrong {
			if c.AttemptsLeft() != MaxWrong-i {
				t.Fatalf("attempts left %d after %d", c.AttemptsLeft(), i)
			}
			c.Enter(false, noon)
		}
		c.Enter(true, noon)
		if c.State != Dead || c.Confirmed(noon) || c.CodeHash != "" || c.AttemptsLeft() != 0 {
			t.Errorf("%+v", c)
		}
	})
	t.Run("counts wrong entries over all messages", func(t *testing.T) {
		c := sent(noon)
		for range MaxWrong - 1 {
			c.Enter(false, noon)
		}
		c.StartSend("next", DefaultLifetime, noon)
		c.FinishSend(2, Result{State: Sent})
		c.Enter(false, noon)
		if c.State != Dead {
			t.Errorf("state %s", c.State)
		}
	})
	t.Run("answers a late right code like a wrong one", func(t *testing.T) {
		right, wrong := sent(noon), sent(noon)
		late := noon.Add(DefaultLifetime)
		right.Enter(true, late)
		wrong.Enter(false, late)
		if right.State != wrong.State || right.Wrong != wrong.Wrong || right.Confirmed(late) {
			t.Errorf("right: %+v wrong: %+v", right, wrong)
		}
	})
	t.Run("does not accept what was never sent", func(t *testing.T) {
		c := &Challenge{State: Created}
		c.StartSend("hash", DefaultLifetime, noon)
		c.FinishSend(1, Result{State: SendFailed})
		c.Enter(true, noon)
		if c.State != SendFailed || c.Wrong != 1 {
			t.Errorf("%+v", c)
		}
	})
}

func TestChallenge_FinishSend(t *testing.T) {
	t.Run("ignores the outcome of an older message", func(t *testing.T) {
		c := sent(noon)
		c.StartSend("next", DefaultLifetime, noon.Add(time.Minute))
		if c.FinishSend(1, Result{State: SendFailed}) || c.State != Sending {
			t.Errorf("state %s", c.State)
		}
	})
	t.Run("leaves a revoked challenge revoked", func(t *testing.T) {
		c := &Challenge{State: Created}
		c.StartSend("hash", DefaultLifetime, noon)
		c.Revoke("code.revoked-cheque")
		if c.FinishSend(1, Result{State: Sent}) || c.State != Revoked {
			t.Errorf("state %s", c.State)
		}
	})
	t.Run("reads nonsense as unknown", func(t *testing.T) {
		c := &Challenge{State: Created}
		c.StartSend("hash", DefaultLifetime, noon)
		c.FinishSend(1, Result{State: Verified})
		if c.State != SendUnknown || c.ReasonID == "" || !c.Open(noon) {
			t.Errorf("%+v", c)
		}
	})
}

var (
	bySMS  = Route{By: integration.BySMS, Provider: "p"}
	byCall = Route{By: integration.ByCall, Provider: "p", Foreign: true}
)

func TestChallenge_Place(t *testing.T) {
	t.Run("voids the code before and waits for a new one", func(t *testing.T) {
		c := sent(noon)
		later := noon.Add(2 * time.Minute)
		c.Place(bySMS, later)
		if c.State != Created || c.CodeHash != "" || c.Sends != 1 || c.Open(later) || c.Digits != Digits || c.Provider != "p" {
			t.Errorf("%+v", c)
		}
		if err := c.CanResend(later.Add(time.Hour)); pos.CodeOf(err) != pos.CodeWait {
			t.Errorf("placed twice: %v", err)
		}
		if _, err := c.SkipCause(later); pos.CodeOf(err) != pos.CodeWait || !c.SkipFrom().Equal(later.Add(SkipAfter)) {
			t.Errorf("skipped before it left: %v, %s", err, c.SkipFrom())
		}
		c.StartSend("next", DefaultLifetime, later)
		c.FinishSend(2, Result{State: Sent})
		if c.Sends != 2 || !c.Open(later) || !c.ResendAt.Equal(later.Add(3*time.Minute)) {
			t.Errorf("%+v", c)
		}
	})
	t.Run("counts as not sent when nobody brings it", func(t *testing.T) {
		for name, end := range map[string]func(*Challenge){
			"the process ended": (*Challenge).Interrupt,
			"its time is over":  func(c *Challenge) { c.Lapse(noon.Add(time.Minute)) },
		} {
			c := &Challenge{}
			c.Place(bySMS, noon)
			if c.Lapse(noon.Add(59 * time.Second)) {
				t.Errorf("%s: given up while it may still be brought", name)
			}
			end(c)
			if c.State != SendFailed || c.ReasonID != "code.never-sent" || c.Sends != 0 {
				t.Errorf("%s: %+v", name, c)
			}
			if err := c.CanResend(noon.Add(time.Minute)); err != nil {
				t.Errorf("%s: a message that never left asks to wait: %v", name, err)
			}
		}
	})
}

func TestChallenge_CodeOfTheProvider(t *testing.T) {
	made := func(op Operation, r Result, digits int) *Challenge {
		c := &Challenge{ID: "c", Operation: op}
		c.Place(byCall, noon)
		c.StartSend("", DefaultLifetime, noon)
		r, code := r.Made(op)
		if len(code) != digits {
			t.Fatalf("the code is %q, want %d digits", code, digits)
		}
		if c.FinishSend(1, r) && code != "" {
			c.TakeCode("hash", digits)
		}
		return c
	}
	t.Run("is as good as the till's own", func(t *testing.T) {
		c := made(SellCredit, Result{State: Sent, Code: hidden.New("654321")}, 6)
		if !c.Open(noon.Add(DefaultLifetime-1)) || c.Tries() != MaxWrong || c.Digits != 6 {
			t.Errorf("%+v", c)
		}
		c.Enter(true, noon)
		if !c.Confirmed(noon) || c.CodeHash != "" {
			t.Errorf("%+v", c)
		}
	})
	t.Run("a short one may be tried less and for a shorter time", func(t *testing.T) {
		c := made(SpendPoints, Result{State: Sent, Code: hidden.New("0435")}, 4)
		if c.Digits != 4 || c.AttemptsLeft() != 3 || !c.ExpiresAt.Equal(noon.Add(3*time.Minute)) || c.Open(noon.Add(3*time.Minute)) {
			t.Errorf("%+v", c)
		}
		for range 3 {
			c.Enter(false, noon)
		}
		if c.State != Dead || c.AttemptsLeft() != 0 {
			t.Errorf("after three wrong entries: %+v", c)
		}
	})
	t.Run("a short one takes over the wrong entries of a long one", func(t *testing.T) {
		c := sent(noon)
		for range 3 {
			c.Enter(false, noon)
		}
		c.Place(byCall, noon.Add(time.Minute))
		c.StartSend("", DefaultLifetime, noon.Add(time.Minute))
		c.FinishSend(2, Result{State: Sent})
		c.TakeCode("hash", 4)
		if c.AttemptsLeft() != 0 {
			t.Errorf("attempts left %d", c.AttemptsLeft())
		}
		if c.Enter(true, noon.Add(time.Minute)); c.State != Dead {
			t.Errorf("a code was taken that no try was left for: %+v", c)
		}
	})
	t.Run("cannot be entered while nobody here knows it", func(t *testing.T) {
		for name, c := range map[string]*Challenge{
			"the answer was lost":   made(SpendPoints, Result{State: SendUnknown, ReasonID: "sms.err.no-answer"}, 0),
			"the answer is no code": made(SpendPoints, Result{State: Sent, MessageID: "m", Code: hidden.New("none")}, 0),
			"the answer has none":   made(SpendPoints, Result{State: Sent, MessageID: "m"}, 0),
			"the process ended": func() *Challenge {
				c := &Challenge{}
				c.Place(byCall, noon)
				c.StartSend("", DefaultLifetime, noon)
				c.Interrupt()
				return c
			}(),
		} {
			if c.State != SendUnknown || c.ReasonID != "code.unreadable" || !c.Unreadable() || c.Open(noon) || c.Digits != 0 {
				t.Errorf("%s: %+v", name, c)
			}
			if _, err := c.SkipCause(noon); err != nil {
				t.Errorf("%s: nobody may go on: %v", name, err)
			}
		}
		long := sent(noon)
		long.State = SendUnknown
		if long.Unreadable() {
			t.Error("the till knows its own code")
		}
	})
	t.Run("is nothing for credit when it is short", func(t *testing.T) {
		c := made(SellCredit, Result{State: Sent, MessageID: "m", Code: hidden.New("0435")}, 0)
		if c.State != SendUnknown || c.ReasonID != "code.too-short" || c.MessageID != "m" || c.Open(noon) {
			t.Errorf("%+v", c)
		}
	})
	t.Run("a refusal stays one", func(t *testing.T) {
		c := made(SpendPoints, Result{State: SendFailed, ReasonID: "sms.err.offline", Code: hidden.New("0435")}, 0)
		if c.State != SendFailed || c.ReasonID != "sms.err.offline" || c.Unreadable() {
			t.Errorf("%+v", c)
		}
	})
}

func TestChallenge_Times(t *testing.T) {
	ended, verified, skipped, last, failed := sent(noon), sent(noon), sent(noon), sent(noon), sent(noon)
	ended.Revoke("code.revoked-cheque")
	verified.Enter(true, noon)
	skipped.Skip(pos.Override{At: noon})
	last.Sends = MaxSends
	failed.State, failed.ResendAt, failed.ReasonID = SendFailed, noon, "sms.err.offline"
	for name, tt := range map[string]struct {
		c            *Challenge
		resend, skip time.Time
	}{
		"sent":             {sent(noon), noon.Add(time.Minute), noon.Add(SkipAfter)},
		"failed":           {failed, noon, noon},
		"the last message": {last, time.Time{}, noon.Add(SkipAfter)},
		"ended":            {ended, time.Time{}, time.Time{}},
		"verified":         {verified, time.Time{}, time.Time{}},
		"skipped":          {skipped, time.Time{}, time.Time{}},
	} {
		if !tt.c.ResendFrom().Equal(tt.resend) || !tt.c.SkipFrom().Equal(tt.skip) {
			t.Errorf("%s: resend from %s, skip from %s", name, tt.c.ResendFrom(), tt.c.SkipFrom())
		}
	}
}

func TestChallenge_CanResend(t *testing.T) {
	c := sent(noon)
	wantWait := func(at, until time.Time) {
		t.Helper()
		err := c.CanResend(at)
		if pos.CodeOf(err) != pos.CodeWait || !err.(*pos.Error).Args["Until"].(time.Time).Equal(until) {
			t.Errorf("at %s: %v, want wait until %s", at, err, until)
		}
	}
	wantWait(noon.Add(59*time.Second), noon.Add(time.Minute))
	second := noon.Add(time.Minute)
	if err := c.CanResend(second); err != nil {
		t.Fatal(err)
	}
	c.StartSend("2", DefaultLifetime, second)
	c.FinishSend(2, Result{State: Sent})
	wantWait(second.Add(time.Minute), second.Add(3*time.Minute))
	third := second.Add(3 * time.Minute)
	c.StartSend("3", DefaultLifetime, third)
	c.FinishSend(3, Result{State: Sent})
	if err := c.CanResend(third.Add(time.Hour)); pos.CodeOf(err) != pos.CodeLimit {
		t.Errorf("after the third message: %v", err)
	}

	failed := &Challenge{State: Created}
	failed.StartSend("1", DefaultLifetime, noon)
	failed.FinishSend(1, Result{State: SendFailed})
	if err := failed.CanResend(noon); err != nil {
		t.Errorf("a message that never left asks to wait: %v", err)
	}
}

func TestChallenge_SkipCause(t *testing.T) {
	with := func(s State) *Challenge {
		c := &Challenge{State: Created}
		c.StartSend("hash", DefaultLifetime, noon)
		c.FinishSend(1, Result{State: s})
		return c
	}
	expired := with(Sent)
	expired.Lapse(noon.Add(DefaultLifetime))
	verified := with(Sent)
	verified.Enter(true, noon)
	skipped := with(SendFailed)
	skipped.Skip(pos.Override{At: noon})
	nobody := &Challenge{}
	nobody.Place(Route{Nobody: true}, noon)
	nobody.Refuse(NoProvider, nil)
	tests := []struct {
		name  string
		c     *Challenge
		after time.Duration
		cause string
		code  pos.Code
	}{
		{"failed", with(SendFailed), 0, "failed", ""},
		{"unknown", with(SendUnknown), 0, "unknown", ""},
		{"nobody brings codes", nobody, 0, CauseNobody, ""},
		{"just sent", with(Sent), 0, "", pos.CodeWait},
		{"sent 119 s ago", with(Sent), 119 * time.Second, "", pos.CodeWait},
		{"sent 120 s ago", with(Sent), 120 * time.Second, "timeout", ""},
		{"expired", expired, DefaultLifetime, "timeout", ""},
		{"verified", verified, time.Hour, "", pos.CodeConflict},
		{"skipped", skipped, time.Hour, "", pos.CodeConflict},
		{"revoked", &Challenge{State: Revoked}, time.Hour, "", pos.CodeConflict},
		{"dead", &Challenge{State: Dead}, time.Hour, "", pos.CodeConflict},
		{"consumed", &Challenge{State: Consumed}, time.Hour, "", pos.CodeConflict},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cause, err := tt.c.SkipCause(noon.Add(tt.after))
			if cause != tt.cause || pos.CodeOf(err) != tt.code {
				t.Errorf("SkipCause = %q, %v", cause, err)
			}
		})
	}
}

func TestChallenge_Lapse(t *testing.T) {
	t.Run("a right code holds a quarter of an hour", func(t *testing.T) {
		c := sent(noon)
		c.Enter(true, noon)
		if c.Lapse(noon.Add(Hold-time.Second)) || !c.Confirmed(noon.Add(Hold-time.Second)) {
			t.Error("ended too early")
		}
		if !c.Lapse(noon.Add(Hold)) || c.State != Expired || c.Confirmed(noon.Add(Hold)) {
			t.Errorf("holds longer: %+v", c)
		}
	})
	t.Run("a clock put back makes nothing live longer", func(t *testing.T) {
		open, verified, skipped := sent(noon), sent(noon), sent(noon)
		verified.Enter(true, noon)
		skipped.Skip(pos.Override{At: noon})
		for name, c := range map[string]*Challenge{"open": open, "verified": verified, "skipped": skipped} {
			if c.Lapse(noon.Add(-time.Minute)) {
				t.Errorf("%s: a minute back ended it", name)
			}
			yesterday := noon.Add(-24 * time.Hour)
			if c.Open(yesterday) || c.Confirmed(yesterday) || !c.Lapse(yesterday) {
				t.Errorf("%s: lives on a day back: %+v", name, c)
			}
		}
	})
	t.Run("a sending nobody waits for is unknown", func(t *testing.T) {
		c := &Challenge{State: Created}
		c.StartSend("hash", DefaultLifetime, noon)
		if c.Lapse(noon.Add(30 * time.Second)) {
			t.Error("given up while it may still be answered")
		}
		if !c.Lapse(noon.Add(time.Minute)) || c.State != SendUnknown {
			t.Errorf("state %s", c.State)
		}
	})
	t.Run("a skip ends too", func(t *testing.T) {
		c := sent(noon)
		c.Skip(pos.Override{At: noon})
		if c.Lapse(noon.Add(Hold-1)) || !c.Lapse(noon.Add(Hold)) || c.Confirmed(noon.Add(Hold)) {
			t.Errorf("%+v", c)
		}
	})
}

// TestChallenge_States drives a challenge through random sequences beside a
// model that remembers what the customer could know. A challenge is confirmed
// only by the newest code, entered in time, or by a skip; it is consumed once.
func TestChallenge_States(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := noon
		c := &Challenge{ID: "c", State: Created}
		c.StartSend("1", DefaultLifetime, now)
		consumed := 0
		earned := false // the newest code was entered in time, or the code was skipped
		var earnedAt time.Time
		spend := func() {
			if c.Confirmed(now) {
				if !earned || !now.Before(earnedAt.Add(Hold)) {
					t.Fatalf("confirmed without a code or a skip: %+v", c)
				}
				consumed++
				c.State = Consumed
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"time": func(t *rapid.T) {
				now = now.Add(time.Duration(rapid.IntRange(1, 400).Draw(t, "seconds")) * time.Second)
			},
			"outcome": func(t *rapid.T) {
				s := rapid.SampledFrom([]State{Sent, SendFailed, SendUnknown, "", Consumed}).Draw(t, "state")
				c.FinishSend(rapid.IntRange(1, 3).Draw(t, "number"), Result{State: s})
			},
			"right": func(t *rapid.T) {
				open := c.Open(now)
				c.Enter(true, now)
				if open {
					earned, earnedAt = true, now
				}
			},
			"wrong": func(*rapid.T) {
				was := c.State
				c.Enter(false, now)
				if c.State == Verified && was != Verified {
					t.Fatal("a wrong code verified")
				}
			},
			"resend": func(*rapid.T) {
				if c.CanResend(now) == nil {
					c.Place(bySMS, now)
					earned = false
				}
			},
			"bring": func(*rapid.T) {
				if c.State == Created {
					c.StartSend("next", DefaultLifetime, now)
				}
			},
			"crash": func(*rapid.T) {
				if c.State == Created || c.State == Sending {
					c.Interrupt()
				}
			},
			"skip": func(*rapid.T) {
				if _, err := c.SkipCause(now); err == nil {
					c.Skip(pos.Override{At: now})
					earned, earnedAt = true, now
				}
			},
			"lapse":  func(*rapid.T) { c.Lapse(now) },
			"change": func(*rapid.T) { c.Revoke("code.revoked-cheque") },
			"spend":  func(*rapid.T) { spend() },
			"": func(t *rapid.T) {
				switch {
				case consumed > 1:
					t.Fatal("consumed twice")
				case c.Sends > MaxSends || c.Wrong > MaxWrong:
					t.Fatalf("beyond the limits: %+v", c)
				case c.CodeHash != "" && (c.Ended() || c.State == Created || c.State == Verified || c.State == SendFailed || c.Override != nil):
					t.Fatalf("a code that nobody needs is kept: %+v", c)
				case c.State == Dead && c.Wrong != MaxWrong:
					t.Fatalf("dead after %d", c.Wrong)
				}
			},
		})
	})
}
