package tables

// How the format of a number is taken apart: its sections, and in each the
// places of figures, words, and letters of a date.

import (
	"slices"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
)

// numberFormat is how cells of a style show their numbers.
type numberFormat struct {
	sections    []section
	conditional bool
}

// What a section shows a number as.
type shows int

const (
	showsAsIs shows = iota
	showsDigits
	showsDay
	showsWords
)

// section is one of the up to four parts of a format: for numbers above nought,
// below it, nought itself, and texts, or by conditions.
type section struct {
	kind      shows
	condition *condition
	places    []place

	percent, noughts, decimals int
	scientific, fraction       bool
	scaled                     bool   // thousands or millions
	spelled                    bool   // its words belong to what is read
	money                      string // a currency that is told beside the number

	day, clock, seconds bool // what a date shows
	elapsed             byte // h, m or s: a span of time, counted in them
}

// place is a figure's place, the decimal point, or text.
type place struct {
	digit rune
	point bool
	text  string
}

type condition struct {
	op string
	to decimal.Decimal
}

func (c *condition) holds(d decimal.Decimal) bool {
	n := d.Cmp(c.to)
	switch c.op {
	case "<":
		return n < 0
	case "<=":
		return n <= 0
	case ">":
		return n > 0
	case ">=":
		return n >= 0
	case "<>":
		return n != 0
	}
	return n == 0
}

// builtinFormats are those that every program knows by their number alone; what
// is not listed shows a number as it is.
var builtinFormats = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "#,##0", 6: "#,##0", 7: "#,##0.00", 8: "#,##0.00",
	9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
	20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm",
	37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
	27: "yyyy-mm-dd", 28: "yyyy-mm-dd", 29: "yyyy-mm-dd", 30: "yyyy-mm-dd", 31: "yyyy-mm-dd", 32: "h:mm", 33: "h:mm:ss",
	34: "h:mm", 35: "h:mm:ss", 36: "yyyy-mm-dd",
	50: "yyyy-mm-dd", 51: "yyyy-mm-dd", 52: "yyyy-mm-dd", 53: "yyyy-mm-dd", 54: "yyyy-mm-dd", 55: "h:mm", 56: "h:mm:ss",
	57: "yyyy-mm-dd", 58: "yyyy-mm-dd",
}

// namesOfGeneral are what programs call the format that is none.
var namesOfGeneral = []string{"general", "standard", "основной", "общий", "основний", "загальний", "стандарт"}

// maxFormat is the length of the longest format that is looked at; Excel takes
// 255 letters.
const maxFormat = 1024

// parseFormat takes a format apart; nil for one that shows numbers as they are.
func parseFormat(code string) *numberFormat {
	if code == "" || len(code) > maxFormat || slices.Contains(namesOfGeneral, strings.ToLower(strings.TrimSpace(code))) {
		return nil
	}
	f := &numberFormat{}
	p := formatParser{rest: []rune(code)}
	plain := true
	for more := true; more; {
		var s section
		s, more = p.section()
		if s.kind == showsAsIs && len(f.sections) > 0 && strings.Contains(p.read, "@") {
			break // how texts are shown
		}
		plain = plain && s.kind == showsAsIs
		f.conditional = f.conditional || s.condition != nil
		f.sections = append(f.sections, s)
	}
	if plain {
		return nil
	}
	return f
}

// formatParser reads a format from its left.
type formatParser struct {
	rest    []rune
	read    string // of the section, without what is quoted
	s       section
	exact   bool // General
	pending int  // commas of which nobody knows yet whether they group or scale
}

func (p *formatParser) section() (s section, more bool) {
	p.s, p.read, p.exact, p.pending = section{}, "", false, 0
	for len(p.rest) > 0 {
		c := p.rest[0]
		p.rest = p.rest[1:]
		if c == ';' {
			more = true
			break
		}
		p.one(c)
	}
	return p.finish(), more
}

