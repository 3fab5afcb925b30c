// Package pan finds the numbers of payment cards in what people type. A till has
// no business with them: whoever keeps one owes the card industry proof of how.
package pan

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mark stands for the digits of a card that are not shown.
const Mark = "••••"

// Lengths of the numbers of cards.
const (
	shortest = 13
	longest  = 19
)

// Trade begins the numbers of cards of the trade itself, by ISO 7812: a shop's
// own card may read like some bank's.
const Trade = "6"

// group is a run of digits without anything in between.
type group struct {
	digits   string
	from, to int  // bytes of the text
	joined   bool // with the group before it, by marks that people put within a number
}

// Mask returns a text with every number of a card hidden but for its last four
// digits, and reports whether there was one. Codes of goods, accounts, telephone
// numbers and ids are left alone.
func Mask(text string) (string, bool) {
	if !enough(text) {
		return text, false
	}
	var out strings.Builder
	end := 0
	for _, run := range runs(text) {
		for i := 0; i < len(run); {
			n := card(text, run, i)
			if n == 0 {
				i++
				continue
			}
			var digits strings.Builder
			for _, g := range run[i : i+n] {
				digits.WriteString(g.digits)
			}
			all := digits.String()
			out.WriteString(text[end:run[i].from] + Mark + " " + all[len(all)-4:])
			end = run[i+n-1].to
			i += n
		}
	}
	if end == 0 {
		return text, false
	}
	return out.String() + text[end:], true
}

// In reports whether the number of a card stands in a text.
func In(text string) bool {
	_, had := Mask(text)
	return had
}

// track is how a reader of magnetic stripes types what is on a card, under a
// Russian layout too: the second track, or the first with the name.
var track = regexp.MustCompile(`^[;ж%:Ж№]?[BИbи]?\d{12,19}[=^:,][^ ]|^%[BИ]\d{12,19}`)

// Swiped reports what a reader of magnetic stripes has typed. It is nothing to
// look up, to show or to keep.
func Swiped(text string) bool {
	return track.MatchString(text) && (In(text) || strings.ContainsAny(text, "=^?"))
}

// enough is what keeps nearly every text from being looked at twice.
func enough(text string) bool {
	if len(text) < shortest {
		return false
	}
	n := 0
	for _, r := range text {
		if digit(r) >= 0 {
			n++
		}
	}
	return n >= shortest
}

// digit is the value of a digit of any alphabet, -1 for what is none.
func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r <= unicode.MaxASCII || !unicode.IsDigit(r):
		return -1
	}
	// The digits of an alphabet follow one another from its zero.
	zero := r
	for zero-1 > 0 && unicode.IsDigit(zero-1) && r-zero < 9 {
		zero--
	}
	return int(r - zero)
}

// betweens are the marks people put between the digits of one number: spaces of
// every kind, line breaks, dashes, dots, and what cannot be seen.
func between(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("._·•*'’/\\|", r)
}

// most marks between two groups of one number: a comma or a word ends it.
const mostBetween = 3

// runs are the groups of digits of a text, those of one number together.
func runs(text string) (out [][]group) {
	var run []group
	var g *group
	gap := mostBetween + 1
	for at, r := range text {
		if d := digit(r); d >= 0 {
			if g == nil {
				if gap > mostBetween {
					if run != nil {
						out = append(out, run)
					}
					run = nil
				}
				run = append(run, group{from: at, joined: len(run) > 0})
				g = &run[len(run)-1]
			}
			g.digits += string(rune('0' + d))
			g.to = at + len(string(r))
			gap = 0
			continue
		}
		g = nil
		if between(r) {
			gap++
		} else {
			gap = mostBetween + 1
		}
	}
	if run != nil {
		out = append(out, run)
	}
	return out
}

// card tells how many groups from i on are the number of a card, 0 for none. A
// number that is only a part of what stands together is one where it is written
// as cards are: in one piece, or in groups of four digits or more.
func card(text string, run []group, i int) int {
	if begun(text, run[i].from) {
		return 0
	}
	digits, tight := "", true
	for k := i; k < len(run); k++ {
		digits += run[k].digits
		if len(digits) > longest {
			return 0
		}
		whole := i == 0 && k == len(run)-1
		tight = tight && (len(run[k].digits) >= 4 || k > i && len(digits) > 16)
		if len(digits) < shortest || !(whole || tight) || ended(text, run[k].to) || !Number(digits) {
			continue
		}
		if known(text, run[i].from, run[k].to) {
			return 0
		}
		return k - i + 1
	}
	return 0
}

var (
	ids   = regexp.MustCompile(`[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}`)
	ibans = regexp.MustCompile(`\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b`)
)

// known reports what stands within an id or within the number of an account.
func known(text string, from, to int) bool {
	for _, r := range ids.FindAllStringIndex(text, -1) {
		if r[0] <= from && to <= r[1] {
			return true
		}
	}
	for _, r := range ibans.FindAllStringIndex(text, -1) {
		if r[0] <= from && to <= r[1] && account(text[r[0]:r[1]]) {
			return true
		}
	}
	return false
}

// account reports whether the check digits of an IBAN are right.
func account(iban string) bool {
	iban = strings.ReplaceAll(iban, " ", "")
	rest := 0
	for _, c := range iban[4:] + iban[:4] {
		if c >= 'A' {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(c-'0')) % 97
		}
	}
	return rest == 1
}

// begun reports a number whose beginning is that of a longer code: letters of hex
// digits, as keys and ids have, or a plus. A word before it is no part of it.
func begun(text string, from int) bool {
	before := text[:from]
	if strings.HasSuffix(before, "+") {
		return true
	}
	return code(before, utf8.DecodeLastRuneInString, func(s string, n int) string { return s[:len(s)-n] }) && !strings.HasSuffix(before, "%B")
}

// ended is begun for what follows.
func ended(text string, to int) bool {
	return code(text[to:], utf8.DecodeRuneInString, func(s string, n int) string { return s[n:] })
}

// code reports letters that stand at a number like those of a key: Latin ones
// that are hex digits too and no others.
func code(s string, next func(string) (rune, int), rest func(string, int) string) bool {
	for seen := false; ; seen = true {
		r, n := next(s)
		if n == 0 || !unicode.IsLetter(r) && digit(r) < 0 {
			return seen
		}
		if !strings.ContainsRune("0123456789abcdefABCDEF", r) {
			return false
		}
		s = rest(s, n)
	}
}
