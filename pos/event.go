package pos

import (
	"sort"
	"strings"
	"time"

	"kassa/pos/digest"
)

// EventKind names something that happened; past tense and permanent.
type EventKind string

// What the audit trail and the outbox tell.
const (
	EventSaleCompleted   EventKind = "sale.completed"
	EventChequeCancelled EventKind = "cheque.cancelled"
	EventChequeParked    EventKind = "cheque.parked"
	EventChequeRecalled  EventKind = "cheque.recalled"
	EventLineRemoved     EventKind = "line.removed"
	EventLineReduced     EventKind = "line.reduced"
	EventPriceChanged    EventKind = "line.price.changed"
	EventDiscountGiven   EventKind = "discount.given"
	EventShiftOpened     EventKind = "shift.opened"
	EventShiftClosed     EventKind = "shift.closed"
	EventCashMoved       EventKind = "cash.moved"
	EventDebtRepaid      EventKind = "debt.repaid"
	EventReturned        EventKind = "return.completed"
	EventReturnDropped   EventKind = "return.abandoned"
	EventTenderCorrected EventKind = "tender.corrected"
	EventLoggedIn        EventKind = "employee.logged_in"
	EventLoggedOut       EventKind = "employee.logged_out"
	EventLoginRefused    EventKind = "employee.login_refused"
	EventLoginLocked     EventKind = "employee.login_locked"
	EventForbidden       EventKind = "action.forbidden"
	EventApprovalGranted EventKind = "approval.granted"
	EventApprovalUsed    EventKind = "approval.used"
	EventApprovalRefused EventKind = "approval.refused"
	EventCustomerAdded   EventKind = "customer.added"
	EventCustomerChanged EventKind = "customer.changed"
	EventPhoneChanged    EventKind = "customer.phone_changed"
	EventPhoneConfirmed  EventKind = "customer.phone_confirmed"
	EventConsent         EventKind = "customer.consent"
	EventCustomersMerged EventKind = "customer.merged"
	EventCustomerErased  EventKind = "customer.erased"
	EventCustomerArchive EventKind = "customer.archived"
	EventCustomerRestore EventKind = "customer.restored"
	EventCustomerGroup   EventKind = "customer_group.changed"
	EventProductChanged  EventKind = "product.changed"
	EventCategoryChanged EventKind = "category.changed"
	EventTilesChanged    EventKind = "tiles.changed"
	EventStockPosted     EventKind = "stock.posted"
	EventStockDropped    EventKind = "stock.draft_dropped"
	EventEmployeeChanged EventKind = "employee.changed"
	EventGroupChanged    EventKind = "group.changed"
	EventSettingsChanged EventKind = "settings.changed"
	EventImported        EventKind = "import.done"
	EventExported        EventKind = "export.done"
	EventCodeCreated     EventKind = "code.created"
	EventCodeSent        EventKind = "code.sent"
	EventCodeFailed      EventKind = "code.failed"
	EventCodeUnknown     EventKind = "code.unknown"
	EventCodeWrong       EventKind = "code.wrong"
	EventCodeVerified    EventKind = "code.verified"
	EventCodeConsumed    EventKind = "code.consumed"
	EventCodeExpired     EventKind = "code.expired"
	EventCodeRevoked     EventKind = "code.revoked"
	EventCodeDead        EventKind = "code.dead"
	EventCodeLimited     EventKind = "code.limited"
	EventCodeSkipped     EventKind = "code.skipped"
	EventCodeSkipRefused EventKind = "code.skip_refused"
	EventReprinted       EventKind = "receipt.reprinted"
	EventTestSMS         EventKind = "sms.tested"
	EventTestMail        EventKind = "mail.tested"
	EventTillStarted     EventKind = "till.started"
	EventTillStopped     EventKind = "till.stopped"
	EventBackupMade      EventKind = "backup.made"
	EventDataRestored    EventKind = "data.restored"
	EventHistoryAccepted EventKind = "history.accepted" // the till goes on although documents are missing
	EventPrintRepeated   EventKind = "print.repeated"
	EventPrintWithdrawn  EventKind = "print.withdrawn"
	EventDrawerOpened    EventKind = "drawer.opened"
	EventVerified        EventKind = "journal.verified"
	EventClockStepped    EventKind = "clock.stepped"    // the computer's clock leapt by more than two minutes
	EventClockConfirmed  EventKind = "clock.confirmed"  // somebody said it is right; times go on from it, back too
	EventRecoveryMade    EventKind = "recovery.made"    // the code before is void
	EventRecoveryRefused EventKind = "recovery.refused" // a wrong code
	EventRecovered       EventKind = "recovery.used"    // a new secret behind all PINs

	EventCertificateIssued  EventKind = "certificate.issued"  // without a sale
	EventCertificateBlocked EventKind = "certificate.blocked" // or freed again: Detail "state"
	EventCertificateLapsed  EventKind = "certificate.lapsed"  // its rest became income
	EventCertificateWrong   EventKind = "certificate.wrong"   // a number nobody knows was tried
	EventPromotionChanged   EventKind = "promotion.changed"
	EventCouponsMade        EventKind = "coupons.made"
	EventCouponUsed         EventKind = "coupon.used"

	EventSealsBegun   EventKind = "seals.begun"   // every record that guards money got its seal
	EventSealsRenewed EventKind = "seals.renewed" // all were sealed again as they were then
	EventSealed       EventKind = "record.sealed" // one record was, after somebody looked at it

	EventSettingsSealed  EventKind = "settings.sealed"  // the settings that guard money got their first record
	EventSettingsOutside EventKind = "settings.outside" // they differ from what was decided at the till

	// The queue for the backend.
	EventQueueAside     EventKind = "queue.put_aside"
	EventQueueResent    EventKind = "queue.resent"
	EventQueuePaused    EventKind = "queue.paused"
	EventQueueResumed   EventKind = "queue.resumed"
	EventQueueDismissed EventKind = "queue.dismissed" // a refusal that somebody has seen
	EventQueueLost      EventKind = "queue.lost"      // the backend lost what it had acknowledged
	EventQueueTurned    EventKind = "queue.turned"    // to another backend

	// What the backend is asked for.
	EventOrderAsked EventKind = "request.order.new"    // that a payment be noted
	EventOrderRuled EventKind = "request.order.decide" // that it be approved or declined
	EventOrderBack  EventKind = "request.order.refund" // that money of it go back

	// Through whom manual payments come and what for, as the backend took it.
	EventMerchantChanged EventKind = "merchant.changed"
	EventPayableChanged  EventKind = "payable.changed"

	// A manual payment that is to pay a sale.
	EventManualAsked     EventKind = "manual.asked"
	EventManualHeard     EventKind = "manual.heard" // what was decided of it
	EventManualTaken     EventKind = "manual.taken" // though it differs from what was asked
	EventManualWithdrawn EventKind = "manual.withdrawn"
)

