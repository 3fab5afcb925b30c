package barcode

// This file reads codes that carry more than the number of goods: the element
// strings of GS1 in a linear code or a DataMatrix, marking codes among them.

import (
	"strconv"
	"strings"

	"kassa/pos/money"
)

// Elements are what a GS1 code says of one thing.
type Elements struct {
	GTIN    string // fourteen digits; "" where the code names none
	Content bool   // the number is that of the goods in a case (02), not of what was scanned
	// Weight in thousandths of a kilogram, 0 where there is none.
	Weight money.Quantity
	// Price is what is to be paid, PriceDigits of it behind the point.
	Price       int64
	PriceDigits int
	HasPrice    bool
	Count       int64 // how many pieces, 0 where that is not said
}

// gs is how a group separator is shown: the character itself cannot be seen, and
// scanners send it in many ways.
const gs = "␝"

var separators = strings.NewReplacer("\x1d", gs, "\x1e", gs, "{GS}", gs, "<GS>", gs, "[GS]", gs, "{gs}", gs, "<gs>", gs,
	"{FNC1}", gs, "<FNC1>", gs, `\x1d`, gs, `\x1D`, gs, `\u001d`, gs, `\u001D`, gs, `\F`, gs, "^]", gs, "~029", gs, "\u00e8", gs)

// Shown is a code with its group separators as signs that can be seen, and
// without those at its ends; other control characters stay.
func Shown(s string) string {
	return strings.Trim(strings.NewReplacer("\x1d", gs, "\x1e", gs, "\x04", "").Replace(s), gs+" ")
}

// Bare is a code without the symbology that scanners tell before it when they are
// set up to, "]" and two signs, and whether that said it is a code of GS1.
func Bare(s string) (code string, gs1 bool) {
	if len(s) < 4 || s[0] != ']' || !latinLetter(rune(s[1])) || !digits(s[2:3]) && !latinLetter(rune(s[2])) {
		return s, false
	}
	switch s[:3] {
	case "]C1", "]e0", "]e1", "]e2", "]d2", "]Q3", "]J1":
		return s[3:], true
	}
	return s[3:], false
}

// fixed are the lengths of the elements that have one, by the first two digits
// of their identifier; all others end with a separator.
var fixed = map[string]int{
	"00": 18, "01": 14, "02": 14, "03": 14, "04": 16, "11": 6, "12": 6, "13": 6, "14": 6, "15": 6, "16": 6, "17": 6, "18": 6,
	"19": 6, "20": 2, "31": 6, "32": 6, "33": 6, "34": 6, "35": 6, "36": 6, "41": 13,
}

// longNames are the identifiers of three and four digits by their first two.
var longNames = map[string]int{
	"23": 3, "24": 3, "25": 3, "31": 4, "32": 4, "33": 4, "34": 4, "35": 4, "36": 4, "39": 4, "40": 3, "41": 3, "42": 3,
	"43": 4, "70": 4, "71": 3, "72": 4, "80": 4, "81": 4, "82": 4,
}

// known are the identifiers of two digits that may follow the goods.
var known = map[string]bool{"00": true, "02": true, "10": true, "11": true, "12": true, "13": true, "15": true, "16": true, "17": true,
	"20": true, "21": true, "22": true, "30": true, "37": true, "90": true, "91": true, "92": true, "93": true, "94": true, "95": true,
	"96": true, "97": true, "98": true, "99": true}

// Parse reads a GS1 code: with separators, with its identifiers in brackets, as a
// web address, or as the plain text that is left where the scanner sends none;
// and the marking codes of tobacco, which have no identifiers. false for a text
// that is none of them.
func Parse(s string) (Elements, bool) {
	code, sure := Bare(strings.TrimSpace(s))
	if g := fromAddress(code); g != "" {
		return Elements{GTIN: g}, true
	}
	if strings.HasPrefix(code, "(") {
		return bracketed(code)
	}
	code = separators.Replace(code)
	sure = sure || strings.HasPrefix(code, gs)
	code = strings.TrimLeft(code, gs+" ")
	switch {
	case beginsWithGoods(code):
		return elements(strings.ReplaceAll(code, " ", gs)) // some scanners send a space
	case sure:
		return elements(code)
	}
	g := tobacco(code)
	return Elements{GTIN: g}, g != ""
}

// beginsWithGoods reports 01 or 02 with a number of goods whose check digit is
// right, and behind it nothing or a further element.
func beginsWithGoods(s string) bool {
	if len(s) < 16 || s[:2] != "01" && s[:2] != "02" || !digits(s[2:16]) || !checked(s[2:16]) {
		return false
	}
	rest := strings.TrimLeft(s[16:], gs+" ")
	return rest == "" || len(rest) > 2 && (known[rest[:2]] || longNames[rest[:2]] != 0)
}

