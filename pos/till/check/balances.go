package check

import (
	"strings"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
)

// neverNegative names the accounts that hold something real: a drawer, a
// customer's points, a customer's debt.
func neverNegative(a ledger.Account) bool {
	return a == ledger.Drawer || strings.HasPrefix(string(a), "points:") || strings.HasPrefix(string(a), "debt:")
}

// balances is I4: what is stored as a balance is the sum of its postings.
func (w *walk) balances() error {
	stored := map[balance]bool{}
	err := w.EachBalance(func(a ledger.Account, c money.Currency, amount int64) error {
		k := balance{account: a, currency: c}
		stored[k] = true
		if w.posted[k] != amount {
			w.broken("I4", "check.balance", pos.Args{"Account": string(a), "Stored": amount, "Posted": w.posted[k]})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for k, sum := range w.posted {
		if sum != 0 && !stored[k] {
			w.broken("I4", "check.balance", pos.Args{"Account": string(k.account), "Stored": int64(0), "Posted": sum})
		}
	}
	return nil
}

// customers compares what each customer has and owes with the journal: I4, I5.
func (w *walk) customers() error {
	if err := w.papers(); err != nil {
		return err
	}
	w.fold()
	known, err := w.creditLimits()
	if err != nil {
		return err
	}
	if err := w.lots(known); err != nil {
		return err
	}
	if err := w.debts(known); err != nil {
		return err
	}
	w.opened(known)
	for k := range w.posted {
		prefix, id, ok := strings.Cut(string(k.account), ":")
		if _, there := known[pos.CustomerID(id)]; ok && !there && prefix+":" != ledger.CertificatePrefix {
			w.broken("I4", "check.customer-missing", pos.Args{"Account": prefix, "Customer": id})
		}
	}
	return nil
}

// creditLimits reads the customers: nobody's limit was changed without a
// record of it, and no sale ever left anybody owing more than the highest limit
// that customer had.
func (w *walk) creditLimits() (map[pos.CustomerID]string, error) {
	known := map[pos.CustomerID]string{}
	err := w.EachCustomer(func(c *pos.Customer) error {
		known[c.ID] = c.Name
		w.card(c)
		told, ok := w.limits[c.ID]
		if ok && told.last != c.CreditLimit {
			w.broken("I12", "check.limit-changed", pos.Args{"Name": c.Name, "Limit": c.CreditLimit, "Told": told.last})
		}
		most := told.most
		if !ok {
			most = c.CreditLimit
		}
		if owed := w.debtLimit[c.ID]; owed > most {
			w.broken("I5", "check.over-limit", pos.Args{"Name": c.Name, "Owed": owed})
		}
		return nil
	})
	return known, err
}

// lots: points of every customer's lots = balance of the points account, every
// lot earned is what its sale gave when it was made and can be spent when the
// audit trail says, and what is missing from a lot is what was taken from it.
func (w *walk) lots(known map[pos.CustomerID]string) error {
	left, earned := map[pos.CustomerID]int64{}, map[pos.CustomerID]fromSales{}
	taken := map[pos.LotID]int64{} // only of lots that gave something
	err := w.EachLot(func(l *pos.Lot) error {
		if l.Left < 0 || l.Left > l.Points {
			w.broken("I5", "check.lot-range", pos.Args{"Name": known[l.Customer], "Lot": string(l.ID)})
		}
		left[l.Customer] += l.Left
		switch {
		case l.Return != "":
			w.freshLot(l)
		case l.Sale == "":
			w.broughtLot(l)
		default:
			earned[w.root(l.Customer)] = earned[w.root(l.Customer)].with(l.Sale, l.Points, l.At)
			w.periods[w.root(l.Customer)] -= periodPrint(l.Sale, l.Period())
		}
		if l.Left != l.Points {
			taken[l.ID] = l.Points - l.Left
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = w.EachLotMove(func(m *pos.LotMove) error {
		w.returnMove(m)
		taken[m.Lot] += m.Points
		if taken[m.Lot] == 0 {
			delete(taken, m.Lot)
		}
		return nil
	})
	if err != nil {
		return err
	}
	w.lotsReturned()
	for lot := range taken {
		w.broken("I4", "check.lot-moves", pos.Args{"Lot": string(lot)})
	}
	for id, name := range known {
		if sum := w.posted[balance{account: ledger.PointsOf(id), currency: money.Points}]; sum != left[id] {
			w.broken("I4", "check.points", pos.Args{"Name": name, "Lots": left[id], "Posted": sum})
		}
		if earned[id] != w.earned[id] {
			w.broken("I4", "check.points-sales", pos.Args{"Name": name, "Lots": earned[id].sum, "Sales": w.earned[id].sum})
		}
	}
	for id, rest := range w.periods {
		if rest != 0 {
			w.broken("I12", "check.points-dates", pos.Args{"Name": known[id]})
		}
	}
	return nil
}

// debts: open debts of every customer = balance of the debt account, and what
// is missing from a debt is what was repaid and what came back in goods.
func (w *walk) debts(known map[pos.CustomerID]string) error {
	left, ofSales := map[pos.CustomerID]money.Amount{}, map[pos.CustomerID]fromSales{}
	repaid := map[pos.DebtID]money.Amount{} // only of debts that were paid on
	err := w.EachDebt(func(d *pos.Debt) error {
		if d.Left < 0 || d.Left > d.Amount {
			w.broken("I5", "check.debt-range", pos.Args{"Name": known[d.Customer], "Debt": string(d.ID)})
		}
		left[d.Customer] += d.Left
		if d.Sale == "" {
			w.broughtDebt(d)
		} else {
			ofSales[w.root(d.Customer)] = ofSales[w.root(d.Customer)].with(d.Sale, int64(d.Amount), d.Due)
		}
		if d.Left != d.Amount {
			repaid[d.ID] = d.Amount - d.Left
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = w.EachRepayment(func(r *pos.Repayment) error {
		w.repayment(r)
		for _, p := range r.Parts {
			repaid[p.Debt] -= p.Amount
			if repaid[p.Debt] == 0 {
				delete(repaid, p.Debt)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for debt, sum := range w.back.lowered {
		if repaid[debt] -= sum; repaid[debt] == 0 {
			delete(repaid, debt)
		}
	}
	for doc := range w.docs {
		w.broken("I1", "check.doc-missing", pos.Args{"Doc": doc})
	}
	for debt := range repaid {
		w.broken("I4", "check.debt-repaid", pos.Args{"Debt": string(debt)})
	}
	for id, name := range known {
		sum := money.Amount(w.posted[balance{account: ledger.DebtOf(id), currency: w.currency}])
		if sum != left[id] {
			w.broken("I4", "check.debt", pos.Args{"Name": name, "Debts": left[id], "Posted": sum})
		}
		if ofSales[id] != w.debtOfSales[id] {
			w.broken("I4", "check.debt-sales", pos.Args{"Name": name,
				"Debts": money.Amount(ofSales[id].sum), "Sales": money.Amount(w.debtOfSales[id].sum)})
		}
	}
	return nil
}

// repayment compares a repayment with the journal; its cash was added to its
// shift when the shifts were checked.
func (w *walk) repayment(r *pos.Repayment) {
	var parts money.Amount
	for _, p := range r.Parts {
		parts += p.Amount
	}
	if parts != r.Amount {
		w.broken("I7", "check.repayment-parts", pos.Args{"Doc": string(r.ID)})
	}
	w.booked(string(r.ID), r.Digest())
}

// booked compares a document with the digest under which it was booked.
func (w *walk) booked(doc, digest string) {
	have, ok := w.docs[doc]
	switch {
	case !ok:
		w.broken("I1", "check.doc-unbooked", pos.Args{"Doc": doc})
	case have != digest:
		w.broken("I12", "check.doc-changed", pos.Args{"Doc": doc})
	}
	delete(w.docs, doc)
}

// stock: what is on the shelf is the sum of its movements.
func (w *walk) stock() error {
	moved := map[pos.ProductID]money.Quantity{}
	if err := w.EachStock(func(id pos.ProductID, q money.Quantity) error {
		moved[id] = q
		return nil
	}); err != nil {
		return err
	}
	err := w.EachProduct(func(p *pos.Product) error {
		if p.Stock != moved[p.ID] {
			w.broken("I4", "check.stock", pos.Args{"Name": p.Name, "Stock": p.Stock, "Moved": moved[p.ID]})
		}
		delete(moved, p.ID)
		return nil
	})
	for id, q := range moved { // of goods that have no stock any more
		w.broken("I4", "check.stock", pos.Args{"Name": string(id), "Stock": money.Quantity(0), "Moved": q})
	}
	return err
}
