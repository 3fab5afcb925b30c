package imports

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kassa/pos/money"
	"kassa/pos/phone"
)

// This file guesses by what stands in a column. It is asked only about columns
// without a head, and every answer is a doubt: nobody named them.

// byContent finds what no header named among the columns left over, and names
// those it gave a meaning.
func (m *Mapping) byContent(k Kind, rows []Raw, free func(col int) bool) (guessed []int) {
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
			if c != "" || !free(i) {
				continue
			}
			fits, filled := 0, 0
			for _, row := range rows {
				if i < len(row.Cells) && strings.TrimSpace(row.Cells[i]) != "" {
					filled++
					if t.fits(strings.TrimSpace(row.Cells[i])) {
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
			guessed = append(guessed, best)
		}
	}
	slices.Sort(guessed)
	return guessed
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
