package check

// The order of dates: what the audit trail tells of was dated as it happened.

import (
	"encoding/json"
	"time"

	"kassa/pos"
)

// metaClock is where the till keeps its trusted time, and from which record on it
// dates by it: what an earlier version dated by the wall clock is as it is.
const metaClock = "clock.mark"

// unlike is what two processes beside one another may round apart.
const unlike = time.Second

// dates is what the audit trail told so far of the times.
type dates struct {
	from  int64     // the first record to look at; 0 for none
	last  time.Time // of the record before
	shift time.Time // when the open shift was opened; zero for none
}

func (w *walk) readDates() error {
	text, err := w.Meta(metaClock)
	if err != nil || text == "" {
		return err
	}
	var kept struct {
		From int64 `json:"n"`
	}
	if json.Unmarshal([]byte(text), &kept) == nil {
		w.dates.from = kept.From
	}
	return nil
}

// hearDate is I16: no record is dated before the one before it, and no sale before
// its shift, unless somebody confirmed that the clock had been ahead.
func (w *walk) hearDate(e *pos.Event) {
	d := &w.dates
	watched := d.from > 0 && e.N > d.from
	if watched && e.Kind != pos.EventClockConfirmed && e.At.Before(d.last.Add(-unlike)) {
		w.broken("I16", "check.time-back", pos.Args{"N": e.N})
	}
	d.last = e.At
	switch e.Kind {
	case pos.EventShiftOpened:
		d.shift = e.At
	case pos.EventShiftClosed:
		d.shift = time.Time{}
	case pos.EventSaleCompleted:
		if watched && e.At.Before(d.shift.Add(-unlike)) {
			w.broken("I16", "check.sale-early", pos.Args{"N": e.N})
		}
	}
}
