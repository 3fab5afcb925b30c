package pos_test

import (
	"testing"

	"pgregory.net/rapid"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
)

func genDiscount() *rapid.Generator[pos.Discount] {
	return rapid.Custom(func(t *rapid.T) pos.Discount {
		switch rapid.IntRange(0, 2).Draw(t, "kind") {
		case 1:
			return pos.Discount{Percent: money.Percent(rapid.IntRange(0, 10_000).Draw(t, "percent"))}
		case 2:
			return pos.Discount{Sum: money.Amount(rapid.IntRange(0, 300_000).Draw(t, "sum"))}
		}
		return pos.Discount{}
	})
}

func genLine(no int) *rapid.Generator[pos.Line] {
	return rapid.Custom(func(t *rapid.T) pos.Line {
		return pos.Line{
			No:       no,
			Product:  pos.ProductID(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "product")),
			Price:    money.Amount(rapid.IntRange(0, 500_000).Draw(t, "price")),
			Qty:      money.Quantity(rapid.IntRange(1, 20_000).Draw(t, "qty")),
			VAT:      money.Percent(rapid.SampledFrom([]int{int(pos.NoVAT), 0, 1000, 2000}).Draw(t, "vat")),
			Discount: genDiscount().Draw(t, "discount"),
			Removed:  rapid.IntRange(0, 4).Draw(t, "removed") == 0,
			Flags: pos.ProductFlags{
				NoEarn:   rapid.Bool().Draw(t, "no earn"),
				NoPoints: rapid.Bool().Draw(t, "no points"),
			},
		}
	})
}

func genRules() *rapid.Generator[pos.Rules] {
	return rapid.Custom(func(t *rapid.T) pos.Rules {
		r := pos.DefaultRules()
		r.RoundingStep = money.Amount(rapid.SampledFrom([]int{0, 10, 100, 500}).Draw(t, "step"))
		r.PointValue = money.Amount(rapid.SampledFrom([]int{0, 1, 100, 250}).Draw(t, "point"))
		r.MaxPointsShare = money.Percent(rapid.IntRange(0, 10_000).Draw(t, "share"))
		return r
	})
}

func genCheque() *rapid.Generator[*pos.Cheque] {
	return rapid.Custom(func(t *rapid.T) *pos.Cheque {
		c := &pos.Cheque{ID: "s", State: pos.ChequeOpen, Customer: "c", Discount: genDiscount().Draw(t, "discount")}
		for no := 1; no <= rapid.IntRange(1, 12).Draw(t, "lines"); no++ {
			c.Lines = append(c.Lines, genLine(no).Draw(t, "line"))
		}
		return c
	})
}

// pay puts random tenders on the cheque, as the till would let them be.
func pay(t *rapid.T, c *pos.Cheque, r pos.Rules) {
	totals := pos.Price(c, r)
	if n := min(totals.MaxPoints, 5_000); n > 0 && rapid.Bool().Draw(t, "pay points") {
		n = rapid.Int64Range(1, n).Draw(t, "points")
		c.Tenders = append(c.Tenders, pos.Tender{No: 1, Method: pos.Points, Points: n, Amount: money.Amount(n) * r.PointValue})
	}
	for _, m := range []pos.Method{pos.Card, pos.Transfer, pos.Credit} {
		if due := pos.Price(c, r).Due; due > 0 && rapid.Bool().Draw(t, string(m)) {
			amount := money.Amount(rapid.Int64Range(1, int64(due)).Draw(t, "amount"))
			c.Tenders = append(c.Tenders, pos.Tender{No: c.NextTender(), Method: m, Amount: amount})
		}
	}
	if due := pos.Price(c, r).Due; due > 0 {
		over := money.Amount(rapid.IntRange(0, 500_000).Draw(t, "over"))
		c.Tenders = append(c.Tenders, pos.Tender{No: c.NextTender(), Method: pos.Cash, Amount: due.Add(over)})
	}
}

