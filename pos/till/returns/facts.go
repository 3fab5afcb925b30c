package returns

import (
	"kassa/pos"
	"kassa/pos/barcode"
	"kassa/pos/money"
	"kassa/pos/refund"
	"kassa/pos/till/shelf"
	"slices"
)

// origin is where goods that come back were sold, and what came back of them
// before. Of a return without a receipt it is the zero value.
type origin struct {
	sale    *pos.Sale
	earlier []pos.Return
	back    refund.Returned // by the lines of the sale
}

// origin reads the one of a sale, "" for none.
func (o *op) origin(id pos.SaleID) (*origin, error) {
	if id == "" {
		return &origin{}, nil
	}
	s, err := o.Tx.Sale(id)
	if err != nil {
		return nil, err
	}
	return o.originOf(s)
}

func (o *op) originOf(s *pos.Sale) (*origin, error) {
	from := &origin{sale: s, back: refund.Returned{}}
	var err error
	from.earlier, err = o.ReturnsOf(s.ID)
	for i := range from.earlier {
		from.back.Add(&from.earlier[i])
	}
	return from, err
}

// worth is what the picked lines come to. CodeLimit beyond every bound.
func (from *origin) worth(d *pos.ReturnDraft) (money.Amount, error) {
	lines, err := from.lines(d)
	var worth money.Amount
	for i := range lines {
		worth = worth.Add(lines[i].Sum)
	}
	if err == nil && worth > money.MaxAmount {
		err = pos.E(pos.CodeLimit, "cheque.too-large", pos.Args{"Max": money.MaxAmount})
	}
	return worth, err
}

// facts is what decides about an open return besides where it comes from: how
// that was paid and what became of its points and its debt, as they stand now.
// Without a receipt all of it goes back by one method.
func (o *op) facts(from *origin, d *pos.ReturnDraft) (*refund.Facts, error) {
	if from.sale != nil {
		return o.saleFacts(from)
	}
	worth, err := from.worth(d)
	return &refund.Facts{Payments: []refund.Payment{{Of: d.Method, Paid: worth}}}, err
}

// saleFacts are the facts of a return with a receipt.
func (o *op) saleFacts(from *origin) (*refund.Facts, error) {
	s := from.sale
	f := &refund.Facts{Sale: s, Back: from.back,
		Points: map[pos.SaleID]*refund.Points{}, Credit: map[pos.SaleID]*refund.Credit{}}
	if s.Customer != "" {
		owner, err := o.clients.Surviving(o.Customer(s.Customer))
		if err != nil {
			return nil, err
		}
		f.Owner = owner.ID
	}
	var err error
	if f.Payments, err = o.payments(s); err != nil {
		return nil, err
	}
	for i := range from.earlier {
		r := &from.earlier[i]
		f.Settled += r.PointsTaken + r.PointsWithheld + r.PointsKept
		for j := range r.Refunds {
			d := &r.Refunds[j]
			if p := payment(f.Payments, d.Sale, d.Of, d.Certificate); p != nil {
				p.Back = p.Back.Add(d.Amount)
			}
			if d.Method == pos.Rounding {
				f.Rounded = append(f.Rounded, *d)
			}
		}
	}
	for i := range f.Payments {
		p := &f.Payments[i]
		switch {
		case p.Sale == "":
		case p.Of == pos.Points:
			f.Points[p.Sale], err = o.spentPoints(p.Sale, s)
		case p.Of == pos.Credit:
			f.Credit[p.Sale], err = o.spentCredit(p.Sale)
		}
		if err != nil {
			return nil, err
		}
	}
	if s.Customer == "" || s.PointsEarned == 0 {
		return f, nil
	}
	lots, err := o.Lots(f.Owner)
	for _, l := range lots {
		if l.Sale == s.ID && l.Return == "" {
			f.Earned = append(f.Earned, l)
		}
	}
	return f, err
}

// payment finds one among a sale's payments; nil for none.
func payment(all []refund.Payment, sale pos.SaleID, of pos.Method, certificate string) *refund.Payment {
	for i := range all {
		if p := &all[i]; p.Sale == sale && p.Of == of && p.Certificate == certificate {
			return p
		}
	}
	return nil
}

