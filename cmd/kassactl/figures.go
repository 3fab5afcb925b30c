package main

import (
	"context"
	"fmt"
	"time"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/exports"
	"kassa/pos/figures"
	"kassa/pos/report"
	"kassa/pos/till"
	"kassa/storage/tables"
)

// figureFlags are those of every report of figures.
var figureFlags = []string{"from", "to", "period", "compare", "csv"}

// Reports of figures are commands of their own: "report days". The list of
// skipped codes had its command before.
func init() {
	for _, k := range figures.Kinds {
		if k != figures.Skips {
			commands["report "+string(k)] = command{do: func(p *program, ctx context.Context, _ []string) error { return p.reportFigures(ctx, k) }, flags: figureFlags}
		}
	}
}

// reportFigures tells a report of figures over a period, this month by default.
func (p *program) reportFigures(ctx context.Context, k figures.Kind) error {
	period, err := p.period()
	if err != nil {
		return err
	}
	versus, err := p.choose("compare", "none", string(figures.PastPeriod), string(figures.PastWeek))
	if err != nil {
		return err
	}
	q := figures.Query{Kind: k, Period: period}
	if versus != "none" {
		q.Versus = figures.Versus(versus)
	}
	return p.with(ctx, looking, func(s *shop.Shop) error {
		r, err := s.Till.Report(ctx, till.System(), q)
		if err != nil {
			return err
		}
		if p.args.has("csv") && !p.json {
			return p.figuresCSV(r)
		}
		return p.answer(newFiguresJSON(r, p.words.T), func() {
			t := report.Figures(r, p.words.T, p.words.Money())
			if total := report.FiguresTotal(r, p.words.T, p.words.Money()); total != nil && len(t.Rows) > 0 {
				t.Rows = append(t.Rows, total)
			}
			if !k.Timeless() {
				t.Title += ": " + r.Period.From.String() + " – " + r.Period.To.String()
			}
			p.table(t)
			for _, n := range r.Notes {
				fmt.Fprintln(p.out, n.Say(p.words.T))
			}
		})
	})
}

// period is the one of --from and --to (one day without --to), or that of
// --period as seen today.
func (p *program) period() (figures.Period, error) {
	today := figures.DayOf(time.Now(), time.Local)
	if !p.args.has("from") && !p.args.has("to") {
		names := []string{string(figures.ThisMonth)}
		for _, q := range figures.Quicks {
			if q != figures.Own && q != figures.ThisMonth {
				names = append(names, string(q))
			}
		}
		name, err := p.choose("period", names...)
		return figures.Quick(name).On(today), err
	}
	from, to := today, today
	for flag, day := range map[string]*figures.Day{"from": &from, "to": &to} {
		if !p.args.has(flag) {
			continue
		}
		d, err := figures.ParseDay(p.args.get(flag), time.DateOnly)
		if err != nil {
			return figures.Period{}, usage("cli.bad-date", p.args.get(flag))
		}
		*day = d
	}
	if !p.args.has("to") {
		to = max(from, today)
	}
	if !p.args.has("from") {
		from = to
	}
	return figures.Between(from, to)
}

// figuresJSON is a report for programs: figures as decimal texts without
// grouping, moments in RFC 3339.
type figuresJSON struct {
	Report  figures.Kind      `json:"report"`
	From    string            `json:"from"`
	To      string            `json:"to"`
	Compare *comparedJSON     `json:"compare,omitempty"`
	Rows    []figureRowJSON   `json:"rows"`
	Total   map[string]string `json:"total,omitempty"`
}

type comparedJSON struct {
	From string `json:"from"`
	To   string `json:"to"`
}

type figureRowJSON struct {
	Key    string            `json:"key"`
	Name   string            `json:"name"`
	Values map[string]string `json:"values"`
	Was    map[string]string `json:"was,omitempty"`
}

func newFiguresJSON(r *figures.Report, say report.Say) figuresJSON {
	v := figuresJSON{Report: r.Kind, From: r.Period.From.String(), To: r.Period.To.String(), Rows: []figureRowJSON{}}
	if r.Versus != figures.Alone {
		o := r.Other()
		v.Compare = &comparedJSON{o.From.String(), o.To.String()}
	}
	for _, row := range r.Rows {
		v.Rows = append(v.Rows, figureRowJSON{row.Key, row.Label.Say(say), plainCells(r, row.Cells, say), plainCells(r, row.Was, say)})
	}
	if r.Total != nil {
		v.Total = plainCells(r, r.Total.Cells, say)
		if r.FirstOnly {
			v.Total = map[string]string{r.Columns[0].ID: v.Total[r.Columns[0].ID]}
		}
	}
	return v
}

func plainCells(r *figures.Report, cells []figures.Cell, say report.Say) map[string]string {
	if cells == nil {
		return nil
	}
	out := make(map[string]string, len(cells))
	for i, c := range cells {
		out[r.Columns[i].ID] = report.PlainFigure(c, r.Columns[i].Unit, say)
	}
	return out
}

// figuresCSV writes the report's rows for a spreadsheet.
func (p *program) figuresCSV(r *figures.Report) error {
	w, err := tables.NewWriter(p.out, exports.CSV)
	if err != nil {
		return err
	}
	for _, row := range report.FiguresRows(r, p.words.T) {
		if err := w.Row(row); err != nil {
			return err
		}
	}
	return w.End()
}

// rebuildFigures forgets the stored sums of reports and makes them anew.
func (p *program) rebuildFigures(ctx context.Context, _ []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		if err := s.Till.RebuildFigures(ctx, till.System()); err != nil {
			return err
		}
		for more := true; more; {
			var err error
			if more, err = s.Till.RollFigures(ctx); err != nil {
				return err
			}
		}
		n, err := s.Till.Count(ctx, till.System())
		if err != nil {
			return err
		}
		return p.answer(struct {
			Sales int64 `json:"sales"`
		}{n.Sales}, func() { p.say("cli.figures.rebuilt", pos.Args{"Count": n.Sales}) })
	})
}
