package workday

import (
	"fmt"
	"time"
)

// Length is how long a day is.
type Length struct {
	Sales   int
	Windows int           // how often each window is opened and closed
	Rest    time.Duration // between the work and the last look at the memory: what is seen no more is forgotten after a minute
	Idle    time.Duration // during which nothing happens
}

// The days that are lived.
var (
	Short = Length{Sales: 30, Windows: 2, Rest: 75 * time.Second, Idle: time.Minute}
	Long  = Length{Sales: 300, Windows: 60, Rest: 75 * time.Second, Idle: time.Minute}
)

// first is after how many sales a till holds what it needs for selling.
const first = 10

// windows are the keys that lead from the sale screen to each window, by its name.
// The digits and letters are those of the menu, of which the last two end the work.
func windows() map[string][]string {
	all := map[string][]string{
		"customers' search": {"F3"}, "cash": {"F7"}, "keys": {"F1"}, "goods to choose": {"Home"}, "palette": {"ctrl+k"}, "menu": {"F10"},
	}
	for _, key := range "1234567890abcdefgh" {
		all["menu "+string(key)] = []string{"F10", string(key)}
	}
	return all
}

// Lived is what a day took and left.
type Lived struct {
	First Memory        // after the first sales
	Last  Memory        // at the end of the day
	Idle  time.Duration // of the processor's time, while nothing happened
}

// Live lives a day.
func (d *Day) Live(l Length) (got Lived, err error) {
	for range first {
		if err := d.Sell(); err != nil {
			return got, fmt.Errorf("sale %d: %w", d.sales, err)
		}
	}
	if got.First, err = d.Memory(); err != nil {
		return got, err
	}
	for range l.Windows {
		for name, keys := range windows() {
			if err := d.Look(keys...); err != nil {
				return got, fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	for d.sales < l.Sales {
		if err := d.Sell(); err != nil {
			return got, fmt.Errorf("sale %d: %w", d.sales, err)
		}
	}
	if got.Idle, err = d.Idle(l.Rest, l.Idle); err != nil {
		return got, err
	}
	// What is seen no more goes with the next picture, and its room with the
	// collection after it.
	if err := d.Sell(); err != nil {
		return got, err
	}
	got.Last, err = d.Memory()
	return got, err
}
