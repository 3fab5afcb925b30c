package month

// A sale: what is bought together, by whom, and how it is paid.

import (
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

// liked is how often a product is bought, by its number in the file; others are
// bought now and then.
var liked = map[int]int{0: 26, 1: 24, 2: 14, 3: 5, 4: 5, 5: 9, 6: 10, 7: 8, 8: 5, 12: 9, 13: 5, 17: 16, 20: 9, 21: 7, 22: 8, 23: 10, 24: 5,
	25: 9, 26: 10, 27: 13, 29: 8, 46: 5, 47: 6, 50: 6, 51: 8, 52: 8, 53: 10, 55: 6, 56: 5}

// coming is how often each customer of the file comes.
var coming = []int{9, 5, 8, 4, 3, 6, 2, 4, 6, 3, 4, 7}

// pick chooses a number by weight.
func (m *month) pick(n int, weight func(int) int) int {
	all := 0
	for i := range n {
		all += weight(i)
	}
	at := m.rnd.IntN(max(all, 1))
	for i := range n {
		if at -= weight(i); at < 0 {
			return i
		}
	}
	return 0
}

// sale is somebody who comes and buys.
func (m *month) sale() {
	m.ring([]int{1, 2, 2, 3, 3, 3, 4, 5}[m.rnd.IntN(8)])
	if m.chance(40) {
		m.do(func() error { _, err := m.till.RemoveLine(m.ctx, m.who, 1, m.tell("changed-mind")); return err })
		m.ring(1)
	}
	if m.who.ID == m.senior.ID && m.chance(14) {
		m.do(func() error {
			_, err := m.till.DiscountCheque(m.ctx, m.who, pos.Discount{Percent: 500})
			return err
		})
	}
	if m.rnd.IntN(100) < 38 {
		m.customer(m.pick(len(coming), func(i int) int { return coming[i] }))
		if m.chance(4) {
			m.spend()
		}
	}
	m.pay()
}

// ring rings up so many different goods.
func (m *month) ring(lines int) {
	goods := m.demo.Products
	seen := map[int]bool{}
	for range lines {
		i := m.pick(len(goods), func(i int) int {
			switch {
			case seen[i] || goods[i].Flags.AskPrice || m.have[goods[i].ID] < 3*money.One:
				return 0
			case liked[i] > 0:
				return liked[i]
			}
			return 2
		})
		seen[i] = true
		qty := money.One
		switch {
		case goods[i].Flags.Weighed:
			qty = money.Quantity(250+5*m.rnd.IntN(240)) * money.One / 1000
		case m.chance(5):
			qty *= money.Quantity(2 + m.rnd.IntN(2))
		}
		m.put(i, qty)
		m.clock.pass(time.Duration(3+m.rnd.IntN(5)) * time.Second)
	}
}

// put rings up one of the goods.
func (m *month) put(i int, qty money.Quantity) {
	p := &m.demo.Products[i]
	m.have[p.ID] -= qty
	m.do(func() error { _, err := m.till.Scan(m.ctx, m.who, p.Barcodes[0], qty, nil); return err })
}

func (m *month) customer(i int) {
	m.do(func() error {
		_, err := m.till.SetCustomer(m.ctx, m.who, till.FindCustomer{ID: m.demo.Customers[i].ID})
		return err
	})
}

// view is the cheque on the screen.
func (m *month) view() (v *till.ChequeView) {
	m.do(func() (err error) { v, err = m.till.Cheque(m.ctx); return err })
	if v == nil {
		v = &till.ChequeView{}
	}
	return v
}

// spend spends what the cheque takes of the customer's points.
func (m *month) spend() {
	v := m.view()
	if v.Customer == nil {
		return
	}
	if points := min(v.Totals.MaxPoints, v.Customer.Points) / 10 * 10; points >= 20 {
		m.do(func() error {
			_, code, err := m.till.SpendPoints(m.ctx, m.who, points)
			m.bring(code, m.chance(14))
			return err
		})
	}
}

// pay pays what is due and finishes the sale.
func (m *month) pay() {
	due := m.view().Totals.Due
	if due > 0 {
		method := []pos.Method{pos.Card, pos.Card, pos.Card, pos.Card, pos.Cash, pos.Cash, pos.Cash, pos.Transfer}[m.rnd.IntN(8)]
		sum := due
		if method == pos.Cash {
			sum = m.note(due)
		}
		m.do(func() error { _, _, err := m.till.Tender(m.ctx, m.who, method, sum); return err })
	}
	m.clock.pass(time.Duration(10+m.rnd.IntN(20)) * time.Second)
	m.finish()
}

// note is what a customer gives for a sum: coins, or a note.
func (m *month) note(due money.Amount) money.Amount {
	if m.chance(3) {
		return due
	}
	to := money.Amount(100_00)
	if due > 500_00 {
		to = 500_00
	}
	return (due + to - 1) / to * to
}

func (m *month) finish() {
	m.do(func() error {
		s, err := m.till.FinishSale(m.ctx, m.who)
		if err == nil {
			m.sold = append(m.sold, *s)
		}
		return err
	})
}
