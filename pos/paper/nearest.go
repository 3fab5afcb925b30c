package paper

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Stand-ins for what no paper has: a letter or figure of another alphabet is seen
// as a dot in its place, and a picture leaves its place empty.
const (
	unknownLetter = "·"
	plainLetter   = "-"
	emptyPlace    = " "
)

// Nearest is what is written on paper for a sign its letters lack: what people write
// instead of it (« a straight quote, ₽ руб., Қ К), the letter without its mark, the
// sound in Latin letters, or a neutral sign. It is never empty, and never a question
// mark but for one. has tells which signs there are; those from space to "~" are
// everywhere.
func Nearest(r rune, has func(rune) bool) string {
	if r >= ' ' && r < 0x7f || r > 0x7f && has(r) {
		return string(r)
	}
	if r == '\t' || unicode.Is(unicode.Zs, r) {
		return emptyPlace
	}
	for _, instead := range plainer[r] {
		if written(instead, has) {
			return instead
		}
	}
	if s := unmarked(r, has); s != "" {
		return s
	}
	if s, ok := sounds[unicode.ToLower(r)]; ok {
		if unicode.IsUpper(r) {
			return strings.ToUpper(s[:1]) + s[1:]
		}
		return s
	}
	switch {
	case !unicode.IsLetter(r) && !unicode.IsNumber(r):
		return emptyPlace
	case written(unknownLetter, has):
		return unknownLetter
	}
	return plainLetter
}

func written(s string, has func(rune) bool) bool {
	for _, r := range s {
		if r >= 0x7f && !has(r) {
			return false
		}
	}
	return true
}

// unmarked takes a sign apart (é, ①, ﬁ, full-width figures) and leaves out its
// marks; "" when that leads to nothing.
func unmarked(r rune, has func(rune) bool) string {
	parts := norm.NFKD.String(string(r))
	if parts == string(r) {
		return ""
	}
	var b strings.Builder
	for _, part := range parts {
		if !unicode.Is(unicode.M, part) {
			b.WriteString(Nearest(part, has))
		}
	}
	return b.String()
}

// plainer is what stands for a sign that is missing, best first.
var plainer = map[rune][]string{
	'«': {`"`}, '»': {`"`}, '“': {`"`}, '”': {`"`}, '„': {`"`}, '‟': {`"`}, '″': {`"`}, '‘': {"'"}, '’': {"'"}, '‚': {"'"}, 'ʼ': {"'"},
	'ʹ': {"'"}, '′': {"'"}, '‹': {"<"}, '›': {">"}, '`': {"'"}, '´': {"'"},
	'–': {"-"}, '—': {"-"}, '―': {"-"}, '−': {"-"}, '‐': {"-"}, '‑': {"-"}, '‒': {"-"}, '⁄': {"/"}, '∕': {"/"},
	'…': {"..."}, '×': {"х", "x"}, '÷': {":"}, '•': {"*"}, '·': {"."}, '∙': {"."}, '★': {"*"}, '☆': {"*"}, '✓': {"+"}, '✔': {"+"}, '✗': {"x"},
	'№': {"N"}, '°': {"o"}, '½': {"1/2"}, '¼': {"1/4"}, '¾': {"3/4"}, '²': {"2"}, '³': {"3"}, '©': {"(c)"}, '®': {"(R)"}, '™': {"(TM)"},
	'±': {"+-"}, '≈': {"~"}, '≤': {"<="}, '≥': {">="}, '≠': {"<>"}, '§': {"пар.", "S"}, 'µ': {"мк", "u"}, 'μ': {"мк", "u"}, '¦': {"|"},
	'→': {"->"}, '←': {"<-"}, '↑': {"^"}, '↓': {"v"}, '‰': {"o/oo"}, '¬': {"-"}, '¿': {"-"}, '¡': {"!"}, '¤': {"*"}, '†': {"+"}, '‡': {"+"}, '¶': {" "},
	'₽': {"руб.", "RUB"}, '₸': {"тг", "KZT"}, '₴': {"грн", "UAH"}, '₼': {"AZN"}, '₾': {"GEL"}, '֏': {"AMD"}, '€': {"EUR"}, '$': {"USD"}, '£': {"GBP"}, '¥': {"JPY"},
	'Ё': {"Е"}, 'ё': {"е"},
	// Letters of Kazakh, Ukrainian, Belarusian and their neighbours as the
	// Russian ones a reader takes for them.
	'Ә': {"А"}, 'ә': {"а"}, 'Ғ': {"Г"}, 'ғ': {"г"}, 'Қ': {"К"}, 'қ': {"к"}, 'Ң': {"Н"}, 'ң': {"н"}, 'Ө': {"О"}, 'ө': {"о"},
	'Ұ': {"У"}, 'ұ': {"у"}, 'Ү': {"У"}, 'ү': {"у"}, 'Һ': {"Х"}, 'һ': {"х"}, 'І': {"I"}, 'і': {"i"}, 'Ї': {"Й", "I"}, 'ї': {"й", "i"},
	'Є': {"Е"}, 'є': {"е"}, 'Ґ': {"Г"}, 'ґ': {"г"}, 'Ў': {"У"}, 'ў': {"у"}, 'Җ': {"Ж"}, 'җ': {"ж"}, 'Ҷ': {"Ч"}, 'ҷ': {"ч"}, 'Ҳ': {"Х"}, 'ҳ': {"х"},
	'Ј': {"J"}, 'ј': {"j"}, 'Ѕ': {"S"}, 'ѕ': {"s"}, 'Ӏ': {"I"}, 'ӏ': {"l"},
	'Љ': {"Ль"}, 'љ': {"ль"}, 'Њ': {"Нь"}, 'њ': {"нь"}, 'Џ': {"Дж"}, 'џ': {"дж"}, 'Ђ': {"Дж"}, 'ђ': {"дж"}, 'Ћ': {"Ч"}, 'ћ': {"ч"},
	// Latin letters that come apart into nothing.
	'Ł': {"L"}, 'ł': {"l"}, 'Ø': {"O"}, 'ø': {"o"}, 'Đ': {"D"}, 'đ': {"d"}, 'ß': {"ss"}, 'Æ': {"AE"}, 'æ': {"ae"}, 'Œ': {"OE"}, 'œ': {"oe"},
	'ı': {"i"}, 'Þ': {"Th"}, 'þ': {"th"}, 'Ð': {"D"}, 'ð': {"d"}, 'Ə': {"A"}, 'ə': {"a"},
}

// sounds are Cyrillic letters in Latin ones, for a page that has no Cyrillic.
var sounds = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ж': "zh", 'з': "z", 'и': "i", 'й': "y", 'к': "k", 'л': "l", 'м': "m",
	'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch",
	'ъ': "'", 'ы': "y", 'ь': "'", 'э': "e", 'ю': "yu", 'я': "ya", 'ё': "e", 'є': "ye", 'ї': "yi", 'і': "i", 'ґ': "g", 'ў': "u",
	'ә': "a", 'ғ': "g", 'қ': "q", 'ң': "n", 'ө': "o", 'ұ': "u", 'ү': "u", 'һ': "h", 'ђ': "dj", 'ћ': "c", 'љ': "lj", 'њ': "nj", 'џ': "dz",
	'җ': "zh", 'ҷ': "ch", 'ҳ': "h",
}
