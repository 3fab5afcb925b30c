package code

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/till"
	"kassa/ui/widgets"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// challenge is a code whose first message was sent at noon.
func challenge(s confirm.State) confirm.Challenge {
	reasons := map[confirm.State]string{confirm.SendFailed: "sms.err.offline", confirm.SendUnknown: "code.no-answer"}
	return confirm.Challenge{Operation: confirm.SellCredit, State: s, CodeHash: "hash", Digits: confirm.Digits, Sends: 1,
		SentAt: noon, ExpiresAt: noon.Add(5 * time.Minute), ResendAt: noon.Add(time.Minute), ReasonID: reasons[s]}
}

// because is a challenge that ended as it did for another reason.
func because(c confirm.Challenge, reason string) confirm.Challenge {
	c.ReasonID = reason
	return c
}

// unused is a code that was entered rightly when it came, as it stands later.
func unused(after time.Duration) confirm.Challenge {
	c := challenge(confirm.Sent)
	c.Enter(true, noon)
	c.Lapse(noon.Add(after))
	return c
}

// unreadable is a code that its provider made and did not tell.
func unreadable() confirm.Challenge {
	c := challenge(confirm.SendUnknown)
	c.CodeHash, c.Digits, c.ReasonID = "", 0, "code.unreadable"
	return c
}

func TestModel(t *testing.T) {
	all := pos.Actor{Rights: pos.Rights}
	for name, tc := range map[string]struct {
		ch         confirm.Challenge
		actor      pos.Actor
		after      time.Duration
		next       step
		resendable bool
		skippable  bool
	}{
		"just sent":                       {challenge(confirm.Sent), all, time.Second, confirmStep, false, false},
		"sent a minute ago":               {challenge(confirm.Sent), all, time.Minute, confirmStep, true, false},
		"no code for two minutes":         {challenge(confirm.Sent), all, 2 * time.Minute, confirmStep, true, true},
		"the same without the right":      {challenge(confirm.Sent), pos.Actor{}, 2 * time.Minute, confirmStep, true, false},
		"on its way":                      {challenge(confirm.Sending), all, time.Second, confirmStep, false, false},
		"perhaps arrived":                 {challenge(confirm.SendUnknown), all, time.Second, confirmStep, false, true},
		"not sent":                        {func() confirm.Challenge { c := challenge(confirm.SendFailed); c.ResendAt = noon; return c }(), all, 0, resendStep, true, true},
		"not sent for want of a setting":  {because(challenge(confirm.SendFailed), "sms.err.setting-missing"), all, 2 * time.Minute, resendStep, true, false},
		"entered and not used in time":    {unused(confirm.Hold), all, confirm.Hold, resendStep, true, false},
		"its time is over":                {challenge(confirm.Sent), all, 5 * time.Minute, resendStep, true, true},
		"its time is over, no more sends": {func() confirm.Challenge { c := challenge(confirm.Sent); c.Sends = confirm.MaxSends; return c }(), all, 5 * time.Minute, leaveStep, false, true},
		"placed":                          {challenge(confirm.Created), all, time.Second, confirmStep, false, false},
		"sent, nobody knows which code":   {unreadable(), all, time.Second, resendStep, false, true},
		"the same a minute later":         {unreadable(), all, time.Minute, resendStep, true, true},
		"dead":                            {challenge(confirm.Dead), all, time.Second, leaveStep, false, false},
		"revoked":                         {challenge(confirm.Revoked), all, time.Second, leaveStep, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			m := &model{v: till.ShowCode(&tc.ch, "", tc.actor)}
			now := noon.Add(tc.after)
			require.Equal(t, tc.next, m.next(now))
			require.Equal(t, tc.resendable, m.resendable(now))
			require.Equal(t, tc.skippable, m.skippable(now))
			m.busy = sending
			require.False(t, m.resendable(now), "nothing is sent twice at once")
			require.False(t, m.skippable(now))
		})
	}
}

func TestModel_NobodyBringsCodes(t *testing.T) {
	ch := because(challenge(confirm.SendFailed), confirm.NoProvider)
	ch.ResendAt = noon
	m := &model{v: till.ShowCode(&ch, "", pos.Actor{Rights: pos.Rights}), unset: true}
	require.True(t, m.skippable(noon), "there is nothing to wait for")
	require.False(t, m.resendable(noon), "it would be refused the same")
	require.Equal(t, leaveStep, m.next(noon))
	require.Equal(t, "codebox.nobody.skip", m.news(noon).id)
	require.Equal(t, unset, m.offered()[0])
	m.v.MaySkip = false
	require.Equal(t, "codebox.nobody", m.news(noon).id)
	m.unset = false // somebody has chosen a provider since
	require.Equal(t, resendStep, m.next(noon))
	require.Equal(t, reasons, m.offered())
}

func TestModel_ACodeThatRanOutSaysSo(t *testing.T) {
	ch := unused(confirm.Hold)
	m := &model{v: till.ShowCode(&ch, "", pos.Actor{Rights: pos.Rights})}
	require.Equal(t, phrase{confirm.RanOut, nil, widgets.Warn}, m.news(noon.Add(confirm.Hold)))
}

func TestModel_RightFollowsTheOperation(t *testing.T) {
	ch, actor := challenge(confirm.SendFailed), pos.Actor{Rights: []pos.Right{pos.RightSkipPoints}}
	m := &model{v: till.ShowCode(&ch, "", actor)}
	require.False(t, m.skippable(noon))
	ch.Operation = confirm.SpendPoints
	m.v = till.ShowCode(&ch, "", actor)
	require.True(t, m.skippable(noon))
}
