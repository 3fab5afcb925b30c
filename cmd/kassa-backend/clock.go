package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"kassa/pos"
	rules "kassa/pos/clock"
	"kassa/storage/central"
)

// clockCheck says whether this computer's clock can be believed. What is ended by a
// deadline stays ended, so one that started wrong must end nothing.
type clockCheck struct {
	store *central.Store
	clock interface{ Now() time.Time }
	log   *slog.Logger

	mu   sync.Mutex
	said doubt // last, so that it is told once
}

const (
	// apartBy is how far this computer's clock and the database's may be apart: less
	// than the mistakes people make, of which an hour is the least.
	apartBy = 30 * time.Minute
	// noteEvery is how often the time is noted in the database.
	noteEvery = time.Hour
)

// doubt is what speaks against a clock.
type doubt string

const (
	sure      doubt = ""
	oddYear   doubt = "odd-year"   // in which no server runs
	apart     doubt = "apart"      // from the database's own clock
	longAhead doubt = "long-ahead" // of the newest time that was believed
)

// look holds the clock against what the database knows.
func (c *clockCheck) look(ctx context.Context) (d doubt, now time.Time, known central.Clocks, err error) {
	if known, err = c.store.Clocks(ctx); err != nil {
		return sure, now, known, err
	}
	now = c.clock.Now().UTC()
	switch year := now.Year(); {
	case year < rules.FirstYear || year > rules.LastYear:
		d = oddYear
	case !known.Base.IsZero() && now.Sub(known.Base).Abs() > apartBy:
		d = apart
	case !known.Seen.IsZero() && now.Sub(known.Seen) > rules.FarGap:
		d = longAhead
	}
	return d, now, known, nil
}

// doubted is backend.Params.Doubted. A time that is believed is noted now and then.
func (c *clockCheck) doubted(ctx context.Context) (bool, error) {
	d, now, known, err := c.look(ctx)
	if err != nil {
		return false, err
	}
	c.tell(d, now, known)
	if d == sure && now.Sub(known.Seen) > noteEvery {
		err = c.store.SawClock(ctx, now)
	}
	return d != sure, err
}

// tell says in the log what is thought of the clock since it changed.
func (c *clockCheck) tell(d doubt, now time.Time, known central.Clocks) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch was := c.said; {
	case d == was:
	case d == sure:
		c.log.Info("this computer's clock is believed again", "clock", now)
	default:
		c.log.Warn("this computer's clock cannot be believed: no payment is declined by its deadline; put the clock right, or say that it is: kassa-backend clock confirm",
			"why", string(d), "clock", now, "database", known.Base, "seen", known.Seen)
	}
	c.said = d
}

// confirm takes somebody's word that the clock is right. Against the database's own
// clock no word helps: one of the two has to be put right.
func (c *clockCheck) confirm(ctx context.Context) (time.Time, error) {
	d, now, known, err := c.look(ctx)
	if err != nil {
		return now, err
	}
	switch d {
	case oddYear:
		return now, pos.E(pos.CodeConflict, "backend.clock-odd", pos.Args{"Clock": now})
	case apart:
		return now, pos.E(pos.CodeConflict, "backend.clock-apart", pos.Args{"Clock": now, "Database": known.Base})
	}
	return now, c.store.ConfirmClock(ctx, now)
}

// clockConfirm is for whoever looked at the clock.
func (p *program) clockConfirm(ctx context.Context, _ []string) (err error) {
	_, s, err := p.open(ctx, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	now, err := (&clockCheck{store: s, clock: clock{}, log: p.log}).confirm(ctx)
	if err == nil {
		p.say("backend.cli.clock-confirmed", pos.Args{"Clock": now})
	}
	return err
}
