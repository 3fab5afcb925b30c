package sale

import (
	rules "kassa/pos/why"
	"kassa/ui/why"
)

// openWhy tells how the figures of the cheque came about, first those of the
// line that is chosen.
func (s *Screen) openWhy() {
	v := s.m.view
	a := rules.Asked{Cheque: &v.Cheque, Totals: v.Totals, Rules: s.env.Till.Settings().Rules, Customer: v.Customer, MaxPoints: v.MaxPoints}
	if l, ok := s.m.line(); ok {
		a.Line = l.No
	}
	s.steps.hold()
	why.Open(s.env, rules.Of(a), func() { s.steps.release(); s.report() })
}
