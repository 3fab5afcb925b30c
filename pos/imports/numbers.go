package imports

import (
	"errors"
	"strings"
	"unicode"

	"kassa/pos"
	"kassa/pos/money"
)

// This file reads numbers as lists have them: "1 234,50 руб.", "1,234.50",
// "1'234.50", "'120", "12 шт".

// currencies may stand beside a sum of the shop's own money.
var currencies = wordSet("руб рублей рубля рубль р rub rur ₽ грн uah ₴ тг тнг тенге kzt ₸ byn br бр")

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// nothing are the ways to write that there is nothing.
var nothing = map[string]bool{"-": true, "--": true, "—": true, "–": true, "нет": true, "н/д": true, "n/a": true, "na": true, "null": true, "none": true, "отсутствует": true, "немає": true, "няма": true, "жоқ": true, "не указано": true, "не указан": true}

// isNothing tells a cell that says it is empty.
func isNothing(text string) bool { return len(text) <= 32 && nothing[strings.ToLower(text)] }

// figure is a number taken out of a cell: digits with a dot before the
// decimals, and the word that stood beside it.
type figure struct {
	text      string
	unit      string
	thousands bool // the one mark in it may part thousands as well as decimals
}

// readFigure takes the number out of a text. Where its one mark may mean two
// things, decimal says which; a book writes its own numbers with a dot.
func readFigure(text, decimal string, book bool) figure {
	var f figure
	text = strings.TrimLeft(text, "'’")
	text, f.unit = splitUnit(text)
	text = strings.Map(func(r rune) rune {
		if r == '\'' || r == '’' || r == '`' {
			return ' '
		}
		return r
	}, text)
	last := strings.LastIndexAny(text, ".,")
	if last < 0 {
		f.text = text
		return f
	}
	mark := text[last]
	first := strings.IndexByte(text, mark)
	switch {
	case first < last: // "1.234.567": twice is thousands
		f.text = ungrouped(text, mark)
	case strings.ContainsAny(text[:last], ".,"): // "1,234.50": the last is the decimal's
		f.text = ungrouped(text[:last], text[strings.IndexAny(text, ".,")]) + "." + text[last+1:]
	case !groupLike(text, last) || book && mark == '.':
		f.text = text[:last] + "." + text[last+1:]
	case decimal != "" && decimal[0] != mark:
		f.text = ungrouped(text, mark)
	default:
		f.thousands = decimal == ""
		f.text = text[:last] + "." + text[last+1:]
	}
	return f
}

// groupLike tells "1,234": three digits behind the mark, one to three before it,
// the first of them no zero.
func groupLike(text string, mark int) bool {
	before := strings.TrimLeft(text[:mark], "+-\u2212 ")
	if len(text)-mark-1 != 3 || len(before) < 1 || len(before) > 3 || before[0] == '0' {
		return false
	}
	return strings.Trim(before+text[mark+1:], "0123456789") == ""
}

// ungrouped takes the marks of thousands out where they part groups of three,
// and leaves the text, which is then no number, where they do not.
func ungrouped(text string, mark byte) string {
	parts := strings.Split(text, string(mark))
	for _, p := range parts[1:] {
		if len(strings.TrimSpace(p)) != 3 {
			return text
		}
	}
	return strings.Join(parts, "")
}

// splitUnit parts the words beside a number from it.
func splitUnit(text string) (number, unit string) {
	isWord := func(r rune) bool {
		return unicode.IsLetter(r) || strings.ContainsRune("₽₴₸€£¥", r)
	}
	if i := strings.LastIndexByte(text, '/'); i > 0 && strings.TrimFunc(text[i+1:], isWord) == "" { // "руб./шт"
		text = text[:i]
	}
	body := strings.TrimRight(text, ". \u00a0\u202f")
	n := strings.TrimRightFunc(body, isWord)
	if n != body && n != "" {
		word := body[len(n):]
		if rest := strings.TrimRightFunc(n, unicode.IsSpace); strings.HasSuffix(strings.ToLower(rest), " б.") || strings.HasSuffix(strings.ToLower(rest), " бел.") {
			n = rest[:strings.LastIndexByte(rest, ' ')] // "б.руб"
		}
		return strings.TrimSpace(n), strings.ToLower(word)
	}
	if n := strings.TrimLeftFunc(text, isWord); n != text && strings.ContainsAny(n, "0123456789") {
		return strings.TrimLeft(n, ". "), strings.ToLower(text[:len(text)-len(n)])
	}
	return text, ""
}

// amount reads a sum; nil for none.
func (r *row) amount(c Field) *money.Amount {
	v, _, ok := read(r, c, 2, money.ParseAmount)
	if !ok {
		return nil
	}
	return &v
}

