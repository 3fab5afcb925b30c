package sms

import "strings"

// Lengths of an E.164 number without the plus. ITU-T allows 15 digits; no country in use has fewer than 8 with
// its code.
const (
	minNumberDigits = 8
	maxNumberDigits = 15
)

// ValidNumber tells whether to is an E.164 number: a plus and 8 to 15 ASCII digits, the first not zero.
func ValidNumber(to string) bool {
	digits, ok := strings.CutPrefix(to, "+")
	if !ok || len(digits) < minNumberDigits || len(digits) > maxNumberDigits || digits[0] == '0' {
		return false
	}
	return strings.Trim(digits, "0123456789") == ""
}

// Digits returns a number without its plus, the form most providers want.
func Digits(to string) string { return strings.TrimPrefix(to, "+") }
