package report

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"kassa/pos"
	"kassa/pos/exports"
	"kassa/pos/figures"
	"kassa/pos/money"
)

func plainly(id string, _ pos.Args) string { return id }

// Names of people stay texts, which a writer keeps from becoming formulas;
// figures are numbers without grouping.
func TestFiguresRows(t *testing.T) {
	r := &figures.Report{Query: figures.Query{Kind: figures.Products, Versus: figures.PastPeriod},
		Columns: []figures.Column{{ID: "total", Unit: figures.Money}, {ID: "at", Unit: figures.Moment}, {ID: "reason", Unit: figures.Words}},
		Rows:    []figures.Row{{Label: figures.Label{Text: "=1+1"}, Cells: []figures.Cell{{N: -123456}, {}, {Text: figures.Label{Text: "@x"}}}, Was: []figures.Cell{{N: 5}, {}, {}}}}}
	assert.Equal(t, [][]exports.Cell{{
		{Name: "figures.of.products", Value: "=1+1", Kind: exports.Text}, {Name: "figures.col.total", Value: "-1234.56", Kind: exports.Number},
		{Name: "figures.col.was", Value: "0.05", Kind: exports.Number}, {Name: "figures.col.at", Kind: exports.Plain}, {Name: "figures.col.reason", Value: "@x", Kind: exports.Text},
	}}, FiguresRows(r, plainly))
}

func TestFigures_Table(t *testing.T) {
	f := money.NewFormatter("ru", "RUB", "")
	r := &figures.Report{Query: figures.Query{Kind: figures.Days, Versus: figures.PastPeriod},
		Columns: []figures.Column{{ID: "total", Unit: figures.Money}, {ID: "share", Unit: figures.Percent}},
		Rows:    []figures.Row{{Label: figures.Label{Text: "день"}, Cells: []figures.Cell{{N: 15000}, {N: 1250}}, Was: []figures.Cell{{N: 10000}, {}}}}}
	table := Figures(r, plainly, f)
	assert.Equal(t, [][]string{{"день", "150,00", "100,00", "+" + f.Percent(5000), f.Percent(1250)}}, table.Rows)
	assert.Len(t, table.Head, 5)
	assert.Nil(t, FiguresTotal(r, plainly, f))
	r.Rows[0].Was[0].N = 0
	assert.Equal(t, "–", Figures(r, plainly, f).Rows[0][3], "there is no share of nothing")
	r.SumFirst(7)
	assert.Empty(t, FiguresTotal(r, plainly, f)[4])
}
