package goods

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"kassa/pos"
	"kassa/pos/imports"
	"kassa/pos/till"
	"kassa/ui"
)

// plan is what is known about a file and how it is to be read.
type plan struct {
	kind   imports.Kind
	path   string
	asked  imports.Format // what the person chose; zero fields are found
	found  imports.Format
	sheets []imports.Sheet
	sample []imports.Raw

	charsets []string // in the order in which the key offers them: the likelier first

	preset  imports.Preset // the program the file is from; "" finds out
	mapping imports.Mapping
	head    []string        // what names the columns, nil without a head
	doubts  []imports.Doubt // what the person has not settled or agreed to

	remembered bool            // as a list of this make was read before
	turned     int             // the column whose meaning was changed last
	before     []imports.Field // the meanings before that, nil when none was changed

	existing till.Existing
	skipNew  bool
	archive  bool
}

// look reads the first rows of a file and finds out what they mean, unless such
// a list was brought in before.
func look(ctx context.Context, env *ui.Env, a pos.Actor, p plan) (plan, error) {
	if strings.TrimSpace(p.path) == "" {
		return p, pos.E(pos.CodeInvalid, "goods.import.no-file", nil)
	}
	rows, err := env.Tables.Open(expandHome(p.path), p.asked)
	if err != nil {
		return p, err
	}
	defer rows.Close()
	p.found, p.sheets, p.sample, p.before = rows.Format(), rows.Sheets(), nil, nil
	if p.asked.Charset == "" {
		p.charsets = likelier(p.found)
	}
	if p.sample, err = imports.Sample(rows); err != nil {
		return p, err
	}
	p.understand()
	p.doubts = append(imports.FormatDoubts(rows, p.asked), p.doubts...)
	known, err := env.Till.RememberedMapping(ctx, a, p.kind, p.sample)
	if err != nil {
		return p, err
	}
	if p.remembered = known != nil; p.remembered {
		format, found := imports.FormatDoubts(rows, p.asked), imports.Found{Mapping: p.mapping}
		asked := p.doubts
		p.place(known.Row, known.Header)
		if p.mapping, p.doubts = *known, format; !known.Answers(found) {
			p.doubts = asked
		}
	}
	return p, nil
}

// likelier are all encodings, the one found and those nearly as good before the
// rest.
func likelier(f imports.Format) []string {
	list := append([]string{f.Charset}, f.Doubt...)
	for _, c := range imports.Charsets {
		if !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	return list
}

// understand finds out where the table is and what its columns mean.
func (p *plan) understand() {
	p.take(imports.Understand(p.kind, p.sample, len(p.sheets) > 0, p.preset))
}

// place begins the table in a line.
func (p *plan) place(line int, header bool) {
	p.take(imports.At(p.kind, p.sample, line, header, len(p.sheets) > 0, p.preset))
}

func (p *plan) take(f imports.Found) {
	p.mapping, p.head, p.doubts, p.before = f.Mapping, f.Head, f.Doubts, nil
}

// settle takes the questions about a setting off: the person has decided.
func (p *plan) settle(about imports.Setting) {
	p.doubts = slices.DeleteFunc(slices.Clone(p.doubts), func(d imports.Doubt) bool { return d.About == about })
}

// nextRow begins the table one row further down, and after the first few again
// in the first.
func (p *plan) nextRow() {
	const rows = 15
	i := slices.IndexFunc(p.sample, func(r imports.Raw) bool { return r.Line > p.mapping.Row })
	if i < 0 || i >= rows {
		i = 0
	}
	p.place(p.sample[i].Line, p.mapping.Header)
}

// nextPreset takes the file for one of the next program.
func (p *plan) nextPreset() {
	p.preset = after(append([]imports.Preset{""}, imports.Presets...), p.preset)
	p.remembered = false
	p.understand()
}

// bring is the import as planned.
func (p *plan) bring(env *ui.Env) till.Import {
	path, format, mapping := expandHome(p.path), p.asked, p.mapping
	mapping.Columns = slices.Clone(mapping.Columns)
	return till.Import{Kind: p.kind, Mapping: &mapping, Existing: p.existing, SkipNew: p.skipNew, ArchiveMissing: p.archive,
		Open: func() (imports.Rows, error) { return env.Tables.Open(path, format) }}
}

// header is what a column is called in the file, or its letter as spreadsheets
// name it.
func (p *plan) header(col int) string {
	if col < len(p.head) && strings.TrimSpace(p.head[col]) != "" {
		return oneLine(p.head[col])
	}
	return imports.Letter(col)
}

// examples are the first cells of a column that are not empty.
func (p *plan) examples(col, most int) string {
	var list []string
	heads := max(p.mapping.Heads, 1)
	if !p.mapping.Header {
		heads = 0
	}
	for _, row := range p.sample {
		if row.Line < p.mapping.Row {
			continue
		}
		if heads > 0 {
			heads--
			continue
		}
		if col >= len(row.Cells) || strings.TrimSpace(row.Cells[col]) == "" {
			continue
		}
		if list = append(list, oneLine(row.Cells[col])); len(list) == most {
			break
		}
	}
	return strings.Join(list, " · ")
}

// oneLine makes a cell fit for a line of a table.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if pos.HasControl(string(r)) {
			return ' '
		}
		return r
	}, s)
	if r := []rune(strings.TrimSpace(s)); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return strings.TrimSpace(s)
}

// turn gives a column the meaning after (or before) its own. A meaning that
// another column had is taken from it, as nothing can be there twice, and given
// back once this column goes on to a further one.
func (p *plan) turn(col, by int) {
	if p.before == nil || p.turned != col {
		p.turned, p.before = col, slices.Clone(p.mapping.Columns)
	}
	fields := append([]imports.Field{""}, imports.Fields(p.kind)...)
	at := slices.Index(fields, p.mapping.Columns[col])
	next := fields[(at+by+len(fields))%len(fields)]
	p.mapping.Columns = slices.Clone(p.before)
	for i, c := range p.mapping.Columns {
		if c == next && next != "" && !next.Repeats() {
			p.mapping.Columns[i] = ""
		}
	}
	p.mapping.Columns[col] = next
	p.settle(imports.SettingColumns)
}

// after is the element of a list that follows one, the first after the last.
func after[T comparable](list []T, v T) T {
	return list[(slices.Index(list, v)+1)%len(list)]
}

// nextSheet is the sheet after the one that is read.
func (p *plan) nextSheet() string {
	names := make([]string, len(p.sheets))
	for i, s := range p.sheets {
		names[i] = s.Name
	}
	return after(names, p.found.Sheet)
}

// turnHeader puts the header off or takes it on, which changes how wide rows may
// be. The meanings that were there stay.
func (p *plan) turnHeader() {
	old := p.mapping
	f := imports.At(p.kind, p.sample, max(old.Row, 1), !old.Header, len(p.sheets) > 0, p.preset)
	p.take(f)
	if old.Header {
		copy(p.mapping.Columns, old.Columns)
		p.settle(imports.SettingColumns) // they were named
	}
}

// name is the file's own, for messages.
func (p *plan) name() string { return filepath.Base(p.path) }
