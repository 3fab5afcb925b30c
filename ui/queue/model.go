// Package queue is the screen of what waits at the till for the backend behind it:
// what waits, since when, what failed and why, and what somebody does about it.
package queue

import (
	"context"
	"time"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/widgets"
)

// page is how many rows are read and shown at once, however many wait.
const page = 100

// pages says where in the queue one looks.
type pages struct {
	aside bool    // what was put aside alone
	after []int64 // the Seq before the first row of each page up to the one shown; empty on the first
}

// start is the Seq after which the page begins.
func (p *pages) start() int64 {
	if len(p.after) == 0 {
		return 0
	}
	return p.after[len(p.after)-1]
}

// next is the page after the last of the rows.
func (p pages) next(rows []pos.OutboxMessage) pages {
	p.after = append(p.after[:len(p.after):len(p.after)], rows[len(rows)-1].Seq)
	return p
}

// back is the page before.
func (p pages) back() pages {
	p.after = p.after[:len(p.after)-1]
	return p
}

// load reads a page. What was told meanwhile may have taken all of it away: then
// the first one is read.
func (p pages) load(ctx context.Context, t *till.Till, a pos.Actor) (loaded, error) {
	read := t.Queue
	if p.aside {
		read = t.QueueAside
	}
	v, err := read(ctx, a, p.start(), page)
	if err == nil && len(v.Rows) == 0 && len(p.after) > 0 {
		p.after = nil
		v, err = read(ctx, a, 0, page)
	}
	return loaded{v, p}, err
}

// loaded is a page that was read.
type loaded struct {
	till.QueueView
	pages
}

// standing says in one sentence how the exchange stands, and how to see it.
func standing(env *ui.Env, s *exchange.Status, c pos.OutboxCounts) (string, widgets.Tone) {
	now := env.Kit.Timers.Now()
	switch s.Look(now) {
	case exchange.Stuck:
		if s.Trouble != nil {
			return env.Words.Error(s.Trouble), widgets.Bad
		}
		return env.T("queue.stands.aside", pos.Args{"Count": s.Aside}), widgets.Bad
	case exchange.Halted:
		return env.T("queue.stands.paused", pos.Args{"Count": c.Waiting}), widgets.Warn
	}
	switch {
	case s.Trouble != nil:
		return env.Words.Error(s.Trouble), widgets.Warn
	case s.State == exchange.Sending, c.Waiting > 0:
		return env.T("queue.stands.sending", pos.Args{"Count": c.Waiting}), widgets.Info
	case s.Server == "":
		return env.T("queue.stands.carried", nil), widgets.Good
	}
	return env.T("queue.stands.told", nil), widgets.Good
}

// line says who is told, when it was heard of last, and when it is tried again.
func line(env *ui.Env, s *exchange.Status) string {
	text := env.T("queue.line.carried", nil)
	if s.Server != "" {
		text = env.T("queue.line.server", pos.Args{"Server": s.Server})
	}
	if !s.Contact.IsZero() {
		text += " · " + env.T("queue.line.contact", pos.Args{"At": moment(env, s.Contact)})
	} else if s.Server != "" {
		text += " · " + env.T("queue.line.never", nil)
	}
	if s.State == exchange.Waiting {
		left := s.Next.Sub(env.Kit.Timers.Now()).Round(time.Second)
		text += " · " + env.T("queue.line.next", pos.Args{"Tries": s.Tries, "Seconds": int(max(left, 0) / time.Second)})
	}
	return text
}

// moment is a time of today without the day.
func moment(env *ui.Env, at time.Time) string {
	if now := env.Kit.Timers.Now(); env.Words.Date(now) == env.Words.Date(at) {
		return env.Words.Clock(at)
	}
	return env.Words.DateTime(at)
}

// kind is what a message tells of, for a person.
func kind(env *ui.Env, m *pos.OutboxMessage) string {
	id := "queue.kind." + string(m.Kind)
	if !env.Words.Has(id) {
		return string(m.Kind)
	}
	return env.T(id, nil)
}

// since is when a message came into its state.
func since(m *pos.OutboxMessage) time.Time {
	if m.Since.IsZero() {
		return m.At
	}
	return m.Since
}

// why says why a message is still here and what to do about it.
func why(env *ui.Env, m *pos.OutboxMessage) string {
	var text string
	switch {
	case m.Answered():
		return env.T("queue.why.refused", pos.Args{"At": moment(env, m.Tried), "Why": env.Words.Error(m.Trouble)}) + " " + env.T("queue.do.refused", nil)
	case m.State == pos.OutboxAside && m.Why != "":
		text = env.T("queue.why.person", pos.Args{"Why": m.Why})
	case m.Trouble != nil:
		text = env.T("queue.why.trouble", pos.Args{"Tries": m.Tries, "At": moment(env, m.Tried), "Why": env.Words.Error(m.Trouble)})
	case m.State == pos.OutboxAside:
		text = env.T("queue.why.tried", pos.Args{"Tries": m.Tries})
	default:
		return env.T("queue.why.turn", nil)
	}
	if m.State == pos.OutboxAside {
		return text + " " + env.T("queue.do.aside", nil)
	}
	return text + " " + env.T("queue.do.waiting", nil)
}

// state is how a message stands.
func state(env *ui.Env, m *pos.OutboxMessage) string {
	if m.Answered() {
		return env.T("queue.state.refused", nil)
	}
	return env.T("queue.state."+string(m.State), nil)
}

// tone is the colour of a message's state.
func tone(m *pos.OutboxMessage) widgets.Tone {
	switch {
	case m.State == pos.OutboxAside:
		return widgets.Bad
	case m.State == pos.OutboxAcknowledged:
		return widgets.Good
	case m.Tries > 0:
		return widgets.Warn
	}
	return widgets.Neutral
}
