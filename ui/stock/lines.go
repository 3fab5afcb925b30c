package stock

import (
	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// columns are what the lines of a document show: a receiving what it cost, a
// stocktake what the books said and the difference.
func (d *doc) columns() []widgets.Column {
	t, right := d.env.T, fyne.TextAlignTrailing
	list := []widgets.Column{
		{Title: t("stock.goods", nil)},
		{Title: t("stock.sku", nil), Width: 110, From: 760, Style: widgets.Muted},
		{Title: t("stock.qty."+string(d.view.Doc.Kind), nil), Width: 130, Align: right, Style: widgets.Strong},
	}
	switch d.view.Doc.Kind {
	case pos.Receiving:
		return append(list,
			widgets.Column{Title: t("stock.cost", nil), Width: 120, Align: right},
			widgets.Column{Title: t("stock.sum", nil), Width: 130, From: 620, Align: right},
			widgets.Column{Title: t("stock.price", nil), Width: 130, From: 700, Align: right, Style: widgets.Muted})
	case pos.Stocktake:
		return append(list,
			widgets.Column{Title: t("stock.book", nil), Width: 130, From: 560, Align: right, Style: widgets.Muted},
			widgets.Column{Title: t("stock.difference", nil), Width: 130, Align: right})
	}
	return append(list, widgets.Column{Title: t("stock.book", nil), Width: 130, Align: right, Style: widgets.Muted})
}

// hidden tells that the books are not shown while goods are counted blindly.
func (d *doc) hidden() bool { return d.draft() && d.view.Doc.Kind == pos.Stocktake && d.view.Doc.Blind }

func (d *doc) cell(row, col int) widgets.Cell {
	l, m := &d.view.Doc.Lines[row], d.env.Words.Money()
	switch {
	case col == 0:
		return widgets.Cell{Text: l.Name}
	case col == 1:
		return widgets.Cell{Text: l.SKU}
	case col == 2:
		return widgets.Cell{Text: amount(d.env, l.Qty, l.Unit)}
	case d.view.Doc.Kind == pos.Receiving:
		return d.costCell(l, col)
	case d.hidden():
		return widgets.Cell{Text: "•"}
	case col == 3:
		return widgets.Cell{Text: m.Quantity(l.Book)}
	}
	move := d.view.Doc.Move(l, l.Book)
	if !d.draft() {
		move = l.Moved
	}
	c := widgets.Cell{Text: signed(d.env, move, "")}
	if move < 0 {
		c.Style = widgets.Strong.In(theme.ColorBad).Right()
	} else if move > 0 {
		c.Style = widgets.Strong.In(theme.ColorGood).Right()
	}
	return c
}

func (d *doc) costCell(l *pos.StockLine, col int) widgets.Cell {
	m := d.env.Words.Money()
	switch col {
	case 3:
		if l.Cost == 0 {
			return widgets.Cell{Text: "–", Style: widgets.Muted.Right()}
		}
		return widgets.Cell{Text: m.Bare(l.Cost)}
	case 4:
		sum, err := money.LineTotal(l.Cost, l.Qty)
		if err != nil || l.Cost == 0 {
			return widgets.Cell{}
		}
		return widgets.Cell{Text: m.Bare(sum)}
	}
	if l.NewPrice > 0 {
		return widgets.Cell{Text: m.Bare(l.NewPrice), Style: widgets.Strong.Right()}
	}
	return widgets.Cell{Text: m.Bare(d.view.Goods[l.Product].Price)}
}

// totals is the line under the table.
func (d *doc) totals() string {
	v := &d.view.Doc
	args := pos.Args{"Count": len(v.Lines)}
	switch {
	case v.Kind == pos.Receiving:
		args["Sum"] = v.Sum()
		return d.env.T("stock.total.receiving", args)
	case d.draft():
		return d.env.T("stock.total.draft", args)
	}
	args["Sum"] = v.Worth()
	return d.env.T("stock.total.posted", args)
}
