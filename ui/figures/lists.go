package figures

import (
	"context"
	"slices"
	"time"

	"kassa/pos"
	"kassa/pos/report"
	"kassa/ui"
)

// listMost bounds the rows of one list on the screen; the export has them all.
const listMost = 1000

// skipDays is how far back skipped codes are looked at.
const skipDays = 92

// listKind is one of the lists at the left: shifts, sales, points, debts, codes
// that were skipped, approvals.
type listKind struct {
	id   string // "reports.<id>" is its name
	load func(ctx context.Context, env *ui.Env, a pos.Actor) (*listPage, error)
}

// listPage is a loaded list as it is drawn. Shifts and skipped codes are kept
// beside their rows: one can be opened.
type listPage struct {
	report.Table
	cols   []column
	shifts []pos.Shift
	skips  []skip
}

// column is a column on the screen: a field of the rows, and another one in
// small type under it, -1 for none.
type column struct {
	field, under int
	width, share float32 // at scale 1; a width of 0 shares what is left
	from         float32 // the width of the table below which it is left out
}

// skip is a code somebody went on without, or an approval, in words.
type skip struct {
	title string
	facts []report.Row
}

// salesFrom is the width of the table of sales that has room for points.
const salesFrom = 720

// moment is the width of a day with its time.
const moment = 176 // English months are the longest

// plain gives each field a column: figures a width of their own, moments
// theirs, and lets words share the rest.
func plain(head []report.Column, moments ...int) []column {
	cols := make([]column, len(head))
	for i, h := range head {
		cols[i] = column{field: i, under: -1}
		switch {
		case h.Figure:
			cols[i].width = 118
		case slices.Contains(moments, i):
			cols[i].width = moment
		}
	}
	return cols
}

var lists = []listKind{
	{"shifts", loadShifts},
	{"sales", loadSales},
	{"points", loadPoints},
	{"debts", loadDebts},
	{"skips", loadSkips},
	{"approvals", loadApprovals},
}

func loadShifts(ctx context.Context, env *ui.Env, a pos.Actor) (*listPage, error) {
	shifts, err := env.Till.Shifts(ctx, a, listMost)
	if err != nil {
		return nil, err
	}
	m := env.Words.Money()
	p := &listPage{shifts: shifts}
	for _, id := range []string{"number", "opened", "closed", "counted", "difference"} {
		p.Head = append(p.Head, report.Column{Name: env.T("reports.col."+id, nil), Figure: id == "number" || id == "counted" || id == "difference"})
	}
	for i := range shifts {
		s := &shifts[i]
		closed, counted, diff := env.T("reports.open", nil), "", ""
		if !s.Open() {
			closed, counted, diff = env.Words.DateTime(s.ClosedAt), m.Bare(s.Counted), m.Bare(s.Counted.Sub(s.Expected))
		}
		p.Rows = append(p.Rows, []string{m.Points(s.Number), env.Words.DateTime(s.OpenedAt), closed, counted, diff})
	}
	p.cols = plain(p.Head, 1, 2)
	p.cols[0].width = 70
	p.cols[3].from = 600 // the difference says what matters of it
	return p, nil
}

func loadSales(ctx context.Context, env *ui.Env, a pos.Actor) (*listPage, error) {
	sales, err := env.Till.Sales(ctx, a, 0, listMost)
	if err != nil {
		return nil, err
	}
	t := report.Sales(sales, env.Words.T, env.Words.Money())
	p := &listPage{Table: t, cols: plain(t.Head)}
	p.cols[0].width = 80
	for _, points := range []int{3, 4} { // with large letters the sums stay
		p.cols[points].from = salesFrom
	}
	return p, nil
}

