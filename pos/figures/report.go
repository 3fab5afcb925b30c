package figures

import (
	"slices"

	"kassa/pos"
)

// Kind is one report. Kinds are permanent words: they stand on command lines.
type Kind string

// The reports, as their list shows them.
const (
	Hours      Kind = "hours"
	Days       Kind = "days"
	Weekdays   Kind = "weekdays"
	Months     Kind = "months"
	Products   Kind = "products"
	Categories Kind = "categories"
	Employees  Kind = "employees"
	Tenders    Kind = "tenders"
	Margin     Kind = "margin"
	Discounts  Kind = "discounts"
	PointsFlow Kind = "points-flow"
	Expiring   Kind = "expiring"
	DebtAges   Kind = "debt-ages"
	Removed    Kind = "removed"
	Cancelled  Kind = "cancelled"
	ShiftDiffs Kind = "shift-diffs"
	Codes      Kind = "codes"
	Skips      Kind = "skips"
	Promotions Kind = "promotions"
	GiftCards  Kind = "certificates"
)

// Kinds lists every report.
var Kinds = []Kind{Days, Hours, Weekdays, Months, Products, Categories, Employees, Tenders, Margin, Discounts, PointsFlow, Expiring,
	DebtAges, Removed, Cancelled, ShiftDiffs, Codes, Skips, Promotions, GiftCards}

// Known tells whether there is such a report.
func (k Kind) Known() bool { return slices.Contains(Kinds, k) }

// Timeless reports tell of now, whatever the period.
func (k Kind) Timeless() bool { return k == DebtAges || k == Expiring }

// Compares tells whether the report can stand beside another period.
func (k Kind) Compares() bool { return len(measuresOf[k]) > 0 }

// Versus is the other period a report is compared with.
type Versus string

// What a period is compared with.
const (
	Alone      Versus = ""
	PastPeriod Versus = "before" // the period before
	PastWeek   Versus = "week"   // the same days of the week before
)

// Query asks for a report.
type Query struct {
	Kind   Kind
	Period Period
	Versus Versus
	Today  Day // days after it are left out of a report by day
}

// Other is the period compared with.
func (q Query) Other() Period {
	if q.Versus == PastWeek {
		return q.Period.WeekBefore()
	}
	return q.Period.Before()
}

// Unit is how a figure is written.
type Unit int

// The units.
const (
	Money Unit = iota
	Count
	Quantity // thousandths
	Percent  // basis points
	Words
	Moment // Unix milliseconds
)

// Column is a column of a report beside the one that names the rows.
type Column struct {
	ID   string // "figures.col.<id>" names it
	Unit Unit
}

// Label is a text: one of the shop's own, or the words of an id.
type Label struct {
	Text string
	ID   string
	Args pos.Args
}

// Cell is a figure, or words in a column of Words.
type Cell struct {
	N    int64
	Text Label
}

// Row is a line of a report.
type Row struct {
	Key   string // what is asked for the sales behind it
	Label Label
	Cells []Cell
	Was   []Cell // of the other period; nil without one
}

// Opens is what stands behind the rows of a report.
type Opens string

// What a row leads to.
const (
	OpensNothing  Opens = ""
	OpensSales    Opens = "sales"    // the list of sales of the row's key
	OpensCheque   Opens = "cheque"   // the sale with the key as id, or a cheque that never became one
	OpensCustomer Opens = "customer" // by id
	OpensShift    Opens = "shift"    // by id
)

// Report is a finished report: numbers and names, no words of a language.
type Report struct {
	Query
	Columns []Column
	Rows    []Row
	Total   *Row // nil where nothing adds up
	// FirstOnly: the total is of the first column alone.
	FirstOnly bool
	Chart     bool  // the first column is worth a chart
	Opens     Opens // what stands behind its rows
	Notes     []Label
	// Waiting is how many sales were read one by one because they are not in
	// the stored sums yet.
	Waiting int64
}

// SumFirst gives the report a total of its first column alone.
func (r *Report) SumFirst(sum int64) {
	if len(r.Rows) == 0 {
		return
	}
	t := &Row{Label: Label{ID: "figures.total"}, Cells: make([]Cell, len(r.Columns))}
	t.Cells[0].N = sum
	if r.Versus != Alone {
		t.Was = make([]Cell, len(r.Columns))
	}
	r.Total, r.FirstOnly = t, true
}
