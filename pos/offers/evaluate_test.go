package offers_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/offers"
)

// monday is Monday noon.
var monday = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func rule(id pos.OfferID, r offers.Rule) offers.Promotion {
	return offers.Promotion{ID: id, Name: string(id), On: true, Rule: r}
}

func percent(p money.Percent) offers.Rule {
	return offers.Rule{Effect: offers.PercentOff, Percent: p}
}

func item(product pos.ProductID, price money.Amount, pieces int64) offers.Line {
	return offers.Line{Product: product, Category: "Сыр", Price: price, Qty: money.Quantity(pieces) * money.One}
}

func TestEvaluate_Effects(t *testing.T) {
	milk, cheese := item("milk", 10_000, 1), item("cheese", 30_000, 2)
	for name, tc := range map[string]struct {
		rule offers.Rule
		want []money.Amount // off each line
	}{
		"a percentage of every line": {percent(1000), []money.Amount{1_000, 6_000}},
		"of chosen goods":            {offers.Rule{Effect: offers.PercentOff, Percent: 1000, Products: []pos.ProductID{"milk"}}, []money.Amount{1_000, 0}},
		"of a category, however it is written": {offers.Rule{Effect: offers.PercentOff, Percent: 1000, Categories: []string{" сыр"}},
			[]money.Amount{1_000, 6_000}},
		"a sum, shared":                     {offers.Rule{Effect: offers.SumOff, Sum: 7_000}, []money.Amount{1_000, 6_000}},
		"a sum larger than the goods":       {offers.Rule{Effect: offers.SumOff, Sum: 99_000_000}, []money.Amount{10_000, 60_000}},
		"a special price":                   {offers.Rule{Effect: offers.PriceAt, Price: 25_000, Products: []pos.ProductID{"cheese"}}, []money.Amount{0, 10_000}},
		"a special price that is none":      {offers.Rule{Effect: offers.PriceAt, Price: 35_000, Products: []pos.ProductID{"cheese"}}, []money.Amount{0, 0}},
		"the cheapest of three for nothing": {offers.Rule{Effect: offers.SomeOff, Percent: 10_000, Group: 3, Free: 1}, []money.Amount{10_000, 0}},
		"every second at half the price":    {offers.Rule{Effect: offers.SomeOff, Percent: 5000, Group: 2, Free: 1, Products: []pos.ProductID{"cheese"}}, []money.Amount{0, 15_000}},
		"no more than the most":             {offers.Rule{Effect: offers.PercentOff, Percent: 1000, Most: 700}, []money.Amount{100, 600}},
		"too few pieces":                    {offers.Rule{Effect: offers.PercentOff, Percent: 1000, MinQty: 4 * money.One}, []money.Amount{0, 0}},
		"a cheque that is large enough":     {offers.Rule{Effect: offers.PercentOff, Percent: 1000, MinSum: 70_000}, []money.Amount{1_000, 6_000}},
		"a cheque that is too small":        {offers.Rule{Effect: offers.PercentOff, Percent: 1000, MinSum: 70_001}, []money.Amount{0, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			out := offers.Evaluate([]offers.Promotion{rule("p", tc.rule)}, offers.Cheque{At: monday, Lines: []offers.Line{milk, cheese}})
			for i, want := range tc.want {
				require.Equal(t, want, sumOf(out.Given[i]), "line %d: %v", i, out.Verdicts)
			}
		})
	}
}

func sumOf(given []pos.Given) money.Amount {
	var sum money.Amount
	for _, g := range given {
		sum += g.Sum
	}
	return sum
}

