// Package person finds somebody who asked to be forgotten in what people typed:
// reasons, notes, the lines of a slip.
package person

import (
	"regexp"
	"slices"
	"strings"
)

// Gone stands in a text for what named a person.
const Gone = "•••"

// Traces are what a person is named by: names and numbers of now and of before.
type Traces struct {
	patterns []pattern
	known    map[string]bool
	spelled  []string
}

// pattern is one way a person is named. A text without the hint, in small
// letters, or with fewer digits is not looked through.
type pattern struct {
	*regexp.Regexp
	hint   string
	digits int
}

// tailDigits are the last digits of a telephone number by which it is known
// however it begins: +7, 8, 80 or nothing.
const tailDigits = 9

// between are the marks people put between the digits of a number, line breaks
// of a slip too.
const between = `[\s()\-\x{2010}-\x{2015}\x{00a0}\x{202f}.]{0,3}`

// Spellings are the ways in which what was added is stored: as it is, in small
// letters, and numbers from the last digit to the first too.
func (t *Traces) Spellings() []string { return t.spelled }

// Name adds a name: all its words, in this order or the other way round, however
// they are spaced and in whatever case. A name of one word is not looked for:
// "Анна" may be anybody, a cashier on every receipt.
func (t *Traces) Name(name string) {
	words := strings.Fields(small(name))
	if len(words) > 0 {
		t.spelled = append(t.spelled, strings.TrimSpace(name), strings.Join(words, " "))
	}
	if len(words) < 2 {
		return
	}
	var there, back []string
	for _, w := range words {
		w = strings.ReplaceAll(regexp.QuoteMeta(w), "е", "[её]")
		there, back = append(there, w), append([]string{w}, back...)
	}
	t.add(`(?i)(^|[^\p{L}\p{N}])(?:`+strings.Join(there, `[\s,]+`)+`|`+strings.Join(back, `[\s,]+`)+`)([^\p{L}\p{N}]|$)`,
		slices.MaxFunc(words, func(a, b string) int { return len(a) - len(b) }), 0)
}

// Phone adds a telephone number.
func (t *Traces) Phone(number string) {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
	if len(digits) < tailDigits {
		return
	}
	back := []byte(digits)
	slices.Reverse(back)
	t.spelled = append(t.spelled, digits, string(back))
	tail := strings.Split(digits[len(digits)-tailDigits:], "")
	t.add(`()(?:\+?\d{1,3}`+between+`(?:\d{1,4}`+between+`)?)?`+strings.Join(tail, between)+`(\D|$)`, "", tailDigits)
}

// Word adds what is written in one way only: an address, the number of a card.
func (t *Traces) Word(word string) {
	if word = strings.TrimSpace(word); len([]rune(word)) >= 4 {
		t.spelled = append(t.spelled, word)
		t.add(`(?i)(^|[^\p{L}\p{N}])`+regexp.QuoteMeta(word)+`([^\p{L}\p{N}]|$)`, small(word), 0)
	}
}

func (t *Traces) add(expr, hint string, digits int) {
	if t.known[expr] {
		return
	}
	if t.known == nil {
		t.known = map[string]bool{}
	}
	t.known[expr] = true
	t.patterns = append(t.patterns, pattern{regexp.MustCompile(expr), hint, digits})
}

func small(s string) string { return strings.ReplaceAll(strings.ToLower(s), "ё", "е") }

// likely are the patterns worth a look at a text.
func (t *Traces) likely(text string) (out []pattern) {
	low, digits := small(text), 0
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			digits++
		}
	}
	for _, p := range t.patterns {
		if digits >= p.digits && strings.Contains(low, p.hint) {
			out = append(out, p)
		}
	}
	return out
}

// ids are never a person's: their figures may read like the end of a number.
var ids = regexp.MustCompile(`[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}`)

// In reports whether a text names the person.
func (t *Traces) In(text string) bool {
	_, had := t.Strike(text)
	return had
}

// Strike takes the person out of a text, and reports whether there was anything
// of the kind in it.
func (t *Traces) Strike(text string) (string, bool) {
	all := t.likely(text)
	if len(all) == 0 {
		return text, false
	}
	var out strings.Builder
	from := 0
	for _, id := range ids.FindAllStringIndex(text, -1) {
		out.WriteString(strike(all, text[from:id[0]]) + text[id[0]:id[1]])
		from = id[1]
	}
	out.WriteString(strike(all, text[from:]))
	return out.String(), out.String() != text
}

func strike(all []pattern, text string) string {
	for _, p := range all {
		// Twice: what ends one place may begin the next.
		text = p.ReplaceAllString(p.ReplaceAllString(text, "${1}"+Gone+"${2}"), "${1}"+Gone+"${2}")
	}
	return text
}
