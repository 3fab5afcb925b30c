// Package month lives a demo shop through a month: thirty days of shifts, sales,
// points, debts, returns and deliveries up to yesterday, so that reports, charts
// and lists have something to tell. Everything is done by the till's own
// operations on a clock of the month's own, never by writing rows, and the same
// seed tells the same story.
package month

import (
	"context"
	"io/fs"
	"math/rand/v2"
	"time"

	"kassa/pos"
	"kassa/pos/clock"
	"kassa/pos/confirm"
	"kassa/pos/message"
	"kassa/pos/money"
	"kassa/pos/till"
)

const (
	// Days is how long the month is. The till believes a computer that it was off
	// for no longer than that, so the day after the month needs nobody's word.
	Days = 30
	// PointsLife is how long points live in such a shop: what customers brought with
	// them ends a fortnight after the month.
	PointsLife = (Days + 14) * 24 * time.Hour
)

// Params are what a month is lived with.
type Params struct {
	// Till is what the shop's own till stands on. Store, IDs, Settings, Pepper and
	// HashCost are taken of it; the clock and the sender are the month's.
	Till  till.Params
	Files fs.FS         // the goods and customers, as for SeedDemo
	Words message.Words // of the shop's language: reasons and names are written in it
	Now   time.Time     // the month ends the evening before
	Seed  uint64
}

// Live makes the demo shop of an empty store as it was a month ago and lives up to
// yesterday evening; no shift is open then. It is one transaction: what is
// interrupted has never been.
func Live(ctx context.Context, p Params) (*till.DemoShop, error) {
	m := &month{
		ctx: ctx, say: p.Words.T, rnd: rand.New(rand.NewPCG(p.Seed, 30)),
		have: map[pos.ProductID]money.Quantity{},
	}
	y, mon, d := p.Now.Date()
	m.clock = &hands{began: time.Date(y, mon, d-Days, 8, 40, 0, 0, p.Now.Location())}
	m.clock.now = m.clock.began
	m.today = func(back, hour, minute int) time.Time {
		return time.Date(y, mon, d-back, hour, minute, 0, 0, p.Now.Location())
	}
	m.phone = newPhones(&p, m.clock)
	joined := &joined{Store: p.Till.Store}
	own := p.Till
	own.Store, own.Clock, own.Sender = joined, m.clock, m.phone
	own.ShiftClosed, own.Gap, own.Witnesses, own.Forgotten = nil, nil, nil, nil
	m.seeding = till.New(own)
	// The codes of the month are used up with it: their digests need not cost what
	// those of PINs do, which would be most of the time the month takes.
	own.HashCost = till.HashCost{MemoryKiB: 8, Passes: 1}
	m.till = till.New(own)
	err := p.Till.Store.Update(ctx, func(tx till.Tx) error {
		joined.tx = tx
		defer func() { joined.tx = nil }()
		return m.live(p.Files)
	})
	if err != nil {
		return nil, err
	}
	return m.demo, nil
}

// hands are the clocks of the month: a computer that ran all the while.
type hands struct{ began, now time.Time }

// Now implements till.Clock.
func (h *hands) Now() time.Time { return h.now }

// Read tells the till that the month was lived.
func (h *hands) Read() clock.Reading {
	return clock.Reading{Wall: h.now, Run: "a month of a demo", Since: h.now.Sub(h.began)}
}

// joined is a store whose operations take part in the one transaction of the
// month.
type joined struct {
	till.Store
	tx till.Tx
}

func (j *joined) View(_ context.Context, fn func(till.Tx) error) error   { return fn(j.tx) }
func (j *joined) Update(_ context.Context, fn func(till.Tx) error) error { return fn(j.tx) }

