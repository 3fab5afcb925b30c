package main

import (
	"context"
	"io"
	"time"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/exports"
	"kassa/pos/till"
	"kassa/storage/tables"
)

// exportFlags are those of `export` for everything that can be exported.
var exportFlags = []string{"format", "out", "since", "until", "progress"}

func init() {
	for _, what := range till.AllExported {
		commands["export "+string(what)] = command{flags: exportFlags,
			do: func(p *program, ctx context.Context, _ []string) error { return p.export(ctx, what) }}
	}
}

// export writes to standard output, or to a new file that appears under its
// name only when it is whole. With --json the rows are JSON unless a format is
// named.
func (p *program) export(ctx context.Context, what till.Exported) error {
	formats := make([]string, len(exports.Formats))
	for i, f := range exports.Formats {
		formats[i] = string(f)
	}
	if p.json && !p.args.has("out") && !p.args.has("format") {
		formats = []string{string(exports.JSON)}
	}
	format, err := p.choose("format", formats...)
	if err != nil {
		return err
	}
	return p.with(ctx, shop.Options{Beside: true}, func(s *shop.Shop) error {
		ex := till.Export{What: what}
		if ex.From, ex.To, err = p.exportPeriod(what); err != nil {
			return err
		}
		meter := p.newMeter()
		ex.Progress = func(rows int64) { meter.show(rows, 0, 0) }
		fill := func(to io.Writer) error {
			w, err := tables.NewWriter(to, exports.Format(format))
			if err != nil {
				return err
			}
			_, err = s.Till.Export(ctx, till.System(), ex, w)
			meter.done()
			return err
		}
		name := p.args.get("out")
		if name == "" {
			return fill(p.out)
		}
		if _, err := tables.WriteNew(name, fill); err != nil {
			return err
		}
		return p.answer(struct {
			File   string `json:"file"`
			Format string `json:"format"`
		}{name, format}, func() { p.say("cli.export.done", pos.Args{"File": printable(name)}) })
	})
}

// exportPeriod reads --since and --until, days both of which are inside.
func (p *program) exportPeriod(what till.Exported) (from, to time.Time, err error) {
	if (p.args.has("since") || p.args.has("until")) && !what.HasPeriod() {
		return from, to, usage("cli.export.no-period", string(what))
	}
	if from, err = p.date("since", time.Time{}); err != nil {
		return from, to, err
	}
	to, err = p.date("until", time.Time{})
	if !to.IsZero() {
		to = to.AddDate(0, 0, 1)
	}
	return from, to, err
}
