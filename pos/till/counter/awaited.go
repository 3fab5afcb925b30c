package counter

import (
	"context"
	"slices"
	"strings"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/pan"
	"kassa/pos/till/internal/desk"
	"kassa/pos/wire"
)

// AskManual asks for a manual payment of so much of the cheque, or with 0 of all that
// is due, by a merchant: the tender is put, whoever decides is asked through the
// queue, and the cheque is set aside until they did, so that the next customer can
// be served. Nothing of it is money before that. It needs RightManualCreate, and
// returns CodeConflict for a cheque with other tenders, which are put once the
// order is approved, and for one of an exchange; CodeInvalid for more than is due
// and for a merchant that does not take the shop's currency.
func (t *Till) AskManual(ctx context.Context, a pos.Actor, m *manual.Merchant, amount money.Amount) (*manual.Awaited, error) {
	id := t.desk.NewID()
	var w *manual.Awaited
	err := t.desk.Change(ctx, a, pos.Manual.Right(), func(o *Op) error {
		c, _, err := o.ChequeToPay()
		if err != nil {
			return err
		}
		p, err := o.price(c)
		if err != nil {
			return err
		}
		if amount == 0 {
			amount = p.Due
		}
		if err := o.mayAwait(c, p.Totals, m, amount); err != nil {
			return err
		}
		w = &manual.Awaited{Order: id, Sale: c.ID, Merchant: m.ID, Account: m.Name, Currency: o.Settings.Currency, Amount: amount, Total: p.Total,
			Customer: c.Customer, Asked: o.At, By: o.Actor.ID, State: manual.Open}
		if err := o.PutAwaited(w); err != nil {
			return err
		}
		if err := o.AddTender(c, pos.Tender{No: c.NextTender(), Method: pos.Manual, Amount: amount, Order: id}); err != nil {
			return err
		}
		if err := o.Tell(wire.OfOrder(askFor(w, c, p.buyer), o.person(), manual.Rights{Create: true, Currency: w.Currency}, o.At)); err != nil {
			return err
		}
		if err := o.Note(pos.EventManualAsked, string(c.ID), map[string]string{"order": id, "merchant": m.ID, "amount": desk.Minor(amount), "total": desk.Minor(p.Total)}); err != nil {
			return err
		}
		return o.setAside(c)
	})
	return desk.OrNil(w, err)
}

// mayAwait tells whether a cheque can wait for a manual payment of so much.
func (o *Op) mayAwait(c *pos.Cheque, t pos.Totals, m *manual.Merchant, amount money.Amount) error {
	if err := o.Demand(pos.RightSell); err != nil {
		return err
	}
	for _, d := range c.Tenders {
		switch {
		case d.Method.Put() == pos.PutByTill:
			return pos.E(pos.CodeConflict, "manual.exchange", nil)
		case !d.Method.NeedsApproval():
			return pos.E(pos.CodeConflict, "manual.other-tenders", nil)
		}
	}
	if err := checkTender(t, pos.Manual, amount); err != nil {
		return err
	}
	if m.Archived {
		return pos.E(pos.CodeConflict, "manual.merchant-archived", pos.Args{"Name": m.Name})
	}
	return m.Demand(o.Settings.Currency)
}

// person is who does the operation, as the backend is told of them.
func (o *Op) person() manual.Person { return manual.Person{ID: string(o.Actor.ID), Name: o.Actor.Name} }

// asAsked is the version of an order nobody has done anything about.
const asAsked = 1

// askFor is what the backend is asked to note.
func askFor(w *manual.Awaited, c *pos.Cheque, buyer *pos.Customer) *manual.Ask {
	a := &manual.Ask{ID: w.Order, Where: manual.AtTill, Text: paidFor(c), Price: w.Amount, Currency: w.Currency, Merchant: w.Merchant}
	if buyer != nil {
		a.Customer, a.CustomerName, a.Phone = string(buyer.ID), buyer.Name, buyer.Phone
	}
	return a
}

// mostPaidFor is how much of what is paid for is told, in runes.
const mostPaidFor = 100

// paidFor says in short what a cheque sells, by which whoever decides knows it.
func paidFor(c *pos.Cheque) string {
	var names []string
	for i := range c.Lines {
		if l := &c.Lines[i]; !l.Removed && !slices.Contains(names, l.Name) {
			names = append(names, l.Name)
		}
	}
	text, _ := pan.Mask(strings.Join(names, ", "))
	if runes := []rune(text); len(runes) > mostPaidFor {
		text = strings.TrimRight(string(runes[:mostPaidFor-1]), " ,") + "…"
	}
	return text
}

