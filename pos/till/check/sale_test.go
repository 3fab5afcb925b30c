package check_test

import (
	"testing"

	"pgregory.net/rapid"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till/check"
)

// drawSale makes a sale as the till would: any lines, discounts, rounding and
// tenders that pay it.
func drawSale(t *rapid.T) *pos.Sale {
	rules := pos.DefaultRules()
	rules.RoundingStep = rapid.SampledFrom([]money.Amount{0, 10, 100}).Draw(t, "step")
	c := &pos.Cheque{ID: "s", Customer: "c"}
	for i := range rapid.IntRange(1, 12).Draw(t, "lines") {
		l := pos.Line{No: i + 1, Name: "Хлеб",
			Price: money.Amount(rapid.Int64Range(0, 10_000_000).Draw(t, "price")),
			Qty:   money.Quantity(rapid.Int64Range(1, 100_000).Draw(t, "qty")),
			VAT:   money.Percent(rapid.SampledFrom([]int64{int64(pos.NoVAT), 0, 1000, 2200}).Draw(t, "vat")),
		}
		if rapid.Bool().Draw(t, "cut") {
			l.Discount.Percent = money.Percent(rapid.Int64Range(0, 10_000).Draw(t, "percent"))
		}
		l.Removed = i > 0 && rapid.IntRange(0, 4).Draw(t, "removed") == 0
		c.Lines = append(c.Lines, l)
	}
	c.Discount.Sum = money.Amount(rapid.Int64Range(0, 1_000_000).Draw(t, "off"))
	if due := pos.Price(c, rules).Total; due > 0 {
		card := money.Amount(rapid.Int64Range(0, int64(due)).Draw(t, "card"))
		for _, d := range []pos.Tender{{No: 1, Method: pos.Card, Amount: card}, {No: 2, Method: pos.Cash, Amount: due - card + 100}} {
			if d.Amount > 0 {
				c.Tenders = append(c.Tenders, d)
			}
		}
	}
	s := pos.NewSale(c, pos.Price(c, rules))
	s.Number = 1
	return s
}

// What the rules of pos price is in order; what differs by one kopeck is not.
func TestProperty_OfSale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSale(t)
		if found := check.OfSale(s); len(found) != 0 {
			t.Fatalf("an honest sale: %v", found)
		}
		spoil := []func(){
			func() { s.Total++ }, func() { s.Gross-- }, func() { s.VAT++ }, func() { s.Change++ }, func() { s.Discount++ },
			func() { s.PointsSpent++ }, func() { s.DebtAdded++ },
			func() { s.Lines[0].Sum++ }, func() { s.Lines[0].LineTotals.VAT++ }, func() { s.Lines[0].Own++ },
			func() { s.Lines[0].Gross-- }, func() { s.Lines[0].Removed = true; s.Lines[0].Sum = 1 },
			func() { s.Total = 1 << 62 },
		}
		spoil[rapid.IntRange(0, len(spoil)-1).Draw(t, "spoil")]()
		if found := check.OfSale(s); len(found) == 0 {
			t.Fatalf("a spoilt sale passed: %+v", s)
		}
	})
}
