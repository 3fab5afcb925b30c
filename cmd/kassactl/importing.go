package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"kassa/cmd/internal/shop"
	"kassa/cmd/kassactl/door"
	"kassa/pos"
	"kassa/pos/imports"
	"kassa/pos/till"
	"kassa/storage/tables"
)

// badRowJSON is a row that could not be brought in, as `import` tells it.
type badRowJSON struct {
	Line   int    `json:"line"`
	Column string `json:"column,omitempty"`
	Reason string `json:"reason"`
}

type importJSON struct {
	DryRun    bool         `json:"dry_run"`
	Applied   bool         `json:"applied"`
	Total     int64        `json:"total"`
	New       int64        `json:"new"`
	Updated   int64        `json:"updated"`
	Unchanged int64        `json:"unchanged"`
	Skipped   int64        `json:"skipped"`
	Archived  int64        `json:"archived"`
	Refused   int64        `json:"refused"`
	BadCount  int64        `json:"bad_count"`
	Bad       []badRowJSON `json:"bad"`
	Ignored   []string     `json:"ignored_columns"`
	File      string       `json:"refused_file,omitempty"`
	Notes     []badRowJSON `json:"notes"`
	NoteCount int64        `json:"note_count"`
	NotesFile string       `json:"notes_file,omitempty"`
}

// importFlags are those of both imports.
var importFlags = []string{"dry-run", "charset", "delimiter", "sheet", "columns", "no-header", "preset", "header-row", "decimal", "dates", "existing", "skip-new", "archive-missing", "skip-bad", "progress"}

func (p *program) importProducts(ctx context.Context, rest []string) error {
	return p.importFile(ctx, rest[0], imports.KindProducts)
}

func (p *program) importCustomers(ctx context.Context, rest []string) error {
	return p.importFile(ctx, rest[0], imports.KindCustomers)
}

// importFile brings a file in. A file with a bad row is refused, in a dry run
// too, unless --skip-bad leaves such rows out: the exit code then tells a
// script not to go on.
func (p *program) importFile(ctx context.Context, name string, kind imports.Kind) error {
	im, format, err := p.importOptions(kind)
	if err != nil {
		return err
	}
	path, clean, err := p.spool(name)
	if err != nil {
		return err
	}
	defer clean()
	im.Open = func() (imports.Rows, error) { return tables.Open(path, format) }
	// What is wrong with the file is told before the shop is opened for it.
	rows, err := im.Open()
	if err != nil {
		return err
	}
	read, err := p.look(rows, kind, format)
	if err := errors.Join(err, rows.Close()); err != nil {
		return err
	}
	return p.with(ctx, shop.Options{Beside: true}, func(s *shop.Shop) error {
		if err := read.settle(ctx, s, &im); err != nil {
			return err
		}
		meter := p.newMeter()
		im.Progress = func(r till.ImportReport) { meter.show(r.Total, r.Done, r.Size) }
		lists := p.listsBeside(name, &im)
		r, err := s.Till.Import(ctx, till.System(), im)
		meter.done()
		file, notes, leftErr := lists.close()
		if r == nil {
			return errors.Join(err, leftErr)
		}
		if r.BadCount > 0 && !im.SkipBad {
			return p.refuseImport(r, kind)
		}
		if ctx.Err() != nil && !p.json {
			p.say("cli.import.stopped", pos.Args{"Added": r.New, "Updated": r.Updated})
		}
		if err := errors.Join(err, leftErr); err != nil {
			return err
		}
		v := p.importReport(r, kind)
		v.File, v.NotesFile = file, notes
		return p.answer(v, func() { p.tellImport(r, v) })
	})
}

// listsBeside are the rows left out and those with notes, kept beside the file
// where something is stored.
type listsBeside struct {
	left, noted *tables.Refused
	unwritten   error // of the notes, which are told all the same
}

func (p *program) listsBeside(name string, im *till.Import) *listsBeside {
	line := p.words.T("import.refused.line", nil)
	b := &listsBeside{left: tables.NewRefused(name, line, p.words.T("import.refused.reason", nil)),
		noted: tables.NewNoted(name, line, p.words.T("import.refused.note", nil))}
	if im.DryRun || name == "-" {
		return b
	}
	kind := im.Kind
	if im.SkipBad {
		im.Refused = func(r till.RefusedRow) error { return b.left.Add(r.Header, r.Cells, r.Line, p.reasons(kind, r.Bad)) }
	}
	im.Noted = func(r till.RefusedRow) error {
		if b.unwritten == nil {
			b.unwritten = b.noted.Add(r.Header, r.Cells, r.Line, p.reasons(kind, r.Bad))
		}
		return nil
	}
	return b
}

// close names the files there are.
func (b *listsBeside) close() (left, notes string, err error) {
	left, err = b.left.Close()
	notes, closed := b.noted.Close()
	if b.unwritten != nil || closed != nil {
		notes = ""
	}
	return left, notes, err
}

func (p *program) tellImport(r *till.ImportReport, v importJSON) {
	id := "cli.import.done"
	if r.DryRun {
		id = "cli.import.dry"
	}
	p.say(id, pos.Args{"Added": r.New, "Updated": r.Updated, "Same": r.Unchanged})
	if r.Archived > 0 {
		p.say("cli.import.archived", pos.Args{"Count": r.Archived})
	}
	if r.RefusedRows > 0 {
		p.say("cli.import.left", pos.Args{"Count": r.RefusedRows})
	}
	if v.File != "" {
		p.say("cli.import.left-file", pos.Args{"File": printable(v.File)})
	}
	if r.NoteCount == 0 {
		return
	}
	p.say("cli.import.noted", pos.Args{"Count": r.NoteCount})
	for i, n := range v.Notes {
		if i == badRowsShown {
			p.say("cli.import.more-notes", pos.Args{"More": r.NoteCount - badRowsShown})
			break
		}
		p.say("cli.import.row", pos.Args{"Number": n.Line, "Reason": n.said()})
	}
	if v.NotesFile != "" {
		p.say("cli.import.notes-file", pos.Args{"File": printable(v.NotesFile)})
	}
}

