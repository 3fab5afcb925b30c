package wire

import (
	"encoding/json"

	"kassa/pos"
)

// kind says how the payloads of one kind are read.
type kind struct {
	blank  func() Payload                            // of today's version
	before func(*pos.OutboxMessage) (Payload, error) // of version 0; nil for what was not told then
}

// kinds are all that can be told.
var kinds = map[pos.EventKind]kind{
	pos.EventSaleCompleted:   {blank[Sale], sameNames[Sale]},
	pos.EventReturned:        {blank[Return], sameNames[Return]},
	pos.EventTenderCorrected: {blank[TenderCorrected], before(correctionBefore)},

	pos.EventShiftOpened: {blank[ShiftOpened], before(shiftOpenedBefore)},
	pos.EventShiftClosed: {blank[ShiftClosed], before(shiftClosedBefore)},
	pos.EventCashMoved:   {blank[CashMoved], before(cashBefore)},

	pos.EventStockPosted: {blank[StockPosted], sameNames[StockPosted]},

	pos.EventCertificateIssued:  {blank[CertificateIssued], before(certificateIssuedBefore)},
	pos.EventCertificateBlocked: {blank[CertificateBlocked], before(certificateBlockedBefore)},
	pos.EventCertificateLapsed:  {blank[CertificateLapsed], before(certificateLapsedBefore)},

	pos.EventCustomerAdded:   customerKind(pos.EventCustomerAdded),
	pos.EventCustomerChanged: customerKind(pos.EventCustomerChanged),
	pos.EventCustomerArchive: customerKind(pos.EventCustomerArchive),
	pos.EventCustomerRestore: customerKind(pos.EventCustomerRestore),
	pos.EventCustomersMerged: {blank[CustomersMerged], before(mergedBefore)},
	pos.EventCustomerErased:  {blank[CustomerErased], before(erasedBefore)},
	pos.EventConsent:         {blank[Consent], before(consentBefore)},
	pos.EventCustomerGroup:   {blank[CustomerGroup], before(customerGroupBefore)},
	pos.EventDebtRepaid:      {blank[DebtRepaid], before(repaymentBefore)},

	pos.EventApprovalUsed: {blank[ApprovalUsed], sameNames[ApprovalUsed]},

	pos.EventOrderAsked: {blank[OrderAsked], nil},
	pos.EventOrderRuled: {blank[OrderRuled], nil},
	pos.EventOrderBack:  {blank[OrderBack], nil},
}

// payload is a type whose pointer is a Payload.
type payload[T any] interface {
	*T
	Payload
}

func blank[T any, P payload[T]]() Payload { return P(new(T)) }

// sameNames reads what had today's names before it had a version.
func sameNames[T any, P payload[T]](m *pos.OutboxMessage) (Payload, error) {
	p := P(new(T))
	return p, json.Unmarshal(m.Payload, p)
}

// before reads what was told in another shape before there were versions.
func before[O any](convert func(*pos.OutboxMessage, *O) Payload) func(*pos.OutboxMessage) (Payload, error) {
	return func(m *pos.OutboxMessage) (Payload, error) {
		old := new(O)
		if err := json.Unmarshal(m.Payload, old); err != nil {
			return nil, err
		}
		return convert(m, old), nil
	}
}
