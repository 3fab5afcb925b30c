package desk

// How the desk comes to the one time of an operation: the computer's clocks, the
// trusted time kept beside the data, and what is done where the two disagree.
//
// While the computer runs, waits and lives are measured by its run and no hand on
// the wall clock shortens or lengthens them, a restart of the program included.
// After a restart of the computer there is no such proof: the wall clock is
// believed forward up to clock.FarGap and never backward, and the lock after wrong
// PINs is prolonged by all that is unproven, so that it passes only while somebody
// can see it pass.

import (
	"context"
	"errors"
	"maps"
	"strconv"
	"sync"
	"time"

	"kassa/pos"
	"kassa/pos/clock"
	"kassa/pos/till/store"
)

// MetaClock names the trusted time in the store's meta; it is written with
// everything that is dated.
const MetaClock = "clock.mark"

// Runner is a Clock that also tells how long the computer has been running.
type Runner interface {
	Read() clock.Reading
}

// timeline is the trusted time of a running till.
type timeline struct {
	mu    sync.Mutex
	mark  clock.Mark
	awake bool         // mark was taken from the store
	steps []clock.Step // found, not in the trail yet
	gap   time.Duration
}

// look is one look at the clocks, and what must be recorded of it.
type look struct {
	mark  clock.Mark
	steps []clock.Step
	gap   time.Duration
}

// look reads the clocks and goes on by them.
func (d *Desk) look(ctx context.Context) (look, error) {
	t := &d.time
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.awake {
		if err := d.Store.View(ctx, func(tx store.Tx) error { return d.wake(tx) }); err != nil {
			return look{}, err
		}
		t.awake = true
	}
	p := t.mark.Go(d.reading())
	t.steps, t.gap = append(t.steps, p.Steps...), t.gap+p.Unproven
	for _, s := range p.Steps {
		d.Log.Warn("the clock of the computer leapt", "from", s.From, "to", s.To, "seconds", int64(s.By().Seconds()), "between_runs", s.Between)
	}
	return look{mark: t.mark, steps: t.steps[:len(t.steps):len(t.steps)], gap: t.gap}, nil
}

func (d *Desk) reading() clock.Reading {
	if r, ok := d.Clock.(Runner); ok {
		return r.Read()
	}
	return clock.Reading{Wall: d.Clock.Now()}
}

// wake takes the trusted time from the store: where the till stood when it wrote
// last, and never before the newest record of its trail.
func (d *Desk) wake(tx store.Tx) error {
	t := &d.time
	text, err := tx.Meta(MetaClock)
	if err != nil {
		return err
	}
	newest, err := tx.Events("", 1)
	if err != nil {
		return err
	}
	t.mark = clock.Mark{}
	in := d.reading().Wall.Location()
	if text != "" {
		if t.mark, err = clock.Parse(text, in); err != nil {
			d.Log.Error("the trusted time cannot be read; it goes on from the trail", "error", err)
		}
	}
	if t.mark.From == 0 {
		t.mark.From = 1
		for _, e := range newest {
			t.mark.From = e.N + 1
		}
	}
	for _, e := range newest {
		if t.mark.At.IsZero() {
			t.mark = clock.Since(e.At.In(in))
		}
		t.mark.NotBefore(e.At.In(in))
	}
	return nil
}

// write is one transaction that keeps the trusted time with whatever it dates.
// The steps it has recorded are done with once it is kept.
func (d *Desk) write(ctx context.Context, now look, fn func(store.Tx) (*Op, error)) error {
	var done *Op
	err := d.Store.Update(ctx, func(tx store.Tx) error {
		o, err := fn(tx)
		if err != nil {
			return err
		}
		done = o
		if !o.wrote {
			return nil
		}
		return tx.PutMeta(MetaClock, o.mark.Text())
	})
	if err != nil {
		return err
	}
	if done.told && d.OnTold != nil {
		d.OnTold()
	}
	t := &d.time
	t.mu.Lock()
	defer t.mu.Unlock()
	if done.settled {
		t.steps, t.gap = t.steps[len(now.steps):], t.gap-now.gap
	}
	if done.confirmed {
		t.mark = done.mark
	}
	return nil
}

// settleClock records what was found of the clock since the last time, before
// anything else of the operation, and prolongs what must not be shortened by it.
func (o *Op) settleClock(now look) error {
	for _, s := range now.steps {
		if err := o.Note(pos.EventClockStepped, "", map[string]string{"from": millis(s.From), "to": millis(s.To),
			"by_ms": strconv.FormatInt(s.By().Milliseconds(), 10), "between_runs": YesNo(s.Between)}); err != nil {
			return err
		}
	}
	o.settled, o.wrote = true, o.wrote || now.gap != 0
	return o.passed(now.gap)
}

// OnGap has fn called when lived time went on, or back, without proof: what is
// counted in it and must neither shorten nor lengthen is moved along. It is called
// while the till is put together.
func (d *Desk) OnGap(fn func(o *Op, by time.Duration) error) { d.onGap = append(d.onGap, fn) }

func (o *Op) passed(by time.Duration) error {
	if by == 0 {
		return nil
	}
	for _, fn := range o.d.onGap {
		if err := fn(o, by); err != nil {
			return err
		}
	}
	return nil
}

// ConfirmClock goes on from the computer's clock as it is now, back too, because
// somebody says that it is right. It is recorded. CodeConflict for a year in which
// no till runs.
func (o *Op) ConfirmClock() error {
	if doubt, _ := o.Doubt(); doubt == clock.Odd {
		return pos.E(pos.CodeConflict, "clock.odd", pos.Args{"Time": o.Wall})
	}
	from := o.At
	moved := o.mark.Confirm()
	o.Times, o.confirmed = o.mark.Times, true
	if err := o.passed(moved); err != nil {
		return err
	}
	return o.Note(pos.EventClockConfirmed, "", map[string]string{"from": millis(from), "to": millis(o.At),
		"lived_ms": strconv.FormatInt(moved.Milliseconds(), 10)})
}

func millis(t time.Time) string { return strconv.FormatInt(t.UnixMilli(), 10) }

// ShownIn is a refusal to wait whose Until is told as the computer's clock shows
// it. Any other error stays as it is.
func (o *Op) ShownIn(err error) error {
	e, ok := errors.AsType[*pos.Error](err)
	if !ok {
		return err
	}
	until, ok := e.Args["Until"].(time.Time)
	if !ok {
		return err
	}
	told := *e
	told.Args = maps.Clone(e.Args)
	told.Args["Until"] = o.Shown(until)
	return &told
}

// ClockUnsettled reports that something was found of the clock that is not in the
// trail yet: the next operation that writes records it.
func (d *Desk) ClockUnsettled() bool {
	d.time.mu.Lock()
	defer d.time.mu.Unlock()
	return len(d.time.steps) > 0 || d.time.gap != 0
}
