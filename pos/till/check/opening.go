package check

import (
	"kassa/pos"
	"kassa/pos/ledger"
)

// brought is what a customer has from before this till, as the rows tell.
type brought struct {
	ledger.OpeningBalance
	lots, debts int
}

func (w *walk) broughtBy(id pos.CustomerID) *brought {
	b := w.brought[id]
	if b == nil {
		b = &brought{OpeningBalance: ledger.OpeningBalance{Customer: id}}
		w.brought[id] = b
	}
	return b
}

func (w *walk) broughtLot(l *pos.Lot) {
	b := w.broughtBy(first(l.Customer, l.Origin))
	b.lots++
	b.Points, b.ActiveFrom, b.Expires = l.Points, l.ActiveFrom, l.Expires
}

func (w *walk) broughtDebt(d *pos.Debt) {
	b := w.broughtBy(first(d.Customer, d.Origin))
	b.debts++
	b.Debt, b.Due = d.Amount, d.Due
}

// opened is I12 for what came from before: it is what was booked, sums and
// dates, in one lot and one debt at most. Openings without a row are missing in
// the sums of points and debts already.
func (w *walk) opened(known map[pos.CustomerID]string) {
	for id, b := range w.brought {
		if b.lots > 1 || b.debts > 1 || w.openings[id] != b.Digest() {
			w.broken("I12", "check.opening-changed", pos.Args{"Name": known[id]})
		}
	}
}
