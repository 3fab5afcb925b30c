package till

import (
	"context"
	"errors"
	"io"
	"strconv"

	"kassa/pos"
	"kassa/pos/imports"
)

// BadRow is one thing wrong with one row of an imported file.
type BadRow = imports.BadRow

// MaxBadRows bounds how many bad rows a report lists; BadCount counts them all.
const MaxBadRows = 10_000

// ImportReport tells what an import did, or would do.
type ImportReport struct {
	DryRun    bool
	Applied   bool  // the rows are stored
	Total     int64 // rows read
	New       int64
	Updated   int64
	Unchanged int64
	BadCount  int64    // everything wrong, listed or not
	Bad       []BadRow // the first MaxBadRows
	Ignored   []string // columns of the file that mean nothing here
}

// errUndo ends an import whose rows must not be stored; it never leaves this
// file.
var errUndo = pos.E(pos.CodeConflict, "import.undone", nil)

// ImportProducts stores the products of a CSV file, all or nothing: the same
// SKU updates, an empty cell leaves what is stored. A dry run does the very
// same and undoes it. With a bad row nothing is stored; the report names every
// one, and outside a dry run the error is CodeInvalid "import.bad-rows".
//
// The till does nothing else meanwhile, so r should be a file or a buffer.
func (t *Till) ImportProducts(ctx context.Context, a pos.Actor, r io.Reader, dryRun bool) (*ImportReport, error) {
	return t.importFile(ctx, a, "products", dryRun, func(o *op, i *importing) (err error) {
		i.report.Ignored, err = imports.Products(r, func(p imports.Product, bad []BadRow) error {
			return i.row(p.Line, bad, func() (outcome, error) { return o.importProduct(p, i.doc) })
		})
		return err
	})
}

// ImportCustomers is ImportProducts for customers, who are known by phone or
// card. Points and debts are brought in for new customers only, as opening
// balances; what is owed and saved here is never overwritten by a list.
func (t *Till) ImportCustomers(ctx context.Context, a pos.Actor, r io.Reader, dryRun bool) (*ImportReport, error) {
	return t.importFile(ctx, a, "customers", dryRun, func(o *op, i *importing) (err error) {
		rows := map[pos.CustomerID]int{}
		i.report.Ignored, err = imports.Customers(r, o.set.Country, func(c imports.Customer, bad []BadRow) error {
			return i.row(c.Line, bad, func() (outcome, error) { return o.importCustomer(c, rows) })
		})
		return err
	})
}

// importing is an import in progress.
type importing struct {
	ctx    context.Context
	doc    string // names the import on the stock it moves
	report *ImportReport
}

// outcome is what became of a row.
type outcome int

const (
	rowUnchanged outcome = iota
	rowNew
	rowUpdated
)

func (t *Till) importFile(ctx context.Context, a pos.Actor, what string, dryRun bool, read func(*op, *importing) error) (*ImportReport, error) {
	var report *ImportReport
	err := t.change(ctx, a, pos.RightImport, func(o *op) error {
		report = &ImportReport{DryRun: dryRun}
		i := &importing{ctx: ctx, doc: "import:" + o.t.IDs.NewID(), report: report}
		if err := read(o, i); err != nil {
			return err
		}
		if dryRun || report.BadCount > 0 {
			return errUndo
		}
		report.Applied = true
		return o.note(pos.EventImported, i.doc, map[string]string{
			"what": what, "total": count(report.Total), "new": count(report.New), "updated": count(report.Updated),
		})
	})
	switch {
	case err != nil && !errors.Is(err, errUndo):
		return nil, err
	case report.BadCount > 0 && !dryRun:
		return report, pos.E(pos.CodeInvalid, "import.bad-rows", pos.Args{"Count": report.BadCount})
	}
	return report, nil
}

// row counts a row and stores it when nothing is wrong with it. What the till
// refuses about it is one more thing wrong with the row, not with the import.
func (i *importing) row(line int, bad []BadRow, store func() (outcome, error)) error {
	if err := i.ctx.Err(); err != nil {
		return err
	}
	i.report.Total++
	if len(bad) > 0 {
		i.refuse(bad...)
		return nil
	}
	done, err := store()
	var e *pos.Error
	if errors.As(err, &e) && e.ID != forbiddenID && (e.Code == pos.CodeInvalid || e.Code == pos.CodeConflict || e.Code == pos.CodeLimit) {
		i.refuse(BadRow{Line: line, ID: e.ID, Args: e.Args})
		return nil
	}
	if err != nil {
		return err
	}
	switch done {
	case rowNew:
		i.report.New++
	case rowUpdated:
		i.report.Updated++
	default:
		i.report.Unchanged++
	}
	return nil
}

func (i *importing) refuse(bad ...BadRow) {
	i.report.BadCount += int64(len(bad))
	room := MaxBadRows - len(i.report.Bad)
	i.report.Bad = append(i.report.Bad, bad[:min(len(bad), room)]...)
}

func count(n int64) string { return strconv.FormatInt(n, 10) }
