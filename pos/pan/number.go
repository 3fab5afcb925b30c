package pan

import "strings"

// brand is a range of the numbers of cards: how they begin, from and to, and how
// long they are.
type brand struct {
	from, to string
	lengths  string // two digits each
}

// brands are those of the cards people here carry, from the public tables of the
// payment systems.
var brands = []brand{
	{"4", "4", "13 16 19"},                 // Visa
	{"51", "55", "16"},                     // Mastercard
	{"2221", "2720", "16"},                 // Mastercard
	{"2200", "2204", "16 17 18 19"},        // Мир
	{"34", "34", "15"}, {"37", "37", "15"}, // American Express
	{"300", "305", "14 16"}, {"36", "36", "14"}, {"38", "39", "14 16"}, // Diners Club
	{"3528", "3589", "16 17 18 19"},                    // JCB
	{"6011", "6011", "16 19"}, {"644", "659", "16 19"}, // Discover
	{"62", "62", "16 17 18 19"},                          // UnionPay
	{"81", "81", "16"},                                   // UnionPay
	{"5018", "5018", maestro}, {"5020", "5020", maestro}, // Maestro
	{"5038", "5038", maestro}, {"56", "58", maestro}, // Maestro
	{"63", "63", maestro}, {"6703", "6763", maestro}, // Maestro
	{"9112", "9112", "16"},                         // Белкарт
	{"9804", "9804", "16"},                         // Простір
	{"8600", "8600", "16"}, {"9860", "9860", "16"}, // Uzcard, Humo
}

// Shorter numbers of this brand are not in use here, and read like those of firms.
const maestro = "16 18 19"

// Number reports whether digits are the number of a card: its beginning, its
// length and its check digit are right, and it is no code of goods.
func Number(digits string) bool {
	if !luhn(digits) || goods(digits) || same(digits) {
		return false
	}
	length := string([]byte{'0' + byte(len(digits)/10), '0' + byte(len(digits)%10)})
	for _, b := range brands {
		head := digits[:len(b.from)]
		if head >= b.from && head <= b.to && strings.Contains(b.lengths, length) {
			return true
		}
	}
	return false
}

func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// goods reports a number with the check digit of GS1 in a length it uses: EAN-13,
// GTIN-14, the number of a parcel.
func goods(digits string) bool {
	if n := len(digits); n != 13 && n != 14 && n != 18 {
		return false
	}
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			d *= 3
		}
		sum += d
	}
	return sum%10 == 0
}

// same reports one digit over and over, as a field is filled to try it.
func same(digits string) bool { return strings.Count(digits, digits[:1]) == len(digits) }
