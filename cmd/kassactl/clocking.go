package main

// How the till's time stands, and the word of whoever looks after the computer
// that its clock is right.

import (
	"context"
	"fmt"
	"time"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/clock"
	"kassa/pos/till"
)

// clockJSON is the till's time beside the computer's.
type clockJSON struct {
	At       string      `json:"at"`       // what happens now is dated so
	Lived    string      `json:"lived"`    // waits and limits are measured by it
	Computer string      `json:"computer"` // what its clock shows
	Doubt    clock.Doubt `json:"doubt,omitempty"`
	Seconds  int64       `json:"seconds,omitempty"` // how far the times are apart
	Message  string      `json:"message,omitempty"`
}

// clock tells how the till's time stands. It writes nothing.
func (p *program) clock(ctx context.Context, _ []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		c, err := s.Till.ClockSeen(ctx)
		if err != nil {
			return err
		}
		return p.tellClock(c)
	})
}

// clockConfirm says that the computer's clock is right. The till must be closed: it
// would not hear of it.
func (p *program) clockConfirm(ctx context.Context, _ []string) error {
	return p.with(ctx, shop.Options{}, func(s *shop.Shop) error {
		c, err := s.Till.ConfirmClock(ctx, till.System())
		if err != nil {
			return err
		}
		return p.tellClock(c)
	})
}

func (p *program) tellClock(c *till.ClockStanding) error {
	doubt, by := c.Times.Doubt()
	v := clockJSON{At: c.At.Format(time.RFC3339), Lived: c.Steady.Format(time.RFC3339), Computer: c.Wall.Format(time.RFC3339), Doubt: doubt,
		Seconds: int64(by.Seconds())}
	if doubt != clock.Sure {
		v.Message = c.Health()[0].Say(p.words)
	}
	return p.answer(v, func() {
		p.say("cli.clock", pos.Args{"At": c.At, "Time": c.Wall})
		if v.Message != "" {
			fmt.Fprintln(p.out, v.Message)
		}
	})
}
