package pos

import (
	"strings"
	"unicode/utf8"

	"kassa/pos/money"
)

// Multiple splits what somebody typed before a code, "3*code" or "0,5×code", at
// its first sign: how much, and of what. A text that is no multiple, or one of
// what is no quantity, stands for itself: n is 0 and code the whole text.
func Multiple(text string) (n money.Quantity, code string) {
	i := strings.IndexAny(text, "*×")
	if i <= 0 {
		return 0, text
	}
	n, err := money.ParseQuantity(text[:i])
	if err != nil {
		return 0, text
	}
	_, width := utf8.DecodeRuneInString(text[i:])
	return n, strings.TrimSpace(text[i+width:])
}
