package lists

import (
	"context"
	"slices"
	"time"

	"kassa/pos"
	"kassa/pos/exports"
)

// Exported says what an export holds. The words are permanent.
type Exported string

// What can be exported.
const (
	ExportedProducts   Exported = "products"
	ExportedCustomers  Exported = "customers"
	ExportedSales      Exported = "sales"
	ExportedLines      Exported = "lines"
	ExportedTenders    Exported = "tenders"
	ExportedShifts     Exported = "shifts"
	ExportedCash       Exported = "cash"
	ExportedRepayments Exported = "repayments"
	ExportedReturns    Exported = "returns"
	ExportedReturned   Exported = "returned" // the lines of returns
	ExportedRefunds    Exported = "refunds"
	ExportedCorrected  Exported = "corrections"
	ExportedStock      Exported = "stock"
	ExportedJournal    Exported = "journal"
	ExportedEvents     Exported = "events"
)

// AllExported is everything, in the order in which it is offered.
var AllExported = []Exported{ExportedProducts, ExportedCustomers, ExportedSales, ExportedLines, ExportedTenders, ExportedShifts,
	ExportedCash, ExportedRepayments, ExportedReturns, ExportedReturned, ExportedRefunds, ExportedCorrected, ExportedStock, ExportedJournal, ExportedEvents}

// HasPeriod tells whether an export can be cut to a period: the lists of what
// is there now cannot.
func (e Exported) HasPeriod() bool { return e != ExportedProducts && e != ExportedCustomers }

// Personal tells whether an export names customers.
func (e Exported) Personal() bool { return e == ExportedCustomers }

// Export says what is written out.
type Export struct {
	What     Exported
	From, To time.Time        // To is the first moment outside; the zero time leaves an end open
	Progress func(rows int64) // hears now and then how many rows were written; may be nil
}

// Export writes a list row by row and ends it; it returns how many rows there
// were. Lists of goods and customers can be imported again. Who took what out
// is left in the trail. CodeForbidden without the right to export,
// CodeUnavailable when the file cannot be written or ctx ends.
func (t *Till) Export(ctx context.Context, a pos.Actor, ex Export, w exports.Writer) (int64, error) {
	if !slices.Contains(AllExported, ex.What) {
		return 0, pos.E(pos.CodeInvalid, "export.what", pos.Args{"What": string(ex.What)})
	}
	var rows int64
	err := t.desk.Look(ctx, a, pos.RightExport, func(o *op) error {
		row := func(cells []exports.Cell) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if rows++; rows%progressRows == 0 && ex.Progress != nil {
				ex.Progress(rows)
			}
			return unwritable(w.Row(cells))
		}
		if err := o.exportRows(ex, row); err != nil {
			return err
		}
		return unwritable(w.End())
	})
	if err != nil {
		return rows, err
	}
	return rows, t.desk.Change(ctx, a, pos.RightExport, func(o *op) error {
		return o.Note(pos.EventExported, "", map[string]string{"what": string(ex.What), "rows": count(rows)})
	})
}

// progressRows is how many rows are written between two tellings.
const progressRows = 2000

func unwritable(err error) error {
	if err == nil {
		return nil
	}
	return pos.Wrap(pos.CodeUnavailable, "export.unwritable", err)
}

// within tells whether a moment belongs to the period.
func (ex Export) within(at time.Time) bool {
	return (ex.From.IsZero() || !at.Before(ex.From)) && (ex.To.IsZero() || at.Before(ex.To))
}
