// Package notify says who is told of what, and by which way: the matrix of
// events and channels, the settings a shop makes of it, and what follows from
// them for one thing that happened. It knows no mail server and no database.
package notify

import "slices"

// Event is something people should hear of. Its name is permanent.
type Event string

// The events of payments, invoices and lists.
const (
	PaymentPaid     Event = "payment.paid"
	PaymentReversed Event = "payment.reversed"
	URLFailed       Event = "url.failed"     // a notification by URL could not be delivered
	ListProcessed   Event = "list.processed" // a list that came by FTP was taken or refused
	InvoiceIssued   Event = "invoice.issued"
	InvoicePaid     Event = "invoice.paid"
	InvoiceExpiring Event = "invoice.expiring"
	RefundRequested Event = "refund.requested"
	RefundChanged   Event = "refund.changed"
)

// The events of a shop's day.
const (
	PointsEarned        Event = "points.earned"
	PointsSpent         Event = "points.spent"
	PointsExpiring      Event = "points.expiring"
	DebtOpened          Event = "debt.opened"
	DebtRepaid          Event = "debt.repaid"
	DebtDue             Event = "debt.due"
	DebtOverdue         Event = "debt.overdue"
	CodeSkipped         Event = "code.skipped"
	ShiftClosed         Event = "shift.closed"
	DrawerDiffered      Event = "drawer.differed"
	ManualAsked         Event = "manual.asked"
	ManualDecided       Event = "manual.decided"
	CertificateExpiring Event = "certificate.expiring"
	StockLow            Event = "stock.low"
	BalanceLow          Event = "balance.low"
	CopyFailed          Event = "copy.failed"
	TillSilent          Event = "till.silent"
)

// Channel is a way to somebody.
type Channel string

// The ways there are.
const (
	Email    Channel = "email"
	SMS      Channel = "sms"
	URL      Channel = "url"
	Telegram Channel = "telegram"
	MAX      Channel = "max"
)

// Channels are all ways, in the order they are shown.
var Channels = []Channel{Email, SMS, URL, Telegram, MAX}

// Level is whose settings they are.
type Level string

// The levels, in the order they are shown.
const (
	Organisation Level = "organisation"
	Service      Level = "service"
	Outlet       Level = "outlet"
	Buyer        Level = "buyer"
)

// Levels are all levels, in the order they are shown.
var Levels = []Level{Organisation, Service, Outlet, Buyer}

// Row is what can be set of one event on one level.
type Row struct {
	Level    Level
	Event    Event
	Channels []Channel
}

// Matrix is what payments, invoices and lists offer: a cell that is not here
// cannot be set. PaymentPaid stands for both outcomes, paid and reversed, which
// are one subscription.
var Matrix = []Row{
	{Organisation, PaymentPaid, []Channel{Email, SMS, URL}},
	{Organisation, URLFailed, []Channel{Email}},
	{Organisation, ListProcessed, []Channel{Email}},
	{Service, PaymentPaid, []Channel{Email, SMS, URL}},
	{Outlet, PaymentPaid, []Channel{Email, SMS, URL}},
	{Buyer, InvoiceIssued, []Channel{Email, SMS}},
	{Buyer, InvoicePaid, []Channel{Email, SMS}},
	{Buyer, InvoiceExpiring, []Channel{Email}},
}

// Day is what a shop's day offers. The organisation hears of all of it by any
// way, an outlet of what happens at its tills, and a buyer of what is the
// buyer's own.
var Day = day()

func day() (rows []Row) {
	direct := []Channel{Email, SMS, Telegram, MAX}
	for _, e := range []Event{PointsEarned, PointsSpent, PointsExpiring, DebtOpened, DebtRepaid, DebtDue, DebtOverdue, CodeSkipped,
		ShiftClosed, DrawerDiffered, ManualAsked, ManualDecided, CertificateExpiring, StockLow, BalanceLow, CopyFailed, TillSilent} {
		rows = append(rows, Row{Organisation, e, Channels})
	}
	for _, e := range []Event{CodeSkipped, ShiftClosed, DrawerDiffered, ManualAsked, ManualDecided, StockLow, CopyFailed, TillSilent} {
		rows = append(rows, Row{Outlet, e, Channels})
	}
	for _, e := range []Event{PointsEarned, PointsSpent, PointsExpiring, DebtOpened, DebtRepaid, DebtDue, DebtOverdue, CodeSkipped, ManualDecided} {
		rows = append(rows, Row{Buyer, e, direct})
	}
	return rows
}

// Rows are all there are, of payments and of the day.
func Rows() []Row { return slices.Concat(Matrix, Day) }

// Offered says whether a cell can be set at all.
func Offered(l Level, e Event, c Channel) bool {
	for _, r := range Rows() {
		if r.Level == l && r.Event == e {
			return slices.Contains(r.Channels, c)
		}
	}
	return false
}

// heard is one subscription an event reaches, and by which ways.
type heard struct {
	level Level
	event Event // as it is set
	ways  []Channel
}

// subscriptions are the rows whose settings decide who hears of an event. A
// reversal is heard by those who hear of payments, and what becomes of a refund
// by the organisation's among them, though not by URL.
func subscriptions(e Event) (all []heard) {
	switch e {
	case PaymentReversed:
		e = PaymentPaid
	case RefundRequested, RefundChanged:
		return []heard{{Organisation, PaymentPaid, []Channel{Email, SMS}}}
	}
	for _, r := range Rows() {
		if r.Event == e {
			all = append(all, heard{r.Level, e, r.Channels})
		}
	}
	return all
}

// SetAs is the event whose settings decide who hears of this one, and whether
// there is one: of most it is the event itself.
func SetAs(e Event) (Event, bool) {
	if s := subscriptions(e); len(s) > 0 {
		return s[0].event, true
	}
	return "", false
}