// month is a shop while it lives. After the first error it does nothing more.
type month struct {
	ctx   context.Context
	till  *till.Till
	clock *hands
	// seeding is the till that makes the shop, PINs at their full cost.
	seeding *till.Till
	today   func(back, hour, minute int) time.Time // a time so many days before today
	rnd     *rand.Rand
	say     func(string, pos.Args) string
	phone   *phones
	demo    *till.DemoShop

	owner, senior, cashier pos.Actor
	who                    pos.Actor // at the counter

	have map[pos.ProductID]money.Quantity // on the shelves
	sold []pos.Sale                       // of today and yesterday, which may come back
	gift string                           // the number of a certificate sold
	err  error
}

func (m *month) do(f func() error) {
	if m.err == nil {
		m.err = f()
	}
}

// tell says a text of the demo in the shop's language.
func (m *month) tell(id string) string { return m.say("demo."+id, nil) }

// chance is true one time in so many.
func (m *month) chance(in int) bool { return m.rnd.IntN(in) == 0 }

// live lives the whole month.
func (m *month) live(files fs.FS) error {
	m.do(func() (err error) { m.demo, err = m.seeding.SeedDemo(m.ctx, files); return err })
	m.login()
	if m.err != nil {
		return m.err
	}
	for _, p := range m.demo.Products {
		m.have[p.ID] = p.Stock
	}
	for back := Days; back > 0 && m.err == nil; back-- {
		m.day(back)
	}
	for m.err == nil {
		more, err := m.till.RollFigures(m.ctx)
		if m.err = err; !more {
			break
		}
	}
	m.refresh()
	return m.err
}

// login lets everybody in, once: what an employee may do is asked of the stored
// group again before each operation.
func (m *month) login() {
	for i, who := range []*pos.Actor{&m.owner, &m.senior, &m.cashier} {
		m.do(func() (err error) {
			*who, err = m.till.Login(m.ctx, m.demo.Employees[i].PIN)
			return err
		})
	}
}

// refresh tells customers and goods as the month left them.
func (m *month) refresh() {
	for i := range m.demo.Customers {
		m.do(func() error {
			v, err := m.till.CustomerCard(m.ctx, m.owner, m.demo.Customers[i].ID)
			if err == nil {
				m.demo.Customers[i] = v.CustomerState
			}
			return err
		})
	}
	for i := range m.demo.Products {
		p := &m.demo.Products[i]
		m.do(func() error {
			now, err := m.till.ProductBySKU(m.ctx, m.owner, p.SKU)
			if err == nil {
				*p = *now
			}
			return err
		})
	}
}

// bring brings a customer's code, which is typed in as it came, or first wrongly.
func (m *month) bring(v *till.CodeView, wrong bool) {
	if v == nil {
		return // this shop asks for none
	}
	m.clock.pass(20 * time.Second)
	m.do(func() error { _, err := m.till.BringCode(m.ctx, m.who, v.ID, nil); return err })
	m.clock.pass(25 * time.Second)
	if wrong && m.err == nil {
		m.do(func() error { _, err := m.till.EnterCode(m.ctx, m.who, v.ID, otherThan(m.phone.code)); return err })
		m.clock.pass(15 * time.Second)
	}
	m.do(func() error { _, err := m.till.EnterCode(m.ctx, m.who, v.ID, m.phone.code); return err })
	m.do(func() error {
		ch, err := m.till.Challenge(m.ctx, v.ID)
		if err == nil && ch.State != confirm.Verified {
			err = pos.E(pos.CodeCodeRequired, "till.internal", nil)
		}
		return err
	})
}

// otherThan is a code with a slip of the finger.
func otherThan(code string) string {
	digits := []byte(code)
	if n := len(digits); n > 0 {
		digits[n-1] = '0' + (digits[n-1]-'0'+1)%10
	}
	return string(digits)
}

func (h *hands) pass(d time.Duration) { h.now = h.now.Add(d) }

// until goes on to a time that is not past.
func (h *hands) until(t time.Time) {
	if t.After(h.now) {
		h.now = t
	}
}
