// Package reports shows the shop's figures: shifts, sales, points, debts and
// the codes that were skipped.
package reports

import (
	"context"
	"time"

	"kassa/pos"
	"kassa/pos/report"
	"kassa/ui"
)

// most bounds the rows of one report on the screen; the export has them all.
const most = 1000

// skipDays is how far back skipped codes are looked at.
const skipDays = 92

// kind is one report of the list at the left.
type kind struct {
	id   string // "reports.<id>" is its name
	load func(ctx context.Context, env *ui.Env, a pos.Actor) (*page, error)
}

// page is a loaded report. Shifts are kept beside their rows: one can be opened.
type page struct {
	report.Table
	shifts []pos.Shift
}

var kinds = []kind{
	{"shifts", loadShifts},
	{"sales", loadSales},
	{"points", loadPoints},
	{"debts", loadDebts},
	{"skips", loadSkips},
}

func loadShifts(ctx context.Context, env *ui.Env, a pos.Actor) (*page, error) {
	shifts, err := env.Till.Shifts(ctx, a, most)
	if err != nil {
		return nil, err
	}
	m := env.Words.Money()
	p := &page{shifts: shifts}
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
	return p, nil
}

func loadSales(ctx context.Context, env *ui.Env, a pos.Actor) (*page, error) {
	sales, err := env.Till.Sales(ctx, a, 0, most)
	if err != nil {
		return nil, err
	}
	return &page{Table: report.Sales(sales, env.Words.T, env.Words.Money())}, nil
}

// states loads the customers that keep tells to keep; among a hundred thousand
// only those with points or debts are held.
func states(ctx context.Context, env *ui.Env, a pos.Actor, keep func(*pos.CustomerState) bool) ([]pos.CustomerState, error) {
	var all []pos.CustomerState
	err := env.Till.CustomerStates(ctx, a, func(s *pos.CustomerState, _ []pos.Debt) error {
		if keep(s) && len(all) < most {
			all = append(all, *s)
		}
		return nil
	})
	return all, err
}

func loadPoints(ctx context.Context, env *ui.Env, a pos.Actor) (*page, error) {
	list, err := states(ctx, env, a, func(s *pos.CustomerState) bool { return s.Points > 0 || s.PointsSoon > 0 })
	if err != nil {
		return nil, err
	}
	return &page{Table: report.Points(list, env.Words.T, env.Words.Money())}, nil
}

func loadDebts(ctx context.Context, env *ui.Env, a pos.Actor) (*page, error) {
	list, err := states(ctx, env, a, func(s *pos.CustomerState) bool { return s.Debt > 0 })
	if err != nil {
		return nil, err
	}
	return &page{Table: report.Debts(list, env.Words.T, env.Words.Money())}, nil
}

func loadSkips(ctx context.Context, env *ui.Env, a pos.Actor) (*page, error) {
	now := env.Kit.Timers.Now()
	skips, err := env.Till.Skips(ctx, a, now.AddDate(0, 0, -skipDays), now.Add(time.Minute))
	if err != nil {
		return nil, err
	}
	people, err := env.Till.Employees(ctx)
	if err != nil {
		return nil, err
	}
	names := make(map[pos.EmployeeID]string, len(people))
	for _, e := range people {
		names[e.ID] = e.Name
	}
	who := func(id pos.EmployeeID) string { return names[id] }
	return &page{Table: report.Skips(skips, who, env.Words.T, env.Words.Money())}, nil
}
