package report

import (
	"strings"

	"kassa/pos"
	"kassa/pos/money"
)

// Table is a report of many like rows: sales, points, debts, skipped codes.
type Table struct {
	Title string
	Head  []Column
	Rows  [][]string
	Total []Row  // below the table; empty for a table without rows
	Empty string // said instead of rows where there are none
}

// Column is the head of a column.
type Column struct {
	Name   string
	Figure bool // read from the right
}

func columns(say Say, ids ...string) []Column {
	head := make([]Column, len(ids))
	for i, id := range ids {
		name, figure := strings.CutSuffix(id, "#")
		head[i] = Column{Name: say("report.col."+name, nil), Figure: figure}
	}
	return head
}

// Sales tells the sales as they are given.
func Sales(sales []pos.Sale, say Say, f money.Formatter) Table {
	t := Table{Title: say("report.title.sales", nil), Empty: say("report.empty", nil),
		Head: columns(say, "number#", "at", "total#", "points-spent#", "points-earned#", "debt#")}
	var total money.Amount
	for i := range sales {
		s := &sales[i]
		total = total.Add(s.Total)
		t.Rows = append(t.Rows, []string{f.Points(s.Number), say("report.moment", pos.Args{"At": s.At}), f.Bare(s.Total),
			f.Points(s.PointsSpent), f.Points(s.PointsEarned), f.Bare(s.DebtAdded)})
	}
	t.total(say, "report.total", f.Amount(total))
	return t
}

// Points tells who has points, as given; customers without any are left out.
func Points(customers []pos.CustomerState, say Say, f money.Formatter) Table {
	t := Table{Title: say("report.title.points", nil), Empty: say("report.empty", nil), Head: columns(say, "customer", "points#", "points-soon#")}
	var sum int64
	for i := range customers {
		c := &customers[i]
		if c.Points == 0 && c.PointsSoon == 0 {
			continue
		}
		sum += c.Points
		t.Rows = append(t.Rows, []string{c.Name, f.Points(c.Points), f.Points(c.PointsSoon)})
	}
	t.total(say, "report.points", f.Points(sum))
	return t
}

// Debts tells who owes, as given; customers without a debt are left out.
func Debts(customers []pos.CustomerState, say Say, f money.Formatter) Table {
	t := Table{Title: say("report.title.debts", nil), Empty: say("report.empty", nil), Head: columns(say, "customer", "debt#", "overdue#", "limit#")}
	var owed, overdue money.Amount
	for i := range customers {
		c := &customers[i]
		if c.Debt == 0 {
			continue
		}
		owed, overdue = owed.Add(c.Debt), overdue.Add(c.Overdue)
		t.Rows = append(t.Rows, []string{c.Name, f.Bare(c.Debt), f.Bare(c.Overdue), f.Bare(c.Limit)})
	}
	t.total(say, "report.debt", f.Amount(owed))
	if overdue != 0 {
		t.total(say, "report.overdue", f.Amount(overdue))
	}
	return t
}

// Skips tells where an employee went on without the customer's code. who names
// an employee.
func Skips(skips []pos.Override, who func(pos.EmployeeID) string, say Say, f money.Formatter) Table {
	t := Table{Title: say("report.title.skips", nil), Empty: say("report.empty", nil), Head: columns(say, "at", "operation", "sum#", "employee", "cause", "reason")}
	var sum money.Amount
	for _, s := range skips {
		sum = sum.Add(s.Amount)
		t.Rows = append(t.Rows, []string{say("report.moment", pos.Args{"At": s.At}), say(pos.Method(s.Operation).Word(), nil), f.Bare(s.Amount),
			who(s.Employee), say("report.cause."+s.Cause, nil), s.Reason})
	}
	t.total(say, "report.sum", f.Amount(sum))
	return t
}

// Approvals tells what employees allowed one another to do once. who names an
// employee.
func Approvals(list []pos.Approval, who func(pos.EmployeeID) string, say Say, f money.Formatter) Table {
	t := Table{Title: say("report.title.approvals", nil), Empty: say("report.empty", nil),
		Head: columns(say, "at", "operation", "sum#", "employee", "granter", "reason", "used")}
	for i := range list {
		a := &list[i]
		sum, used := "", say("report.unused", nil)
		if a.Right.HasSum() {
			sum = f.Bare(a.Sum)
			if _, other := pos.SubjectOf(a.Subject); other != "" {
				sum = f.In(other).Amount(a.Sum)
			}
		}
		if a.Used() {
			used = say("report.moment", pos.Args{"At": a.UsedAt})
		}
		t.Rows = append(t.Rows, []string{say("report.moment", pos.Args{"At": a.At}), say("right."+string(a.Right), nil), sum,
			who(a.AskedBy), who(a.GrantedBy), a.Reason, used})
	}
	return t
}

func (t *Table) total(say Say, id, value string) {
	if len(t.Rows) > 0 {
		t.Total = append(t.Total, Row{Mark: Strong, Label: say(id, nil), Value: value})
	}
}