// states loads the customers that keep tells to keep; among a hundred thousand
// only those with points or debts are held.
func states(ctx context.Context, env *ui.Env, a pos.Actor, keep func(*pos.CustomerState) bool) ([]pos.CustomerState, error) {
	var all []pos.CustomerState
	err := env.Till.CustomerStates(ctx, a, func(s *pos.CustomerState, _ []pos.Debt) error {
		if keep(s) && len(all) < listMost {
			all = append(all, *s)
		}
		return nil
	})
	return all, err
}

func loadPoints(ctx context.Context, env *ui.Env, a pos.Actor) (*listPage, error) {
	list, err := states(ctx, env, a, func(s *pos.CustomerState) bool { return s.Points > 0 || s.PointsSoon > 0 })
	if err != nil {
		return nil, err
	}
	t := report.Points(list, env.Words.T, env.Words.Money())
	return &listPage{Table: t, cols: plain(t.Head)}, nil
}

func loadDebts(ctx context.Context, env *ui.Env, a pos.Actor) (*listPage, error) {
	list, err := states(ctx, env, a, func(s *pos.CustomerState) bool { return s.Debt > 0 })
	if err != nil {
		return nil, err
	}
	t := report.Debts(list, env.Words.T, env.Words.Money())
	return &listPage{Table: t, cols: plain(t.Head)}, nil
}

func loadSkips(ctx context.Context, env *ui.Env, a pos.Actor) (*listPage, error) {
	from, to := lately(env)
	skips, err := env.Till.Skips(ctx, a, from, to)
	if err != nil {
		return nil, err
	}
	who, err := names(ctx, env)
	if err != nil {
		return nil, err
	}
	return opened(report.Skips(skips, who, env.Words.T, env.Words.Money()), skipColumns), nil
}

// loadApprovals shows the newest first: they are looked at to see what happened
// just now.
func loadApprovals(ctx context.Context, env *ui.Env, a pos.Actor) (*listPage, error) {
	from, to := lately(env)
	list, err := env.Till.Approvals(ctx, a, from, to)
	if err != nil {
		return nil, err
	}
	who, err := names(ctx, env)
	if err != nil {
		return nil, err
	}
	slices.Reverse(list)
	return opened(report.Approvals(list, who, env.Words.T, env.Words.Money()), approvalColumns), nil
}

// lately is the period that skipped codes and approvals are looked at for.
func lately(env *ui.Env) (from, to time.Time) {
	now := env.Kit.Timers.Now()
	return now.AddDate(0, 0, -skipDays), now.Add(time.Minute)
}

// names answers who an employee is.
func names(ctx context.Context, env *ui.Env) (func(pos.EmployeeID) string, error) {
	people, err := env.Till.Employees(ctx)
	if err != nil {
		return nil, err
	}
	names := make(map[pos.EmployeeID]string, len(people))
	for _, e := range people {
		names[e.ID] = e.Name
	}
	return func(id pos.EmployeeID) string { return names[id] }, nil
}

// opened is a page each of whose rows can be opened whole.
func opened(t report.Table, cols []column) *listPage {
	p := &listPage{Table: t, cols: cols}
	for _, row := range t.Rows {
		s := skip{title: row[1]}
		if row[2] != "" {
			s.title += " · " + row[2]
		}
		for i, h := range t.Head {
			if row[i] != "" {
				s.facts = append(s.facts, report.Row{Label: h.Name, Value: row[i]})
			}
		}
		p.skips = append(p.skips, s)
	}
	return p
}

// skipColumns fold the six fields of a skipped code into four columns: who
// under when, and what went wrong under what was done.
var skipColumns = []column{{0, 3, moment, 0, 0}, {1, 4, 0, 1, 0}, {5, -1, 0, 1.3, 0}, {2, -1, 110, 0, 0}}

// approvalColumns fold the seven fields of an approval into four columns: who
// asked under when, who allowed it under what, and whether it was used under why.
var approvalColumns = []column{{0, 3, moment, 0, 0}, {1, 4, 0, 1, 0}, {5, 6, 0, 1.2, 0}, {2, -1, 110, 0, 0}}
