package main

import (
	"context"
	"encoding/json"
	"time"

	"kassa/cmd/internal/shop"
	"kassa/cmd/kassactl/door"
	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/till"
)

// queueJSON is what `queue list` tells.
type queueJSON struct {
	Server  string       `json:"server,omitempty"` // left out while the backend is carried in the till
	Paused  bool         `json:"paused"`
	Waiting int64        `json:"waiting"`
	Aside   int64        `json:"aside"`
	Rows    []queuedJSON `json:"rows"`
	More    bool         `json:"more"`
}

// queuedJSON is one message of the queue.
type queuedJSON struct {
	ID      string          `json:"id"`
	Epoch   int64           `json:"epoch"`
	Seq     int64           `json:"seq"`
	Kind    string          `json:"kind"`
	Subject string          `json:"subject"`
	Object  string          `json:"object"`
	AtMS    int64           `json:"at_ms"`
	State   pos.OutboxState `json:"state"`
	SinceMS int64           `json:"since_ms,omitempty"`
	Why     string          `json:"why,omitempty"`
	Tries   int             `json:"tries,omitempty"`
	TriedMS int64           `json:"tried_ms,omitempty"`
	Trouble *door.Fault     `json:"trouble,omitempty"`
	Body    json.RawMessage `json:"body,omitempty"` // what will be told; of `queue show` alone
}

func (p *program) queued(m *pos.OutboxMessage) queuedJSON {
	q := queuedJSON{ID: m.ID, Epoch: m.Epoch, Seq: m.Seq, Kind: string(m.Kind), Subject: m.Subject, Object: m.Object, AtMS: m.At.UnixMilli(), State: m.State,
		SinceMS: millis(m.Since), Why: m.Why, Tries: m.Tries, TriedMS: millis(m.Tried)}
	if m.Trouble != nil {
		q.Trouble = door.NewFault(p.words, m.Trouble)
	}
	return q
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// queuePage is how many rows of the queue are told unless others are asked for.
const queuePage = 50

// queueList tells what waits for the backend and what was put aside.
func (p *program) queueList(ctx context.Context, _ []string) error {
	limit, err := p.number("limit", queuePage)
	if err != nil {
		return err
	}
	return p.with(ctx, looking, func(s *shop.Shop) error {
		v, err := s.Till.Queue(ctx, till.System(), 0, limit)
		if err != nil {
			return err
		}
		server, err := s.Till.Server(ctx)
		if err != nil {
			return err
		}
		told := queueJSON{Server: server, Paused: v.Paused, Waiting: v.Counts.Waiting, Aside: v.Counts.Aside, Rows: make([]queuedJSON, len(v.Rows)), More: v.More}
		for i := range v.Rows {
			told.Rows[i] = p.queued(&v.Rows[i])
		}
		return p.answer(told, func() { p.sayQueue(&v) })
	})
}

func (p *program) sayQueue(v *till.QueueView) {
	p.say("cli.queue.counts", pos.Args{"Waiting": v.Counts.Waiting, "Aside": v.Counts.Aside})
	if v.Paused {
		p.say("cli.queue.paused", nil)
	}
	for i := range v.Rows {
		p.sayQueued(&v.Rows[i])
	}
	if v.More {
		p.say("cli.queue.more", nil)
	}
}

func (p *program) sayQueued(m *pos.OutboxMessage) {
	state := "queue.state." + string(m.State)
	if m.Answered() {
		state = "queue.state.refused"
	}
	p.say("cli.queue.row", pos.Args{"At": m.At, "What": p.words.T("queue.kind."+string(m.Kind), nil), "State": p.words.T(state, nil), "ID": m.ID})
	switch {
	case m.Why != "":
		p.say("cli.queue.why", pos.Args{"Why": m.Why})
	case m.Trouble != nil:
		p.say("cli.queue.tried", pos.Args{"Tries": m.Tries, "At": m.Tried, "Why": p.words.Error(m.Trouble)})
	}
}

// queueShow tells one message with what it says.
func (p *program) queueShow(ctx context.Context, w []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		m, err := s.Till.Queued(ctx, till.System(), w[0])
		if err != nil {
			return err
		}
		q := p.queued(m)
		q.Body = m.Payload
		return p.answer(q, func() {
			p.sayQueued(m)
			p.say("cli.queue.body", pos.Args{"Body": string(m.Payload)})
		})
	})
}

