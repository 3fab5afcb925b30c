// Package phone turns what people type as a telephone number into one form, E.164, by
// which a customer is found and written to, and back into what people read.
//
// The plan of the world's numbers comes from libphonenumber: a number is accepted when a
// real one could look like it, not when it is merely long enough.
package phone

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"
)

// MaxInput is the longest input Parse looks at, in runes. The longest number with all its
// brackets and spaces is half of it.
const MaxInput = 64

// Reason says why a text is not a telephone number. Values are stable: callers choose a
// translated sentence by them.
type Reason string

// The reasons for which input is refused.
const (
	ReasonEmpty     Reason = "empty"      // nothing but spaces
	ReasonTooLong   Reason = "too_long"   // more than MaxInput runes, or more digits than a number has
	ReasonTooShort  Reason = "too_short"  // digits are missing
	ReasonNotNumber Reason = "not_number" // letters, extensions, a misplaced plus, control characters
	ReasonNoCountry Reason = "no_country" // no country code, and the default region does not supply one
	ReasonInvalid   Reason = "invalid"    // the right length, but no such number can exist
)

// ParseError is the error of Parse. It does not carry the number: errors are logged, and
// a customer's number must not be.
type ParseError struct {
	Reason Reason
}

// Error is an English sentence that says what to enter instead.
func (e *ParseError) Error() string {
	switch e.Reason {
	case ReasonEmpty:
		return "the phone number is empty: enter it with its country code, starting with +"
	case ReasonTooLong:
		return "the phone number is too long: enter one number and nothing else"
	case ReasonTooShort:
		return "the phone number is too short: check that no digit is missing"
	case ReasonNotNumber:
		return "the phone number has other characters than digits: enter digits without letters or an extension"
	case ReasonNoCountry:
		return "the phone number has no country code: start with + and the code of the country"
	default:
		return "no such phone number exists: check the digits and the country code"
	}
}

// Parse reads a number as a person writes it, "8 (900) 000-00-01" or "+7 900 0000001", and
// returns it in E.164: a plus and at most fifteen digits. A number without a country code
// belongs to defaultRegion, an ISO 3166 code such as "RU". Parse(e164, any region)
// returns e164 again. The error is a *ParseError.
func Parse(raw, defaultRegion string) (e164 string, err error) {
	if reason := checkText(raw); reason != "" {
		return "", &ParseError{Reason: reason}
	}
	text := strings.TrimFunc(raw, isPadding)
	number, err := phonenumbers.Parse(text, strings.ToUpper(defaultRegion))
	if err != nil {
		return "", &ParseError{Reason: reasonOf(err, text)}
	}
	if !phonenumbers.IsValidNumber(number) {
		return "", &ParseError{Reason: reasonInvalid(number)}
	}
	return phonenumbers.Format(number, phonenumbers.E164), nil
}

// checkText refuses what is not written like a number before the library, which also
// understands letters on keys, extensions and tel: links, makes a number of it.
func checkText(raw string) Reason {
	// Bytes first: counting the runes of a huge input is already too much work.
	if len(raw) > MaxInput*utf8.UTFMax || utf8.RuneCountInString(raw) > MaxInput {
		return ReasonTooLong
	}
	text := strings.TrimFunc(raw, isPadding)
	if text == "" {
		return ReasonEmpty
	}
	digits := 0
	for i, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r == '+' && i == 0, r == '(', r == ')', r == '.':
		case unicode.Is(unicode.Zs, r), unicode.Is(unicode.Pd, r), r == '\u2212':
		default:
			return ReasonNotNumber
		}
	}
	if digits == 0 {
		return ReasonNotNumber
	}
	return ""
}

// isPadding knows what comes along when a number is copied: spaces, line ends, and the
// invisible direction marks that address books put around numbers.
func isPadding(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
}

func reasonOf(err error, text string) Reason {
	switch {
	case errors.Is(err, phonenumbers.ErrInvalidCountryCode) && !strings.HasPrefix(text, "+"):
		return ReasonNoCountry
	case errors.Is(err, phonenumbers.ErrNumTooLong):
		return ReasonTooLong
	case errors.Is(err, phonenumbers.ErrTooShortNSN), errors.Is(err, phonenumbers.ErrTooShortAfterIDD),
		errors.Is(err, phonenumbers.ErrNotANumber) && len(Digits(text)) < 3:
		return ReasonTooShort
	case errors.Is(err, phonenumbers.ErrNotANumber):
		return ReasonNotNumber
	}
	return ReasonInvalid
}

func reasonInvalid(number *phonenumbers.PhoneNumber) Reason {
	switch phonenumbers.IsPossibleNumberWithReason(number) {
	case phonenumbers.TOO_SHORT, phonenumbers.IS_POSSIBLE_LOCAL_ONLY:
		return ReasonTooShort
	case phonenumbers.TOO_LONG:
		return ReasonTooLong
	}
	return ReasonInvalid
}

// Mobile tells a number in E.164 that may be a mobile one: messages go to those.
func Mobile(e164 string) bool {
	number, err := phonenumbers.Parse(e164, "")
	if err != nil {
		return false
	}
	t := phonenumbers.GetNumberType(number)
	return t == phonenumbers.MOBILE || t == phonenumbers.FIXED_LINE_OR_MOBILE
}
