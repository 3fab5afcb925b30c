package month

// What happens on a certain day, beside the sales of every day: debts and what
// becomes of them, returns, certificates, a code that does not arrive.

import (
	"context"
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/offers"
	"kassa/pos/till"
)

// The customers of the file the plans are about, by their number.
const (
	anna   = 0
	boris  = 1
	vera   = 2
	daria  = 4
	zhanna = 6
	helen  = 7
	ivan   = 8
	kira   = 9
	maria  = 11
)

// plans are what happens so many days before today. What is owed since then is due
// fourteen days later: Vera's today, while what Zhanna brought with her has been
// overdue for two weeks.
var plans = map[int][]func(*month){
	28: {repay(kira, pos.Cash, 0)},
	27: {comesBack},
	26: {(*month).cancel},
	24: {credit(vera, 43, 24, 4)},
	22: {(*month).weekends, comesBack},
	21: {repay(boris, pos.Cash, 700_00)},
	20: {credit(daria, 17, 56), spoilt(1, 26, 28)},
	19: {repay(boris, pos.Cash, 0), comesBack},
	18: {repay(ivan, pos.Card, 0)},
	17: {unsent(maria, 37, 38)},
	16: {(*month).gifts},
	15: {repay(zhanna, pos.Cash, 150_00), comesBack},
	14: {credit(vera, 39, 24, 40)},
	13: {(*month).cancel},
	12: {repay(vera, pos.Transfer, 1_000_00), comesBack},
	11: {(*month).allowed},
	10: {comesBack},
	9:  {credit(kira, 16, 4), spoilt(1, 27)},
	8:  {repay(daria, pos.Card, 0)},
	7:  {skipPoints(anna)},
	6:  {(*month).gift6, comesBack},
	5:  {credit(ivan, 8, 56, 59)},
	4:  {repay(maria, pos.Cash, 0), (*month).allowed},
	3:  {(*month).cancel, comesBack},
	2:  {credit(helen, 4, 41)},
	1:  {comesBack},
}

// repay takes what a customer pays back; nothing named is all of it.
func repay(customer int, by pos.Method, sum money.Amount) func(*month) {
	return func(m *month) {
		id := m.demo.Customers[customer].ID
		m.do(func() error {
			v, err := m.till.CustomerCard(m.ctx, m.who, id)
			if err != nil {
				return err
			}
			all := v.Debt
			if sum > 0 {
				all = min(all, sum)
			}
			_, _, err = m.till.RepayDebt(m.ctx, m.who, id, by, all)
			return err
		})
		m.clock.pass(40 * time.Second)
	}
}

// credit sells goods on credit, most of them, confirmed by the customer's code.
func credit(customer int, goods ...int) func(*month) {
	return func(m *month) {
		m.basket(customer, goods...)
		m.do(func() error {
			_, code, err := m.till.Tender(m.ctx, m.who, pos.Credit, m.view().Totals.Due/5*4)
			m.bring(code, false)
			return err
		})
		m.pay()
	}
}

func (m *month) basket(customer int, goods ...int) {
	for _, i := range goods {
		m.put(i, money.One)
		m.clock.pass(6 * time.Second)
	}
	m.customer(customer)
}

// unsent is a debt whose code did not go out: the senior cashier goes on without
// it, by right, and that is recorded.
func unsent(customer int, goods ...int) func(*month) {
	return func(m *month) {
		m.skipping(func() {
			m.basket(customer, goods...)
			m.do(func() error {
				_, code, err := m.till.Tender(m.ctx, m.who, pos.Credit, m.view().Totals.Due)
				m.unanswered(code)
				return err
			})
			m.pay()
		})
	}
}

// skipPoints is the same with points.
func skipPoints(customer int) func(*month) {
	return func(m *month) {
		m.skipping(func() {
			m.basket(customer, 4, 41)
			m.do(func() error {
				_, code, err := m.till.SpendPoints(m.ctx, m.who, 50)
				m.unanswered(code)
				return err
			})
			m.pay()
		})
	}
}

// skipping lets the senior cashier stand in for whoever is at the counter.
func (m *month) skipping(sell func()) {
	was := m.who
	m.who = m.senior
	sell()
	m.who = was
}

