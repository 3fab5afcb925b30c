package lists

import (
	"kassa/pos"
	"kassa/pos/exports"
)

// exportReturns writes the returns, their lines or what they gave back.
func (o *op) exportReturns(ex Export, row rowFunc) error {
	return o.EachReturn(func(r *pos.Return) error {
		if !ex.within(r.At) {
			return nil
		}
		switch ex.What {
		case ExportedReturned:
			return eachCells(r.Lines, row, func(l *pos.ReturnLine) []exports.Cell { return returnedCells(r, l) })
		case ExportedRefunds:
			return eachCells(r.Refunds, row, func(f *pos.Refund) []exports.Cell { return refundCells(r, f) })
		}
		return row(returnCells(r))
	})
}

func returnCells(r *pos.Return) []exports.Cell {
	return []exports.Cell{number("number", count(r.Number)), plain("id", string(r.ID)), plain("till", r.Till), moment("at", r.At),
		plain("shift", string(r.Shift)), plain("employee", string(r.Employee)), plain("sale", string(r.Sale)),
		number("sale_number", count(r.SaleNo)), plain("customer", string(r.Customer)), plain("currency", string(r.Currency)),
		number("total", r.Total.String()), number("vat", r.VAT.String()), plain("exchange", string(r.Exchange)), text("reason", r.Reason),
		number("points_restored", count(r.PointsRestored)), number("points_taken", count(r.PointsTaken)),
		number("points_withheld", count(r.PointsWithheld)), number("points_kept", count(r.PointsKept))}
}

func returnedCells(r *pos.Return, l *pos.ReturnLine) []exports.Cell {
	restock := "no"
	if l.Restock {
		restock = "yes"
	}
	return []exports.Cell{number("return", count(r.Number)), plain("id", string(r.ID)), moment("at", r.At), number("line", count(int64(l.No))),
		number("sale_line", count(int64(l.Origin))), plain("product", string(l.Product)), text("sku", l.SKU), text("name", l.Name),
		text("unit", l.Unit), number("price", l.Price.String()), number("qty", l.Qty.String()), number("sum", l.Sum.String()),
		number("vat", l.VAT.String()), plain("restock", restock), text("reason", l.Reason)}
}

func refundCells(r *pos.Return, f *pos.Refund) []exports.Cell {
	return []exports.Cell{number("return", count(r.Number)), plain("id", string(r.ID)), moment("at", r.At), plain("sale", string(f.Sale)),
		plain("of", string(f.Of)), plain("method", string(f.Method)), number("amount", f.Amount.String()), number("points", count(f.Points)),
		plain("customer", string(f.Customer)), plain("debt", string(f.Debt))}
}

func correctionCells(c *pos.Correction) []exports.Cell {
	return []exports.Cell{plain("id", string(c.ID)), moment("at", c.At), plain("sale", string(c.Sale)), number("sale_number", count(c.SaleNo)),
		plain("shift", string(c.Shift)), plain("employee", string(c.Employee)), plain("from", string(c.From)), plain("to", string(c.To)),
		number("amount", c.Amount.String()), text("reason", c.Reason)}
}
