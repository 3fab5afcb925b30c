package imports

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"kassa/pos"
)

// This file is about characters nobody sees: what copying from web pages and
// other programs leaves between letters.

// hidden tells an invisible character that means nothing in a list: zero-width
// spaces and joiners, soft hyphens, marks of direction, byte order marks.
func hidden(r rune) bool { return r > unicode.MaxASCII && unicode.Is(unicode.Cf, r) }

// mayHide tells in one pass over the bytes whether a text may hold any.
func mayHide(s string) bool {
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case b < 0xC2:
		case b == 0xC2 && i+1 < len(s) && s[i+1] == 0xAD, b == 0xD8, b == 0xE2, b == 0xEF, b >= 0xF0:
			return true
		}
	}
	return false
}

// visible is a text without hidden characters.
func visible(s string) string {
	if !mayHide(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if hidden(r) {
			return -1
		}
		return r
	}, s)
}

// codePoints names the hidden and the control characters of a text, each once.
func codePoints(s string) string {
	var names []string
	for i, r := range s {
		if r == utf8.RuneError || !hidden(r) && !unicode.Is(unicode.Cc, r) || strings.ContainsRune(s[:i], r) {
			continue
		}
		names = append(names, fmt.Sprintf("U+%04X", r))
	}
	return strings.Join(names, ", ")
}

// cleaned takes the hidden characters out of a cell and notes it.
func (r *row) cleaned(c Field, text string) string {
	shown := visible(text)
	if shown == text {
		return text
	}
	r.note(c, "import.note.hidden", pos.Args{"Value": clip(shown), "Signs": codePoints(text)})
	return strings.TrimSpace(shown)
}

// errorCells are what spreadsheets show where a formula came to nothing.
var errorCells = []string{"#N/A", "#Н/Д", "#REF!", "#ССЫЛКА!", "#DIV/0!", "#ДЕЛ/0!", "#VALUE!", "#ЗНАЧ!", "#NAME?", "#ИМЯ?", "#NUM!", "#ЧИСЛО!", "#NULL!", "#ПУСТО!",
	"#ERROR!", "#ОШИБКА!", "#SPILL!", "#ПЕРЕНОС!", "#CALC!", "#ВЫЧИСЛ!", "#GETTING_DATA", "#MACRO?", Uncomputed, "#####", "#Н/З", "#ДІЛ/0!", "#ПОСИЛАННЯ!"}

// isErrorCell tells an error of a spreadsheet from a text.
func isErrorCell(text string) bool {
	if len(text) < 3 || text[0] != '#' && !strings.HasPrefix(text, "Err:") && !strings.HasPrefix(text, "Ошибка:") {
		return false
	}
	if strings.Trim(text, "#") == "" || strings.HasPrefix(text, "Err:5") || strings.HasPrefix(text, "Ошибка:5") {
		return true
	}
	upper := strings.ToUpper(text)
	for _, e := range errorCells {
		if upper == e {
			return true
		}
	}
	return false
}

// lostDigits tells "4,608E+12", and "4.608E12" as other programs write it: a long
// number of which a spreadsheet kept only the first digits.
func lostDigits(text string) bool {
	i := strings.IndexAny(text, "Ee")
	if i < 1 {
		return false
	}
	power, plus := strings.CutPrefix(text[i+1:], "+")
	if power == "" || !plus && !strings.ContainsAny(text[:i], ".,") {
		return false
	}
	return strings.Trim(text[:i], "0123456789.,") == "" && strings.Trim(power, "0123456789") == ""
}

// questioned tells a text whose letters became question marks when it was saved
// under an encoding that lacks them.
func questioned(text string) bool {
	return strings.Contains(text, "??") && !strings.ContainsFunc(text, unicode.IsLetter)
}
