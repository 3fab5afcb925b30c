package code

import (
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/ui/widgets"
)

// work is what the till is doing for the window now.
type work int

const (
	idle     work = iota
	checking      // comparing what was entered
	sending       // bringing a message to the customer
	skipping      // recording that the code is skipped
)

// step is what the blue button does.
type step int

const (
	confirmStep step = iota // compare what was entered
	resendStep              // send a new code
	leaveStep               // nothing is left to do here
)

// model is what the code window knows. It touches no widget.
type model struct {
	ch       confirm.Challenge
	customer string // name; "" until it is known
	actor    pos.Actor
	busy     work
	wrong    bool  // the last entry was refused as wrong
	failed   error // the till's refusal of the last action
}

// at is the challenge as it stands at now: a code whose time has passed is
// shown as expired without asking the till.
func (m *model) at(now time.Time) *confirm.Challenge {
	ch := m.ch
	ch.Lapse(now)
	return &ch
}

// state is what the channel line shows.
func (m *model) state(now time.Time) confirm.State {
	if m.busy == sending {
		return confirm.Sending
	}
	return m.at(now).State
}

// waiting reports that a message is on its way to the provider.
func (m *model) waiting(now time.Time) bool {
	s := m.state(now)
	return s == confirm.Created || s == confirm.Sending
}

// over reports a challenge that can confirm nothing any more.
func (m *model) over() bool { return m.ch.Ended() }

// enterable reports that a code may be typed: one has left, or may have.
func (m *model) enterable(now time.Time) bool {
	switch m.state(now) {
	case confirm.Created, confirm.Sending, confirm.Sent, confirm.SendUnknown:
		return true
	}
	return false
}

// next is what the blue button does at now.
func (m *model) next(now time.Time) step {
	switch {
	case m.enterable(now):
		return confirmStep
	case m.over() || !m.resendable(now) && m.resendWait(now) <= 0:
		return leaveStep
	}
	return resendStep
}

// resendable reports that a new code may be sent at now.
func (m *model) resendable(now time.Time) bool {
	return m.busy == idle && m.at(now).CanResend(now) == nil
}

// resendWait is how long until a new code may be sent; zero when it may be now
// or never.
func (m *model) resendWait(now time.Time) time.Duration {
	err := m.at(now).CanResend(now)
	if m.busy == sending || pos.CodeOf(err) != pos.CodeWait {
		return 0
	}
	return max(m.ch.ResendAt.Sub(now), 0)
}

// skipRight is the right to go on without this code.
func (m *model) skipRight() pos.Right {
	switch m.ch.Operation {
	case confirm.SpendPoints:
		return pos.RightSkipPoints
	case confirm.ChangePhone:
		return pos.RightSkipPhone
	}
	return pos.RightSkipCredit
}

// maySkip reports that the employee may go on without the code once that is
// offered.
func (m *model) maySkip() bool { return m.actor.Can(m.skipRight()) && !m.over() }

// skippable reports that going on without the code is offered at now.
func (m *model) skippable(now time.Time) bool {
	if !m.maySkip() || m.busy != idle {
		return false
	}
	_, err := m.at(now).SkipCause(now)
	return err == nil
}

// skipWait is how long until going on without the code is offered.
func (m *model) skipWait(now time.Time) time.Duration {
	if _, err := m.at(now).SkipCause(now); pos.CodeOf(err) != pos.CodeWait {
		return 0
	}
	return max(m.ch.SentAt.Add(confirm.SkipAfter).Sub(now), 0)
}

// lifetime is how long the code may still be entered.
func (m *model) lifetime(now time.Time) time.Duration { return max(m.ch.ExpiresAt.Sub(now), 0) }

// phrase is a message and its tone.
type phrase struct {
	id   string
	args pos.Args
	tone widgets.Tone
}

// chip is the state of the sending, in a word or two.
func (m *model) chip(now time.Time) phrase {
	args := pos.Args{"Number": m.ch.Sends}
	switch m.state(now) {
	case confirm.Created, confirm.Sending:
		return phrase{"codebox.state.sending", nil, widgets.Info}
	case confirm.Sent:
		if m.ch.Sends > 1 {
			return phrase{"codebox.state.sent-again", args, widgets.Good}
		}
		return phrase{"codebox.state.sent", nil, widgets.Good}
	case confirm.SendFailed:
		return phrase{"codebox.state.failed", nil, widgets.Bad}
	case confirm.SendUnknown:
		return phrase{"codebox.state.unknown", nil, widgets.Warn}
	case confirm.Verified, confirm.Consumed:
		return phrase{"codebox.state.verified", nil, widgets.Good}
	case confirm.Expired:
		return phrase{"codebox.state.expired", nil, widgets.Warn}
	}
	return phrase{"codebox.state.over", nil, widgets.Bad}
}

// news is the sentence that tells what happened and what to do next; its id is
// "" when all is as expected. A refusal of the till is not among it.
func (m *model) news(now time.Time) phrase {
	ch := m.at(now)
	switch {
	case m.busy == sending:
		return phrase{}
	case m.over():
		if ch.State == confirm.Dead {
			return phrase{"codebox.dead." + string(ch.Operation), pos.Args{"Max": confirm.MaxWrong}, widgets.Bad}
		}
		return phrase{ch.ReasonID, ch.ReasonArgs, widgets.Bad}
	case m.wrong:
		return phrase{"codebox.wrong", pos.Args{"Left": ch.AttemptsLeft()}, widgets.Bad}
	case ch.State == confirm.Expired && ch.Sends >= confirm.MaxSends:
		return phrase{"codebox.expired-last", nil, widgets.Bad}
	case ch.State == confirm.Expired:
		return phrase{"codebox.expired", nil, widgets.Warn}
	case ch.State == confirm.SendFailed:
		return phrase{ch.ReasonID, ch.ReasonArgs, widgets.Bad}
	case ch.State == confirm.SendUnknown:
		return phrase{ch.ReasonID, ch.ReasonArgs, widgets.Warn}
	}
	return phrase{}
}

// errorFact names what is wrong, for Shown.
func (m *model) errorFact() string {
	if m.failed != nil {
		return string(pos.CodeOf(m.failed))
	}
	if m.wrong {
		return "wrong"
	}
	return ""
}

// confirmed reports that the operation may go on.
func (m *model) confirmed() bool {
	changed := m.ch.Operation == confirm.ChangePhone && m.ch.State == confirm.Consumed // at once, with the right code
	return m.ch.State == confirm.Verified || changed || m.ch.Override != nil && !m.over()
}
