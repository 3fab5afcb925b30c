package wire

import (
	"maps"
	"slices"
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// ShiftOpened tells "shift.opened".
type ShiftOpened struct {
	Head
	ID       string `json:"id"`
	Till     string `json:"till,omitempty"` // not told in version 0
	Number   int64  `json:"number"`
	Employee string `json:"employee"`
	Float    int64  `json:"float_minor"`
	Currency string `json:"currency,omitempty"` // not told in version 0
	At       int64  `json:"at_ms"`
	Digest   string `json:"digest,omitempty"` // not told in version 0
}

// OfOpening tells the opening of a shift at a till; digest is the one it is
// booked with.
func OfOpening(s *pos.Shift, digest, till string, c money.Currency) *ShiftOpened {
	return &ShiftOpened{Head: now(), ID: string(s.ID), Till: till, Number: s.Number, Employee: string(s.OpenedBy), Float: int64(s.Float),
		Currency: string(c), At: ms(s.OpenedAt), Digest: digest}
}

// EventKind implements Payload.
func (*ShiftOpened) EventKind() pos.EventKind { return pos.EventShiftOpened }

// Subject implements Payload.
func (p *ShiftOpened) Subject() string { return p.ID }

// Object implements Payload.
func (p *ShiftOpened) Object() string { return p.ID }

func (p *ShiftOpened) lacks() string { return empty("id", p.ID) }

// ShiftClosed tells "shift.closed": the count, and the Z report with its sums.
type ShiftClosed struct {
	Head
	ID         string `json:"id"`
	Till       string `json:"till"`
	Number     int64  `json:"number"`
	OpenedBy   string `json:"opened_by"`
	OpenedName string `json:"opened_by_name"` // who that is
	OpenedAt   int64  `json:"opened_at_ms"`
	Employee   string `json:"employee"` // who closed it
	At         int64  `json:"at_ms"`
	Currency   string `json:"currency,omitempty"` // not told in version 0
	Float      int64  `json:"float_minor"`
	Expected   int64  `json:"expected_minor"`
	Counted    int64  `json:"counted_minor"`
	Difference int64  `json:"difference_minor"`

	Sales        int64       `json:"sales"`
	Gross        int64       `json:"gross_minor"`
	Discount     int64       `json:"discount_minor"`
	Total        int64       `json:"total_minor"`
	VAT          int64       `json:"vat_minor"`
	ByTender     []MethodSum `json:"by_tender"` // cash net of change
	Repaid       []MethodSum `json:"repaid"`
	CashIn       int64       `json:"cash_in_minor"`
	CashOut      int64       `json:"cash_out_minor"` // positive
	PointsSpent  int64       `json:"points_spent"`
	PointsEarned int64       `json:"points_earned"`
	DebtAdded    int64       `json:"debt_added_minor"`
	Prepaid      int64       `json:"prepaid_minor"`
	Removed      int64       `json:"lines_removed"`
	Cancelled    int64       `json:"cheques_cancelled"`
	Skips        int64       `json:"codes_skipped"`
	Returns      ShiftBack   `json:"returns"`
	Corrected    []MethodSum `json:"corrected"`        // what corrections moved to a method, and away from it
	Journal      string      `json:"journal_head"`     // first 8 hex digits of the journal's head
	Digest       string      `json:"digest,omitempty"` // not told in version 0
}

// MethodSum is what a method has to do with a sum.
type MethodSum struct {
	Method string `json:"method"`
	Amount int64  `json:"amount_minor"`
}

// ShiftBack are the returns of a shift.
type ShiftBack struct {
	Count          int64       `json:"count"`
	Total          int64       `json:"total_minor"`
	VAT            int64       `json:"vat_minor"`
	ByMethod       []MethodSum `json:"by_method"`
	PointsRestored int64       `json:"points_restored"`
	PointsTaken    int64       `json:"points_taken"`
}

// OfClosing tells the closing of the shift of a report; digest is the one it is
// booked with.
func OfClosing(r *pos.ShiftReport, digest string, c money.Currency) *ShiftClosed {
	s := &r.Shift
	return &ShiftClosed{
		Head: now(), ID: string(s.ID), Till: r.Till, Number: s.Number, OpenedBy: string(s.OpenedBy), OpenedName: r.Employee,
		OpenedAt: ms(s.OpenedAt), Employee: string(s.ClosedBy), At: ms(s.ClosedAt), Currency: string(c), Float: int64(s.Float),
		Expected: int64(r.Expected), Counted: int64(r.Counted), Difference: int64(r.Difference),
		Sales: r.Sales, Gross: int64(r.Gross), Discount: int64(r.Discount), Total: int64(r.Total), VAT: int64(r.VAT),
		ByTender: sums(r.ByTender), Repaid: sums(r.Repaid), CashIn: int64(r.CashIn), CashOut: int64(r.CashOut),
		PointsSpent: r.Points.Spent, PointsEarned: r.Points.Earned, DebtAdded: int64(r.DebtAdded), Prepaid: int64(r.Prepaid),
		Removed: r.Removed, Cancelled: r.Cancelled, Skips: r.Skips,
		Returns: ShiftBack{Count: r.Returns.Count, Total: int64(r.Returns.Total), VAT: int64(r.Returns.VAT), ByMethod: sums(r.Returns.ByMethod),
			PointsRestored: r.Returns.Points.Restored, PointsTaken: r.Returns.Points.Taken},
		Corrected: sums(r.Corrected), Journal: r.Head, Digest: digest,
	}
}

// sums are told by the methods' words, so that they come out the same every
// time.
func sums[M ~string, A ~int64](by map[M]A) []MethodSum {
	list := make([]MethodSum, 0, len(by))
	for _, m := range slices.Sorted(maps.Keys(by)) {
		list = append(list, MethodSum{Method: string(m), Amount: int64(by[m])})
	}
	return list
}

// EventKind implements Payload.
func (*ShiftClosed) EventKind() pos.EventKind { return pos.EventShiftClosed }

// Subject implements Payload.
func (p *ShiftClosed) Subject() string { return p.ID }

// Object implements Payload.
func (p *ShiftClosed) Object() string { return p.ID }

func (p *ShiftClosed) lacks() string { return empty("id", p.ID) }

// CashMoved tells "cash.moved": cash put into the drawer, or taken out of it.
type CashMoved struct {
	Head
	ID       string `json:"id"`
	Shift    string `json:"shift"`
	Employee string `json:"employee"`
	Amount   int64  `json:"amount_minor"`       // positive in, negative out
	Currency string `json:"currency,omitempty"` // not told in version 0
	Reason   string `json:"reason"`
	At       int64  `json:"at_ms"`
	Digest   string `json:"digest,omitempty"` // not told in version 0
}

// OfCash tells a movement of cash; digest is the one it is booked with.
func OfCash(m *pos.CashMove, digest string, c money.Currency) *CashMoved {
	return &CashMoved{Head: now(), ID: string(m.ID), Shift: string(m.Shift), Employee: string(m.Employee), Amount: int64(m.Amount),
		Currency: string(c), Reason: m.Reason, At: ms(m.At), Digest: digest}
}

// EventKind implements Payload.
func (*CashMoved) EventKind() pos.EventKind { return pos.EventCashMoved }

// Subject implements Payload.
func (p *CashMoved) Subject() string { return p.ID }

// Object implements Payload.
func (p *CashMoved) Object() string { return either(p.Shift, p.ID) }

func (p *CashMoved) lacks() string { return empty("id", p.ID) }

// Shifts and cash as they were told before there were versions.
type (
	shiftV0 struct {
		ID, OpenedBy, ClosedBy           string
		Number, Float, Expected, Counted int64
		OpenedAt, ClosedAt               time.Time
	}
	reportV0 struct {
		Shift                                                              shiftV0
		Till, Employee, Head                                               string
		Sales, Gross, Discount, Total, VAT                                 int64
		CashIn, CashOut, Expected, Counted, Difference, DebtAdded, Prepaid int64
		Removed, Cancelled, Skips                                          int64
		ByTender, Repaid, Corrected                                        map[string]int64
		Points                                                             struct{ Spent, Earned int64 }
		Returns                                                            struct {
			Count, Total, VAT int64
			ByMethod          map[string]int64
			Points            struct{ Restored, Taken int64 }
		}
	}
	cashV0 struct {
		ID, Shift, Employee, Reason string
		Amount                      int64
		At                          time.Time
	}
)

func shiftOpenedBefore(_ *pos.OutboxMessage, s *shiftV0) Payload {
	return &ShiftOpened{ID: s.ID, Number: s.Number, Employee: s.OpenedBy, Float: s.Float, At: ms(s.OpenedAt)}
}

func shiftClosedBefore(_ *pos.OutboxMessage, r *reportV0) Payload {
	s := &r.Shift
	return &ShiftClosed{
		ID: s.ID, Till: r.Till, Number: s.Number, OpenedBy: s.OpenedBy, OpenedName: r.Employee, OpenedAt: ms(s.OpenedAt),
		Employee: s.ClosedBy, At: ms(s.ClosedAt), Float: s.Float, Expected: r.Expected, Counted: r.Counted, Difference: r.Difference,
		Sales: r.Sales, Gross: r.Gross, Discount: r.Discount, Total: r.Total, VAT: r.VAT, ByTender: sums(r.ByTender), Repaid: sums(r.Repaid),
		CashIn: r.CashIn, CashOut: r.CashOut, PointsSpent: r.Points.Spent, PointsEarned: r.Points.Earned, DebtAdded: r.DebtAdded,
		Prepaid: r.Prepaid, Removed: r.Removed, Cancelled: r.Cancelled, Skips: r.Skips,
		Returns: ShiftBack{Count: r.Returns.Count, Total: r.Returns.Total, VAT: r.Returns.VAT, ByMethod: sums(r.Returns.ByMethod),
			PointsRestored: r.Returns.Points.Restored, PointsTaken: r.Returns.Points.Taken},
		Corrected: sums(r.Corrected), Journal: r.Head,
	}
}

func cashBefore(_ *pos.OutboxMessage, m *cashV0) Payload {
	return &CashMoved{ID: m.ID, Shift: m.Shift, Employee: m.Employee, Amount: m.Amount, Reason: m.Reason, At: ms(m.At)}
}