// read reads a number of some decimals. More of them are rounded and noted.
func read[T ~int64](r *row, c Field, decimals int, parse func(string) (T, error)) (v T, unit string, ok bool) {
	text := r.filled(c)
	if text == "" {
		return 0, "", false
	}
	f := readFigure(text, r.t.mapping.Decimal, r.t.book)
	if f.unit != "" && c != colStock && c != colMinStock && !ownUnit(r.t.currency, f.unit) {
		r.refuse(c, "import.number-words", pos.Args{"Input": clip(text)})
		return 0, "", false
	}
	v, err := parse(f.text)
	var bad *money.ParseError
	if errors.As(err, &bad) && bad.Reason == money.ReasonTooPrecise && !f.thousands {
		if rounded, up := roundOff(f.text, decimals); rounded != "" {
			if v, err = parse(rounded); up {
				v++
			}
			if err == nil {
				r.note(c, "import.note.rounded", pos.Args{"Input": clip(text), "Value": v})
			}
		}
	}
	if err != nil {
		r.refuseNumber(c, text, err)
		return 0, "", false
	}
	if f.thousands {
		r.note(c, "import.note.decimals", pos.Args{"Input": clip(text)})
	}
	return v, f.unit, true
}

// roundOff cuts a number to so many decimals and tells whether the last of them
// has to be raised.
func roundOff(text string, decimals int) (cut string, up bool) {
	dot := strings.LastIndexByte(text, '.')
	if dot < 0 || len(text) <= dot+1+decimals || strings.Trim(text[dot+1:], "0123456789") != "" {
		return "", false
	}
	return text[:dot+1+decimals], text[dot+1+decimals] >= '5'
}

// refuseNumber says why a text is no number, with the text as it stands.
func (r *row) refuseNumber(c Field, text string, err error) {
	var bad *money.ParseError
	if !errors.As(err, &bad) {
		r.refuse(c, "import.bad-value", nil)
		return
	}
	r.refuse(c, "number.reason."+string(bad.Reason), pos.Args{"Input": clip(text)})
}

// stock may be zero or below: the shelf is right, not the list. unit is the word
// that stood beside the number, "" for none.
func (r *row) stock(c Field) (q *money.Quantity, unit string) {
	negative := false
	v, unit, ok := read(r, c, 3, func(text string) (money.Quantity, error) {
		body := strings.TrimSpace(text)
		if rest, cut := strings.CutPrefix(body, "-"); cut {
			body, negative = rest, true
		} else if rest, cut := strings.CutPrefix(body, "\u2212"); cut {
			body, negative = rest, true
		}
		q, err := money.ParseQuantity(body)
		var bad *money.ParseError
		if errors.As(err, &bad) && bad.Reason == money.ReasonNegative && !strings.ContainsAny(body, "-\u2212") {
			return 0, nil // a quantity refuses zero; a stock does not
		}
		return q, err
	})
	if !ok {
		return nil, ""
	}
	if negative {
		v = -v
	}
	return &v, unit
}

// points are whole: a fraction is refused, not rounded.
func (r *row) points(c Field) *int64 {
	a := r.amount(c)
	if a == nil {
		return nil
	}
	if *a%100 != 0 {
		r.refuse(c, "import.points-whole", pos.Args{"Input": clip(r.cell(c))})
		return nil
	}
	n := int64(*a / 100)
	return &n
}

// signs finds out how a list writes decimals and dates, and asks where its first
// rows can be read in two ways.
func (f *Found) signs(body []Raw, book bool) {
	m := &f.Mapping
	var comma, dot bool
	unclear, where := "", -1
	for i, c := range m.Columns {
		if !isSum(c) {
			continue
		}
		for _, r := range body {
			text := at(r.Cells, i)
			last := strings.LastIndexAny(text, ".,")
			g := readFigure(text, "", book)
			if last < 0 || strings.Trim(g.text, "0123456789.+- \u00A0\u202F\u2009") != "" {
				continue
			}
			switch {
			case g.thousands:
				if unclear == "" {
					unclear, where = text, i
				}
			case strings.Count(text, text[last:last+1]) > 1: // it parts thousands
				comma, dot = comma || text[last] == '.', dot || text[last] == ','
			default:
				comma, dot = comma || text[last] == ',', dot || text[last] == '.' && !book
			}
		}
	}
	switch {
	case comma && !dot:
		m.Decimal = ","
	case dot && !comma:
		m.Decimal = "."
	case unclear != "":
		f.doubt(SettingDecimal, "import.doubt.decimal", pos.Args{"Input": clip(unclear), "Head": named(f.Head, where)})
	}
	f.dateOrder(body)
}

func isSum(c Field) bool {
	for _, s := range sums {
		if c == s {
			return true
		}
	}
	return false
}
