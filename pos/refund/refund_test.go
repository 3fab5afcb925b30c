package refund

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"kassa/pos"
	"kassa/pos/money"
)

var back = time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)

// drawSale rings up goods at random and pays for them at random.
func drawSale(t *rapid.T) *pos.Sale {
	rules := pos.DefaultRules()
	rules.MaxPointsShare = 10_000
	rules.RoundingStep = rapid.SampledFrom([]money.Amount{0, 100, 1000}).Draw(t, "step")
	c := &pos.Cheque{ID: "sale", Customer: "anna"}
	for i := range rapid.IntRange(1, 5).Draw(t, "lines") {
		qty := rapid.SampledFrom([]money.Quantity{1000, 2000, 3000, 7000, 845, 1333}).Draw(t, "qty")
		c.Lines = append(c.Lines, pos.Line{No: i + 1, Product: "p", Price: money.Amount(rapid.Int64Range(1, 99_999).Draw(t, "price")), Qty: qty,
			VAT:      rapid.SampledFrom([]money.Percent{pos.NoVAT, 0, 1000, 2200}).Draw(t, "vat"),
			Discount: pos.Discount{Percent: rapid.SampledFrom([]money.Percent{0, 0, 333, 5000}).Draw(t, "off")},
			Flags:    pos.ProductFlags{Weighed: qty%1000 != 0, NoEarn: rapid.Bool().Draw(t, "no earn")}})
	}
	c.Discount.Percent = rapid.SampledFrom([]money.Percent{0, 700}).Draw(t, "cheque off")
	due := pos.Price(c, rules).Total
	pay := func(m pos.Method, amount money.Amount, points int64) {
		if amount > 0 {
			c.Tenders = append(c.Tenders, pos.Tender{No: len(c.Tenders) + 1, Method: m, Amount: amount, Points: points})
			due -= amount
		}
	}
	points := rapid.Int64Range(0, int64(due)/100).Draw(t, "points")
	pay(pos.Points, money.Amount(points)*100, points)
	for _, m := range []pos.Method{pos.Credit, pos.Card, pos.Transfer} {
		pay(m, money.Amount(rapid.Int64Range(0, int64(due)).Draw(t, string(m))), 0)
	}
	pay(pos.Cash, due, 0)
	return pos.NewSale(c, pos.Price(c, rules))
}

// factsOf is what is known of a fresh sale whose points came from two lots and
// whose debt was repaid in part.
func factsOf(s *pos.Sale, repaid money.Amount, left int64) *Facts {
	f := &Facts{Sale: s, Owner: "anna", Back: Returned{}, Points: map[pos.SaleID]*Points{}, Credit: map[pos.SaleID]*Credit{}}
	for _, m := range pos.Methods {
		if paid := s.Paid(m); paid > 0 {
			f.Payments = append(f.Payments, Payment{Sale: s.ID, Of: m, Paid: paid})
		}
	}
	if s.PointsSpent > 0 {
		first := s.PointsSpent / 3
		f.Points[s.ID] = &Points{Customer: "anna", Points: s.PointsSpent, Amount: s.Paid(pos.Points), Lots: []Lot{
			{Lot: pos.Lot{ID: "old", Customer: "anna", Expires: back.Add(-time.Hour)}, Spent: first},
			{Lot: pos.Lot{ID: "new", Customer: "anna"}, Spent: s.PointsSpent - first}}}
	}
	if s.DebtAdded > 0 {
		f.Credit[s.ID] = &Credit{Debt: pos.Debt{ID: "debt", Customer: "anna", Amount: s.DebtAdded, Left: s.DebtAdded - repaid},
			Repaid: map[pos.Method]money.Amount{pos.Card: repaid / 2, pos.Cash: repaid - repaid/2}}
	}
	f.Earned = []pos.Lot{{ID: "earned", Customer: "anna", Sale: s.ID, Left: left}}
	return f
}

// after is what is known once a return was made.
func (f *Facts) after(r *pos.Return) {
	f.Back.Add(r)
	f.Settled += r.PointsTaken + r.PointsWithheld + r.PointsKept
	for i := range r.Refunds {
		d := &r.Refunds[i]
		for j := range f.Payments {
			if f.Payments[j].Of == d.Of {
				f.Payments[j].Back += d.Amount
			}
		}
		switch {
		case d.Method == pos.Points:
			f.Points[d.Sale].BackPoints += d.Points
			f.Points[d.Sale].BackAmount += d.Amount
		case d.Method == pos.Credit:
			f.Credit[d.Sale].Debt.Left -= d.Amount
		case d.Of == pos.Credit && d.Method.OverCounter():
			f.Credit[d.Sale].Repaid[d.Method] -= d.Amount
		}
	}
	for _, m := range r.Points {
		if m.Points < 0 {
			f.Earned[0].Left += m.Points
			continue
		}
		lots := f.Points[m.Sale].Lots
		for i := range lots {
			if lots[i].Lot.ID == m.Lot {
				lots[i].Back += m.Points
			}
		}
	}
}

