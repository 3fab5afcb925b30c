package counter

import (
	"context"
	"errors"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/store"
	"kassa/pos/wire"
)

// FinishSale stores the sale. CodeCodeRequired while a tender waits for its
// code, CodeNotPaid while something is due, CodeConflict with nothing in the
// cheque or non-cash beyond the total. Nothing of the sale is stored on an
// error.
func (t *Till) FinishSale(ctx context.Context, a pos.Actor) (*pos.Sale, error) {
	var s *pos.Sale
	err := t.desk.ChangeOrRefuse(ctx, a, pos.RightSell, func(o *Op) (refused, err error) {
		c, shift, err := o.ChequeToPay()
		if err != nil {
			return nil, err
		}
		if c.Exchange() != nil {
			return nil, pos.E(pos.CodeConflict, "return.finish-exchange", nil)
		}
		confirmed, refused, err := o.Confirmed(c)
		if refused != nil || err != nil {
			return refused, err
		}
		if s, err = o.MakeSale(c, shift, confirmed); err != nil {
			return nil, err
		}
		return nil, o.StoreSale(s, confirmed)
	})
	if errors.Is(err, store.ErrUnknown) && s != nil {
		return t.StoredSale(ctx, s.ID)
	}
	return desk.OrNil(s, err)
}

// StoredSale answers for a commit nobody knows the outcome of: the sale is
// there and done, or it is not and may be finished again. It asks in a transaction
// that may write, which begins only where what it finds is kept by the disk.
func (t *Till) StoredSale(ctx context.Context, id pos.SaleID) (*pos.Sale, error) {
	var s *pos.Sale
	err := t.desk.Store.Update(context.WithoutCancel(ctx), func(tx store.Tx) (err error) {
		s, err = tx.Sale(id)
		return err
	})
	switch {
	case err == nil:
		return s, nil
	case pos.CodeOf(err) == pos.CodeNotFound:
		return nil, pos.E(pos.CodeUnavailable, "sale.not-stored", nil)
	}
	return nil, t.desk.Told(pos.Wrap(pos.CodeUnavailable, "sale.outcome-unknown", err))
}

// Confirmed returns the challenges of the cheque's tenders, each verified or
// skipped and still standing for this very sale. A code that is still waited
// for is refused with CodeCodeRequired; one that stands for something else is
// revoked, which is kept.
func (o *Op) Confirmed(c *pos.Cheque) (map[pos.ChallengeID]*confirm.Challenge, error, error) {
	all := map[pos.ChallengeID]*confirm.Challenge{}
	for i, d := range c.Tenders {
		if !d.Method.NeedsCustomer() {
			continue
		}
		if err := o.CodesDecided(); err != nil {
			return nil, nil, err
		}
		free, err := o.needless(d)
		if err != nil {
			return nil, nil, err
		}
		if free != nil {
			if d, err = o.let(c, i, free); err != nil {
				return nil, nil, err
			}
		}
		if d.Challenge == "" {
			if o.Settings.Confirm(d.Method).Asks() {
				return nil, codeRequired(d), nil
			}
			continue
		}
		ch, err := o.challengeOf(d.Challenge)
		if err != nil {
			return nil, nil, err
		}
		refused, err := o.stands(c, d, ch)
		if refused != nil || err != nil {
			return nil, refused, err
		}
		all[ch.ID] = ch
	}
	return all, nil, nil
}

// needless is the challenge of a tender that waits for a code which the shop asks no
// more: it decided so since. nil where the code was given or skipped, or is still
// asked. What was decided past the till decides nothing here.
func (o *Op) needless(d pos.Tender) (*confirm.Challenge, error) {
	if d.Challenge == "" || o.Settings.Confirm(d.Method).Asks() {
		return nil, nil
	}
	ch, err := o.challengeOf(d.Challenge)
	switch {
	case err != nil:
		return nil, err
	case ch.Seal != pos.SealWhole || ch.Override != nil || ch.State == confirm.Verified || ch.Ended():
		return nil, nil
	case o.CodesDecided() != nil:
		return nil, nil
	}
	return ch, nil
}

