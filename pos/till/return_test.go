package till_test

import (
	"kassa/pos"
	"kassa/pos/money"
)

// paid tenders without codes being asked for.
func (s *shop) paid(m pos.Method, amount money.Amount) {
	s.Helper()
	_, _, err := s.Tender(s.Context(), s.owner, m, amount)
	s.ok(err)
}