func TestPrice_FiguresFitTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, r := genCheque().Draw(t, "cheque"), genRules().Draw(t, "rules")
		pay(t, c, r)
		p := pos.Price(c, r)
		var gross, discount, sum, vat money.Amount
		for _, l := range p.Lines {
			if l.Gross.Sub(l.Discount) != l.Sum || l.Own.Add(l.Share) != l.Discount {
				t.Fatalf("line does not add up: %+v", l)
			}
			if l.Sum < 0 || l.Own < 0 || l.Share < 0 || l.VAT < 0 || l.VAT > l.Sum {
				t.Fatalf("line out of range: %+v", l)
			}
			gross, discount, sum, vat = gross.Add(l.Gross), discount.Add(l.Discount), sum.Add(l.Sum), vat.Add(l.VAT)
		}
		if len(p.Lines) != c.Live() {
			t.Fatalf("%d figures of %d lines", len(p.Lines), c.Live())
		}
		if gross != p.Gross || discount != p.Discount || sum != p.Total || vat != p.VAT || gross.Sub(discount) != p.Total {
			t.Fatalf("lines %d − %d = %d, cheque %+v", gross, discount, sum, p)
		}
		if r.RoundingStep > 0 && (p.Total%r.RoundingStep != 0 || p.Rounding < 0 || p.Rounding >= r.RoundingStep) {
			t.Fatalf("rounded to %d by %d with step %d", p.Total, p.Rounding, r.RoundingStep)
		}
		if p.Total != p.Paid.Sub(p.Change).Add(p.Due).Sub(p.Excess) {
			t.Fatalf("total %d, paid %d, change %d, due %d, excess %d", p.Total, p.Paid, p.Change, p.Due, p.Excess)
		}
		if p.Due < 0 || p.Change < 0 || p.Excess < 0 || (p.Due > 0 && p.Change > 0) {
			t.Fatalf("due %d, change %d, excess %d", p.Due, p.Change, p.Excess)
		}
		if p.Earn < 0 || p.Earn > p.EarnUnspent {
			t.Fatalf("earns %d of %d", p.Earn, p.EarnUnspent)
		}
		if worth := money.Amount(p.MaxPoints) * r.PointValue; worth > p.Total || worth > r.MaxPointsShare.Of(p.Total) {
			t.Fatalf("%d points pay %d of %d", p.MaxPoints, worth, p.Total)
		}
	})
}

// A gift, a single line of everything and the like are found by rapid too; the
// table holds the cases a shop would argue about.
func TestPrice_Examples(t *testing.T) {
	rules := pos.DefaultRules()
	line := func(price money.Amount, qty money.Quantity, d pos.Discount, f pos.ProductFlags) pos.Line {
		return pos.Line{Price: price, Qty: qty, VAT: 2000, Discount: d, Flags: f}
	}
	tests := []struct {
		name                   string
		cheque                 pos.Cheque
		total, vat, due        money.Amount
		maxPoints, earn        int64
		discount, change, over money.Amount
	}{
		{
			name: "weighed goods round half up once",
			cheque: pos.Cheque{Lines: []pos.Line{
				line(12345, 845, pos.Discount{}, pos.ProductFlags{Weighed: true}), // 104.31525
			}},
			total: 10432, vat: 1739, due: 10432, maxPoints: 31, earn: 3,
		},
		{
			name: "line discount comes before the cheque's",
			cheque: pos.Cheque{Discount: pos.Discount{Percent: 1000}, Lines: []pos.Line{
				line(10000, 1000, pos.Discount{Percent: 5000}, pos.ProductFlags{}),
			}},
			total: 4500, vat: 750, due: 4500, maxPoints: 13, earn: 1, discount: 5500,
		},
		{
			name: "cash alone gives change",
			cheque: pos.Cheque{
				Lines:   []pos.Line{line(10000, 1000, pos.Discount{}, pos.ProductFlags{})},
				Tenders: []pos.Tender{{Method: pos.Card, Amount: 8000}, {Method: pos.Cash, Amount: 5000}},
			},
			total: 10000, vat: 1667, maxPoints: 30, earn: 3, change: 3000,
		},
		{
			name: "non-cash beyond the total is never cut silently",
			cheque: pos.Cheque{
				Lines:   []pos.Line{line(10000, 1000, pos.Discount{}, pos.ProductFlags{})},
				Tenders: []pos.Tender{{Method: pos.Card, Amount: 12000}},
			},
			total: 10000, vat: 1667, maxPoints: 30, earn: 3, over: 2000,
		},
		{
			name: "points earn nothing and goods without points keep out",
			cheque: pos.Cheque{
				Lines: []pos.Line{
					line(100000, 1000, pos.Discount{}, pos.ProductFlags{}),
					line(900000, 1000, pos.Discount{}, pos.ProductFlags{NoPoints: true, NoEarn: true}),
				},
				Tenders: []pos.Tender{{Method: pos.Points, Points: 500, Amount: 50000}},
			},
			total: 1000000, vat: 166667, due: 950000, maxPoints: 1000, earn: 15,
		},
		{
			name:   "a gift costs nothing",
			cheque: pos.Cheque{Lines: []pos.Line{line(10000, 1000, pos.Discount{Percent: 10000}, pos.ProductFlags{})}},
			total:  0, discount: 10000,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := pos.Price(&tt.cheque, rules)
			got := []money.Amount{p.Total, p.VAT, p.Due, p.Discount, p.Change, p.Excess}
			want := []money.Amount{tt.total, tt.vat, tt.due, tt.discount, tt.change, tt.over}
			for i, name := range []string{"total", "vat", "due", "discount", "change", "excess"} {
				if got[i] != want[i] {
					t.Errorf("%s = %d, want %d", name, got[i], want[i])
				}
			}
			if p.MaxPoints != tt.maxPoints || p.Earn != tt.earn {
				t.Errorf("max points %d, earn %d, want %d, %d", p.MaxPoints, p.Earn, tt.maxPoints, tt.earn)
			}
		})
	}
}

