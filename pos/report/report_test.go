package report_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/postest/golden"
	"kassa/pos/report"
)

var morning = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func closedShift() *pos.ShiftReport {
	r := &pos.ShiftReport{
		Shift: pos.Shift{Number: 12, OpenedAt: morning, ClosedAt: morning.Add(12 * time.Hour), Float: 200000, Expected: 1_342_050, Counted: 1_341_050},
		Shop:  "Лавка у дома", Till: "1", Employee: "Ирина Котова", Sales: 48, Gross: 2_500_000, Discount: 50_000, Total: 2_450_000, VAT: 222_727,
		ByTender: map[pos.Method]money.Amount{pos.Cash: 1_192_050, pos.Card: 1_000_000, pos.Points: 57_950, pos.Credit: 200_000},
		Repaid:   map[pos.Method]money.Amount{pos.Cash: 50_000, pos.Transfer: 10_000},
		CashIn:   100_000, CashOut: 200_000, Expected: 1_342_050, Counted: 1_341_050, Difference: -1_000, DebtAdded: 200_000,
		Removed: 3, Cancelled: 1, Skips: 2, Head: "9f86d081", At: morning.Add(12 * time.Hour),
	}
	r.Points.Spent, r.Points.Earned = 579, 640
	return r
}

// returnsShift is a shift in which goods came back and a tender was corrected.
func returnsShift() *pos.ShiftReport {
	r := closedShift()
	r.Returns = pos.ReturnTotals{Count: 3, Total: 120_000, VAT: 10_909, ByMethod: map[pos.Method]money.Amount{
		pos.Cash: 70_000, pos.Card: 20_000, pos.Points: 10_000, pos.Credit: 15_000, pos.Exchange: 4_000, pos.Withheld: 1_000}}
	r.Returns.Points.Restored, r.Returns.Points.Taken = 90, 36
	r.Corrected = map[pos.Method]money.Amount{pos.Cash: -30_000, pos.Card: 30_000}
	r.ByTender[pos.Exchange] = 4_000
	return r
}

func openShift() *pos.ShiftReport {
	return &pos.ShiftReport{
		Shift: pos.Shift{Number: 13, OpenedAt: morning}, Till: "1", Employee: "Helen \x1b@Swift with a name that is longer than the paper is wide",
		Expected: 0, Head: "00000000", At: morning.Add(time.Hour),
	}
}

func table(w *words.Words, f func(report.Say, money.Formatter) report.Table) []report.Row {
	return flat(f(w.T, w.Money()))
}

// flat tells a table as blocks of names and figures, one a record, for a golden
// file; cells of nothing are left out.
func flat(t report.Table) []report.Row {
	rows := []report.Row{{Mark: report.Title, Label: t.Title}}
	if len(t.Rows) == 0 {
		return append(rows, report.Row{Label: t.Empty})
	}
	for _, cells := range t.Rows {
		rows = append(rows, report.Row{Mark: report.Rule})
		for i, cell := range cells {
			if i < len(t.Head) && cell != "" {
				rows = append(rows, report.Row{Label: t.Head[i].Name, Value: cell})
			}
		}
	}
	if len(t.Total) > 0 {
		rows = append(append(rows, report.Row{Mark: report.Rule}), t.Total...)
	}
	return rows
}

func TestReports_Golden(t *testing.T) {
	anna := pos.CustomerState{Customer: pos.Customer{Name: "Анна Лебедева", CreditLimit: 500_000}, Limit: 500_000, Points: 1240, PointsSoon: 12, Debt: 150_050, Overdue: 50_000}
	nobody := pos.CustomerState{Customer: pos.Customer{Name: "Глеб Соколов"}}
	reports := map[string]func(*words.Words) []report.Row{
		"z":         func(w *words.Words) []report.Row { return report.Shift(closedShift(), w.T, w.Money()) },
		"x":         func(w *words.Words) []report.Row { return report.Shift(openShift(), w.T, w.Money()) },
		"z-returns": func(w *words.Words) []report.Row { return report.Shift(returnsShift(), w.T, w.Money()) },
		"sales": func(w *words.Words) []report.Row {
			return table(w, func(say report.Say, f money.Formatter) report.Table {
				return report.Sales([]pos.Sale{{Number: 2, At: morning, Total: 126_261, PointsSpent: 10, PointsEarned: 37, DebtAdded: 5_000}, {Number: 1, At: morning, Total: 100}}, say, f)
			})
		},
		"points": func(w *words.Words) []report.Row {
			return table(w, func(say report.Say, f money.Formatter) report.Table {
				return report.Points([]pos.CustomerState{anna, nobody}, say, f)
			})
		},
		"debts": func(w *words.Words) []report.Row {
			return table(w, func(say report.Say, f money.Formatter) report.Table {
				return report.Debts([]pos.CustomerState{anna, nobody}, say, f)
			})
		},
		"skips": func(w *words.Words) []report.Row {
			return table(w, func(say report.Say, f money.Formatter) report.Table {
				who := func(pos.EmployeeID) string { return "Сергей Титов" }
				return report.Skips([]pos.Override{{Operation: "credit", Amount: 70_000, Cause: "failed", Reason: "Связи нет, покупатель известен", At: morning}}, who, say, f)
			})
		},
		"approvals": func(w *words.Words) []report.Row {
			return table(w, func(say report.Say, f money.Formatter) report.Table {
				who := func(id pos.EmployeeID) string {
					return map[pos.EmployeeID]string{"i": "Ирина Котова", "s": "Сергей Титов"}[id]
				}
				return report.Approvals([]pos.Approval{
					{Right: pos.RightLineDiscount, Sum: 1190, AskedBy: "i", GrantedBy: "s", Reason: "Помята упаковка", At: morning, UsedAt: morning.Add(time.Minute)},
					{Right: pos.RightReports, AskedBy: "i", GrantedBy: "s", Reason: "Сверка", At: morning},
				}, who, say, f)
			})
		},
		"empty": func(w *words.Words) []report.Row {
			return table(w, func(say report.Say, f money.Formatter) report.Table { return report.Sales(nil, say, f) })
		},
	}
	for name, rows := range reports {
		for _, lang := range words.Languages() {
			w := words.New(lang, "RUB", "").In(time.UTC)
			for width, suffix := range map[int]string{32: "32", 48: "48"} {
				t.Run(name+"/"+lang+"/"+suffix, func(t *testing.T) {
					lines := report.Lines(rows(w), width)
					for _, l := range lines {
						require.LessOrEqual(t, utf8.RuneCountInString(l), width, l)
						require.NotContains(t, l, "report.", "an id without words")
						require.NotContains(t, l, "\x1b", "a name commands the printer")
					}
					golden.Equal(t, name+"."+lang+"."+suffix+".txt", strings.Join(lines, "\n")+"\n")
				})
			}
		}
	}
}

func TestShift_TellsTheDifferenceByItsName(t *testing.T) {
	for difference, id := range map[money.Amount]string{-1: "report.short", 0: "report.even", 1: "report.over"} {
		r := closedShift()
		r.Difference = difference
		labels := ""
		for _, row := range report.Shift(r, func(id string, _ pos.Args) string { return id }, money.NewFormatter("ru", "RUB", "")) {
			labels += row.Label + "\n"
		}
		require.Contains(t, labels, id+"\n")
	}
}
