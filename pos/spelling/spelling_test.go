package spelling_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"kassa/pos/spelling"
)

func of(typed, word string) spelling.Kin {
	return spelling.Of([]rune(spelling.Plain(typed)), []rune(spelling.Plain(word)))
}

func TestOf(t *testing.T) {
	for _, tt := range []struct {
		typed, word string
		want        spelling.Kin
	}{
		{"молоко", "молоко", spelling.Alike},
		{"мол", "молоко", spelling.Alike},
		{"елка", "ёлка", spelling.Alike},
		{"кекил", "кекіл", spelling.Alike},
		{"катык", "қатық", spelling.Alike},
		{"creme", "crème", spelling.Alike},
		{"малоко", "молоко", spelling.Slipped},  // wrong
		{"молко", "молоко", spelling.Slipped},   // missing
		{"моллоко", "молоко", spelling.Slipped}, // too many
		{"омлоко", "молоко", spelling.Slipped},  // changed places
		{"молокт", "молоко", spelling.Slipped},  // at the end
		{"иолоко", "молоко", spelling.Slipped},  // at the beginning
		{"сырр", "сыр", spelling.Slipped},
		{"малок", "молоко", spelling.Begun},
		{"омлок", "молоко", spelling.Begun},
		{"мало", "молоко", spelling.Stranger},     // too short to be only begun
		{"маолко", "молоко", spelling.Stranger},   // two slips
		{"сып", "сыр", spelling.Stranger},         // too short
		{"омлет", "молоко", spelling.Stranger},    // another word
		{"кефирр1", "кефир", spelling.Stranger},   // two too many
		{"", "молоко", spelling.Alike},            // nothing begins everything
		{"молоко", "", spelling.Stranger},         // and is no word
		{"молоко", "молочный", spelling.Stranger}, // another ending
	} {
		assert.Equal(t, tt.want, of(tt.typed, tt.word), "%q for %q", tt.typed, tt.word)
	}
}

// slip is one slip of the hand in a word.
func slip(t *rapid.T, word []rune) []rune {
	i := rapid.IntRange(0, len(word)-1).Draw(t, "place")
	r := rapid.RuneFrom([]rune("абвгдежзийклмнопрстуфхцчшщъыьэюя")).Draw(t, "letter")
	out := append([]rune(nil), word...)
	switch rapid.SampledFrom([]string{"wrong", "missing", "too many", "swapped"}).Draw(t, "slip") {
	case "wrong":
		out[i] = r
	case "missing":
		out = append(out[:i], out[i+1:]...)
	case "too many":
		out = append(out[:i], append([]rune{r}, word[i:]...)...)
	default:
		if i+1 < len(out) {
			out[i], out[i+1] = out[i+1], out[i]
		}
	}
	return out
}

// TestOf_AnySlip: whichever slip, the word is known, as long as enough is left.
func TestOf_AnySlip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := []rune(rapid.StringOfN(rapid.RuneFrom([]rune("абвгдежзийклмнопрстуфхцчшщъыьэюя")), 4, 14, -1).Draw(t, "word"))
		typed := slip(t, word)
		kin := spelling.Of(typed, word)
		if len(typed) < spelling.LeastRunes {
			return
		}
		if kin != spelling.Slipped && kin != spelling.Alike {
			t.Fatalf("%q for %q is %d", string(typed), string(word), kin)
		}
	})
}

func TestWords(t *testing.T) {
	assert.Equal(t, []string{"молоко", "3", "2", "луг"}, spelling.Words("молоко 3,2% «луг»"))
	assert.True(t, spelling.Lettered("сыр"))
	assert.False(t, spelling.Lettered("да"))
	assert.False(t, spelling.Lettered("м16а"))
	n, unit, ok := spelling.Measure("1л")
	assert.Equal(t, []any{"1", "л", true}, []any{n, unit, ok})
	for _, word := range []string{"л", "1", "л1", "1л2", ""} {
		_, _, ok := spelling.Measure(word)
		assert.False(t, ok, word)
	}
}
