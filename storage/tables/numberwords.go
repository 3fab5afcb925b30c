package tables

// The words beside a number: a currency, a unit, or part of what the cell says.

import (
	"strings"
	"unicode"
)

// count counts the places of figures, and finds out whether the words of the
// section are a currency or a unit, or part of what the cell says: №, a prefix
// of an article, the dashes of a telephone number.
func (s *section) count() {
	point, first, last := false, -1, -1
	for i, p := range s.places {
		switch {
		case p.point:
			point = true
		case p.digit != 0:
			if first < 0 {
				first = i
			}
			last = i
			if point {
				s.decimals++
			} else if p.digit == '0' || s.noughts > 0 {
				s.noughts++
			}
		}
	}
	if s.noughts == 1 {
		s.noughts = 0
	}
	before, inside, after := "", "", ""
	for i, p := range s.places {
		switch {
		case i < first:
			before += p.text
		case i > last:
			after += p.text
		default:
			inside += p.text
		}
	}
	s.money = foreignMoney(before + " " + after)
	s.spelled = !isPlain(before, currencies) || strings.TrimSpace(inside) != "" && !s.fraction && !s.scientific ||
		!isPlain(strings.ReplaceAll(after, "%", ""), currencies+units)
}

// Words beside a number that do not change what it says.
const (
	currencies = " ₽ р руб рублей rub rur $ usd € eur £ gbp ₴ грн uah ₸ тг тнг тенге kzt br бр byn ¥ cny "
	units      = " шт штук кг г гр л мл м см мм м2 м3 уп упак пач кор бут бал т pcs kg g l ml m дана түп шт. "
)

// kept are the currencies that stay beside the number: only the shop knows whether
// they are its own. The rouble, and the dollar that a spreadsheet's button for
// money puts anywhere, are read as the shop's.
const kept = " € eur £ gbp ¥ cny usd ₴ грн uah ₸ тг тнг тенге kzt "

// foreignMoney is the currency among words that has to be told, "" for none.
func foreignMoney(words string) string {
	for _, w := range strings.FieldsFunc(strings.ToLower(words), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("()+-–—−.%", r) }) {
		if strings.Contains(kept, " "+w+" ") {
			return " " + w
		}
	}
	return ""
}

func isPlain(text, among string) bool {
	text = strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("()+-–—−.\u202F", r) {
			return -1
		}
		return r
	}, text))
	return text == "" || strings.Contains(among, " "+text+" ")
}

// words are the texts of a section.
func (s *section) words() string {
	var b strings.Builder
	for _, p := range s.places {
		b.WriteString(p.text)
	}
	return b.String()
}
