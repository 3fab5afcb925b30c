// Package workday works a till's window as a day of selling does: sales by keys,
// every window of the menu opened and closed, hours in which nothing happens. It
// tells what that left in memory and what it cost. The bench lives a short day, the
// soak a long one.
package workday

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"kassa/cmd/internal/screen"
)

// patience bounds every wait: far more than anything takes on a busy machine.
const patience = 60 * time.Second

// Params are what a day needs to know.
type Params struct {
	Binary string   // the built till
	Home   string   // a demo shop with an open shift, which nobody else uses
	Codes  []string // barcodes that a scan alone rings up
	Dir    string   // for the log
	Width  int      // of the display, in pixels
	Height int
}

// Day is a running till at which somebody works.
type Day struct {
	Params
	display *screen.Display
	till    *screen.Till
	log     string
	sales   int
}

// Memory is what the till holds, in bytes.
type Memory struct {
	Live     int64 // in use after a collection
	Resident int64 // in the computer's memory
}

// Begin opens the window on a display of its own and logs in.
func Begin(p Params) (*Day, error) {
	d := &Day{Params: p, log: filepath.Join(p.Dir, "window.log")}
	var err error
	if d.display, err = screen.Open(p.Width, p.Height); err != nil {
		return nil, err
	}
	// The collector writes a line about each collection: what is in use after it.
	env := []string{"KASSA_SECRETS=file", "GODEBUG=gctrace=1"}
	if d.till, err = d.display.Start(p.Binary, d.log, env, "--home", p.Home); err != nil {
		d.display.Close()
		return nil, err
	}
	if err = d.see("login"); err == nil {
		err = d.login()
	}
	if err != nil {
		d.End()
		return nil, err
	}
	return d, nil
}

// End ends the till and its display.
func (d *Day) End() {
	d.till.Kill()
	d.display.Close()
}

// login lets the owner in by the key that a demo shop gives its people.
func (d *Day) login() error { return d.press("F1", "sale", "shift", "open") }

func (d *Day) see(name string, facts ...string) error {
	_, err := d.till.Await(fmt.Sprint(name, facts), patience, func(s screen.Seen) bool {
		for i := 0; i+1 < len(facts); i += 2 {
			if s.Facts[facts[i]] != facts[i+1] {
				return false
			}
		}
		return s.Screen == name
	})
	return err
}

// press strikes a key and waits for what it brings.
func (d *Day) press(key, name string, facts ...string) error {
	if err := d.till.Key(key); err != nil {
		return err
	}
	return d.see(name, facts...)
}

// settled is how long a person looks before the next Enter: one struck sooner may
// still be meant for what was there before.
const settled = 450 * time.Millisecond

// Sell rings up two goods and is paid for them in cash.
func (d *Day) Sell() error {
	for i := range 2 {
		if err := d.till.Scan(d.Codes[(d.sales+i)%len(d.Codes)]); err != nil {
			return err
		}
		if err := d.see("sale", "lines", fmt.Sprint(i+1)); err != nil {
			return err
		}
	}
	d.sales++
	if err := d.press("F9", "payment"); err != nil {
		return err
	}
	for _, next := range []struct {
		name  string
		facts []string
	}{{"payment", []string{"due", "0.00", "action", "finish"}}, {"receipt", nil}, {"sale", []string{"lines", "0"}}} {
		time.Sleep(settled)
		if err := d.press("Return", next.name, next.facts...); err != nil {
			return err
		}
	}
	return nil
}

// Look opens what keys lead to from the sale screen, and leaves it.
func (d *Day) Look(keys ...string) error {
	for _, key := range keys {
		if err := d.till.Key(key); err != nil {
			return err
		}
		if _, err := d.till.Await("what "+key+" opens", patience, func(s screen.Seen) bool { return s.Screen != "sale" }); err != nil {
			return err
		}
	}
	return d.till.Key("Escape", "Escape")
}

// Memory locks the till and logs in again, at which it collects what nobody uses,
// and tells what is left.
func (d *Day) Memory() (m Memory, err error) {
	if err := d.press("ctrl+l", "login"); err != nil {
		return m, err
	}
	before := collections(d.log)
	if err := d.login(); err != nil {
		return m, err
	}
	for began := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		if now := collections(d.log); len(now) > len(before) {
			m.Live = now[len(now)-1]
			break
		}
		if time.Since(began) > patience {
			return m, fmt.Errorf("the till did not collect what nobody uses")
		}
	}
	time.Sleep(time.Second) // until it has given back what it found
	m.Resident, err = resident(d.till.Pid())
	return m, err
}

// Idle leaves the till alone with the cursor in the scan field and tells how much
// of a processor it takes.
func (d *Day) Idle(wait, length time.Duration) (busy time.Duration, err error) {
	time.Sleep(wait)
	before, err := processor(d.till.Pid())
	if err != nil {
		return 0, err
	}
	time.Sleep(length)
	after, err := processor(d.till.Pid())
	return after - before, err
}

// Log is what the till has written so far.
func (d *Day) Log() string {
	text, err := os.ReadFile(d.log)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
