package message

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestCount(t *testing.T) {
	tests := []struct {
		name string
		text string
		want Size
	}{
		{"nothing", "", Size{0, 0, 0, GSM7}},
		{"a full GSM SMS", strings.Repeat("a", 160), Size{160, 160, 1, GSM7}},
		{"one more", strings.Repeat("a", 161), Size{161, 161, 2, GSM7}},
		{"two full parts", strings.Repeat("a", 306), Size{306, 306, 2, GSM7}},
		{"three parts", strings.Repeat("a", 307), Size{307, 307, 3, GSM7}},
		{"brackets count twice", strings.Repeat("[", 80), Size{80, 160, 1, GSM7}},
		{"brackets count twice in the next part", strings.Repeat("€", 81), Size{81, 162, 2, GSM7}},
		{"a bracket is not split", strings.Repeat("a", 152) + "[" + strings.Repeat("a", 152), Size{305, 306, 3, GSM7}},
		{"a line end and accents are GSM", "é\nñ Ω", Size{5, 5, 1, GSM7}},
		{"a full Cyrillic SMS", strings.Repeat("я", 70), Size{70, 70, 1, UCS2}},
		{"one more Cyrillic", strings.Repeat("я", 71), Size{71, 71, 2, UCS2}},
		{"two full Cyrillic parts", strings.Repeat("я", 134), Size{134, 134, 2, UCS2}},
		{"three Cyrillic parts", strings.Repeat("я", 135), Size{135, 135, 3, UCS2}},
		{"one Cyrillic letter makes all of it Cyrillic", strings.Repeat("a", 70) + "я", Size{71, 71, 2, UCS2}},
		{"a picture takes two", strings.Repeat("😀", 35), Size{35, 70, 1, UCS2}},
		{"a picture is not split", strings.Repeat("я", 66) + "😀" + strings.Repeat("я", 66), Size{133, 134, 3, UCS2}},
		{"a bracket is one in Cyrillic", "я[", Size{2, 2, 1, UCS2}},
		{"bytes that are no text", "\xff\xfe", Size{1, 1, 1, UCS2}},
		{"the rouble sign is not GSM", "₽", Size{1, 1, 1, UCS2}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { assert.Equal(t, test.want, Count(test.text)) })
	}
}

func TestCount_Properties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.String().Draw(t, "a"), rapid.String().Draw(t, "b")
		size := Count(a)
		if size.Chars != utf8.RuneCountInString(a) {
			t.Fatalf("%d characters of %q", size.Chars, a)
		}
		if size.Encoding == UCS2 && size.Units != len(utf16.Encode([]rune(a))) {
			t.Fatalf("%d units of %q", size.Units, a)
		}
		single, part := gsm7Single, gsm7Part
		if size.Encoding == UCS2 {
			single, part = ucs2Single, ucs2Part
		}
		if size.Parts > 1 && (size.Units <= single || size.Units > size.Parts*part || size.Units <= (size.Parts-1)*(part-1)) {
			t.Fatalf("%d parts for %d units", size.Parts, size.Units)
		}
		if room := size.Room(); room < size.Units || (size.Parts > 1 && room != size.Parts*part) || (size.Parts <= 1 && room != single) {
			t.Fatalf("room for %d in %d parts", room, size.Parts)
		}
		if (size.Parts == 0) != (a == "") {
			t.Fatalf("%d parts of %q", size.Parts, a)
		}
		if Count(a+b).Parts < size.Parts {
			t.Fatalf("more text, fewer parts")
		}
	})
}
