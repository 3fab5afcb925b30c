package widgets

import "strings"

// Filter decides what may stand in a field. The zero Filter lets all through.
type Filter struct {
	figures bool // nothing but a number
	decimal bool // it may have a fraction
	places  int  // digits of that
	weight  bool // grams or kilograms may be said behind it
}

// said are the units somebody may type behind a weight.
var said = []string{"г", "гр", "g", "gr", "кг", "kg"}

// Digits lets only digits through.
func Digits() Filter { return Filter{figures: true} }

// Decimal lets digits and one mark of a fraction through. A comma and a point are
// both taken and stand there as the language of the screen writes them. places
// limits the digits after it.
func Decimal(places int) Filter { return Filter{figures: true, decimal: true, places: places} }

// Weight is Decimal(3) with the unit behind the number for who wants to say it:
// "700 г", "700g", "0,7 кг".
func Weight() Filter { return Filter{figures: true, decimal: true, places: 3, weight: true} }

// rune filters a typed character that would make the field hold candidate; the
// function is asked with the character as it will stand there.
func (f Filter) rune(r, mark rune, candidate func(r rune) string) (rune, bool) {
	switch {
	case !f.figures:
		return r, true
	case f.decimal && isMark(r):
		r = mark
	case f.weight && !isDigit(r):
		text := candidate(r)
		return r, f.apply(text, mark) == text
	case !isDigit(r):
		return r, false
	}
	text := candidate(r)
	return r, f.apply(text, mark) == text
}

// apply cleans a whole text, as it was pasted or as it stood there in groups. The
// last mark is that of the fraction, unless there are more of its kind: those stand
// between thousands.
func (f Filter) apply(text string, mark rune) string {
	if !f.figures {
		return text
	}
	if f.weight {
		number, unit := cutUnit(text)
		f.weight = false
		if number = f.apply(number, mark); number == "" {
			return ""
		}
		return number + unit
	}
	at := strings.LastIndexFunc(text, isMark)
	if !f.decimal || at < 0 || strings.Count(text, text[at:at+1]) > 1 {
		return onlyDigits(text)
	}
	whole, fraction := onlyDigits(text[:at]), onlyDigits(text[at:])
	if f.places == 0 {
		return whole
	}
	return whole + string(mark) + fraction[:min(len(fraction), f.places)]
}

// cutUnit takes the unit, or what was typed of it by now, off the end of a weight.
// Anything else behind the number is dropped.
func cutUnit(text string) (number, unit string) {
	at := strings.LastIndexFunc(text, func(r rune) bool { return isDigit(r) || isMark(r) }) + 1
	unit = text[at:]
	word := strings.ToLower(strings.TrimPrefix(unit, " "))
	for _, u := range said {
		if strings.HasPrefix(u, word) {
			return text[:at], unit
		}
	}
	return text[:at], ""
}

func isMark(r rune) bool { return r == '.' || r == ',' }

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if isDigit(r) {
			return r
		}
		return -1
	}, text)
}