func TestNewSale_BooksWhatWasPaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, r := genCheque().Draw(t, "cheque"), genRules().Draw(t, "rules")
		pay(t, c, r)
		p := pos.Price(c, r)
		if p.Due != 0 || p.Excess != 0 {
			t.Skip("the till would not finish it")
		}
		s := pos.NewSale(c, p)
		s.Currency = "RUB"
		e := ledger.OfSale(s)
		if err := e.Seal(""); err != nil {
			t.Fatalf("entry does not balance: %v %+v", err, e.Postings)
		}
		sums := map[ledger.Account]int64{}
		for _, post := range e.Postings {
			sums[post.Account] += post.Amount
		}
		cash := money.Amount(sums[ledger.Drawer])
		var tendered money.Amount
		for _, d := range c.Tenders {
			if d.Method == pos.Cash {
				tendered = tendered.Add(d.Amount)
			}
		}
		if cash != tendered.Sub(p.Change) {
			t.Fatalf("drawer %d, tendered %d, change %d", cash, tendered, p.Change)
		}
		if got := -money.Amount(sums[ledger.Sales] + sums[ledger.VAT]); got != p.Total {
			t.Fatalf("sales and VAT %d, total %d", got, p.Total)
		}
		if money.Amount(sums[ledger.DebtOf("c")]) != s.DebtAdded || sums[ledger.PointsOf("c")] != s.PointsEarned-s.PointsSpent {
			t.Fatalf("customer's accounts %v, sale %+v", sums, s)
		}
		if len(s.Lines) != len(c.Lines) {
			t.Fatalf("%d lines of %d", len(s.Lines), len(c.Lines))
		}
	})
}

func TestNewSale_DigestSeesEveryTender(t *testing.T) {
	c := &pos.Cheque{ID: "s", Lines: []pos.Line{{No: 1, Price: 100, Qty: money.One}}, Tenders: []pos.Tender{{No: 1, Method: pos.Cash, Amount: 100}}}
	a, b := pos.NewSale(c, pos.Price(c, pos.DefaultRules())), pos.NewSale(c, pos.Price(c, pos.DefaultRules()))
	b.Tenders[0].Method = pos.Card
	if a.Digest() == b.Digest() {
		t.Error("cash and card read alike")
	}
}
