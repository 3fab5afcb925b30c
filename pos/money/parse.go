package money

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// Reason says why a text is not the number it should be. Values are stable: callers
// choose a translated sentence by them.
type Reason string

// The reasons for which input is refused.
const (
	ReasonEmpty      Reason = "empty"       // nothing but spaces
	ReasonNotNumber  Reason = "not_number"  // letters, control characters, misplaced separators
	ReasonTooPrecise Reason = "too_precise" // more digits after the separator than the unit has
	ReasonTooLarge   Reason = "too_large"   // beyond MaxAmount, MaxQuantity or 100 %
	ReasonNegative   Reason = "negative"    // below what is allowed: negative, or a quantity of zero
)

// ParseError is returned by every Parse function of this package.
type ParseError struct {
	Input  string // what was read, made printable and cut to 32 runes; safe to show
	Reason Reason
	what   kind
}

// Error is an English sentence that names the input and says what to enter instead.
func (e *ParseError) Error() string {
	k := e.what
	if k.noun == "" {
		k = amountKind
	}
	in := strconv.Quote(e.Input)
	switch e.Reason {
	case ReasonEmpty:
		return k.noun + " is empty: enter a number such as " + k.example
	case ReasonTooPrecise:
		return k.noun + " " + in + " has too many digits after the separator: enter at most " + strconv.Itoa(k.decimals)
	case ReasonTooLarge:
		return k.noun + " " + in + " is too large: enter " + k.most + " or less"
	case ReasonNegative:
		return k.noun + " " + in + " is too small: enter " + k.least + " or more"
	default:
		return k.noun + " " + in + " is not a number: enter digits such as " + k.example
	}
}

// kind is what a number is of: its precision, its limit and the words of its errors.
type kind struct {
	noun, example, least, most string
	decimals                   int
	max                        int64
}

var (
	amountKind   = kind{noun: "amount", example: "1262.61", least: "0", most: "10000000000", decimals: 2, max: int64(MaxAmount)}
	quantityKind = kind{noun: "quantity", example: "0.845", least: "0.001", most: "1000000", decimals: 3, max: int64(MaxQuantity)}
	percentKind  = kind{noun: "percentage", example: "12.5", least: "0", most: "100", decimals: 2, max: hundredPercent}
)

// ParseAmount reads a sum as a person writes it: "1262.61", "1 262,61" with ordinary,
// no-break or thin spaces, "1,262.61", "+5", ",5". A lone comma or dot is always the
// decimal separator, so "1,262" is refused as too precise rather than guessed at.
// The error is a *ParseError; any minus sign is ReasonNegative.
func ParseAmount(s string) (Amount, error) {
	v, err := parse(s, amountKind)
	return Amount(v), err
}

// ParseQuantity reads a quantity with up to three decimals, above zero and at most
// MaxQuantity, in the notations of ParseAmount. The error is a *ParseError; zero is ReasonNegative.
func ParseQuantity(s string) (Quantity, error) {
	v, err := parse(s, quantityKind)
	if err == nil && v == 0 {
		return 0, refuse(s, quantityKind, ReasonNegative)
	}
	return Quantity(v), err
}

// ParsePercent reads a share from 0 to 100 with up to two decimals and an optional
// percent sign after it: "12.5", "12,5 %". The error is a *ParseError.
func ParsePercent(s string) (Percent, error) {
	number := strings.TrimRightFunc(s, isSpace)
	number = strings.TrimSuffix(number, "%")
	v, err := parse(number, percentKind)
	if err != nil {
		// The sign belongs to what was typed, so the error shows it.
		return 0, refuse(s, percentKind, err.(*ParseError).Reason)
	}
	return Percent(v), nil
}

func refuse(s string, k kind, r Reason) *ParseError {
	return &ParseError{Input: printable(s), Reason: r, what: k}
}

// parse reads s as a decimal scaled by the decimals of k.
func parse(s string, k kind) (int64, error) {
	body := strings.TrimFunc(s, isSpace)
	if body == "" {
		return 0, refuse(s, k, ReasonEmpty)
	}
	body, negative := cutSign(body)
	whole, fraction := splitDecimal(body)
	v, ok := readWhole(whole)
	if !ok || !allDigits(fraction) || len(whole)+len(fraction) == 0 || repeatsMark(body) {
		return 0, refuse(s, k, ReasonNotNumber)
	}
	if negative {
		return 0, refuse(s, k, ReasonNegative)
	}
	if len(fraction) > k.decimals {
		return 0, refuse(s, k, ReasonTooPrecise)
	}
	for i := range k.decimals {
		digit := byte('0')
		if i < len(fraction) {
			digit = fraction[i]
		}
		v = appendDigit(v, digit)
	}
	if v > k.max {
		return 0, refuse(s, k, ReasonTooLarge)
	}
	return v, nil
}

// cutSign removes one leading sign: plus, hyphen-minus or U+2212.
func cutSign(s string) (rest string, negative bool) {
	if rest, ok := strings.CutPrefix(s, "+"); ok {
		return rest, false
	}
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		return rest, true
	}
	return strings.CutPrefix(s, minus)
}

// splitDecimal cuts at the last comma or dot; whatever stands before it is judged by readWhole.
func splitDecimal(s string) (whole, fraction string) {
	i := strings.LastIndexAny(s, ",.")
	if i < 0 {
		return s, ""
	}
	return s[:i], s[i+1:]
}

// repeatsMark reports whether the decimal separator stands elsewhere in s too, as in
// "1,262,000" or "12.34.56": neither a decimal nor worth a guess.
func repeatsMark(s string) bool {
	i := strings.LastIndexAny(s, ",.")
	return i >= 0 && strings.IndexByte(s[:i], s[i]) >= 0
}

// readWhole reads digits that may be grouped by threes with one kind of mark: any of the
// spaces, or a comma or a dot. It saturates instead of overflowing.
func readWhole(s string) (v int64, ok bool) {
	var mark rune // zero until the first group mark
	run := 0      // digits since the last mark
	for _, r := range s {
		if r >= '0' && r <= '9' {
			v = appendDigit(v, byte(r))
			run++
			continue
		}
		if isSpace(r) {
			r = ' '
		}
		first := mark == 0
		switch {
		case r != ' ' && r != ',' && r != '.':
			return 0, false
		case first && (run < 1 || run > 3), !first && (run != 3 || r != mark):
			return 0, false
		}
		mark, run = r, 0
	}
	return v, mark == 0 || run == 3
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func appendDigit(v int64, digit byte) int64 {
	if v > (math.MaxInt64-9)/10 {
		return math.MaxInt64
	}
	return v*10 + int64(digit-'0')
}

// isSpace knows the spaces people and formatters put around and inside numbers. Tabs and
// line ends are control characters and no part of a number.
func isSpace(r rune) bool {
	switch r {
	case ' ', '\u00A0', '\u2007', '\u2009', '\u202F':
		return true
	}
	return false
}

// printable makes hostile input safe to show: at most 32 runes, none of them invisible.
func printable(s string) string {
	const limit = 32
	shown := make([]rune, 0, limit)
	for _, r := range s {
		if len(shown) == limit {
			shown[limit-1] = '…'
			break
		}
		if isSpace(r) {
			r = ' '
		} else if !unicode.IsPrint(r) {
			r = unicode.ReplacementChar
		}
		shown = append(shown, r)
	}
	return string(shown)
}
