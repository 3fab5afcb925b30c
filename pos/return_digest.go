package pos

import "kassa/pos/digest"

// Digest is the hex SHA-256 of everything a return tells.
func (r *Return) Digest() string {
	d := digest.New("kassa.return.v1")
	d.Text(string(r.ID)).Text(r.Till).Int(r.Epoch).Int(r.Number)
	d.Text(string(r.Shift)).Text(string(r.Employee)).Text(string(r.Sale)).Int(r.SaleNo).Text(string(r.Customer))
	d.Time(r.At).Text(string(r.Currency)).Text(r.Reason).Text(string(r.Exchange))
	d.Int(int64(r.Total)).Int(int64(r.VAT))
	d.Int(r.PointsBack).Int(r.PointsRestored).Int(r.PointsTaken).Int(r.PointsWithheld).Int(r.PointsKept)
	d.Int(int64(len(r.Lines)))
	for i := range r.Lines {
		l := &r.Lines[i]
		d.Int(int64(l.No)).Int(int64(l.Origin)).Text(string(l.Product)).Text(l.SKU).Text(l.Name).Text(l.Unit)
		d.Int(int64(l.Price)).Int(int64(l.Cost)).Int(int64(l.Qty)).Int(int64(l.Rate)).Int(int64(l.Sum)).Int(int64(l.VAT))
		d.Text(l.Reason).Bool(l.Restock)
	}
	d.Int(int64(len(r.Refunds)))
	for i := range r.Refunds {
		f := &r.Refunds[i]
		d.Int(int64(f.No)).Text(string(f.Sale)).Text(string(f.Of)).Text(f.Certificate).Text(string(f.Method))
		d.Int(int64(f.Amount)).Int(f.Points).Text(string(f.Customer)).Text(string(f.Debt))
	}
	d.Int(int64(len(r.Points)))
	for i := range r.Points {
		m := &r.Points[i]
		d.Text(string(m.Lot)).Text(string(m.Sale)).Text(string(m.Customer)).Int(m.Points).Text(string(m.Fresh)).Time(m.Expires)
	}
	return d.Hex()
}

// Digest is the hex SHA-256 of a correction.
func (c *Correction) Digest() string {
	d := digest.New("kassa.correction.v1")
	d.Text(string(c.ID)).Text(string(c.Sale)).Int(c.SaleNo).Text(string(c.Shift)).Text(string(c.Employee))
	d.Text(string(c.From)).Text(string(c.To)).Int(int64(c.Amount)).Text(c.Reason).Time(c.At)
	return d.Hex()
}
