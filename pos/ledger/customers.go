package ledger

import (
	"kassa/pos"
	"kassa/pos/money"
)

// OfMerge is the entry that books a merge: what the duplicate had and owed
// passes to the survivor.
func OfMerge(m *pos.Merge, c money.Currency) *Entry {
	e := &Entry{Kind: KindMerge, Doc: string(m.ID), Digest: m.Digest()}
	e.post(PointsOf(m.Duplicate), money.Points, -m.Points)
	e.post(PointsOf(m.Survivor), money.Points, m.Points)
	e.post(DebtOf(m.Duplicate), c, -int64(m.Debt))
	e.post(DebtOf(m.Survivor), c, int64(m.Debt))
	return e.orNothing(PointsOf(m.Survivor))
}

// OfErasure is the entry that books an erasure with the points it forfeits.
func OfErasure(d *pos.Erasure) *Entry {
	e := &Entry{Kind: KindErasure, Doc: string(d.ID), Digest: d.Digest()}
	e.post(PointsOf(d.Customer), money.Points, -d.Points)
	e.post(PointsLost, money.Points, d.Points)
	return e.orNothing(PointsOf(d.Customer))
}

// orNothing gives an entry that moves nothing a posting all the same: what it
// books happened and has its place in the chain.
func (e *Entry) orNothing(a Account) *Entry {
	if len(e.Postings) == 0 {
		e.Postings = []Posting{{Account: a, Currency: money.Points}}
	}
	return e
}
