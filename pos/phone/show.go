package phone

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// hidden stands for a digit that is not shown.
const hidden = '•'

// Mask writes a number so that its owner knows it and nobody else learns it:
// "+7 900 •••-••-01". The country, the first group and the last two digits are shown; of a
// number too short to hide four digits that way, only the last two. A text that is no
// number is masked altogether, so the result is always fit for a screen or a log.
func Mask(e164 string) string {
	number, err := phonenumbers.Parse(e164, "")
	if err != nil {
		return strings.Repeat(string(hidden), 4)
	}
	text := phonenumbers.Format(number, phonenumbers.INTERNATIONAL)
	total := len(Digits(text))
	head := headDigits(text)
	if total-head-tailShown < leastHidden {
		head = 0
	}
	if total-tailShown < leastHidden {
		return strings.Repeat(string(hidden), 4)
	}
	seen := 0
	return strings.Map(func(r rune) rune {
		if !isDigit(r) {
			return r
		}
		seen++
		if seen > head && seen <= total-tailShown {
			return hidden
		}
		return r
	}, text)
}

// How much of a masked number may be seen: an area or operator code and two digits say
// "this is my number" to one person; four hidden digits leave ten thousand candidates.
const (
	groupShown  = 3
	tailShown   = 2
	leastHidden = 4
)

// headDigits counts the digits of the country code and of the group after it, of which at
// most three: some plans are written without groups.
func headDigits(international string) int {
	country, rest, _ := strings.Cut(international, " ")
	group := 0
	for _, r := range rest {
		if !isDigit(r) || group == groupShown {
			break
		}
		group++
	}
	return len(Digits(country)) + group
}

// Digits returns the ASCII digits of s and nothing else, for finding by a fragment typed
// in any notation.
func Digits(s string) string {
	return strings.Map(func(r rune) rune {
		if isDigit(r) {
			return r
		}
		return -1
	}, s)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }
