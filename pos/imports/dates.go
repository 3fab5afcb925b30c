package imports

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kassa/pos"
)

// monthWords are how the months begin in the languages of our markets, January
// first.
var monthWords = [12][]string{
	{"янв", "jan", "сту", "січ", "қаң"}, {"фев", "feb", "лют", "ақп"}, {"мар", "mar", "сак", "бер", "нау"}, {"апр", "apr", "кра", "кві", "сәу"},
	{"май", "мая", "may", "тра", "мам"}, {"июн", "jun", "чэр", "чер", "мау"}, {"июл", "jul", "ліп", "лип", "шіл"}, {"авг", "aug", "жні", "сер", "там"},
	{"сен", "sep", "вер", "қыр"}, {"окт", "oct", "кас", "жов", "қаз"}, {"ноя", "nov", "ліс", "лис", "қар"}, {"дек", "dec", "сне", "гру", "жел"},
}

// plainDate writes a date as the rules of the shop read it, "2.1.2006" or
// "2006-01-02": without the time beside it, with the whole year, with a month in
// figures. A year of two digits is the last one before or in the year latest. A
// text that is no date stays as it is.
func plainDate(text string, monthFirst bool, latest int) string {
	text = strings.TrimSpace(text)
	if day, clock, ok := cutClock(text); ok && clock {
		text = day
	}
	parts := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune("./-\u2013 \u00A0,", r) })
	if n := len(parts); n > 0 && slices.Contains([]string{"г", "года", "р", "року", "год", "ж"}, parts[n-1]) {
		parts = parts[:n-1]
	}
	if len(parts) == 0 || len(parts) > 3 {
		return text
	}
	month, named := 0, false
	if len(parts) > 1 {
		month, named = monthOf(parts[1])
	}
	if named {
		parts[1] = strconv.Itoa(month)
	}
	for _, p := range parts {
		if len(p) > 4 || strings.Trim(p, "0123456789") != "" {
			return text
		}
	}
	if len(parts) < 3 {
		if named {
			return strings.Join(parts, ".")
		}
		return text
	}
	if len(parts[0]) == 4 {
		return parts[0] + "-" + twoDigits(parts[1]) + "-" + twoDigits(parts[2])
	}
	if monthFirst && strings.Contains(text, "/") {
		parts[0], parts[1] = parts[1], parts[0]
	}
	if len(parts[2]) == 2 {
		year, _ := strconv.Atoi(parts[2])
		if year += latest / 100 * 100; year > latest {
			year -= 100
		}
		parts[2] = strconv.Itoa(year)
	}
	return strings.Join(parts, ".")
}

// cutClock parts a date from the time of day behind it.
func cutClock(text string) (day string, clock, ok bool) {
	i := strings.IndexAny(text, " T")
	if i < 0 {
		return text, false, false
	}
	rest := strings.TrimSpace(text[i+1:])
	return text[:i], strings.Contains(rest, ":") && rest[0] >= '0' && rest[0] <= '9', true
}

func monthOf(word string) (int, bool) {
	for m, beginnings := range monthWords {
		for _, b := range beginnings {
			if strings.HasPrefix(word, b) {
				return m + 1, true
			}
		}
	}
	return 0, false
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// Years of two digits, where nobody says what year it is: nobody in a list is
// born after this century's fortieth, and nobody owes until after its last.
const (
	latestBirth = 2040
	latestDue   = 2099
)

// noDate are the dates by which databases and accounting programs write none.
var noDate = map[string]bool{"0000-00-00": true, "0001-01-01": true, "00.00.0000": true, "01.01.0001": true}

// day is a date as our exports or the people of our markets write it.
func (r *row) day(c Field) *time.Time {
	text := r.filled(c)
	if text == "" {
		return nil
	}
	plain := plainDate(text, r.t.mapping.Dates == MonthFirst, latestDue)
	if noDate[plain] {
		return nil
	}
	for _, layout := range []string{time.DateOnly, "2.1.2006"} {
		if d, err := time.Parse(layout, plain); err == nil && d.Year() >= 2000 && d.Year() < 2100 {
			return &d
		}
	}
	r.refuse(c, "import.date", pos.Args{"Input": clip(text)})
	return nil
}

// birthday reads a day with or without a year.
func (r *row) birthday(c Field) *string {
	text := r.filled(c)
	if text == "" {
		return nil
	}
	plain := plainDate(text, r.t.mapping.Dates == MonthFirst, r.t.year)
	if noDate[plain] {
		return nil
	}
	if i := strings.LastIndexByte(plain, '.'); strings.Count(plain, ".") == 2 && !strings.Contains(text, plain[i+1:]) {
		year := plain[i+1:] // of two digits in the file
		r.note(c, "import.note.year", pos.Args{"Input": clip(text), "Year": year})
	}
	day, err := pos.ParseBirthday(plain, time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		r.refuseError(c, err)
		return nil
	}
	return &day
}

// dateOrder asks where dates with slashes may begin with the day or the month.
func (f *Found) dateOrder(body []Raw) {
	for i, c := range f.Mapping.Columns {
		if c != colBirthday && c != colDebtDue {
			continue
		}
		unclear := ""
		for _, r := range body {
			parts := strings.Split(strings.SplitN(at(r.Cells, i), " ", 2)[0], "/")
			if len(parts) != 3 {
				continue
			}
			a, errA := strconv.Atoi(parts[0])
			b, errB := strconv.Atoi(parts[1])
			switch {
			case errA != nil || errB != nil || a > 31:
			case a > 12:
				return
			case b > 12:
				f.Mapping.Dates = MonthFirst
				return
			case unclear == "" && a != b:
				unclear = at(r.Cells, i)
			}
		}
		if unclear != "" {
			f.doubt(SettingDates, "import.doubt.dates", pos.Args{"Input": clip(unclear), "Head": named(f.Head, i)})
			return
		}
	}
}
