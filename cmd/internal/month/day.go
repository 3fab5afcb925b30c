package month

// A day: it opens, sells, is delivered to and is counted.

import (
	"slices"
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// float is what stays in the drawer over night.
const float = 3_000_00

// busy is how much is sold in each hour from nine on: before lunch and after work
// most.
var busy = []int{3, 4, 5, 8, 6, 4, 4, 5, 8, 11, 9, 5}

// weekdays are how many sales a day has, from Sunday.
var weekdays = []int{17, 14, 14, 15, 16, 20, 22}

// miscounts are what was too much or too little when somebody counted, by day.
var miscounts = map[int]money.Amount{24: -50_00, 17: 10_00, 11: -120_00, 6: 35_00, 2: -20_00}

// day lives one day.
func (m *month) day(back int) {
	m.clock.until(m.today(back, 8, 40))
	if back%3 == 0 {
		m.deliver(back)
	}
	m.who = m.cashier
	if back%2 == 0 {
		m.who = m.senior
	}
	m.clock.until(m.today(back, 8, 55))
	m.do(func() error { _, err := m.till.OpenShift(m.ctx, m.who, float); return err })
	plans := plans[back]
	for i, at := range m.times(back) {
		m.clock.until(at)
		m.sale()
		if i > 3 && len(plans) > 0 {
			plans[0](m)
			plans = plans[1:]
		}
	}
	for _, plan := range plans {
		plan(m)
	}
	m.clock.until(m.today(back, 21, 5))
	m.count(miscounts[back])
	m.sold = slices.Clone(m.sold[max(0, len(m.sold)-20):])
}

// times are when customers come, in order.
func (m *month) times(back int) []time.Time {
	all := 0
	for _, n := range busy {
		all += n
	}
	weekday := m.today(back, 12, 0).Weekday()
	n := weekdays[weekday] + m.rnd.IntN(5) - 2 + (Days-back)/10
	at := make([]time.Time, n)
	for i := range at {
		pick, hour := m.rnd.IntN(all), 0
		for pick >= busy[hour] {
			pick -= busy[hour]
			hour++
		}
		at[i] = m.today(back, 9+hour, m.rnd.IntN(60)).Add(time.Duration(m.rnd.IntN(60)) * time.Second)
	}
	slices.SortFunc(at, time.Time.Compare)
	return at
}

// count takes the day's money out and closes the shift with what was counted.
func (m *month) count(miscount money.Amount) {
	due := func() (sum money.Amount) {
		m.do(func() error {
			x, err := m.till.XReport(m.ctx, m.who)
			if err == nil {
				sum = x.CashDue()
			}
			return err
		})
		return sum
	}
	if more := due() - float; more > 0 {
		m.do(func() error {
			_, err := m.till.CashOut(m.ctx, m.owner, more/100_00*100_00+100_00, m.tell("to-bank"))
			return err
		})
	}
	m.clock.pass(4 * time.Minute)
	m.do(func() error { _, err := m.till.CloseShift(m.ctx, m.who, due()+miscount); return err })
}

// deliver receives what has become little, at what it cost.
func (m *month) deliver(back int) {
	var lines []pos.StockLine
	for i := range m.demo.Products {
		p := &m.demo.Products[i]
		if p.Flags.AskPrice || back < Days && m.have[p.ID] > p.Stock/2 {
			continue
		}
		more := max(p.Stock-m.have[p.ID], p.Stock/3, money.One) / money.One * money.One
		lines = append(lines, pos.StockLine{Product: p.ID, Qty: more, Cost: cost(i, p.Price)})
	}
	m.stock(pos.StockDoc{Kind: pos.Receiving, Supplier: m.tell([]string{"supplier.1", "supplier.2"}[back/3%2]), Invoice: m.today(back, 8, 0).Format("0102")}, 1, lines)
}

// stock posts a document of the stock; sign says which way its goods go.
func (m *month) stock(head pos.StockDoc, sign money.Quantity, lines []pos.StockLine) {
	if len(lines) == 0 {
		return
	}
	var id pos.StockDocID
	m.do(func() error {
		v, err := m.till.NewStockDoc(m.ctx, m.owner, head)
		if err == nil {
			id = v.Doc.ID
		}
		return err
	})
	for _, l := range lines {
		m.do(func() error { _, err := m.till.PutStockLine(m.ctx, m.owner, id, l); return err })
		m.have[l.Product] += sign * l.Qty
	}
	m.do(func() error { _, err := m.till.PostStock(m.ctx, m.owner, id); return err })
}

// cost is what a product is bought for: two thirds to four fifths of its price.
func cost(i int, price money.Amount) money.Amount {
	return price * money.Amount(66+i*7%15) / 100 / 10 * 10
}
