package imports

import (
	"errors"
	"io"
	"slices"
	"strings"

	"kassa/pos"
)

// Setting is what of a file's reading a person can settle. The words are those
// of the flags of the same meaning.
type Setting string

// The settings.
const (
	SettingCharset   Setting = "charset"
	SettingDelimiter Setting = "delimiter"
	SettingSheet     Setting = "sheet"
	SettingHead      Setting = "header-row"
	SettingColumns   Setting = "columns"
	SettingDecimal   Setting = "decimal"
	SettingDates     Setting = "dates"
)

// Doubt is a question about a list that only a person can answer: there are
// two ways to read it, and nothing in it says which is meant.
type Doubt struct {
	About Setting
	ID    string // translation id of the question
	Args  pos.Args
}

// Found is what a look at the first rows of a list came to.
type Found struct {
	Mapping Mapping
	Head    []string // the names of the columns, of both rows where it has two; nil without a head
	Doubts  []Doubt  // empty where the list explains itself
}

// Sample reads the first rows that have text.
func Sample(rows Rows) ([]Raw, error) {
	var list []Raw
	for len(list) < SampleRows {
		cells, line, err := rows.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return list, err
		}
		if !blank(cells) {
			list = append(list, Raw{Line: line, Cells: slices.Clone(cells)})
		}
	}
	if len(list) == 0 {
		return nil, pos.E(pos.CodeInvalid, "import.empty", nil)
	}
	return list, nil
}

// FormatDoubts are the questions about how a file is written: what was asked for
// is in no doubt.
func FormatDoubts(rows Rows, asked Format) []Doubt {
	var list []Doubt
	if near := rows.Format().Doubt; asked.Charset == "" && len(near) > 0 {
		list = append(list, Doubt{SettingCharset, "import.doubt.charset", pos.Args{"Charset": rows.Format().Charset, "Others": near}})
	}
	if names := shownSheets(rows); asked.Sheet == "" && len(names) > 1 {
		list = append(list, Doubt{SettingSheet, "import.doubt.sheet", pos.Args{"Sheet": rows.Format().Sheet, "Sheets": names}})
	}
	return list
}

// shownSheets are the sheets a list may be in.
func shownSheets(rows Rows) []string {
	var names []string
	for _, s := range rows.Sheets() {
		if !s.Hidden && s.Table {
			names = append(names, s.Name)
		}
	}
	return names
}

// Understand looks at the first rows of a list and says where the table is and
// what its columns mean: by their heads, and where there is none by what stands
// in them. What is not certain is among the doubts. preset, "" for none, is one
// of Presets: then its heads alone count.
func Understand(k Kind, sample []Raw, book bool, preset Preset) Found {
	var f Found
	if len(sample) == 0 {
		return f
	}
	p := findHead(k, sample)
	if p.rows == 0 && looksLikeHeader(sample) {
		p = place{rows: 1, texts: trimmed(sample[0].Cells)}
	}
	body := sample[p.at+p.rows:]
	f.Mapping = Mapping{Header: p.rows > 0, Row: sample[p.at].Line, Columns: make([]Field, len(p.texts))}
	if p.rows > 1 {
		f.Mapping.Heads = p.rows
	}
	if f.Mapping.Header {
		f.Head = p.texts
	} else {
		for _, row := range sample {
			f.Mapping.Columns = append(f.Mapping.Columns, make([]Field, max(0, len(row.Cells)-len(f.Mapping.Columns)))...)
		}
	}
	f.columns(k, body, preset)
	f.signs(body, book)
	return f
}

// At understands a list whose head, or without one whose first row, stands in
// the line a person named.
func At(k Kind, sample []Raw, line int, header, book bool, preset Preset) Found {
	i := slices.IndexFunc(sample, func(r Raw) bool { return r.Line >= line })
	if i < 0 {
		return Found{}
	}
	sample = sample[i:]
	f := Found{Mapping: Mapping{Header: header, Row: sample[0].Line}}
	body := sample
	if header {
		f.Head, body = trimmed(sample[0].Cells), sample[1:]
		f.Mapping.Columns = make([]Field, len(f.Head))
		if len(sample) > 1 && sample[1].Line == sample[0].Line+1 {
			if both, within := joined(k, sample[0].Cells, sample[1].Cells); both != nil && within {
				f.Head, body, f.Mapping.Heads = trimmed(both), sample[2:], 2
				f.Mapping.Columns = make([]Field, len(f.Head))
			}
		}
	} else {
		for _, row := range sample {
			f.Mapping.Columns = append(f.Mapping.Columns, make([]Field, max(0, len(row.Cells)-len(f.Mapping.Columns)))...)
		}
	}
	f.columns(k, body, preset)
	f.signs(body, book)
	return f
}

// columns gives the columns their meanings.
func (f *Found) columns(k Kind, body []Raw, preset Preset) {
	m := &f.Mapping
	if f.Head != nil {
		f.byHead(k, body, preset)
	}
	if preset == "" || f.Head == nil {
		guessed := m.byContent(k, body, func(i int) bool { return f.Head == nil || strings.TrimSpace(f.Head[i]) == "" })
		switch {
		case f.Head == nil:
			f.doubt(SettingColumns, "import.doubt.no-head", nil)
		case len(guessed) > 0:
			f.doubt(SettingColumns, "import.doubt.content", pos.Args{"Letter": Letter(guessed[0]), "Column": m.Columns[guessed[0]].Spoken(k)})
		}
	}
	f.ownNumber(k, body)
	f.variants(body)
}

