package imports

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/phone"
)

// Mapping says what the columns of a file mean.
type Mapping struct {
	Header  bool    `json:"header"`            // the first row names the columns
	Columns []Field `json:"columns"`           // by column of the file; "" passes it over
	Decimal string  `json:"decimal,omitempty"` // "," or "."; "" takes either
}

// SampleRows is how many rows are enough to guess from.
const SampleRows = 50

// Check tells whether a list of a kind can be read so: nothing twice, and
// everything there that a row is known by. priceOnly does without names, since
// nothing new is made.
func (m Mapping) Check(k Kind, priceOnly bool) error {
	for i, c := range m.Columns {
		if c != "" && slices.Contains(m.Columns[:i], c) {
			return pos.E(pos.CodeInvalid, "import.column-twice", pos.Args{"Column": string(c)})
		}
	}
	need := []Field{colSKU, colName}
	switch {
	case k == KindCustomers:
		need = []Field{colName, colPhone}
		if slices.Contains(m.Columns, colCard) {
			need = need[:1]
		}
	case priceOnly:
		need = []Field{colSKU, colPrice}
	}
	for _, c := range need {
		if !slices.Contains(m.Columns, c) {
			return pos.E(pos.CodeInvalid, "import.no-column", pos.Args{"Column": string(c)})
		}
	}
	return nil
}

// Signature names files of one make: the same headers in the same order, or
// without a header the same number of columns.
func Signature(k Kind, first []string, header bool) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s %t %d", k, header, len(first))
	if header {
		for _, c := range first {
			fmt.Fprintf(h, "\x1f%s", headerKey(c))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Guess looks at the first rows of a file and says what the columns probably
// mean: by their headers, then by what stands in them.
func Guess(k Kind, sample [][]string) Mapping {
	if len(sample) == 0 {
		return Mapping{}
	}
	width := 0
	for _, row := range sample {
		width = max(width, len(row))
	}
	m := Mapping{Columns: make([]Field, width)}
	m.byHeader(k, sample[0])
	body := sample
	if m.Header = slices.ContainsFunc(m.Columns, func(c Field) bool { return c != "" }) || looksLikeHeader(sample); m.Header {
		body = sample[1:]
		m.Columns = m.Columns[:len(sample[0])]
	}
	m.byContent(k, body)
	return m
}

func (m *Mapping) has(c Field) bool { return slices.Contains(m.Columns, c) }

// byHeader takes the headers it knows, then those that begin or end with one.
func (m *Mapping) byHeader(k Kind, header []string) {
	words := wordsOf(k)
	for i, h := range header {
		m.Columns[i] = words[headerKey(h)]
	}
	for i, h := range header {
		if m.Columns[i] != "" {
			continue
		}
		key, best := headerKey(h), ""
		for w, c := range words {
			if utf8.RuneCountInString(w) >= 4 && len(w) > len(best) && !m.has(c) && strings.HasPrefix(key, w) {
				best = w
			}
		}
		if best != "" {
			m.Columns[i] = words[best]
		}
	}
}

// looksLikeHeader tells a first row of words above rows that have figures.
func looksLikeHeader(sample [][]string) bool {
	if len(sample) < 2 {
		return false
	}
	figures := func(row []string) bool {
		return slices.ContainsFunc(row, func(c string) bool {
			return strings.IndexFunc(c, unicode.IsDigit) == 0
		})
	}
	return !figures(sample[0]) && figures(sample[1])
}

// byContent finds what no header named among the columns left over.
func (m *Mapping) byContent(k Kind, rows [][]string) {
	type test struct {
		field Field
		fits  func(string) bool
	}
	tests := []test{{colBarcode, isBarcode}, {colPrice, isPrice}, {colName, isName}, {colSKU, isCode}}
	if k == KindCustomers {
		tests = []test{{colPhone, isPhone}, {colEmail, isEmail}, {colName, isName}}
	}
	for _, t := range tests {
		if m.has(t.field) {
			continue
		}
		best, most := -1, 0
		for i, c := range m.Columns {
			if c != "" {
				continue
			}
			fits, filled := 0, 0
			for _, row := range rows {
				if i < len(row) && strings.TrimSpace(row[i]) != "" {
					filled++
					if t.fits(strings.TrimSpace(row[i])) {
						fits++
					}
				}
			}
			if filled > 0 && fits*10 >= filled*8 && fits > most {
				best, most = i, fits
			}
		}
		if best >= 0 {
			m.Columns[best] = t.field
		}
	}
}

// isBarcode tells the codes on packages by their check digit.
func isBarcode(s string) bool {
	if len(s) != 8 && len(s) != 12 && len(s) != 13 && len(s) != 14 {
		return false
	}
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i]) - '0'
		if d < 0 || d > 9 {
			return false
		}
		if i%2 == 1 {
			d *= 3
		}
		sum += d
	}
	return sum%10 == 0
}

func isPrice(s string) bool {
	_, err := money.ParseAmount(s)
	return err == nil && strings.ContainsAny(s, ".,")
}

func isName(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 3
}

func isCode(s string) bool {
	return utf8.RuneCountInString(s) <= 20 && !strings.ContainsFunc(s, unicode.IsSpace) && strings.ContainsFunc(s, unicode.IsDigit)
}

func isPhone(s string) bool {
	if len(s) < 10 {
		return false
	}
	_, err := phone.Parse(s, "RU")
	return err == nil
}

func isEmail(s string) bool {
	name, host, ok := strings.Cut(s, "@")
	return ok && name != "" && strings.Contains(host, ".")
}
