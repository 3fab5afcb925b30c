package check

import (
	"iter"
	"slices"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/ledger"
	"kassa/pos/money"
)

// history walks the journal with the sales beside it: I1–I5, I7 and I12.
func (w *walk) history() error {
	sales := newStream(w.checkedSales)
	defer sales.stop()
	var n int64
	var prev string
	err := w.EachEntry(0, func(e *ledger.Entry) error {
		if e.N != n+1 {
			w.broken("I12", "check.journal-gap", pos.Args{"N": n + 1})
		}
		if !e.Verify(prev) {
			w.broken("I12", "check.journal-hash", pos.Args{"N": e.N})
		}
		n, prev = e.N, e.Hash
		w.journalled[e.Kind]++
		if k, ok := booksAndTells[e.Kind]; ok {
			w.tells(k, e.Doc, e.At)
		}
		w.post(e)
		return w.document(e, sales)
	})
	if err != nil {
		return err
	}
	for s := sales.peek(); s != nil; s = sales.peek() {
		w.broken("I1", "check.sale-unbooked", pos.Args{"Number": s.Number})
		sales.advance()
	}
	if sales.err != nil {
		return sales.err
	}
	return w.heads(n, prev)
}

// heads: the store's own idea of the end of the journal.
func (w *walk) heads(n int64, hash string) error {
	headN, headHash, err := w.LedgerHead()
	if err == nil && (headN != n || headHash != hash) {
		w.broken("I12", "check.journal-head", pos.Args{"N": headN})
	}
	return err
}

// checkedSales is every sale with its own figures checked.
func (w *walk) checkedSales(fn func(*pos.Sale) error) error {
	return w.EachSale(0, func(s *pos.Sale) error {
		for _, p := range OfSale(s) {
			w.broken(p.Invariant, p.ID, p.Args)
		}
		w.numbered(s)
		w.confirmed(s)
		w.figure(s)
		w.shelf.sold(s)
		w.soldOffers(s)
		w.soldByOrders(s)
		w.tells(pos.EventSaleCompleted, string(s.ID), s.At)
		if !bounded(s) {
			return fn(s)
		}
		w.cash[s.Shift] += s.IntoDrawer()
		if x := s.Exchanged(); x != 0 {
			w.back.tendered[s.ID] = x
		}
		if s.DebtAdded > 0 {
			w.debtOfSales[s.Customer] = w.debtOfSales[s.Customer].with(s.ID, int64(s.DebtAdded), s.DebtDue)
		}
		if s.PointsEarned > 0 {
			w.earned[s.Customer] = w.earned[s.Customer].with(s.ID, s.PointsEarned, s.At)
		}
		return fn(s)
	})
}

// numbered is I2: numbers without gaps in each epoch, from its first on.
func (w *walk) numbered(s *pos.Sale) {
	if want := w.next(w.numbers, s.Epoch, history.Sales); s.Number != want {
		w.broken("I2", "check.number-gap", pos.Args{"Number": s.Number, "Want": want})
	}
	w.numbers[s.Epoch] = s.Number
}

// post adds the entry's postings up: I3 and, at every prefix, I5.
func (w *walk) post(e *ledger.Entry) {
	if e.Check() != nil {
		w.broken("I3", "check.journal-sum", pos.Args{"N": e.N})
	}
	for _, p := range e.Postings {
		k := balance{account: p.Account, currency: p.Currency}
		w.posted[k] += p.Amount
		w.overspent(p, w.posted[k], e.N)
		if w.posted[k] < 0 && neverNegative(p.Account) && !w.floor[k] {
			w.floor[k] = true
			w.broken("I5", "check.below-zero", pos.Args{"Account": string(p.Account), "N": e.N})
		}
	}
}

