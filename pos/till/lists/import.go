package lists

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"time"

	"kassa/pos"
	"kassa/pos/imports"
	"kassa/pos/till/internal/desk"
)

// BadRow is one thing wrong with one row of an imported file.
type BadRow = imports.BadRow

// Note is one thing done to a row that comes in all the same, or a row passed
// over that is no goods and nobody's.
type Note = imports.Note

// MaxBadRows bounds how many bad rows, and how many notes, a report lists;
// BadCount and NoteCount count them all.
const MaxBadRows = 10_000

// Existing says what a list does to goods that are there already.
type Existing string

// What a list does to goods that are there already.
const (
	ExistingAll   Existing = ""      // everything the row names
	ExistingPrice Existing = "price" // the price alone
	ExistingSkip  Existing = "skip"  // nothing
)

// Import says what is brought in and how.
type Import struct {
	Kind    imports.Kind
	Open    imports.Opener   // it is opened twice where nothing may be stored of a list with a bad row
	Mapping *imports.Mapping // nil: as the headers say; otherwise remembered for lists of the same make

	Existing       Existing // of goods
	SkipNew        bool     // what is not there is not made
	ArchiveMissing bool     // goods the list does not name go into the archive, once the whole list was read

	DryRun  bool // nothing is stored, everything is told
	SkipBad bool // bad rows are left out; otherwise one of them keeps the whole list out

	// Progress hears of every batch, Refused of every row left out, and Noted of
	// every one that was not brought in just as it stands in the file. They are
	// called by the goroutine that imports and while the till is free; an error of
	// Refused or Noted ends the import. All may be nil.
	Progress func(ImportReport)
	Refused  func(RefusedRow) error
	Noted    func(RefusedRow) error
}

// RefusedRow is a row that was left out, or was changed on its way.
type RefusedRow struct {
	Header []string // of the file; nil when it has none
	imports.Raw
	Bad []BadRow // what is wrong with it, or the notes on it
}

// ImportReport tells what an import did, or would do.
type ImportReport struct {
	DryRun      bool
	Applied     bool  // the whole list is stored
	Total       int64 // rows read
	New         int64
	Updated     int64
	Unchanged   int64
	Skipped     int64 // rows passed over as Existing and SkipNew say
	Archived    int64
	RefusedRows int64
	BadCount    int64    // everything wrong, listed or not; a row may have several
	Bad         []BadRow // the first MaxBadRows
	Notes       []Note   // the first MaxBadRows
	NoteCount   int64    // all notes, listed or not; a row may have several
	Ignored     []string // columns of the file that mean nothing here

	Done, Size int64 // how far the file was read, in units of its own; Size may be 0
}

// Stored is how many rows changed something.
func (r *ImportReport) Stored() int64 { return r.New + r.Updated }

// Import brings a list in, in batches: each is one transaction, after which the
// till serves whoever waits. The same SKU updates a product, phone or card a
// customer; an empty cell leaves what is stored, and points and debts are
// brought in for new customers only. An import that was stopped or killed
// leaves whole batches, and doing it again finishes it.
//
// With a bad row nothing is stored unless SkipBad; the report names every one,
// and outside a dry run the error is CodeInvalid "import.bad-rows". When ctx
// ends, the report tells what was stored until then, beside CodeUnavailable
// "till.interrupted".
func (t *Till) Import(ctx context.Context, a pos.Actor, im Import) (*ImportReport, error) {
	if !im.DryRun && !im.SkipBad {
		first := im
		first.DryRun, first.Progress, first.Noted = true, nil, nil
		r, err := t.importPass(ctx, a, first)
		if err != nil {
			if r != nil {
				r.DryRun = false
			}
			return r, err
		}
		if r.BadCount > 0 {
			r.DryRun = false
			return r, pos.E(pos.CodeInvalid, "import.bad-rows", pos.Args{"Count": r.BadCount})
		}
		im.SkipBad = true
		im.Refused = nil
	}
	return t.importPass(ctx, a, im)
}

// importing is an import in progress.
type importing struct {
	t      *Till
	a      pos.Actor
	im     Import
	doc    string // names the import on the stock it moves and in the trail
	rows   imports.Rows
	reader *imports.Reader
	report *ImportReport
	told   ImportReport // as the trail knows it
	left   []RefusedRow // rows of the batch that were refused
	noted  []RefusedRow // rows of the batch with notes
	people map[pos.CustomerID]int
	freed  map[string]bool // codes that rows of a dry run take off their goods
	number int64           // given last to goods without one; 0: none so far
}

