// Package barcode knows in which forms one and the same code arrives: the number
// of goods with and without its zeros, inside a GS1 code, behind the prefix of a
// scanner, and letters typed under another keyboard layout. It is pure.
package barcode

import (
	"slices"
	"strings"
)

// Sizes of the numbers makers of goods print, check digit included.
const (
	ean8   = 8
	upcA   = 12
	ean13  = 13
	gtin14 = 14
	// A spreadsheet that takes a number for a number leaves its zeros out; what
	// is shorter is more likely a number of the shop's own.
	leastBare = 9
)

// CheckDigit is the digit that ends a number of goods of any length, by the
// digits before it; '?' for anything but digits.
func CheckDigit(digits string) byte {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i]) - '0'
		if d < 0 || d > 9 {
			return '?'
		}
		if i%2 == 0 {
			d *= 3
		}
		sum += d
	}
	return byte('0' + (10-sum%10)%10)
}

// checked reports digits that end with their own check digit.
func checked(s string) bool {
	return len(s) > 1 && s[len(s)-1] == CheckDigit(s[:len(s)-1])
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// pad puts zeros before a number.
func pad(s string, size int) string { return strings.Repeat("0", max(size-len(s), 0)) + s }

// GTIN is a number of goods as fourteen digits; "" for a text that is none: of
// another length than they have, or with a wrong check digit. A number that lost
// its leading zeros is one too.
func GTIN(s string) string {
	if len(s) < ean8 || len(s) > gtin14 || !digits(s) || !checked(s) {
		return ""
	}
	if len(s) == ean8 || len(s) >= leastBare {
		return pad(s, gtin14)
	}
	return ""
}

// SameNumber lists the other writings of a number of goods: UPC-A is EAN-13
// without its zero, EAN-13 is GTIN-14 without its own, EAN-8 and UPC-E are short
// for longer ones, a book's number of ten digits is short for one of thirteen. A
// package (GTIN-14 that begins with 1…9) is its own goods and has no other
// writing. It is empty for a text that is no number of goods.
func SameNumber(s string) []string {
	var all []string
	if g := GTIN(s); g != "" {
		all = append(all, writings(g)...)
	}
	if long := expandE(s); long != "" {
		all = append(all, writings(pad(long, gtin14))...)
	}
	if long := bookNumber(s); long != "" {
		all = append(all, writings(pad(long, gtin14))...)
	}
	return others(s, all)
}

// Key is what all writings of one number of goods have in common; the text itself
// for what is none.
func Key(s string) string {
	if g := GTIN(s); g != "" {
		return g
	}
	for _, t := range SameNumber(s) {
		if g := GTIN(t); g != "" {
			return g
		}
	}
	return s
}

// writings are all forms of a GTIN-14, the usual one first.
func writings(g string) []string {
	if g[0] != '0' {
		return []string{g}
	}
	all := []string{g[1:], g}
	if g[1] == '0' {
		all = append(all, g[2:])
		if e := compressE(g[2:]); e != "" {
			all = append(all, e)
		}
	}
	if strings.HasPrefix(g, "000000") {
		all = append(all, g[gtin14-ean8:])
	}
	if bare := strings.TrimLeft(g, "0"); len(bare) >= leastBare {
		all = append(all, bare)
	}
	if strings.HasPrefix(g, "0978") {
		all = append(all, shortBook(g[4:gtin14-1]))
	}
	return all
}

// others leaves out the text itself and what comes twice.
func others(s string, all []string) []string {
	var out []string
	for _, t := range all {
		if t != s && t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// expandE is the UPC-A a UPC-E of eight digits stands for; "" when the text is
// none.
func expandE(s string) string {
	if len(s) != ean8 || !digits(s) || s[0] > '1' {
		return ""
	}
	var body string
	switch d := s[1:7]; d[5] {
	case '0', '1', '2':
		body = d[:2] + d[5:] + "0000" + d[2:5]
	case '3':
		body = d[:3] + "00000" + d[3:5]
	case '4':
		body = d[:4] + "00000" + d[4:5]
	default:
		body = d[:5] + "0000" + d[5:]
	}
	long := s[:1] + body + s[7:]
	if !checked(long) {
		return ""
	}
	return long
}

// compressE is the UPC-E of a UPC-A; "" for one that has none.
func compressE(a string) string {
	if len(a) != upcA || a[0] > '1' {
		return ""
	}
	maker, item := a[1:6], a[6:11]
	var d string
	switch {
	case maker[2] <= '2' && maker[3:] == "00" && item[:2] == "00":
		d = maker[:2] + item[2:] + maker[2:3]
	case maker[3:] == "00" && item[:3] == "000":
		d = maker[:3] + item[3:] + "3"
	case maker[4] == '0' && item[:4] == "0000":
		d = maker[:4] + item[4:] + "4"
	case item[:4] == "0000" && item[4] >= '5':
		d = maker + item[4:]
	default:
		return ""
	}
	return a[:1] + d + a[11:]
}

// bookNumber is the thirteen digits of a book's number of ten (ISBN-10); "" when
// the text is none.
func bookNumber(s string) string {
	if len(s) != 10 || !digits(s[:9]) || s != shortBook(s[:9]) {
		return ""
	}
	long := "978" + s[:9]
	return long + string(CheckDigit(long))
}

// shortBook is a book's number of ten digits by the first nine.
func shortBook(nine string) string {
	sum := 0
	for i := range nine {
		sum += int(nine[i]-'0') * (10 - i)
	}
	switch c := (11 - sum%11) % 11; c {
	case 10:
		return nine + "X"
	default:
		return nine + string(byte('0'+c))
	}
}

// Inside is the number of the single goods a package holds: the EAN-13 of a
// GTIN-14 that begins with 1…8. It is "" for what is no package.
func Inside(s string) string {
	g := GTIN(s)
	if g == "" || g[0] == '0' || g[0] == '9' {
		return ""
	}
	return g[1:13] + string(CheckDigit(g[1:13]))
}

// withoutAddOn is the EAN-13 of a magazine or book behind which the scanner sent
// the two or five digits of its issue or price as well; "" for another text.
func withoutAddOn(s string) string {
	head, tail := s[:min(ean13, len(s))], strings.TrimSpace(s[min(ean13, len(s)):])
	if len(head) != ean13 || !digits(head) || !checked(head) || !digits(tail) || len(tail) != 2 && len(tail) != 5 {
		return ""
	}
	if p := head[:3]; p != "977" && p != "978" && p != "979" {
		return ""
	}
	return head
}
