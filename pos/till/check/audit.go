package check

import (
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
)

// audit is I12 for the audit trail: the chain itself, its end, and that it
// tells of as many documents as the journal books. A chain alone cannot show
// that its tail was cut off; the count can.
func (w *walk) audit() error {
	var n int64
	var prev string
	told := map[pos.EventKind]int64{}
	wordless := map[int64]bool{}
	err := w.EachEvent(0, func(e *pos.Event) error {
		if e.N != n+1 {
			w.broken("I12", "check.audit-gap", pos.Args{"N": n + 1})
		}
		w.chained(e, prev, wordless)
		n, prev = e.N, e.Hash
		told[e.Kind]++
		w.hearEpoch(e)
		w.hear(e)
		return nil
	})
	if err != nil {
		return err
	}
	for n := range wordless {
		w.broken("I12", "check.audit-hash", pos.Args{"N": n})
	}
	if err := w.auditHead(n, prev); err != nil {
		return err
	}
	told[pos.EventTenderCorrected] *= 2 // each is booked by a pair of entries
	for _, pair := range []struct {
		kind  ledger.Kind
		event pos.EventKind
	}{
		{ledger.KindSale, pos.EventSaleCompleted},
		{ledger.KindShiftOpen, pos.EventShiftOpened},
		{ledger.KindShiftClose, pos.EventShiftClosed},
		{ledger.KindCash, pos.EventCashMoved},
		{ledger.KindRepayment, pos.EventDebtRepaid},
		{ledger.KindStock, pos.EventStockPosted},
		{ledger.KindReturn, pos.EventReturned},
		{ledger.KindCorrection, pos.EventTenderCorrected},
		{ledger.KindCertificateIssue, pos.EventCertificateIssued},
		{ledger.KindCertificateLapse, pos.EventCertificateLapsed},
		{ledger.KindMerge, pos.EventCustomersMerged},
		{ledger.KindErasure, pos.EventCustomerErased},
	} {
		if w.journalled[pair.kind] != told[pair.event] {
			w.broken("I12", "check.audit-count", pos.Args{
				"Event": string(pair.event), "Told": told[pair.event], "Booked": w.journalled[pair.kind],
			})
		}
	}
	return nil
}

// hear tells a record of the trail to everything that listens to it.
func (w *walk) hear(e *pos.Event) {
	w.hearDate(e)
	w.hearLimit(e)
	w.hearCode(e)
	w.hearPoints(e)
	w.hearApproval(e)
	w.shelf.event(e)
	w.hearCertificate(e)
	w.hearCustomer(e)
	w.hearSealed(e)
}

// auditHead compares where the trail says it ends with where it ends.
func (w *walk) auditHead(n int64, hash string) error {
	headN, headHash, err := w.AuditHead()
	if err != nil {
		return err
	}
	if headN != n || headHash != hash {
		w.broken("I12", "check.audit-head", pos.Args{"N": headN})
	}
	return nil
}

// chained compares the hash of a record with the one before. Where somebody's words
// are gone it cannot follow; wordless has such records until the record of the
// erasure that took them names them.
func (w *walk) chained(e *pos.Event, prev string, wordless map[int64]bool) {
	switch {
	case e.Verify(prev):
	case e.Detail[pos.DetailForgotten] == "yes":
		wordless[e.N] = true
	default:
		w.broken("I12", "check.audit-hash", pos.Args{"N": e.N})
	}
	if e.Kind != pos.EventCustomerErased || len(wordless) == 0 {
		return
	}
	for _, text := range strings.Fields(e.Detail[pos.DetailForgottenIn]) {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			delete(wordless, n)
		}
	}
}

// hearLimit remembers the credit limits a customer had.
func (w *walk) hearLimit(e *pos.Event) {
	if e.Kind != pos.EventCustomerAdded && e.Kind != pos.EventCustomerChanged {
		return
	}
	for _, key := range []string{"limit_was", "limit"} {
		if text, ok := e.Detail[key]; ok {
			w.toldLimit(pos.CustomerID(e.Subject), text)
		}
	}
}

func (w *walk) toldLimit(id pos.CustomerID, text string) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		w.limits[id] = limit{most: max(w.limits[id].most, money.Amount(n)), last: money.Amount(n)}
	}
}

// hearPoints remembers when the points a sale gave can be spent.
func (w *walk) hearPoints(e *pos.Event) {
	if e.Kind != pos.EventSaleCompleted {
		return
	}
	if id, ok := e.Detail[pos.DetailPointsOf]; ok {
		w.periods[pos.CustomerID(id)] += periodPrint(pos.SaleID(e.Subject), e.Detail[pos.DetailPointsPeriod])
	}
}
