package ledger

import (
	"kassa/pos"
	"kassa/pos/money"
)

// OfSale is the entry that books a sale: what came in by each tender against
// sales and their VAT and against the gift certificates sold, which the shop owes
// from now on; points spent and earned in their own currency. What was paid by
// one method is one posting, but for certificates, each of which has an account.
func OfSale(s *pos.Sale) *Entry {
	e := &Entry{Kind: KindSale, Doc: string(s.ID), Digest: s.Digest(), Shift: s.Shift}
	for _, m := range pos.SaleMethods {
		if !m.NeedsCertificate() {
			e.post(AccountOf(m, s.Customer, ""), s.Currency, int64(s.Paid(m)))
		}
	}
	for i := range s.Tenders {
		if t := &s.Tenders[i]; t.Method.NeedsCertificate() {
			e.post(AccountOf(t.Method, "", t.Certificate), s.Currency, int64(t.Amount))
		}
	}
	e.post(VAT, s.Currency, -int64(s.VAT))
	e.post(Sales, s.Currency, -int64(s.Total.Sub(s.VAT).Sub(s.Prepaid())))
	for i := range s.Lines {
		if l := &s.Lines[i]; l.Certificate != "" && !l.Removed {
			e.post(CertificateOf(l.Certificate), s.Currency, -int64(l.Sum))
		}
	}
	e.post(PointsOf(s.Customer), money.Points, -s.PointsSpent)
	e.post(PointsSpent, money.Points, s.PointsSpent)
	e.post(PointsOf(s.Customer), money.Points, s.PointsEarned)
	e.post(PointsIssued, money.Points, -s.PointsEarned)
	if len(e.Postings) == 0 {
		// A gift moves nothing, yet it happened and has its place in the chain.
		e.Postings = []Posting{{Account: Sales, Currency: s.Currency}}
	}
	return e
}

// post adds a posting unless it would move nothing.
func (e *Entry) post(a Account, c money.Currency, amount int64) {
	if amount != 0 {
		e.Postings = append(e.Postings, Posting{Account: a, Currency: c, Amount: amount})
	}
}
