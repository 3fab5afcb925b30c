package money

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/bojanz/currency"
)

// Currency is an ISO 4217 code in capitals, or Points.
type Currency string

// Points is the currency of the shop's own bonus points; they are whole.
const Points Currency = "PTS"

// digitOverrides fixes the stored digits of currencies whose number of digits differs
// between standards and editions. Dropping the tiyin is a matter of the cash rounding
// step, not of what is stored, so these keep two.
var digitOverrides = map[Currency]int{
	Points: 0,
	"RUB":  2, "BYN": 2, "UAH": 2, "KZT": 2, "UZS": 2, "KGS": 2, "AMD": 2,
}

// symbols are the usual signs of the currencies the shops of our markets use. The locale
// data prints some of them as a code outside their own country, so they are named here.
var symbols = map[Currency]string{
	Points: "",
	"RUB":  "₽", "BYN": "Br", "UAH": "₴", "KZT": "₸", "USD": "$", "EUR": "€",
}

// Digits is the number of decimal digits of one stored unit: 2 for kopecks, 0 for points.
// A code nobody knows has two.
func (c Currency) Digits() int {
	if d, ok := digitOverrides[c]; ok {
		return d
	}
	if d, ok := currency.GetDigits(string(c)); ok {
		return int(d)
	}
	return 2
}

// What stands inside a formatted number. The thin space keeps groups together without
// looking like two numbers; the minus is as wide as the digits, unlike a hyphen.
const (
	thin  = "\u2009"
	minus = "\u2212"
)

// Formatter writes numbers for the eyes of one shop in one language. It is a small value,
// safe to copy and to use from several goroutines; each call allocates only its result.
type Formatter struct {
	decimal string // between units and their fraction
	group   string // between thousands
	percent string // between a number and the percent sign
	sign    string // of the currency, with the space before it; may be empty
	digits  int
}

// NewFormatter makes a formatter for a language ("ru", "en-US"), a currency and the sign
// the shop prints; an empty symbol means the usual one. English writes 1,262.61; every
// other language writes 1 262,61.
func NewFormatter(lang string, c Currency, symbol string) Formatter {
	f := Formatter{decimal: ",", group: thin, percent: thin, digits: c.Digits()}
	base, _, _ := strings.Cut(strings.ReplaceAll(lang, "_", "-"), "-")
	if strings.EqualFold(base, "en") {
		f.decimal, f.group, f.percent = ".", ",", ""
	}
	if symbol == "" {
		symbol = usualSymbol(c, lang)
	}
	if symbol != "" {
		f.sign = thin + symbol
	}
	return f
}

func usualSymbol(c Currency, lang string) string {
	if s, ok := symbols[c]; ok {
		return s
	}
	if s, ok := currency.GetSymbol(string(c), currency.NewLocale(lang)); ok {
		return s
	}
	return string(c)
}

// In writes as f does, in another currency, by its code.
func (f Formatter) In(c Currency) Formatter {
	f.digits, f.sign = c.Digits(), thin+string(c)
	return f
}

// Amount writes a sum with its currency sign: "1 262,61 ₽".
func (f Formatter) Amount(a Amount) string {
	var buf [64]byte
	return string(append(f.appendAmount(buf[:0], a), f.sign...))
}

// Bare writes a sum without the currency sign: "1 262,61". ParseAmount reads it
// back, but for a minus sign.
func (f Formatter) Bare(a Amount) string {
	var buf [64]byte
	return string(f.appendAmount(buf[:0], a))
}

// Decimal is the mark before a fraction: a comma, in English a point.
func (f Formatter) Decimal() rune {
	r, _ := utf8.DecodeRuneInString(f.decimal)
	return r
}

// Typed writes a sum, a quantity or a share the way it is typed, without marks
// between thousands: "1262,61", "0,845", in English with a point. Every Parse
// function reads either.
func (f Formatter) Typed(n fmt.Stringer) string {
	return strings.Replace(n.String(), ".", f.decimal, 1)
}

// Unit is how many of the smallest units make one of the currency: 100 for the rouble.
func (f Formatter) Unit() int64 { return int64(pow10(f.digits)) }

// Quantity writes a quantity as short as it goes: "0,845", "2". Thousands are not grouped:
// an English "1,262" would be read back as one and a quarter.
func (f Formatter) Quantity(q Quantity) string {
	var buf [64]byte
	b, m := appendSign(buf[:0], int64(q), minus)
	return string(appendShort(b, m, 3, f.decimal))
}

// Points writes a number of points: "1 240".
func (f Formatter) Points(n int64) string {
	var buf [64]byte
	b, m := appendSign(buf[:0], n, minus)
	return string(appendGrouped(b, m, f.group))
}

// Percent writes a share as short as it goes: "12,5 %", in English "12.5%".
func (f Formatter) Percent(p Percent) string {
	var buf [64]byte
	b, m := appendSign(buf[:0], int64(p), minus)
	b = appendShort(b, m, 2, f.decimal)
	return string(append(append(b, f.percent...), '%'))
}

func (f Formatter) appendAmount(b []byte, a Amount) []byte {
	b, m := appendSign(b, int64(a), minus)
	scale := pow10(f.digits)
	b = appendGrouped(b, m/scale, f.group)
	if f.digits == 0 {
		return b
	}
	return appendFraction(append(b, f.decimal...), m%scale, f.digits)
}

// String is the machine form of a sum, with a dot, two digits and no grouping: "1262.61", "-0.05".
func (a Amount) String() string {
	var buf [32]byte
	b, m := appendSign(buf[:0], int64(a), "-")
	b = strconv.AppendUint(b, m/100, 10)
	return string(appendFraction(append(b, '.'), m%100, 2))
}

// String is the machine form of a quantity, as short as it goes: "1", "0.845".
func (q Quantity) String() string {
	var buf [32]byte
	b, m := appendSign(buf[:0], int64(q), "-")
	return string(appendShort(b, m, 3, "."))
}

// String is the machine form of a share, as short as it goes and without a sign: "12.5".
func (p Percent) String() string {
	var buf [32]byte
	b, m := appendSign(buf[:0], int64(p), "-")
	return string(appendShort(b, m, 2, "."))
}

func appendSign(b []byte, v int64, sign string) ([]byte, uint64) {
	if v < 0 {
		b = append(b, sign...)
	}
	return b, magnitude(v)
}

// appendGrouped writes v with group between its thousands.
func appendGrouped(b []byte, v uint64, group string) []byte {
	var digits [20]byte
	d := strconv.AppendUint(digits[:0], v, 10)
	for i, c := range d {
		if i > 0 && (len(d)-i)%3 == 0 {
			b = append(b, group...)
		}
		b = append(b, c)
	}
	return b
}

// appendShort writes v ÷ 10^digits without trailing zeros, and without a decimal mark when whole.
func appendShort(b []byte, v uint64, digits int, decimal string) []byte {
	scale := pow10(digits)
	b = strconv.AppendUint(b, v/scale, 10)
	rest := v % scale
	if rest == 0 {
		return b
	}
	for ; rest%10 == 0; rest /= 10 {
		digits--
	}
	return appendFraction(append(b, decimal...), rest, digits)
}

// appendFraction writes v with leading zeros up to digits.
func appendFraction(b []byte, v uint64, digits int) []byte {
	for scale := pow10(digits - 1); scale > 0; scale /= 10 {
		b = append(b, byte('0'+v/scale%10))
	}
	return b
}

func pow10(n int) uint64 {
	p := uint64(1)
	for range n {
		p *= 10
	}
	return p
}