// unanswered is a code that does not go out and is gone on without.
func (m *month) unanswered(v *till.CodeView) {
	if v == nil {
		return
	}
	m.phone.fail()
	m.do(func() error { _, err := m.till.BringCode(m.ctx, m.who, v.ID, nil); return err })
	m.clock.pass(50 * time.Second)
	m.do(func() error { _, err := m.till.SkipCode(m.ctx, m.who, v.ID, m.tell("known")); return err })
}

// comesBack brings back the first line of a sale of these days.
func comesBack(m *month) {
	for i := range m.sold {
		s := m.sold[(i+len(m.sold)/2)%len(m.sold)]
		if l := s.Lines[0]; l.Removed || s.PointsSpent > 0 || s.DebtAdded > 0 || l.Certificate != "" || len(s.Lines) < 2 {
			continue
		}
		m.do(func() error { _, err := m.till.StartReturn(m.ctx, m.senior, till.FindSale{ID: s.ID}); return err })
		m.do(func() error {
			_, err := m.till.ReturnLine(m.ctx, m.senior, 1, s.Lines[0].Qty, m.tell("did-not-suit"), true)
			return err
		})
		m.clock.pass(70 * time.Second)
		m.do(func() error { _, err := m.till.FinishReturn(m.ctx, m.senior, m.tell("did-not-suit")); return err })
		m.sold = append(m.sold[:0:0], m.sold[i+1:]...)
		return
	}
}

// cancel drops a cheque with goods on it.
func (m *month) cancel() {
	m.ring(2)
	m.clock.pass(time.Minute)
	m.do(func() error { _, err := m.till.CancelCheque(m.ctx, m.senior, m.tell("no-money")); return err })
}

// weekends begins a promotion.
func (m *month) weekends() {
	sweets := m.demo.Products[5].Category
	m.do(func() error {
		_, err := m.till.PutPromotion(m.ctx, m.owner, offers.Promotion{Name: m.tell("sweet-weekends"), On: true, Rule: offers.Rule{
			Effect: offers.PercentOff, Percent: 1000, Categories: []string{sweets}, Days: []time.Weekday{time.Friday, time.Saturday, time.Sunday}}})
		return err
	})
}

// gifts sells two certificates.
func (m *month) gifts() {
	for _, sum := range []money.Amount{1_000_00, 500_00} {
		m.do(func() error {
			v, err := m.till.SellCertificate(m.ctx, m.who, till.NewCertificate{Amount: sum, Name: m.tell("certificate")})
			if err == nil && m.gift == "" {
				m.gift = v.Cheque.Lines[len(v.Cheque.Lines)-1].Certificate
			}
			return err
		})
		m.do(func() error { _, _, err := m.till.Tender(m.ctx, m.who, pos.Cash, sum); return err })
		m.finish()
		m.clock.pass(2 * time.Minute)
	}
}

// gift6 pays with one of them.
func (m *month) gift6() {
	for _, i := range []int{4, 41, 23} {
		m.put(i, money.One)
	}
	m.do(func() error {
		_, err := m.till.PayCertificate(m.ctx, m.who, m.gift, min(m.view().Totals.Due, 600_00))
		return err
	})
	m.pay()
}

// allowed is a discount the cashier asks the senior one for.
func (m *month) allowed() {
	was := m.who
	m.who = m.cashier
	m.ring(2)
	ctx := m.ctx
	m.do(func() error {
		a, err := m.till.Approve(m.ctx, m.who, till.AskApproval{Right: pos.RightLineDiscount, Sum: m.view().Totals.Total, PIN: m.demo.Employees[1].PIN, Reason: m.tell("dented")})
		if err == nil {
			ctx = till.WithApproval(m.ctx, a.ID)
		}
		return err
	})
	m.discount(ctx)
	m.pay()
	m.who = was
}

func (m *month) discount(ctx context.Context) {
	m.do(func() error { _, err := m.till.DiscountLine(ctx, m.who, 1, pos.Discount{Percent: 1500}); return err })
}

// spoilt writes off what nobody bought in time.
func spoilt(products ...int) func(*month) {
	return func(m *month) {
		var lines []pos.StockLine
		for _, i := range products {
			lines = append(lines, pos.StockLine{Product: m.demo.Products[i].ID, Qty: 2 * money.One})
		}
		m.stock(pos.StockDoc{Kind: pos.WriteOff, Reason: m.tell("spoilt")}, -1, lines)
	}
}
