package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"kassa/cmd/internal/shop"
	"kassa/cmd/kassactl/door"
	"kassa/pos"
	"kassa/pos/imports"
	"kassa/pos/till"
)

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
	BadCount  int64        `json:"bad_count"`
	Bad       []badRowJSON `json:"bad"`
	Ignored   []string     `json:"ignored_columns"`
}

func (p *program) importProducts(ctx context.Context, rest []string) error {
	return p.importFile(ctx, rest[0], (*till.Till).ImportProducts)
}

func (p *program) importCustomers(ctx context.Context, rest []string) error {
	return p.importFile(ctx, rest[0], (*till.Till).ImportCustomers)
}

type importer func(*till.Till, context.Context, pos.Actor, io.Reader, bool) (*till.ImportReport, error)

// importFile brings a file in. A file with a bad row is refused, in a dry run
// too: the exit code then tells a script not to go on.
func (p *program) importFile(ctx context.Context, name string, do importer) error {
	content, err := p.readFile(name)
	if err != nil {
		return err
	}
	return p.with(ctx, shop.Options{Beside: true}, func(s *shop.Shop) error {
		r, err := do(s.Till, ctx, till.System(), bytes.NewReader(content), p.args.has("dry-run"))
		if r == nil {
			return err
		}
		if r.BadCount > 0 {
			return p.refuseImport(r)
		}
		if err != nil {
			return err
		}
		return p.answer(p.importReport(r), func() {
			id := "cli.import.done"
			if r.DryRun {
				id = "cli.import.dry"
			}
			p.say(id, pos.Args{"Added": r.New, "Updated": r.Updated, "Same": r.Unchanged})
		})
	})
}

// readFile reads the whole file before the till is stopped for it; "-" is
// standard input.
func (p *program) readFile(name string) ([]byte, error) {
	in := p.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, fileError("cli.file", name, err)
		}
		defer f.Close()
		if st, err := f.Stat(); err != nil || !st.Mode().IsRegular() {
			return nil, fileError("cli.file", name, errors.Join(err, errors.New("not a regular file")))
		}
		in = f
	}
	content, err := io.ReadAll(io.LimitReader(in, imports.MaxFileBytes+1))
	if err != nil {
		return nil, fileError("cli.file", name, err)
	}
	if len(content) > imports.MaxFileBytes {
		return nil, pos.E(pos.CodeInvalid, "cli.file-large", pos.Args{"File": printable(name), "Max": imports.MaxFileBytes >> 20})
	}
	return content, nil
}

// fileError tells a missing file from one that does not let itself be used.
func fileError(id, name string, err error) error {
	code := pos.CodeUnavailable
	if errors.Is(err, os.ErrNotExist) {
		code = pos.CodeNotFound
	}
	return &pos.Error{Code: code, ID: id, Args: pos.Args{"File": printable(name)}, Err: err}
}

func (p *program) importReport(r *till.ImportReport) importJSON {
	v := importJSON{DryRun: r.DryRun, Applied: r.Applied, Total: r.Total, New: r.New, Updated: r.Updated,
		Unchanged: r.Unchanged, BadCount: r.BadCount, Bad: make([]badRowJSON, 0, len(r.Bad)), Ignored: r.Ignored}
	if v.Ignored == nil {
		v.Ignored = []string{}
	}
	for _, b := range r.Bad {
		v.Bad = append(v.Bad, badRowJSON{Line: b.Line, Column: b.Column, Reason: p.words.T(b.ID, b.Args)})
	}
	return v
}

// badRowsShown is how many bad rows are written for people; a program gets all.
const badRowsShown = 20

// refuseImport names every bad row beside the refusal.
func (p *program) refuseImport(r *till.ImportReport) error {
	v := p.importReport(r)
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
		reason := b.Reason
		if b.Column != "" {
			reason = b.Column + ": " + reason
		}
		fmt.Fprintln(p.err, p.words.T("cli.import.row", pos.Args{"Number": b.Line, "Reason": reason}))
	}
	return refusal
}
