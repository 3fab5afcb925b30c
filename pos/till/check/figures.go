package check

import (
	"hash/fnv"
	"slices"
	"strconv"
	"time"

	"kassa/pos"
	"kassa/pos/figures"
)

// figured is I30 in progress: the stored sums of days against the sales they
// were made of. Neither is held: both become fingerprints by dimension and
// month, which add up whatever the order.
type figured struct {
	zone   *time.Location
	state  figures.State
	batch  *figures.Tally // sales not folded into the prints yet
	held   int
	days   map[figures.Day]figures.Rows
	prints map[printed]uint64 // of sales − of stored sums
	astray map[figures.Day]bool
}

type printed struct {
	dim   figures.Dim
	month figures.Day
}

// foldAfter bounds the sales whose sums are held at once.
const foldAfter = 1000

// beginFigures reads how far the stored sums go. Sums of another zone's days
// are forgotten at the next rolling and concern nobody.
func (w *walk) beginFigures() error {
	st, err := w.FiguresState()
	if err != nil || !st.Holds(w.zone) {
		return err
	}
	f := &figured{zone: w.zone, state: st, batch: figures.NewTally(w.zone, nil), days: map[figures.Day]figures.Rows{},
		prints: map[printed]uint64{}, astray: map[figures.Day]bool{}}
	days, err := w.FigureDays(0, lastDay)
	for _, d := range days {
		f.days[d.Day] = d.Rows
	}
	w.figured = f
	return err
}

// lastDay is after every day a figure can be of.
const lastDay figures.Day = 1 << 40

// figure notes a sale that is in the stored sums.
func (w *walk) figure(s *pos.Sale) {
	f := w.figured
	row := figures.RowOf(s)
	if f == nil || row > f.state.Row {
		return
	}
	day := figures.DayOf(s.At, f.zone)
	if r, ok := f.days[day]; !ok || row < r.First || row > r.Last {
		f.astray[day] = true
	}
	f.batch.Add(s)
	if f.held++; f.held >= foldAfter {
		f.fold()
	}
}

func (f *figured) fold() {
	for p, s := range f.batch.Cells {
		f.prints[printed{p.Dim, p.Day.Month()}] += fingerprint(p, s)
	}
	f.batch, f.held = figures.NewTally(f.zone, nil), 0
}

// fingerprint is linear in the sums, so that a cell put together of many sales
// has the print of all of them together.
func fingerprint(p figures.Place, s *figures.Sums) uint64 {
	h := fnv.New64a()
	h.Write([]byte(strconv.Itoa(int(p.Dim)) + " " + strconv.Itoa(int(p.Day)) + " " + p.Key))
	seed, sum := h.Sum64(), uint64(0)
	for i, v := range s.Figures() {
		// Each place and column has a factor of its own, odd so that no
		// difference is lost.
		factor := (seed+uint64(i)*0x9E3779B97F4A7C15)*0xBF58476D1CE4E5B9 ^ seed>>29
		sum += (factor | 1) * uint64(*v)
	}
	return sum
}

// figures is I30: what the stored sums tell is what was sold.
func (w *walk) figures() error {
	f := w.figured
	if f == nil {
		return nil
	}
	f.fold()
	for _, d := range figures.Dims() {
		err := w.EachFigure(d, 0, lastDay, func(p figures.Place, s *figures.Sums) error {
			f.prints[printed{p.Dim, p.Day.Month()}] -= fingerprint(p, s)
			return nil
		})
		if err != nil {
			return err
		}
	}
	wrong := map[figures.Day]bool{}
	for p, left := range f.prints {
		if left != 0 {
			wrong[p.month] = true
		}
	}
	for d := range f.astray {
		wrong[d.Month()] = true
	}
	months := make([]figures.Day, 0, len(wrong))
	for m := range wrong {
		months = append(months, m)
	}
	slices.Sort(months)
	for _, m := range months {
		w.broken("I30", "check.figures", pos.Args{"Month": m.String()[:len("2026-11")]})
	}
	return nil
}