// payments is what a sale was paid with, tenders corrected, and what was
// exchanged for it told as what that had been paid with.
func (o *op) payments(s *pos.Sale) ([]refund.Payment, error) {
	var all []refund.Payment
	add := func(sale pos.SaleID, of pos.Method, certificate string, amount money.Amount) {
		p := payment(all, sale, of, certificate)
		if p == nil {
			all = append(all, refund.Payment{Sale: sale, Of: of, Certificate: certificate})
			p = &all[len(all)-1]
		}
		p.Paid = p.Paid.Add(amount)
	}
	for _, d := range s.Tenders {
		if d.Method.ComesBackAs() != "" {
			add(s.ID, d.Method, d.Certificate, d.Amount)
		}
	}
	if s.Change != 0 {
		add(s.ID, pos.ChangeMethod, "", s.Change.Neg())
	}
	corrections, err := o.CorrectionsOf(s.ID)
	if err != nil {
		return nil, err
	}
	for _, c := range corrections {
		add(s.ID, c.From, "", c.Amount.Neg())
		add(s.ID, c.To, "", c.Amount)
	}
	if s.Exchanged() == 0 {
		return all, nil
	}
	before, err := o.ExchangedFor(s.ID)
	if err != nil {
		return nil, err
	}
	for i := range before.Refunds {
		if d := &before.Refunds[i]; d.Method == pos.Exchange {
			add(d.Sale, d.Of, d.Certificate, d.Amount)
		}
	}
	return all, nil
}

// spentPoints is what is known of the points spent on a sale; have is a sale
// that was read already.
func (o *op) spentPoints(id pos.SaleID, have *pos.Sale) (*refund.Points, error) {
	s := have
	if s.ID != id {
		var err error
		if s, err = o.Tx.Sale(id); err != nil {
			return nil, err
		}
	}
	p := &refund.Points{Customer: s.Customer, Points: s.PointsSpent, Amount: s.Paid(pos.Points)}
	refunds, err := o.RefundsOf(id)
	if err != nil {
		return nil, err
	}
	for i := range refunds {
		if d := &refunds[i]; d.Method == pos.Points {
			p.BackPoints += d.Points
			p.BackAmount = p.BackAmount.Add(d.Amount)
		}
	}
	spent, err := o.SpentIn(id)
	if err != nil {
		return nil, err
	}
	moved, err := o.PointsOf(id)
	if err != nil {
		return nil, err
	}
	for _, m := range spent {
		l, err := o.Lot(m.Lot)
		if err != nil {
			return nil, err
		}
		lot := refund.Lot{Lot: *l, Spent: -m.Points}
		for _, back := range moved {
			if back.Lot == m.Lot && back.Points > 0 {
				lot.Back += back.Points
			}
		}
		p.Customer = l.Customer // whoever has the lot now
		p.Lots = append(p.Lots, lot)
	}
	return p, nil
}

// spentCredit is what is known of the debt a sale left.
func (o *op) spentCredit(id pos.SaleID) (*refund.Credit, error) {
	debt, err := o.DebtOf(id)
	if err != nil {
		return nil, err
	}
	repaid, err := o.RepaidOf(debt.ID)
	if err != nil {
		return nil, err
	}
	refunds, err := o.RefundsOf(id)
	if err != nil {
		return nil, err
	}
	for i := range refunds {
		if d := &refunds[i]; d.Of == pos.Credit && d.Method.OverCounter() {
			repaid[d.Method] = max(0, repaid[d.Method].Sub(d.Amount))
		}
	}
	return &refund.Credit{Debt: *debt, Repaid: repaid}, nil
}

// findSale finds a sale by the one field given.
func (o *op) findSale(f FindSale) (*pos.Sale, error) {
	given := 0
	for _, is := range []bool{f.ID != "", f.Number != 0, f.Code != ""} {
		if is {
			given++
		}
	}
	if given != 1 {
		return nil, pos.E(pos.CodeInvalid, "return.find-one", nil)
	}
	s, err := o.namedSale(f)
	if pos.CodeOf(err) == pos.CodeNotFound {
		return nil, pos.E(pos.CodeNotFound, "return.no-sale", nil)
	}
	return s, err
}

func (o *op) namedSale(f FindSale) (*pos.Sale, error) {
	if f.Code != "" {
		text, err := shelf.CodeText(f.Code)
		if err != nil {
			return nil, err
		}
		for _, form := range append([]string{text}, slices.Concat(barcode.Typed(text)...)...) {
			if id, ok := pos.ReceiptSale(form); ok {
				return o.Tx.Sale(id)
			}
		}
		n, err := saleNumber(text)
		if err != nil {
			return nil, err
		}
		f.Number = n
	}
	if f.ID != "" {
		return o.Tx.Sale(f.ID)
	}
	if f.Number < 0 {
		return nil, pos.E(pos.CodeInvalid, "return.find-number", nil)
	}
	return o.counter.SaleNumbered(f.Number, f.Epoch)
}