// elements reads identifiers and values until the first that makes no sense.
func elements(s string) (Elements, bool) {
	var e Elements
	for s != "" {
		if strings.HasPrefix(s, gs) {
			s = s[len(gs):]
			continue
		}
		name := s[:min(2, len(s))]
		if !digits(name) || len(name) < 2 {
			break
		}
		if n := longNames[name]; n > 0 {
			name = s[:min(n, len(s))]
		}
		value := s[len(name):]
		if size, ok := fixed[name[:2]]; ok {
			if len(value) < size || !digits(name) || !digits(value[:size]) {
				break
			}
			value = value[:size]
			s = s[len(name)+size:]
		} else {
			value, s, _ = strings.Cut(value, gs)
		}
		e.set(name, value)
	}
	return e, e.GTIN != ""
}

// set notes an element that tells of the goods or how much there is of them.
func (e *Elements) set(name, value string) {
	n, err := strconv.ParseInt(value, 10, 64)
	number := err == nil && digits(value)
	switch {
	case (name == "01" || name == "02") && e.GTIN == "" && len(value) == gtin14 && digits(value) && checked(value):
		e.GTIN, e.Content = value, name == "02"
	case len(name) == 4 && name[:3] == "310" && number && len(value) == 6 && name[3] <= '5':
		e.Weight = kilograms(n, int(name[3]-'0'))
	case len(name) == 4 && (name[:3] == "392" || name[:3] == "393") && name[3] <= '3':
		if name[:3] == "393" { // the currency stands before it
			value = value[min(3, len(value)):]
			n, err = strconv.ParseInt(value, 10, 64)
			number = err == nil && digits(value)
		}
		if number && len(value) <= 15 {
			e.Price, e.PriceDigits, e.HasPrice = n, int(name[3]-'0'), true
		}
	case name == "30" && number && len(value) <= 8:
		e.Count = n
	}
}

// kilograms is a weight with so many digits behind the point, rounded to grams.
func kilograms(n int64, places int) money.Quantity {
	for ; places < 3; places++ {
		n *= 10
	}
	for ; places > 4; places-- {
		n /= 10
	}
	if places == 4 {
		n = (n + 5) / 10
	}
	return money.Quantity(n)
}

// bracketed reads identifiers in brackets: (01)04600000000015(21)abc.
func bracketed(s string) (Elements, bool) {
	var e Elements
	for strings.HasPrefix(s, "(") {
		name, rest, ok := strings.Cut(s[1:], ")")
		if !ok || !digits(name) || len(name) < 2 || len(name) > 4 {
			break
		}
		value := rest
		if size, ok := fixed[name[:2]]; ok && len(rest) >= size {
			value = rest[:size]
		} else if i := nextBracket(rest); i >= 0 {
			value = rest[:i]
		}
		s = strings.TrimLeft(rest[len(value):], " ")
		e.set(name, strings.Trim(value, gs+"\x1d "))
	}
	return e, e.GTIN != ""
}

// nextBracket finds where the next identifier in brackets begins; a serial number
// may hold a bracket of its own.
func nextBracket(s string) int {
	for i := range len(s) {
		if s[i] != '(' {
			continue
		}
		if name, _, ok := strings.Cut(s[i+1:], ")"); ok && digits(name) && len(name) >= 2 && len(name) <= 4 {
			return i
		}
	}
	return -1
}

// Marks of tobacco: the goods, seven signs of the piece, and where they are sent
// four of the price and four that prove it.
const (
	tobaccoPack  = 21
	tobaccoPrice = 25
	tobaccoWhole = 29
)

func tobacco(s string) string {
	if n := len(s); n != tobaccoPack && n != tobaccoPrice && n != tobaccoWhole {
		return ""
	}
	if !digits(s[:gtin14]) || !checked(s[:gtin14]) || digits(s) || strings.Contains(s, " ") {
		return ""
	}
	return s[:gtin14]
}

// fromAddress is the number in a web address of GS1 (Digital Link).
func fromAddress(s string) string {
	low := strings.ToLower(s)
	if !strings.HasPrefix(low, "http://") && !strings.HasPrefix(low, "https://") {
		return ""
	}
	for _, mark := range []string{"/01/", "/gtin/"} {
		_, rest, ok := strings.Cut(low, mark)
		if !ok {
			continue
		}
		number := rest[:len(rest)-len(strings.TrimLeft(rest, "0123456789"))]
		if g := GTIN(number); g != "" {
			return g
		}
	}
	return ""
}
