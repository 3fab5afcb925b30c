package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

// The short past and the long one that every operation of a till is measured over,
// and how often.
const (
	fewSales, manySales = 1_000, 1_000_000
	historyRounds       = 101
)

// benchHistory measures every operation of a till with a long past beside the
// same with a short one.
func benchHistory(ctx context.Context, dir string) (_ []promise, err error) {
	var shops [2]*shift
	for i, n := range []int64{fewSales, manySales} {
		from, err := cached(ctx, fmt.Sprintf("sales-%d", n), func(ctx context.Context, dir string) error { return fillPast(ctx, dir, n) })
		if err != nil {
			return nil, err
		}
		s, err := beginShift(ctx, from, filepath.Join(dir, fmt.Sprint(n)), n)
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, s.close()) }()
		shops[i] = s
	}
	var out []promise
	for _, op := range operations {
		little, much := op.of(ctx, shops[0]), op.of(ctx, shops[1])
		got, err := inTurn(historyRounds, little, much)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", op.name, err)
		}
		out = append(out, promise{what: op.name + ", 1,000,000 sales", got: got[1], base: got[0], beside: "1,000 sales", limit: 1.3})
	}
	return out, nil
}

// shift is a counter with a past, in the middle of a working day.
type shift struct {
	*counter
	past   int64 // sales
	buyer  pos.CustomerID
	next   int
	view   *till.ChequeView
	parked pos.SaleID
}

func beginShift(ctx context.Context, from, dir string, past int64) (*shift, error) {
	if err := copyStore(from, dir); err != nil {
		return nil, err
	}
	c, err := openCounter(ctx, dir)
	if err != nil {
		return nil, err
	}
	s := &shift{counter: c, past: past}
	found, err := c.till.SearchCustomers(ctx, c.who, fmt.Sprintf("+7900000%04d", regular), 1)
	if err == nil && len(found) != 1 {
		err = errors.New("the regular customer is not found")
	}
	if err != nil {
		return nil, errors.Join(err, c.close())
	}
	s.buyer = found[0].ID
	if err := c.ensureShift(ctx); err != nil {
		return nil, errors.Join(err, c.close())
	}
	for range 3 {
		if err := errors.Join(s.scan(ctx), s.scan(ctx), s.park(ctx)); err != nil {
			return nil, errors.Join(err, c.close())
		}
	}
	return s, nil
}

// operation is something a till does; of makes it ready to be measured.
type operation struct {
	name string
	of   func(ctx context.Context, s *shift) thing
}

// step is a method of shift.
type step = func(s *shift, ctx context.Context) error

// simple is an operation that needs nothing before and leaves nothing to clear.
func simple(name string, do step) operation {
	return operation{name, func(ctx context.Context, s *shift) thing {
		return thing{do: func() error { return do(s, ctx) }}
	}}
}

// between is an operation with something before and after it.
func between(name string, before, do, after step) operation {
	return operation{name, func(ctx context.Context, s *shift) thing {
		bind := func(f step) func() error {
			if f == nil {
				return nil
			}
			return func() error { return f(s, ctx) }
		}
		return thing{before: bind(before), do: bind(do), after: bind(after)}
	}}
}

