package main

import (
	"context"
	"fmt"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/till"
)

// historyJSON is what `history` tells: whether the data is all it was, and what
// is missing where it is not.
type historyJSON struct {
	Whole    bool             `json:"whole"`
	ID       string           `json:"id,omitempty"` // "history.behind", "history.forked"
	Message  string           `json:"message,omitempty"`
	Missing  *missingJSON     `json:"missing,omitempty"`
	Witness  history.Kind     `json:"witness,omitempty"`
	Where    string           `json:"where,omitempty"`
	Stands   history.Standing `json:"stands"`
	Accepted bool             `json:"accepted,omitempty"`
	Aside    string           `json:"aside,omitempty"`
}

// missingJSON are the documents that are known and not there, as "118–124".
type missingJSON struct {
	Epoch   int64  `json:"epoch"`
	Sales   string `json:"sales"`
	Returns string `json:"returns"`
	Shifts  string `json:"shifts"`
	Entries string `json:"entries"`
	Events  string `json:"events"`
}

// history compares the data with what is remembered of it.
func (p *program) history(ctx context.Context, _ []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		v, err := p.historyOf(ctx, s)
		if err != nil {
			return err
		}
		return p.answer(v, func() { p.sayHistory(v) })
	})
}

// historyAccept lets the till go on, in a new epoch, although something is
// missing. Nobody may be selling meanwhile.
func (p *program) historyAccept(ctx context.Context, _ []string) error {
	return p.with(ctx, shop.Options{}, func(s *shop.Shop) error {
		v, err := p.historyOf(ctx, s)
		if err != nil {
			return err
		}
		if v.Aside, err = s.GoOn(ctx, till.System()); err != nil {
			return err
		}
		v.Accepted = true
		if v.Stands, err = s.Till.Standing(ctx); err != nil {
			return err
		}
		return p.answer(v, func() {
			p.sayHistory(v)
			p.say("cli.history.accepted", pos.Args{"Epoch": v.Stands.Epoch, "Dir": v.Aside})
		})
	})
}

func (p *program) historyOf(ctx context.Context, s *shop.Shop) (*historyJSON, error) {
	stands, err := s.Till.Standing(ctx)
	if err != nil {
		return nil, err
	}
	v := &historyJSON{Whole: true, Stands: stands}
	g := s.Missing()
	if g == nil {
		return v, nil
	}
	text := func(m history.Missing) string {
		if m.First == 0 {
			return ""
		}
		return m.Text()
	}
	v.Whole, v.ID, v.Message, v.Witness, v.Where = false, g.ID(), p.words.Error(till.GapError(g)), g.Known.Kind, g.Known.Where
	v.Missing = &missingJSON{Epoch: g.Known.Epoch, Sales: text(g.Of(history.Sales)), Returns: text(g.Of(history.Returns)),
		Shifts: text(g.Of(history.Shifts)), Entries: text(g.Entries()), Events: text(g.Events())}
	return v, nil
}

func (p *program) sayHistory(v *historyJSON) {
	switch {
	case v.Whole:
		p.say("cli.history.whole", nil)
		return
	case !v.Accepted:
		defer p.say("cli.history.choose", nil)
	}
	fmt.Fprintln(p.out, v.Message)
}
