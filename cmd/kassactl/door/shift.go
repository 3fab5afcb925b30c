package door

import "kassa/pos"

// shiftJSON is a shift; with it come the cash in its drawer and its report.
type shiftJSON struct {
	ID       pos.ShiftID    `json:"id"`
	Number   int64          `json:"number"`
	OpenedAt *Timestamp     `json:"opened_at"`
	OpenedBy pos.EmployeeID `json:"opened_by"`
	Float    string         `json:"float"`
	ClosedAt *Timestamp     `json:"closed_at"`
	ClosedBy pos.EmployeeID `json:"closed_by,omitempty"`
}

func newShift(s *pos.Shift) *shiftJSON {
	return &shiftJSON{ID: s.ID, Number: s.Number, OpenedAt: Stamp(s.OpenedAt), OpenedBy: s.OpenedBy,
		Float: s.Float.String(), ClosedAt: Stamp(s.ClosedAt), ClosedBy: s.ClosedBy}
}

type cashJSON struct {
	Amount   string `json:"amount"`
	Reason   string `json:"reason"`
	Expected string `json:"expected"`
}

// reportJSON is a shift with its figures.
type reportJSON struct {
	Shift  *shiftJSON `json:"shift"`
	Report Report     `json:"report"`
}

func newReport(r *pos.ShiftReport) reportJSON { return reportJSON{newShift(&r.Shift), NewReport(r)} }

// Report is an X or Z report as it is told. Counted and Difference are there
// for a closed shift only: before the count nobody is told what it should be
// by the figures of the count.
type Report struct {
	Number       int64                 `json:"number"`
	Till         string                `json:"till"`
	Employee     string                `json:"employee"`
	OpenedAt     *Timestamp            `json:"opened_at"`
	ClosedAt     *Timestamp            `json:"closed_at"`
	Sales        int64                 `json:"sales"`
	Subtotal     string                `json:"subtotal"`
	Discount     string                `json:"discount"`
	Total        string                `json:"total"`
	VAT          string                `json:"vat"`
	Tenders      map[pos.Method]string `json:"tenders"` // cash net of change
	Repaid       map[pos.Method]string `json:"repaid"`
	Float        string                `json:"float"`
	CashIn       string                `json:"cash_in"`
	CashOut      string                `json:"cash_out"`
	Expected     string                `json:"expected"`
	Counted      string                `json:"counted,omitempty"`
	Difference   string                `json:"difference,omitempty"`
	PointsSpent  string                `json:"points_spent"`
	PointsEarned string                `json:"points_earned"`
	DebtAdded    string                `json:"debt_added"`
	Removed      int64                 `json:"removed_lines"`
	Cancelled    int64                 `json:"cancelled_cheques"`
	Skips        int64                 `json:"skipped_codes"`
	Returns      *returnsJSON          `json:"returns,omitempty"`   // of a shift that had any
	Corrected    map[pos.Method]string `json:"corrected,omitempty"` // moved to a method, or away from it
	Head         string                `json:"head"`
	At           *Timestamp            `json:"at"`
}

// returnsJSON are the returns of a shift, apart from its sales.
type returnsJSON struct {
	Count          int64                 `json:"count"`
	Total          string                `json:"total"`
	VAT            string                `json:"vat"`
	Refunds        map[pos.Method]string `json:"refunds"`
	PointsRestored string                `json:"points_restored"`
	PointsTaken    string                `json:"points_taken"`
}

// NewReport is the told form of a shift's figures.
func NewReport(r *pos.ShiftReport) Report {
	out := Report{
		Number: r.Shift.Number, Till: r.Till, Employee: r.Employee,
		OpenedAt: Stamp(r.Shift.OpenedAt), ClosedAt: Stamp(r.Shift.ClosedAt),
		Sales: r.Sales, Subtotal: r.Gross.String(), Discount: r.Discount.String(), Total: r.Total.String(), VAT: r.VAT.String(),
		Tenders: map[pos.Method]string{}, Repaid: map[pos.Method]string{},
		Float: r.Shift.Float.String(), CashIn: r.CashIn.String(), CashOut: r.CashOut.String(), Expected: r.Expected.String(),
		PointsSpent: Count(r.Points.Spent), PointsEarned: Count(r.Points.Earned), DebtAdded: r.DebtAdded.String(),
		Removed: r.Removed, Cancelled: r.Cancelled, Skips: r.Skips, Head: r.Head, At: Stamp(r.At),
	}
	for _, m := range pos.SaleMethods {
		if x := r.ByTender[m]; x != 0 || m.ByHand() {
			out.Tenders[m] = x.String()
		}
	}
	for _, m := range pos.CounterMethods {
		out.Repaid[m] = r.Repaid[m].String()
	}
	if b := &r.Returns; b.Count != 0 {
		out.Returns = &returnsJSON{Count: b.Count, Total: b.Total.String(), VAT: b.VAT.String(), Refunds: map[pos.Method]string{},
			PointsRestored: Count(b.Points.Restored), PointsTaken: Count(b.Points.Taken)}
		for m, sum := range b.ByMethod {
			out.Returns.Refunds[m] = sum.String()
		}
	}
	for m, sum := range r.Corrected {
		if out.Corrected == nil {
			out.Corrected = map[pos.Method]string{}
		}
		out.Corrected[m] = sum.String()
	}
	if !r.Shift.Open() {
		out.Counted, out.Difference = r.Counted.String(), r.Difference.String()
	}
	return out
}