// operations are all a till does but the login, whose time is a slow hash, and
// what asks for the whole history by its nature (export, self-check).
var operations = []operation{
	simple("start: what was left, quick check", func(s *shift, ctx context.Context) error { _, err := s.till.Begin(ctx); return err }),
	between("scan", (*shift).short, (*shift).scan, nil),
	between("scan, a customer's cheque", (*shift).shortOwned, (*shift).scan, nil),
	between("pick from the search list", (*shift).short, (*shift).add, nil),
	between("quantity", (*shift).some, (*shift).qty, nil),
	between("price", (*shift).some, (*shift).price, nil),
	between("line discount", (*shift).some, (*shift).discount, nil),
	between("cheque discount", (*shift).some, (*shift).chequeDiscount, nil),
	between("remove a line", (*shift).some, (*shift).remove, nil),
	between("cheque on the screen", (*shift).some, (*shift).look, nil),
	between("attach a customer", (*shift).some, (*shift).attach, (*shift).detach),
	between("spend points", (*shift).someOwned, (*shift).points, (*shift).noPoints),
	between("pay in cash", (*shift).some, (*shift).cash, (*shift).noCash),
	between("pay on credit", (*shift).someOwned, (*shift).credit, (*shift).noCredit),
	between("finish the sale", (*shift).paid, (*shift).finish, nil),
	between("finish a customer's sale with points and credit", (*shift).paidOwned, (*shift).finish, (*shift).repay),
	between("repay a debt", (*shift).owe, (*shift).repay, nil),
	between("cancel a cheque", (*shift).some, (*shift).cancel, nil),
	between("park", (*shift).some, (*shift).park, (*shift).recallAndCancel),
	between("recall", (*shift).someParked, (*shift).recall, (*shift).cancel),
	simple("list of parked cheques", func(s *shift, ctx context.Context) error { _, err := s.till.Parked(ctx); return err }),
	simple("search goods", func(s *shift, ctx context.Context) error {
		_, err := s.till.SearchProducts(ctx, "молоко", 20)
		return err
	}),
	simple("search goods by word beginnings", func(s *shift, ctx context.Context) error {
		_, err := s.till.SearchProducts(ctx, "мо", 20)
		return err
	}),
	simple("catalogue page", func(s *shift, ctx context.Context) error {
		_, err := s.till.Products(ctx, s.who, "", "", 50)
		return err
	}),
	simple("search customers by name", func(s *shift, ctx context.Context) error {
		_, err := s.till.SearchCustomers(ctx, s.who, "бел", 20)
		return err
	}),
	simple("search customers by phone", func(s *shift, ctx context.Context) error {
		_, err := s.till.SearchCustomers(ctx, s.who, "0000", 20)
		return err
	}),
	simple("customer's card", func(s *shift, ctx context.Context) error {
		_, err := s.till.CustomerCard(ctx, s.who, s.buyer)
		return err
	}),
	simple("add a customer", func(s *shift, ctx context.Context) error {
		s.next++
		_, err := s.till.AddCustomer(ctx, s.who, till.NewCustomer{Name: "Новый Покупатель", Phone: fmt.Sprintf("+7900001%04d", s.next%10000)})
		return err
	}),
	simple("list of sales", func(s *shift, ctx context.Context) error { _, err := s.till.Sales(ctx, s.who, 0, 50); return err }),
	simple("list of sales, from the middle", func(s *shift, ctx context.Context) error {
		_, err := s.till.Sales(ctx, s.who, s.past/2, 50)
		return err
	}),
	simple("last sale, for its receipt", func(s *shift, ctx context.Context) error { _, err := s.till.Sale(ctx, s.who, ""); return err }),
	between("an old sale, for its receipt", (*shift).chooseOld, (*shift).readOld, nil),
	simple("cash in", func(s *shift, ctx context.Context) error {
		_, err := s.till.CashIn(ctx, s.who, 100_00, "размен")
		return err
	}),
	simple("cash out", func(s *shift, ctx context.Context) error {
		_, err := s.till.CashOut(ctx, s.who, 50_00, "курьеру")
		return err
	}),
	simple("X report", func(s *shift, ctx context.Context) error { _, err := s.till.XReport(ctx, s.who); return err }),
	simple("Z report of the last shift", func(s *shift, ctx context.Context) error { _, err := s.till.ZReport(ctx, s.who, ""); return err }),
	simple("list of shifts", func(s *shift, ctx context.Context) error { _, err := s.till.Shifts(ctx, s.who, 5); return err }),
	between("close the shift", (*shift).fewSold, (*shift).closeShift, nil),
	between("open the shift", (*shift).shut, (*shift).openShift, nil),
}

func (s *shift) keep(v *till.ChequeView, err error) error {
	if err == nil {
		s.view = v
	}
	return err
}

func (s *shift) scan(ctx context.Context) error {
	s.next++
	return s.keep(s.till.Scan(ctx, s.who, barcode(s.next*7%pastGoods), 0, nil))
}

func (s *shift) add(ctx context.Context) error {
	s.next++
	return s.keep(s.till.Add(ctx, s.who, product(s.next*7%pastGoods).ID, 0, nil))
}

func (s *shift) lines() int {
	if s.view == nil || s.view.Cheque.ID == "" {
		return 0
	}
	return s.view.Cheque.Live()
}

// short has a cheque of at most ten lines, nobody's.
func (s *shift) short(ctx context.Context) error {
	if s.lines() >= 10 || (s.lines() > 0 && s.view.Customer != nil) {
		return s.cancel(ctx)
	}
	return nil
}

func (s *shift) shortOwned(ctx context.Context) error {
	if s.lines() >= 10 {
		if err := s.cancel(ctx); err != nil {
			return err
		}
	}
	return s.someOwned(ctx)
}