// document compares an entry with the document it books.
func (w *walk) document(e *ledger.Entry, sales *stream) error {
	switch e.Kind {
	case ledger.KindSale:
		w.saleEntry(e, sales)
		return sales.err
	case ledger.KindShiftOpen:
		w.drawerEmpty(e)
		w.shift = e.Shift
		w.bookedShift(e)
	case ledger.KindShiftClose:
		w.drawerEmpty(e)
		w.bookedShift(e)
	case ledger.KindOpening:
		w.openings[pos.CustomerID(e.Doc)] = e.Digest
	case ledger.KindStock:
		w.shelf.booked[pos.StockDocID(e.Doc)] = e.Digest
	case ledger.KindCertificateIssue, ledger.KindCertificateLapse:
		w.certificateEntry(e)
	case ledger.KindMerge, ledger.KindErasure:
		w.docs[e.Doc], w.moves[e.Doc] = e.Digest, e.Postings
	case ledger.KindCash, ledger.KindRepayment:
		w.docs[e.Doc] = e.Digest
	case ledger.KindReturn, ledger.KindCorrection:
		w.bookReturn(e)
	}
	if e.Shift != "" && e.Shift != w.shift {
		w.broken("I6", "check.wrong-shift", pos.Args{"N": e.N})
	}
	if e.Kind == ledger.KindShiftClose {
		w.shift = ""
	}
	return nil
}

// saleEntry is I1: the entry books the next sale, whole and as it is stored.
func (w *walk) saleEntry(e *ledger.Entry, sales *stream) {
	s := sales.peek()
	if s == nil {
		w.broken("I1", "check.sale-missing", pos.Args{"Doc": e.Doc})
		return
	}
	if string(s.ID) != e.Doc {
		// Either this entry's sale is gone, or sales before it were never
		// booked. The journal is chained, so it is believed: sales it does not
		// know are skipped while there is a chance to meet the one it names.
		if !sales.skipTo(pos.SaleID(e.Doc), func(lost *pos.Sale) {
			w.broken("I1", "check.sale-unbooked", pos.Args{"Number": lost.Number})
		}) {
			w.broken("I1", "check.sale-missing", pos.Args{"Doc": e.Doc})
			return
		}
		s = sales.peek()
	}
	sales.advance()
	if !bounded(s) {
		return // reported as such already
	}
	want := ledger.OfSale(s)
	if e.Digest != want.Digest {
		w.broken("I12", "check.sale-changed", pos.Args{"Number": s.Number})
	}
	if !slices.Equal(e.Postings, want.Postings) {
		w.broken("I7", "check.sale-postings", pos.Args{"Number": s.Number})
	}
	if e.Shift != w.shift || s.Shift != w.shift {
		w.broken("I6", "check.sale-shift", pos.Args{"Number": s.Number})
	}
	if s.DebtAdded > 0 {
		owed := money.Amount(w.posted[balance{account: ledger.DebtOf(s.Customer), currency: s.Currency}])
		if s.Terms != nil && owed > s.Terms.Limit() {
			w.overLent[s.Customer] = owed
		}
		if s.Terms == nil || s.Terms.CreditLimit > 0 { // else it is the group's that counted
			w.debtLimit[s.Customer] = max(w.debtLimit[s.Customer], owed)
		}
	}
}

// stream reads the sales one by one while the journal is walked.
type stream struct {
	next  func() (*pos.Sale, bool)
	stop  func()
	ahead []*pos.Sale // read already, not used up
	err   error
}

func newStream(each func(func(*pos.Sale) error) error) *stream {
	s := &stream{}
	s.next, s.stop = iter.Pull(func(yield func(*pos.Sale) bool) {
		err := each(func(sale *pos.Sale) error {
			if !yield(sale) {
				return errStopped
			}
			return nil
		})
		if err != nil && err != errStopped {
			s.err = err
		}
	})
	return s
}

var errStopped = pos.E(pos.CodeInternal, "check.stopped", nil)

func (s *stream) peek() *pos.Sale {
	if len(s.ahead) == 0 {
		sale, ok := s.next()
		if !ok {
			return nil
		}
		s.ahead = append(s.ahead, sale)
	}
	return s.ahead[0]
}

func (s *stream) advance() { s.ahead = s.ahead[1:] }

// lookAhead bounds how far a sale is searched behind others.
const lookAhead = 100

// skipTo moves on to the sale with that id and names the ones passed over. It
// moves nowhere when the sale is not among the next ones.
func (s *stream) skipTo(id pos.SaleID, lost func(*pos.Sale)) bool {
	for i := 0; i < lookAhead; i++ {
		if i == len(s.ahead) {
			sale, ok := s.next()
			if !ok {
				return false
			}
			s.ahead = append(s.ahead, sale)
		}
		if s.ahead[i].ID == id {
			for _, sale := range s.ahead[:i] {
				lost(sale)
			}
			s.ahead = s.ahead[i:]
			return true
		}
	}
	return false
}
