package shop

import (
	"context"
	"os"
	"time"

	"kassa/pos"
	"kassa/pos/health"
	"kassa/pos/till"
	"kassa/storage"
)

// This file looks at the disk the data lies on, and goes on when it is well again.

// diskHealth is DiskHealth of the shop's folder, with what the till itself met.
func (s *Shop) diskHealth() []health.Line {
	if err := s.Store.Trouble(); err != nil {
		return []health.Line{{Name: "disk", State: health.Bad, Err: err}}
	}
	return DiskHealth(s.Home.Dir)
}

// DiskHealth looks at the disk a folder lies on: whether it keeps what is written,
// which a small file tries, and how much room there is.
func DiskHealth(dir string) []health.Line {
	if err := storage.Probe(dir); err != nil {
		return []health.Line{{Name: "disk", State: health.Bad, Err: err}}
	}
	space, err := storage.SpaceIn(dir)
	l := health.Line{Name: "disk", State: health.Good, ID: "health.disk-free", Args: pos.Args{"Free": space.Free >> 20}}
	switch {
	case err != nil:
		return []health.Line{{Name: "disk", State: health.Bad, Err: err}}
	case space.Stop:
		l.State, l.ID = health.Bad, "health.disk-low"
	case space.Low:
		l.State, l.ID = health.Warn, "health.disk-low"
	}
	return []health.Line{l}
}

// logTooLong is a log that is not folded into its file any more: by itself that
// happens each few megabytes, and after an import of a million goods.
const logTooLong = 512 << 20

// FileHealth looks at the file of a sound database and at its log. What is in the
// log is as safe as in the file, so the till goes on where only the file cannot be
// written; but the log grows with every sale then.
func FileHealth(file string, schema int64) health.Line {
	var size, log int64
	if st, err := os.Stat(file); err == nil {
		size = st.Size()
	}
	if st, err := os.Stat(file + "-wal"); err == nil {
		log = st.Size()
	}
	l := health.Line{Name: "database", State: health.Good, ID: "health.database-ok", Place: health.SelfCheck,
		Args: pos.Args{"File": file, "Size": (size + log) >> 20, "Schema": schema}}
	if log >= logTooLong {
		l.State, l.ID, l.Args["Log"] = health.Warn, "health.database-log", log>>20
	}
	return l
}

// tryAgain is how long a disk that keeps nothing is left alone.
const tryAgain = 5 * time.Second

// KeepTrying tries a disk that does not keep what is written again, while ctx
// lasts, so that the till goes on without anybody pressing a key for it.
func (s *Shop) KeepTrying(ctx context.Context) {
	s.copies.Go(func() {
		for tick := time.NewTicker(tryAgain); ; {
			select {
			case <-ctx.Done():
				tick.Stop()
				return
			case <-tick.C:
			}
			if s.closing.Load() {
				tick.Stop()
				return
			}
			s.tryDisk(ctx)
		}
	})
}

// tryDisk begins a change of nothing where the disk was found to keep nothing: it
// is tried before that begins.
func (s *Shop) tryDisk(ctx context.Context) {
	if s.Store.Trouble() == nil {
		return
	}
	if err := s.Store.Update(ctx, func(till.Tx) error { return nil }); err != nil && ctx.Err() == nil {
		s.Log.Warn("the disk still does not keep what is written", "error", err)
	}
}
