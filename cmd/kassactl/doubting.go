package main

// This file settles how `import` reads a list: what the flags say, what a list of
// the same make was read by before, and what only a person can decide.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/imports"
	"kassa/pos/till"
)

// reading is how a list is read: what its first rows say and what the flags do.
type reading struct {
	kind   imports.Kind
	sample []imports.Raw
	found  imports.Found
	format []imports.Doubt // about how the file is written
	chosen bool            // a flag says something about its table
}

// look reads the first rows of a list and asks them, and the flags, what they
// mean.
func (p *program) look(rows imports.Rows, kind imports.Kind, asked imports.Format) (*reading, error) {
	sample, err := imports.Sample(rows)
	if err != nil {
		return nil, err
	}
	r := &reading{kind: kind, sample: sample, format: imports.FormatDoubts(rows, asked)}
	preset := ""
	if p.args.has("preset") {
		names := make([]string, len(imports.Presets))
		for i, n := range imports.Presets {
			names[i] = string(n)
		}
		if preset, err = p.choose("preset", names...); err != nil {
			return nil, err
		}
	}
	book := rows.Sheets() != nil
	r.found = imports.Understand(kind, sample, book, imports.Preset(preset))
	if n := p.args.get("header-row"); p.args.has("header-row") {
		line, err := strconv.Atoi(n)
		if err != nil || line < 1 {
			return nil, usage("cli.flag-choice", n)
		}
		r.found = imports.At(kind, sample, line, !p.args.has("no-header"), book, imports.Preset(preset))
	}
	r.chosen = p.args.has("preset") || p.args.has("header-row")
	if err := p.columns(r); err != nil {
		return nil, err
	}
	return r, p.signs(r)
}

// columns takes the meanings of the columns from their flag.
func (p *program) columns(r *reading) error {
	if !p.args.has("columns") {
		if p.args.has("no-header") {
			return usage("cli.import.no-header", "")
		}
		return nil
	}
	m := &r.found.Mapping
	if p.args.has("no-header") && m.Header && !p.args.has("header-row") {
		*m = imports.Mapping{Row: r.sample[0].Line}
	} else if !p.args.has("no-header") && !m.Header {
		*m = imports.Mapping{Header: true, Row: r.sample[0].Line}
	}
	m.Columns = nil
	for _, name := range strings.Split(p.args.get("columns"), ",") {
		field := imports.Field(strings.TrimSpace(name))
		if field == "-" {
			field = ""
		}
		if field != "" && !slices.Contains(imports.Fields(r.kind), field) {
			return usage("cli.flag-choice", name)
		}
		m.Columns = append(m.Columns, field)
	}
	r.settled(imports.SettingColumns)
	r.chosen = true
	return nil
}

// signs takes decimal mark and order of dates from their flags.
func (p *program) signs(r *reading) error {
	if p.args.has("decimal") {
		mark, err := p.choose("decimal", ",", ".")
		if err != nil {
			return err
		}
		r.found.Mapping.Decimal, r.chosen = mark, true
		r.settled(imports.SettingDecimal)
	}
	if p.args.has("dates") {
		order, err := p.choose("dates", "dmy", imports.MonthFirst)
		if err != nil {
			return err
		}
		if r.found.Mapping.Dates = ""; order == imports.MonthFirst {
			r.found.Mapping.Dates = order
		}
		r.chosen = true
		r.settled(imports.SettingDates)
	}
	return nil
}

func (r *reading) settled(about imports.Setting) {
	r.found.Doubts = slices.DeleteFunc(r.found.Doubts, func(d imports.Doubt) bool { return d.About == about })
}

// settle gives the import its mapping: of the flags, or as such a list was read
// before, or none where the heads say everything. What only a person can decide
// is refused with the flag that says it.
func (r *reading) settle(ctx context.Context, s *shop.Shop, im *till.Import) error {
	doubts := slices.Concat(r.format, r.found.Doubts)
	if r.chosen {
		im.Mapping = &r.found.Mapping
	} else {
		known, err := s.Till.RememberedMapping(ctx, till.System(), r.kind, r.sample)
		if err != nil {
			return err
		}
		if known != nil {
			if im.Mapping = known; known.Answers(r.found) {
				doubts = r.format
			}
		}
	}
	if len(doubts) == 0 {
		return nil
	}
	d := doubts[0]
	return pos.E(pos.CodeInvalid, "cli.import.doubt", pos.Args{"Question": pos.E(pos.CodeInvalid, d.ID, d.Args), "Flag": r.flag(d)})
}

// flag is what would settle a doubt, with the value that is read so far.
func (r *reading) flag(d imports.Doubt) string {
	switch d.About {
	case imports.SettingCharset:
		return "--charset " + d.Args["Charset"].(string)
	case imports.SettingSheet:
		return "--sheet " + strconv.Quote(d.Args["Sheet"].(string))
	case imports.SettingDecimal:
		return `--decimal "," | --decimal "."`
	case imports.SettingDates:
		return "--dates dmy | --dates mdy"
	}
	names := make([]string, len(r.found.Mapping.Columns))
	for i, c := range r.found.Mapping.Columns {
		if names[i] = string(c); c == "" {
			names[i] = "-"
		}
	}
	flag := "--columns " + strings.Join(names, ",")
	if !r.found.Mapping.Header {
		flag += " --no-header"
	}
	return flag
}
