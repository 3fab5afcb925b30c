package check

import (
	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
)

// recent is how much of each chain the quick check verifies.
const recent = 200

// Quick checks what a crash could have harmed, at a cost that does not grow
// with the history: the database's own quick check, the ends of both chains, the
// last sale, the open shift's drawer, and the seals, but for goods and customers where there are many.
func Quick(src Source, c money.Currency) ([]Problem, error) {
	w := newWalk(src, c)
	said, err := w.EngineProblems(true)
	if err != nil {
		return nil, err
	}
	for _, s := range said {
		w.broken("I14", "check.engine", pos.Args{"Detail": s})
	}
	for _, step := range []func() error{w.journalEnd, w.auditEnd, w.drawerNow, w.fewSeals} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return w.problems, nil
}

// journalEnd verifies the last entries and the last sale against its entry.
func (w *walk) journalEnd() error {
	headN, headHash, err := w.LedgerHead()
	if err != nil {
		return err
	}
	last, err := w.LastSale()
	if err != nil && pos.CodeOf(err) != pos.CodeNotFound {
		return err
	}
	if err != nil {
		last = nil
	}
	from, prev, n := max(1, headN-recent), "", int64(0)
	booked := last == nil
	err = w.EachEntry(from, func(e *ledger.Entry) error {
		// The first of the stretch has a predecessor that was not read.
		if (n != 0 || e.N == 1) && (e.N != n+1 || !e.Verify(prev)) {
			w.broken("I12", "check.journal-hash", pos.Args{"N": e.N})
		}
		n, prev = e.N, e.Hash
		if last != nil && e.Kind == ledger.KindSale && e.Doc == string(last.ID) {
			booked = true
			if e.Digest != last.Digest() {
				w.broken("I12", "check.sale-changed", pos.Args{"Number": last.Number})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if headN != n || headHash != prev {
		w.broken("I12", "check.journal-head", pos.Args{"N": headN})
	}
	if !booked && from == 1 {
		w.broken("I1", "check.sale-unbooked", pos.Args{"Number": last.Number})
	}
	if last != nil {
		for _, p := range OfSale(last) {
			w.broken(p.Invariant, p.ID, p.Args)
		}
	}
	return nil
}

func (w *walk) auditEnd() error {
	headN, headHash, err := w.AuditHead()
	if err != nil {
		return err
	}
	prev, n := "", int64(0)
	err = w.EachEvent(max(1, headN-recent), func(e *pos.Event) error {
		if (n != 0 || e.N == 1) && (e.N != n+1 || !e.Verify(prev)) {
			w.broken("I12", "check.audit-hash", pos.Args{"N": e.N})
		}
		n, prev = e.N, e.Hash
		return nil
	})
	if err == nil && (headN != n || headHash != prev) {
		w.broken("I12", "check.audit-head", pos.Args{"N": headN})
	}
	return err
}

// drawerNow compares the drawer's balance with the open shift's documents.
func (w *walk) drawerNow() error {
	s, err := w.OpenShift()
	stored, balanceErr := w.Balance(ledger.Drawer, w.currency)
	switch {
	case balanceErr != nil:
		return balanceErr
	case pos.CodeOf(err) == pos.CodeNotFound:
		if stored != 0 {
			w.broken("I6", "check.drawer-closed", pos.Args{"Left": money.Amount(stored)})
		}
		return nil
	case err != nil:
		return err
	}
	r, err := w.ShiftTotals(s.ID)
	if err != nil {
		return err
	}
	r.Shift = *s
	if due := r.CashDue(); due != money.Amount(stored) {
		w.broken("I6", "check.drawer", pos.Args{"Number": s.Number, "Expected": due, "Stored": money.Amount(stored)})
	}
	return nil
}