// importOptions reads the flags.
func (p *program) importOptions(kind imports.Kind) (im till.Import, f imports.Format, err error) {
	im = till.Import{Kind: kind, DryRun: p.args.has("dry-run"), SkipNew: p.args.has("skip-new"),
		ArchiveMissing: p.args.has("archive-missing"), SkipBad: p.args.has("skip-bad")}
	existing, err := p.choose("existing", "all", string(till.ExistingPrice), string(till.ExistingSkip))
	if err != nil {
		return im, f, err
	}
	if existing != "all" {
		im.Existing = till.Existing(existing)
	}
	f.Sheet = p.args.get("sheet")
	if p.args.has("charset") {
		if f.Charset, err = p.choose("charset", imports.Charsets...); err != nil {
			return im, f, err
		}
	}
	if d := p.args.get("delimiter"); p.args.has("delimiter") {
		d = strings.ReplaceAll(strings.ReplaceAll(d, "tab", "\t"), `\t`, "\t")
		r := []rune(d)
		if len(r) != 1 || !slices.Contains(imports.Commas, r[0]) {
			return im, f, usage("cli.flag-choice", d)
		}
		f.Comma = r[0]
	}
	return im, f, nil
}

// spool makes "-", which is standard input, a file that can be read twice.
func (p *program) spool(name string) (path string, clean func(), err error) {
	if name != "-" {
		return name, func() {}, nil
	}
	f, err := os.CreateTemp("", "kassa-import-*")
	if err != nil {
		return "", nil, fileError("cli.file-write", name, err)
	}
	clean = func() { _ = os.Remove(f.Name()) }
	_, err = io.Copy(f, io.LimitReader(p.in, imports.MaxFileBytes+1))
	if err := errors.Join(err, f.Close()); err != nil {
		clean()
		return "", nil, fileError("cli.file", name, err)
	}
	return f.Name(), clean, nil
}

// fileError tells a missing file from one that does not let itself be used.
func fileError(id, name string, err error) error {
	code := pos.CodeUnavailable
	if errors.Is(err, os.ErrNotExist) {
		code = pos.CodeNotFound
	}
	return &pos.Error{Code: code, ID: id, Args: pos.Args{"File": printable(name)}, Err: err}
}

func (p *program) importReport(r *till.ImportReport, kind imports.Kind) importJSON {
	v := importJSON{DryRun: r.DryRun, Applied: r.Applied, Total: r.Total, New: r.New, Updated: r.Updated, Unchanged: r.Unchanged,
		Skipped: r.Skipped, Archived: r.Archived, Refused: r.RefusedRows, BadCount: r.BadCount,
		Bad: p.badRows(kind, r.Bad), Ignored: r.Ignored, Notes: p.badRows(kind, r.Notes), NoteCount: r.NoteCount}
	if v.Ignored == nil {
		v.Ignored = []string{}
	}
	return v
}

func (p *program) badRows(kind imports.Kind, list []till.BadRow) []badRowJSON {
	rows := make([]badRowJSON, len(list))
	for i, b := range list {
		rows[i] = badRowJSON{Line: b.Line, Column: p.columnOf(kind, b), Reason: p.words.T(b.ID, b.Args)}
	}
	return rows
}

// columnOf is what the file calls a column, or else the screen.
func (p *program) columnOf(kind imports.Kind, b till.BadRow) string {
	if b.Column == "" && b.Field != "" {
		return p.words.Error(b.Field.Spoken(kind))
	}
	return b.Column
}

// said is a reason with its column before it.
func (b badRowJSON) said() string {
	if b.Column == "" {
		return b.Reason
	}
	return b.Column + ": " + b.Reason
}

// reasons are what is wrong with one row, in words.
func (p *program) reasons(kind imports.Kind, bad []till.BadRow) string {
	list := make([]string, len(bad))
	for i, b := range p.badRows(kind, bad) {
		list[i] = b.said()
	}
	return strings.Join(list, " ")
}

// badRowsShown is how many bad rows are written for people; a program gets all.
const badRowsShown = 20

// refuseImport names every bad row beside the refusal.
func (p *program) refuseImport(r *till.ImportReport, kind imports.Kind) error {
	v := p.importReport(r, kind)
	refusal := pos.E(pos.CodeInvalid, "cli.import.refused", pos.Args{"Bad": r.BadCount})
	if p.json {
		err := p.tell(struct {
			Error  *door.Fault `json:"error"`
			Report importJSON  `json:"report"`
		}{door.NewFault(p.words, refusal), v})
		return errors.Join(errTold, err)
	}
	for i, b := range v.Bad {
		if i == badRowsShown {
			fmt.Fprintln(p.err, p.words.T("cli.import.more", pos.Args{"More": r.BadCount - badRowsShown}))
			break
		}
		fmt.Fprintln(p.err, p.words.T("cli.import.row", pos.Args{"Number": b.Line, "Reason": b.said()}))
	}
	return refusal
}
