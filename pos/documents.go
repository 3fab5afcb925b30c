package pos

import "kassa/pos/digest"

// Digest is the hex SHA-256 of everything a sale tells: its head, every line
// with its figures, every tender and what confirmed it. The journal's entry of
// the sale carries it, so a sale changed behind the till's back is found.
func (s *Sale) Digest() string {
	d := digest.New("kassa.sale.v1")
	d.Text(string(s.ID)).Text(s.Till).Int(s.Epoch).Int(s.Number)
	d.Text(string(s.Shift)).Text(string(s.Employee)).Text(string(s.Customer)).Time(s.At).Text(string(s.Currency))
	d.Int(int64(s.Gross)).Int(int64(s.Discount)).Int(int64(s.Rounding)).Int(int64(s.Total)).Int(int64(s.VAT)).Int(int64(s.Change))
	d.Int(s.PointsSpent).Int(s.PointsEarned).Int(int64(s.DebtAdded)).Time(s.DebtDue)
	d.Int(int64(len(s.Lines)))
	for i := range s.Lines {
		s.Lines[i].write(d)
	}
	d.Int(int64(len(s.Tenders)))
	for i := range s.Tenders {
		t := &s.Tenders[i]
		d.Int(int64(t.No)).Text(string(t.Method)).Int(int64(t.Amount)).Int(t.Points).Text(string(t.Challenge))
		d.Bool(t.Override != nil)
		if o := t.Override; o != nil {
			d.Text(o.Operation).Int(int64(o.Amount)).Text(string(o.Employee)).Text(o.Cause).Text(o.Reason).Time(o.At)
		}
	}
	s.writeCosts(d)
	s.writeOffers(d)
	s.writeOrders(d)
	if t := s.Terms; t != nil {
		d.Text("terms").Text(string(t.Group)).Int(int64(t.EarnRate)).Int(int64(t.MaxPointsShare)).Int(int64(t.PointValue)).Int(int64(t.CreditLimit)).Int(int64(t.GroupLimit))
	}
	return d.Hex()
}

// writeOrders adds which orders paid. A sale without one reads as it did before
// there were any.
func (s *Sale) writeOrders(d *digest.Digest) {
	for i := range s.Tenders {
		if t := &s.Tenders[i]; t.Order != "" {
			d.Text("order").Int(int64(t.No)).Text(t.Order)
		}
	}
}

// writeCosts adds what the goods cost the shop. A sale of goods whose cost
// nobody knows reads as it did before costs were kept, so that older sales keep
// the digest they were booked with.
func (s *Sale) writeCosts(d *digest.Digest) {
	known := false
	for i := range s.Lines {
		known = known || s.Lines[i].Cost != 0
	}
	if !known {
		return
	}
	d.Text("costs")
	for i := range s.Lines {
		d.Int(int64(s.Lines[i].Cost))
	}
}

func (l *SaleLine) write(d *digest.Digest) {
	d.Int(int64(l.Line.No)).Text(string(l.Product)).Text(l.SKU).Text(l.Name).Text(l.Barcode).Text(l.Unit)
	d.Int(int64(l.ListPrice)).Int(int64(l.Price)).Int(int64(l.Qty)).Int(int64(l.Line.VAT))
	d.Int(int64(l.Line.Discount.Percent)).Int(int64(l.Line.Discount.Sum))
	d.Bool(l.Flags.Weighed).Bool(l.Flags.AskPrice).Bool(l.Flags.NoEarn).Bool(l.Flags.NoPoints)
	d.Bool(l.Removed).Text(l.Reason)
	d.Int(int64(l.Gross)).Int(int64(l.Own)).Int(int64(l.Share)).Int(int64(l.LineTotals.Discount)).Int(int64(l.Sum)).Int(int64(l.LineTotals.VAT))
}

// Digest is the hex SHA-256 of what is known of a shift when it is booked: the
// opening alone while it is open, the count too once it is closed.
func (s *Shift) Digest() string {
	d := digest.New("kassa.shift.v1")
	d.Text(string(s.ID)).Int(s.Number).Time(s.OpenedAt).Text(string(s.OpenedBy)).Int(int64(s.Float))
	d.Time(s.ClosedAt).Text(string(s.ClosedBy)).Int(int64(s.Expected)).Int(int64(s.Counted))
	return d.Hex()
}

// Opening is the shift as it stood when it was opened.
func (s *Shift) Opening() *Shift {
	return &Shift{ID: s.ID, Number: s.Number, OpenedAt: s.OpenedAt, OpenedBy: s.OpenedBy, Float: s.Float}
}

// Digest is the hex SHA-256 of a movement of cash.
func (m *CashMove) Digest() string {
	d := digest.New("kassa.cash.v1")
	d.Text(string(m.ID)).Text(string(m.Shift)).Text(string(m.Employee)).Int(int64(m.Amount)).Text(m.Reason).Time(m.At)
	return d.Hex()
}

// Digest is the hex SHA-256 of a repayment and of how it was spread.
func (r *Repayment) Digest() string {
	d := digest.New("kassa.repayment.v1")
	d.Text(string(r.ID)).Text(string(r.Customer)).Text(string(r.Shift)).Text(string(r.Employee))
	d.Text(string(r.Method)).Int(int64(r.Amount)).Time(r.At).Int(int64(len(r.Parts)))
	for _, p := range r.Parts {
		d.Text(string(p.Debt)).Int(int64(p.Amount))
	}
	return d.Hex()
}