// take removes n runes that were looked at.
func (p *formatParser) take(n int) string {
	n = min(n, len(p.rest))
	text := string(p.rest[:n])
	p.rest = p.rest[n:]
	return text
}

func (p *formatParser) words(text string) {
	p.s.places = append(p.s.places, place{text: text})
}

func (p *formatParser) one(c rune) {
	switch c {
	case '"':
		end := 0
		for end < len(p.rest) && p.rest[end] != '"' {
			end++
		}
		p.words(p.take(end))
		p.take(1)
		return
	case '\\':
		p.words(p.take(1))
		return
	case '_', '*': // as wide as the letter that follows; filled with it
		p.take(1)
		p.words(" ")
		return
	case '[':
		end := 0
		for end < len(p.rest) && p.rest[end] != ']' {
			end++
		}
		p.bracket(p.take(end))
		p.take(1)
		return
	}
	p.read += string(unicode.ToLower(c))
	p.sign(c)
}

func (p *formatParser) sign(c rune) {
	s := &p.s
	switch c {
	case '0', '#', '?':
		p.pending = 0
		s.places = append(s.places, place{digit: c})
	case '.':
		s.places = append(s.places, place{point: true})
	case ',':
		p.pending++
	case '%':
		s.percent++
		p.words("%")
	case '/':
		s.fraction = true
		p.words("/")
	case '@':
	default:
		p.letter(c)
	}
}

// letter is one of a date, of General, or stands for itself.
func (p *formatParser) letter(c rune) {
	s := &p.s
	switch lower := unicode.ToLower(c); {
	case lower == 'g' && strings.HasPrefix(strings.ToLower(string(p.rest)), "eneral"):
		p.take(len("eneral"))
		p.exact = true
	case lower == 'e' && len(p.rest) > 0 && (p.rest[0] == '+' || p.rest[0] == '-'):
		p.take(1)
		s.scientific = true
	case lower == 'a' && strings.HasPrefix(strings.ToLower(string(p.rest)), "m/pm"):
		p.take(len("m/pm"))
		s.clock = true
	case lower == 'a' && strings.HasPrefix(strings.ToLower(string(p.rest)), "/p"):
		p.take(len("/p"))
		s.clock = true
	case lower == 'y' || lower == 'd':
		s.day = true
	case lower == 'h':
		s.clock = true
	case lower == 's':
		s.clock, s.seconds = true, true
	case lower == 'm':
		p.read += "m"
	default:
		p.words(string(c))
	}
}

// bracket is a colour, a condition, a currency or a span of time.
func (p *formatParser) bracket(text string) {
	lower := strings.ToLower(text)
	switch {
	case strings.HasPrefix(text, "$"):
		sign, _, _ := strings.Cut(text[1:], "-")
		p.words(sign)
	case lower != "" && strings.Trim(lower, lower[:1]) == "" && strings.Contains("hms", lower[:1]):
		p.s.elapsed, p.s.clock = lower[0], true
		p.s.seconds = p.s.seconds || lower[0] == 's'
	case strings.HasPrefix(text, "<"), strings.HasPrefix(text, ">"), strings.HasPrefix(text, "="):
		op := text[:len(text)-len(strings.TrimLeft(text, "<>="))]
		if d, ok := number(strings.TrimSpace(text[len(op):])); ok {
			p.s.condition = &condition{op, d}
		}
	}
}

// finish says what the section shows.
func (p *formatParser) finish() section {
	s := p.s
	figures := strings.ContainsAny(p.read, "0#?")
	months := strings.Contains(p.read, "m")
	switch {
	case p.exact || strings.Contains(p.read, "@"):
		s.kind = showsAsIs
	case s.day || s.clock || months && !figures:
		s.kind = showsDay
		s.day = s.day || !s.clock // months alone
	case figures:
		s.kind = showsDigits
		s.scaled = p.pending > 0
		s.count()
	default:
		s.kind = showsWords
	}
	return s
}
