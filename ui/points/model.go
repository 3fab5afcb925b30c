package points

import (
	"strconv"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

// model is what the points dialog knows.
type model struct {
	view  *till.ChequeView
	rules pos.Rules
	typed string
}

// points is what was typed; zero when that is no number.
func (m *model) points() int64 {
	n, err := strconv.ParseInt(m.typed, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// standing is how many points the cheque is paid with already.
func (m *model) standing() int64 {
	if t := m.view.Cheque.Tender(pos.Points); t != nil {
		return t.Points
	}
	return 0
}

// worth is the points typed as money.
func (m *model) worth() money.Amount { return money.Amount(m.points()) * m.rules.PointValue }

// rest is what would be left to pay in other ways.
func (m *model) rest() money.Amount {
	t := m.view.Totals
	return max(t.Due.Add(t.PointsAmount).Sub(m.worth()), 0)
}

// check tells why the points typed cannot be spent, nil when they can. The till
// has the last word.
func (m *model) check() error {
	c := m.view.Customer
	switch n := m.points(); {
	case c == nil:
		return pos.E(pos.CodeInvalid, "points.no-customer", nil)
	case m.rules.PointValue <= 0:
		return pos.E(pos.CodeConflict, "points.off", nil)
	case c.Points == 0:
		return pos.E(pos.CodeLimit, "pointsask.none", pos.Args{"Name": c.Name})
	case m.view.Totals.MaxPoints == 0:
		return pos.E(pos.CodeLimit, "pointsask.not-here", nil)
	case m.view.MaxPoints == 0:
		return pos.E(pos.CodeConflict, "tender.nothing-due", nil)
	case n <= 0:
		return pos.E(pos.CodeInvalid, "points.not-positive", nil)
	case n > c.Points:
		return pos.E(pos.CodeLimit, "points.too-few", pos.Args{"Have": c.Points, "Asked": n})
	case n > m.view.Totals.MaxPoints:
		return pos.E(pos.CodeLimit, "points.over-cheque", pos.Args{"Max": m.view.Totals.MaxPoints})
	case n > m.view.MaxPoints:
		return pos.E(pos.CodeLimit, "points.over-due", pos.Args{"Max": m.view.MaxPoints})
	}
	return nil
}

// hopeless reports that no number of points would do.
func (m *model) hopeless() bool {
	return m.view.Customer == nil || m.view.MaxPoints == 0
}
