package why_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/why"
)

func genCheque() *rapid.Generator[*pos.Cheque] {
	return rapid.Custom(func(t *rapid.T) *pos.Cheque {
		c := &pos.Cheque{ID: "s"}
		discount := func(name string) pos.Discount {
			if rapid.Bool().Draw(t, name) {
				return pos.Discount{Percent: money.Percent(rapid.IntRange(0, 10_000).Draw(t, name))}
			}
			return pos.Discount{Sum: money.Amount(rapid.IntRange(0, 20_000).Draw(t, name))}
		}
		c.Discount = discount("cheque discount")
		for no := 1; no <= rapid.IntRange(1, 6).Draw(t, "lines"); no++ {
			l := pos.Line{No: no, Name: "x", Price: money.Amount(rapid.IntRange(0, 50_000).Draw(t, "price")),
				Qty: money.Quantity(rapid.IntRange(1, 9_000).Draw(t, "qty")), VAT: 2000, Discount: discount("line discount"),
				Removed: rapid.IntRange(0, 4).Draw(t, "removed") == 0,
				Flags:   pos.ProductFlags{NoEarn: rapid.Bool().Draw(t, "no earn"), NoPoints: rapid.Bool().Draw(t, "no points")}}
			l.ListPrice = l.Price
			if rapid.Bool().Draw(t, "offered") {
				l.Offers = []pos.Given{{Offer: "a", Sum: money.Amount(rapid.IntRange(0, 9_000).Draw(t, "offer"))}}
			}
			c.Lines = append(c.Lines, l)
		}
		for no, m := range []pos.Method{pos.Points, pos.Card, pos.Cash} {
			if rapid.Bool().Draw(t, string(m)) {
				c.Tenders = append(c.Tenders, pos.Tender{No: no + 1, Method: m, Amount: money.Amount(rapid.IntRange(1, 90_000).Draw(t, "tender"))})
			}
		}
		return c
	})
}

// TestOf_StepsLeadToTheFigure holds for any cheque: what is added less what is
// taken away is the figure, and no bound is below what it bounds.
func TestOf_StepsLeadToTheFigure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := genCheque().Draw(t, "cheque")
		rules := pos.DefaultRules()
		rules.RoundingStep = money.Amount(rapid.SampledFrom([]int{0, 100}).Draw(t, "step"))
		totals := pos.Price(c, rules)
		customer := &pos.CustomerState{Points: int64(rapid.IntRange(0, 500).Draw(t, "points")), Customer: pos.Customer{CreditLimit: 100_000}, Debt: 30_000, Room: 70_000}
		most := min(totals.MaxPoints, customer.Points)
		for _, f := range why.Of(why.Asked{Cheque: c, Totals: totals, Rules: rules, Customer: customer, MaxPoints: most, Line: 1}) {
			var sum money.Amount
			for _, s := range f.Steps {
				switch s.Kind {
				case why.Plus:
					sum = sum.Add(s.Value.(money.Amount))
				case why.Minus:
					sum = sum.Sub(s.Value.(money.Amount))
				}
			}
			switch f.ID {
			case "why.total", "why.line", "why.credit":
				require.Equal(t, f.Value, sum, f.ID)
			case "why.due":
				if totals.Excess == 0 {
					require.Equal(t, f.Value, sum)
				}
			case "why.change":
				require.Equal(t, totals.Change.Add(totals.Excess), sum.Neg())
			case "why.earn":
				require.Equal(t, totals.EarnOn, sum)
				require.Equal(t, f.Value, int64(rules.EarnRate.FloorOf(sum))/int64(rules.PointValue))
			case "why.points":
			default:
				t.Fatalf("unknown figure %s", f.ID)
			}
		}
	})
}

func TestOf_PointsNameTheBoundThatDecided(t *testing.T) {
	c := &pos.Cheque{Lines: []pos.Line{{No: 1, Price: 100_000, Qty: money.One}}}
	totals := pos.Price(c, pos.DefaultRules())
	require.Equal(t, int64(300), totals.MaxPoints)
	for have, want := range map[int64]string{1240: "why.points.share", 80: "why.points.have"} {
		figures := why.Of(why.Asked{Cheque: c, Totals: totals, Rules: pos.DefaultRules(), MaxPoints: min(have, totals.MaxPoints),
			Customer: &pos.CustomerState{Points: have}})
		var least []string
		for _, f := range figures {
			for _, s := range f.Steps {
				if s.Kind == why.Least {
					least = append(least, s.ID)
				}
			}
		}
		assert.Equal(t, []string{want}, least)
	}
}

func TestOf_NobodyHasNoPointsAndNoCredit(t *testing.T) {
	c := &pos.Cheque{Lines: []pos.Line{{No: 1, Price: 100_000, Qty: money.One}}}
	var ids []string
	for _, f := range why.Of(why.Asked{Cheque: c, Totals: pos.Price(c, pos.DefaultRules()), Rules: pos.DefaultRules()}) {
		ids = append(ids, f.ID)
	}
	assert.Equal(t, []string{"why.total", "why.due", "why.earn"}, ids)
}