func (t *Till) importPass(ctx context.Context, a pos.Actor, im Import) (*ImportReport, error) {
	if err := t.desk.Look(ctx, a, pos.RightImport, func(*op) error { return nil }); err != nil {
		return nil, err
	}
	rows, err := im.Open()
	if err != nil {
		return nil, t.desk.Told(err)
	}
	defer rows.Close()
	i := &importing{t: t, a: a, im: im, doc: "import:" + t.desk.NewID(), rows: rows, report: &ImportReport{DryRun: im.DryRun},
		people: map[pos.CustomerID]int{}, freed: map[string]bool{}}
	i.reader, err = imports.NewReader(rows, im.Kind, imports.Options{Region: t.desk.Settings().Country, Mapping: im.Mapping,
		PriceOnly: im.Existing == ExistingPrice && im.SkipNew, Numbered: true, Currency: string(t.desk.Settings().Currency), Today: t.desk.Clock.Now()})
	if err != nil {
		return nil, t.desk.Told(err)
	}
	i.report.Ignored = i.reader.Ignored()
	if im.Kind == imports.KindCustomers {
		err = batches(ctx, i, i.nextCustomer, (*op).importCustomers)
	} else {
		err = batches(ctx, i, i.nextProduct, (*op).importProducts)
	}
	if err == nil && im.ArchiveMissing && im.Kind == imports.KindProducts {
		err = i.archiveMissing(ctx)
	}
	// Rows that are passed over are known before those that are stored.
	slices.SortStableFunc(i.report.Notes, func(a, b Note) int { return a.Line - b.Line })
	switch {
	case err == nil:
		i.report.Applied = !im.DryRun
		return i.report, nil
	case ctx.Err() != nil || i.report.Stored() > 0:
		return i.report, t.desk.Told(err)
	}
	return nil, t.desk.Told(err)
}

const (
	portion   = 250                    // rows asked about at once
	batchRows = 4000                   // rows in one transaction, at most
	batchTime = 400 * time.Millisecond // after which a transaction takes no further portion
)