// setAside parks a cheque that waits for a decision.
func (o *Op) setAside(c *pos.Cheque) error {
	c.State, c.ParkedAt = pos.ChequeParked, o.At
	c.Rev++
	return o.PutChequeHead(c)
}

// letGo says that an order pays nothing any more because its tender was taken off:
// whoever would decide it need not.
func (o *Op) letGo(c *pos.Cheque, order string) error {
	w, err := o.Awaited(order)
	if err != nil {
		return err
	}
	w.Loose = true
	if err := o.PutAwaited(w); err != nil {
		return err
	}
	if w.State == manual.Open {
		// Whoever may take a tender off may say that its order is not needed: nobody need
		// have a right over the payments of others for that.
		ruling := manual.Ruling{Decision: manual.Decline, Version: asAsked, Where: manual.AtTill}
		may := manual.Rights{Decide: true, Own: true, Currency: w.Currency}
		if err := o.Tell(wire.OfRuling(o.NewID(), order, &ruling, o.person(), may, o.At)); err != nil {
			return err
		}
	}
	return o.Note(pos.EventManualWithdrawn, string(c.ID), map[string]string{"order": order, "state": string(w.State), "amount": desk.Minor(w.Amount)})
}

// AwaitedView is a manual payment of a cheque as it stands.
type AwaitedView struct {
	manual.Awaited
	Standing manual.Standing
	Why      *pos.Error // of manual.Differs
}

// awaitedOf are the manual payments among the tenders of a cheque, in their order.
func (o *Op) awaitedOf(c *pos.Cheque, total money.Amount) (all []AwaitedView, err error) {
	for _, d := range c.Tenders {
		if !d.Method.NeedsApproval() {
			continue
		}
		w, err := o.Awaited(d.Order)
		if err != nil {
			return nil, err
		}
		v := AwaitedView{Awaited: *w, Standing: manual.Gone}
		if w.Sale == c.ID && w.Amount == d.Amount {
			v.Standing, v.Why = w.Stands(total, c.Customer, o.Settings.Currency)
		}
		all = append(all, v)
	}
	return all, nil
}

// demandApproved refuses a sale while a manual payment does not pay it: CodeNotPaid
// while nobody decided, CodeConflict with what differs.
func (o *Op) demandApproved(c *pos.Cheque, total money.Amount) error {
	all, err := o.awaitedOf(c, total)
	if err != nil {
		return err
	}
	for i := range all {
		switch v := &all[i]; v.Standing {
		case manual.Pays:
		case manual.Waits:
			return pos.E(pos.CodeNotPaid, "manual.waits", pos.Args{"Amount": v.Amount, "Merchant": v.Account})
		case manual.Differs:
			return v.Why
		default:
			return pos.E(pos.CodeConflict, "manual.pays-gone", pos.Args{"Amount": v.Amount, "Merchant": v.Account})
		}
	}
	return nil
}

// TakeManual makes an approved order pay the open cheque although something is not
// as it was asked: the sum that was confirmed, what the cheque sells, or for whom. It
// pays as much as was confirmed and the cheque needs. CodeConflict for one nobody
// approved, or approved in another currency.
func (t *Till) TakeManual(ctx context.Context, a pos.Actor, order string) (*ChequeView, error) {
	return t.edit(ctx, a, pos.RightSell, func(o *Op, c *pos.Cheque) error {
		i := slices.IndexFunc(c.Tenders, func(d pos.Tender) bool { return d.Order == order && order != "" })
		if i < 0 {
			return pos.E(pos.CodeNotFound, "tender.none", nil)
		}
		w, err := o.Awaited(order)
		if err != nil {
			return err
		}
		if !w.Takable(o.Settings.Currency) {
			return pos.E(pos.CodeConflict, "manual.not-takable", pos.Args{"Amount": w.Amount, "Merchant": w.Account})
		}
		p, err := o.price(c)
		if err != nil {
			return err
		}
		d := &c.Tenders[i]
		amount := min(w.Price, p.Total.Sub(p.Paid.Sub(d.Amount)))
		if amount <= 0 {
			return pos.E(pos.CodeConflict, "tender.nothing-due", nil)
		}
		was := w.Amount
		d.Amount = amount
		if err := o.PutTender(c.ID, d); err != nil {
			return err
		}
		w.Take(amount, p.Total, c.Customer)
		if err := o.PutAwaited(w); err != nil {
			return err
		}
		return o.Note(pos.EventManualTaken, string(c.ID), map[string]string{"order": order, "asked": desk.Minor(was), "price": desk.Minor(w.Price),
			"amount": desk.Minor(amount), "total": desk.Minor(p.Total)})
	})
}