// Event is one row of the audit trail, chained by hash. Detail holds short
// facts (amounts in minor units, ids, masked phones) and never a code, a PIN,
// a token or a whole phone number.
type Event struct {
	N        int64 // 1, 2, 3… without gaps
	At       time.Time
	Kind     EventKind
	Employee EmployeeID
	Subject  string // id of what it is about
	Detail   map[string]string
	Hash     string // hex SHA-256 over the predecessor's hash and this row
}

// What the trail tells of the lot a sale earned. A sale does not hold the dates
// of its points, so this is what they are checked against.
const (
	DetailPointsOf     = "points_of"     // the customer
	DetailPointsPeriod = "points_period" // as Lot.Period
)

// What the trail tells of an erasure: DetailForgotten is "yes" in a record whose
// words named the person and are gone, and DetailForgottenIn, in the record of the
// erasure, holds the numbers of those, separated by spaces: their hashes do not
// follow from them any more.
const (
	DetailForgotten   = "forgotten"
	DetailForgottenIn = "forgotten_in"
)

// What the trail tells of an action somebody else approved: the ids of the
// approvals and of those who gave them, separated by spaces.
const (
	DetailApproval   = "approval"
	DetailApprovedBy = "approved_by"
)

// DetailPINsLost tells of a restore that left nobody with a PIN: the secret behind
// them was not there.
const DetailPINsLost = "pins_lost"

// DetailSealKind names the kind of a record that was sealed again.
const DetailSealKind = "kind"

// What the trail tells of a stock that was edited on a product's card: the
// document its movement names, and by how much, in thousandths.
const (
	DetailStockDoc   = "stock_doc"
	DetailStockMoved = "stock_moved"
)

// What the trail tells of a customer's group, a limit and a code, by which the
// stored ones are checked.
const (
	DetailEarn      = "earn"
	DetailShare     = "share"
	DetailLimit     = "limit"
	DetailDays      = "days"
	DetailGroup     = "group"
	DetailChallenge = "challenge"
	DetailDigest    = "digest"
)

// Seal chains the event to its predecessor's hash (hex, "" for the first). The
// hash covers a label, the number, the time in Unix ms and every field, each
// with its length before it, so that no two events read alike.
func (e *Event) Seal(prev string) { e.Hash = e.chain(prev) }

// Verify reports whether the event's hash follows from prev and its fields.
func (e *Event) Verify(prev string) bool { return e.Hash == e.chain(prev) }

func (e *Event) chain(prev string) string {
	d := digest.New("kassa.audit.v1")
	d.Text(prev).Int(e.N).Time(e.At).Text(string(e.Kind)).Text(string(e.Employee)).Text(e.Subject)
	keys := make([]string, 0, len(e.Detail))
	for k := range e.Detail {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	d.Int(int64(len(keys)))
	for _, k := range keys {
		d.Text(k).Text(e.Detail[k])
	}
	return d.Hex()
}

// Asks reports a message that asks for something others decide too: it may be
// refused, where a fact is not.
func (k EventKind) Asks() bool { return strings.HasPrefix(string(k), "request.") }
