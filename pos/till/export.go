package till

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// The formats of an export.
const (
	FormatCSV  = "csv"  // UTF-8 with a byte order mark and semicolons: what spreadsheets open by a double click
	FormatJSON = "json" // one array of objects
)

// field is one column of an export. Amounts and quantities are decimal strings.
type field struct {
	name  string
	value string
	safe  bool // made by us and never a formula: a number, a time, an id, a phone
}

func text(name, v string) field  { return field{name: name, value: v} }
func plain(name, v string) field { return field{name: name, value: v, safe: true} }

// ExportProducts writes the catalogue, by SKU. The CSV can be imported again.
func (t *Till) ExportProducts(ctx context.Context, a pos.Actor, w io.Writer, format string) error {
	return t.export(ctx, a, w, format, func(o *op, row func([]field) error) error {
		return o.EachProduct(func(p *pos.Product) error {
			if p.Archived {
				return nil
			}
			return row(productFields(p))
		})
	})
}

// ExportCustomers writes the customers by name with the points and debts of
// now. The CSV can be imported again.
func (t *Till) ExportCustomers(ctx context.Context, a pos.Actor, w io.Writer, format string) error {
	return t.export(ctx, a, w, format, func(o *op, row func([]field) error) error {
		return o.EachCustomer(func(c *pos.Customer) error {
			s, err := o.stateOf(c)
			if err != nil {
				return err
			}
			return row(customerFields(s))
		})
	})
}

// ExportSales writes every sale, by number, one row each.
func (t *Till) ExportSales(ctx context.Context, a pos.Actor, w io.Writer, format string) error {
	return t.export(ctx, a, w, format, func(o *op, row func([]field) error) error {
		return o.EachSale(0, func(s *pos.Sale) error { return row(saleFields(s)) })
	})
}

func (t *Till) export(ctx context.Context, a pos.Actor, w io.Writer, format string, each func(*op, func([]field) error) error) error {
	if format != FormatCSV && format != FormatJSON {
		return pos.E(pos.CodeInvalid, "export.format", pos.Args{"Format": format})
	}
	return t.look(ctx, a, pos.RightExport, func(o *op) error {
		buffered := bufio.NewWriter(w)
		row, end := csvRows(buffered)
		if format == FormatJSON {
			row, end = jsonRows(buffered)
		}
		err := each(o, func(f []field) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return unwritable(row(f))
		})
		if err != nil {
			return err
		}
		if err := end(); err != nil {
			return unwritable(err)
		}
		return unwritable(buffered.Flush())
	})
}

func unwritable(err error) error {
	if err == nil {
		return nil
	}
	return pos.Wrap(pos.CodeUnavailable, "export.unwritable", err)
}

// csvRows writes the header with the first row. An empty export is an empty
// file but for its mark.
func csvRows(w *bufio.Writer) (row func([]field) error, end func() error) {
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = ';', true
	first := true
	write := func(fields []field, cell func(field) string) error {
		cells := make([]string, len(fields))
		for i, f := range fields {
			cells[i] = cell(f)
		}
		return out.Write(cells)
	}
	row = func(fields []field) error {
		if first {
			first = false
			if _, err := w.WriteString("\uFEFF"); err != nil {
				return err
			}
			if err := write(fields, func(f field) string { return f.name }); err != nil {
				return err
			}
		}
		return write(fields, cellText)
	}
	return row, func() error { out.Flush(); return out.Error() }
}

// cellText keeps a spreadsheet from computing what a customer or supplier put
// into a name: such a text gets an apostrophe, which the import takes off.
func cellText(f field) string {
	if !f.safe && f.value != "" && strings.ContainsRune("=+-@\t\r", rune(f.value[0])) {
		return "'" + f.value
	}
	return f.value
}

func jsonRows(w *bufio.Writer) (row func([]field) error, end func() error) {
	sep := "["
	row = func(fields []field) error {
		if _, err := w.WriteString(sep + "\n"); err != nil {
			return err
		}
		sep = ","
		for i, f := range fields {
			name, _ := json.Marshal(f.name)
			value, err := json.Marshal(f.value)
			if err != nil {
				return err
			}
			lead := "{"
			if i > 0 {
				lead = ","
			}
			if _, err := w.WriteString(lead + string(name) + ":" + string(value)); err != nil {
				return err
			}
		}
		return w.WriteByte('}')
	}
	end = func() error {
		if sep == "[" {
			_, err := w.WriteString("[]\n")
			return err
		}
		_, err := w.WriteString("\n]\n")
		return err
	}
	return row, end
}

func productFields(p *pos.Product) []field {
	vat := "none"
	if p.VAT != pos.NoVAT {
		vat = p.VAT.String()
	}
	return []field{
		text("sku", p.SKU), text("name", p.Name), text("barcode", strings.Join(p.Barcodes, "|")),
		text("unit", p.Unit), plain("price", p.Price.String()), plain("vat", vat), text("category", p.Category),
		plain("stock", p.Stock.String()), plain("weighed", yesNo(p.Flags.Weighed)), plain("ask_price", yesNo(p.Flags.AskPrice)),
		plain("no_earn", yesNo(p.Flags.NoEarn)), plain("no_points", yesNo(p.Flags.NoPoints)),
	}
}

func customerFields(s *pos.CustomerState) []field {
	return []field{
		text("name", s.Name), plain("phone", s.Phone), text("email", s.Email), text("card", s.Card), text("group", s.Group),
		plain("language", s.Language), plain("points", count(s.Points)), plain("debt", s.Debt.String()),
		plain("credit_limit", s.CreditLimit.String()),
	}
}

func saleFields(s *pos.Sale) []field {
	f := []field{
		plain("number", count(s.Number)), plain("id", string(s.ID)), plain("till", s.Till), plain("at", s.At.UTC().Format(time.RFC3339)),
		plain("shift", string(s.Shift)), plain("employee", string(s.Employee)), plain("customer", string(s.Customer)),
		plain("currency", string(s.Currency)), plain("gross", s.Gross.String()), plain("discount", s.Discount.String()),
		plain("total", s.Total.String()), plain("vat", s.VAT.String()),
	}
	for _, m := range pos.Methods {
		f = append(f, plain(string(m), s.Paid(m).String()))
	}
	var skipped money.Amount
	for _, d := range s.Tenders {
		if d.Override != nil {
			skipped = skipped.Add(d.Amount)
		}
	}
	return append(f, plain("points_spent", count(s.PointsSpent)), plain("points_earned", count(s.PointsEarned)),
		plain("debt_added", s.DebtAdded.String()), plain("without_code", skipped.String()))
}
