package ledger

import (
	"kassa/pos"
	"kassa/pos/money"
)

// Accounts of returns and corrections.
const (
	// Exchanged is what goods brought back were worth on their way into another
	// sale. Outside of an exchange it is nothing.
	Exchanged Account = "exchange"
	// PointsKept is money kept for points that a returned sale had earned and the
	// customer had spent.
	PointsKept Account = "points-kept"
	// Corrected is a tender between the account it was booked on by mistake and
	// the right one. Outside of a correction it is nothing.
	Corrected Account = "tender-correction"
)

// Kinds of their entries.
const (
	KindReturn     Kind = "return"
	KindCorrection Kind = "correction"
)

// OfReturn is the entry that books a return: sales and their VAT go back against
// what is refunded. Points that go back to the customer are points spent no
// more; points taken from a lot, withheld or paid for were issued in vain.
func OfReturn(r *pos.Return) *Entry {
	e := &Entry{Kind: KindReturn, Doc: string(r.ID), Digest: r.Digest(), Shift: r.Shift}
	e.post(VAT, r.Currency, int64(r.VAT))
	e.post(Sales, r.Currency, int64(r.Total.Sub(r.VAT)))
	for i := range r.Refunds {
		f := &r.Refunds[i]
		e.post(AccountOf(f.Method, f.Customer, f.Certificate), r.Currency, -int64(f.Amount))
	}
	for i := range r.Points {
		m := &r.Points[i]
		e.post(PointsOf(m.Customer), money.Points, m.Points)
	}
	e.post(PointsSpent, money.Points, -r.PointsBack)
	e.post(PointsIssued, money.Points, r.PointsTaken+r.PointsWithheld)
	if len(e.Postings) == 0 {
		e.Postings = []Posting{{Account: Sales, Currency: r.Currency}}
	}
	return e
}

// OfCorrection is the pair of entries that moves a tender to the account it
// belongs on: the first takes back a part of the entry that booked the sale, by
// whose number it is named, the second books it anew.
func OfCorrection(c *pos.Correction, currency money.Currency, sale int64) [2]*Entry {
	entry := func(a Account, amount money.Amount) *Entry {
		e := &Entry{Kind: KindCorrection, Doc: string(c.ID), Digest: c.Digest(), Shift: c.Shift}
		e.post(a, currency, int64(amount))
		e.post(Corrected, currency, -int64(amount))
		return e
	}
	back, anew := entry(AccountOf(c.From, "", ""), c.Amount.Neg()), entry(AccountOf(c.To, "", ""), c.Amount)
	back.Reverses = sale
	return [2]*Entry{back, anew}
}
