package imports

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"kassa/pos"
	"kassa/pos/phone"
)

// This file takes telephone numbers out of cells as people fill them: two
// numbers, a word after one, "007" before one.

// phoneWords stand beside numbers and say nothing a note should keep.
var phoneWords = tokenSet("тел телефон моб мобильный мобил сот сотовый дом домашний раб рабочий т м mob mobile phone tel cell и или whatsapp вотсап ватсап viber вайбер telegram телеграм")

// phones is the first number of the row that can get messages, or the first of
// all, and what stood beside it. A number that cannot be read is refused, and
// asked tells that there was something.
func (r *row) phones(region string) (number, more string, asked bool) {
	var found, others []string
	var wrong error
	for _, i := range r.t.at[colPhone] {
		text := r.text(colPhone, i)
		if text == "" || isNothing(text) {
			continue
		}
		asked = true
		if r.code(colPhone, text); lostDigits(text) {
			return "", "", true
		}
		text = withoutDecimals(text)
		numbers, words, err := readPhones(text, region)
		if err != nil && wrong == nil {
			wrong = err
		}
		for _, n := range numbers {
			if !slices.Contains(found, n) {
				found = append(found, n)
			}
		}
		if len(numbers) > 0 && words != "" {
			others = append(others, words)
		}
	}
	if len(found) == 0 {
		r.refusePhone(wrong)
		return "", "", asked
	}
	number = found[0]
	for _, n := range found {
		if phone.Mobile(n) {
			number = n
			break
		}
	}
	if len(found) > 1 {
		var rest []string
		for _, n := range found {
			if n != number {
				rest = append(rest, n)
			}
		}
		others = append(rest, others...)
		r.note(colPhone, "import.note.phones", pos.Args{"Count": len(rest)})
	} else if len(others) > 0 {
		r.note(colPhone, "import.note.phone-words", pos.Args{"Text": clip(strings.Join(others, ", "))})
	}
	return number, strings.Join(others, ", "), asked
}

// withoutDecimals is a number that a program wrote as one with decimals, 79001234567.0.
func withoutDecimals(text string) string {
	if plain, ok := strings.CutSuffix(text, ".0"); ok && strings.Trim(plain, "0123456789") == "" {
		return plain
	}
	return text
}

func (r *row) refusePhone(err error) {
	var bad *phone.ParseError
	switch {
	case errors.As(err, &bad):
		r.refuse(colPhone, "phone.reason."+string(bad.Reason), nil)
	case err != nil:
		r.refuse(colPhone, "import.bad-value", nil)
	}
}

// readPhones reads the numbers of one cell and the words beside them. The error
// is that of the whole cell where nothing in it is a number.
func readPhones(text, region string) (numbers []string, words string, err error) {
	whole, err := phone.Parse(international(text), region)
	if err == nil {
		return []string{whole}, "", nil
	}
	var rest []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;/\\|\n\r\t", r) }) {
		for _, piece := range pieces(part) {
			if n, e := phone.Parse(international(piece), region); e == nil {
				numbers = append(numbers, n)
				continue
			}
			rest = append(rest, meaningful(piece)...)
		}
	}
	if len(numbers) == 0 {
		return nil, "", err
	}
	return numbers, strings.Join(rest, " "), nil
}

// pieces parts a text into what is written like numbers and what is between.
func pieces(text string) []string {
	var list []string
	var b strings.Builder
	number, begun := false, false
	flush := func() {
		if s := strings.Trim(b.String(), " .-–:\u00A0()"); strings.ContainsFunc(s, unicode.IsDigit) && number {
			list = append(list, strings.TrimRight(b.String(), " .-–:(\u00A0"))
		} else if s != "" {
			list = append(list, s)
		}
		b.Reset()
	}
	for _, c := range text {
		isNumber := unicode.IsDigit(c) || c == '+'
		neutral := strings.ContainsRune(" ()-–.\u00A0", c)
		if begun && !neutral && (isNumber != number || c == '+' && b.Len() > 0) {
			flush()
		}
		if !neutral {
			number, begun = isNumber, true
		}
		b.WriteRune(c)
	}
	flush()
	return list
}

// meaningful are the words of a piece that a note should keep.
func meaningful(piece string) []string {
	var keep []string
	for _, w := range strings.Fields(piece) {
		w = strings.Trim(w, ".,:;()-–")
		if w != "" && !phoneWords[strings.ToLower(w)] {
			keep = append(keep, w)
		}
	}
	return keep
}

// international writes "007…" as "+7…".
func international(text string) string {
	trimmed := strings.TrimSpace(text)
	if rest, ok := strings.CutPrefix(trimmed, "00"); ok && len(rest) > 9 && rest[0] >= '1' && rest[0] <= '9' {
		return "+" + rest
	}
	return text
}
