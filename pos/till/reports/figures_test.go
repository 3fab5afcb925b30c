package reports_test

// These tests compare reports with a recount of the sales themselves.

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/clock"
	"kassa/pos/figures"
	"kassa/pos/money"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// zoned is a clock that shows a zone's time.
type zoned struct {
	*postest.Clock
	zone *time.Location
}

func (z zoned) Now() time.Time { return z.Clock.Now().In(z.zone) }

func (z zoned) Read() clock.Reading {
	r := z.Clock.Read()
	r.Wall = r.Wall.In(z.zone)
	return r
}

// sold is a shop with sales made up by chance, in a zone of its own.
type sold struct {
	*tilltest.Shop
	rng  *rand.Rand
	zone *time.Location
	n    int64
}

func newSold(t *testing.T, seed uint64, zone *time.Location) *sold {
	t.Helper()
	s := &sold{Shop: tilltest.Empty(t), rng: rand.New(rand.NewPCG(seed, 1)), zone: zone}
	s.Spoilt() // nobody sold these
	s.Till = s.in(zone)
	s.update(func(x till.Tx) error {
		for i := range 7 {
			p := pos.Product{ID: pos.ProductID(fmt.Sprint("p", i)), SKU: fmt.Sprint(i), Name: fmt.Sprint("Товар ", i), Unit: "шт", Category: []string{"Сладкое", "Солёное", ""}[i%3]}
			if err := x.PutProduct(&p); err != nil {
				return err
			}
		}
		return nil
	})
	return s
}

// in is a till whose shop lies in a zone, on the same store.
func (s *sold) in(zone *time.Location) *till.Till {
	p := s.Params()
	p.Clock = zoned{s.Clock, zone}
	return till.New(p)
}

// update writes into the store beside the till.
func (s *sold) update(fn func(till.Tx) error) {
	s.Helper()
	require.NoError(s, s.Store.Update(s.Context(), fn))
}

// sell stores n sales made within so many days before now, in no order of time:
// clocks are set back at times.
func (s *sold) sell(n, days int) {
	s.Helper()
	s.update(func(x till.Tx) error {
		for range n {
			s.n++
			at := s.Clock.Now().Add(-time.Duration(s.rng.Int64N(int64(days)*24*3600)) * time.Second)
			sale := &pos.Sale{ID: pos.SaleID(fmt.Sprint("s", s.n)), Till: "1", Epoch: 1, Number: s.n, At: at, Currency: "RUB",
				Employee: pos.EmployeeID(fmt.Sprint("e", s.rng.IntN(3))), PointsEarned: s.rng.Int64N(9), PointsSpent: s.rng.Int64N(3)}
			s.lines(sale)
			s.pay(sale)
			if err := x.PutSale(sale); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *sold) lines(sale *pos.Sale) {
	for i := range 1 + s.rng.IntN(4) {
		l := pos.SaleLine{Line: pos.Line{No: i + 1, Product: pos.ProductID(fmt.Sprint("p", s.rng.IntN(8))), Price: money.Amount(s.rng.IntN(50000)), Qty: money.Quantity(1 + s.rng.IntN(5000)), Cost: money.Amount(s.rng.IntN(2) * s.rng.IntN(9000))}}
		if s.rng.IntN(6) == 0 {
			l.Removed, l.Reason = true, "передумал"
		} else {
			l.LineTotals = pos.LineTotals{No: i + 1, Gross: money.Amount(1000 + s.rng.IntN(90000)), Own: money.Amount(s.rng.IntN(500)), Share: money.Amount(s.rng.IntN(500)), VAT: money.Amount(s.rng.IntN(99))}
			l.LineTotals.Discount = l.Own + l.Share
			l.Sum = l.Gross - l.LineTotals.Discount
			sale.Gross, sale.Discount, sale.Total, sale.VAT = sale.Gross+l.Gross, sale.Discount+l.LineTotals.Discount, sale.Total+l.Sum, sale.VAT+l.LineTotals.VAT
		}
		sale.Lines = append(sale.Lines, l)
	}
}

func (s *sold) pay(sale *pos.Sale) {
	part := money.Amount(s.rng.Int64N(int64(sale.Total) + 1))
	sale.Change = money.Amount(s.rng.IntN(2) * 500)
	sale.Tenders = []pos.SaleTender{{Tender: pos.Tender{No: 1, Method: pos.Card, Amount: part}}, {Tender: pos.Tender{No: 2, Method: pos.Cash, Amount: sale.Total - part + sale.Change}}}
}

// stored are all sales as the store has them.
func (s *sold) stored() (all []*pos.Sale) {
	s.Helper()
	s.Look(func(x till.Tx) error {
		return x.EachSale(0, func(sale *pos.Sale) error { all = append(all, sale); return nil })
	})
	require.Len(s, all, int(s.n))
	return all
}

// naive is a report worked out sale by sale with no sums at all: by label, the
// turnover and how many sales or lines made it.
func naive(sales []*pos.Sale, zone *time.Location, k figures.Kind, p figures.Period) map[string][2]int64 {
	out := map[string][2]int64{}
	add := func(key string, sum money.Amount, n int64) {
		v := out[key]
		out[key] = [2]int64{v[0] + int64(sum), v[1] + n}
	}
	for _, sale := range sales {
		at := sale.At.In(zone)
		day := at.Format("20060102")
		if day < strconv.Itoa(int(p.From)) || day > strconv.Itoa(int(p.To)) {
			continue
		}
		switch k {
		case figures.Days:
			add(at.Format("02.01.2006"), sale.Total, 1)
		case figures.Hours:
			add(at.Format("15"), sale.Total, 1)
		case figures.Weekdays:
			add(strconv.Itoa((int(at.Weekday())+6)%7+1), sale.Total, 1)
		case figures.Employees:
			add(string(sale.Employee), sale.Total, 1)
		case figures.Tenders:
			add("card", sale.Paid(pos.Card), 1)
			add("cash", sale.Paid(pos.Cash), 1)
		case figures.Products, figures.Categories:
			addLines(add, sale, k)
		}
	}
	return out
}

// addLines adds what was sold in a sale, by product or by category.
func addLines(add func(key string, sum money.Amount, n int64), sale *pos.Sale, k figures.Kind) {
	for _, l := range sale.Lines {
		if l.Removed {
			continue
		}
		key := string(l.Product)
		if k == figures.Categories {
			i, _ := strconv.Atoi(key[1:])
			if key = []string{"Сладкое", "Солёное", ""}[i%3]; i == 7 {
				key = "" // sold once and no longer known
			}
			add(key, l.Sum, 1)
		} else {
			add(key, l.Sum, int64(l.Qty))
		}
	}
}

// told is a report in the shape of naive; rows of nothing are left out.
func told(r *figures.Report) map[string][2]int64 {
	out := map[string][2]int64{}
	for _, row := range r.Rows {
		key := row.Key
		if r.Kind == figures.Days {
			a := row.Label.Args
			key = fmt.Sprintf("%s.%s.%s", a["Day"], a["Month"], a["Year"])
		}
		if row.Cells[0].N != 0 || row.Cells[1].N != 0 {
			out[key] = [2]int64{row.Cells[0].N, row.Cells[1].N}
		}
	}
	return out
}

var zones = []string{"UTC", "Europe/Moscow", "Europe/Berlin", "Asia/Kathmandu", "America/New_York"}

// Whatever is stored, rolled and asked, a report tells what the sales tell.
func TestTill_ReportEqualsARecount(t *testing.T) {
	kinds := []figures.Kind{figures.Days, figures.Hours, figures.Weekdays, figures.Employees, figures.Tenders, figures.Products, figures.Categories}
	for i, name := range zones {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			zone, err := time.LoadLocation(name)
			require.NoError(t, err)
			s := newSold(t, uint64(i), zone)
			for step := range 4 {
				s.Clock.Move(9 * 24 * time.Hour)
				s.sell(350, 70)
				if step != 1 { // once nobody rolls for a while
					_, err := s.RollFigures(t.Context())
					require.NoError(t, err)
				}
				all, today := s.stored(), figures.DayOf(s.Clock.Now(), zone)
				for _, k := range kinds {
					p := figures.Of([]figures.Span{figures.SpanDay, figures.SpanWeek, figures.SpanMonth, figures.SpanQuarter, figures.SpanYear}[s.rng.IntN(5)], today.Add(-s.rng.IntN(60)))
					if s.rng.IntN(2) == 0 {
						p, err = figures.Between(today.Add(-20-s.rng.IntN(60)), today.Add(-s.rng.IntN(20)))
						require.NoError(t, err)
					}
					r, err := s.Report(t.Context(), till.System(), figures.Query{Kind: k, Period: p, Versus: figures.PastPeriod})
					require.NoError(t, err)
					require.Equal(t, naive(all, zone, k, p), told(r), "%s over %v", k, p)
					past := int64(0)
					for _, row := range r.Rows {
						past += row.Was[0].N
					}
					want := int64(0)
					for _, v := range naive(all, zone, k, p.Before()) {
						want += v[0]
					}
					if k != figures.Days { // a longer month before has days without a neighbour
						require.Equal(t, want, past, "%s before %v", k, p)
					}
				}
			}
		})
	}
}

// The sales behind the rows of a report are those its figures are made of.
func TestTill_ReportSalesAddUp(t *testing.T) {
	s := newSold(t, 7, time.UTC)
	s.sell(700, 45)
	_, err := s.RollFigures(t.Context())
	require.NoError(t, err)
	today := figures.DayOf(s.Clock.Now(), time.UTC)
	for _, k := range []figures.Kind{figures.Days, figures.Hours, figures.Weekdays, figures.Employees, figures.Months} {
		q := figures.Query{Kind: k, Period: figures.Of(figures.SpanMonth, today.Add(-10))}
		r, err := s.Report(t.Context(), till.System(), q)
		require.NoError(t, err)
		for _, row := range r.Rows {
			var sum money.Amount
			var n int64
			var last *pos.Sale
			for {
				page, err := s.ReportSales(t.Context(), till.System(), q, row.Key, last, 7)
				require.NoError(t, err)
				for i := range page {
					sum, n = sum+page[i].Total, n+1
					require.True(t, last == nil || page[i].Number < last.Number, "newest first, each once")
					last = &page[i]
				}
				if len(page) < 7 {
					break
				}
			}
			require.Equal(t, row.Cells[0].N, int64(sum), "%s %s", k, row.Key)
			require.Equal(t, row.Cells[1].N, n)
		}
	}
	q := figures.Query{Kind: figures.Products, Period: figures.Of(figures.SpanYear, today)}
	page, err := s.ReportSales(t.Context(), till.System(), q, "p3", nil, 50)
	require.NoError(t, err)
	require.NotEmpty(t, page)
	for _, sale := range page {
		full, err := s.Sale(t.Context(), till.System(), sale.ID)
		require.NoError(t, err)
		had := false
		for _, l := range full.Lines {
			had = had || l.Product == "p3" && !l.Removed
		}
		require.True(t, had, "sale %d has none of it", sale.Number)
	}
	_, err = s.ReportSales(t.Context(), till.System(), figures.Query{Kind: figures.DebtAges, Period: q.Period}, "x", nil, 5)
	require.Equal(t, pos.CodeInvalid, pos.CodeOf(err))
}

// Sums made in another zone are of other days: they are not used, and made anew.
func TestTill_FiguresOfAnotherZoneAreMadeAnew(t *testing.T) {
	s := newSold(t, 3, time.UTC)
	s.sell(600, 30)
	_, err := s.RollFigures(t.Context())
	require.NoError(t, err)
	far := time.FixedZone("far", 11*3600)
	moved := s.in(far)
	p := figures.Of(figures.SpanMonth, figures.DayOf(s.Clock.Now(), far).Add(-9))
	q := figures.Query{Kind: figures.Days, Period: p}
	for range 3 {
		r, err := moved.Report(t.Context(), till.System(), q)
		require.NoError(t, err)
		require.Equal(t, naive(s.stored(), far, figures.Days, p), told(r))
		_, err = moved.RollFigures(t.Context())
		require.NoError(t, err)
	}
	more, err := moved.RollFigures(t.Context())
	require.NoError(t, err)
	require.False(t, more)
	require.NoError(t, moved.RebuildFigures(t.Context(), till.System()))
	r, err := moved.Report(t.Context(), till.System(), q)
	require.NoError(t, err)
	require.Equal(t, naive(s.stored(), far, figures.Days, p), told(r))
	require.Positive(t, r.Waiting)
}

// The margin is told of what has a cost, and how much that is.
func TestTill_MarginOfWhatHasACost(t *testing.T) {
	s := newSold(t, 5, time.UTC)
	s.sell(120, 5)
	var costed, cost, total int64
	s.Look(func(x till.Tx) error {
		return x.EachSale(0, func(sale *pos.Sale) error {
			total += int64(sale.Total)
			for _, l := range sale.Lines {
				if l.Cost > 0 && !l.Removed {
					worth, err := money.LineTotal(l.Cost, l.Qty)
					if err != nil {
						return err
					}
					costed, cost = costed+int64(l.Sum), cost+int64(worth)
				}
			}
			return nil
		})
	})
	require.NotZero(t, cost)
	r, err := s.Report(t.Context(), till.System(), figures.Query{Kind: figures.Margin, Period: figures.Of(figures.SpanYear, 20260302)})
	require.NoError(t, err)
	c := r.Total.Cells
	require.Equal(t, []int64{costed - cost, total, costed, cost}, []int64{c[0].N, c[1].N, c[2].N, c[3].N})
	require.Len(t, r.Notes, 1)
	require.Equal(t, figures.Share(costed, total), r.Notes[0].Args["Share"])
}

// What came back is taken off the turnover and told apart, by whatever it is
// summed, and the average stays that of the sales.
func TestTill_ReportsAreNetOfReturns(t *testing.T) {
	s := newSold(t, 9, time.UTC)
	s.sell(40, 1)
	today := figures.DayOf(s.Clock.Now(), time.UTC)
	q := figures.Query{Period: figures.Period{Span: figures.SpanCustom, From: today.Add(-2), To: today}}
	kinds := []figures.Kind{figures.Days, figures.Hours, figures.Weekdays, figures.Products, figures.Categories, figures.Employees, figures.Tenders}
	cell := func(k figures.Kind, id string) int64 {
		q.Kind = k
		r, err := s.Report(t.Context(), till.System(), q)
		require.NoError(t, err)
		for i, c := range r.Columns {
			if c.ID == id {
				return r.Total.Cells[i].N
			}
		}
		t.Fatalf("%s has no %s", k, id)
		return 0
	}
	before := cell(figures.Days, "total")
	average, margin := cell(figures.Days, "average"), cell(figures.Margin, "margin")
	require.NoError(t, s.Store.Update(t.Context(), func(x till.Tx) error {
		return x.PutReturn(&pos.Return{ID: "r1", Till: "1", Epoch: 1, Number: 1, Employee: "e1", At: s.Clock.Now().Add(-time.Minute), Currency: "RUB", Total: 700,
			Lines:   []pos.ReturnLine{{No: 1, Product: "p1", Qty: 1000, Cost: 200, Sum: 500, Price: 500}, {No: 2, Product: "p2", Qty: 1000, Sum: 200, Price: 200}},
			Refunds: []pos.Refund{{No: 1, Of: pos.Cash, Method: pos.Cash, Amount: 700}}})
	}))
	for _, k := range kinds {
		require.EqualValues(t, 700, cell(k, "returned"), k)
		require.Equal(t, before-700, cell(k, "total"), k)
	}
	require.Equal(t, average, cell(figures.Days, "average"))
	require.Equal(t, margin-300, cell(figures.Margin, "margin"))
}

func TestTill_ReportRefuses(t *testing.T) {
	s := newSold(t, 1, time.UTC)
	_, err := s.Report(t.Context(), till.System(), figures.Query{Kind: "none", Period: figures.Of(figures.SpanDay, 20260302)})
	require.Equal(t, pos.CodeInvalid, pos.CodeOf(err))
	_, err = s.Report(t.Context(), till.System(), figures.Query{Kind: figures.Days, Period: figures.Period{From: 20260302, To: 20260301}})
	require.Equal(t, pos.CodeInvalid, pos.CodeOf(err))
	_, err = s.Report(t.Context(), pos.Actor{ID: "nobody"}, figures.Query{Kind: figures.Days, Period: figures.Of(figures.SpanDay, 20260302)})
	require.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
}

// An empty shop has reports too.
func TestTill_ReportsOfNothing(t *testing.T) {
	s := newSold(t, 1, time.UTC)
	for _, k := range figures.Kinds {
		r, err := s.Report(t.Context(), till.System(), figures.Query{Kind: k, Period: figures.Of(figures.SpanMonth, 20260302), Versus: figures.PastPeriod})
		require.NoError(t, err, k)
		for _, row := range r.Rows {
			require.Len(t, row.Cells, len(r.Columns), k)
			for _, c := range row.Cells {
				require.Zero(t, c.N, k)
			}
		}
	}
}

// A busy day is told by every report that lists single things.
func TestTill_ReportsOfABusyDay(t *testing.T) {
	b := tilltest.BusyDay(t)
	period := figures.Of(figures.SpanDay, figures.DayOf(b.Clock.Now(), time.UTC))
	total := func(k figures.Kind) int64 {
		r, err := b.Report(b.Context(), b.Owner, figures.Query{Kind: k, Period: period})
		require.NoError(t, err, k)
		require.NotEmpty(t, r.Rows, k)
		require.NotNil(t, r.Total, k)
		return r.Total.Cells[0].N
	}
	require.EqualValues(t, 38_900, total(figures.Skips))
	require.Positive(t, total(figures.DebtAges))
	require.Positive(t, total(figures.Codes))
	require.Positive(t, total(figures.Expiring))
	require.EqualValues(t, 100, total(figures.PointsFlow))
	require.NotZero(t, total(figures.ShiftDiffs), "the count was not what had to be there")

	_, err := b.Scan(b.Context(), b.Owner, b.Demo.Products[0].Barcodes[0], 3000, nil)
	require.NoError(t, err)
	v, err := b.SetQty(b.Context(), b.Owner, 1, 1000)
	require.NoError(t, err)
	price := int64(v.Cheque.Lines[0].Price)
	require.Equal(t, 2*price, total(figures.Removed))
	_, err = b.RemoveLine(b.Context(), b.Owner, 1, "передумал")
	require.NoError(t, err)
	require.Equal(t, 3*price, total(figures.Removed))
	_, err = b.Scan(b.Context(), b.Owner, b.Demo.Products[0].Barcodes[0], 1000, nil)
	require.NoError(t, err)
	_, err = b.CancelCheque(b.Context(), b.Owner, "ушёл")
	require.NoError(t, err)
	require.Equal(t, price, total(figures.Cancelled))
}
