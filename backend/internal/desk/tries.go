package desk

import (
	"context"
	"errors"
	"time"
)

// TrySpan is how long tries are counted together. All have the same: what ended is
// swept at once.
const TrySpan = 15 * time.Minute

// Tries are how often something may be tried within TrySpan.
type Tries struct {
	Key  string
	Most int64
}

// Try counts a try under each key before it is made, so that those made at once do
// not pass together; under those after one that is refused it does not. until is when
// to try again, zero for now.
func (d *Desk) Try(ctx context.Context, all ...Tries) (until time.Time, err error) {
	begun := false
	err = d.Change(ctx, func(o *Op) error {
		until = time.Time{}
		for _, t := range all {
			n, since, err := o.CountTry(t.Key, o.At, o.At.Add(-TrySpan))
			if err != nil {
				return err
			}
			if n > t.Most {
				until = since.Add(TrySpan)
				return nil
			}
			begun = begun || n == 1
		}
		return nil
	})
	if begun { // what ended is swept as often as something begins, apart, so that nobody waits for it
		err = errors.Join(err, d.Change(ctx, func(o *Op) error { return o.Sweep(o.At, o.At.Add(-TrySpan)) }))
	}
	return until, err
}
