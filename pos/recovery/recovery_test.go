package recovery

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/hidden"
)

func TestNew_IsWorthAHundredBits(t *testing.T) {
	assert.GreaterOrEqual(t, float64(Length-1)*math.Log2(float64(len(alphabet))), 100.0)
	seen := map[string]bool{}
	for range 200 {
		code, err := New()
		require.NoError(t, err)
		seen[code.Reveal()] = true
		read, err := Parse(hidden.New(Show(code)))
		require.NoError(t, err)
		assert.Equal(t, code.Reveal(), read.Reveal())
	}
	assert.Len(t, seen, 200)
}

// keyboard is what a Russian layout types under each Latin key.
var keyboard = map[rune]rune{'A': 'Ф', 'C': 'С', 'D': 'В', 'E': 'У', 'G': 'П', 'H': 'Р', 'M': 'Ь', 'N': 'Т', 'R': 'К', 'U': 'Г', 'W': 'Ц', 'X': 'Ч'}

// looks is what somebody types who sees a Cyrillic letter in a Latin one.
var looks = map[rune]rune{'A': 'А', 'C': 'С', 'E': 'Е', 'H': 'Н', 'M': 'М', 'X': 'Х', '0': 'О', '3': 'З'}

func with(table map[rune]rune) func(string) string {
	return func(s string) string {
		return strings.Map(func(r rune) rune {
			if other, ok := table[r]; ok {
				return other
			}
			return r
		}, s)
	}
}

func TestParse_ForgivesHowItIsTyped(t *testing.T) {
	body := "0123456789ACDEGHMNRUWXAC"
	code := body + string(check(body))
	shown := Show(hidden.New(code))
	for name, change := range map[string]func(string) string{
		"as printed":                 func(s string) string { return s },
		"small letters":              strings.ToLower,
		"without dashes":             func(s string) string { return strings.ReplaceAll(s, "-", "") },
		"with spaces and a tab":      func(s string) string { return " " + strings.ReplaceAll(s, "-", "\t ") + "\n" },
		"with long dashes":           func(s string) string { return strings.ReplaceAll(s, "-", " — ") },
		"in a Russian layout":        with(keyboard),
		"in small Russian letters":   func(s string) string { return strings.ToLower(with(keyboard)(s)) },
		"letters that look like it":  with(looks),
		"O for zero and I for one":   func(s string) string { return strings.NewReplacer("0", "O", "1", "l").Replace(s) },
		"S for five and B for eight": func(s string) string { return strings.NewReplacer("5", "s", "8", "B", "2", "z").Replace(s) },
	} {
		t.Run(name, func(t *testing.T) {
			read, err := Parse(hidden.New(change(shown)))
			require.NoError(t, err)
			assert.Equal(t, code, read.Reveal())
		})
	}
}

func TestParse_TellsASlipFromACode(t *testing.T) {
	code, err := New()
	require.NoError(t, err)
	s := code.Reveal()
	swapped := []byte(s)
	for i := range len(s) - 1 {
		if s[i] != s[i+1] {
			swapped[i], swapped[i+1] = s[i+1], s[i]
			break
		}
	}
	refused := 0
	for i := range Length {
		b := []byte(s)
		b[i] = alphabet[(strings.IndexByte(alphabet, b[i])+7)%len(alphabet)]
		if _, err := Parse(hidden.New(string(b))); err != nil {
			refused++
		}
	}
	assert.Greater(t, refused, Length/2, "most slips are seen")
	for name, typed := range map[string]string{"nothing": "", "a PIN": "507316", "one sign less": s[1:], "one more": s + "A", "a foreign sign": "Я" + s[1:]} {
		_, err := Parse(hidden.New(typed))
		assert.Equal(t, pos.CodeInvalid, pos.CodeOf(err), name)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("AC3DE-00000-11111-XXXXX-WWWWW")
	f.Add("ФСЗВУ 00000")
	f.Fuzz(func(t *testing.T, typed string) {
		code, err := Parse(hidden.New(typed))
		if err != nil {
			return
		}
		again, err := Parse(hidden.New(Show(code)))
		require.NoError(t, err)
		assert.Equal(t, code.Reveal(), again.Reveal())
	})
}
