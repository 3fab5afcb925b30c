package shelf

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"kassa/pos"
	"kassa/pos/money"
)

// FuzzCodeText puts in what a broken or hostile scanner may send: whatever is
// let through is short, visible and safe to look up and to show.
func FuzzCodeText(f *testing.F) {
	for _, s := range []string{
		"4600000000015", "3*4600000000015", "0,5×apples", " 2 * milk ", "*", "×", "**1", "1e9*x", "-1*x", "",
		"\x00", "46\x1b[31m", "\u202e321", "\xff\xfe", strings.Repeat("9", 300), "' OR 1=1 --", "１２３*x", "9999999999999*x",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, err := CodeText(s)
		if err != nil {
			if pos.CodeOf(err) != pos.CodeInvalid || text != "" {
				t.Fatalf("%q: %q, %v", s, text, err)
			}
			return
		}
		if text == "" || !utf8.ValidString(text) || utf8.RuneCountInString(text) > maxScanRunes || text != strings.TrimSpace(text) {
			t.Fatalf("%q lets %q through", s, text)
		}
		if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.C, r) }) {
			t.Fatalf("%q holds what cannot be seen", text)
		}
		n, rest := pos.Multiple(text)
		if n != 0 && (n < 0 || n > money.MaxQuantity || len(rest) >= len(text)) {
			t.Fatalf("%q is %d of %q", text, n, rest)
		}
	})
}
