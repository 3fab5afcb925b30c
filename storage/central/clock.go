package central

import (
	"context"
	"time"
)

// Clocks are the times a program can hold its own clock against.
type Clocks struct {
	Base time.Time // the database's own clock; zero where that is the computer's, as on SQLite
	Seen time.Time // the newest time that was believed, zero for never
}

// Clocks reads both at once.
func (s *Store) Clocks(ctx context.Context) (c Clocks, err error) {
	base := s.Now
	if base == "" {
		base = "0"
	}
	err = s.R.QueryRowContext(ctx, "SELECT "+base+", seen FROM clock_mark").Scan(scanAt(&c.Base), scanAt(&c.Seen))
	return c, s.Translate(err)
}

// SawClock notes a time that is believed, unless a newer one is.
func (s *Store) SawClock(ctx context.Context, t time.Time) error {
	_, err := s.W.ExecContext(ctx, "UPDATE clock_mark SET seen = $1 WHERE seen < $1", ms(t))
	return s.Translate(err)
}

// ConfirmClock notes the time somebody says it is, whatever was believed before.
func (s *Store) ConfirmClock(ctx context.Context, t time.Time) error {
	_, err := s.W.ExecContext(ctx, "UPDATE clock_mark SET seen = $1", ms(t))
	return s.Translate(err)
}