func TestEvaluate_Conditions(t *testing.T) {
	for name, tc := range map[string]struct {
		rule   offers.Rule
		cheque offers.Cheque
		why    offers.Why
	}{
		"before it begins":          {offers.Rule{From: "2026-03-03"}, offers.Cheque{}, offers.WhyDate},
		"on its last day":           {offers.Rule{To: "2026-03-02"}, offers.Cheque{}, ""},
		"after its end":             {offers.Rule{To: "2026-03-01"}, offers.Cheque{}, offers.WhyDate},
		"on another weekday":        {offers.Rule{Days: []time.Weekday{time.Sunday}}, offers.Cheque{}, offers.WhyDay},
		"at its hour":               {offers.Rule{After: 12 * 60, Before: 13 * 60}, offers.Cheque{}, ""},
		"the minute it ends":        {offers.Rule{After: 11 * 60, Before: 12 * 60}, offers.Cheque{}, offers.WhyTime},
		"over midnight, at noon":    {offers.Rule{After: 22 * 60, Before: 6 * 60}, offers.Cheque{}, offers.WhyTime},
		"from an hour on":           {offers.Rule{After: 12 * 60}, offers.Cheque{}, ""},
		"nobody of its group":       {offers.Rule{Groups: []string{"gold"}}, offers.Cheque{}, offers.WhyGroup},
		"somebody of its group":     {offers.Rule{Groups: []string{"gold"}}, offers.Cheque{Buyer: &offers.Buyer{Group: "gold"}}, ""},
		"a birthday":                {offers.Rule{Birthday: true}, offers.Cheque{Buyer: &offers.Buyer{Birthday: "1990-03-02"}}, ""},
		"the day before":            {offers.Rule{Birthday: true}, offers.Cheque{Buyer: &offers.Buyer{Birthday: "03-03"}}, offers.WhyBirthday},
		"the day before, counted":   {offers.Rule{Birthday: true, Around: 1}, offers.Cheque{Buyer: &offers.Buyer{Birthday: "03-03"}}, ""},
		"no birthday known":         {offers.Rule{Birthday: true}, offers.Cheque{Buyer: &offers.Buyer{}}, offers.WhyBirthday},
		"without its coupon":        {offers.Rule{Coupon: true}, offers.Cheque{}, offers.WhyCoupon},
		"with its coupon":           {offers.Rule{Coupon: true}, offers.Cheque{Coupons: []pos.OfferID{"p"}}, ""},
		"beside a cashier's":        {offers.Rule{}, offers.Cheque{Manual: true}, offers.WhyManual},
		"beside a cashier's if may": {offers.Rule{WithManual: true}, offers.Cheque{Manual: true}, ""},
		"none of its goods":         {offers.Rule{Products: []pos.ProductID{"tea"}}, offers.Cheque{}, offers.WhyGoods},
	} {
		t.Run(name, func(t *testing.T) {
			tc.rule.Effect, tc.rule.Percent = offers.PercentOff, 1000
			tc.cheque.At, tc.cheque.Lines = monday, []offers.Line{item("milk", 10_000, 1)}
			out := offers.Evaluate([]offers.Promotion{rule("p", tc.rule)}, tc.cheque)
			require.Equal(t, tc.why, out.Verdicts[0].Why)
		})
	}
}

func TestBirthday_OverTheTurnOfTheYear(t *testing.T) {
	newYear := time.Date(2027, 1, 2, 9, 0, 0, 0, time.UTC)
	require.True(t, offers.Birthday("12-30", newYear, 3))
	require.False(t, offers.Birthday("12-29", newYear, 3))
	require.True(t, offers.Birthday("2000-02-29", time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC), 0))
	for _, bad := range []string{"", "13-01", "1-1", "abcde", "2000-00-10", "----------"} {
		require.False(t, offers.Birthday(bad, newYear, 60), bad)
	}
}

func TestEvaluate_PriorityAndExclusion(t *testing.T) {
	low, high := rule("a", percent(1000)), rule("b", percent(2000))
	high.Priority = 5
	c := offers.Cheque{At: monday, Lines: []offers.Line{item("milk", 10_000, 1)}}
	out := offers.Evaluate([]offers.Promotion{low, high}, c)
	require.Equal(t, []pos.Given{{Offer: "b", Name: "b", Sum: 2_000}, {Offer: "a", Name: "a", Sum: 800}}, out.Given[0], "the second takes of what the first left")
	high.Alone = true
	out = offers.Evaluate([]offers.Promotion{low, high}, c)
	require.Equal(t, money.Amount(2_000), sumOf(out.Given[0]))
	require.Equal(t, offers.Verdict{Offer: "a", Name: "a", Why: offers.WhyTaken, By: "b"}, out.Verdicts[1])
	c.Lines[0].Excluded = true
	require.Zero(t, sumOf(offers.Evaluate([]offers.Promotion{low, high}, c).Given[0]))
}

// drawPromotion draws a rule as the shop may make one.
func drawPromotion(t *rapid.T, id pos.OfferID) offers.Promotion {
	p := rule(id, offers.Rule{
		Effect: rapid.SampledFrom(offers.Effects).Draw(t, "effect"), Percent: money.Percent(rapid.IntRange(1, 10_000).Draw(t, "percent")),
		Sum: money.Amount(rapid.Int64Range(1, 1_000_000).Draw(t, "sum")), Price: money.Amount(rapid.Int64Range(0, 50_000).Draw(t, "price")),
		Group: rapid.IntRange(2, 5).Draw(t, "group"), Free: 1, Alone: rapid.Bool().Draw(t, "alone"),
		Most: money.Amount(rapid.Int64Range(0, 5_000).Draw(t, "most")), Products: []pos.ProductID{"a", "b"},
	})
	p.Priority = rapid.IntRange(-2, 2).Draw(t, "priority")
	return p
}

