package check

import (
	"maps"
	"slices"
	"time"

	"kassa/pos"
	"kassa/pos/ledger"
)

// documents are what is told once for each document. The rest tells how something
// stands, as often as it changes.
var documents = []pos.EventKind{
	pos.EventSaleCompleted, pos.EventReturned, pos.EventTenderCorrected, pos.EventShiftOpened, pos.EventShiftClosed, pos.EventCashMoved,
	pos.EventDebtRepaid, pos.EventStockPosted, pos.EventCertificateIssued, pos.EventCertificateLapsed, pos.EventCustomersMerged,
	pos.EventCustomerErased,
}

// booksAndTells names the documents that one entry books under the id by which
// others are told of them. The other documents are heard of as they are walked.
var booksAndTells = map[ledger.Kind]pos.EventKind{
	ledger.KindShiftOpen:        pos.EventShiftOpened,
	ledger.KindShiftClose:       pos.EventShiftClosed,
	ledger.KindCash:             pos.EventCashMoved,
	ledger.KindRepayment:        pos.EventDebtRepaid,
	ledger.KindStock:            pos.EventStockPosted,
	ledger.KindCertificateIssue: pos.EventCertificateIssued,
	ledger.KindCertificateLapse: pos.EventCertificateLapsed,
}

// tells remembers a document others have to hear of.
func (w *walk) tells(k pos.EventKind, subject string, at time.Time) {
	w.toTell[k] = w.toTell[k].with(pos.SaleID(subject), 1, at)
}

// outbox is I1 for what others have to hear: every document is told of by one
// message, in whatever state that is.
func (w *walk) outbox() error {
	told := map[pos.EventKind]fromSales{}
	err := w.EachOutbox(func(m *pos.OutboxMessage) error {
		if slices.Contains(documents, m.Kind) {
			told[m.Kind] = told[m.Kind].with(pos.SaleID(m.Subject), 1, m.At)
		}
		return nil
	})
	if err != nil {
		return err
	}
	kinds := maps.Clone(w.toTell)
	maps.Copy(kinds, told)
	for _, k := range slices.Sorted(maps.Keys(kinds)) {
		have, want := told[k], w.toTell[k]
		if have == want {
			continue
		}
		switch k {
		case pos.EventSaleCompleted:
			w.broken("I1", "check.outbox", pos.Args{"Told": have.sum, "Sales": want.sum})
		case pos.EventReturned:
			w.broken("I1", "check.outbox-returns", pos.Args{"Told": have.sum, "Returns": want.sum})
		default:
			w.broken("I1", "check.outbox-documents", pos.Args{"Event": string(k), "Told": have.sum, "Booked": want.sum})
		}
	}
	return nil
}
