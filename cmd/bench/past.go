package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till"
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

// past writes a history through the store's own transaction, whole: sales with
// their stock, journal, audit trail and outbox, chained as the till chains them.
type past struct {
	x     till.Tx
	who   pos.EmployeeID
	set   pos.Settings
	at    time.Time
	goods []pos.Product
	buyer []pos.Customer
	owned []wallet // of each buyer

	sales, shifts, entries, events, ids int64
	entryHash, eventHash                string
	drawer                              money.Amount
	shift                               *pos.Shift
}

// wallet is what a customer has from earlier sales.
type wallet struct {
	visits int
	lots   []pos.Lot
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
	p := &past{who: c.who.ID, set: settings(), at: pastBegins(), owned: make([]wallet, pastCustomers)}
	err = c.store.Update(ctx, func(x till.Tx) error {
		p.x = x
		return errors.Join(p.people(), p.shelves(), p.heads())
	})
	if err != nil {
		return err
	}
	for p.sales < n {
		err := c.store.Update(ctx, func(x till.Tx) error {
			p.x = x
			for range pastPortion {
				if p.sales >= n {
					break
				}
				if err := p.day(min(pastPerShift, n-p.sales)); err != nil {
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

func (p *past) people() error {
	for i := range pastCustomers {
		c := pos.Customer{
			ID: pos.CustomerID(p.id()), Name: fmt.Sprintf("%s %s", surnames[i%len(surnames)], names[i/len(surnames)%len(names)]),
			Phone: fmt.Sprintf("+7900000%04d", i), Card: fmt.Sprintf("29%06d", i), Language: "ru", CreditLimit: 50_000_00, CreatedAt: p.at,
		}
		if err := p.x.PutCustomer(&c); err != nil {
			return err
		}
		p.buyer = append(p.buyer, c)
	}
	return nil
}

var (
	surnames = []string{"Белова", "Волков", "Громова", "Дорохов", "Ершова", "Жданов", "Зимина", "Ильин", "Котова", "Лапин", "Мартынова", "Носов", "Орлова"}
	names    = []string{"Анна", "Борис", "Вера", "Глеб", "Дарья", "Егор", "Зоя", "Иван", "Кира", "Лев", "Мария"}
)

func (p *past) shelves() error {
	for i := range pastGoods {
		g := product(i)
		p.goods = append(p.goods, g)
	}
	return nil
}

// heads goes on where making the shop ended.
func (p *past) heads() (err error) {
	if p.entries, p.entryHash, err = p.x.LedgerHead(); err != nil {
		return err
	}
	p.events, p.eventHash, err = p.x.AuditHead()
	return err
}

// id counts like a UUIDv7: it sorts by the time it was made.
func (p *past) id() string {
	p.ids++
	ms := p.at.UnixMilli()
	return fmt.Sprintf("%08x-%04x-7000-8000-%012x", ms>>16, ms&0xffff, p.ids)
}

// day is one shift from its float to its count.
func (p *past) day(sales int64) error {
	p.shifts++
	p.shift = &pos.Shift{ID: pos.ShiftID(p.id()), Number: p.shifts, OpenedAt: p.at, OpenedBy: p.who, Float: 500_00}
	s := p.shift
	err := errors.Join(
		p.x.PutShift(s),
		p.book(ledger.KindShiftOpen, string(s.ID), s.Digest(), p.rub(ledger.Drawer, s.Float), p.rub(ledger.Safe, s.Float.Neg())),
		p.note(pos.EventShiftOpened, string(s.ID), nil), p.tell(pos.EventShiftOpened, string(s.ID), s),
		p.cashIn(), p.cancelled())
	if err != nil {
		return err
	}
	for range sales {
		if err := p.sale(); err != nil {
			return err
		}
	}
	s.ClosedAt, s.ClosedBy, s.Expected, s.Counted = p.at, p.who, p.drawer, p.drawer
	return errors.Join(
		p.x.PutShift(s),
		p.book(ledger.KindShiftClose, string(s.ID), s.Digest(), p.rub(ledger.Drawer, p.drawer.Neg()), p.rub(ledger.Safe, s.Counted)),
		p.note(pos.EventShiftClosed, string(s.ID), nil), p.tell(pos.EventShiftClosed, string(s.ID), s))
}

func (p *past) cashIn() error {
	m := &pos.CashMove{ID: pos.CashMoveID(p.id()), Shift: p.shift.ID, Employee: p.who, Amount: 1000_00, Reason: "размен", At: p.at}
	return errors.Join(p.x.PutCashMove(m),
		p.book(ledger.KindCash, string(m.ID), m.Digest(), p.rub(ledger.Drawer, m.Amount), p.rub(ledger.CashInOut, m.Amount.Neg())),
		p.note(pos.EventCashMoved, string(m.ID), nil))
}

// cancelled leaves a cheque that was dropped, with its lines.
func (p *past) cancelled() error {
	c := p.cheque(3)
	c.State, c.Note = pos.ChequeCancelled, "передумал"
	if err := p.x.PutChequeHead(c); err != nil {
		return err
	}
	for i := range c.Lines {
		if err := p.x.PutChequeLine(c.ID, &c.Lines[i]); err != nil {
			return err
		}
	}
	return p.note(pos.EventChequeCancelled, string(c.ID), map[string]string{"reason": c.Note})
}

// cheque is an open one with that many lines.
func (p *past) cheque(lines int) *pos.Cheque {
	c := &pos.Cheque{ID: pos.SaleID(p.id()), State: pos.ChequeOpen, OpenedAt: p.at, OpenedBy: p.who, Rev: 1}
	for i := range lines {
		g := &p.goods[int(p.sales*7+int64(i)*911)%len(p.goods)]
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
func (p *past) sale() error {
	p.at = p.at.Add(pastEvery)
	c := p.cheque(2)
	var w *wallet
	who := p.customer()
	if who >= 0 {
		c.Customer = p.buyer[who].ID
		w = &p.owned[who]
		w.visits++
	}
	totals := pos.Price(c, p.set.Rules)
	rest := totals.Total
	var code *confirm.Challenge
	if w != nil && w.visits%10 == 0 {
		points := min(w.points(), int64(rest)/int64(p.set.Rules.PointValue))
		code = p.code(c, p.buyer[who].Phone, points, totals.Total)
		amount := money.Amount(points) * p.set.Rules.PointValue
		c.Tenders = append(c.Tenders, pos.Tender{No: 1, Method: pos.Points, Points: points, Amount: amount, Challenge: code.ID})
		rest -= amount
	}
	method := []pos.Method{pos.Cash, pos.Card}[p.sales%2]
	if w != nil && w.visits%25 == 3 {
		method = pos.Credit
	}
	if rest > 0 {
		c.Tenders = append(c.Tenders, pos.Tender{No: len(c.Tenders) + 1, Method: method, Amount: rest})
	}
	s := pos.NewSale(c, pos.Price(c, p.set.Rules))
	p.sales++
	s.Till, s.Epoch, s.Number, s.Shift, s.Employee, s.At, s.Currency = p.set.Till, 1, p.sales, p.shift.ID, p.who, p.at, p.set.Currency
	if s.DebtAdded > 0 {
		s.DebtDue = p.set.Rules.DueDate(p.at)
	}
	return p.store(s, w, code)
}

// store writes a sale as the till does.
func (p *past) store(s *pos.Sale, w *wallet, code *confirm.Challenge) error {
	e := ledger.OfSale(s)
	earned, err := p.points(s, w)
	if err != nil {
		return err
	}
	detail := map[string]string{"number": strconv.FormatInt(s.Number, 10), "total": strconv.FormatInt(int64(s.Total), 10), "digest": e.Digest}
	if earned != nil {
		detail[pos.DetailPointsOf], detail[pos.DetailPointsPeriod] = string(earned.Customer), earned.Period()
	}
	err = errors.Join(p.x.PutSale(s), p.goodsOf(s), p.consumed(code),
		p.append(e), p.note(pos.EventSaleCompleted, string(s.ID), detail),
		p.tell(pos.EventSaleCompleted, string(s.ID), s))
	if err != nil || s.DebtAdded == 0 {
		return err
	}
	return p.repaid(s)
}

func (p *past) goodsOf(s *pos.Sale) error {
	for i := range s.Lines {
		l := &s.Lines[i]
		if err := errors.Join(p.x.MoveStock(l.Product, -l.Qty, string(s.ID), p.at), p.x.CountSold(l.Product, 1)); err != nil {
			return err
		}
	}
	return nil
}

func (w *wallet) points() (n int64) {
	for i := range w.lots {
		n += w.lots[i].Left
	}
	return n
}

// points moves the points of a sale; it returns the lot earned, nil for none.
func (p *past) points(s *pos.Sale, w *wallet) (*pos.Lot, error) {
	if s.PointsSpent > 0 {
		if err := p.spend(s, w); err != nil {
			return nil, err
		}
	}
	if s.PointsEarned == 0 {
		return nil, nil
	}
	l := p.set.Rules.EarnedLot(pos.LotID(p.id()), s, p.at)
	w.lots = append(w.lots, l)
	return &l, p.x.PutLot(&l)
}

func (p *past) spend(s *pos.Sale, w *wallet) error {
	moves, err := pos.SpendLots(w.lots, s.ID, s.PointsSpent, p.at)
	if err != nil {
		return err
	}
	left := w.lots[:0]
	for i := range w.lots {
		if err := p.x.PutLot(&w.lots[i]); err != nil {
			return err
		}
		if w.lots[i].Left > 0 {
			left = append(left, w.lots[i])
		}
	}
	w.lots = left
	return p.x.PutLotMoves(moves, p.at)
}

// code is a customer's code that was sent and entered for a cheque of total.
func (p *past) code(c *pos.Cheque, phone string, points int64, total money.Amount) *confirm.Challenge {
	return &confirm.Challenge{
		ID: pos.ChallengeID(p.id()), Sale: c.ID, Operation: confirm.SpendPoints, Customer: c.Customer, Phone: phone,
		Amount: money.Amount(points) * p.set.Rules.PointValue, Points: points, Total: total, Cashier: p.who, State: confirm.Consumed,
		Channel: "sms", Provider: "smsru", Sends: 1, CreatedAt: p.at, SentAt: p.at, VerifiedAt: p.at,
	}
}

func (p *past) consumed(ch *confirm.Challenge) error {
	if ch == nil {
		return nil
	}
	return errors.Join(p.x.PutChallenge(ch),
		p.x.PutSend(confirm.Send{Challenge: ch.ID, Phone: ch.Phone, At: p.at, State: confirm.Sent, Answered: true}),
		p.note(pos.EventCodeConsumed, string(ch.Sale), map[string]string{"challenge": string(ch.ID)}))
}

// repaid stores the debt of a sale and the money that paid it back.
func (p *past) repaid(s *pos.Sale) error {
	d := &pos.Debt{ID: pos.DebtID(p.id()), Customer: s.Customer, Sale: s.ID, Number: s.Number, Amount: s.DebtAdded, At: s.At, Due: s.DebtDue}
	r := &pos.Repayment{ID: pos.RepaymentID(p.id()), Customer: s.Customer, Shift: p.shift.ID, Employee: p.who, Method: pos.Cash,
		Amount: s.DebtAdded, At: p.at, Parts: []pos.RepaymentPart{{Debt: d.ID, Amount: s.DebtAdded}}}
	return errors.Join(p.x.PutDebt(d), p.x.PutRepayment(r),
		p.book(ledger.KindRepayment, string(r.ID), r.Digest(), p.rub(ledger.Drawer, r.Amount), p.rub(ledger.DebtOf(r.Customer), r.Amount.Neg())),
		p.note(pos.EventDebtRepaid, string(r.ID), nil), p.tell(pos.EventDebtRepaid, string(r.ID), r))
}

func (p *past) rub(a ledger.Account, amount money.Amount) ledger.Posting {
	return ledger.Posting{Account: a, Currency: p.set.Currency, Amount: int64(amount)}
}

func (p *past) book(k ledger.Kind, doc, digest string, postings ...ledger.Posting) error {
	return p.append(&ledger.Entry{Kind: k, Doc: doc, Digest: digest, Shift: p.shift.ID, Postings: postings})
}

func (p *past) append(e *ledger.Entry) error {
	p.entries++
	e.N, e.At, e.Employee = p.entries, p.at, p.who
	if err := e.Seal(p.entryHash); err != nil {
		return err
	}
	p.entryHash = e.Hash
	for _, o := range e.Postings {
		if o.Account == ledger.Drawer {
			p.drawer += money.Amount(o.Amount)
		}
	}
	return p.x.AppendEntry(e)
}

func (p *past) note(k pos.EventKind, subject string, detail map[string]string) error {
	p.events++
	e := &pos.Event{N: p.events, At: p.at, Kind: k, Employee: p.who, Subject: subject, Detail: detail}
	e.Seal(p.eventHash)
	p.eventHash = e.Hash
	return p.x.AppendEvent(e)
}

func (p *past) tell(k pos.EventKind, subject string, what any) error {
	body, err := json.Marshal(what)
	if err != nil {
		return err
	}
	return p.x.Enqueue(&pos.OutboxMessage{ID: p.id(), Kind: k, Subject: subject, Payload: body, At: p.at})
}