// Whatever the rules: no line is given more than it costs, nothing is given away
// below a kopeck, the parts make up the whole, and neither the order of the rules
// nor that of equal cheques matters.
func TestProperty_Evaluate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []offers.Promotion
		for i := range rapid.IntRange(0, 5).Draw(t, "rules") {
			all = append(all, drawPromotion(t, pos.OfferID("p"+string(rune('0'+i)))))
		}
		c := offers.Cheque{At: monday}
		for range rapid.IntRange(0, 6).Draw(t, "lines") {
			l := item(rapid.SampledFrom([]pos.ProductID{"a", "b", "c"}).Draw(t, "product"), money.Amount(rapid.Int64Range(0, 100_000).Draw(t, "price")), 1)
			l.Qty = money.Quantity(rapid.Int64Range(1, 9_000).Draw(t, "qty"))
			l.Weighed = rapid.Bool().Draw(t, "weighed")
			c.Lines = append(c.Lines, l)
		}
		out := offers.Evaluate(all, c)
		var given money.Amount
		for i := range c.Lines {
			gross, err := money.LineTotal(c.Lines[i].Price, c.Lines[i].Qty)
			if off := sumOf(out.Given[i]); err != nil || off > gross {
				t.Fatalf("line %d: %v off %v", i, off, gross)
			}
			for _, g := range out.Given[i] {
				if g.Sum <= 0 {
					t.Fatalf("line %d was given %v", i, g.Sum)
				}
			}
			given += sumOf(out.Given[i])
		}
		if given != out.Sum() {
			t.Fatalf("the lines got %v, the promotions gave %v", given, out.Sum())
		}
		for _, p := range all {
			for _, v := range out.Verdicts {
				if v.Offer == p.ID && p.Most > 0 && v.Sum > p.Most {
					t.Fatalf("%s gave %v, at most %v", p.ID, v.Sum, p.Most)
				}
			}
		}
		slices.Reverse(all)
		if again := offers.Evaluate(all, c); again.Sum() != out.Sum() {
			t.Fatalf("in another order the rules gave %v, not %v", again.Sum(), out.Sum())
		}
	})
}

func FuzzEvaluate(f *testing.F) {
	f.Add(int64(10_000), int64(1_000), int64(5_000), 3, 1, "2026-01-01", "02-29", 600, 60)
	f.Add(int64(-1), int64(-1), int64(1<<62), -3, 9, "никогда", "99-99", -5, 1<<40)
	f.Fuzz(func(t *testing.T, price, qty, sum int64, group, free int, date, birthday string, after, before int) {
		for _, effect := range offers.Effects {
			p := rule("p", offers.Rule{Effect: effect, Percent: money.Percent(sum), Sum: money.Amount(sum), Price: money.Amount(sum), Group: group, Free: free,
				From: date, Birthday: birthday != "", Around: 3, After: after, Before: before, Products: []pos.ProductID{"a"}})
			if p.Check() != nil {
				continue // refused before it is stored
			}
			out := offers.Evaluate([]offers.Promotion{p}, offers.Cheque{At: monday, Buyer: &offers.Buyer{Birthday: birthday},
				Lines: []offers.Line{{Product: "a", Price: money.Amount(price), Qty: money.Quantity(qty)}}})
			if out.Sum() < 0 {
				t.Fatalf("gave %v", out.Sum())
			}
		}
	})
}

func TestPromotion_Check(t *testing.T) {
	good := rule("p", percent(1000))
	require.NoError(t, good.Check())
	for id, spoil := range map[string]func(*offers.Promotion){
		"offers.name-empty":  func(p *offers.Promotion) { p.Name = " " },
		"offers.name-long":   func(p *offers.Promotion) { p.Name = strings.Repeat("я", 201) },
		"text.control":       func(p *offers.Promotion) { p.Name = "a\x00" },
		"offers.priority":    func(p *offers.Promotion) { p.Priority = 1001 },
		"offers.too-many":    func(p *offers.Promotion) { p.Groups = make([]string, 501) },
		"offers.date":        func(p *offers.Promotion) { p.From = "31.12.2026" },
		"offers.dates-order": func(p *offers.Promotion) { p.From, p.To = "2026-02-01", "2026-01-01" },
		"offers.time":        func(p *offers.Promotion) { p.After = 24 * 60 },
		"offers.days":        func(p *offers.Promotion) { p.Days = []time.Weekday{7} },
		"offers.around":      func(p *offers.Promotion) { p.Around = -1 },
		"offers.limits":      func(p *offers.Promotion) { p.MinQty = -1 },
		"offers.percent":     func(p *offers.Promotion) { p.Percent = 10_001 },
		"offers.sum":         func(p *offers.Promotion) { p.Effect = offers.SumOff },
		"offers.price":       func(p *offers.Promotion) { p.Effect, p.Price = offers.PriceAt, -1 },
		"offers.price-goods": func(p *offers.Promotion) { p.Effect = offers.PriceAt },
		"offers.some":        func(p *offers.Promotion) { p.Effect, p.Group, p.Free = offers.SomeOff, 2, 2 },
		"offers.effect":      func(p *offers.Promotion) { p.Effect = "" },
	} {
		bad := good
		spoil(&bad)
		var e *pos.Error
		require.ErrorAs(t, bad.Check(), &e, id)
		require.Equal(t, id, e.ID)
	}
}