func TestProperty_ReturnsOfASaleSumToWhatWasPaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSale(t)
		repaid := money.Amount(rapid.Int64Range(0, int64(s.DebtAdded)).Draw(t, "repaid"))
		f := factsOf(s, repaid, rapid.Int64Range(0, s.PointsEarned).Draw(t, "earned left"))
		var total, vat money.Amount
		paidBack, points := map[pos.Method]money.Amount{}, int64(0)
		for round := 0; ; round++ {
			var lines []pos.ReturnLine
			open := false
			for i := range s.Lines {
				l := &s.Lines[i]
				left := l.Qty - f.Back[l.Line.No]
				qty := left
				if round < 4 {
					qty = money.Quantity(rapid.Int64Range(0, int64(left)).Draw(t, "back"))
				}
				open = open || left > 0
				if qty > 0 {
					lines = append(lines, Line(l, f.Back[l.Line.No], qty))
				}
			}
			if !open {
				break
			}
			r := f.Settle(lines, 0, pos.DefaultRules(), back, func() pos.LotID { return "fresh" })
			var refunded money.Amount
			for _, d := range r.Refunds {
				require.Positive(t, int64(d.Amount), "%+v", d)
				refunded += d.Amount
				paidBack[d.Of] += d.Amount
				require.LessOrEqual(t, paidBack[d.Of], s.Paid(d.Of), "%s", d.Of)
			}
			require.Equal(t, r.Total, refunded)
			require.Equal(t, r.PointsBack, r.PointsRestored+r.PointsWithheld)
			for _, m := range r.Points {
				require.Equal(t, m.Lot == "old", m.Fresh != "", "an expired lot gets no points back")
			}
			total, vat, points = total+r.Total, vat+r.VAT, points+r.PointsBack
			f.after(r)
			if f.Credit[s.ID] != nil {
				require.GreaterOrEqual(t, int64(f.Credit[s.ID].Debt.Left), int64(0))
			}
			require.GreaterOrEqual(t, f.Earned[0].Left, int64(0))
		}
		require.Equal(t, s.Total, total)
		require.Equal(t, s.VAT, vat)
		require.Equal(t, s.PointsSpent, points)
		for _, m := range pos.Methods {
			require.Equal(t, s.Paid(m), paidBack[m], "%s", m)
		}
		require.LessOrEqual(t, f.Settled, s.PointsEarned)
	})
}

func TestFacts_Settle(t *testing.T) {
	sale := func(tenders ...pos.Tender) *pos.Sale {
		c := &pos.Cheque{ID: "sale", Customer: "anna", Tenders: tenders,
			Lines: []pos.Line{{No: 1, Product: "p", Price: 100_00, Qty: 10_000, VAT: 1000}}}
		return pos.NewSale(c, pos.Price(c, pos.DefaultRules()))
	}
	settle := func(f *Facts, qty money.Quantity, exchanged money.Amount) *pos.Return {
		return f.Settle([]pos.ReturnLine{Line(&f.Sale.Lines[0], 0, qty)}, exchanged, pos.DefaultRules(), back, func() pos.LotID { return "fresh" })
	}
	t.Run("splits in proportion", func(t *testing.T) {
		s := sale(pos.Tender{Method: pos.Points, Amount: 300_00, Points: 300}, pos.Tender{Method: pos.Credit, Amount: 200_00}, pos.Tender{Method: pos.Cash, Amount: 500_00})
		r := settle(factsOf(s, 0, s.PointsEarned), 5000, 0)
		assert.Equal(t, money.Amount(150_00), r.Refunded(pos.Points))
		assert.Equal(t, money.Amount(100_00), r.Refunded(pos.Credit))
		assert.Equal(t, money.Amount(250_00), r.Refunded(pos.Cash))
		assert.Equal(t, int64(150), r.PointsRestored)
		assert.Equal(t, int64(11), r.PointsTaken, "half of the 21 points earned, to the nearest")
	})
	t.Run("a repaid debt goes back as the money it was repaid with", func(t *testing.T) {
		s := sale(pos.Tender{Method: pos.Credit, Amount: 1000_00})
		r := settle(factsOf(s, 600_00, s.PointsEarned), 10_000, 0)
		assert.Equal(t, money.Amount(400_00), r.Refunded(pos.Credit))
		assert.Equal(t, money.Amount(300_00), r.Refunded(pos.Card))
		assert.Equal(t, money.Amount(300_00), r.Refunded(pos.Cash))
	})
	t.Run("earned points spent since are withheld, then kept in money", func(t *testing.T) {
		s := sale(pos.Tender{Method: pos.Points, Amount: 10_00, Points: 10}, pos.Tender{Method: pos.Cash, Amount: 990_00})
		r := settle(factsOf(s, 0, 5), 10_000, 0)
		assert.Equal(t, int64(5), r.PointsTaken)
		assert.Equal(t, int64(10), r.PointsWithheld)
		assert.Equal(t, int64(14), r.PointsKept)
		assert.Equal(t, money.Amount(14_00), r.Refunded(pos.Withheld))
		assert.Equal(t, money.Amount(976_00), r.Refunded(pos.Cash))
		assert.Zero(t, r.PointsRestored)
	})
	t.Run("turns over to a new sale what is asked", func(t *testing.T) {
		s := sale(pos.Tender{Method: pos.Card, Amount: 400_00}, pos.Tender{Method: pos.Cash, Amount: 600_00})
		r := settle(factsOf(s, 0, s.PointsEarned), 10_000, 500_00)
		assert.Equal(t, money.Amount(500_00), r.Refunded(pos.Exchange))
		assert.Equal(t, money.Amount(200_00), r.Refunded(pos.Card))
		assert.Equal(t, money.Amount(300_00), r.Refunded(pos.Cash))
	})
}
