package code

import (
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/till"
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
	v      till.CodeView
	actor  pos.Actor // who opened the window
	busy   work
	eager  bool  // Enter was pressed on a code before its message was sent
	wrong  bool  // the last entry was refused as wrong
	unset  bool  // the shop has chosen no provider
	failed error // the till's refusal of the last action
}

// nobody reports a code that nobody brings: sending it again would be refused the
// same until a provider is chosen.
func (m *model) nobody() bool {
	return m.unset && m.v.State == confirm.SendFailed && m.v.ReasonID == confirm.NoProvider
}

// state is what the channel line shows: a code whose time has passed is expired
// even before the till was asked.
func (m *model) state(now time.Time) confirm.State {
	switch {
	case m.busy == sending, m.v.Coming():
		return confirm.Sending
	case m.late(now):
		return confirm.Expired
	}
	return m.v.State
}

// late reports a code that can no longer be entered because its time is over.
func (m *model) late(now time.Time) bool {
	waits := m.v.State == confirm.Sent || m.v.State == confirm.SendUnknown
	return waits && !m.v.Skipped && !now.Before(m.v.ExpiresAt)
}

// stale reports that time has changed how the code stands, so that the till is
// asked anew.
func (m *model) stale(now time.Time) bool { return m.v.Coming() || m.late(now) }

// enterable reports that a code may be typed: one has left, or may have, and can
// be compared.
func (m *model) enterable(now time.Time) bool {
	switch m.state(now) {
	case confirm.Sending, confirm.Sent, confirm.SendUnknown:
		return m.v.Digits > 0
	}
	return false
}

// next is what the blue button does at now.
func (m *model) next(now time.Time) step {
	switch {
	case m.enterable(now), m.state(now) == confirm.Sending:
		return confirmStep
	case m.v.Over() || m.nobody() || !m.resendable(now) && m.resendWait(now) <= 0:
		return leaveStep
	}
	return resendStep
}

// actable reports that the blue button can be pressed at now.
func (m *model) actable(now time.Time) bool {
	switch m.next(now) {
	case confirmStep:
		return m.busy == idle || m.busy == sending
	case resendStep:
		return m.resendable(now)
	}
	return m.busy == idle
}

// resendable reports that a new code may be sent at now.
func (m *model) resendable(now time.Time) bool {
	return m.busy == idle && !m.v.Coming() && !m.nobody() && !m.v.ResendAt.IsZero() && !now.Before(m.v.ResendAt)
}

// resendWait is how long until a new code may be sent; zero when it may be now
// or never.
func (m *model) resendWait(now time.Time) time.Duration {
	if m.state(now) == confirm.Sending || m.v.ResendAt.IsZero() {
		return 0
	}
	return max(m.v.ResendAt.Sub(now), 0)
}

// skippable reports that going on without the code is offered at now.
func (m *model) skippable(now time.Time) bool {
	return m.v.MaySkip && m.busy == idle && !m.v.Coming() && !m.v.SkipAt.IsZero() && !now.Before(m.v.SkipAt)
}

// skipWait is how long until going on without the code is offered.
func (m *model) skipWait(now time.Time) time.Duration {
	if m.v.SkipAt.IsZero() {
		return 0
	}
	return max(m.v.SkipAt.Sub(now), 0)
}

// lifetime is how long the code may still be entered.
func (m *model) lifetime(now time.Time) time.Duration { return max(m.v.ExpiresAt.Sub(now), 0) }

// phrase is a message and its tone.
type phrase struct {
	id   string
	args pos.Args
	tone widgets.Tone
}

// chip is the state of what went up a rung, in a word or two. Only the last rung
// knows what became of the code.
func (m *model) chip(r till.Rung, last bool, now time.Time) phrase {
	state := r.State
	if last {
		state = m.state(now)
	}
	switch state {
	case confirm.Created, confirm.Sending:
		return phrase{"codebox.state.sending", nil, widgets.Info}
	case confirm.Sent:
		if m.v.Sends > 1 {
			return phrase{"codebox.state.sent-again", pos.Args{"Number": m.v.Sends}, widgets.Good}
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
	state := m.state(now)
	switch {
	case m.busy == sending:
		return phrase{}
	case state == confirm.Dead:
		return phrase{"codebox.dead." + string(m.v.Operation), pos.Args{"Max": m.v.Tries}, widgets.Bad}
	case m.v.Over():
		return phrase{m.v.ReasonID, m.v.ReasonArgs, widgets.Bad}
	case m.wrong:
		return phrase{"codebox.wrong", pos.Args{"Left": m.v.AttemptsLeft}, widgets.Bad}
	case state == confirm.Expired && m.v.ReasonID == confirm.RanOut && !m.v.ResendAt.IsZero():
		return phrase{confirm.RanOut, nil, widgets.Warn}
	case state == confirm.Expired && m.v.ResendAt.IsZero():
		return phrase{"codebox.expired-last", nil, widgets.Bad}
	case state == confirm.Expired:
		return phrase{"codebox.expired", nil, widgets.Warn}
	case m.nobody() && m.v.MaySkip:
		return phrase{"codebox.nobody.skip", nil, widgets.Warn}
	case m.nobody():
		return phrase{"codebox.nobody", nil, widgets.Warn}
	case state == confirm.SendFailed:
		return phrase{m.v.ReasonID, m.v.ReasonArgs, widgets.Bad}
	case state == confirm.SendUnknown:
		return phrase{m.v.ReasonID, m.v.ReasonArgs, widgets.Warn}
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
