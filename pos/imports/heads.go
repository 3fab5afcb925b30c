package imports

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kassa/pos"
)

// This file understands single heads and finds the row they stand in.

// tokens are the words of a head: any case, ё as е, without signs.
func tokens(h string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(pos.Fold(visible(h)), "'", ""), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '%'
	})
}

// headerKey is how headers are compared: only their letters and digits, so that
// "Цена, руб." is the same as "цена руб" and "Штрих-код" as "штрихкод".
func headerKey(h string) string { return squeezed(tokens(h)) }

func squeezed(words []string) string {
	return strings.ReplaceAll(strings.Join(words, ""), "%", "")
}

// surety is how well a head is known.
type surety int

const (
	unknown  surety = iota
	perhaps         // it begins with a known word, and goes on with one that is not
	probably        // a known word and what only says where or in what
	surely
)

// head is one head as understood.
type head struct {
	meaning
	surety
}

// headOf understands a head: the whole of it, what stands behind the last dot
// or colon ("Номенклатура.Артикул", "Цена: Розничная"), and its beginning.
func headOf(k Kind, text string) head {
	words := wordsOf(k)
	all := tokens(text)
	if m, ok := words[squeezed(all)]; ok && len(all) > 0 {
		if (m.field == colPrice || m.field == colCost) && strings.ContainsAny(text, "$€£¥") {
			return head{m, perhaps}
		}
		return head{m, surely}
	}
	for _, f := range foreign {
		if strings.HasPrefix(strings.Join(all, " ")+" ", f+" ") {
			return head{}
		}
	}
	if i := strings.LastIndexAny(text, ".:"); i > 0 && i+1 < len(text) {
		if last := tokens(text[i+1:]); len(last) > 0 {
			if m, ok := words[squeezed(last)]; ok {
				return head{m, surely}
			}
			if strings.Contains(text, ":") && begins(words, all[:len(all)-len(last)]).field == colVariant {
				return head{meaning{colVariant, 0}, surely} // "Характеристика: Рост"
			}
		}
	}
	if i := strings.IndexByte(text, ','); i > 0 { // "Номенклатура, Базовая единица"
		if m, ok := words[headerKey(text[i+1:])]; ok {
			return head{m, surely}
		}
	}
	return begins(words, all)
}

// begins looks for the longest known word a head begins with.
func begins(words map[string]meaning, all []string) head {
	for n := len(all) - 1; n > 0; n-- {
		key := squeezed(all[:n])
		m, ok := words[key]
		if !ok || utf8.RuneCountInString(key) < 3 {
			continue
		}
		return head{m, beside(m.field, all[n:])}
	}
	if len(all) == 1 {
		return head{words[squeezed(all)], unknown}
	}
	return head{}
}

// beside tells how much a known word is worth with what stands behind it. A stock
// or a rate in money is none; a price for so many grams is not the price.
func beside(f Field, rest []string) surety {
	figures := 0
	for _, w := range rest {
		if currencies[w] && (f == colStock || f == colVAT || f == colMinStock) {
			return unknown
		}
		if strings.Trim(w, "0123456789%") == "" {
			figures++
		} else if !besides[w] {
			return perhaps
		}
	}
	if figures > 0 && figures != 3 && (f == colPrice || f == colCost) { // three are a date
		return perhaps
	}
	return probably
}

// headRows is how far down a head is looked for.
const headRows = 30

// place is where the head of a list stands.
type place struct {
	at    int // the index of its first row in the sample
	rows  int // 0: there is none
	texts []string
}

// findHead looks for the row that names the most columns, and for a row of
// groups above or of parts below it.
func findHead(k Kind, sample []Raw) place {
	best, most := -1, 0
	for i, row := range sample[:min(len(sample), headRows)] {
		if n := knownHeads(k, row.Cells); n > most {
			best, most = i, n
		}
	}
	if best < 0 {
		return place{}
	}
	p := place{at: best, rows: 1, texts: trimmed(sample[best].Cells)}
	next := func(i int) bool { return i >= 0 && i+1 < len(sample) && sample[i+1].Line == sample[i].Line+1 }
	if next(best) { // its parts below
		if both, within := joined(k, sample[best].Cells, sample[best+1].Cells); both != nil && within {
			return place{at: best, rows: 2, texts: trimmed(both)}
		}
	}
	if next(best - 1) { // its groups above
		if both, _ := joined(k, sample[best-1].Cells, sample[best].Cells); both != nil && knownHeads(k, both) > most {
			return place{at: best - 1, rows: 2, texts: trimmed(both)}
		}
	}
	return p
}

// knownHeads weighs a row as a head: the different things its cells are known to
// say, heads known for sure before all. One word alone is not enough below the
// first row, where it may be anything.
func knownHeads(k Kind, cells []string) int {
	var fields []Field
	sum, filled := 0, 0
	for _, c := range cells {
		if strings.TrimSpace(c) == "" {
			continue
		}
		filled++
		h := headOf(k, c)
		if h.surety == unknown || h.surety == perhaps || slices.Contains(fields, h.field) {
			continue
		}
		fields = append(fields, h.field)
		sum += int(h.surety)
	}
	if len(fields) < 2 {
		return 0
	}
	return sum
}

// joined makes one head of two rows, groups of columns above and their parts
// below; nil where no group covers two parts, or a figure stands in either row.
// within tells that nothing stands below but parts of groups.
func joined(k Kind, upper, lower []string) (both []string, within bool) {
	width := max(len(upper), len(lower))
	cell := func(row []string, i int) string {
		if i < len(row) {
			return strings.TrimSpace(row[i])
		}
		return ""
	}
	both, within = make([]string, width), true
	covers, groups, group, from := false, 0, "", 0
	for i := range width {
		up, low := cell(upper, i), cell(lower, i)
		if strings.IndexFunc(low, unicode.IsDigit) == 0 || strings.IndexFunc(up, unicode.IsDigit) == 0 {
			return nil, false
		}
		if up != "" {
			group, from, groups = up, i, groups+1
		}
		switch {
		case low == "":
			both[i] = up
			if up == "" {
				group = "" // a gap ends the group
			}
			continue
		case up == "" && group != "" && cell(lower, from) != "":
			covers = true
		case up == "" || i+1 == width || cell(upper, i+1) != "" || cell(lower, i+1) == "":
			within = false
		}
		both[i] = low
		if group != "" && headOf(k, low).surety < surely {
			both[i] = group + " " + low
		}
	}
	if !covers || groups < 2 {
		return nil, false
	}
	return both, within
}

// trimmed leaves out empty cells at the end of a row.
func trimmed(cells []string) []string {
	n := len(cells)
	for n > 0 && strings.TrimSpace(cells[n-1]) == "" {
		n--
	}
	return slices.Clone(cells[:n])
}