// batches reads the list portion by portion and stores them in transactions
// that end for whoever waits.
func batches[T any](ctx context.Context, i *importing, next func() (T, error), store func(*op, *importing, []T) error) error {
	run := func(fn func(*op) error) error { return i.t.desk.Change(ctx, i.a, pos.RightImport, fn) }
	if i.im.DryRun {
		run = func(fn func(*op) error) error { return i.t.desk.Look(ctx, i.a, pos.RightImport, fn) }
	}
	var rows []T
	for last := false; !last; {
		for len(rows) < batchRows && !last {
			if err := ctx.Err(); err != nil {
				return err
			}
			row, err := next()
			switch {
			case errors.Is(err, io.EOF):
				last = true
				err = i.tellPassed()
			case err != nil:
				return err
			default:
				rows = append(rows, row)
				err = i.tellPassed()
			}
			if err != nil {
				return err
			}
		}
		for len(rows) > 0 {
			was := *i.report
			used := 0
			err := run(func(o *op) error {
				*i.report, i.left, i.noted, used = was, nil, nil, 0
				began := i.t.desk.Clock.Now()
				for used < len(rows) && (used == 0 || !i.t.desk.Awaited() && i.t.desk.Clock.Now().Sub(began) < batchTime) {
					n := min(portion, len(rows)-used)
					if err := store(o, i, rows[used:used+n]); err != nil {
						return err
					}
					used += n
				}
				return i.note(o)
			})
			if err != nil {
				*i.report = was
				return err
			}
			i.told = *i.report
			rows = append(rows[:0], rows[used:]...)
			if err := i.afterBatch(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// afterBatch tells about the batch while the till is free.
func (i *importing) afterBatch(ctx context.Context) error {
	for _, r := range i.left {
		if err := i.tellRefused(r); err != nil {
			return err
		}
	}
	i.left = nil
	if err := i.tellPassed(); err != nil {
		return err
	}
	i.report.Done, i.report.Size = i.rows.Share()
	if i.im.Progress != nil {
		i.im.Progress(*i.report)
	}
	return ctx.Err()
}

// Note leaves in the trail what a batch stored, so that one that was the last
// before the power went is known too.
func (i *importing) note(o *op) error {
	n, was := i.report, &i.told
	if i.im.DryRun || n.Stored()+n.Archived == was.Stored()+was.Archived {
		return nil
	}
	if i.im.Mapping != nil && was.Stored() == 0 {
		if err := o.rememberMapping(i); err != nil {
			return err
		}
	}
	detail := map[string]string{"what": string(i.im.Kind), "total": count(n.Total), "new": count(n.New), "updated": count(n.Updated)}
	if n.Archived > 0 {
		detail["archived"] = count(n.Archived)
	}
	return o.Note(pos.EventImported, i.doc, detail)
}

// refuse counts a row that is left out.
func (i *importing) refuse(raw imports.Raw, bad ...BadRow) {
	i.report.RefusedRows++
	i.report.BadCount += int64(len(bad))
	room := MaxBadRows - len(i.report.Bad)
	i.report.Bad = append(i.report.Bad, bad[:min(len(bad), room)]...)
	if i.im.Refused != nil {
		i.left = append(i.left, RefusedRow{Header: i.reader.Header(), Raw: raw, Bad: bad})
	}
}

func (i *importing) tellRefused(r RefusedRow) error {
	if i.im.Refused == nil {
		return nil
	}
	return i.im.Refused(r)
}

// noteRow counts what was done to a row that comes in.
func (i *importing) noteRow(raw imports.Raw) {
	if len(raw.Notes) == 0 {
		return
	}
	i.report.NoteCount += int64(len(raw.Notes))
	room := MaxBadRows - len(i.report.Notes)
	i.report.Notes = append(i.report.Notes, raw.Notes[:min(len(raw.Notes), room)]...)
	if i.im.Noted != nil {
		i.noted = append(i.noted, RefusedRow{Header: i.reader.Header(), Raw: raw, Bad: raw.Notes})
	}
}

// tellPassed counts and tells the rows that were passed over before the one read
// last. It is called between transactions.
func (i *importing) tellPassed() error {
	for _, n := range i.reader.Passed() {
		i.noteRow(imports.Raw{Line: n.Line, Notes: []Note{n}})
	}
	for _, r := range i.noted {
		if err := i.im.Noted(r); err != nil {
			return err
		}
	}
	i.noted = nil
	return nil
}

// aboutRow tells whether an error is about the row rather than about the import.
func aboutRow(err error) (*pos.Error, bool) {
	var e *pos.Error
	ok := errors.As(err, &e) && e.ID != desk.ForbiddenID && (e.Code == pos.CodeInvalid || e.Code == pos.CodeConflict || e.Code == pos.CodeLimit)
	return e, ok
}

// outcome is what became of a row.
type outcome int

const (
	rowUnchanged outcome = iota
	rowNew
	rowUpdated
	rowSkipped
)

func (i *importing) count(done outcome) {
	switch done {
	case rowNew:
		i.report.New++
	case rowUpdated:
		i.report.Updated++
	case rowSkipped:
		i.report.Skipped++
	default:
		i.report.Unchanged++
	}
}

// metaMapping begins the names under which mappings are remembered.
const metaMapping = "import.mapping."

func (o *op) rememberMapping(i *importing) error {
	text, err := json.Marshal(i.im.Mapping)
	if err != nil {
		return err
	}
	first := i.reader.Header()
	if !i.im.Mapping.Header {
		first = make([]string, len(i.im.Mapping.Columns))
	}
	return o.PutMeta(metaMapping+imports.Signature(i.im.Kind, first, i.im.Mapping.Header), string(text))
}

// RememberedMapping is the mapping by which a list like this one was brought in
// before, with the head where these first rows of it have it; nil when none was.
func (t *Till) RememberedMapping(ctx context.Context, a pos.Actor, k imports.Kind, sample []imports.Raw) (*imports.Mapping, error) {
	var m *imports.Mapping
	err := t.desk.Look(ctx, a, pos.RightImport, func(o *op) error {
		for _, make := range imports.Makes(k, sample) {
			text, err := o.Meta(metaMapping + make.Signature)
			if err != nil {
				return err
			}
			found := &imports.Mapping{}
			if text != "" && json.Unmarshal([]byte(text), found) == nil && len(found.Columns) == make.Width && found.Header == make.Header {
				found.Row, found.Heads = make.Row, make.Heads
				m = found
				return nil
			}
		}
		return nil
	})
	return m, err
}

func count(n int64) string { return strconv.FormatInt(n, 10) }