// let frees tender i of the cheque from a code that is asked no more.
func (o *Op) let(c *pos.Cheque, i int, ch *confirm.Challenge) (pos.Tender, error) {
	d := c.Tenders[i]
	d.Challenge = ""
	if err := o.PutTender(c.ID, &d); err != nil {
		return d, err
	}
	c.Tenders[i] = d
	return d, o.clients.Revoke(ch, "code.revoked-settings")
}

// stands tells whether one challenge confirms its tender now.
func (o *Op) stands(c *pos.Cheque, d pos.Tender, ch *confirm.Challenge) (refused, err error) {
	if err := o.lapse(ch); err != nil {
		return nil, err
	}
	why, err := o.unbound(c, ch)
	if err != nil {
		return nil, err
	}
	if why == "" && ch.Cashier != o.Actor.ID && (ch.Override == nil || ch.Override.Employee != o.Actor.ID) {
		why = "code.revoked-cashier"
	}
	if why != "" {
		return pos.E(pos.CodeCodeRequired, why, nil), o.release(c, ch, why)
	}
	switch {
	case ch.Confirmed(o.Steady):
		return nil, nil
	case ch.Override != nil:
		return pos.E(pos.CodeCodeRequired, "code.skip-ran-out", pos.Args{"Amount": d.Amount}), nil
	case ch.ReasonID == confirm.RanOut:
		return pos.E(pos.CodeCodeRequired, confirm.RanOut, nil), nil
	}
	return codeRequired(d), nil
}

func codeRequired(d pos.Tender) error {
	return pos.E(pos.CodeCodeRequired, "code.required-"+string(d.Method), pos.Args{"Amount": d.Amount})
}

// MakeSale makes the document, asking every rule about money once more.
func (o *Op) MakeSale(c *pos.Cheque, shift *pos.Shift, confirmed map[pos.ChallengeID]*confirm.Challenge) (*pos.Sale, error) {
	p, err := o.price(c)
	if err != nil {
		return nil, err
	}
	t, buyer, rules := p.Totals, p.buyer, p.rules
	switch {
	case t.Gross > money.MaxAmount:
		return nil, pos.E(pos.CodeLimit, "cheque.too-large", pos.Args{"Max": money.MaxAmount})
	case t.Due > 0:
		return nil, pos.E(pos.CodeNotPaid, "sale.not-paid", pos.Args{"Due": t.Due})
	case t.Excess > 0:
		return nil, pos.E(pos.CodeConflict, "tender.excess", pos.Args{"Excess": t.Excess})
	case money.RoundDown(t.Change, rules.RoundingStep) != t.Change:
		return nil, pos.E(pos.CodeConflict, "sale.change-step", pos.Args{"Change": t.Change, "Step": rules.RoundingStep})
	}
	if err := o.demandApproved(c, t.Total); err != nil {
		return nil, err
	}
	if err := o.recheckCertificates(c, t); err != nil {
		return nil, err
	}
	if err := o.recheck(c, t, buyer, rules); err != nil {
		return nil, err
	}
	used, err := o.usedCoupons(c)
	if err != nil {
		return nil, err
	}
	s := pos.NewSale(c, t)
	s.Coupons = used
	s.Till, s.Shift, s.Employee, s.At, s.Currency = o.Settings.Till, shift.ID, o.Actor.ID, o.At, o.Settings.Currency
	if s.DebtAdded > 0 {
		s.DebtDue = rules.DueDate(o.At)
	}
	for i := range s.Tenders {
		if ch := confirmed[s.Tenders[i].Challenge]; ch != nil {
			s.Tenders[i].Override = ch.Override
		}
	}
	if buyer != nil {
		if err := o.clients.Untouched(buyer); err != nil {
			return nil, err
		}
		g, err := o.clients.GroupOf(buyer)
		if err != nil {
			return nil, err
		}
		s.Terms = pos.TermsOf(buyer, g, rules)
	}
	if s.Epoch, err = o.Epoch(); err != nil {
		return nil, err
	}
	s.Number, err = o.NextSaleNumber()
	return s, err
}

