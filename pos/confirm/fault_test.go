package confirm

import (
	"testing"
	"time"

	"kassa/pos"
)

// TestChallenge_SkipByReason decides for every reason a message may end with
// whether it lets somebody go on without the code at once, after SkipAfter, or
// never, however long one waits.
func TestChallenge_SkipByReason(t *testing.T) {
	const never = -time.Second
	for _, tt := range []struct {
		state State
		after time.Duration
		ids   []string
	}{
		{SendFailed, 0, []string{"sms.err.offline", "sms.err.portal", "sms.err.temporary-error", "shop.no-provider"}},
		{SendUnknown, 0, []string{"sms.err.server-trouble", "sms.err.no-answer", "code.no-answer", "code.unreadable"}},
		{SendUnknown, SkipAfter, []string{"sms.err.unknown", "sms.err.bad-answer", "sms.err.duplicate", "code.interrupted", "code.hash", "somebody.new"}},
		{SendFailed, SkipAfter, []string{"sms.err.tls", "sms.err.rate-limited", "sms.err.daily-limit", "sms.err.insufficient-funds",
			"sms.err.blocked", "sms.err.bad-number", "sms.err.failed-permanent"}},
		{SendUnknown, never, []string{"code.too-short"}},
		{SendFailed, never, []string{"sms.err.failed-request", "sms.err.auth-error", "sms.err.sender-not-approved", "sms.err.wrong-address",
			"sms.err.unsupported", "sms.err.unknown-provider", "sms.err.setting-missing", "sms.err.setting-invalid",
			"sms.err.insecure-address", "sms.err.no-text", "sms.err.text-too-long", "sms.err.sandbox-file", "sms.err.cancelled",
			"shop.template", "shop.provider-changed", "code.phone-limit", "code.dead-wait", "code.never-sent",
			"somebody.new"}},
	} {
		for _, id := range tt.ids {
			t.Run(string(tt.state)+" "+id, func(t *testing.T) {
				c := &Challenge{State: Created}
				c.StartSend("hash", DefaultLifetime, noon)
				c.FinishSend(1, Result{State: tt.state, ReasonID: id})
				want := noon.Add(tt.after)
				if tt.after == never {
					want = time.Time{}
				}
				if !c.SkipFrom().Equal(want) {
					t.Errorf("offered from %s, want %s", c.SkipFrom(), want)
				}
				code := pos.Code("")
				switch tt.after {
				case never:
					code = pos.CodeConflict
				case SkipAfter:
					code = pos.CodeWait
				}
				if _, err := c.SkipCause(noon); pos.CodeOf(err) != code {
					t.Errorf("at once: %v, want %q", err, code)
				}
				c.Lapse(noon.Add(DefaultLifetime))
				if _, err := c.SkipCause(noon.Add(DefaultLifetime)); (err != nil) != (tt.after == never) {
					t.Errorf("after the code's life: %v", err)
				}
			})
		}
	}
}

func TestCheckDead(t *testing.T) {
	c := sent(noon)
	at := noon.Add(4 * time.Minute)
	for range MaxWrong {
		c.Enter(false, at)
	}
	if c.State != Dead || !c.ResendAt.Equal(at.Add(time.Minute)) || !c.ResendFrom().IsZero() {
		t.Fatalf("%+v", c)
	}
	if err := CheckDead([]Challenge{*c}, at); pos.CodeOf(err) != pos.CodeWait {
		t.Errorf("a new one at once: %v", err)
	}
	if err := CheckDead([]Challenge{*c}, at.Add(time.Minute)); err != nil {
		t.Errorf("after the wait: %v", err)
	}
}
