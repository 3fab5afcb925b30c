package local

import (
	"cmp"
	"database/sql"
	"slices"
	"time"

	"kassa/pos/figures"
)

// GivenBetween sums what promotions and coupons took off in a period.
func (x *tx) GivenBetween(from, to time.Time, in []figures.DayRows, after int64) ([]figures.Given, error) {
	lo, hi := bounds(from, to)
	sums := map[string]*figures.Given{}
	newest := map[string]int64{}
	for _, seg := range segments(in, after, 0) {
		err := x.Each(sqlGivenBetween, []any{seg.First, seg.Last, lo, hi}, func(r *sql.Rows) error {
			var g figures.Given
			var last int64
			if err := r.Scan(&g.Offer, &g.Name, &g.Times, &g.Sum, &last); err != nil {
				return err
			}
			s := sums[g.Offer]
			if s == nil {
				s = &figures.Given{Offer: g.Offer}
				sums[g.Offer] = s
			}
			s.Times, s.Sum = s.Times+g.Times, s.Sum+g.Sum
			if last > newest[g.Offer] {
				s.Name, newest[g.Offer] = g.Name, last
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	out := make([]figures.Given, 0, len(sums))
	for _, s := range sums {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b figures.Given) int {
		return cmp.Or(cmp.Compare(b.Sum, a.Sum), cmp.Compare(a.Offer, b.Offer))
	})
	return out, nil
}