// recheck asks the limits of points and credit again: the customer may have
// spent or borrowed elsewhere since the tender was entered.
func (o *Op) recheck(c *pos.Cheque, t pos.Totals, customer *pos.Customer, rules pos.Rules) error {
	points, credit := c.Tender(pos.Points), c.Tender(pos.Credit)
	if points == nil && credit == nil {
		return nil
	}
	if customer == nil {
		return pos.E(pos.CodeInternal, "till.internal", nil)
	}
	if err := customer.CheckHold(o.Steady); err != nil {
		return o.ShownIn(err)
	}
	s, err := o.clients.StateOf(customer)
	if err != nil {
		return err
	}
	if points != nil {
		if err := checkPoints(t, s, rules, points.Points); err != nil {
			return err
		}
	}
	if credit != nil {
		return pos.CheckCredit(*s, credit.Amount)
	}
	return nil
}

// StoreSale writes the sale and everything that follows from it.
func (o *Op) StoreSale(s *pos.Sale, confirmed map[pos.ChallengeID]*confirm.Challenge) error {
	if err := o.PutSale(s); err != nil {
		return err
	}
	earned, err := o.movePoints(s)
	if err != nil {
		return err
	}
	for _, step := range []func(*pos.Sale) error{o.addDebt, o.moveGoods, o.activate, o.useCoupons} {
		if err := step(s); err != nil {
			return err
		}
	}
	if err := o.consume(s, confirmed); err != nil {
		return err
	}
	entry := ledger.OfSale(s)
	if err := o.Book(entry); err != nil {
		return err
	}
	if err := o.Note(pos.EventSaleCompleted, string(s.ID), saleDetail(s, entry.Digest, earned)); err != nil {
		return err
	}
	if err := o.Tell(wire.OfSale(s, entry.Digest)); err != nil {
		return err
	}
	return o.DeleteCheque(s.ID)
}

// movePoints takes the points spent out of the customer's lots and adds the lot
// that was earned; it returns nil when the sale gave nothing.
func (o *Op) movePoints(s *pos.Sale) (*pos.Lot, error) {
	if s.PointsSpent > 0 {
		lots, err := o.Lots(s.Customer)
		if err != nil {
			return nil, err
		}
		moves, err := pos.SpendLots(lots, s.ID, s.PointsSpent, o.Due())
		if err != nil {
			return nil, err
		}
		if err := o.clients.PutSpent(lots, moves); err != nil {
			return nil, err
		}
	}
	if s.PointsEarned == 0 {
		return nil, nil
	}
	lot := o.Settings.Rules.EarnedLot(pos.LotID(o.NewID()), s, o.At)
	return &lot, o.PutLot(&lot)
}

func (o *Op) addDebt(s *pos.Sale) error {
	if s.DebtAdded == 0 {
		return nil
	}
	return o.PutDebt(&pos.Debt{ID: pos.DebtID(o.NewID()), Customer: s.Customer, Sale: s.ID, Number: s.Number,
		Amount: s.DebtAdded, Left: s.DebtAdded, At: s.At, Due: s.DebtDue})
}

// moveGoods takes what was sold off the stock, once per product.
func (o *Op) moveGoods(s *pos.Sale) error {
	sold := map[pos.ProductID]money.Quantity{}
	var order []pos.ProductID // as rung up, so that the rows come out the same every time
	for i := range s.Lines {
		l := &s.Lines[i]
		if l.Removed || l.Certificate != "" {
			continue
		}
		if _, seen := sold[l.Product]; !seen {
			order = append(order, l.Product)
		}
		sold[l.Product] += l.Qty
	}
	for _, id := range order {
		if err := o.MoveStock(id, -sold[id], string(s.ID), o.At); err != nil {
			return err
		}
		if err := o.CountSold(id, 1); err != nil {
			return err
		}
	}
	return nil
}

// consume uses up what confirmed the sale's tenders, each exactly once: a code
// is consumed, a skip is recorded with the sale.
func (o *Op) consume(s *pos.Sale, confirmed map[pos.ChallengeID]*confirm.Challenge) error {
	for _, d := range s.Tenders {
		ch := confirmed[d.Challenge]
		switch {
		case ch == nil:
			continue
		case ch.Override != nil:
			if err := o.PutOverride(ch.Override); err != nil {
				return err
			}
			continue
		}
		used, err := o.ConsumeChallenge(ch.ID, o.Steady)
		if err != nil {
			return err
		}
		if !used {
			return codeRequired(d.Tender)
		}
		if err := o.clients.NoteCode(pos.EventCodeConsumed, ch, nil); err != nil {
			return err
		}
	}
	return nil
}
