package lists

import (
	"maps"
	"slices"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/exports"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
)

// The rows of exported lists, cell by cell. A cell's name is the column's and
// permanent.

func text(name, v string) exports.Cell { return exports.Cell{Name: name, Value: v} }

func plain(name, v string) exports.Cell {
	return exports.Cell{Name: name, Value: v, Kind: exports.Plain}
}

func number(name, v string) exports.Cell {
	return exports.Cell{Name: name, Value: v, Kind: exports.Number}
}

// moment is a time as every program reads it; "" for the zero time.
func moment(name string, at time.Time) exports.Cell {
	if at.IsZero() {
		return plain(name, "")
	}
	return plain(name, at.UTC().Format(time.RFC3339))
}

type rowFunc func([]exports.Cell) error

// exportRows walks what is asked for in the order it was stored, goods by SKU
// and customers by name.
func (o *op) exportRows(ex Export, row rowFunc) error {
	switch ex.What {
	case ExportedProducts:
		return o.exportProducts(row)
	case ExportedCustomers:
		return o.exportCustomers(row)
	case ExportedSales, ExportedLines, ExportedTenders:
		return o.exportSales(ex, row)
	case ExportedShifts:
		return o.EachShift(within(ex, row, func(s *pos.Shift) (time.Time, []exports.Cell) { return s.OpenedAt, shiftCells(s) }))
	case ExportedCash:
		return o.EachCashMove(within(ex, row, func(m *pos.CashMove) (time.Time, []exports.Cell) { return m.At, cashCells(m) }))
	case ExportedRepayments:
		return o.EachRepayment(within(ex, row, func(r *pos.Repayment) (time.Time, []exports.Cell) { return r.At, repaymentCells(r) }))
	case ExportedReturns, ExportedReturned, ExportedRefunds:
		return o.exportReturns(ex, row)
	case ExportedCorrected:
		return o.EachCorrection(within(ex, row, func(c *pos.Correction) (time.Time, []exports.Cell) { return c.At, correctionCells(c) }))
	case ExportedStock:
		return o.EachStockMove(within(ex, row, func(m *pos.StockMove) (time.Time, []exports.Cell) { return m.At, stockCells(m) }))
	case ExportedJournal:
		return o.exportJournal(ex, row)
	}
	return o.exportEvents(ex, row)
}

// within writes a row of what happened in the period of an export.
func within[T any](ex Export, row rowFunc, of func(*T) (time.Time, []exports.Cell)) func(*T) error {
	return func(v *T) error {
		at, cells := of(v)
		if !ex.within(at) {
			return nil
		}
		return row(cells)
	}
}

func (o *op) exportProducts(row rowFunc) error {
	return o.EachProduct(func(p *pos.Product) error {
		if p.Archived {
			return nil
		}
		return row(productCells(p))
	})
}

func (o *op) exportCustomers(row rowFunc) error {
	return o.EachCustomer(func(c *pos.Customer) error {
		if c.Archived {
			return nil
		}
		s, err := o.clients.StateOf(c)
		if err != nil {
			return err
		}
		return row(customerCells(s))
	})
}

func cashCells(m *pos.CashMove) []exports.Cell {
	return []exports.Cell{plain("id", string(m.ID)), moment("at", m.At), plain("shift", string(m.Shift)),
		plain("employee", string(m.Employee)), number("amount", m.Amount.String()), text("reason", m.Reason)}
}

func repaymentCells(r *pos.Repayment) []exports.Cell {
	return []exports.Cell{plain("id", string(r.ID)), moment("at", r.At), plain("customer", string(r.Customer)),
		plain("shift", string(r.Shift)), plain("employee", string(r.Employee)), plain("method", string(r.Method)),
		number("amount", r.Amount.String())}
}

func stockCells(m *pos.StockMove) []exports.Cell {
	return []exports.Cell{number("number", count(m.N)), moment("at", m.At), plain("product", string(m.Product)),
		number("qty", m.Qty.String()), plain("doc", m.Doc)}
}

func (o *op) exportSales(ex Export, row rowFunc) error {
	return o.EachSale(0, func(s *pos.Sale) error {
		if !ex.within(s.At) {
			return nil
		}
		switch ex.What {
		case ExportedLines:
			return eachCells(s.Lines, row, func(l *pos.SaleLine) []exports.Cell { return lineCells(s, l) })
		case ExportedTenders:
			return eachCells(s.Tenders, row, func(d *pos.SaleTender) []exports.Cell { return tenderCells(s, d) })
		}
		return row(saleCells(s))
	})
}

func eachCells[T any](list []T, row rowFunc, cells func(*T) []exports.Cell) error {
	for i := range list {
		if err := row(cells(&list[i])); err != nil {
			return err
		}
	}
	return nil
}

