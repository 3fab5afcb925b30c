package goods

import (
	"context"
	"errors"
	"io"
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
	sample [][]string

	mapping    imports.Mapping
	remembered bool            // as a list of this make was read before
	turned     int             // the column whose meaning was changed last
	before     []imports.Field // the meanings before that, nil when none was changed

	existing till.Existing
	skipNew  bool
	archive  bool
}

// look reads the first rows of a file and guesses what they mean, unless such a
// list was brought in before.
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
	for len(p.sample) < imports.SampleRows {
		cells, _, err := rows.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return p, err
		}
		if strings.TrimSpace(strings.Join(cells, "")) != "" {
			p.sample = append(p.sample, slices.Clone(cells))
		}
	}
	if len(p.sample) == 0 {
		return p, pos.E(pos.CodeInvalid, "import.empty", nil)
	}
	known, err := env.Till.RememberedMapping(ctx, a, p.kind, p.sample[0])
	if err != nil {
		return p, err
	}
	if p.remembered = known != nil; p.remembered {
		p.mapping = *known
	} else {
		p.mapping = imports.Guess(p.kind, p.sample)
	}
	return p, nil
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
	if p.mapping.Header && col < len(p.sample[0]) && strings.TrimSpace(p.sample[0][col]) != "" {
		return oneLine(p.sample[0][col])
	}
	name := ""
	for n := col + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// examples are the first cells of a column that are not empty.
func (p *plan) examples(col, most int) string {
	var list []string
	for i, row := range p.sample {
		if i == 0 && p.mapping.Header || col >= len(row) || strings.TrimSpace(row[col]) == "" {
			continue
		}
		if list = append(list, oneLine(row[col])); len(list) == most {
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
		if c == next && next != "" {
			p.mapping.Columns[i] = ""
		}
	}
	p.mapping.Columns[col] = next
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

// turnHeader puts the header off or takes it on, which changes how wide rows may be.
func (p *plan) turnHeader() {
	p.mapping.Header, p.before = !p.mapping.Header, nil
	width := len(p.sample[0])
	if !p.mapping.Header {
		for _, row := range p.sample {
			width = max(width, len(row))
		}
	}
	for len(p.mapping.Columns) < width {
		p.mapping.Columns = append(p.mapping.Columns, "")
	}
	p.mapping.Columns = p.mapping.Columns[:width]
}

// name is the file's own, for messages.
func (p *plan) name() string { return filepath.Base(p.path) }
