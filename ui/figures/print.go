package figures

import (
	"kassa/pos"
	"kassa/pos/report"
	"kassa/ui/dates"
)

// print sends the report shown to the receipt printer: each row with its first
// figure, and the total.
func (v *view) print() {
	if v.page == nil || v.env.Print == nil {
		return
	}
	w := v.env.Print.Words()
	p := newPage(v.page.Report, w.T, w.Money())
	rows := []report.Row{{Mark: report.Title, Label: p.table.Title}}
	if !p.Kind.Timeless() {
		rows = append(rows, report.Row{Mark: report.Title, Label: dates.PeriodName(w.T, p.Period)})
	}
	rows = append(rows, report.Row{Mark: report.Rule})
	for _, r := range p.table.Rows {
		rows = append(rows, report.Row{Label: r[0], Value: r[1]})
	}
	if p.total != nil && len(p.table.Rows) > 0 {
		rows = append(rows, report.Row{Mark: report.Rule}, report.Row{Mark: report.Strong, Label: p.total[0], Value: p.total[1]})
	}
	v.env.Print.Text(pos.PrintReport, "", report.Lines(rows, v.env.Print.Width()))
}
