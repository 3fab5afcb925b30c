package figures

import (
	"context"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/report"
	"kassa/ui/dates"
	"kassa/ui/savepdf"
	"kassa/ui/task"
	"kassa/ui/widgets"
)

// print sends the report shown to the receipt printer.
func (v *view) print() {
	if v.page == nil || v.env.Print == nil {
		return
	}
	v.env.Print.Text(pos.PrintReport, "", v.page.slip(v.env.Print.Words(), v.env.Print.Width()))
}

// save keeps the same slip as a PDF. What leaves the till as a file takes the
// right to export.
func (v *view) save() {
	p := v.page
	if p == nil {
		return
	}
	a := v.env.Actor
	task.Run(v.env.Ctx, v.env.Runner,
		func(ctx context.Context) (struct{}, error) {
			return struct{}{}, v.env.Till.Demand(ctx, a, pos.RightExport)
		},
		func(_ struct{}, err error) {
			if err != nil {
				v.news.Set(v.env.Words.Error(err), widgets.Bad)
				v.dialog.Refresh()
				v.env.Shown("savepdf", "error", string(pos.CodeOf(err)))
				return
			}
			savepdf.Slip(v.env, p.title(v.env), p.slip(v.env.Words, v.env.Till.Settings().Width))
		})
}

// slip is a report as lines of text: each row with its first figure, and the
// total.
func (p *page) slip(w *words.Words, width int) []string {
	p = newPage(p.Report, w.T, w.Money())
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
	return report.Lines(rows, width)
}
