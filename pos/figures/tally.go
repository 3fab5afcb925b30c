package figures

import (
	"cmp"
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// Dim is what sums are kept by.
type Dim int

// The sums kept. Those by month hold the same as those by day, for periods
// that would have to read too many days.
const (
	ByDay Dim = iota + 1
	ByHour
	ByProduct
	ByEmployee
	ByTender

	monthly // added to the above for the sums of whole months
)

// Monthly is the same by month: the day of its cells is the first of the month.
func (d Dim) Monthly() Dim { return d + monthly }

// Dims lists every dimension, days first.
func Dims() []Dim {
	var all []Dim
	for d := ByDay; d <= ByTender; d++ {
		all = append(all, d, d.Monthly())
	}
	return all
}

// Place names a cell: a day or month of a dimension and what is summed there,
// "" by day, "07" by hour, the id of a product or employee, the method of a
// tender.
type Place struct {
	Dim Dim
	Day Day
	Key string
}

// Sums are what is added up in a cell. By product they count lines of that
// product, by tender what was paid with it (Total); elsewhere whole sales.
type Sums struct {
	Sales, Lines              int64 // lines that were not removed
	Qty                       money.Quantity
	Gross                     money.Amount // before discounts
	Own, Spread               money.Amount // discounts of lines, and of cheques with the rounding, spread over their lines
	Total                     money.Amount // what was sold for
	VAT                       money.Amount
	Cost                      money.Amount // of the lines whose cost is known
	Costed                    money.Amount // what those lines were sold for
	PointsSpent, PointsEarned int64
	Debt                      money.Amount
	Removed                   int64 // lines removed
	RemovedSum                money.Amount
	Returned                  money.Amount // worth of goods brought back; read for each report, never stored
}

// Net is what was sold less what came back.
func (s *Sums) Net() money.Amount { return s.Total.Sub(s.Returned) }

// Discount is all that was given away.
func (s *Sums) Discount() money.Amount { return s.Own.Add(s.Spread) }

// Figures are the sums in their order, for stores: pointers into s.
func (s *Sums) Figures() []*int64 {
	return []*int64{&s.Sales, &s.Lines, (*int64)(&s.Qty), (*int64)(&s.Gross), (*int64)(&s.Own), (*int64)(&s.Spread),
		(*int64)(&s.Total), (*int64)(&s.VAT), (*int64)(&s.Cost), (*int64)(&s.Costed), &s.PointsSpent, &s.PointsEarned, (*int64)(&s.Debt),
		&s.Removed, (*int64)(&s.RemovedSum)}
}

// Add adds other sums.
func (s *Sums) Add(o *Sums) {
	to, from := s.Figures(), o.Figures()
	for i := range to {
		*to[i] += *from[i]
	}
	s.Returned += o.Returned
}

// Rows is the range of sales of a day, by their place in the store: every sale
// of the day lies in it, but not only those.
type Rows struct{ First, Last int64 }

// RowOf is a sale's place in the order in which sales were stored.
func RowOf(s *pos.Sale) int64 { return s.Epoch<<40 | s.Number }

// Tally adds up sales.
type Tally struct {
	Cells map[Place]*Sums
	Days  map[Day]Rows
	zone  *time.Location
	wants func(Dim) bool
}

// NewTally makes an empty tally of days in a zone. wants tells which dimensions
// are asked for; nil: all.
func NewTally(zone *time.Location, wants func(Dim) bool) *Tally {
	if wants == nil {
		wants = func(Dim) bool { return true }
	}
	return &Tally{Cells: map[Place]*Sums{}, Days: map[Day]Rows{}, zone: zone, wants: wants}
}

// cell is the sums kept there.
func (t *Tally) cell(d Dim, day Day, key string) *Sums {
	p := Place{d, day, key}
	s := t.Cells[p]
	if s == nil {
		s = &Sums{}
		t.Cells[p] = s
	}
	return s
}

// both adds to a cell of a day and to that of its month, where wanted.
func (t *Tally) both(d Dim, day Day, key string, add *Sums) {
	if t.wants(d) {
		t.cell(d, day, key).Add(add)
	}
	if t.wants(d.Monthly()) {
		t.cell(d.Monthly(), day.Month(), key).Add(add)
	}
}

// Put adds sums that were added up before.
func (t *Tally) Put(p Place, s *Sums) { t.cell(p.Dim, p.Day, p.Key).Add(s) }

// Add adds a sale with its lines and tenders.
func (t *Tally) Add(s *pos.Sale) {
	day, row := DayOf(s.At, t.zone), RowOf(s)
	if r, ok := t.Days[day]; ok {
		t.Days[day] = Rows{min(r.First, row), max(r.Last, row)}
	} else {
		t.Days[day] = Rows{row, row}
	}
	whole := Sums{Sales: 1, Total: s.Total, PointsSpent: s.PointsSpent, PointsEarned: s.PointsEarned, Debt: s.DebtAdded}
	for i := range s.Lines {
		one := ofLine(&s.Lines[i])
		t.both(ByProduct, day, string(s.Lines[i].Product), &one)
		one.Sales, one.Total = 0, 0
		whole.Add(&one)
	}
	whole.VAT = s.VAT
	t.both(ByDay, day, "", &whole)
	t.both(ByHour, day, hour(s.At.In(t.zone).Hour()), &whole)
	t.both(ByEmployee, day, string(s.Employee), &whole)
	t.tenders(day, s)
}

// ofLine are the figures of one line; a removed one counts apart.
func ofLine(l *pos.SaleLine) Sums {
	if l.Removed {
		worth, err := money.LineTotal(l.Price, l.Qty)
		if err != nil {
			worth = 0 // no such line could have been sold either
		}
		return Sums{Removed: 1, RemovedSum: worth}
	}
	s := Sums{Lines: 1, Qty: l.Qty, Gross: l.Gross, Own: l.Own, Spread: l.Share, Total: l.Sum, VAT: l.LineTotals.VAT}
	if cost, err := money.LineTotal(l.Cost, l.Qty); l.Cost > 0 && err == nil {
		s.Cost, s.Costed = cost, l.Sum
	}
	return s
}

// tenders adds what was paid how; what gives change is net of it.
func (t *Tally) tenders(day Day, s *pos.Sale) {
	seen := make(map[pos.Method]money.Amount, len(s.Tenders))
	for i := range s.Tenders {
		seen[s.Tenders[i].Method] = seen[s.Tenders[i].Method].Add(s.Tenders[i].Amount)
	}
	for m, sum := range seen {
		if m.GivesChange() {
			sum = sum.Sub(s.Change)
		}
		t.both(ByTender, day, string(m), &Sums{Sales: 1, Total: sum})
	}
}

// State tells how far the stored sums go.
type State struct {
	Row  int64  // the last sale in them, see RowOf; 0: none
	Zone string // ZoneMark of the days; "" while there are none
}

// Holds reports whether the stored sums are of days in a zone.
func (s State) Holds(zone *time.Location) bool { return s.Row > 0 && s.Zone == ZoneMark(zone) }

// Compare orders places as stores keep them: by dimension, day and key.
func (p Place) Compare(o Place) int {
	return cmp.Or(cmp.Compare(p.Dim, o.Dim), cmp.Compare(p.Day, o.Day), cmp.Compare(p.Key, o.Key))
}
