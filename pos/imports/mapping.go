package imports

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"kassa/pos"
)

// Mapping says where the table stands in a file and what its columns mean.
type Mapping struct {
	Header  bool    `json:"header"`            // a row names the columns
	Columns []Field `json:"columns"`           // by column of the file; "" passes it over
	Decimal string  `json:"decimal,omitempty"` // "," or "."; "" takes either
	Dates   string  `json:"dates,omitempty"`   // MonthFirst: 12/31/2026; "" is the day first
	Row     int     `json:"row,omitempty"`     // the line the table begins in, its head or without one its first row; 0: the first with text
	Heads   int     `json:"heads,omitempty"`   // rows of the head: 2 where groups of columns stand above them; 0 is 1
}

// MonthFirst is the order of American dates.
const MonthFirst = "mdy"

// SampleRows is how many rows are enough to guess from.
const SampleRows = 50

// Check tells whether a list of a kind can be read so: nothing twice that may
// stand only once, and everything there that a row is known by. priceOnly does
// without names, since nothing new is made; numbered does without numbers, since
// the till gives them.
func (m Mapping) Check(k Kind, priceOnly, numbered bool) error {
	for i, c := range m.Columns {
		if c != "" && !c.Repeats() && slices.Contains(m.Columns[:i], c) {
			return pos.E(pos.CodeInvalid, "import.column-twice", pos.Args{"Column": c.Spoken(k), "Field": string(c)})
		}
	}
	need := []Field{colSKU, colName}
	switch {
	case k == KindCustomers:
		need = []Field{colName, colPhone}
		if m.has(colSurname) {
			need[0] = colSurname
		}
		if m.has(colCard) {
			need = need[:1]
		}
	case priceOnly:
		need = []Field{colSKU, colPrice}
		if m.has(colBarcode) && numbered {
			need = need[1:]
		}
	case numbered:
		need = need[1:]
	}
	for _, c := range need {
		if !m.has(c) {
			return pos.E(pos.CodeInvalid, "import.no-column", pos.Args{"Column": c.Spoken(k)})
		}
	}
	return nil
}

func (m *Mapping) has(c Field) bool { return slices.Contains(m.Columns, c) }

// heads is how many rows the head has.
func (m *Mapping) heads() int {
	if !m.Header {
		return 0
	}
	return max(m.Heads, 1)
}

// Answers tells whether a mapping that such a list was read by before leaves
// nothing to ask about its columns. Without a head two lists of one width may be
// anything: only one that looks the same by its content is taken for the same.
func (m *Mapping) Answers(f Found) bool {
	return m.Header || slices.Equal(m.Columns, f.Mapping.Columns)
}

// Signature names files of one make: the same headers in the same order, or
// without a header the same number of columns.
func Signature(k Kind, first []string, header bool) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s %t %d", k, header, len(first))
	if header {
		for _, c := range first {
			fmt.Fprintf(h, "\x1f%s", signed(c))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Make is one way to take a list for one of a make that was read before.
type Make struct {
	Signature  string
	Header     bool
	Width      int // columns
	Row, Heads int // as in a Mapping
}

// Makes are the ways to recognize a list: by each of its first rows as the head,
// by two as one, and one without a head by the number of its columns.
func Makes(k Kind, sample []Raw) []Make {
	var list []Make
	add := func(head []string, header bool, row, heads int) {
		list = append(list, Make{Signature(k, head, header), header, len(head), row, heads})
	}
	width := 0
	for i, r := range sample {
		width = max(width, len(r.Cells))
		if i >= headRows {
			continue
		}
		if i+1 < len(sample) && sample[i+1].Line == r.Line+1 {
			if both, _ := joined(k, r.Cells, sample[i+1].Cells); both != nil {
				add(trimmed(both), true, r.Line, 2)
			}
		}
		add(trimmed(r.Cells), true, r.Line, 0)
		if len(trimmed(r.Cells)) < len(r.Cells) {
			add(r.Cells, true, r.Line, 0)
		}
	}
	if len(sample) > 0 && findHead(k, sample).rows == 0 && !looksLikeHeader(sample) {
		add(make([]string, width), false, sample[0].Line, 0)
	}
	return list
}

// signed is a head as signatures have always had it: a shop's remembered lists
// are found by it.
func signed(h string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("_-.,*:()/ '’\u00A0№#", r) {
			return -1
		}
		return r
	}, pos.Fold(h))
}

// Letter is what spreadsheets call a column, counted from 0: A, B, … AA.
func Letter(col int) string {
	name := ""
	for n := col + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// looksLikeHeader tells a first row of words above rows that have figures.
func looksLikeHeader(sample []Raw) bool {
	if len(sample) < 2 {
		return false
	}
	figures := func(row []string) bool {
		return slices.ContainsFunc(row, func(c string) bool {
			return strings.IndexFunc(c, unicode.IsDigit) == 0
		})
	}
	return !figures(sample[0].Cells) && figures(sample[1].Cells)
}