// queueResend lets one message go again, or all that were put aside.
func (p *program) queueResend(ctx context.Context, w []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		n := 1
		var err error
		if len(w) > 0 {
			err = s.Till.ResendQueued(ctx, till.System(), w[0])
		} else {
			n, err = s.Till.ResendQueue(ctx, till.System())
		}
		if err != nil {
			return err
		}
		return p.answer(map[string]int{"resent": n}, func() { p.say("cli.queue.resent", pos.Args{"Count": n}) })
	})
}

// queueClear takes a request out of the queue that was refused.
func (p *program) queueClear(ctx context.Context, w []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		if err := s.Till.DismissQueued(ctx, till.System(), w[0]); err != nil {
			return err
		}
		return p.answer(map[string]bool{"cleared": true}, func() { p.say("cli.queue.cleared", nil) })
	})
}

// queuePause lets nothing be sent until `queue resume`.
func (p *program) queuePause(ctx context.Context, _ []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		if err := s.Till.PauseQueue(ctx, till.System()); err != nil {
			return err
		}
		return p.answer(map[string]bool{"paused": true}, func() { p.say("cli.queue.paused", nil) })
	})
}

// queueResume lets the queue go on.
func (p *program) queueResume(ctx context.Context, _ []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		if err := s.Till.ResumeQueue(ctx, till.System()); err != nil {
			return err
		}
		return p.answer(map[string]bool{"paused": false}, func() { p.say("cli.queue.resumed", nil) })
	})
}

// queueSend brings all that waits now. Nobody may be selling meanwhile: a till that
// does brings it by itself.
func (p *program) queueSend(ctx context.Context, _ []string) error {
	return p.with(ctx, shop.Options{}, func(s *shop.Shop) error {
		end := s.TellAll(ctx)
		if end.Trouble != nil {
			return end.Trouble
		}
		v, err := s.Till.Queue(ctx, till.System(), 0, 1)
		if err != nil {
			return err
		}
		return p.answer(map[string]int64{"waiting": v.Counts.Waiting, "aside": v.Counts.Aside},
			func() { p.say("cli.queue.counts", pos.Args{"Waiting": v.Counts.Waiting, "Aside": v.Counts.Aside}) })
	})
}

// serverJSON is the backend behind the till.
type serverJSON struct {
	Carried bool   `json:"carried"`
	Server  string `json:"server,omitempty"`
	Name    string `json:"name,omitempty"`
	Held    int64  `json:"held"` // messages of this till it has
}

// backendStatus asks the backend who the till is there.
func (p *program) backendStatus(ctx context.Context, _ []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		server, err := s.Till.Server(ctx)
		if err != nil {
			return err
		}
		if server == "" { // a till that sells may have it open
			return p.answer(serverJSON{Carried: true}, func() { p.say("cli.backend.carried", nil) })
		}
		state, err := s.CheckServer(ctx, till.System())
		if err != nil {
			return err
		}
		return p.answer(serverJSON{Server: state.Server, Name: state.Name, Held: state.Held.Count},
			func() {
				p.say("cli.backend.server", pos.Args{"Server": state.Server, "Name": state.Name, "Count": state.Held.Count})
			})
	})
}

// backendJoin turns the till to a server by a one-time code.
func (p *program) backendJoin(ctx context.Context, w []string) error {
	since, err := p.date("since", time.Time{})
	if err != nil {
		return err
	}
	return p.with(ctx, looking, func(s *shop.Shop) error {
		state, err := s.JoinServer(ctx, till.System(), w[0], hidden.New(w[1]), since)
		if err != nil {
			return err
		}
		return p.answer(serverJSON{Server: state.Server, Name: state.Name, Held: state.Held.Count},
			func() { p.say("cli.backend.joined", pos.Args{"Server": state.Server, "Name": state.Name}) })
	})
}

// backendLeave turns the till back to the backend it carries, --without what a server
// that does not answer keeps of it.
func (p *program) backendLeave(ctx context.Context, _ []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		if err := s.LeaveServer(ctx, till.System(), p.args.has("without")); err != nil {
			return err
		}
		return p.answer(serverJSON{Carried: true}, func() { p.say("cli.backend.carried", nil) })
	})
}