func (f *Found) doubt(about Setting, id string, args pos.Args) {
	f.Doubts = append(f.Doubts, Doubt{about, id, args})
}

// byHead takes the heads it knows. Of several of one meaning the one known best
// is taken, and where they hold different things a person is asked.
func (f *Found) byHead(k Kind, body []Raw, preset Preset) {
	heads := make([]head, len(f.Head))
	for i, text := range f.Head {
		if heads[i] = headOf(k, text); preset != "" {
			heads[i] = presetHead(k, preset, text)
		}
	}
	f.wholeNames(k, heads)
	for _, field := range Fields(k) {
		best := f.bestFor(field, heads)
		if best < 0 || field.Repeats() {
			continue
		}
		f.Mapping.Columns[best] = field
		if heads[best].surety == perhaps {
			f.doubt(SettingColumns, "import.doubt.perhaps", pos.Args{"Head": clip(f.Head[best]), "Column": field.Spoken(k)})
		}
		for i, h := range heads {
			if i != best && h.field == field && h.surety >= probably && preset == "" && f.disputed(field, heads[best], h, body, best, i) {
				f.doubt(SettingColumns, "import.doubt.twice", pos.Args{"Head": f.apart(best, i), "Other": f.apart(i, best), "Column": field.Spoken(k)})
				break
			}
		}
	}
}

// bestFor is the column known best for a field, and marks all of one that
// several may hold; -1 for none.
func (f *Found) bestFor(field Field, heads []head) int {
	best := -1
	for i, h := range heads {
		if h.field != field || h.surety == unknown || h.surety == perhaps && !slices.Contains([]Field{colSKU, colName, colPrice, colPhone}, field) {
			continue
		}
		if field.Repeats() && h.surety > perhaps {
			f.Mapping.Columns[i] = field
		}
		if best < 0 || h.surety > heads[best].surety || h.surety == heads[best].surety && h.rank < heads[best].rank {
			best = i
		}
	}
	return best
}

// disputed tells two columns of one meaning that hold different things where
// that matters: the same head twice, or two sums.
func (f *Found) disputed(field Field, a, b head, body []Raw, i, j int) bool {
	if a.rank != b.rank && !slices.Contains(sums, field) && field != colSKU {
		return false
	}
	return slices.ContainsFunc(body, func(r Raw) bool { return at(r.Cells, i) != at(r.Cells, j) && at(r.Cells, j) != "" })
}

// wholeNames leaves the parts of a name alone where a list has the whole of it.
func (f *Found) wholeNames(k Kind, heads []head) {
	if k != KindCustomers {
		return
	}
	first := customerWords[headerKey("имя")].rank
	whole := slices.ContainsFunc(heads, func(h head) bool { return h.field == colName && h.surety == surely && h.rank < first })
	for i, h := range heads {
		part := h.field == colSurname || h.field == colPatronymic
		if whole && part {
			heads[i] = head{}
		}
	}
}

// ownNumber decides which column is the shop's own number where a list has a
// code, an article and a number on the scale: the code, which accounting programs
// give to everything once; without one the article, then the number on the scale.
// The others stay what they are. A code that is missing where there is an article
// gives way.
func (f *Found) ownNumber(k Kind, body []Raw) {
	m := &f.Mapping
	if k != KindProducts {
		return
	}
	sku, article := slices.Index(m.Columns, colSKU), slices.Index(m.Columns, colArticle)
	if sku >= 0 && article >= 0 {
		gaps := func(in, beside int) bool {
			return slices.ContainsFunc(body, func(r Raw) bool { return at(r.Cells, in) == "" && at(r.Cells, beside) != "" })
		}
		if gaps(sku, article) && !gaps(article, sku) {
			m.Columns[sku], m.Columns[article] = "", colSKU
		}
		return
	}
	for _, c := range []Field{colArticle, colScale} {
		if i := slices.Index(m.Columns, c); i >= 0 && !m.has(colSKU) {
			m.Columns[i] = colSKU
		}
	}
}

// variants keeps the columns of sizes and colours where they are needed: one
// number stands in several rows. A column of 1C's «Характеристика» always is.
func (f *Found) variants(body []Raw) {
	m := &f.Mapping
	sku := slices.Index(m.Columns, colSKU)
	seen, again := map[string]bool{}, false
	for _, r := range body {
		v := at(r.Cells, sku)
		again = again || v != "" && seen[v]
		seen[v] = true
	}
	for i, c := range m.Columns {
		if c == colVariant && !again && (f.Head == nil || !strings.Contains(pos.Fold(f.Head[i]), "характеристик") || m.has(colRowType)) {
			m.Columns[i] = ""
		}
	}
}

// apart is what a column is called, with its letter where the other is called
// the same.
func (f *Found) apart(i, other int) string {
	if headerKey(f.Head[i]) == headerKey(f.Head[other]) {
		return named(f.Head, i) + " (" + Letter(i) + ")"
	}
	return named(f.Head, i)
}

// at is a cell of a row, trimmed; "" beyond its end.
func at(cells []string, i int) string {
	if i < 0 || i >= len(cells) {
		return ""
	}
	return strings.TrimSpace(cells[i])
}

// named is what a column is called, or its letter.
func named(head []string, i int) string {
	if i < len(head) && strings.TrimSpace(head[i]) != "" {
		return clip(head[i])
	}
	return Letter(i)
}
