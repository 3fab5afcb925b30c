package widgets

import (
	"strings"
)

// Filter decides what may stand in a field. The zero Filter lets all through.
type Filter struct {
	allow  func(r rune) (rune, bool)
	places int // digits after the comma; -1: no comma
}

// Digits lets only digits through.
func Digits() Filter { return Filter{allow: digit, places: -1} }

// Decimal lets digits and one comma through; a point becomes a comma. places
// limits the digits after it.
func Decimal(places int) Filter {
	return Filter{allow: decimal, places: places}
}

func digit(r rune) (rune, bool) { return r, r >= '0' && r <= '9' }

func decimal(r rune) (rune, bool) {
	if r == '.' || r == ',' {
		return ',', true
	}
	return digit(r)
}

// rune filters a typed character that would make the field hold candidate; the
// function is asked with the character as it will stand there.
func (f Filter) rune(r rune, candidate func(r rune) string) (rune, bool) {
	if f.allow == nil {
		return r, true
	}
	r, ok := f.allow(r)
	if !ok {
		return r, false
	}
	text := candidate(r)
	return r, f.apply(text) == text
}

// apply cleans a whole text, as it was pasted.
func (f Filter) apply(text string) string {
	if f.allow == nil {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if r, ok := f.allow(r); ok {
			b.WriteRune(r)
		}
	}
	text = b.String()
	whole, fraction, comma := strings.Cut(text, ",")
	if !comma {
		return text
	}
	fraction = strings.ReplaceAll(fraction, ",", "")
	if len(fraction) > f.places {
		fraction = fraction[:max(f.places, 0)]
	}
	if f.places <= 0 {
		return whole
	}
	return whole + "," + fraction
}