// exportJournal writes a row for every posting, with its entry.
func (o *op) exportJournal(ex Export, row rowFunc) error {
	return o.EachEntry(0, func(e *ledger.Entry) error {
		if !ex.within(e.At) {
			return nil
		}
		return eachCells(e.Postings, row, func(p *ledger.Posting) []exports.Cell {
			return []exports.Cell{number("entry", count(e.N)), moment("at", e.At), plain("kind", string(e.Kind)), plain("doc", e.Doc),
				plain("shift", string(e.Shift)), plain("employee", string(e.Employee)), plain("account", string(p.Account)),
				plain("currency", string(p.Currency)), number("amount_minor", count(p.Amount)), number("reverses", count(e.Reverses))}
		})
	})
}

func (o *op) exportEvents(ex Export, row rowFunc) error {
	return o.EachEvent(0, func(e *pos.Event) error {
		if !ex.within(e.At) {
			return nil
		}
		return row([]exports.Cell{number("number", count(e.N)), moment("at", e.At), plain("kind", string(e.Kind)),
			plain("employee", string(e.Employee)), plain("subject", e.Subject), text("detail", details(e.Detail))})
	})
}

func productCells(p *pos.Product) []exports.Cell {
	vat := plain("vat", "none")
	if p.VAT != pos.NoVAT {
		vat = number("vat", p.VAT.String())
	}
	return []exports.Cell{
		text("sku", p.SKU), text("name", p.Name), text("barcode", strings.Join(p.Barcodes, "|")),
		text("unit", p.Unit), number("price", p.Price.String()), number("cost", p.Cost.String()), vat, text("category", p.Category),
		number("stock", p.Stock.String()), plain("weighed", desk.YesNo(p.Flags.Weighed)), plain("ask_price", desk.YesNo(p.Flags.AskPrice)),
		plain("no_earn", desk.YesNo(p.Flags.NoEarn)), plain("no_points", desk.YesNo(p.Flags.NoPoints)),
		plain("no_offers", desk.YesNo(p.Flags.NoOffers)), text("article", p.Article), plain("scale_code", p.ScaleCode),
		number("min_stock", p.MinStock.String()), text("note", p.Note),
	}
}

func customerCells(s *pos.CustomerState) []exports.Cell {
	return []exports.Cell{
		text("name", s.Name), plain("phone", s.Phone), text("email", s.Email), text("card", s.Card), text("group", s.GroupName), plain("birthday", s.Birthday),
		plain("language", s.Language), number("points", count(s.Points)), number("debt", s.Debt.String()),
		number("credit_limit", s.CreditLimit.String()), text("note", s.Note),
	}
}

func saleCells(s *pos.Sale) []exports.Cell {
	f := []exports.Cell{
		number("number", count(s.Number)), plain("id", string(s.ID)), plain("till", s.Till), moment("at", s.At),
		plain("shift", string(s.Shift)), plain("employee", string(s.Employee)), plain("customer", string(s.Customer)),
		plain("currency", string(s.Currency)), number("gross", s.Gross.String()), number("discount", s.Discount.String()),
		number("total", s.Total.String()), number("vat", s.VAT.String()),
	}
	for _, m := range pos.SaleMethods {
		f = append(f, number(string(m), s.Paid(m).String()))
	}
	var skipped money.Amount
	for _, d := range s.Tenders {
		if d.Override != nil {
			skipped = skipped.Add(d.Amount)
		}
	}
	return append(f, number("points_spent", count(s.PointsSpent)), number("points_earned", count(s.PointsEarned)),
		number("debt_added", s.DebtAdded.String()), number("without_code", skipped.String()))
}

func shiftCells(s *pos.Shift) []exports.Cell {
	return []exports.Cell{number("number", count(s.Number)), plain("id", string(s.ID)), moment("opened_at", s.OpenedAt),
		plain("opened_by", string(s.OpenedBy)), number("float", s.Float.String()), moment("closed_at", s.ClosedAt),
		plain("closed_by", string(s.ClosedBy)), number("expected", s.Expected.String()), number("counted", s.Counted.String())}
}

func lineCells(s *pos.Sale, l *pos.SaleLine) []exports.Cell {
	return []exports.Cell{number("sale", count(s.Number)), moment("at", s.At), number("line", count(int64(l.Line.No))), text("sku", l.SKU),
		text("name", l.Name), text("barcode", l.Barcode), text("unit", l.Unit), number("price", l.Price.String()),
		number("qty", l.Qty.String()), number("gross", l.Gross.String()), number("discount", l.LineTotals.Discount.String()),
		number("sum", l.Sum.String()), number("vat", l.LineTotals.VAT.String()), plain("removed", desk.YesNo(l.Removed)), text("reason", l.Reason)}
}

func tenderCells(s *pos.Sale, d *pos.SaleTender) []exports.Cell {
	return []exports.Cell{number("sale", count(s.Number)), moment("at", s.At), plain("shift", string(s.Shift)), number("tender", count(int64(d.No))),
		plain("method", string(d.Method)), number("amount", d.Amount.String()), number("points", count(d.Points)), plain("without_code", desk.YesNo(d.Override != nil))}
}

// details are the facts of an event in the order of their names.
func details(d map[string]string) string {
	parts := make([]string, 0, len(d))
	for _, k := range slices.Sorted(maps.Keys(d)) {
		parts = append(parts, k+"="+d[k])
	}
	return strings.Join(parts, " ")
}
