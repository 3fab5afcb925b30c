package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest/history"
)

// How a shop's years look in small and at large alike: only the number of
// sales differs.
const (
	pastGoods     = 2000
	pastCustomers = 2000
	pastPerShift  = 200             // sales; a movement of cash and a cancelled cheque go with each shift
	pastPortion   = 20              // shifts in one transaction
	pastEvery     = 2 * time.Second // so that a million sales fall into one month
)

// past writes a history by the till's own operations. Its sales alone are not
// rung up line by line, which a million of them would take hours for.
type past struct {
	*history.History
	who    pos.Actor
	set    pos.Settings
	at     time.Time
	goods  []pos.Product
	buyers []pos.Customer
	visits []int // of each buyer

	sales, ids int64
}

// pastBegins is the beginning of the month before this one.
func pastBegins() time.Time {
	y, m, _ := time.Now().Date()
	return time.Date(y, m-1, 1, 0, 0, 1, 0, time.Local)
}

// fillPast makes a shop with n sales in closed shifts.
func fillPast(ctx context.Context, dir string, n int64) (err error) {
	c, err := openCounter(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	if err := c.stockUp(ctx, pastGoods); err != nil {
		return err
	}
	p := &past{who: c.who, set: settings(), at: pastBegins(), visits: make([]int, pastCustomers)}
	p.History = history.New(till.Params{Store: c.store, Clock: p, IDs: p, Sender: silent{}, Settings: settings, Pepper: make([]byte, 32)})
	for i := range pastGoods {
		p.goods = append(p.goods, product(i))
	}
	if err := p.Batch(ctx, p.people); err != nil {
		return err
	}
	for p.sales < n {
		err := p.Batch(ctx, func(x till.Tx) error {
			for range pastPortion {
				if p.sales >= n {
					break
				}
				if err := p.day(ctx, x, min(pastPerShift, n-p.sales)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *past) people(x till.Tx) error {
	for i := range pastCustomers {
		c := pos.Customer{
			ID: pos.CustomerID(p.NewID()), Name: fmt.Sprintf("%s %s", surnames[i%len(surnames)], names[i/len(surnames)%len(names)]),
			Phone: fmt.Sprintf("+7900000%04d", i), Card: fmt.Sprintf("29%06d", i), Language: "ru", CreditLimit: 50_000_00, CreatedAt: p.at,
		}
		if err := x.PutCustomer(&c); err != nil {
			return err
		}
		p.buyers = append(p.buyers, c)
	}
	return nil
}

var (
	surnames = []string{"Белова", "Волков", "Громова", "Дорохов", "Ершова", "Жданов", "Зимина", "Ильин", "Котова", "Лапин", "Мартынова", "Носов", "Орлова"}
	names    = []string{"Анна", "Борис", "Вера", "Глеб", "Дарья", "Егор", "Зоя", "Иван", "Кира", "Лев", "Мария"}
)

// Now is the time in the past that is being written.
func (p *past) Now() time.Time { return p.at }

// NewID counts like a UUIDv7: it sorts by the time it was made.
func (p *past) NewID() string {
	p.ids++
	ms := p.at.UnixMilli()
	return fmt.Sprintf("%08x-%04x-7000-8000-%012x", ms>>16, ms&0xffff, p.ids)
}

// day is one shift from its float to its count.
func (p *past) day(ctx context.Context, x till.Tx, sales int64) error {
	if _, err := p.OpenShift(ctx, p.who, 500_00); err != nil {
		return err
	}
	if _, err := p.CashIn(ctx, p.who, 1000_00, "размен"); err != nil {
		return err
	}
	if err := p.cancelled(ctx); err != nil {
		return err
	}
	for range sales {
		if err := p.sale(ctx, x); err != nil {
			return err
		}
	}
	r, err := p.XReport(ctx, p.who)
	if err == nil {
		_, err = p.CloseShift(ctx, p.who, r.Expected)
	}
	return err
}

// cancelled leaves a cheque that was dropped, with its lines.
func (p *past) cancelled(ctx context.Context) error {
	for i := range int64(3) {
		if _, err := p.Add(ctx, p.who, p.product(i).ID, 0, nil); err != nil {
			return err
		}
	}
	_, err := p.CancelCheque(ctx, p.who, "передумал")
	return err
}

// product is the i-th of what is sold next.
func (p *past) product(i int64) *pos.Product { return &p.goods[int(p.sales*7+i*911)%len(p.goods)] }

// cheque is an open one with that many lines.
func (p *past) cheque(lines int) *pos.Cheque {
	c := &pos.Cheque{ID: pos.SaleID(p.NewID()), State: pos.ChequeOpen, OpenedAt: p.at, OpenedBy: p.who.ID, Rev: 1}
	for i := range lines {
		g := p.product(int64(i))
		c.Lines = append(c.Lines, pos.Line{No: i + 1, Product: g.ID, SKU: g.SKU, Name: g.Name, Barcode: g.Barcodes[0], Unit: g.Unit,
			ListPrice: g.Price, Price: g.Price, Qty: money.One, VAT: g.VAT, Flags: g.Flags})
	}
	return c
}

// regular comes every ninth sale; other customers share every third.
const regular = 0

func (p *past) customer() int {
	switch {
	case p.sales%9 == 0:
		return regular
	case p.sales%3 == 0:
		return 1 + int(p.sales*2654435761>>7)%(pastCustomers-1)
	}
	return -1
}

// sale is one sale of two lines. Every tenth visit a customer spends the
// points of the nine before, once in twenty-five it is on credit, paid back at
// once.
func (p *past) sale(ctx context.Context, x till.Tx) error {
	p.at = p.at.Add(pastEvery)
	c := p.cheque(2)
	who, visit := p.customer(), 0
	if who >= 0 {
		p.visits[who]++
		c.Customer, visit = p.buyers[who].ID, p.visits[who]
	}
	totals := pos.Price(c, p.set.Rules)
	rest := totals.Total
	var codes []confirm.Challenge
	if visit > 0 && visit%10 == 0 {
		points, err := p.points(x, &p.buyers[who])
		if err != nil {
			return err
		}
		if points = min(points, totals.MaxPoints); points > 0 {
			codes = append(codes, p.code(c, p.buyers[who].Phone, points, totals.Total))
			amount := money.Amount(points) * p.set.Rules.PointValue
			c.Tenders = append(c.Tenders, pos.Tender{No: 1, Method: pos.Points, Points: points, Amount: amount, Challenge: codes[0].ID})
			rest -= amount
		}
	}
	method := []pos.Method{pos.Cash, pos.Card}[p.sales%2]
	if visit%25 == 3 {
		method = pos.Credit
	}
	c.Tenders = append(c.Tenders, pos.Tender{No: len(c.Tenders) + 1, Method: method, Amount: rest})
	s, err := p.Sale(ctx, p.who, c, codes...)
	p.sales++
	if err == nil && s.DebtAdded > 0 {
		_, _, err = p.RepayDebt(ctx, p.who, s.Customer, pos.Cash, s.DebtAdded)
	}
	return err
}

// points are what a customer may spend now.
func (p *past) points(x till.Tx, c *pos.Customer) (int64, error) {
	lots, err := x.Lots(c.ID)
	return pos.NewCustomerState(*c, nil, lots, nil, p.at).Points, err
}

// code is a customer's code that was sent and entered for a cheque of total.
func (p *past) code(c *pos.Cheque, phone string, points int64, total money.Amount) confirm.Challenge {
	return confirm.Challenge{
		ID: pos.ChallengeID(p.NewID()), Sale: c.ID, Operation: confirm.SpendPoints, Customer: c.Customer, Phone: phone,
		Amount: money.Amount(points) * p.set.Rules.PointValue, Points: points, Total: total, Cashier: p.who.ID, State: confirm.Verified,
		Channel: "sms", Provider: "smsru", Sends: 1, CreatedAt: p.at, SentAt: p.at, VerifiedAt: p.at,
	}
}