// some has a cheque of five lines or more, nobody's.
func (s *shift) some(ctx context.Context) error {
	if err := s.short(ctx); err != nil {
		return err
	}
	for s.lines() < 5 {
		if err := s.scan(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (s *shift) someOwned(ctx context.Context) error {
	for s.lines() < 5 {
		if err := s.scan(ctx); err != nil {
			return err
		}
	}
	return s.attach(ctx)
}

func (s *shift) last() int { return s.view.Cheque.Last().No }

func (s *shift) qty(ctx context.Context) error {
	q := money.Quantity(s.next%5+2) * money.One
	s.next++
	return s.keep(s.till.SetQty(ctx, s.who, s.last(), q))
}

func (s *shift) price(ctx context.Context) error {
	s.next++
	return s.keep(s.till.SetPrice(ctx, s.who, s.last(), money.Amount(100_00+s.next%100)))
}

func (s *shift) discount(ctx context.Context) error {
	s.next++
	return s.keep(s.till.DiscountLine(ctx, s.who, s.last(), pos.Discount{Percent: money.Percent(100 + s.next%400)}))
}

func (s *shift) chequeDiscount(ctx context.Context) error {
	s.next++
	return s.keep(s.till.DiscountCheque(ctx, s.who, pos.Discount{Percent: money.Percent(100 + s.next%400)}))
}

// remove takes a line off a cheque that has just got one more.
func (s *shift) remove(ctx context.Context) error {
	return s.keep(s.till.RemoveLine(ctx, s.who, s.last(), "ошибка"))
}

func (s *shift) look(ctx context.Context) error { return s.keep(s.till.Cheque(ctx)) }

func (s *shift) attach(ctx context.Context) error {
	return s.keep(s.till.SetCustomer(ctx, s.who, till.FindCustomer{ID: s.buyer}))
}

func (s *shift) detach(ctx context.Context) error {
	return s.keep(s.till.SetCustomer(ctx, s.who, till.FindCustomer{}))
}

func (s *shift) pay(ctx context.Context, m pos.Method, amount money.Amount) error {
	v, _, err := s.till.Tender(ctx, s.who, m, amount)
	return s.keep(v, err)
}

func (s *shift) points(ctx context.Context) error {
	v, _, err := s.till.SpendPoints(ctx, s.who, 1)
	return s.keep(v, err)
}

func (s *shift) without(ctx context.Context, m pos.Method) error {
	return s.keep(s.till.RemoveTender(ctx, s.who, m, 0))
}

func (s *shift) noPoints(ctx context.Context) error { return s.without(ctx, pos.Points) }
func (s *shift) cash(ctx context.Context) error     { return s.pay(ctx, pos.Cash, 10_00) }
func (s *shift) noCash(ctx context.Context) error   { return s.without(ctx, pos.Cash) }
func (s *shift) credit(ctx context.Context) error   { return s.pay(ctx, pos.Credit, 10_00) }
func (s *shift) noCredit(ctx context.Context) error { return s.without(ctx, pos.Credit) }

func (s *shift) paid(ctx context.Context) error {
	if err := s.some(ctx); err != nil {
		return err
	}
	return s.pay(ctx, pos.Cash, s.view.Totals.Due)
}

func (s *shift) paidOwned(ctx context.Context) error {
	if err := s.someOwned(ctx); err != nil {
		return err
	}
	if err := errors.Join(s.points(ctx), s.credit(ctx)); err != nil {
		return err
	}
	return s.pay(ctx, pos.Card, s.view.Totals.Due)
}

func (s *shift) finish(ctx context.Context) error {
	_, err := s.till.FinishSale(ctx, s.who)
	s.view = nil
	return err
}

// owe leaves a debt of ten roubles.
func (s *shift) owe(ctx context.Context) error {
	if err := s.someOwned(ctx); err != nil {
		return err
	}
	if err := s.credit(ctx); err != nil {
		return err
	}
	return errors.Join(s.pay(ctx, pos.Card, s.view.Totals.Due), s.finish(ctx))
}

func (s *shift) repay(ctx context.Context) error {
	_, _, err := s.till.RepayDebt(ctx, s.who, s.buyer, pos.Cash, 10_00)
	return err
}

func (s *shift) cancel(ctx context.Context) error {
	return s.keep(s.till.CancelCheque(ctx, s.who, "проба"))
}

func (s *shift) park(ctx context.Context) error {
	s.parked = s.view.Cheque.ID
	return s.keep(s.till.Park(ctx, s.who, "отошёл"))
}

func (s *shift) someParked(ctx context.Context) error {
	if err := s.some(ctx); err != nil {
		return err
	}
	return s.park(ctx)
}

func (s *shift) recall(ctx context.Context) error { return s.keep(s.till.Recall(ctx, s.who, s.parked)) }

func (s *shift) recallAndCancel(ctx context.Context) error {
	return errors.Join(s.recall(ctx), s.cancel(ctx))
}

// chooseOld picks a sale somewhere in the past, another each time.
func (s *shift) chooseOld(ctx context.Context) error {
	s.next++
	list, err := s.till.Sales(ctx, s.who, 2+int64(s.next)*104729%(s.past-1), 1)
	if err != nil {
		return err
	}
	s.parked = list[0].ID
	return nil
}

func (s *shift) readOld(ctx context.Context) error {
	_, err := s.till.Sale(ctx, s.who, s.parked)
	return err
}

// fewSold has an open shift in which something was sold, and no cheque.
func (s *shift) fewSold(ctx context.Context) error {
	if err := s.ensureShift(ctx); err != nil {
		return err
	}
	return errors.Join(s.paid(ctx), s.finish(ctx))
}

func (s *shift) closeShift(ctx context.Context) error {
	_, err := s.till.CloseShift(ctx, s.who, 1000_00)
	return err
}

// shut has no open shift.
func (s *shift) shut(ctx context.Context) error {
	err := s.closeShift(ctx)
	if pos.CodeOf(err) == pos.CodeConflict {
		return nil
	}
	return err
}

func (s *shift) openShift(ctx context.Context) error {
	_, err := s.till.OpenShift(ctx, s.who, 500_00)
	return err
}
