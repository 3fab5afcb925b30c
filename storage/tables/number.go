package tables

// What a number of a spreadsheet looks like on the screen: percent, leading
// noughts, rounding, words before and after it. The date and the clock stand in
// days.go, how a format is taken apart in numberformat.go.

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// digits are what a spreadsheet keeps of a number; what follows is the noise of
// its binary form, such as 0.30000000000000004.
const digits = 15

// show writes a stored number as its cell shows it, apart from what depends on
// the country: the decimal mark is a point, thousands are not grouped, a date is
// 2025-12-31 and a time 14:05. A nil format shows the number as it is.
func (f *numberFormat) show(raw string, since int) string {
	whole := exact(raw)
	if f == nil {
		return whole
	}
	d, ok := number(whole)
	if !ok {
		return whole
	}
	s, negative := f.of(d)
	switch s.kind {
	case showsDay:
		if text, ok := moment(d, s, since); ok {
			return text
		}
	case showsWords:
		return wordsFor(d, s)
	case showsDigits:
		return s.digits(d, negative, whole)
	}
	return whole
}

// wordsFor is the text of a section without a figure: a word for a number, the
// dash that accounts write for nought, or nothing where the cell hides it.
func wordsFor(d decimal.Decimal, s *section) string {
	text := strings.TrimSpace(s.words())
	if d.IsZero() && text != "" && strings.Trim(text, "-–—−") == "" {
		return "0"
	}
	return text
}

// of takes the section that is meant for a number, and whether it is written
// without its sign.
func (f *numberFormat) of(d decimal.Decimal) (s *section, unsigned bool) {
	for i := range f.sections {
		if c := f.sections[i].condition; c != nil && c.holds(d) {
			return &f.sections[i], false
		}
	}
	n := len(f.sections)
	switch {
	case f.conditional:
		return &f.sections[n-1], false
	case d.IsNegative() && n > 1:
		return &f.sections[1], true
	case d.IsZero() && n > 2:
		return &f.sections[2], false
	}
	return &f.sections[0], false
}

// digits writes a number by the places of a section.
func (s *section) digits(d decimal.Decimal, unsigned bool, whole string) string {
	if s.scientific || s.fraction || s.scaled {
		return whole + s.money // the form shortens it; all of it is meant
	}
	d = d.Shift(int32(2 * s.percent)).Round(int32(s.decimals))
	before, after, _ := strings.Cut(d.Abs().StringFixed(int32(s.decimals)), ".")
	if len(before) < s.noughts {
		before = strings.Repeat("0", s.noughts-len(before)) + before
	}
	sign := ""
	if d.IsNegative() {
		sign = "-"
	}
	if s.spelled {
		if unsigned {
			sign = ""
		}
		return sign + strings.TrimSpace(s.spell(before, after))
	}
	if after = strings.TrimRight(after, "0"); after != "" {
		before += "." + after
	}
	return sign + before + strings.Repeat("%", min(s.percent, 1)) + s.money
}

// spell puts the figures of a number into their places among the words of a
// section: 79001234567 in +0 (000) 000-00-00. What does not find a place stands
// in the first.
func (s *section) spell(before, after string) string {
	point := slices.IndexFunc(s.places, func(p place) bool { return p.point })
	if point < 0 {
		point = len(s.places)
	}
	first := slices.IndexFunc(s.places[:point], func(p place) bool { return p.digit != 0 })
	var parts []string // of the whole part, from its end
	for k := point - 1; k >= 0; k-- {
		switch p := s.places[k]; {
		case p.digit == 0:
			parts = append(parts, p.text)
		case k == first:
			parts = append(parts, before)
		case before != "":
			parts = append(parts, before[len(before)-1:])
			before = before[:len(before)-1]
		}
	}
	slices.Reverse(parts)
	for _, p := range s.places[point:] {
		switch {
		case p.point && after != "":
			parts = append(parts, ".")
		case p.digit != 0 && after != "":
			parts = append(parts, after[:1])
			after = after[1:]
		case p.digit == 0:
			parts = append(parts, p.text)
		}
	}
	return strings.Join(parts, "")
}

// number reads what exact wrote.
func number(text string) (decimal.Decimal, bool) {
	if text == "" || len(text) > 64 || strings.ContainsAny(text, "eE") {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(text)
	return d, err == nil
}

// exact writes a stored number as the decimal somebody typed. A whole number
// that had more digits than a spreadsheet keeps is written with its power of
// ten: which its last digits were nobody knows any more.
func exact(raw string) string {
	raw = strings.TrimSpace(raw)
	if len(raw) <= digits && strings.IndexFunc(raw, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != '-' }) < 0 {
		if before, after, ok := strings.Cut(raw, "."); ok && strings.Trim(after, "0") == "" { // 1.0, as some programs write 1
			return before
		}
		return raw
	}
	if len(raw) > 64 {
		return raw
	}
	_, e, power := strings.Cut(strings.ToUpper(raw), "E")
	if power {
		if n, err := strconv.Atoi(e); err != nil || n > 30 || n < -30 {
			return raw
		}
	}
	d, err := decimal.NewFromString(raw)
	if err != nil {
		return raw
	}
	if d.IsInteger() && d.Abs().GreaterThanOrEqual(decimal.New(1, digits)) {
		return lost(raw, d, power)
	}
	if over := d.NumDigits() - digits; over > 0 {
		d = d.Round(-d.Exponent() - int32(over))
	}
	return d.String()
}

// lost writes a whole number of more than 15 digits: as it stands where a
// program other than a spreadsheet wrote all of them, else with its power of ten.
func lost(raw string, d decimal.Decimal, power bool) string {
	text := d.Truncate(0).String()
	figures := strings.TrimPrefix(text, "-")
	if !power && strings.Trim(figures[digits:], "0") != "" {
		return text
	}
	sign := text[:len(text)-len(figures)]
	kept := d.Abs().Round(int32(digits - len(figures))).String()
	over := len(kept) - 1
	mantissa := strings.TrimRight(kept[:digits], "0")
	if mantissa = mantissa[:1] + "." + mantissa[1:]; strings.HasSuffix(mantissa, ".") {
		mantissa += "0"
	}
	return sign + mantissa + "E+" + strconv.Itoa(over)
}
