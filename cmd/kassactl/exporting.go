package main

import (
	"context"
	"errors"
	"io"
	"os"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/till"
)

func (p *program) exportProducts(ctx context.Context, _ []string) error {
	return p.export(ctx, (*till.Till).ExportProducts)
}

func (p *program) exportCustomers(ctx context.Context, _ []string) error {
	return p.export(ctx, (*till.Till).ExportCustomers)
}

func (p *program) exportSales(ctx context.Context, _ []string) error {
	return p.export(ctx, (*till.Till).ExportSales)
}

type exporter func(*till.Till, context.Context, pos.Actor, io.Writer, string) error

// export writes to standard output, or to a new file that appears under its
// name only when it is whole. With --json the rows are JSON unless a format is
// named.
func (p *program) export(ctx context.Context, do exporter) error {
	formats := []string{till.FormatCSV, till.FormatJSON}
	if p.json && !p.args.has("out") {
		formats = []string{till.FormatJSON, till.FormatCSV}
	}
	format, err := p.choose("format", formats...)
	if err != nil {
		return err
	}
	return p.with(ctx, shop.Options{Beside: true}, func(s *shop.Shop) error {
		name := p.args.get("out")
		if name == "" {
			return do(s.Till, ctx, till.System(), p.out, format)
		}
		if err := writeNew(name, func(w io.Writer) error { return do(s.Till, ctx, till.System(), w, format) }); err != nil {
			return err
		}
		return p.answer(struct {
			File   string `json:"file"`
			Format string `json:"format"`
		}{name, format}, func() { p.say("cli.export.done", pos.Args{"File": printable(name)}) })
	})
}

// writeNew fills a file beside the wanted one and gives it its name at the end;
// a file that is there already is not touched.
func writeNew(name string, fill func(io.Writer) error) error {
	if _, err := os.Lstat(name); err == nil {
		return pos.E(pos.CodeConflict, "cli.file-exists", pos.Args{"File": printable(name)})
	}
	part := name + ".part"
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fileError("cli.file-write", name, err)
	}
	if err := fill(f); err != nil {
		_ = f.Close()
		_ = os.Remove(part)
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		_ = os.Remove(part)
		return fileError("cli.file-write", name, err)
	}
	// A link fails where the name was taken meanwhile; a rename would replace it.
	if err := os.Link(part, name); err != nil {
		if errors.Is(err, os.ErrExist) {
			_ = os.Remove(part)
			return pos.E(pos.CodeConflict, "cli.file-exists", pos.Args{"File": printable(name)})
		}
		if err := os.Rename(part, name); err != nil {
			_ = os.Remove(part)
			return fileError("cli.file-write", name, err)
		}
		return nil
	}
	_ = os.Remove(part)
	return nil
}
